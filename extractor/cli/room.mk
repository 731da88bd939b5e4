dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/cmd_validate.c \
	extractor/cli/cmd_values.c \
	extractor/cli/cmd_lexicon.c \
	extractor/cli/cmd_mentions.c \
	extractor/cli/main.c
