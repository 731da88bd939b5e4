dg_sources += \
	extractor/text/mention.h \
	extractor/text/text.h
