TESTS += tests/merge/pairs.py tests/merge/decisions.py
EXTRA_DIST += tests/merge/pairs.py tests/merge/pairs.txt tests/merge/decisions.py
