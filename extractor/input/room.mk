dg_sources += \
	extractor/input/document.h
