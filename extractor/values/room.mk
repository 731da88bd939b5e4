dg_sources += \
	extractor/values/date.h \
	extractor/values/value.h
