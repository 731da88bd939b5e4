TESTS += tests/golden/run.py
EXTRA_DIST += tests/golden/run.py tests/golden/cli.r tests/golden/input.r \
	tests/golden/explain.r tests/golden/rules.r tests/golden/values.r \
	tests/golden/query.r tests/golden/store.r
