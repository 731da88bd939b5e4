dg_sources += \
	extractor/lexicon/compile.c extractor/lexicon/compile.h \
	extractor/lexicon/image.h \
	extractor/lexicon/lexicon.c extractor/lexicon/lexicon.h \
	extractor/lexicon/source.c extractor/lexicon/source.h
