# Test programs and suites. Each room has its own list.
if HAVE_CMOCKA
include tests/unit/base.mk
include tests/unit/values.mk
endif
