/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/pattern.h"

#include "base/utf8.h"

#include <stdlib.h>

/*
 * The subject is a projection: each token, a word or a private-use code point
 * that stands for a mention, is followed by one space. So each part below
 * matches whole tokens, its space included, and a pattern starts after one.
 */
typedef struct {
  const DgLex *lex;
  int part;
} Used;

typedef struct {
  const DgPatternScope *scope;
  DgArena *arena;
  DgBuf regex;
  DG_VEC(Used) used; /**< word lists defined at the pattern's end */
  DG_VEC(DgGroup) groups;
  const DgNode *trigger;
} Writer;

/* Blocks of 256 code points a type; a name ends a plain gap. */
enum { FIRST_CODE = 0xE000 };

static const char plain_gap[] = "(?:[^ ;\\x{E000}-\\x{E2FF}][^ ]* )";
static const char any_gap[] = "(?:[^ ]+ )";

static void
write_node(Writer *w, const DgNode *node);

/*
 * A form is cut into units, one for each letter, so that a list of forms can
 * be written as a tree of what they share: "rach(?:at|et(?:er|Ã©))".
 */
typedef struct {
  DgStr *units; /**< [n] each a piece of pattern */
  size_t n;
} Units;

/**
 * The pattern of one letter. A letter with an accent also fits its bare form,
 * as capitals drop it; not in short words, where the accent tells them apart.
 */
static DgStr
unit_of(Writer *w, DgStr letter, uint32_t code, bool strict)
{
  char bare[8];
  const size_t n = dg_utf8_fold_code(code, bare);
  const bool accent = code >= 0x80 && n == 1 && !strict;
  const bool mark = code < 0x80 && !dg_utf8_is_letter(code) &&
                    !(code >= '0' && code <= '9') && code != ' ';
  char *const text = dg_arena_alloc(w->arena, letter.len + 8);
  if (!text) {
    return DG_STR_NONE;
  }
  size_t len = 0;
  if (accent) {
    memcpy(text, "(?:", 3);
    memcpy(text + 3, letter.ptr, letter.len);
    len = letter.len + 3;
    text[len++] = '|';
    text[len++] = bare[0];
    text[len++] = ')';
    return dg_str_n(text, len);
  }
  if (mark) {
    text[len++] = '\\';
  }
  memcpy(text + len, letter.ptr, letter.len);
  return dg_str_n(text, len + letter.len);
}

static bool
add_unit(Writer *w, Units *units, DgStr unit)
{
  units->units[units->n++] = unit;
  w->regex.failed = w->regex.failed || !unit.ptr;
  return unit.ptr != NULL;
}

static Units
units_of(Writer *w, const DgForm *form)
{
  size_t room = 0;
  for (size_t i = 0; i < form->n_words; ++i) {
    room += form->words[i].len + 1;
  }
  Units units = { DG_NEW_ARRAY(w->arena, DgStr, room + 1), 0 };
  if (!units.units) {
    w->regex.failed = true;
    return units;
  }
  for (size_t i = 0; i < form->n_words; ++i) {
    const DgStr word = form->words[i];
    if (i && i + 1 < form->n_words && dg_str_equal(word, DG_STR("-"))) {
      (void)add_unit(w, &units, DG_STR("(?:\\- )?"));
      continue;
    }
    const bool strict = dg_utf8_count(word) <= 2;
    for (size_t at = 0; at < word.len;) {
      size_t size;
      const uint32_t code = dg_utf8_decode(word, at, &size);
      const DgStr letter = dg_str_sub(word, at, at + size);
      (void)add_unit(w, &units, unit_of(w, letter, code, strict));
      at += size;
    }
    (void)add_unit(w, &units, DG_STR(" "));
  }
  return units;
}

static void
write_form(Writer *w, const DgForm *form)
{
  const Units units = units_of(w, form);
  for (size_t i = 0; i < units.n; ++i) {
    dg_buf_add(&w->regex, units.units[i]);
  }
}

static int
compare_units(const void *a, const void *b)
{
  const Units *const x = a;
  const Units *const y = b;
  for (size_t i = 0; i < x->n && i < y->n; ++i) {
    const int order = dg_str_compare(x->units[i], y->units[i]);
    if (order) {
      return order;
    }
  }
  return (x->n > y->n) - (x->n < y->n);
}

/**
 * Write sorted forms [0, n) that share their first `depth` units, longer ones
 * tried before shorter. Depth is bounded by the length of a form.
 */
static void
write_tree(Writer *w, const Units *forms, size_t n, size_t depth)
{
  size_t ended = 0;
  while (ended < n && forms[ended].n == depth) {
    ++ended;
  }
  forms += ended;
  n -= ended;
  if (n == 0) {
    return;
  }
  const bool grouped =
      ended || !dg_str_equal(forms[0].units[depth], forms[n - 1].units[depth]);
  dg_buf_add(&w->regex, dg_str(grouped ? "(?:" : ""));
  for (size_t i = 0; i < n;) {
    const DgStr unit = forms[i].units[depth];
    size_t end = i;
    while (end < n && dg_str_equal(forms[end].units[depth], unit)) {
      ++end;
    }
    dg_buf_add(&w->regex, dg_str(i ? "|" : ""));
    dg_buf_add(&w->regex, unit);
    write_tree(w, forms + i, end - i, depth + 1);
    i = end;
  }
  dg_buf_add(&w->regex, dg_str(!grouped ? "" : ended ? ")?" : ")"));
}

static void
write_new_tree(Writer *w, const DgLex *lex, int part)
{
  Units *const forms = DG_NEW_ARRAY(w->arena, Units, lex->forms.n + 1);
  if (!forms) {
    w->regex.failed = true;
    return;
  }
  size_t n = 0;
  for (size_t i = 0; i < lex->forms.n; ++i) {
    const DgForm *const form = &lex->forms.items[i];
    if (part < 0 || (int)form->part == part) {
      forms[n++] = units_of(w, form);
    }
  }
  qsort(forms, n, sizeof *forms, compare_units);
  write_tree(w, forms, n, 0);
}

/** Write a list's tree; it is made once, since many patterns have it. */
static void
write_forms(Writer *w, const DgLex *lex, int part)
{
  /* Lists are filled before any pattern is written, one at a time. */
  DgStr *const tree = &((DgLex *)(uintptr_t)lex)->trees[part + 1];
  if (!tree->ptr) {
    const size_t begin = w->regex.len;
    write_new_tree(w, lex, part);
    *tree = dg_arena_copy(
        w->arena, dg_str_sub(dg_buf_str(&w->regex), begin, w->regex.len));
    w->regex.failed = w->regex.failed || !tree->ptr;
    return;
  }
  dg_buf_add(&w->regex, *tree);
}

/**
 * A list is written once and called by name: PCRE2 writes a repeated group
 * out as often as it repeats, and holds at most 64 KiB.
 */
static void
write_lex(Writer *w, const DgLex *lex, int part)
{
  size_t i = 0;
  while (i < w->used.n &&
         (w->used.items[i].lex != lex || w->used.items[i].part != part)) {
    ++i;
  }
  if (i == w->used.n) {
    Used *const slot = DG_VEC_ADD(w->arena, &w->used);
    if (!slot) {
      w->regex.failed = true;
      return;
    }
    *slot = (Used){ lex, part };
  }
  dg_buf_printf(&w->regex, "(?&L%zu)", i);
}

static void
write_definitions(Writer *w)
{
  if (!w->used.n) {
    return;
  }
  dg_buf_add(&w->regex, DG_STR("(?(DEFINE)"));
  for (size_t i = 0; i < w->used.n; ++i) {
    dg_buf_printf(&w->regex, "(?<L%zu>", i);
    write_forms(w, w->used.items[i].lex, w->used.items[i].part);
    dg_buf_add_char(&w->regex, ')');
  }
  dg_buf_add_char(&w->regex, ')');
}

static void
write_types(Writer *w, uint32_t types)
{
  dg_buf_add_char(&w->regex, '[');
  for (unsigned type = 0; type < DG_MENTION_COUNT; ++type) {
    if (types >> type & 1U) {
      dg_buf_printf(&w->regex, "\\x{%X}-\\x{%X}", FIRST_CODE + type * 256U,
                    FIRST_CODE + type * 256U + 255U);
    }
  }
  dg_buf_add(&w->regex, DG_STR("] "));
}

/** Up to three words that introduce a name: "le fonds", "the French fund". */
static void
write_introduction(Writer *w)
{
  const DgLex *const stops = w->scope->list_stops(w->scope->user);
  dg_buf_add(&w->regex, DG_STR("(?:"));
  if (stops && stops->forms.n) {
    dg_buf_add(&w->regex, DG_STR("(?!"));
    write_lex(w, stops, -1);
    dg_buf_add_char(&w->regex, ')');
  }
  dg_buf_add(&w->regex, DG_STR("[^ ,;.:()\\x{E000}-\\x{E2FF}][^ ]* ){0,3}?"));
}

/** "," or a conjunction, and the item that it brings. */
static void
write_link(Writer *w, const DgNode *node, const DgLex *words)
{
  dg_buf_add(&w->regex, DG_STR("(?:"));
  if (words) {
    dg_buf_add(&w->regex, DG_STR("(?:, )?"));
    write_lex(w, words, -1);
  } else {
    dg_buf_add(&w->regex, DG_STR(", "));
  }
  write_introduction(w);
  write_types(w, node->types);
  dg_buf_add_char(&w->regex, ')');
}

/**
 * item ("," item)* ","? "et" item, or the same with something else than an
 * item after "et": commas alone make no list, since a comma also ends a clause
 * ("Gap buys A, B rises").
 */
static void
write_list(Writer *w, const DgNode *node)
{
  const DgLex *const words = w->scope->list_words(w->scope->user);
  const uint32_t more = node->least > 2 ? node->least - 2 : 0;
  const uint32_t several = node->types & 1U << DG_MENTION_ORGS;
  if (several && node->least == 2) {
    write_types(w, several);
    dg_buf_add_char(&w->regex, '|');
  }
  write_types(w, node->types);
  if (!words || !words->forms.n) {
    return;
  }
  dg_buf_add(&w->regex, DG_STR("(?:"));
  write_link(w, node, NULL);
  dg_buf_printf(&w->regex, "{%u,14}", more);
  write_link(w, node, words);
  dg_buf_add(&w->regex, DG_STR("{1,3}|"));
  write_link(w, node, NULL);
  dg_buf_printf(&w->regex, "{%u,14}(?=(?:, )?", more + 1);
  write_lex(w, words, -1);
  dg_buf_add(&w->regex, dg_str(node->least > 1 ? "))" : "))?"));
}

static void
write_children(Writer *w, const DgNode *node)
{
  for (const DgNode *child = node->child; child; child = child->next) {
    write_node(w, child);
  }
}

/** All orders of up to four children, as a choice. */
static void
write_orders(Writer *w, const DgNode **rest, size_t n, bool *first)
{
  if (n == 0) {
    return;
  }
  for (size_t i = 0; i < n; ++i) {
    if (!*first) {
      dg_buf_add_char(&w->regex, '|');
    }
    *first = true;
    const DgNode *others[4];
    size_t m = 0;
    for (size_t k = 0; k < n; ++k) {
      if (k != i) {
        others[m++] = rest[k];
      }
    }
    write_node(w, rest[i]);
    if (m) {
      dg_buf_add(&w->regex, DG_STR("(?:"));
      write_orders(w, others, m, first);
      dg_buf_add_char(&w->regex, ')');
    }
    *first = false;
  }
}

static void
write_any_order(Writer *w, const DgNode *node)
{
  const DgNode *children[4];
  size_t n = 0;
  for (const DgNode *child = node->child; child && n < 4; child = child->next) {
    children[n++] = child;
  }
  bool first = true;
  dg_buf_add(&w->regex, DG_STR("(?:"));
  write_orders(w, children, n, &first);
  dg_buf_add_char(&w->regex, ')');
}

static void
write_body(Writer *w, const DgNode *node)
{
  switch (node->kind) {
  case DG_NODE_WORDS:
    write_form(w, &node->words);
    break;
  case DG_NODE_LEX:
    write_lex(w, node->lex, node->part);
    break;
  case DG_NODE_TYPE:
    write_types(w, node->types);
    break;
  case DG_NODE_LIST:
    write_list(w, node);
    break;
  case DG_NODE_SEQUENCE:
    write_children(w, node);
    break;
  case DG_NODE_CHOICE:
    for (const DgNode *child = node->child; child; child = child->next) {
      if (child != node->child) {
        dg_buf_add_char(&w->regex, '|');
      }
      write_node(w, child);
    }
    break;
  case DG_NODE_ANY_ORDER:
    write_any_order(w, node);
    break;
  default:
    break;
  }
}

/** PCRE2 looks back over fixed lengths only: one assertion a form. */
static void
write_not_after(Writer *w, const DgNode *node)
{
  for (const DgNode *way = node->child->child; way; way = way->next) {
    const DgNode *const only = way->child;
    const DgForm *forms = &only->words;
    size_t n = 1;
    if (only->kind == DG_NODE_LEX) {
      forms = only->lex->forms.items;
      n = only->lex->forms.n;
    }
    for (size_t i = 0; i < n; ++i) {
      if (only->part < 0 || (int)forms[i].part == only->part) {
        dg_buf_add(&w->regex, DG_STR("(?<! "));
        write_form(w, &forms[i]);
        dg_buf_add_char(&w->regex, ')');
      }
    }
  }
}

static DgGroup *
open_group(Writer *w, DgStr role)
{
  DgGroup *const group = DG_VEC_ADD(w->arena, &w->groups);
  if (!group) {
    w->regex.failed = true;
    return NULL;
  }
  group->role = role;
  dg_buf_add_char(&w->regex, '(');
  return group;
}

static void
write_node(Writer *w, const DgNode *node)
{
  switch (node->kind) {
  case DG_NODE_GAP:
    dg_buf_printf(&w->regex, "%s{%u,%u}?", node->least ? any_gap : plain_gap,
                  node->min, node->max);
    return;
  case DG_NODE_ABSENT:
    dg_buf_add(&w->regex, DG_STR("(?!"));
    write_node(w, node->child);
    dg_buf_add_char(&w->regex, ')');
    return;
  case DG_NODE_NOT_AFTER:
    write_not_after(w, node);
    return;
  case DG_NODE_START:
    dg_buf_add(&w->regex, DG_STR("(?<=^ )"));
    return;
  case DG_NODE_END:
    dg_buf_add(&w->regex, DG_STR("(?:[.!?\xE2\x80\xA6] )?$"));
    return;
  default:
    break;
  }
  const bool once = node->min == 1 && node->max == 1;
  dg_buf_add(&w->regex, DG_STR("(?:"));
  const bool is_trigger = node == w->trigger;
  if (is_trigger) {
    (void)open_group(w, DG_STR(""));
  }
  if (node->role.ptr) {
    DgGroup *const group = open_group(w, node->role);
    if (group) {
      group->types = node->types;
      group->list = node->kind == DG_NODE_LIST;
    }
  }
  write_body(w, node);
  if (node->role.ptr) {
    dg_buf_add_char(&w->regex, ')');
  }
  if (is_trigger) {
    dg_buf_add_char(&w->regex, ')');
  }
  dg_buf_add_char(&w->regex, ')');
  if (!once && node->min == 0 && node->max == 1) {
    dg_buf_add_char(&w->regex, '?');
  } else if (!once) {
    dg_buf_printf(&w->regex, "{%u,%u}", node->min, node->max);
  }
}

/* ---- trigger and needs ---- */

/** Letters of the longest word of a form. */
static size_t
weight_of_form(const DgForm *form)
{
  size_t weight = 0;
  for (size_t i = 0; i < form->n_words; ++i) {
    weight = form->words[i].len > weight ? form->words[i].len : weight;
  }
  return weight;
}

/** How telling a node is as a trigger: its weakest form decides. */
static size_t
weight_of(const DgNode *node)
{
  if (node->kind == DG_NODE_WORDS) {
    return weight_of_form(&node->words);
  }
  size_t weight = SIZE_MAX;
  for (size_t i = 0; i < node->lex->forms.n; ++i) {
    const DgForm *const form = &node->lex->forms.items[i];
    if (node->part < 0 || (int)form->part == node->part) {
      const size_t w = weight_of_form(form);
      weight = w < weight ? w : weight;
    }
  }
  return weight == SIZE_MAX ? 0 : weight;
}

static bool
is_row(const DgNode *node)
{
  return node->kind == DG_NODE_SEQUENCE || node->kind == DG_NODE_ANY_ORDER ||
         (node->kind == DG_NODE_CHOICE && !node->child->next);
}

/**
 * How telling the best required part of `node` is, 0 for none, and which it
 * is. A choice is as good as its weakest way. A named list wins outright.
 */
static size_t
find_trigger(const DgNode *node, DgStr name, const DgNode **best)
{
  if (node->min == 0 || node->kind == DG_NODE_NOT_AFTER) {
    return 0;
  }
  if (node->kind == DG_NODE_WORDS || node->kind == DG_NODE_LEX) {
    *best = node;
    return node->kind == DG_NODE_LEX && name.ptr &&
                   dg_str_equal(node->lex->name, name)
               ? SIZE_MAX
               : weight_of(node);
  }
  size_t most = 0;
  if (is_row(node)) {
    for (const DgNode *child = node->child; child; child = child->next) {
      const DgNode *found = NULL;
      const size_t weight = find_trigger(child, name, &found);
      if (weight > most) {
        most = weight;
        *best = found;
      }
    }
  } else if (node->kind == DG_NODE_CHOICE) {
    most = SIZE_MAX - 1;
    for (const DgNode *child = node->child; child; child = child->next) {
      const DgNode *found = NULL;
      const size_t weight = find_trigger(child, DG_STR_NONE, &found);
      most = weight < most ? weight : most;
    }
    *best = node;
  }
  return most;
}

typedef DG_VEC(DgStr) Words;

static DgStatus
add_trigger_form(DgArena *arena, const DgForm *form, Words *words)
{
  DgStr longest = form->words[0];
  for (size_t i = 1; i < form->n_words; ++i) {
    longest = form->words[i].len > longest.len ? form->words[i] : longest;
  }
  char *const folded = dg_arena_alloc(arena, longest.len * 3 + 8);
  DG_TRY_PTR(folded);
  const DgStr word = dg_str_n(folded, dg_utf8_fold(longest, folded));
  for (size_t i = 0; i < words->n; ++i) {
    if (dg_str_equal(words->items[i], word)) {
      return DG_OK;
    }
  }
  DgStr *const slot = DG_VEC_ADD(arena, words);
  DG_TRY_PTR(slot);
  *slot = word;
  return DG_OK;
}

static DgStatus
list_triggers(DgArena *arena, const DgNode *node, Words *words)
{
  if (node->kind == DG_NODE_WORDS) {
    return add_trigger_form(arena, &node->words, words);
  }
  if (node->kind == DG_NODE_CHOICE) {
    for (const DgNode *child = node->child; child; child = child->next) {
      const DgNode *best = NULL;
      (void)find_trigger(child, DG_STR_NONE, &best);
      DG_TRY(list_triggers(arena, best, words));
    }
    return DG_OK;
  }
  for (size_t i = 0; i < node->lex->forms.n; ++i) {
    const DgForm *const form = &node->lex->forms.items[i];
    if (node->part < 0 || (int)form->part == node->part) {
      DG_TRY(add_trigger_form(arena, form, words));
    }
  }
  return DG_OK;
}

static DgStatus
list_needs(DgArena *arena, const DgNode *node, DgCompiled *out, size_t *cap)
{
  if (node->min == 0) {
    return DG_OK;
  }
  if (node->kind == DG_NODE_TYPE || node->kind == DG_NODE_LIST) {
    for (size_t i = 0; i < out->n_needs; ++i) {
      if (out->needs[i] == node->types) {
        return DG_OK;
      }
    }
    uint32_t *const items =
        dg_vec_room(arena, out->needs, out->n_needs, cap, sizeof *items);
    DG_TRY_PTR(items);
    out->needs = items;
    items[out->n_needs++] = node->types;
    return DG_OK;
  }
  if (is_row(node)) {
    for (const DgNode *child = node->child; child; child = child->next) {
      DG_TRY(list_needs(arena, child, out, cap));
    }
  }
  return DG_OK;
}

static uint32_t
types_named(const DgNode *node)
{
  uint32_t types = node->types;
  for (const DgNode *child = node->child; child; child = child->next) {
    types |= types_named(child);
  }
  return types;
}

DgStatus
dg_pattern_compile(const DgNode *node, DgStr trigger, DgArena *arena,
                   DgCompiled *out)
{
  *out = (DgCompiled){ 0 };
  if (!find_trigger(node, trigger, &out->trigger)) {
    out->trigger = NULL;
  } else {
    Words words = { 0 };
    DG_TRY(list_triggers(arena, out->trigger, &words));
    out->triggers = words.items;
    out->n_triggers = words.n;
  }
  out->asked = types_named(node) & DG_TYPES_ASKED;
  size_t cap = 0;
  return list_needs(arena, node, out, &cap);
}

DgStatus
dg_pattern_write(const DgNode *node, const DgPatternScope *scope,
                 DgArena *arena, DgCompiled *out)
{
  Writer w = { .scope = scope,
               .arena = arena,
               .regex = DG_BUF_INIT,
               .trigger = out->trigger };
  dg_buf_add(&w.regex, DG_STR("(?<= )"));
  write_node(&w, node);
  write_definitions(&w);
  const DgStr regex = dg_arena_copy(arena, dg_buf_str(&w.regex));
  const bool failed = w.regex.failed || !regex.ptr;
  dg_buf_clear(&w.regex);
  if (failed) {
    return DG_NO_MEMORY;
  }
  out->regex = regex;
  out->groups = w.groups.items;
  out->n_groups = w.groups.n;
  return DG_OK;
}

/* ---- hash ---- */

/** A sum, so that the order in which forms were told does not count. */
static uint64_t
hash_of_lex(const DgLex *lex)
{
  /* As for trees, the list is complete by now, and no other thread reads. */
  uint64_t *const known = &((DgLex *)(uintptr_t)lex)->hash;
  if (*known) {
    return *known;
  }
  uint64_t sum = 1;
  for (size_t i = 0; i < lex->forms.n; ++i) {
    const DgForm *const form = &lex->forms.items[i];
    uint64_t hash = (uint64_t)form->part + 1;
    for (size_t k = 0; k < form->n_words; ++k) {
      hash = hash * 31 + dg_str_hash(form->words[k]);
    }
    sum += hash;
  }
  *known = sum;
  return sum;
}

uint64_t
dg_pattern_hash(const DgNode *node, const DgPatternScope *scope)
{
  uint64_t hash = (uint64_t)node->kind * 31 + node->types;
  if (node->kind == DG_NODE_LEX) {
    hash = hash * 31 + hash_of_lex(node->lex);
  }
  if (node->kind == DG_NODE_LIST) {
    const DgLex *const words = scope->list_words(scope->user);
    const DgLex *const stops = scope->list_stops(scope->user);
    hash = hash * 31 + (words ? hash_of_lex(words) : 0);
    hash = hash * 31 + (stops ? hash_of_lex(stops) : 0);
  }
  for (const DgNode *child = node->child; child; child = child->next) {
    hash = hash * 31 + dg_pattern_hash(child, scope);
  }
  return hash;
}
