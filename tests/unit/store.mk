check_PROGRAMS += tests/unit/test_store
TESTS += tests/unit/test_store
tests_unit_test_store_SOURCES = tests/unit/test_store.c tests/unit/test.h
tests_unit_test_store_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_store_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_librdf
TESTS += tests/unit/test_librdf
tests_unit_test_librdf_SOURCES = tests/unit/test_librdf.c tests/unit/test.h
tests_unit_test_librdf_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_librdf_LDADD = $(TEST_LIBS)
