dg_sources += \
	extractor/values/absolute.c \
	extractor/values/counted.c \
	extractor/values/period.c \
	extractor/values/calendar.c extractor/values/calendar.h \
	extractor/values/currency.c \
	extractor/values/day.c \
	extractor/values/date.c extractor/values/date.h \
	extractor/values/direction.c \
	extractor/values/duration.c extractor/values/duration.h \
	extractor/values/fraction.c \
	extractor/values/literal.c \
	extractor/values/money.c extractor/values/money.h \
	extractor/values/number.c extractor/values/number.h \
	extractor/values/numeric.c \
	extractor/values/ordinal.c \
	extractor/values/percent.c extractor/values/percent.h \
	extractor/values/qualifier.c \
	extractor/values/quantity.c extractor/values/quantity.h \
	extractor/values/quarter.c \
	extractor/values/reader.c extractor/values/reader.h \
	extractor/values/relative.c \
	extractor/values/spelled.c \
	extractor/values/token.c extractor/values/token.h \
	extractor/values/value.c extractor/values/value.h \
	extractor/values/weekday.c \
	extractor/values/when.c extractor/values/when.h \
	extractor/values/words.c extractor/values/words.h \
	extractor/values/words_table.h \
	extractor/values/year.c
EXTRA_DIST += extractor/values/words.txt extractor/values/words.py
