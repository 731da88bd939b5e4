dg_sources += \
	extractor/store/dataset.h
