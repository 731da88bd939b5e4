/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/projection.h"

#include "base/utf8.h"

/* A parenthesis or apposition longer than this is left in. */
enum { LONGEST_ASIDE = 30 };

static DgStatus
allocate(DgArena *arena, size_t n, DgProjection *p)
{
  uint32_t *const room = dg_arena_alloc(arena, n * 4 * sizeof *room);
  DG_TRY_PTR(room);
  p->tokens = room;
  p->ends = room + n;
  p->mentions = room + 2 * n;
  p->codes = room + 3 * n;
  return DG_OK;
}

/** A written-out number ("deux", "one") stays a word that rules can name. */
static bool
is_projected(const DgText *text, const DgMention *mention, uint32_t asked)
{
  if (DG_TYPES_ASKED >> mention->type & 1U) {
    return asked >> mention->type & 1U;
  }
  return mention->type != DG_MENTION_NUMBER ||
         text->tokens[mention->first].flags & DG_TOKEN_NUMBER;
}

static void
put_token(DgProjection *p, uint32_t first, uint32_t end, uint32_t mention,
          uint32_t code)
{
  p->tokens[p->n] = first;
  p->ends[p->n] = end;
  p->mentions[p->n] = mention;
  p->codes[p->n] = code;
  ++p->n;
}

DgStatus
dg_projection_make(const DgText *text, const DgSentence *sentence,
                   const DgMentions *mentions, size_t first_mention,
                   uint32_t asked, const DgLimits *limits, DgArena *arena,
                   DgProjection *p)
{
  *p = (DgProjection){ .source = text, .all = mentions };
  DG_TRY(allocate(arena, sentence->end - sentence->first, p));
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
        is_projected(text, mention, asked)) {
      const uint32_t number = counts[mention->type]++;
      if (number < limits->mentions && number < 256) {
        put_token(p, t, mention->end, (uint32_t)m,
                  0xE000U + 256U * (uint32_t)mention->type + number);
        t = mention->end;
        continue;
      }
      ++p->dropped;
    }
    put_token(p, t, t + 1, DG_NO_INDEX, 0);
    ++t;
  }
  return DG_OK;
}

DgStatus
dg_projection_write(DgProjection *p, DgArena *arena)
{
  if (p->text.ptr) {
    return DG_OK;
  }
  size_t room = 8;
  for (size_t i = 0; i < p->n; ++i) {
    room += p->source->tokens[p->tokens[i]].word_len + 5;
  }
  char *const out = dg_arena_alloc(arena, room);
  p->offsets = dg_arena_alloc(arena, (p->n + 1) * sizeof *p->offsets);
  DG_TRY_PTR(out);
  DG_TRY_PTR(p->offsets);
  size_t len = 0;
  out[len++] = ' ';
  for (size_t i = 0; i < p->n; ++i) {
    p->offsets[i] = (uint32_t)len;
    if (p->mentions[i] != DG_NO_INDEX) {
      len += dg_utf8_encode(p->codes[i], out + len);
    } else {
      const DgStr word = dg_token_word(&p->source->tokens[p->tokens[i]]);
      memcpy(out + len, word.ptr, word.len);
      len += word.len;
    }
    out[len++] = ' ';
  }
  p->offsets[p->n] = (uint32_t)len;
  p->text = dg_str_n(out, len);
  return DG_OK;
}

/** The word of a token that is no mention. */
static DgStr
word_at(const DgProjection *p, size_t i)
{
  return dg_token_word(&p->source->tokens[p->tokens[i]]);
}

static bool
is_token(const DgProjection *p, size_t i, const char *text)
{
  return i < p->n && p->mentions[i] == DG_NO_INDEX &&
         dg_str_equal(word_at(p, i), dg_str(text));
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
    const bool has =
        mention->type == DG_MENTION_PLACE && is_token(p, i + 1, "'s");
    return has || mention->form == DG_MENTION_BY_NOMINAL
               ? follows_actor(p, i)
               : mention->type == DG_MENTION_POSS;
  }
  const DgStr word = word_at(p, i);
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
  if (p->mentions[i] == DG_NO_INDEX &&
      p->source->tokens[p->tokens[i]].flags & DG_TOKEN_WORD) {
    return i; /* the usual case: no mark */
  }
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
  *p = (DgProjection){ .source = full->source, .all = full->all };
  DG_TRY(allocate(arena, full->n, p));
  for (size_t i = 0; i < full->n;) {
    const size_t end = aside_end(full, i, openers);
    if (end > i) {
      i = end;
      continue;
    }
    put_token(p, full->tokens[i], full->ends[i], full->mentions[i],
              full->codes[i]);
    ++i;
  }
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
