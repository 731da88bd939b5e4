# make bench/values && bench/values fr ARTICLE...
EXTRA_PROGRAMS += bench/values
bench_values_SOURCES = bench/values.c
bench_values_LDADD = libdealgraph.la
CLEANFILES += bench/values
EXTRA_DIST += tests/scores/values.py
