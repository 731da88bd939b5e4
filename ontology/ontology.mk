# The vocabulary, its shapes, and the saved queries.
ontologydir = $(pkgdatadir)/ontology
dist_ontology_DATA = ontology/dealgraph.ttl ontology/shapes.ttl \
	ontology/README.md
EXTRA_DIST += ontology/vocab.awk

queriesdir = $(pkgdatadir)/queries
dist_queries_DATA = queries/README.md \
	queries/acquisitions.rq \
	queries/companies.rq \
	queries/company.rq \
	queries/competitors.rq \
	queries/deals.rq \
	queries/dependence.rq \
	queries/evidence.rq \
	queries/exclusive.rq \
	queries/investors.rq \
	queries/partners.rq \
	queries/people.rq \
	queries/rounds.rq \
	queries/disagreements.rq \
	queries/rumours.rq \
	queries/sums.rq \
	queries/timeline.rq
