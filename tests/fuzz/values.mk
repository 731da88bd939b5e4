# ./configure CC=clang --enable-fuzz && make tests/fuzz/fuzz_values
EXTRA_PROGRAMS += tests/fuzz/fuzz_values
tests_fuzz_fuzz_values_SOURCES = tests/fuzz/fuzz_values.c
tests_fuzz_fuzz_values_LDADD = libdealgraph.la
tests_fuzz_fuzz_values_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
CLEANFILES += tests/fuzz/fuzz_values
