dg_sources += \
	extractor/store/block.c extractor/store/block.h \
	extractor/store/dataset.h \
	extractor/store/lookup.c extractor/store/lookup.h \
	extractor/store/id.c extractor/store/id.h \
	extractor/store/id_range.c extractor/store/id_range.h \
	extractor/store/key_sort.c extractor/store/key_sort.h \
	extractor/store/librdf_dataset.c extractor/store/librdf_dataset.h \
	extractor/store/librdf_node.c extractor/store/librdf_node.h \
	extractor/store/librdf_storage.c extractor/store/librdf_storage.h \
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
	extractor/store/quad_stream.c extractor/store/quad_stream.h \
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

# The embedded store as a storage that any program of Redland can load.
redlandmodule_LTLIBRARIES = librdf_storage_lmdb.la
librdf_storage_lmdb_la_SOURCES = \
	extractor/base/arena.c extractor/base/arena.h \
	extractor/base/buf.c extractor/base/buf.h \
	extractor/base/decimal.c extractor/base/decimal.h \
	extractor/base/diag.c extractor/base/diag.h \
	extractor/base/io.c extractor/base/io.h \
	extractor/base/status.c extractor/base/status.h \
	extractor/base/str.c extractor/base/str.h \
	extractor/base/utf8.c extractor/base/utf8.h \
	extractor/rdf/term.c extractor/rdf/term.h \
	extractor/store/block.c extractor/store/block.h \
	extractor/store/id.c extractor/store/id.h \
	extractor/store/librdf_module.c \
	extractor/store/librdf_node.c extractor/store/librdf_node.h \
	extractor/store/librdf_storage.c extractor/store/librdf_storage.h \
	extractor/store/lmdb_counts.c \
	extractor/store/lmdb_cursor.c \
	extractor/store/lmdb_file.c \
	extractor/store/lmdb_p.h \
	extractor/store/lmdb_store.c extractor/store/lmdb_store.h \
	extractor/store/lmdb_terms.c \
	extractor/store/lmdb_write.c \
	extractor/store/order.c extractor/store/order.h \
	extractor/store/store_edit.c
librdf_storage_lmdb_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version \
	-Wl,--as-needed \
	-export-symbols-regex '^librdf_storage_module_register_factory$$'
librdf_storage_lmdb_la_LIBADD = $(DEPS_LIBS)
