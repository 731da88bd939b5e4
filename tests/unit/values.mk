check_PROGRAMS += tests/unit/test_values
TESTS += tests/unit/test_values
tests_unit_test_values_SOURCES = tests/unit/test_values.c tests/unit/test.h
tests_unit_test_values_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_values_LDADD = $(TEST_LIBS)
TESTS += tests/unit/values_words.sh
EXTRA_DIST += tests/unit/values_words.sh
