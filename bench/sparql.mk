EXTRA_PROGRAMS += bench/sparql_bench
bench_sparql_bench_SOURCES = bench/sparql_bench.c
bench_sparql_bench_LDADD = libdealgraph.la
