# bench/rules.py; not built by default: make bench/rules_bench
EXTRA_PROGRAMS += bench/rules_bench
bench_rules_bench_SOURCES = bench/rules_bench.c
bench_rules_bench_LDADD = libdealgraph.la
CLEANFILES += bench/rules_bench
EXTRA_DIST += bench/rules.py bench/rules_peers.js
