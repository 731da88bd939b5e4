dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/cmd_validate.c \
	extractor/cli/cmd_values.c \
	extractor/cli/main.c
