TESTS += tests/w3c/run.sh
EXTRA_DIST += tests/w3c/run.sh tests/w3c/suite.py tests/w3c/expected.txt
