dg_sources += \
	extractor/store/dataset.h \
	extractor/store/id.c extractor/store/id.h
