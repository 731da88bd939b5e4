dg_sources += \
	extractor/entity/describe.c extractor/entity/describe.h \
	extractor/entity/describe_p.h extractor/entity/description.c \
	extractor/entity/entity.c extractor/entity/entity.h \
	extractor/entity/group.c extractor/entity/group.h \
	extractor/entity/key.c \
	extractor/entity/mind.c \
	extractor/entity/name.c extractor/entity/name.h \
	extractor/entity/name_grow.c extractor/entity/name_p.h \
	extractor/entity/name_type.c \
	extractor/entity/possessive.c \
	extractor/entity/scan.c extractor/entity/scan.h \
	extractor/entity/similarity.c
