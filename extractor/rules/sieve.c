/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/sieve.h"

#include "base/utf8.h"
#include "rules/sieve_p.h"

#include <stdlib.h>

/*
 * A set of places is `width` machine words, bit i of word i / 64 the place
 * before token i; a sentence of n tokens has n + 1 places. Elements are read
 * backwards: an element turns the set at its end into the set at its start.
 */
typedef uint64_t Places;

struct DgSieveRun {
  const DgSieve *sieve;
  uint32_t budget; /* elements that one question may look at */
  uint32_t left;
  size_t width;     /* machine words of a set */
  size_t max_width; /* that there is room for */
  size_t n;         /* tokens */
  const DgProjection *projection;
  uint32_t stamp;        /* of this sentence */
  uint32_t *slot_stamps; /* [slots.n] sentence that last touched it */
  uint32_t *set_stamps;  /* [sets.n] */
  Places *slots;         /* [slots.n][max_width] where forms start */
  Places *mentions;      /* [DG_MENTION_COUNT][max_width] */
  Places *tokens;        /* [DG_SIEVE_TOKEN_COUNT][max_width] */
  Places *stack;         /* sets for elements being read */
  size_t stack_used;     /* sets */
  size_t stack_size;
  Places *answer; /* [max_width] */
};

/* Sets that one element takes from the stack, and how deep elements nest:
 * patterns nest at most 64 deep, each level a choice in a row in a choice. */
enum { STACK_SETS = 3 * 4 * 64 };

DgSieveRun *
dg_sieve_run_new(const DgSieve *sieve, uint32_t steps)
{
  DgSieveRun *const run = calloc(1, sizeof *run);
  if (!run) {
    return NULL;
  }
  run->sieve = sieve;
  run->budget = steps;
  run->slot_stamps = calloc(sieve->slots.n + 1, sizeof *run->slot_stamps);
  run->set_stamps = calloc(sieve->sets.n + 1, sizeof *run->set_stamps);
  if (!run->slot_stamps || !run->set_stamps) {
    dg_sieve_run_free(run);
    return NULL;
  }
  return run;
}

static void
free_sets(DgSieveRun *run)
{
  free(run->slots);
  free(run->mentions);
  free(run->tokens);
  free(run->stack);
  free(run->answer);
}

void
dg_sieve_run_free(DgSieveRun *run)
{
  if (run) {
    free_sets(run);
    free(run->slot_stamps);
    free(run->set_stamps);
    free(run);
  }
}

static DgStatus
make_room(DgSieveRun *run, size_t width)
{
  run->width = width;
  if (width <= run->max_width) {
    return DG_OK;
  }
  free_sets(run);
  const size_t size = width * sizeof(Places);
  run->slots = calloc(run->sieve->slots.n + 1, size);
  run->mentions = calloc(DG_MENTION_COUNT, size);
  run->tokens = calloc(DG_SIEVE_TOKEN_COUNT, size);
  run->stack = calloc(STACK_SETS, size);
  run->answer = calloc(1, size);
  const bool made =
      run->slots && run->mentions && run->tokens && run->stack && run->answer;
  run->max_width = made ? width : 0;
  run->stack_size = STACK_SETS;
  return made ? DG_OK : DG_NO_MEMORY;
}

/* ---- a sentence ---- */

static void
mark(Places *set, size_t at)
{
  set[at / 64] |= (Places)1 << at % 64;
}

/** As unit_of in pattern_compile.c: an accent of the pattern may be missing. */
static bool
fits(DgStr word, DgStr text)
{
  if (dg_str_equal(word, text)) {
    return true;
  }
  if (dg_utf8_count(word) <= 2) {
    return false;
  }
  size_t t = 0;
  for (size_t w = 0; w < word.len;) {
    size_t size;
    const uint32_t code = dg_utf8_decode(word, w, &size);
    if (t + size <= text.len && !memcmp(word.ptr + w, text.ptr + t, size)) {
      t += size;
    } else {
      char bare[8];
      if (code < 0x80 || dg_utf8_fold_code(code, bare) != 1 || t >= text.len ||
          text.ptr[t] != bare[0]) {
        return false;
      }
      ++t;
    }
    w += size;
  }
  return t == text.len;
}

static const DgToken *
token_at(const DgSieveRun *run, size_t i)
{
  const DgProjection *const p = run->projection;
  return &p->source->tokens[p->tokens[i]];
}

static void
touch(DgSieveRun *run, const DgSieveForm *form, size_t at)
{
  const DgSieve *const s = run->sieve;
  for (uint32_t i = form->first; i < form->first + form->n; ++i) {
    const uint32_t slot = s->postings[i];
    Places *const places = run->slots + slot * run->width;
    if (run->slot_stamps[slot] != run->stamp) {
      run->slot_stamps[slot] = run->stamp;
      run->set_stamps[s->slots.items[slot].set] = run->stamp;
      memset(places, 0, run->width * sizeof *places);
    }
    mark(places, at);
  }
}

/** Note the forms that start at token `at`. */
static void
walk(DgSieveRun *run, size_t at, uint32_t node)
{
  const DgSieve *const s = run->sieve;
  for (size_t i = at; i < run->n; ++i) {
    if (run->projection->mentions[i] != DG_NO_INDEX) {
      return;
    }
    const uint32_t hash = token_at(run, i)->hash;
    node = s->edges[dg_sieve_edge(s->edges, s->n_edges, node, hash)].child;
    if (!node) {
      return;
    }
    for (uint32_t f = s->nodes.items[node]; f; f = s->forms.items[f - 1].next) {
      const DgSieveForm *const form = &s->forms.items[f - 1];
      bool same = true;
      for (size_t k = 0; same && k < form->len; ++k) {
        same = fits(form->words[k], dg_token_word(token_at(run, at + k)));
      }
      if (same) {
        touch(run, form, at);
      }
    }
  }
}

static void
read_words(DgSieveRun *run, size_t at, DgLang lang)
{
  const uint32_t bit = token_at(run, at)->hash % DG_SIEVE_STARTS;
  const DgSieve *const s = run->sieve;
  if (s->starts[lang][bit / 64] >> bit % 64 & 1U) {
    walk(run, at, dg_sieve_root(lang));
  }
  if (lang != DG_LANG_NONE &&
      s->starts[DG_LANG_NONE][bit / 64] >> bit % 64 & 1U) {
    walk(run, at, dg_sieve_root(DG_LANG_NONE));
  }
}

static void
read_classes(DgSieveRun *run, size_t at)
{
  const size_t w = run->width;
  const uint32_t mention = run->projection->mentions[at];
  mark(run->tokens + DG_SIEVE_ANY * w, at);
  if (mention != DG_NO_INDEX) {
    const DgMentionType type = run->projection->all->items[mention].type;
    mark(run->mentions + type * w, at);
    if (type > DG_MENTION_PERSON) { /* names end gaps and introductions */
      mark(run->tokens + DG_SIEVE_PLAIN * w, at);
      mark(run->tokens + DG_SIEVE_INTRO * w, at);
    }
    return;
  }
  const DgStr word = dg_token_word(token_at(run, at));
  if (word.ptr[0] != ';') {
    mark(run->tokens + DG_SIEVE_PLAIN * w, at);
  }
  if (!strchr(",;.:()", word.ptr[0])) {
    mark(run->tokens + DG_SIEVE_INTRO * w, at);
  }
  if (at + 1 == run->n && ((word.len == 1 && strchr(".!?", word.ptr[0])) ||
                           dg_str_equal(word, DG_STR("\xE2\x80\xA6")))) {
    mark(run->tokens + DG_SIEVE_CLOSE * w, at);
  }
}

DgStatus
dg_sieve_read(DgSieveRun *run, const DgProjection *projection, DgLang lang)
{
  run->projection = projection;
  run->n = projection->n;
  ++run->stamp;
  DG_TRY(make_room(run, run->n / 64 + 1));
  memset(run->mentions, 0, DG_MENTION_COUNT * run->width * sizeof(Places));
  memset(run->tokens, 0, DG_SIEVE_TOKEN_COUNT * run->width * sizeof(Places));
  for (size_t i = 0; i < run->n; ++i) {
    read_classes(run, i);
    if (projection->mentions[i] == DG_NO_INDEX) {
      read_words(run, i, lang);
    }
  }
  return DG_OK;
}

/* ---- sets ---- */

static bool
is_empty(const DgSieveRun *run, const Places *set)
{
  Places any = 0;
  for (size_t i = 0; i < run->width; ++i) {
    any |= set[i];
  }
  return !any;
}

/** Add `more`; @return true when the set has grown. */
static bool
add(const DgSieveRun *run, Places *set, const Places *more)
{
  Places news = 0;
  for (size_t i = 0; i < run->width; ++i) {
    news |= more[i] & ~set[i];
    set[i] |= more[i];
  }
  return news != 0;
}

static void
copy(const DgSieveRun *run, Places *to, const Places *from)
{
  for (size_t i = 0; i < run->width; ++i) {
    to[i] = from[i];
  }
}

static void
fill(const DgSieveRun *run, Places *set)
{
  for (size_t i = 0; i < run->width; ++i) {
    set[i] = ~(Places)0;
  }
  const size_t places = run->n + 1;
  if (places % 64) {
    set[run->width - 1] = ((Places)1 << places % 64) - 1;
  }
}

/** Places of `set`, `len` tokens further to the left; word `i` of them. */
static Places
earlier(const DgSieveRun *run, const Places *set, size_t i, uint32_t len)
{
  const Places high = i + 1 < run->width ? set[i + 1] << (64 - len) : 0;
  return set[i] >> len | high;
}

/** From the ends in `set` to where single tokens of `allowed` start. */
static void
step_back(const DgSieveRun *run, Places *set, const Places *allowed)
{
  for (size_t i = 0; i < run->width; ++i) {
    set[i] = allowed[i] & earlier(run, set, i, 1);
  }
}

static Places *
push(DgSieveRun *run)
{
  if (run->stack_used == run->stack_size) {
    run->left = 0; /* nested too deeply to be sieved */
    return NULL;
  }
  return run->stack + run->width * run->stack_used++;
}

/* ---- elements ---- */

static void
read_back(DgSieveRun *run, uint32_t at, Places *set);

static void
words_back(DgSieveRun *run, uint32_t of, Places *set)
{
  const DgSieve *const s = run->sieve;
  const DgSieveSet slots = s->sets.items[of];
  Places *const from = push(run);
  if (!from) {
    return;
  }
  memset(from, 0, run->width * sizeof *from);
  for (uint32_t k = slots.first; k < slots.first + slots.n; ++k) {
    if (run->slot_stamps[k] == run->stamp) {
      const Places *const starts = run->slots + k * run->width;
      for (size_t i = 0; i < run->width; ++i) {
        from[i] |= starts[i] & earlier(run, set, i, s->slots.items[k].len);
      }
    }
  }
  copy(run, set, from);
  --run->stack_used;
}

/** Take out the places right before which one of the words ends. */
static void
not_after(DgSieveRun *run, uint32_t part, Places *set)
{
  const DgSieve *const s = run->sieve;
  for (; part; part = s->ops.items[part].next) {
    const DgSieveSet slots = s->sets.items[s->ops.items[part].of];
    for (uint32_t k = slots.first; k < slots.first + slots.n; ++k) {
      if (run->slot_stamps[k] != run->stamp) {
        continue;
      }
      const Places *const starts = run->slots + k * run->width;
      const uint32_t len = s->slots.items[k].len;
      for (size_t i = 0; i < run->width; ++i) {
        set[i] &= ~(starts[i] << len | (i ? starts[i - 1] >> (64 - len) : 0));
      }
    }
  }
}

static void
mention_back(DgSieveRun *run, uint32_t types, Places *set)
{
  for (size_t i = 0; i < run->width; ++i) {
    Places allowed = 0;
    for (uint32_t rest = types; rest; rest &= rest - 1) {
      const unsigned type = (unsigned)__builtin_ctz(rest);
      allowed |= run->mentions[type * run->width + i];
    }
    set[i] = allowed & earlier(run, set, i, 1);
  }
}

static void
choice_back(DgSieveRun *run, uint32_t part, Places *set)
{
  const size_t base = run->stack_used;
  Places *const sum = push(run);
  Places *const one = push(run);
  if (sum && one) {
    memset(sum, 0, run->width * sizeof *sum);
    for (; part; part = run->sieve->ops.items[part].next) {
      copy(run, one, set);
      read_back(run, part, one);
      (void)add(run, sum, one);
    }
    copy(run, set, sum);
  }
  run->stack_used = base;
}

/** Parts of which `done` has the bits are read; all orders of the others. */
static void
orders_back(DgSieveRun *run, uint32_t first, uint32_t done, Places *set)
{
  const size_t base = run->stack_used;
  Places *const sum = push(run);
  Places *const one = push(run);
  if (sum && one) {
    memset(sum, 0, run->width * sizeof *sum);
    bool any = false;
    uint32_t bit = 1;
    for (uint32_t part = first; part;
         part = run->sieve->ops.items[part].next, bit <<= 1) {
      if (!(done & bit)) {
        any = true;
        copy(run, one, set);
        read_back(run, part, one);
        if (!is_empty(run, one)) {
          orders_back(run, first, done | bit, one);
        }
        (void)add(run, sum, one);
      }
    }
    if (any) {
      copy(run, set, sum);
    }
  }
  run->stack_used = base;
}

/** Look whether a part follows: keep those places, or take them out. */
static void
look_ahead(DgSieveRun *run, uint32_t part, bool wanted, Places *set)
{
  Places *const from = push(run);
  if (from) {
    fill(run, from);
    read_back(run, part, from);
    for (size_t i = 0; i < run->width; ++i) {
      set[i] &= wanted ? from[i] : ~from[i];
    }
    --run->stack_used;
  }
}

static void
end_back(DgSieveRun *run, Places *set)
{
  Places *const ends = push(run);
  if (!ends) {
    return;
  }
  memset(ends, 0, run->width * sizeof *ends);
  mark(ends, run->n);
  for (size_t i = 0; i < run->width; ++i) {
    ends[i] &= set[i];
  }
  copy(run, set, ends);
  step_back(run, ends, run->tokens + DG_SIEVE_CLOSE * run->width);
  (void)add(run, set, ends);
  --run->stack_used;
}

static void
row_back(DgSieveRun *run, uint32_t part, Places *set)
{
  for (; part && !is_empty(run, set); part = run->sieve->ops.items[part].next) {
    read_back(run, part, set);
  }
}

static void
once_back(DgSieveRun *run, const DgSieveOp *op, Places *set)
{
  switch ((DgSieveKind)op->kind) {
  case DG_SIEVE_WORDS:
    words_back(run, op->of, set);
    break;
  case DG_SIEVE_MENTION:
    mention_back(run, op->of, set);
    break;
  case DG_SIEVE_TOKEN:
    step_back(run, set, run->tokens + op->of * run->width);
    break;
  case DG_SIEVE_ROW:
    row_back(run, op->child, set);
    break;
  case DG_SIEVE_CHOICE:
    choice_back(run, op->child, set);
    break;
  case DG_SIEVE_ORDERS:
    orders_back(run, op->child, 0, set);
    break;
  case DG_SIEVE_AHEAD:
  case DG_SIEVE_ABSENT:
    look_ahead(run, op->child, op->kind == DG_SIEVE_AHEAD, set);
    break;
  case DG_SIEVE_NOT_AFTER:
    not_after(run, op->child, set);
    break;
  case DG_SIEVE_START:
    set[0] &= 1;
    memset(set + 1, 0, (run->width - 1) * sizeof *set);
    break;
  case DG_SIEVE_END:
    end_back(run, set);
    break;
  }
}

/** What may be repeated more often than it must. */
static void
repeats_back(DgSieveRun *run, const DgSieveOp *op, Places *set)
{
  Places *const turn = push(run);
  if (!turn) {
    return;
  }
  copy(run, turn, set);
  bool grown = true;
  for (uint32_t i = op->min; grown && i < op->max; ++i) {
    once_back(run, op, turn);
    grown = add(run, set, turn);
  }
  --run->stack_used;
}

static void
read_back(DgSieveRun *run, uint32_t at, Places *set)
{
  if (!run->left) {
    return; /* the answer is no longer looked at */
  }
  --run->left;
  const DgSieveOp *const op = &run->sieve->ops.items[at];
  if (op->max > op->min) {
    repeats_back(run, op, set);
  }
  for (uint32_t i = 0; i < op->min && !is_empty(run, set); ++i) {
    once_back(run, op, set);
  }
}

/* ---- questions ---- */

bool
dg_sieve_ask(DgSieveRun *run, const DgSieved *sieved)
{
  for (uint32_t i = 0; !sieved->open && i < sieved->n_required; ++i) {
    if (run->set_stamps[sieved->required[i]] != run->stamp) {
      return false;
    }
  }
  fill(run, run->answer);
  if (!sieved->open) {
    run->left = run->budget;
    run->stack_used = 0;
    read_back(run, sieved->root, run->answer);
    if (!run->left) {
      fill(run, run->answer); /* too much work: PCRE2 decides */
    }
  }
  return !is_empty(run, run->answer);
}

size_t
dg_sieve_next(const DgSieveRun *run, size_t from)
{
  for (size_t i = from / 64; i < run->width; ++i) {
    const Places rest = i == from / 64
                            ? run->answer[i] >> from % 64 << from % 64
                            : run->answer[i];
    if (rest) {
      return i * 64 + (size_t)__builtin_ctzll(rest);
    }
  }
  return SIZE_MAX;
}
