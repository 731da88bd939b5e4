dg_sources += \
	extractor/entity/entity.h
