dg_sources += \
	extractor/text/abbreviation.c extractor/text/abbreviation.h \
	extractor/text/mention.c extractor/text/mention.h \
	extractor/text/text.c extractor/text/text.h
