# Fuzz harnesses, tests/fuzz/fuzz_NAME.c with seeds in tests/fuzz/seeds/NAME.
# With --enable-fuzz (clang) they are fuzzers: "make fuzz" builds them, "make
# fuzz-run" runs each for FUZZ_SECONDS. Else `make check` runs their seeds.
fuzzers = \
	tests/fuzz/fuzz_input \
	tests/fuzz/fuzz_match \
	tests/fuzz/fuzz_rdf \
	tests/fuzz/fuzz_rules \
	tests/fuzz/fuzz_sparql \
	tests/fuzz/fuzz_sparql_grammar
EXTRA_DIST += tests/fuzz/replay.sh tests/fuzz/seeds
FUZZ_SECONDS = 30

if FUZZ
fuzz_driver =
fuzz_flags = $(AM_LDFLAGS) -fsanitize=fuzzer
EXTRA_PROGRAMS += $(fuzzers)
CLEANFILES += $(fuzzers)
else
fuzz_driver = tests/fuzz/driver.c
fuzz_flags = $(AM_LDFLAGS)
check_PROGRAMS += $(fuzzers)
TESTS += tests/fuzz/replay.sh
endif

tests_fuzz_fuzz_input_SOURCES = tests/fuzz/fuzz_input.c $(fuzz_driver)
tests_fuzz_fuzz_input_LDADD = libdealgraph.la
tests_fuzz_fuzz_input_LDFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_match_SOURCES = tests/fuzz/fuzz_match.c $(fuzz_driver)
tests_fuzz_fuzz_match_LDADD = libdealgraph.la
tests_fuzz_fuzz_match_LDFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_rdf_SOURCES = tests/fuzz/fuzz_rdf.c $(fuzz_driver)
tests_fuzz_fuzz_rdf_LDADD = libdealgraph.la
tests_fuzz_fuzz_rdf_LDFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_rules_SOURCES = tests/fuzz/fuzz_rules.c $(fuzz_driver)
tests_fuzz_fuzz_rules_LDADD = libdealgraph.la
tests_fuzz_fuzz_rules_LDFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_sparql_SOURCES = tests/fuzz/fuzz_sparql.c \
	tests/fuzz/try_sparql.c tests/fuzz/try_sparql.h $(fuzz_driver)
tests_fuzz_fuzz_sparql_LDADD = libdealgraph.la
tests_fuzz_fuzz_sparql_LDFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_sparql_grammar_SOURCES = tests/fuzz/fuzz_sparql_grammar.c \
	tests/fuzz/try_sparql.c tests/fuzz/try_sparql.h $(fuzz_driver)
tests_fuzz_fuzz_sparql_grammar_LDADD = libdealgraph.la
tests_fuzz_fuzz_sparql_grammar_LDFLAGS = $(fuzz_flags)

fuzz: $(fuzzers)

# New inputs go to the build folder; a crash leaves crash-* there.
fuzz-run: fuzz
	for f in $(fuzzers); do \
	  corpus=tests/fuzz/corpus/$${f#tests/fuzz/fuzz_}; \
	  $(MKDIR_P) $$corpus && ./$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	    $$corpus $(srcdir)/tests/fuzz/seeds/$${f#tests/fuzz/fuzz_} || exit 1; \
	done
clean-local:
	rm -rf tests/fuzz/corpus
.PHONY: fuzz fuzz-run
