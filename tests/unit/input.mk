input_tests = tests/unit/test_input tests/unit/test_input_copies \
	tests/unit/test_input_formats \
	tests/unit/test_input_hostile tests/unit/test_input_html
check_PROGRAMS += $(input_tests)
TESTS += $(input_tests)
input_test_headers = tests/unit/test_input.h tests/unit/test.h
tests_unit_test_input_SOURCES = tests/unit/test_input.c $(input_test_headers)
tests_unit_test_input_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_input_LDADD = $(TEST_LIBS)
tests_unit_test_input_copies_SOURCES = tests/unit/test_input_copies.c $(input_test_headers)
tests_unit_test_input_copies_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_input_copies_LDADD = $(TEST_LIBS)
tests_unit_test_input_formats_SOURCES = tests/unit/test_input_formats.c $(input_test_headers)
tests_unit_test_input_formats_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_input_formats_LDADD = $(TEST_LIBS) $(DEPS_LIBS)
tests_unit_test_input_hostile_SOURCES = tests/unit/test_input_hostile.c $(input_test_headers)
tests_unit_test_input_hostile_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_input_hostile_LDADD = $(TEST_LIBS) $(DEPS_LIBS)
tests_unit_test_input_html_SOURCES = tests/unit/test_input_html.c $(input_test_headers)
tests_unit_test_input_html_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_input_html_LDADD = $(TEST_LIBS)
