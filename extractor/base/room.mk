dg_sources += \
	extractor/base/arena.c extractor/base/arena.h \
	extractor/base/buf.c extractor/base/buf.h \
	extractor/base/decimal.c extractor/base/decimal.h \
	extractor/base/diag.c extractor/base/diag.h \
	extractor/base/io.c extractor/base/io.h \
	extractor/base/json.c extractor/base/json.h \
	extractor/base/lang.c extractor/base/lang.h \
	extractor/base/limits.h \
	extractor/base/regex.c extractor/base/regex.h \
	extractor/base/status.c extractor/base/status.h \
	extractor/base/str.c extractor/base/str.h \
	extractor/base/utf8.c extractor/base/utf8.h \
	extractor/base/vec.h \
	extractor/base/xml.c extractor/base/xml.h
