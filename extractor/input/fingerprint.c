/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/fingerprint.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <strings.h>

enum { SHINGLE = 3, WORD_MAX = 64, PARAMETERS_MAX = 64 };

/** Calls back with the hash of each folded word. */
typedef void (*WordSink)(void *user, uint64_t hash);

static void
each_word(DgStr text, WordSink sink, void *user)
{
  char word[WORD_MAX + 8];
  size_t len = 0;
  for (size_t i = 0, size; i <= text.len; i += size) {
    uint32_t code = ' ';
    size = 1;
    if (i < text.len) {
      code = dg_utf8_decode(text, i, &size);
    }
    if (dg_utf8_is_letter(code) || (code >= '0' && code <= '9')) {
      /* What is behind the first 64 bytes of a word tells nothing more. */
      len += len < WORD_MAX ? dg_utf8_fold_code(code, word + len) : 0;
    } else if (len) {
      sink(user, dg_str_hash(dg_str_n(word, len)));
      len = 0;
    }
  }
}

typedef struct {
  uint64_t recent[SHINGLE];
  size_t n_words;
  int32_t votes[64];
} SimHash;

static void
vote(SimHash *sim)
{
  uint64_t shingle = 0;
  for (size_t i = 0; i < SHINGLE; ++i) {
    const uint64_t word = sim->recent[(sim->n_words + i) % SHINGLE];
    shingle = (shingle ^ word) * 0x9E3779B97F4A7C15U;
    shingle ^= shingle >> 29;
  }
  for (unsigned bit = 0; bit < 64; ++bit) {
    sim->votes[bit] += shingle >> bit & 1U ? 1 : -1;
  }
}

static void
add_word(void *user, uint64_t hash)
{
  SimHash *const sim = user;
  sim->recent[sim->n_words++ % SHINGLE] = hash;
  if (sim->n_words >= SHINGLE) {
    vote(sim);
  }
}

uint64_t
dg_fingerprint(DgStr text)
{
  SimHash sim = { 0 };
  each_word(text, add_word, &sim);
  uint64_t print = 0;
  for (unsigned bit = 0; bit < 64; ++bit) {
    print |= (uint64_t)(sim.votes[bit] > 0) << bit;
  }
  return print;
}

unsigned
dg_fingerprint_distance(uint64_t a, uint64_t b)
{
  return (unsigned)__builtin_popcountll(a ^ b);
}

static void
mix_word(void *user, uint64_t hash)
{
  uint64_t *const all = user;
  *all = (*all ^ hash) * 0x9E3779B97F4A7C15U;
  *all ^= *all >> 32;
}

uint64_t
dg_content_hash(DgStr text)
{
  uint64_t all = 0;
  each_word(text, mix_word, &all);
  return all;
}

/** Parameters that say whence the reader came, by how their names begin. */
static bool
is_tracking(DgStr parameter)
{
  static const char *const names[] = { "utm_",    "fbclid", "gclid",  "dclid",
                                       "msclkid", "mc_cid", "mc_eid", "xtor",
                                       "xtref",   "at_",    "ito=",   "igshid",
                                       "ncid",    "cmpid",  "smid",   "ocid",
                                       "ref=",    "rss=",   "_ga",    NULL };
  for (size_t i = 0; names[i]; ++i) {
    if (dg_str_starts(parameter, dg_str(names[i]))) {
      return true;
    }
  }
  return false;
}

static int
compare_parameters(const void *a, const void *b)
{
  return dg_str_compare(*(const DgStr *)a, *(const DgStr *)b);
}

static void
put(char *out, size_t *len, DgStr s)
{
  if (s.len) {
    memcpy(out + *len, s.ptr, s.len);
  }
  *len += s.len;
}

static void
put_query(char *out, size_t *len, DgStr query)
{
  DgStr kept[PARAMETERS_MAX];
  size_t n = 0;
  DgStr parameter;
  while (n < PARAMETERS_MAX && dg_str_cut(&query, '&', &parameter)) {
    if (parameter.len && !is_tracking(parameter)) {
      kept[n++] = parameter;
    }
  }
  qsort(kept, n, sizeof *kept, compare_parameters);
  for (size_t i = 0; i < n; ++i) {
    put(out, len, i ? DG_STR("&") : DG_STR("?"));
    put(out, len, kept[i]);
  }
}

/** Host in lower case, without "www." and default port. */
static void
put_host(char *out, size_t *len, DgStr host)
{
  if (host.len > 4 && !strncasecmp(host.ptr, "www.", 4)) {
    host = dg_str_sub(host, 4, host.len);
  }
  if (dg_str_ends(host, DG_STR(":80"))) {
    host.len -= 3;
  } else if (dg_str_ends(host, DG_STR(":443"))) {
    host.len -= 4;
  }
  for (size_t i = 0; i < host.len; ++i) {
    const char c = host.ptr[i];
    out[(*len)++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
}

/** First of the bytes of `marks` in `s`, or its length. */
static size_t
find_any(DgStr s, const char *marks)
{
  size_t i = 0;
  while (i < s.len && !strchr(marks, s.ptr[i])) {
    ++i;
  }
  return i;
}

DgStr
dg_url_canonical(DgStr url, DgArena *arena)
{
  url = dg_str_trim(url);
  size_t scheme = 0;
  if (url.len > 8 && !strncasecmp(url.ptr, "https://", 8)) {
    scheme = 8;
  } else if (url.len > 7 && !strncasecmp(url.ptr, "http://", 7)) {
    scheme = 7;
  } else {
    return url;
  }
  char *const out = dg_arena_alloc(arena, url.len + 16);
  if (!out) {
    return DG_STR_NONE;
  }
  size_t len = 0;
  DgStr rest = dg_str_sub(url, scheme, url.len);
  rest = dg_str_sub(rest, 0, find_any(rest, "#"));
  const size_t host = find_any(rest, "/?");
  put(out, &len, DG_STR("https://"));
  put_host(out, &len, dg_str_sub(rest, 0, host));
  rest = dg_str_sub(rest, host, rest.len);
  const size_t query = find_any(rest, "?");
  DgStr path = dg_str_sub(rest, 0, query);
  while (path.len && path.ptr[path.len - 1] == '/') {
    --path.len;
  }
  put(out, &len, path);
  put_query(out, &len, dg_str_sub(rest, query + 1, rest.len));
  return dg_str_n(out, len);
}
