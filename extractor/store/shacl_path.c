/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl_p.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* Forms of path that one property of a node spells. */
static const struct {
  const char *property;
  DgShaclPathKind kind;
  const char *before; /* in SPARQL's way of writing */
  const char *after;
} forms[] = {
  { DG_SH "inversePath", DG_SHACL_INVERSE, "^", "" },
  { DG_SH "alternativePath", DG_SHACL_ALTERNATIVE, "", "" },
  { DG_SH "zeroOrMorePath", DG_SHACL_ZERO_OR_MORE, "", "*" },
  { DG_SH "oneOrMorePath", DG_SHACL_ONE_OR_MORE, "", "+" },
  { DG_SH "zeroOrOnePath", DG_SHACL_ZERO_OR_ONE, "", "?" },
};

enum { FORMS = sizeof forms / sizeof *forms };

static DgStatus
load_parts(DgShaclShapes *shapes, DgId head, unsigned depth, DgShaclPath *path)
{
  DgIds members = { 0 };
  DG_TRY(dg_shacl_list(shapes, head, &members));
  path->parts = DG_NEW_ARRAY(shapes->arena, DgShaclPath, members.n + 1);
  DG_TRY_PTR(path->parts);
  path->n_parts = members.n;
  for (size_t i = 0; i < members.n; ++i) {
    DG_TRY(dg_shacl_path_load(shapes, members.items[i], depth + 1,
                              &path->parts[i]));
  }
  return DG_OK;
}

static DgStatus
load_form(DgShaclShapes *shapes, DgId id, unsigned depth, DgShaclPath *path)
{
  for (size_t i = 0; i < FORMS; ++i) {
    DgId property = DG_ID_NONE;
    DgIds objects = { 0 };
    DG_TRY(dg_lookup_iri(shapes->set, forms[i].property, &property));
    if (property) {
      DG_TRY(dg_lookup_all(shapes->set, (DgIdQuad){ id, property, 0, 0 }, 'o',
                           shapes->arena, &objects));
    }
    if (objects.n != 1) {
      continue;
    }
    path->kind = forms[i].kind;
    if (path->kind == DG_SHACL_ALTERNATIVE) {
      return load_parts(shapes, objects.items[0], depth, path);
    }
    path->n_parts = 1;
    path->parts = DG_NEW(shapes->arena, DgShaclPath);
    DG_TRY_PTR(path->parts);
    DG_TRY(
        dg_shacl_path_load(shapes, objects.items[0], depth + 1, path->parts));
    return path->kind == DG_SHACL_INVERSE &&
                   path->parts->kind != DG_SHACL_PREDICATE
               ? dg_shacl_refuse(shapes, DG_UNSUPPORTED, NULL,
                                 "sh:inversePath takes a property only")
               : DG_OK;
  }
  return DG_NO_MATCH;
}

DgStatus
dg_shacl_path_load(DgShaclShapes *shapes, DgId id, unsigned depth,
                   DgShaclPath *path)
{
  if (depth > DG_SHACL_DEPTH) {
    return dg_diag_set(shapes->diag, DG_LIMIT, "a path is nested too deep");
  }
  DG_TRY(dg_shacl_term(shapes, id, &path->predicate));
  if (path->predicate.term.kind == DG_TERM_IRI) {
    path->kind = DG_SHACL_PREDICATE;
    return DG_OK;
  }
  DgId first = DG_ID_NONE;
  bool is_list = false;
  DG_TRY(dg_lookup_iri(shapes->set, RDF "first", &first));
  if (first) {
    DG_TRY(dg_lookup_any(shapes->set, (DgIdQuad){ id, first, 0, 0 }, &is_list));
  }
  path->kind = DG_SHACL_SEQUENCE;
  const DgStatus status = is_list ? load_parts(shapes, id, depth, path)
                                  : load_form(shapes, id, depth, path);
  return status == DG_NO_MATCH
             ? dg_shacl_refuse(shapes, DG_BAD_INPUT, &path->predicate.term,
                               "is no property path")
             : status;
}

static size_t
form_of(DgShaclPathKind kind)
{
  size_t form = 0;
  while (forms[form].kind != kind) {
    ++form;
  }
  return form;
}

void
dg_shacl_path_turtle(const DgShaclPath *path, DgBuf *out)
{
  if (path->kind == DG_SHACL_PREDICATE) {
    dg_term_write(&path->predicate.term, out);
    return;
  }
  const bool list =
      path->kind == DG_SHACL_SEQUENCE || path->kind == DG_SHACL_ALTERNATIVE;
  if (path->kind != DG_SHACL_SEQUENCE) {
    dg_buf_printf(out, "[ <%s> ", forms[form_of(path->kind)].property);
  }
  dg_buf_add(out, list ? DG_STR("( ") : DG_STR(""));
  for (size_t i = 0; i < path->n_parts; ++i) {
    dg_shacl_path_turtle(&path->parts[i], out);
    dg_buf_add_char(out, ' ');
  }
  dg_buf_add(out, list ? DG_STR(")") : DG_STR(""));
  dg_buf_add(out, path->kind == DG_SHACL_SEQUENCE ? DG_STR("") : DG_STR(" ]"));
}

void
dg_shacl_path_label(const DgShaclPath *path, DgBuf *out)
{
  if (path->kind == DG_SHACL_PREDICATE) {
    dg_term_write(&path->predicate.term, out);
    return;
  }
  const bool sequence = path->kind == DG_SHACL_SEQUENCE;
  const size_t form = sequence ? 0 : form_of(path->kind);
  const bool single = path->n_parts == 1;
  dg_buf_printf(out, "%s%s", sequence ? "" : forms[form].before,
                single ? "" : "(");
  for (size_t i = 0; i < path->n_parts; ++i) {
    dg_buf_add(out, !i ? DG_STR("") : sequence ? DG_STR("/") : DG_STR("|"));
    dg_shacl_path_label(&path->parts[i], out);
  }
  dg_buf_printf(out, "%s%s", single ? "" : ")",
                sequence ? "" : forms[form].after);
}

static DgStatus
walk_predicate(DgId predicate, DgDataset *data, DgId focus, bool inverse,
               DgArena *arena, DgIds *ids)
{
  if (!predicate || !focus) {
    return DG_OK;
  }
  const DgIdQuad forward = { focus, predicate, 0, 0 };
  const DgIdQuad backward = { 0, predicate, focus, 0 };
  return dg_lookup_all(data, inverse ? backward : forward, inverse ? 's' : 'o',
                       arena, ids);
}

/* All that one step of `path` reaches from each of `from`. */
static DgStatus
step(const DgShaclPath *path, DgDataset *data, const DgIds *from,
     unsigned depth, DgArena *arena, DgIds *ids)
{
  for (size_t i = 0; i < from->n; ++i) {
    DG_TRY(
        dg_shacl_path_walk(path, data, from->items[i], depth + 1, arena, ids));
  }
  return DG_OK;
}

static DgStatus
walk_sequence(const DgShaclPath *path, DgDataset *data, DgId focus,
              unsigned depth, DgArena *arena, DgIds *ids)
{
  DgIds from = { 0 };
  DG_TRY(dg_ids_add(arena, &from, focus));
  for (size_t i = 0; i < path->n_parts; ++i) {
    DgIds next = { 0 };
    DG_TRY(step(&path->parts[i], data, &from, depth, arena, &next));
    from = next;
  }
  for (size_t i = 0; i < from.n; ++i) {
    DG_TRY(dg_ids_add(arena, ids, from.items[i]));
  }
  return DG_OK;
}

/* Rounds of steps until one brings nothing new. */
static DgStatus
walk_closure(const DgShaclPath *path, DgDataset *data, DgId focus,
             unsigned depth, DgArena *arena, DgIds *ids)
{
  DgIds reached = { 0 };
  DgIds edge = { 0 };
  DG_TRY(dg_ids_add(arena, &edge, focus));
  if (path->kind == DG_SHACL_ZERO_OR_MORE) {
    DG_TRY(dg_ids_add(arena, &reached, focus));
  }
  while (edge.n) {
    DgIds next = { 0 };
    DgIds fresh = { 0 };
    DG_TRY(step(path->parts, data, &edge, depth, arena, &next));
    for (size_t i = 0; i < next.n; ++i) {
      if (!dg_ids_have(&reached, next.items[i])) {
        DG_TRY(dg_ids_add(arena, &fresh, next.items[i]));
      }
    }
    dg_ids_unique(&fresh);
    for (size_t i = 0; i < fresh.n; ++i) {
      DG_TRY(dg_ids_add(arena, &reached, fresh.items[i]));
    }
    dg_ids_unique(&reached);
    edge = fresh;
  }
  for (size_t i = 0; i < reached.n; ++i) {
    DG_TRY(dg_ids_add(arena, ids, reached.items[i]));
  }
  return DG_OK;
}

static DgStatus
walk_parts(const DgShaclPath *path, DgDataset *data, DgId focus, unsigned depth,
           DgArena *arena, DgIds *ids)
{
  for (size_t i = 0; i < path->n_parts; ++i) {
    DG_TRY(dg_shacl_path_walk(&path->parts[i], data, focus, depth + 1, arena,
                              ids));
  }
  return path->kind == DG_SHACL_ZERO_OR_ONE ? dg_ids_add(arena, ids, focus)
                                            : DG_OK;
}

DgStatus
dg_shacl_path_walk(const DgShaclPath *path, DgDataset *data, DgId focus,
                   unsigned depth, DgArena *arena, DgIds *ids)
{
  if (depth > 2 * DG_SHACL_DEPTH) {
    return DG_LIMIT;
  }
  DgStatus status = DG_OK;
  switch (path->kind) {
  case DG_SHACL_PREDICATE:
    status = walk_predicate(path->predicate.id, data, focus, false, arena, ids);
    break;
  case DG_SHACL_INVERSE:
    /* Of a predicate only; load_form sees to it. */
    status = walk_predicate(path->parts->predicate.id, data, focus, true, arena,
                            ids);
    break;
  case DG_SHACL_SEQUENCE:
    status = walk_sequence(path, data, focus, depth, arena, ids);
    break;
  case DG_SHACL_ALTERNATIVE:
  case DG_SHACL_ZERO_OR_ONE:
    status = walk_parts(path, data, focus, depth, arena, ids);
    break;
  case DG_SHACL_ZERO_OR_MORE:
  case DG_SHACL_ONE_OR_MORE:
    status = walk_closure(path, data, focus, depth, arena, ids);
    break;
  }
  dg_ids_unique(ids);
  return status;
}
