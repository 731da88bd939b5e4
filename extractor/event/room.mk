dg_sources += \
	extractor/event/attribute.c \
	extractor/event/context.c \
	extractor/event/draft.c \
	extractor/event/elide.c \
	extractor/event/event.c extractor/event/event.h \
	extractor/event/event_p.h \
	extractor/event/facts.c extractor/event/facts.h \
	extractor/event/merge.c \
	extractor/event/settle.c
