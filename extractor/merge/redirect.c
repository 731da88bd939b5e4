/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/redirect.h"

#include "rdf/graphs.h"
#include "rdf/vocab.h"
#include "store/lookup.h"

/* An actor by one of its names. */
typedef struct {
  DgStr iri;
  DgStr name;
} Named;

typedef DG_VEC(Named) NamedList;

static bool
has_iri(const NamedList *list, DgStr iri)
{
  for (size_t i = 0; i < list->n; ++i) {
    if (dg_str_equal(list->items[i].iri, iri)) {
      return true;
    }
  }
  return false;
}

static DgStatus
read_property(DgDataset *set, DgId graph, const char *property, DgArena *arena,
              NamedList *list)
{
  DgIdQuad pattern = { 0, 0, 0, graph };
  DgDatasetCursor *cursor = NULL;
  DG_TRY(dg_lookup_iri(set, property, &pattern.p));
  if (pattern.p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = set->class_->next(cursor, &quad)) == DG_OK) {
    DgTerm s;
    DgTerm o;
    Named *const slot = DG_VEC_ADD(arena, list);
    status = slot ? set->class_->term(set, quad.s, arena, &s) : DG_NO_MEMORY;
    if (status == DG_OK) {
      status = set->class_->term(set, quad.o, arena, &o);
    }
    if (status == DG_OK) {
      *slot = (Named){ s.value, o.value };
    }
  }
  set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
read_quads(const DgQuad *quads, size_t n, DgArena *arena, NamedList *list)
{
  for (size_t i = 0; i < n; ++i) {
    const DgStr p = quads[i].p.value;
    if (dg_str_equal(p, DG_STR(DG_V_rdfs_label)) ||
        dg_str_equal(p, DG_STR(DG_V_skos_altLabel))) {
      Named *const slot = DG_VEC_ADD(arena, list);
      DG_TRY_PTR(slot);
      *slot = (Named){ quads[i].s.value, quads[i].o.value };
    }
  }
  return DG_OK;
}

/* The one new actor of a name, or null. */
static const Named *
successor(const Named *old, const NamedList *before, const NamedList *after)
{
  const Named *found = NULL;
  for (size_t i = 0; i < after->n; ++i) {
    const Named *const one = &after->items[i];
    if (dg_str_equal(one->name, old->name) && !has_iri(before, one->iri)) {
      if (found && !dg_str_equal(found->iri, one->iri)) {
        return NULL;
      }
      found = one;
    }
  }
  return found;
}

static DgStatus
compare(const NamedList *before, const NamedList *after, DgArena *arena,
        DgRedirects *redirects)
{
  for (size_t i = 0; i < before->n; ++i) {
    const Named *const old = &before->items[i];
    const Named *const now =
        has_iri(after, old->iri) ? NULL : successor(old, before, after);
    if (now) {
      DgRedirect *const slot = DG_VEC_ADD(arena, redirects);
      DG_TRY_PTR(slot);
      *slot = (DgRedirect){ dg_arena_copy(arena, old->iri),
                            dg_arena_copy(arena, now->iri),
                            dg_arena_copy(arena, old->name) };
      if (!slot->from.ptr || !slot->into.ptr || !slot->name.ptr) {
        return DG_NO_MEMORY;
      }
    }
  }
  return DG_OK;
}

static DgStatus
find(DgDataset *set, const DgTerm *graph, const DgQuad *quads, size_t n,
     DgArena *scratch, DgArena *arena, DgRedirects *redirects)
{
  NamedList before = { 0 };
  NamedList after = { 0 };
  DgId id;
  const DgStatus status = set->class_->find_id(set, graph, &id);
  if (status != DG_OK) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DG_TRY(read_property(set, id, DG_V_rdfs_label, scratch, &before));
  DG_TRY(read_property(set, id, DG_V_skos_altLabel, scratch, &before));
  DG_TRY(read_quads(quads, n, scratch, &after));
  return compare(&before, &after, arena, redirects);
}

DgStatus
dg_redirects_find(DgDataset *set, const DgTerm *graph, const DgQuad *quads,
                  size_t n, DgArena *arena, DgRedirects *redirects)
{
  DgArena *const scratch = dg_arena_new();
  DG_TRY_PTR(scratch);
  const DgStatus status = find(set, graph, quads, n, scratch, arena, redirects);
  dg_arena_free(scratch);
  return status;
}

/* Whether a graph of an article still has the actor. */
static DgStatus
is_named(DgDataset *set, DgStr iri, bool *named)
{
  const DgTerm term = dg_term_iri(iri);
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgDatasetCursor *cursor = NULL;
  DgId decisions;
  *named = false;
  DG_TRY(dg_lookup_iri(set, DG_V_rdfs_label, &pattern.p));
  DG_TRY(dg_lookup_iri(set, DG_GRAPH_DECISIONS, &decisions));
  DgStatus status = set->class_->find_id(set, &term, &pattern.s);
  if (status != DG_OK) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DG_TRY(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  while (!*named && (status = set->class_->next(cursor, &quad)) == DG_OK) {
    *named = quad.g != decisions;
  }
  set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

DgStatus
dg_redirects_settle(DgDataset *set, DgRedirects *redirects)
{
  size_t kept = 0;
  for (size_t i = 0; i < redirects->n; ++i) {
    const DgRedirect one = redirects->items[i];
    bool drop;
    DG_TRY(is_named(set, one.from, &drop));
    for (size_t j = 0; j < kept && !drop; ++j) {
      drop = dg_str_equal(redirects->items[j].from, one.from);
    }
    if (!drop) {
      redirects->items[kept++] = one;
    }
  }
  redirects->n = kept;
  return DG_OK;
}
