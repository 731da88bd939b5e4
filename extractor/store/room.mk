dg_sources += \
	extractor/store/block.c extractor/store/block.h \
	extractor/store/dataset.h \
	extractor/store/lookup.c extractor/store/lookup.h \
	extractor/store/id.c extractor/store/id.h \
	extractor/store/key_sort.c extractor/store/key_sort.h \
	extractor/store/lmdb_backup.c \
	extractor/store/lmdb_build.c extractor/store/lmdb_build.h \
	extractor/store/lmdb_check.c \
	extractor/store/lmdb_counts.c \
	extractor/store/lmdb_cursor.c \
	extractor/store/lmdb_file.c \
	extractor/store/lmdb_p.h \
	extractor/store/lmdb_store.c extractor/store/lmdb_store.h \
	extractor/store/lmdb_terms.c \
	extractor/store/lmdb_write.c \
	extractor/store/load.c extractor/store/load.h \
	extractor/store/memory.c extractor/store/memory.h \
	extractor/store/nquads.c extractor/store/nquads.h \
	extractor/store/open.c extractor/store/open.h \
	extractor/store/order.c extractor/store/order.h \
	extractor/store/rdf_reader.c extractor/store/rdf_reader.h \
	extractor/store/rdf_reader_p.h extractor/store/rdf_reader_xml.c \
	extractor/store/rdf_source.c extractor/store/rdf_source.h \
	extractor/store/scratch.c extractor/store/scratch.h \
	extractor/store/store_edit.c \
	extractor/store/shacl.c extractor/store/shacl.h \
	extractor/store/shacl_literal.c extractor/store/shacl_load.c \
	extractor/store/shacl_p.h extractor/store/shacl_path.c \
	extractor/store/shacl_report.c \
	extractor/store/term_table.c extractor/store/term_table.h
