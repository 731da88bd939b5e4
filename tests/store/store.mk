store_scripts = \
	tests/store/cli.sh \
	tests/store/formats.py \
	tests/store/rdfproc.sh \
	tests/store/storages.sh \
	tests/store/postgresql.sh
TESTS += $(store_scripts)
EXTRA_DIST += $(store_scripts) tests/store/storage.sh

# A process that is killed while it writes, and calls that fail.
check_PROGRAMS += tests/fault/crash
tests_fault_crash_SOURCES = tests/fault/crash.c
tests_fault_crash_LDADD = libdealgraph.la
check_LTLIBRARIES += tests/fault/shim.la
tests_fault_shim_la_SOURCES = tests/fault/shim.c
tests_fault_shim_la_CFLAGS = $(WARNINGS) -std=gnu17
tests_fault_shim_la_LDFLAGS = -module -avoid-version -rpath /nowhere
tests_fault_shim_la_LIBADD = -ldl
TESTS += tests/fault/crash.py tests/fault/ingest_kill.py tests/fault/extract_kill.py
EXTRA_DIST += tests/fault/crash.py tests/fault/ingest_kill.py tests/fault/extract_kill.py
