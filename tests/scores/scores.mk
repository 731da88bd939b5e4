TESTS += tests/scores/eval.py tests/scores/core.py
EXTRA_DIST += tests/scores/eval.py tests/scores/core.py
EXTRA_DIST += tests/scores/names.py tests/scores/relations.py
