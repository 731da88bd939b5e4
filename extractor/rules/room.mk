dg_sources += \
	extractor/rules/inflect.c extractor/rules/inflect.h \
	extractor/rules/match.c extractor/rules/match.h \
	extractor/rules/pattern.c extractor/rules/pattern.h \
	extractor/rules/pattern_compile.c \
	extractor/rules/projection.c extractor/rules/projection.h \
	extractor/rules/ruleset.c extractor/rules/ruleset.h \
	extractor/rules/ruleset_p.h \
	extractor/rules/ruleset_read.c \
	extractor/rules/whynot.c extractor/rules/whynot.h
