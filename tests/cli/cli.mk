TESTS += tests/cli/rules_page.py tests/cli/console_page.py \
	tests/cli/terminal.py tests/cli/hostile.py
EXTRA_DIST += tests/cli/rules_page.py tests/cli/console_page.py \
	tests/cli/terminal.py tests/cli/hostile.py
