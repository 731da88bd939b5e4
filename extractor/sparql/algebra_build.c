/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra.h"

DgAlg *
dg_alg_new(DgArena *arena, DgAlgKind kind)
{
  DgAlg *const alg = DG_NEW(arena, DgAlg);
  if (alg) {
    alg->kind = kind;
    alg->slot = DG_SLOT_NONE;
    alg->limit = UINT64_MAX;
  }
  return alg;
}

bool
dg_alg_add(DgArena *arena, DgAlg *alg, DgAlg *kid)
{
  DgAlg **const place = DG_VEC_ADD(arena, &alg->kids);
  if (place) {
    *place = kid;
  }
  return place != NULL;
}

static void
add_place(DgArena *arena, DgAlg *alg, DgPlace place)
{
  if (place.slot != DG_SLOT_NONE) {
    alg->maybe = dg_bits_with(arena, alg->maybe, place.slot);
  }
}

static void
finish_leaf(DgArena *arena, DgAlg *alg)
{
  add_place(arena, alg, alg->s);
  add_place(arena, alg, alg->p);
  add_place(arena, alg, alg->o);
  if (alg->graph.kind == DG_GRAPH_PLACE) {
    add_place(arena, alg, alg->graph.place);
  }
  alg->certain = alg->mentioned = alg->maybe;
}

static void
finish_values(DgArena *arena, DgAlg *alg)
{
  for (size_t i = 0; i < alg->n_slots; ++i) {
    bool all = true;
    for (size_t row = 0; row < alg->n_rows; ++row) {
      all &= alg->ids[row * alg->n_slots + i] != DG_ID_NONE;
    }
    alg->maybe = dg_bits_with(arena, alg->maybe, alg->slots[i]);
    if (all) {
      alg->certain = dg_bits_with(arena, alg->certain, alg->slots[i]);
    }
  }
  alg->mentioned = alg->maybe;
}

/* What all kids have in common for most nodes. */
static void
gather(DgArena *arena, DgAlg *alg)
{
  for (size_t i = 0; i < alg->kids.n; ++i) {
    const DgAlg *const kid = alg->kids.items[i];
    const bool all = alg->kind == DG_ALG_UNION && i;
    alg->maybe = dg_bits_or(arena, alg->maybe, kid->maybe);
    alg->certain = all ? dg_bits_and(arena, alg->certain, kid->certain)
                       : dg_bits_or(arena, alg->certain, kid->certain);
    alg->mentioned = dg_bits_or(arena, alg->mentioned, kid->mentioned);
    alg->blocked = dg_bits_or(arena, alg->blocked, kid->blocked);
  }
  alg->mentioned = dg_bits_or(arena, alg->mentioned, alg->code_vars);
}

static void
finish_left(DgArena *arena, DgAlg *alg)
{
  const DgAlg *const a = alg->kids.items[0];
  const DgAlg *const b = alg->kids.items[1];
  const DgBits named = dg_bits_or(arena, b->mentioned, alg->code_vars);
  alg->certain = a->certain;
  alg->maybe = alg->kind == DG_ALG_MINUS ? a->maybe : alg->maybe;
  alg->blocked =
      dg_bits_or(arena, a->blocked, dg_bits_minus(arena, named, a->certain));
}

static void
finish_group(DgArena *arena, DgAlg *alg)
{
  const DgAlg *const kid = alg->kids.items[0];
  DgBits out = { NULL, 0 };
  DgBits keys = { NULL, 0 };
  for (size_t i = 0; i < alg->n_slots; ++i) {
    keys = dg_bits_with(arena, keys, alg->slots[i]);
  }
  for (size_t i = 0; i < alg->aggregates.n; ++i) {
    out = dg_bits_with(arena, out, alg->aggregates.items[i].slot);
  }
  alg->maybe = dg_bits_or(arena, out, keys);
  alg->certain = dg_bits_and(arena, keys, kid->certain);
  alg->mentioned = dg_bits_or(arena, alg->mentioned, alg->maybe);
  /* A key that all solutions bind may be given: it chooses the group. */
  const DgBits free = dg_bits_minus(arena, alg->certain, kid->blocked);
  alg->blocked = dg_bits_minus(arena, alg->mentioned, free);
}

DgStatus
dg_alg_finish(DgArena *arena, DgAlg *alg)
{
  alg->maybe = alg->certain = alg->mentioned = alg->blocked =
      (DgBits){ NULL, 0 };
  switch (alg->kind) {
  case DG_ALG_UNIT:
  case DG_ALG_EMPTY:
    return DG_OK;
  case DG_ALG_SCAN:
  case DG_ALG_PATH:
    finish_leaf(arena, alg);
    return DG_OK;
  case DG_ALG_VALUES:
    finish_values(arena, alg);
    return DG_OK;
  default:
    break;
  }
  gather(arena, alg);
  switch (alg->kind) {
  case DG_ALG_LEFT_JOIN:
  case DG_ALG_MINUS:
    finish_left(arena, alg);
    break;
  case DG_ALG_FILTER:
  case DG_ALG_EXTEND: {
    const DgBits open =
        dg_bits_minus(arena, alg->code_vars, alg->kids.items[0]->certain);
    alg->blocked = dg_bits_or(arena, alg->blocked, open);
    if (alg->kind == DG_ALG_EXTEND) {
      alg->maybe = dg_bits_with(arena, alg->maybe, alg->slot);
      alg->mentioned = dg_bits_with(arena, alg->mentioned, alg->slot);
    }
    break;
  }
  case DG_ALG_GRAPH:
    alg->maybe = dg_bits_with(arena, alg->maybe, alg->slot);
    alg->certain = dg_bits_with(arena, alg->certain, alg->slot);
    alg->mentioned = dg_bits_with(arena, alg->mentioned, alg->slot);
    break;
  case DG_ALG_GROUP:
    finish_group(arena, alg);
    break;
  case DG_ALG_SLICE:
    alg->blocked = alg->mentioned;
    break;
  case DG_ALG_SERVICE:
    alg->certain = (DgBits){ NULL, 0 };
    if (alg->endpoint.slot != DG_SLOT_NONE) {
      alg->maybe = dg_bits_with(arena, alg->maybe, alg->endpoint.slot);
    }
    alg->mentioned = dg_bits_or(arena, alg->mentioned, alg->maybe);
    alg->blocked = (DgBits){ NULL, 0 };
    break;
  default:
    break;
  }
  return DG_OK;
}

/* Join below an OPTIONAL whose right side shares nothing with `right` that
 * the left side does not bind: (A opt B) join C = (A join C) opt B. */
static bool
can_sink(DgArena *arena, const DgAlg *left, const DgAlg *right)
{
  if (left->kind != DG_ALG_LEFT_JOIN && left->kind != DG_ALG_MINUS) {
    return false;
  }
  const DgAlg *const a = left->kids.items[0];
  const DgBits named =
      dg_bits_or(arena, left->kids.items[1]->mentioned, left->code_vars);
  const DgBits shared = dg_bits_and(arena, right->maybe, named);
  return dg_bits_within(shared, a->certain) &&
         !dg_bits_meet(right->blocked, left->maybe);
}

static DgStatus
flatten(DgArena *arena, DgAlg *join, DgAlg *kid)
{
  if (kid->kind == DG_ALG_UNIT) {
    return DG_OK;
  }
  if (kid->kind != DG_ALG_JOIN) {
    return dg_alg_add(arena, join, kid) ? DG_OK : DG_NO_MEMORY;
  }
  for (size_t i = 0; i < kid->kids.n; ++i) {
    DG_TRY(flatten(arena, join, kid->kids.items[i]));
  }
  return DG_OK;
}

DgStatus
dg_alg_join(DgArena *arena, DgAlg *left, DgAlg *right, DgAlg **out)
{
  const bool plain = right->kind != DG_ALG_JOIN || right->kids.n > 0;
  if (!plain || right->kind == DG_ALG_UNIT) {
    *out = left;
    return DG_OK;
  }
  if (left->kind == DG_ALG_UNIT && right->kind != DG_ALG_JOIN) {
    *out = right;
    return DG_OK;
  }
  if (can_sink(arena, left, right)) {
    DgAlg *const copy = dg_alg_new(arena, left->kind);
    DG_TRY_PTR(copy);
    *copy = *left;
    copy->kids.items = NULL;
    copy->kids.n = copy->kids.cap = 0;
    DgAlg *below;
    DG_TRY(dg_alg_join(arena, left->kids.items[0], right, &below));
    if (!dg_alg_add(arena, copy, below) ||
        !dg_alg_add(arena, copy, left->kids.items[1])) {
      return DG_NO_MEMORY;
    }
    *out = copy;
    return dg_alg_finish(arena, copy);
  }
  DgAlg *const join = dg_alg_new(arena, DG_ALG_JOIN);
  DG_TRY_PTR(join);
  DG_TRY(flatten(arena, join, left));
  DG_TRY(flatten(arena, join, right));
  *out = join;
  return dg_alg_finish(arena, join);
}

static bool
has_exists(const DgCode *code)
{
  bool found = code->kind == DG_CODE_EXISTS;
  for (size_t i = 0; i < code->n && !found; ++i) {
    found = has_exists(code->args[i]);
  }
  return found;
}

/* A node like `alg` whose kid `at` is filtered. */
static DgStatus
filter_kid(DgArena *arena, const DgAlg *alg, bool all, DgCode *code,
           DgBits vars, DgAlg **out)
{
  DgAlg *const copy = dg_alg_new(arena, alg->kind);
  DG_TRY_PTR(copy);
  *copy = *alg;
  copy->kids.items = NULL;
  copy->kids.n = copy->kids.cap = 0;
  for (size_t i = 0; i < alg->kids.n; ++i) {
    DgAlg *kid = alg->kids.items[i];
    if (i == 0 || all) {
      DG_TRY(dg_alg_filter(arena, kid, code, vars, &kid));
    }
    if (!dg_alg_add(arena, copy, kid)) {
      return DG_NO_MEMORY;
    }
  }
  *out = copy;
  return dg_alg_finish(arena, copy);
}

/* Whether a filter means the same below a node: it must see the same values. */
static bool
can_push(DgArena *arena, const DgAlg *alg, const DgCode *code, DgBits vars)
{
  switch (alg->kind) {
  case DG_ALG_LEFT_JOIN: {
    const DgBits later =
        dg_bits_minus(arena, alg->maybe, alg->kids.items[0]->certain);
    return !dg_bits_meet(vars, later);
  }
  case DG_ALG_MINUS:
    return true;
  case DG_ALG_UNION:
    return !has_exists(code);
  case DG_ALG_EXTEND:
    return !dg_bits_has(vars, alg->slot);
  default:
    return false;
  }
}

DgStatus
dg_alg_filter(DgArena *arena, DgAlg *alg, DgCode *code, DgBits vars,
              DgAlg **out)
{
  bool truth;
  if (code->kind == DG_CODE_CONSTANT &&
      dg_item_truth(&code->constant, &truth)) {
    *out = truth ? alg : dg_alg_new(arena, DG_ALG_EMPTY);
    return *out ? DG_OK : DG_NO_MEMORY;
  }
  if (can_push(arena, alg, code, vars)) {
    return filter_kid(arena, alg, alg->kind == DG_ALG_UNION, code, vars, out);
  }
  DgAlg *const filter = dg_alg_new(arena, DG_ALG_FILTER);
  DG_TRY_PTR(filter);
  filter->code = code;
  filter->code_vars = vars;
  if (!dg_alg_add(arena, filter, alg)) {
    return DG_NO_MEMORY;
  }
  *out = filter;
  return dg_alg_finish(arena, filter);
}
