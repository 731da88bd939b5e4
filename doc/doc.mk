dist_man_MANS = doc/dealgraph.1
dist_doc_DATA = README.md NEWS COPYING doc/architecture.md \
	doc/data-licences.md doc/facts-format.md doc/merging.md doc/rules.md doc/store.md
EXTRA_DIST += HACKING.md extractor/README.md
