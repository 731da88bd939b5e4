EXTRA_PROGRAMS += bench/sparql_bench bench/rasqal_bench
bench_sparql_bench_SOURCES = bench/sparql_bench.c
bench_sparql_bench_LDADD = libdealgraph.la
bench_rasqal_bench_SOURCES = bench/rasqal_bench.c
bench_rasqal_bench_LDADD = libdealgraph.la
EXTRA_DIST += bench/sparql.sh bench/oxigraph.js bench/queries.sh bench/queries.py
