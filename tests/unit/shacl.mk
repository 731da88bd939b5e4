check_PROGRAMS += tests/unit/test_shacl
TESTS += tests/unit/test_shacl
tests_unit_test_shacl_SOURCES = tests/unit/test_shacl.c tests/unit/test.h
tests_unit_test_shacl_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_shacl_LDADD = $(TEST_LIBS)
