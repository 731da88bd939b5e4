lint_scripts = \
	tests/lint/layers.py \
	tests/lint/headers.sh \
	tests/lint/format.sh \
	tests/lint/functions.sh \
	tests/lint/tree.sh \
	tests/lint/symbols.sh \
	tests/lint/commands.sh \
	tests/lint/editors.py
TESTS += $(lint_scripts)
EXTRA_DIST += $(lint_scripts)
