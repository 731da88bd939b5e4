dg_sources += \
	extractor/pipeline/extract.c extractor/pipeline/extract.h \
	extractor/pipeline/pool.c extractor/pipeline/pool.h
dg_sources += \
	extractor/pipeline/check.c extractor/pipeline/check.h \
	extractor/pipeline/expect.c extractor/pipeline/expect.h
