/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/sieve_p.h"

#include "base/utf8.h"

enum {
  LONGEST_FORM = 60, /* tokens: places are shifted by less than 64 */
  MOST_HYPHENS = 6   /* each may be missing, so each doubles the ways */
};

/* What is needed while one pattern is added. */
typedef struct {
  DgSieve *sieve;
  const DgPatternScope *scope;
  DgLang lang;
  bool open; /* something cannot be sieved */
} Builder;

DgSieve *
dg_sieve_new(DgArena *arena)
{
  DgSieve *const sieve = DG_NEW(arena, DgSieve);
  if (!sieve) {
    return NULL;
  }
  sieve->arena = arena;
  sieve->n_edges = 1024;
  sieve->edges = DG_NEW_ARRAY(arena, DgSieveEdge, sieve->n_edges);
  sieve->n_keys = 1024;
  sieve->keys = DG_NEW_ARRAY(arena, DgSieveKey, sieve->n_keys);
  DgSieveOp *const none = DG_VEC_ADD(arena, &sieve->ops);
  bool made = sieve->edges && sieve->keys && none;
  for (int i = 0; made && i <= DG_LANG_COUNT; ++i) {
    made = DG_VEC_ADD(arena, &sieve->nodes) != NULL;
  }
  return made ? sieve : NULL;
}

/* ---- the tree of words ---- */

static DgStatus
grow_edges(DgSieve *s)
{
  const size_t n = s->n_edges * 2;
  DgSieveEdge *const more = DG_NEW_ARRAY(s->arena, DgSieveEdge, n);
  DG_TRY_PTR(more);
  for (size_t i = 0; i < s->n_edges; ++i) {
    const DgSieveEdge *const edge = &s->edges[i];
    if (edge->child) {
      more[dg_sieve_edge(more, n, edge->node, edge->hash)] = *edge;
    }
  }
  s->edges = more;
  s->n_edges = n;
  return DG_OK;
}

static uint32_t
hash_of(Builder *b, DgStr word)
{
  char small[128];
  char *const out = word.len * 4 + 8 <= sizeof small
                        ? small
                        : dg_arena_alloc(b->sieve->arena, word.len * 4 + 8);
  return out ? (uint32_t)dg_str_hash(dg_str_n(out, dg_utf8_fold(word, out)))
             : 0;
}

static DgStatus
step_to(DgSieve *s, uint32_t *node, uint32_t hash)
{
  if (s->used_edges * 2 >= s->n_edges) {
    DG_TRY(grow_edges(s));
  }
  DgSieveEdge *const edge =
      &s->edges[dg_sieve_edge(s->edges, s->n_edges, *node, hash)];
  if (!edge->child) {
    DG_TRY_PTR(DG_VEC_ADD(s->arena, &s->nodes));
    *edge = (DgSieveEdge){ *node, hash, (uint32_t)s->nodes.n - 1 };
    ++s->used_edges;
  }
  *node = edge->child;
  return DG_OK;
}

static bool
same_words(const DgSieveForm *form, const DgStr *words, uint32_t n)
{
  bool same = form->len == n;
  for (uint32_t i = 0; same && i < n; ++i) {
    same = dg_str_equal(form->words[i], words[i]);
  }
  return same;
}

/** Index of the form with these words at a node; made when new. */
static DgStatus
form_at(DgSieve *s, uint32_t node, const DgStr *words, uint32_t n,
        uint32_t *index)
{
  for (uint32_t f = s->nodes.items[node]; f; f = s->forms.items[f - 1].next) {
    if (same_words(&s->forms.items[f - 1], words, n)) {
      *index = f - 1;
      return DG_OK;
    }
  }
  DgStr *const copy = DG_NEW_ARRAY(s->arena, DgStr, n);
  DgSieveForm *const form = DG_VEC_ADD(s->arena, &s->forms);
  DG_TRY_PTR(copy);
  DG_TRY_PTR(form);
  memcpy(copy, words, n * sizeof *copy);
  *form = (DgSieveForm){ copy, n, s->nodes.items[node], 0, 0 };
  s->nodes.items[node] = (uint32_t)s->forms.n;
  *index = (uint32_t)s->forms.n - 1;
  return DG_OK;
}

/** The slot of a set, which is the last, for forms of `len` tokens. */
static DgStatus
slot_for(DgSieve *s, uint32_t set, uint32_t len, uint32_t *slot)
{
  DgSieveSet *const items = &s->sets.items[set];
  for (uint32_t i = items->first; i < items->first + items->n; ++i) {
    if (s->slots.items[i].len == len) {
      *slot = i;
      return DG_OK;
    }
  }
  DgSieveSlot *const made = DG_VEC_ADD(s->arena, &s->slots);
  DG_TRY_PTR(made);
  *made = (DgSieveSlot){ set, len };
  ++items->n;
  *slot = (uint32_t)s->slots.n - 1;
  return DG_OK;
}

static DgStatus
put_words(Builder *b, uint32_t set, const DgStr *words, uint32_t n)
{
  DgSieve *const s = b->sieve;
  uint32_t node = dg_sieve_root(b->lang);
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t hash = hash_of(b, words[i]);
    if (i == 0) {
      const uint32_t bit = hash % DG_SIEVE_STARTS;
      s->starts[b->lang][bit / 64] |= (uint64_t)1 << bit % 64;
    }
    DG_TRY(step_to(s, &node, hash));
  }
  uint32_t form;
  uint32_t slot;
  DG_TRY(form_at(s, node, words, n, &form));
  DG_TRY(slot_for(s, set, n, &slot));
  DgSievePair *const pair = DG_VEC_ADD(s->arena, &s->pairs);
  DG_TRY_PTR(pair);
  *pair = (DgSievePair){ form, slot };
  return DG_OK;
}

/** True for a hyphen that text may leave out, as the pattern has it. */
static bool
may_lack(const DgForm *form, size_t i)
{
  return i && i + 1 < form->n_words &&
         dg_str_equal(form->words[i], DG_STR("-"));
}

/** Put a form in all its ways: each inner hyphen there or not. */
static DgStatus
put_form(Builder *b, uint32_t set, const DgForm *form)
{
  size_t hyphens = 0;
  for (size_t i = 0; i < form->n_words; ++i) {
    hyphens += may_lack(form, i);
  }
  if (hyphens > MOST_HYPHENS || form->n_words > LONGEST_FORM ||
      !form->n_words) {
    b->open = true;
    return DG_OK;
  }
  for (uint32_t way = 0; way < 1U << hyphens; ++way) {
    DgStr words[LONGEST_FORM];
    uint32_t n = 0;
    unsigned hyphen = 0;
    for (size_t i = 0; i < form->n_words; ++i) {
      if (!may_lack(form, i) || way >> hyphen++ & 1U) {
        words[n++] = form->words[i];
      }
    }
    DG_TRY(put_words(b, set, words, n));
  }
  return DG_OK;
}

/* ---- word sets ---- */

static size_t
key_slot(const DgSieve *s, uint64_t key)
{
  size_t at = key & (s->n_keys - 1);
  while (s->keys[at].key && s->keys[at].key != key) {
    at = (at + 1) & (s->n_keys - 1);
  }
  return at;
}

/** True when the set is there already; else an empty one is made. */
static DgStatus
set_for(Builder *b, uint64_t key, uint32_t *set, bool *known)
{
  DgSieve *const s = b->sieve;
  key = (key ^ (uint64_t)(b->lang + 1) * 0x9E3779B97F4A7C15U) | 1;
  size_t at = key_slot(s, key);
  *known = s->keys[at].key != 0;
  if (*known) {
    *set = s->keys[at].set;
    return DG_OK;
  }
  if (s->used_keys * 2 >= s->n_keys) {
    const DgSieveKey *const old = s->keys;
    const size_t n = s->n_keys;
    s->keys = DG_NEW_ARRAY(s->arena, DgSieveKey, n * 2);
    DG_TRY_PTR(s->keys);
    s->n_keys = n * 2;
    for (size_t i = 0; i < n; ++i) {
      if (old[i].key) {
        s->keys[key_slot(s, old[i].key)] = old[i];
      }
    }
    at = key_slot(s, key);
  }
  DgSieveSet *const made = DG_VEC_ADD(s->arena, &s->sets);
  DG_TRY_PTR(made);
  *made = (DgSieveSet){ (uint32_t)s->slots.n, 0 };
  *set = (uint32_t)s->sets.n - 1;
  s->keys[at] = (DgSieveKey){ key, *set };
  ++s->used_keys;
  return DG_OK;
}

static DgStatus
set_of_form(Builder *b, const DgForm *form, uint32_t *set)
{
  uint64_t key = form->n_words;
  for (size_t i = 0; i < form->n_words; ++i) {
    key = key * 0x100000001B3U + dg_str_hash(form->words[i]);
  }
  bool known;
  DG_TRY(set_for(b, key, set, &known));
  return known ? DG_OK : put_form(b, *set, form);
}

static DgStatus
set_of_lex(Builder *b, const DgLex *lex, int part, uint32_t *set)
{
  const uintptr_t where[2] = { (uintptr_t)lex, (uintptr_t)(part + 1) };
  bool known;
  DG_TRY(set_for(b, dg_str_hash(dg_str_n((const char *)where, sizeof where)),
                 set, &known));
  for (size_t i = 0; !known && i < lex->forms.n; ++i) {
    const DgForm *const form = &lex->forms.items[i];
    if (part < 0 || (int)form->part == part) {
      DG_TRY(put_form(b, *set, form));
    }
  }
  return DG_OK;
}

/* ---- elements ---- */

static DgStatus
new_op(Builder *b, DgSieveKind kind, uint32_t of, uint32_t *op)
{
  DgSieveOp *const item = DG_VEC_ADD(b->sieve->arena, &b->sieve->ops);
  DG_TRY_PTR(item);
  *item = (DgSieveOp){ .kind = (uint8_t)kind, .min = 1, .max = 1, .of = of };
  *op = (uint32_t)b->sieve->ops.n - 1;
  return DG_OK;
}

static void
repeat(Builder *b, uint32_t op, uint32_t min, uint32_t max)
{
  b->sieve->ops.items[op].min = (uint8_t)min;
  b->sieve->ops.items[op].max = (uint8_t)max;
  b->open = b->open || max > UINT8_MAX || min > max;
}

/** Put a part before those that a whole has: so rows stand last to first. */
static void
adopt(Builder *b, uint32_t whole, uint32_t part)
{
  DgSieveOp *const ops = b->sieve->ops.items;
  ops[part].next = ops[whole].child;
  ops[whole].child = part;
}

static DgStatus
add_part(Builder *b, uint32_t whole, DgSieveKind kind, uint32_t of,
         uint32_t *part)
{
  DG_TRY(new_op(b, kind, of, part));
  adopt(b, whole, *part);
  return DG_OK;
}

static DgStatus
build(Builder *b, const DgNode *node, uint32_t *op);

static DgStatus
build_parts(Builder *b, const DgNode *node, uint32_t whole)
{
  for (const DgNode *child = node->child; child; child = child->next) {
    uint32_t part;
    DG_TRY(build(b, child, &part));
    adopt(b, whole, part);
  }
  return DG_OK;
}

static const DgForm comma = { .words = (DgStr[]){ { ",", 1 } }, .n_words = 1 };

/** ", item" or "and item": see write_link in pattern_compile.c. */
static DgStatus
build_link(Builder *b, const DgNode *node, const DgLex *words, uint32_t *link)
{
  uint32_t set;
  uint32_t part;
  uint32_t introduction;
  DG_TRY(new_op(b, DG_SIEVE_ROW, 0, link));
  DG_TRY(set_of_form(b, &comma, &set));
  DG_TRY(add_part(b, *link, DG_SIEVE_WORDS, set, &part));
  if (words) {
    repeat(b, part, 0, 1);
    DG_TRY(set_of_lex(b, words, -1, &set));
    DG_TRY(add_part(b, *link, DG_SIEVE_WORDS, set, &part));
  }
  DG_TRY(add_part(b, *link, DG_SIEVE_ROW, 0, &introduction));
  repeat(b, introduction, 0, 3);
  const DgLex *const stops = b->scope->list_stops(b->scope->user);
  if (stops && stops->forms.n) {
    uint32_t inner;
    DG_TRY(set_of_lex(b, stops, -1, &set));
    DG_TRY(add_part(b, introduction, DG_SIEVE_ABSENT, 0, &part));
    DG_TRY(add_part(b, part, DG_SIEVE_WORDS, set, &inner));
  }
  DG_TRY(add_part(b, introduction, DG_SIEVE_TOKEN, DG_SIEVE_INTRO, &part));
  return add_part(b, *link, DG_SIEVE_MENTION, node->types, &part);
}

static DgStatus
add_links(Builder *b, uint32_t row, const DgNode *node, const DgLex *words,
          uint32_t min, uint32_t max)
{
  uint32_t link;
  DG_TRY(build_link(b, node, words, &link));
  repeat(b, link, min, max);
  adopt(b, row, link);
  return DG_OK;
}

/** See write_list in pattern_compile.c. */
static DgStatus
build_list(Builder *b, const DgNode *node, uint32_t *list)
{
  const DgLex *const words = b->scope->list_words(b->scope->user);
  const uint32_t more = node->least > 2 ? node->least - 2 : 0;
  uint32_t part;
  uint32_t choice;
  uint32_t set;
  uint32_t items;
  const uint32_t several = node->types & 1U << DG_MENTION_ORGS;
  if (several && node->least == 2) {
    DG_TRY(new_op(b, DG_SIEVE_CHOICE, 0, list));
    DG_TRY(add_part(b, *list, DG_SIEVE_MENTION, several, &part));
    DG_TRY(add_part(b, *list, DG_SIEVE_ROW, 0, &items));
  } else {
    DG_TRY(new_op(b, DG_SIEVE_ROW, 0, list));
    items = *list;
  }
  DG_TRY(add_part(b, items, DG_SIEVE_MENTION, node->types, &part));
  if (!words || !words->forms.n) {
    return DG_OK;
  }
  DG_TRY(add_part(b, items, DG_SIEVE_CHOICE, 0, &choice));
  repeat(b, choice, node->least > 1, 1);
  uint32_t row;
  DG_TRY(add_part(b, choice, DG_SIEVE_ROW, 0, &row));
  DG_TRY(add_links(b, row, node, NULL, more, 14));
  DG_TRY(add_links(b, row, node, words, 1, 3));
  DG_TRY(add_part(b, choice, DG_SIEVE_ROW, 0, &row));
  DG_TRY(add_links(b, row, node, NULL, more + 1, 14));
  uint32_t ahead;
  DG_TRY(add_part(b, row, DG_SIEVE_AHEAD, 0, &ahead));
  DG_TRY(add_part(b, ahead, DG_SIEVE_ROW, 0, &row));
  DG_TRY(set_of_form(b, &comma, &set));
  DG_TRY(add_part(b, row, DG_SIEVE_WORDS, set, &part));
  repeat(b, part, 0, 1);
  DG_TRY(set_of_lex(b, words, -1, &set));
  return add_part(b, row, DG_SIEVE_WORDS, set, &part);
}

static DgStatus
build_words(Builder *b, const DgNode *node, uint32_t *op)
{
  uint32_t set;
  DG_TRY(node->kind == DG_NODE_WORDS
             ? set_of_form(b, &node->words, &set)
             : set_of_lex(b, node->lex, node->part, &set));
  return new_op(b, DG_SIEVE_WORDS, set, op);
}

/** The ways of "!<(...)" hold one word or list each. */
static DgStatus
build_not_after(Builder *b, const DgNode *node, uint32_t *op)
{
  DG_TRY(new_op(b, DG_SIEVE_NOT_AFTER, 0, op));
  for (const DgNode *way = node->child->child; way; way = way->next) {
    uint32_t part;
    DG_TRY(build_words(b, way->child, &part));
    adopt(b, *op, part);
  }
  return DG_OK;
}

static DgStatus
build_whole(Builder *b, const DgNode *node, DgSieveKind kind, uint32_t *op)
{
  DG_TRY(new_op(b, kind, 0, op));
  return build_parts(b, node, *op);
}

static DgStatus
build_body(Builder *b, const DgNode *node, uint32_t *op)
{
  uint32_t part;
  switch (node->kind) {
  case DG_NODE_WORDS:
  case DG_NODE_LEX:
    return build_words(b, node, op);
  case DG_NODE_TYPE:
    return new_op(b, DG_SIEVE_MENTION, node->types, op);
  case DG_NODE_LIST:
    return build_list(b, node, op);
  case DG_NODE_GAP:
    return new_op(b, DG_SIEVE_TOKEN,
                  node->least ? DG_SIEVE_ANY : DG_SIEVE_PLAIN, op);
  case DG_NODE_SEQUENCE:
    return build_whole(b, node, DG_SIEVE_ROW, op);
  case DG_NODE_CHOICE:
    return build_whole(b, node, DG_SIEVE_CHOICE, op);
  case DG_NODE_ANY_ORDER:
    return build_whole(b, node, DG_SIEVE_ORDERS, op);
  case DG_NODE_ABSENT:
    DG_TRY(new_op(b, DG_SIEVE_ABSENT, 0, op));
    DG_TRY(build(b, node->child, &part));
    adopt(b, *op, part);
    return DG_OK;
  case DG_NODE_NOT_AFTER:
    return build_not_after(b, node, op);
  case DG_NODE_START:
    return new_op(b, DG_SIEVE_START, 0, op);
  case DG_NODE_END:
    return new_op(b, DG_SIEVE_END, 0, op);
  }
  return DG_BROKEN;
}

static DgStatus
build(Builder *b, const DgNode *node, uint32_t *op)
{
  DG_TRY(build_body(b, node, op));
  const bool repeats =
      node->kind <= DG_NODE_ANY_ORDER; /* the rest are assertions */
  if (repeats && (node->min != 1 || node->max != 1)) {
    if (b->sieve->ops.items[*op].min != 1 ||
        b->sieve->ops.items[*op].max != 1) {
      b->open = true;
    }
    repeat(b, *op, node->min, node->max);
  }
  return DG_OK;
}

/* ---- what must occur ---- */

static DgStatus
list_required(Builder *b, uint32_t at, DgSieved *out, size_t *cap)
{
  DgSieve *const s = b->sieve;
  const DgSieveOp op = s->ops.items[at];
  if (!op.min) {
    return DG_OK;
  }
  if (op.kind == DG_SIEVE_WORDS) {
    uint32_t *const items = dg_vec_room(s->arena, out->required,
                                        out->n_required, cap, sizeof *items);
    DG_TRY_PTR(items);
    out->required = items;
    items[out->n_required++] = op.of;
  }
  const bool only =
      op.kind == DG_SIEVE_CHOICE && op.child && !s->ops.items[op.child].next;
  if (op.kind == DG_SIEVE_ROW || op.kind == DG_SIEVE_ORDERS || only) {
    for (uint32_t c = op.child; c; c = s->ops.items[c].next) {
      DG_TRY(list_required(b, c, out, cap));
    }
  }
  return DG_OK;
}

DgStatus
dg_sieve_add(DgSieve *sieve, const DgNode *node, DgLang lang,
             const DgPatternScope *scope, DgSieved *sieved)
{
  Builder b = { .sieve = sieve, .scope = scope, .lang = lang };
  size_t cap = 0;
  *sieved = (DgSieved){ 0 };
  DG_TRY(build(&b, node, &sieved->root));
  sieved->open = b.open;
  return list_required(&b, sieved->root, sieved, &cap);
}

DgStatus
dg_sieve_finish(DgSieve *s)
{
  s->postings = DG_NEW_ARRAY(s->arena, uint32_t, s->pairs.n + 1);
  DG_TRY_PTR(s->postings);
  for (size_t i = 0; i < s->pairs.n; ++i) {
    ++s->forms.items[s->pairs.items[i].form].n;
  }
  uint32_t at = 0;
  for (size_t i = 0; i < s->forms.n; ++i) {
    s->forms.items[i].first = at;
    at += s->forms.items[i].n;
    s->forms.items[i].n = 0;
  }
  for (size_t i = 0; i < s->pairs.n; ++i) {
    const DgSievePair *const pair = &s->pairs.items[i];
    DgSieveForm *const form = &s->forms.items[pair->form];
    bool known = false;
    for (uint32_t k = 0; k < form->n; ++k) {
      known = known || s->postings[form->first + k] == pair->slot;
    }
    if (!known) {
      s->postings[form->first + form->n++] = pair->slot;
    }
  }
  return DG_OK;
}
