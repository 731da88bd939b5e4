/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_TESTS_TEST_H
#define DG_TESTS_TEST_H

/* cmocka wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/** Both strings have the same bytes. */
#define assert_str(actual, expected)                                           \
  do {                                                                         \
    const DgStr actual_ = (actual);                                            \
    const DgStr expected_ = dg_str(expected);                                  \
    if (!dg_str_equal(actual_, expected_)) {                                   \
      fail_msg("got \"%.*s\", expected \"%s\"", (int)actual_.len,              \
               actual_.ptr ? actual_.ptr : "", expected_.ptr);                 \
    }                                                                          \
  } while (0)

#endif
