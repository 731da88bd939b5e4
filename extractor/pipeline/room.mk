dg_sources += \
	extractor/pipeline/extract.c extractor/pipeline/extract.h \
	extractor/pipeline/pool.c extractor/pipeline/pool.h
dg_sources += \
	extractor/pipeline/check.c extractor/pipeline/check.h \
	extractor/pipeline/expect.c extractor/pipeline/expect.h
dg_sources += \
	extractor/pipeline/explain.c extractor/pipeline/explain.h \
	extractor/pipeline/explain_json.c extractor/pipeline/explain_html.c \
	extractor/pipeline/explain_text.c extractor/pipeline/explain_p.h \
	extractor/pipeline/cover.c extractor/pipeline/cover.h
