# Test programs and suites. Each room has its own list.
if HAVE_CMOCKA
include tests/unit/base.mk
include tests/unit/store.mk
include tests/unit/merge.mk
include tests/unit/writer.mk
include tests/unit/memory.mk
include tests/unit/sparql.mk
include tests/unit/text.mk
include tests/unit/rules.mk
include tests/unit/names.mk
include tests/unit/lift.mk
include tests/unit/eval.mk
include tests/unit/shacl.mk
include tests/unit/input.mk
include tests/unit/values.mk
endif
include tests/lint/vocab.mk
include tests/queries/queries.mk
include tests/w3c/w3c.mk
include tests/sparql/sparql.mk
include tests/lint/lint.mk
include tests/store/store.mk
include tests/corpus/corpus.mk
include tests/merge/merge.mk
include tests/cli/cli.mk
include tests/property/property.mk
include tests/scores/scores.mk
include tests/golden/golden.mk
include tests/fuzz/fuzz.mk
EXTRA_DIST += tests/tally.awk
include bench/values.mk
if FUZZ
include tests/fuzz/values.mk
endif
