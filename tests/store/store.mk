store_scripts = \
	tests/store/rdfproc.sh
TESTS += $(store_scripts)
EXTRA_DIST += $(store_scripts)
