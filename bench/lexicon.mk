# How fast names are found; not built by default: make bench/lexicon
EXTRA_PROGRAMS += bench/lexicon
bench_lexicon_SOURCES = bench/lexicon.c
bench_lexicon_LDADD = libdealgraph.la
