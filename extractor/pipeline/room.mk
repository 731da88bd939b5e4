dg_sources += \
	extractor/pipeline/extract.c extractor/pipeline/extract.h \
	extractor/pipeline/pool.c extractor/pipeline/pool.h
dg_sources += \
	extractor/pipeline/check.c extractor/pipeline/check.h \
	extractor/pipeline/check_p.h extractor/pipeline/check_show.c \
	extractor/pipeline/expect.c extractor/pipeline/expect.h
dg_sources += \
	extractor/pipeline/eval.h \
	extractor/pipeline/eval_align.c \
	extractor/pipeline/eval_list.c \
	extractor/pipeline/eval_name.c extractor/pipeline/eval_name.h \
	extractor/pipeline/eval_read.c \
	extractor/pipeline/eval_report.c extractor/pipeline/eval_report.h \
	extractor/pipeline/eval_score.c \
	extractor/pipeline/eval_stats.c extractor/pipeline/eval_stats.h
dg_sources += \
	extractor/pipeline/explain.c extractor/pipeline/explain.h \
	extractor/pipeline/explain_json.c extractor/pipeline/explain_html.c \
	extractor/pipeline/explain_text.c extractor/pipeline/explain_p.h \
	extractor/pipeline/cover.c extractor/pipeline/cover.h
