# How well and how fast the input room reads; not built by default:
# make bench/input_bench
EXTRA_PROGRAMS += bench/input_bench
bench_input_bench_SOURCES = bench/input_bench.c
bench_input_bench_LDADD = libdealgraph.la
EXTRA_DIST += bench/input_articles.py bench/input_dates.py
