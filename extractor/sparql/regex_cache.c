/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"
#include "sparql/xpath_regex.h"

#include <stdlib.h>

enum { CACHED = 16 };

typedef struct {
  char *key; /**< flags, a zero byte, pattern */
  size_t len;
  DgRegex *regex; /**< null: the pattern is bad */
} Cached;

struct DgRegexCache {
  Cached items[CACHED];
  size_t next; /**< the one to replace */
};

void
dg_regex_cache_free(DgRegexCache *cache)
{
  for (size_t i = 0; cache && i < CACHED; ++i) {
    free(cache->items[i].key);
    dg_regex_free(cache->items[i].regex);
  }
  free(cache);
}

static bool
is_key(const Cached *item, DgStr pattern, DgStr flags)
{
  return item->key && item->len == pattern.len + 1 + flags.len &&
         dg_str_equal(dg_str_n(item->key, flags.len), flags) &&
         item->key[flags.len] == '\0' &&
         dg_str_equal(dg_str_n(item->key + flags.len + 1, pattern.len),
                      pattern);
}

static DgRegex *
compile(DgStr pattern, DgStr flags)
{
  DgBuf text = DG_BUF_INIT;
  DgRegex *regex = NULL;
  unsigned options = 0;
  if (!dg_xpath_regex(pattern, flags, &text, &options) || text.failed ||
      dg_regex_new(dg_buf_str(&text), options, &regex, NULL) != DG_OK) {
    regex = NULL;
  }
  dg_buf_clear(&text);
  return regex;
}

const DgRegex *
dg_regex_cache_get(DgEval *eval, DgStr pattern, DgStr flags)
{
  if (!eval->regexes) {
    eval->regexes = calloc(1, sizeof *eval->regexes);
    if (!eval->regexes) {
      (void)dg_eval_fail(eval, DG_NO_MEMORY);
      return NULL;
    }
  }
  DgRegexCache *const cache = eval->regexes;
  for (size_t i = 0; i < CACHED; ++i) {
    if (is_key(&cache->items[i], pattern, flags)) {
      return cache->items[i].regex;
    }
  }
  Cached *const item = &cache->items[cache->next];
  cache->next = (cache->next + 1) % CACHED;
  free(item->key);
  dg_regex_free(item->regex);
  *item = (Cached){ .len = pattern.len + 1 + flags.len };
  item->key = malloc(item->len + 1);
  if (!item->key) {
    (void)dg_eval_fail(eval, DG_NO_MEMORY);
    return NULL;
  }
  if (flags.len) {
    memcpy(item->key, flags.ptr, flags.len);
  }
  item->key[flags.len] = '\0';
  if (pattern.len) {
    memcpy(item->key + flags.len + 1, pattern.ptr, pattern.len);
  }
  item->regex = compile(pattern, flags);
  return item->regex;
}
