dg_sources += \
	extractor/export/format.c extractor/export/format.h \
	extractor/export/format_nq.c \
	extractor/export/format_nt.c \
	extractor/export/format_trig.c \
	extractor/export/format_ttl.c
