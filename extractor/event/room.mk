dg_sources += \
	extractor/event/facts.h
