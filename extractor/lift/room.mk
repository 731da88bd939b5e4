dg_sources += \
	extractor/lift/iris.c extractor/lift/iris.h \
	extractor/lift/lift.c extractor/lift/lift.h
