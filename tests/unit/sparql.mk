check_PROGRAMS += tests/unit/test_sparql
TESTS += tests/unit/test_sparql
tests_unit_test_sparql_SOURCES = tests/unit/test_sparql.c tests/unit/test.h
tests_unit_test_sparql_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_sparql_LDADD = $(TEST_LIBS)
