TESTS += tests/lint/vocab.sh
EXTRA_DIST += tests/lint/vocab.sh
