# The vocabulary, its shapes, and the saved queries.
ontologydir = $(pkgdatadir)/ontology
dist_ontology_DATA = ontology/dealgraph.ttl ontology/shapes.ttl
EXTRA_DIST += ontology/vocab.awk
