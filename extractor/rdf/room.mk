dg_sources += \
	extractor/rdf/term.c extractor/rdf/term.h \
	extractor/rdf/vocab.h
