/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/fingerprint.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <strings.h>

enum { SHINGLE = 3, WORD_MAX = 64, PARAMETERS_MAX = 64 };

/* When two texts are one story. The figures were found on real articles that
 * were cut, given other headlines and joined with other text, against notices
 * that differ in names and amounts only. */
enum { WORDS_MIN = 8, NEAR_WORDS_MIN = 40, DAYS_APART = 10 };
static const double containment_min = 0.8;
static const double resemblance_min = 0.35;

/** A folded word's hash, where it begins, and whether it is a name or number.
 */
typedef void (*WordSink)(void *user, uint64_t hash, size_t at, bool named);

static bool
is_number(uint32_t code)
{
  return code >= '0' && code <= '9';
}

static void
each_word(DgStr text, WordSink sink, void *user)
{
  char word[WORD_MAX + 8];
  size_t len = 0;
  size_t begin = 0;
  bool named = false;
  for (size_t i = 0, size; i <= text.len; i += size) {
    uint32_t code = ' ';
    size = 1;
    if (i < text.len) {
      code = dg_utf8_decode(text, i, &size);
    }
    if (dg_utf8_is_letter(code) || is_number(code)) {
      if (len == 0) {
        begin = i;
        named = dg_utf8_is_upper(code);
      }
      named = named || is_number(code);
      /* What is behind the first 64 bytes of a word tells nothing more. */
      len += len < WORD_MAX ? dg_utf8_fold_code(code, word + len) : 0;
    } else if (len) {
      sink(user, dg_str_hash(dg_str_n(word, len)), begin, named);
      len = 0;
    }
  }
}

static void
mix(uint64_t *all, uint64_t hash)
{
  *all = (*all ^ hash) * 0x9E3779B97F4A7C15U;
  *all ^= *all >> 32;
}

/* ---- the print of an article ---- */

typedef struct {
  uint64_t recent[SHINGLE];
  uint32_t minima[DG_PRINT_BINS];
  size_t body; /* where headline and standfirst end */
  DgPrint *print;
} Sketch;

static void
add_shingle(Sketch *sketch)
{
  uint64_t shingle = 0;
  for (size_t i = 0; i < SHINGLE; ++i) {
    mix(&shingle, sketch->recent[(sketch->print->words + i) % SHINGLE]);
  }
  uint32_t *const least = &sketch->minima[shingle >> 58];
  const uint32_t hash = (uint32_t)shingle;
  *least = hash < *least ? hash : *least;
}

static void
add_word(void *user, uint64_t hash, size_t at, bool named)
{
  Sketch *const sketch = user;
  DgPrint *const print = sketch->print;
  mix(&print->content, hash);
  if (named && at >= sketch->body) {
    print->names[hash >> 6 & 3U] |= UINT64_C(1) << (hash & 63U);
  }
  sketch->recent[print->words++ % SHINGLE] = hash;
  if (print->words >= SHINGLE) {
    add_shingle(sketch);
  }
}

static size_t
body_of(const DgDocument *document)
{
  size_t body = 0;
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    if (block->kind == DG_BLOCK_TITLE || block->kind == DG_BLOCK_SUBTITLE) {
      body = block->text.end;
    }
  }
  return body;
}

/** An address that names a page, not a site: those are shared by mistake. */
static DgStatus
hash_url(DgStr url, uint64_t *hash)
{
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  const DgStr canonical = dg_url_canonical(url, arena);
  const size_t path = dg_str_find(canonical, DG_STR("/"), 8);
  if (canonical.ptr && path != SIZE_MAX && path + 1 < canonical.len) {
    *hash = dg_str_hash(canonical) | 1U;
  }
  dg_arena_free(arena);
  return canonical.ptr || !url.ptr ? DG_OK : DG_NO_MEMORY;
}

DgStatus
dg_print_of(const DgDocument *document, DgPrint *print)
{
  *print = (DgPrint){ 0 };
  if (document->published.precision == DG_DATE_DAY) {
    print->day = dg_date_first_day(document->published);
  }
  Sketch sketch = { .body = body_of(document), .print = print };
  memset(sketch.minima, 0xFF, sizeof sketch.minima);
  each_word(document->text, add_word, &sketch);
  for (size_t i = 0; i < DG_PRINT_BINS; ++i) {
    const uint32_t least = sketch.minima[i];
    print->minima[i] = least == UINT32_MAX ? 0 : (uint16_t)(least % 65535 + 1);
  }
  return document->url.len ? hash_url(document->url, &print->url) : DG_OK;
}

/* ---- two prints ---- */

double
dg_print_resemblance(const DgPrint *a, const DgPrint *b)
{
  unsigned both = 0;
  unsigned any = 0;
  for (size_t i = 0; i < DG_PRINT_BINS; ++i) {
    any += a->minima[i] || b->minima[i];
    both += a->minima[i] && a->minima[i] == b->minima[i];
  }
  return any ? both / (double)any : 0;
}

/** Names and numbers that the one text has and the other has not, at least. */
static bool
names_agree(const DgPrint *a, const DgPrint *b)
{
  int only_a = 0;
  int only_b = 0;
  int in_both = 0;
  for (size_t i = 0; i < DG_PRINT_NAMES; ++i) {
    only_a += __builtin_popcountll(a->names[i] & ~b->names[i]);
    only_b += __builtin_popcountll(b->names[i] & ~a->names[i]);
    in_both += __builtin_popcountll(a->names[i] & b->names[i]);
  }
  const int least = only_a < only_b ? only_a : only_b;
  return least <= 1 + in_both / 16;
}

static bool
days_agree(const DgPrint *a, const DgPrint *b)
{
  return !a->day || !b->day || abs(a->day - b->day) <= DAYS_APART;
}

bool
dg_print_same(const DgPrint *a, const DgPrint *b)
{
  const double fewer = a->words < b->words ? a->words : b->words;
  if (a->content == b->content && fewer >= WORDS_MIN) {
    return true;
  }
  const double resemblance = dg_print_resemblance(a, b);
  if (a->url && a->url == b->url && resemblance > 0) {
    return true;
  }
  if (fewer < NEAR_WORDS_MIN || resemblance < resemblance_min ||
      !days_agree(a, b) || !names_agree(a, b)) {
    return false;
  }
  const double sum = (double)a->words + b->words;
  return resemblance / (1 + resemblance) * sum >= containment_min * fewer;
}

/* ---- addresses ---- */

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
