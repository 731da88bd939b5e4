dg_sources += \
	extractor/lexicon/lexicon.h
