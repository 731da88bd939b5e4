dist_man_MANS = doc/dealgraph.1
dist_doc_DATA = README.md NEWS
EXTRA_DIST += HACKING.md COPYING doc/store.md
