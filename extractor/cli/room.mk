dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/cmd_extract.c \
	extractor/cli/cmd_rules.c \
	extractor/cli/cmd_values.c \
	extractor/cli/main.c \
	extractor/cli/setup.c \
	extractor/cli/setup.h
