TESTS += tests/queries/run.sh
EXTRA_DIST += tests/queries
