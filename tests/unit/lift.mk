check_PROGRAMS += tests/unit/test_lift
TESTS += tests/unit/test_lift
EXTRA_DIST += tests/unit/lift.nq
tests_unit_test_lift_SOURCES = tests/unit/test_lift.c tests/unit/test.h
tests_unit_test_lift_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_lift_LDADD = $(TEST_LIBS)
