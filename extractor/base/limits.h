/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_LIMITS_H
#define DG_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/**
 * Every bound of the text side in one place. Reaching one is counted and
 * reported, never silent. DG_LIMITS_DEFAULT gives the values that are used
 * unless the command line says otherwise.
 */
typedef struct {
  size_t article_bytes;  /**< an article's source; longer: refused */
  size_t sentence_bytes; /**< a longer sentence is cut at a space */
  size_t mentions;       /**< mentions of one type in a sentence, <= 256 */
  size_t deals;          /**< tellings of deals, and of ties, in an article:
                              merging looks at each pair */
  size_t copies;         /**< articles among which copies are looked for */
  uint32_t match_steps;  /**< PCRE2 match limit for one rule attempt */
  size_t jit_stack;      /**< bytes of PCRE2 JIT stack for each thread */
  uint32_t depth;        /**< nesting in rule files and patterns */
} DgLimits;

#define DG_LIMITS_DEFAULT                                                      \
  ((DgLimits){ .article_bytes = 8U * 1024 * 1024,                              \
               .sentence_bytes = 4096,                                         \
               .mentions = 256,                                                \
               .deals = 2000,                                                  \
               .copies = 500000,                                               \
               .match_steps = 100000,                                          \
               .jit_stack = 512U * 1024,                                       \
               .depth = 64 })

#endif
