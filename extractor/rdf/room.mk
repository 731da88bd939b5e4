dg_sources += \
	extractor/rdf/graphs.h \
	extractor/rdf/mint.c extractor/rdf/mint.h \
	extractor/rdf/quads.c extractor/rdf/quads.h \
	extractor/rdf/syntax.c extractor/rdf/syntax.h \
	extractor/rdf/term.c extractor/rdf/term.h \
	extractor/rdf/vocab.h \
	extractor/rdf/writer.c extractor/rdf/writer.h
