/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra_p.h"

static DgStatus
constant(DgTranslate *t, const DgTerm *term, DgPlace *place)
{
  place->slot = DG_SLOT_NONE;
  return dg_terms_id(t->terms, term, &place->id);
}

/* Paths (18.2.2.4): what is not repetition becomes patterns and unions. */

static DgStatus
path_code(DgTranslate *t, const DgPath *path, DgPathCode **out)
{
  DgPathCode *const code = DG_NEW(t->arena, DgPathCode);
  DG_TRY_PTR(code);
  code->kind = path->kind;
  code->min_one = path->min;
  code->many = path->many;
  if (path->kind == DG_PATH_LINK) {
    DG_TRY(dg_terms_id(t->terms, &path->iri, &code->id));
  }
  code->n = path->parts.n;
  code->parts = DG_NEW_ARRAY(t->arena, DgPathCode *, code->n + 1);
  DG_TRY_PTR(code->parts);
  for (size_t i = 0; i < code->n; ++i) {
    DG_TRY(path_code(t, path->parts.items[i], &code->parts[i]));
  }
  *out = code;
  return DG_OK;
}

static DgStatus
new_scan(DgTranslate *t, DgPlace s, DgPlace p, DgPlace o, DgGraphRef graph,
         DgAlg **out)
{
  DgAlg *const scan = *out = dg_alg_new(t->arena, DG_ALG_SCAN);
  DG_TRY_PTR(scan);
  scan->s = s;
  scan->p = p;
  scan->o = o;
  scan->graph = graph;
  return dg_alg_finish(t->arena, scan);
}

static DgStatus
new_path(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
         DgGraphRef graph, DgAlg **out)
{
  DgAlg *const alg = *out = dg_alg_new(t->arena, DG_ALG_PATH);
  DG_TRY_PTR(alg);
  alg->s = s;
  alg->p = (DgPlace){ DG_SLOT_NONE, DG_ID_NONE };
  alg->o = o;
  alg->graph = graph;
  DG_TRY(path_code(t, path, &alg->path));
  return dg_alg_finish(t->arena, alg);
}

static DgStatus
translate_path(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
               DgGraphRef graph, DgAlg **out);

static DgStatus
translate_sequence(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
                   DgGraphRef graph, DgAlg **out)
{
  *out = dg_alg_new(t->arena, DG_ALG_UNIT);
  DG_TRY_PTR(*out);
  for (size_t i = 0; i < path->parts.n; ++i) {
    DgPlace next = o;
    if (i + 1 < path->parts.n) {
      next.id = DG_ID_NONE;
      DG_TRY(dg_translate_hidden(t, &next.slot));
    }
    DgAlg *step;
    DG_TRY(translate_path(t, s, path->parts.items[i], next, graph, &step));
    DG_TRY(dg_alg_join(t->arena, *out, step, out));
    s = next;
  }
  return DG_OK;
}

/* ?s ?p ?o with ?p not among the links of one direction; null without any. */
static DgStatus
translate_negated_way(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
                      bool inverse, DgGraphRef graph, DgAlg **out)
{
  DgPlace p = { DG_SLOT_NONE, DG_ID_NONE };
  DgCode *const code = DG_NEW(t->arena, DgCode);
  DG_TRY_PTR(code);
  code->kind = DG_CODE_CALL;
  code->function = dg_function_operator("NOT IN");
  code->args = DG_NEW_ARRAY(t->arena, DgCode *, path->parts.n + 1);
  DG_TRY_PTR(code->args);
  DG_TRY(dg_translate_hidden(t, &p.slot));
  code->args[code->n++] = DG_NEW(t->arena, DgCode);
  DG_TRY_PTR(code->args[0]);
  code->args[0]->slot = p.slot;
  for (size_t i = 0; i < path->parts.n; ++i) {
    const DgPath *link = path->parts.items[i];
    if ((link->kind == DG_PATH_INVERSE) != inverse) {
      continue;
    }
    link = inverse ? link->parts.items[0] : link;
    DgCode *const iri = code->args[code->n++] = DG_NEW(t->arena, DgCode);
    DG_TRY_PTR(iri);
    iri->kind = DG_CODE_CONSTANT;
    dg_item_read(&link->iri, &iri->constant);
  }
  *out = NULL;
  if (code->n == 1 && (inverse || path->parts.n)) {
    return DG_OK;
  }
  DG_TRY(new_scan(t, inverse ? o : s, p, inverse ? s : o, graph, out));
  return dg_alg_filter(t->arena, *out, code, dg_bits_one(t->arena, p.slot),
                       out);
}

static DgStatus
translate_negated(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
                  DgGraphRef graph, DgAlg **out)
{
  DgAlg *forward;
  DgAlg *backward;
  DG_TRY(translate_negated_way(t, s, path, o, false, graph, &forward));
  DG_TRY(translate_negated_way(t, s, path, o, true, graph, &backward));
  if (!forward || !backward) {
    *out = forward ? forward : backward;
    return DG_OK;
  }
  DgAlg *const both = *out = dg_alg_new(t->arena, DG_ALG_UNION);
  DG_TRY_PTR(both);
  DG_TRY_PTR(dg_alg_add(t->arena, both, forward));
  DG_TRY_PTR(dg_alg_add(t->arena, both, backward));
  return dg_alg_finish(t->arena, both);
}

static DgStatus
translate_path(DgTranslate *t, DgPlace s, const DgPath *path, DgPlace o,
               DgGraphRef graph, DgAlg **out)
{
  switch (path->kind) {
  case DG_PATH_LINK: {
    DgPlace p;
    DG_TRY(constant(t, &path->iri, &p));
    return new_scan(t, s, p, o, graph, out);
  }
  case DG_PATH_INVERSE:
    return translate_path(t, o, path->parts.items[0], s, graph, out);
  case DG_PATH_SEQUENCE:
    return translate_sequence(t, s, path, o, graph, out);
  case DG_PATH_CHOICE: {
    DgAlg *const choice = *out = dg_alg_new(t->arena, DG_ALG_UNION);
    DG_TRY_PTR(choice);
    for (size_t i = 0; i < path->parts.n; ++i) {
      DgAlg *one;
      DG_TRY(translate_path(t, s, path->parts.items[i], o, graph, &one));
      DG_TRY_PTR(dg_alg_add(t->arena, choice, one));
    }
    return dg_alg_finish(t->arena, choice);
  }
  case DG_PATH_NEGATED:
    return translate_negated(t, s, path, o, graph, out);
  case DG_PATH_REPEAT:
    break;
  }
  return new_path(t, s, path, o, graph, out);
}

DgStatus
dg_translate_triples(DgTranslate *t, const DgTriples *triples, DgGraphRef graph,
                     DgAlg *group, DgAlg **out)
{
  DgAlg *const block = dg_alg_new(t->arena, DG_ALG_JOIN);
  DG_TRY_PTR(block);
  for (size_t i = 0; i < triples->list.n; ++i) {
    const DgTriple *const triple = &triples->list.items[i];
    DgPlace s;
    DgPlace p;
    DgPlace o;
    DgAlg *one;
    DG_TRY(dg_translate_place(t, &triple->s, &s));
    DG_TRY(dg_translate_place(t, &triple->o, &o));
    if (triple->path) {
      DG_TRY(translate_path(t, s, triple->path, o, graph, &one));
    } else {
      DG_TRY(dg_translate_place(t, &triple->p, &p));
      DG_TRY(new_scan(t, s, p, o, graph, &one));
    }
    DG_TRY_PTR(dg_alg_add(t->arena, block, one));
  }
  DG_TRY(dg_alg_finish(t->arena, block));
  return dg_alg_join(t->arena, group,
                     block->kids.n == 1 ? block->kids.items[0] : block, out);
}
