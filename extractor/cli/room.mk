dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/main.c
