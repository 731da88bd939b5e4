dg_sources += \
	extractor/store/block.c extractor/store/block.h \
	extractor/store/dataset.h \
	extractor/store/id.c extractor/store/id.h \
	extractor/store/memory.c extractor/store/memory.h \
	extractor/store/order.c extractor/store/order.h \
	extractor/store/rdf_reader.c extractor/store/rdf_reader.h \
	extractor/store/rdf_reader_p.h extractor/store/rdf_reader_xml.c \
	extractor/store/term_table.c extractor/store/term_table.h
