dealgraph_SOURCES += \
	extractor/cli/cli.h \
	extractor/cli/dedupe.c extractor/cli/dedupe.h \
	extractor/cli/journal.c extractor/cli/journal.h \
	extractor/cli/cmd_load.c \
	extractor/cli/cmd_export.c \
	extractor/cli/cmd_stats.c \
	extractor/cli/cmd_backup.c \
	extractor/cli/cmd_restore.c \
	extractor/cli/cmd_compact.c \
	extractor/cli/cmd_check_store.c \
	extractor/cli/cmd_delete.c \
	extractor/cli/cmd_merge.c \
	extractor/cli/cmd_deals.c \
	extractor/cli/cmd_entities.c \
	extractor/cli/deals_cli.h \
	extractor/cli/deals_decide.c \
	extractor/cli/deals_show.c \
	extractor/cli/decisions_cli.c extractor/cli/decisions_cli.h \
	extractor/cli/store_cli.c \
	extractor/cli/store_cli.h \
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
	extractor/cli/cmd_eval.c \
	extractor/cli/cmd_explain.c \
	extractor/cli/cmd_ingest.c \
	extractor/cli/reading.c \
	extractor/cli/reading.h \
	extractor/cli/cmd_query.c \
	extractor/cli/completion.c extractor/cli/completion.h \
	extractor/cli/pager.c extractor/cli/pager.h \
	extractor/cli/cmd_shell.c \
	extractor/cli/print_solutions.c extractor/cli/print_solutions.h \
	extractor/cli/cmd_update.c \
	extractor/cli/saved_query.c extractor/cli/saved_query.h \
	extractor/cli/sparql_args.c extractor/cli/sparql_args.h
