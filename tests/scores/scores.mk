TESTS += tests/scores/eval.py
EXTRA_DIST += tests/scores/eval.py
