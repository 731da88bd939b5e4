/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/projection.h"

#include "base/utf8.h"

/* A parenthesis or apposition longer than this is left in. */
enum { LONGEST_ASIDE = 30 };

static DgStatus
allocate(DgArena *arena, size_t n, DgProjection *p)
{
  p->offsets = dg_arena_alloc(arena, (n + 1) * sizeof *p->offsets);
  p->tokens = dg_arena_alloc(arena, (n + 1) * sizeof *p->tokens);
  p->ends = dg_arena_alloc(arena, (n + 1) * sizeof *p->ends);
  p->mentions = dg_arena_alloc(arena, (n + 1) * sizeof *p->mentions);
  return p->offsets && p->tokens && p->ends && p->mentions ? DG_OK
                                                           : DG_NO_MEMORY;
}

/** A written-out number ("deux", "one") stays a word that rules can name. */
static bool
is_projected(const DgText *text, const DgMention *mention)
{
  return mention->type != DG_MENTION_NUMBER ||
         text->tokens[mention->first].flags & DG_TOKEN_NUMBER;
}

static void
put_token(DgProjection *p, char *out, size_t *len, DgStr word, uint32_t first,
          uint32_t end, uint32_t mention)
{
  p->offsets[p->n] = (uint32_t)*len;
  p->tokens[p->n] = first;
  p->ends[p->n] = end;
  p->mentions[p->n] = mention;
  memcpy(out + *len, word.ptr, word.len);
  *len += word.len;
  out[(*len)++] = ' ';
  ++p->n;
}

DgStatus
dg_projection_make(const DgText *text, const DgSentence *sentence,
                   const DgMentions *mentions, size_t first_mention,
                   const DgLimits *limits, DgArena *arena, DgProjection *p)
{
  *p = (DgProjection){ .all = mentions };
  DG_TRY(allocate(arena, sentence->end - sentence->first, p));
  size_t room = 8;
  for (uint32_t t = sentence->first; t < sentence->end; ++t) {
    room += text->tokens[t].word_len + 5;
  }
  char *const out = dg_arena_alloc(arena, room);
  DG_TRY_PTR(out);
  out[0] = ' ';
  size_t len = 1;
  uint32_t counts[DG_MENTION_COUNT] = { 0 };
  size_t m = first_mention;
  for (uint32_t t = sentence->first; t < sentence->end;) {
    while (m < mentions->n && mentions->items[m].first < t) {
      ++m;
    }
    const DgMention *const mention =
        m < mentions->n && mentions->items[m].first == t ? &mentions->items[m]
                                                         : NULL;
    if (mention && mention->end <= sentence->end &&
        is_projected(text, mention)) {
      const uint32_t number = counts[mention->type]++;
      if (number < limits->mentions && number < 256) {
        char code[4];
        const size_t n = dg_utf8_encode(
            0xE000U + 256U * (uint32_t)mention->type + number, code);
        put_token(p, out, &len, dg_str_n(code, n), t, mention->end,
                  (uint32_t)m);
        t = mention->end;
        continue;
      }
      ++p->dropped;
    }
    put_token(p, out, &len, dg_token_word(&text->tokens[t]), t, t + 1,
              DG_NO_INDEX);
    ++t;
  }
  p->offsets[p->n] = (uint32_t)len;
  p->text = dg_str_n(out, len);
  return DG_OK;
}

static DgStr
token_text(const DgProjection *p, size_t i)
{
  return dg_str_sub(p->text, p->offsets[i], p->offsets[i + 1] - 1);
}

static bool
is_token(const DgProjection *p, size_t i, const char *text)
{
  return i < p->n && dg_str_equal(token_text(p, i), dg_str(text));
}

/** True when the token before the comma at `i` - 1 is an actor's name. */
static bool
follows_actor(const DgProjection *p, size_t i)
{
  if (i < 2 || p->mentions[i - 2] == DG_NO_INDEX) {
    return false;
  }
  const DgMention *const before = &p->all->items[p->mentions[i - 2]];
  return before->type <= DG_MENTION_PERSON &&
         before->form == DG_MENTION_BY_NAME;
}

static bool
opens_apposition(const DgProjection *p, size_t i, const DgLex *openers)
{
  if (i >= p->n) {
    return false;
  }
  if (p->mentions[i] != DG_NO_INDEX) {
    const DgMention *const mention = &p->all->items[p->mentions[i]];
    return mention->form == DG_MENTION_BY_NOMINAL && follows_actor(p, i);
  }
  const DgStr word = token_text(p, i);
  for (size_t k = 0; k < openers->forms.n; ++k) {
    const DgForm *const form = &openers->forms.items[k];
    if (form->n_words == 1 && dg_str_equal(form->words[0], word)) {
      return true;
    }
  }
  return false;
}

/** Index of the next `close` after `from`, before any `;`, or n. */
static size_t
find_close(const DgProjection *p, size_t from, const char *close)
{
  for (size_t i = from; i < p->n && i <= from + LONGEST_ASIDE; ++i) {
    if (is_token(p, i, close)) {
      return i;
    }
    if (is_token(p, i, ";") || is_token(p, i, "(")) {
      break;
    }
  }
  return p->n;
}

/** End of the aside that starts at `i`, or `i` when none does. */
static size_t
aside_end(const DgProjection *p, size_t i, const DgLex *openers)
{
  static const char *const dashes[] = { "\xE2\x80\x93", "\xE2\x80\x94" };
  if (is_token(p, i, "(")) {
    const size_t close = find_close(p, i + 1, ")");
    return close < p->n ? close + 1 : i;
  }
  for (size_t d = 0; d < 2; ++d) {
    if (is_token(p, i, dashes[d])) {
      const size_t close = find_close(p, i + 1, dashes[d]);
      return close < p->n ? close + 1 : i;
    }
  }
  if (i && is_token(p, i, ",") && p->mentions[i - 1] != DG_NO_INDEX &&
      opens_apposition(p, i + 1, openers)) {
    const size_t close = find_close(p, i + 1, ",");
    return close < p->n ? close + 1 : i;
  }
  return i;
}

DgStatus
dg_projection_reduce(const DgProjection *full, const DgLex *openers,
                     DgArena *arena, DgProjection *p)
{
  static const DgLex none = { 0 };
  openers = openers ? openers : &none;
  size_t first = 0;
  while (first < full->n && aside_end(full, first, openers) == first) {
    ++first;
  }
  if (first == full->n) {
    return DG_NO_MATCH;
  }
  *p = (DgProjection){ .all = full->all };
  DG_TRY(allocate(arena, full->n, p));
  char *const out = dg_arena_alloc(arena, full->text.len + 1);
  DG_TRY_PTR(out);
  out[0] = ' ';
  size_t len = 1;
  for (size_t i = 0; i < full->n;) {
    const size_t end = aside_end(full, i, openers);
    if (end > i) {
      i = end;
      continue;
    }
    put_token(p, out, &len, token_text(full, i), full->tokens[i], full->ends[i],
              full->mentions[i]);
    ++i;
  }
  p->offsets[p->n] = (uint32_t)len;
  p->text = dg_str_n(out, len);
  return DG_OK;
}

size_t
dg_projection_at(const DgProjection *p, size_t offset)
{
  size_t low = 0;
  size_t high = p->n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (p->offsets[middle] < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
