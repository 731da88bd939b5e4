dg_sources += \
	extractor/rules/inflect.c extractor/rules/inflect.h \
	extractor/rules/keywords.h \
	extractor/rules/match.c extractor/rules/match.h \
	extractor/rules/pattern.c extractor/rules/pattern.h \
	extractor/rules/pattern_compile.c \
	extractor/rules/projection.c extractor/rules/projection.h \
	extractor/rules/ruleset.c extractor/rules/ruleset.h \
	extractor/rules/ruleset_p.h \
	extractor/rules/ruleset_read.c \
	extractor/rules/sieve.c extractor/rules/sieve.h \
	extractor/rules/sieve_build.c extractor/rules/sieve_p.h \
	extractor/rules/whynot.c extractor/rules/whynot.h \
	extractor/rules/lint.c extractor/rules/lint.h
