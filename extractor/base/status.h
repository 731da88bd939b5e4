/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_STATUS_H
#define DG_BASE_STATUS_H

/**
 * What a function that can fail returns. Zero is good; DG_NO_MATCH says that
 * nothing was wrong and nothing was found.
 */
#define DG_STATUSES(X)                                                         \
  X(DG_OK, "ok")                                                               \
  X(DG_NO_MATCH, "no match")                                                   \
  X(DG_BAD_INPUT, "bad input")                                                 \
  X(DG_BAD_QUERY, "query rejected")                                            \
  X(DG_NO_MEMORY, "out of memory")                                             \
  X(DG_IO_ERROR, "input/output error")                                         \
  X(DG_NOT_FOUND, "not found")                                                 \
  X(DG_LIMIT, "limit reached")                                                 \
  X(DG_CONFLICT, "conflict")                                                   \
  X(DG_UNSUPPORTED, "not supported")                                           \
  X(DG_VIOLATION, "violations found")                                          \
  X(DG_USAGE, "bad usage")                                                     \
  X(DG_CANCELLED, "cancelled")                                                 \
  X(DG_BROKEN, "broken data")

typedef enum {
#define DG_STATUS_VALUE(name, text) name,
  DG_STATUSES(DG_STATUS_VALUE)
#undef DG_STATUS_VALUE
} DgStatus;

/** English words for a status, a constant string. */
const char *
dg_status_text(DgStatus status);

/** Go up with a status that is not DG_OK; for use where nothing is held. */
#define DG_TRY(expr)                                                           \
  do {                                                                         \
    const DgStatus dg_try_ = (expr);                                           \
    if (dg_try_ != DG_OK) {                                                    \
      return dg_try_;                                                          \
    }                                                                          \
  } while (0)

/** Go up with DG_NO_MEMORY when a pointer is null. */
#define DG_TRY_PTR(ptr)                                                        \
  do {                                                                         \
    if (!(ptr)) {                                                              \
      return DG_NO_MEMORY;                                                     \
    }                                                                          \
  } while (0)

#endif
