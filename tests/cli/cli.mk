TESTS += tests/cli/rules_page.py
EXTRA_DIST += tests/cli/rules_page.py
