dist_man_MANS = doc/dealgraph.1
dist_doc_DATA = README.md NEWS COPYING doc/architecture.md \
	doc/data-licences.md doc/facts-format.md doc/merging.md doc/rules.md doc/store.md
editorsdir = $(docdir)/editors
dist_editors_DATA = doc/editors/dealgraph.vim \
	doc/editors/dealgraph.tmLanguage.json doc/editors/package.json
EXTRA_DIST += HACKING.md extractor/README.md
