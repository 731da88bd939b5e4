dg_sources += \
	extractor/sparql/algebra.c extractor/sparql/algebra.h \
	extractor/sparql/algebra_build.c \
	extractor/sparql/algebra_p.h \
	extractor/sparql/algebra_path.c \
	extractor/sparql/algebra_scope.c \
	extractor/sparql/algebra_select.c \
	extractor/sparql/ast.h \
	extractor/sparql/bits.h \
	extractor/sparql/check.c \
	extractor/sparql/code.c \
	extractor/sparql/digest.c extractor/sparql/digest.h \
	extractor/sparql/eval.c extractor/sparql/eval.h \
	extractor/sparql/fetch.c extractor/sparql/fetch.h \
	extractor/sparql/fn_cast.c \
	extractor/sparql/fn_date.c \
	extractor/sparql/fn_extra.c \
	extractor/sparql/fn_hash.c \
	extractor/sparql/fn_logic.c \
	extractor/sparql/fn_numeric.c \
	extractor/sparql/fn_regex.c \
	extractor/sparql/fn_string.c \
	extractor/sparql/fn_term.c \
	extractor/sparql/function.c extractor/sparql/function.h \
	extractor/sparql/iri.c extractor/sparql/iri.h \
	extractor/sparql/item.c extractor/sparql/item.h \
	extractor/sparql/item_number.c \
	extractor/sparql/item_time.c \
	extractor/sparql/lexer.c extractor/sparql/lexer.h \
	extractor/sparql/op.c extractor/sparql/op.h \
	extractor/sparql/op_basic.c \
	extractor/sparql/op_graph.c \
	extractor/sparql/op_group.c \
	extractor/sparql/op_hash.c \
	extractor/sparql/op_merge.c \
	extractor/sparql/op_nested.c \
	extractor/sparql/op_order.c \
	extractor/sparql/op_path.c \
	extractor/sparql/op_scan.c \
	extractor/sparql/op_service.c \
	extractor/sparql/parse.c extractor/sparql/parse.h \
	extractor/sparql/parse_expr.c \
	extractor/sparql/parse_p.h \
	extractor/sparql/parse_pattern.c \
	extractor/sparql/parse_query.c \
	extractor/sparql/parse_term.c \
	extractor/sparql/parse_triples.c \
	extractor/sparql/parse_update.c \
	extractor/sparql/plan.c extractor/sparql/plan.h \
	extractor/sparql/plan_cost.c \
	extractor/sparql/plan_join.c \
	extractor/sparql/plan_merge.c \
	extractor/sparql/plan_range.c \
	extractor/sparql/range.c extractor/sparql/range.h \
	extractor/sparql/rates.c extractor/sparql/rates.h \
	extractor/sparql/regex_cache.c \
	extractor/sparql/result_csv.c \
	extractor/sparql/result_json.c \
	extractor/sparql/result_md.c \
	extractor/sparql/result_table.c \
	extractor/sparql/result_tsv.c \
	extractor/sparql/result_xml.c \
	extractor/sparql/results.c extractor/sparql/results.h \
	extractor/sparql/results_read.c extractor/sparql/results_read.h \
	extractor/sparql/rows.c extractor/sparql/rows.h \
	extractor/sparql/run.c extractor/sparql/run.h \
	extractor/sparql/source.c \
	extractor/sparql/sparql.c extractor/sparql/sparql.h \
	extractor/sparql/sparql_p.h \
	extractor/sparql/template.c \
	extractor/sparql/terms.c extractor/sparql/terms.h \
	extractor/sparql/update.c \
	extractor/sparql/xpath_regex.c extractor/sparql/xpath_regex.h
