dg_sources += \
	extractor/merge/actors.c extractor/merge/actors.h \
	extractor/merge/decisions.c extractor/merge/decisions.h \
	extractor/merge/decide.c \
	extractor/merge/group.c extractor/merge/group.h \
	extractor/merge/match.c extractor/merge/match.h \
	extractor/merge/merge.c extractor/merge/merge.h \
	extractor/merge/merge_p.h \
	extractor/merge/names.c extractor/merge/names.h \
	extractor/merge/near.c extractor/merge/near.h \
	extractor/merge/read.c \
	extractor/merge/redirect.c extractor/merge/redirect.h \
	extractor/merge/settle.c \
	extractor/merge/told.c extractor/merge/told.h \
	extractor/merge/write.c
