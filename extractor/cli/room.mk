dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/cmd_validate.c \
	extractor/cli/cmd_values.c \
	extractor/cli/cmd_lexicon.c \
	extractor/cli/cmd_mentions.c \
	extractor/cli/main.c \
	extractor/cli/cmd_extract.c \
	extractor/cli/cmd_rules.c \
	extractor/cli/setup.c \
	extractor/cli/setup.h \
	extractor/cli/cmd_whynot.c \
	extractor/cli/cmd_ingest.c \
	extractor/cli/reading.c \
	extractor/cli/reading.h \
	extractor/cli/cmd_query.c \
	extractor/cli/cmd_update.c \
	extractor/cli/saved_query.c extractor/cli/saved_query.h \
	extractor/cli/sparql_args.c extractor/cli/sparql_args.h
