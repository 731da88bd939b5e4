dist_man_MANS = doc/dealgraph.1
dist_doc_DATA = README.md NEWS COPYING doc/rules.md
EXTRA_DIST += HACKING.md
