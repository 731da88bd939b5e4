dg_sources += \
	extractor/export/deals.c extractor/export/deals.h \
	extractor/export/format.c extractor/export/format.h \
	extractor/export/format_csv.c \
	extractor/export/format_dot.c \
	extractor/export/format_gexf.c \
	extractor/export/format_graphml.c \
	extractor/export/format_jsonld.c \
	extractor/export/format_nq.c \
	extractor/export/format_nt.c \
	extractor/export/format_rdf.c \
	extractor/export/format_trig.c \
	extractor/export/format_ttl.c \
	extractor/export/format_xlsx.c \
	extractor/export/network.c extractor/export/network.h \
	extractor/export/select.c extractor/export/select.h
