TESTS += tests/sparql/differential.py
EXTRA_DIST += tests/sparql/differential.py
