/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"

void *
dg_op_new(DgRun *run, const DgOpClass *class_, const DgAlg *alg, size_t size,
          size_t n)
{
  DgOp *const op = dg_arena_calloc(run->arena, 1, size);
  if (!op) {
    return NULL;
  }
  op->class_ = class_;
  op->alg = alg;
  op->n_kids = n;
  op->kids = DG_NEW_ARRAY(run->arena, DgOp *, n + 1);
  return op->kids ? op : NULL;
}

void
dg_op_free(DgOp *op, DgRun *run)
{
  if (!op) {
    return;
  }
  for (size_t i = 0; i < op->n_kids; ++i) {
    dg_op_free(op->kids[i], run);
  }
  if (op->class_->free) {
    op->class_->free(op, run);
  }
}

uint32_t *
dg_op_slots(DgArena *arena, DgBits set, size_t *n)
{
  *n = 0;
  for (size_t i = 0; i < set.n; ++i) {
    *n += (size_t)__builtin_popcountll(set.words[i]);
  }
  uint32_t *const slots = DG_NEW_ARRAY(arena, uint32_t, *n + 1);
  size_t at = 0;
  for (uint32_t i = 0; slots && i < set.n * 64; ++i) {
    if (dg_bits_has(set, i)) {
      slots[at++] = i;
    }
  }
  return slots;
}

void
dg_op_name(const DgRun *run, uint32_t slot, DgBuf *out)
{
  const DgStr name = slot < run->n_slots ? run->names[slot] : DG_STR_NONE;
  if (name.ptr && !dg_str_starts(name, DG_STR("_:"))) {
    dg_buf_printf(out, "?%.*s", (int)name.len, name.ptr);
  } else {
    dg_buf_printf(out, "?_%u", slot);
  }
}

void
dg_op_place(const DgRun *run, DgPlace place, DgBuf *out)
{
  if (place.slot != DG_SLOT_NONE) {
    dg_op_name(run, place.slot, out);
    return;
  }
  DgTerm term;
  if (dg_terms_term(run->terms, place.id, run->arena, &term) == DG_OK) {
    dg_term_write(&term, out);
  }
}
