/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

typedef struct {
  DgTriples *out;
  bool paths;
} Triples;

static DgStatus
parse_graph_node(DgParser *p, const Triples *t, DgNode *node);

static DgStatus
parse_path(DgParser *p, DgPath **path);

static DgNode
term_node(const char *iri)
{
  return (DgNode){ DG_VAR_NONE, dg_term_iri(dg_str(iri)) };
}

static DgStatus
add_triple(DgParser *p, const Triples *t, const DgTriple *triple)
{
  DgTriple *const slot = DG_VEC_ADD(p->arena, &t->out->list);
  DG_TRY_PTR(slot);
  *slot = *triple;
  return DG_OK;
}

static DgPath *
new_path(DgParser *p, DgPathKind kind)
{
  DgPath *const path = DG_NEW(p->arena, DgPath);
  if (path) {
    path->kind = kind;
  }
  return path;
}

static DgStatus
add_part(DgParser *p, DgPath *path, DgPath *part)
{
  DgPath **const slot = DG_VEC_ADD(p->arena, &path->parts);
  DG_TRY_PTR(slot);
  *slot = part;
  return DG_OK;
}

static DgStatus
parse_link(DgParser *p, DgPath **path)
{
  *path = new_path(p, DG_PATH_LINK);
  DG_TRY_PTR(*path);
  if (p->token.kind == DG_TOK_WORD &&
      dg_str_equal(p->token.text, DG_STR("a"))) {
    (*path)->iri = dg_term_iri(DG_STR(RDF "type"));
    dg_parse_advance(p);
    return DG_OK;
  }
  return dg_parse_is_iri(p) ? dg_parse_iri(p, &(*path)->iri)
                            : dg_parse_expected(p, "a property");
}

/** PathOneInPropertySet (96). */
static DgStatus
parse_one_negated(DgParser *p, DgPath *set)
{
  DgPath *link;
  if (dg_parse_skip_punct(p, "^")) {
    DgPath *const inverse = new_path(p, DG_PATH_INVERSE);
    DG_TRY_PTR(inverse);
    DG_TRY(parse_link(p, &link));
    DG_TRY(add_part(p, inverse, link));
    return add_part(p, set, inverse);
  }
  DG_TRY(parse_link(p, &link));
  return add_part(p, set, link);
}

/** PathNegatedPropertySet (95). */
static DgStatus
parse_negated(DgParser *p, DgPath **path)
{
  DgPath *const set = *path = new_path(p, DG_PATH_NEGATED);
  DG_TRY_PTR(set);
  if (!dg_parse_skip_punct(p, "(")) {
    return parse_one_negated(p, set);
  }
  if (dg_parse_skip_punct(p, ")")) {
    return DG_OK;
  }
  do {
    DG_TRY(parse_one_negated(p, set));
  } while (dg_parse_skip_punct(p, "|"));
  return dg_parse_need_punct(p, ")");
}

/** PathPrimary (94). */
static DgStatus
parse_path_primary(DgParser *p, DgPath **path)
{
  if (dg_parse_skip_punct(p, "!")) {
    return parse_negated(p, path);
  }
  if (dg_parse_skip_punct(p, "(")) {
    DG_TRY(dg_parse_deeper(p));
    DG_TRY(parse_path(p, path));
    --p->depth;
    return dg_parse_need_punct(p, ")");
  }
  return parse_link(p, path);
}

/** PathElt (91) with PathMod (93). */
static DgStatus
parse_path_element(DgParser *p, DgPath **path)
{
  DG_TRY(parse_path_primary(p, path));
  const bool star = dg_parse_is_punct(p, "*");
  const bool plus = dg_parse_is_punct(p, "+");
  if (!star && !plus && !dg_parse_is_punct(p, "?")) {
    return DG_OK;
  }
  dg_parse_advance(p);
  DgPath *const repeat = new_path(p, DG_PATH_REPEAT);
  DG_TRY_PTR(repeat);
  repeat->min = plus;
  repeat->many = star || plus;
  DG_TRY(add_part(p, repeat, *path));
  *path = repeat;
  return DG_OK;
}

/** PathEltOrInverse (92). */
static DgStatus
parse_path_inverse(DgParser *p, DgPath **path)
{
  if (!dg_parse_skip_punct(p, "^")) {
    return parse_path_element(p, path);
  }
  DgPath *inner;
  DG_TRY(parse_path_element(p, &inner));
  *path = new_path(p, DG_PATH_INVERSE);
  DG_TRY_PTR(*path);
  return add_part(p, *path, inner);
}

/** PathSequence (90). */
static DgStatus
parse_path_sequence(DgParser *p, DgPath **path)
{
  DG_TRY(parse_path_inverse(p, path));
  if (!dg_parse_is_punct(p, "/")) {
    return DG_OK;
  }
  DgPath *const sequence = new_path(p, DG_PATH_SEQUENCE);
  DG_TRY_PTR(sequence);
  DG_TRY(add_part(p, sequence, *path));
  while (dg_parse_skip_punct(p, "/")) {
    DgPath *next;
    DG_TRY(parse_path_inverse(p, &next));
    DG_TRY(add_part(p, sequence, next));
  }
  *path = sequence;
  return DG_OK;
}

/** Path (88), PathAlternative (89). */
static DgStatus
parse_path(DgParser *p, DgPath **path)
{
  DG_TRY(parse_path_sequence(p, path));
  if (!dg_parse_is_punct(p, "|")) {
    return DG_OK;
  }
  DgPath *const choice = new_path(p, DG_PATH_CHOICE);
  DG_TRY_PTR(choice);
  DG_TRY(add_part(p, choice, *path));
  while (dg_parse_skip_punct(p, "|")) {
    DgPath *next;
    DG_TRY(parse_path_sequence(p, &next));
    DG_TRY(add_part(p, choice, next));
  }
  *path = choice;
  return DG_OK;
}

static bool
is_verb(const DgParser *p, bool paths)
{
  return p->token.kind == DG_TOK_VAR || dg_parse_is_iri(p) ||
         (p->token.kind == DG_TOK_WORD &&
          dg_str_equal(p->token.text, DG_STR("a"))) ||
         (paths && (dg_parse_is_punct(p, "^") || dg_parse_is_punct(p, "!") ||
                    dg_parse_is_punct(p, "(")));
}

/** Verb (78), VerbPath (84), VerbSimple (85). */
static DgStatus
parse_verb(DgParser *p, const Triples *t, DgTriple *triple)
{
  triple->path = NULL;
  if (!is_verb(p, t->paths)) {
    return dg_parse_expected(p, "a property");
  }
  if (p->token.kind == DG_TOK_VAR) {
    return dg_parse_var(p, &triple->p);
  }
  DgPath *path;
  DG_TRY(t->paths ? parse_path(p, &path) : parse_link(p, &path));
  if (path->kind == DG_PATH_LINK) {
    triple->p = (DgNode){ DG_VAR_NONE, path->iri };
  } else {
    triple->path = path;
  }
  return DG_OK;
}

/** PropertyListNotEmpty (77), PropertyListPathNotEmpty (83). */
static DgStatus
parse_properties(DgParser *p, const Triples *t, DgNode subject)
{
  DgTriple triple = { .s = subject };
  for (;;) {
    DG_TRY(parse_verb(p, t, &triple));
    do {
      DG_TRY(parse_graph_node(p, t, &triple.o));
      DG_TRY(add_triple(p, t, &triple));
    } while (dg_parse_skip_punct(p, ","));
    if (!dg_parse_is_punct(p, ";")) {
      return DG_OK;
    }
    while (dg_parse_skip_punct(p, ";")) {
    }
    if (!is_verb(p, t->paths)) {
      return DG_OK;
    }
  }
}

/** Collection (102) after its bracket. */
static DgStatus
parse_collection(DgParser *p, const Triples *t, DgNode *head)
{
  *head = term_node(RDF "nil");
  DgTriple rest = { .p = term_node(RDF "rest") };
  bool first = true;
  while (!dg_parse_skip_punct(p, ")")) {
    DgNode cell;
    DG_TRY(dg_parse_fresh_blank(p, &cell));
    if (first) {
      *head = cell;
    } else {
      rest.o = cell;
      DG_TRY(add_triple(p, t, &rest));
    }
    first = false;
    DgTriple item = { .s = cell, .p = term_node(RDF "first") };
    DG_TRY(parse_graph_node(p, t, &item.o));
    DG_TRY(add_triple(p, t, &item));
    rest.s = cell;
  }
  if (first) {
    return DG_OK;
  }
  rest.o = term_node(RDF "nil");
  return add_triple(p, t, &rest);
}

/** BlankNodePropertyList (99) or ANON (163) after its bracket. */
static DgStatus
parse_brackets(DgParser *p, const Triples *t, DgNode *node, bool *bare)
{
  DG_TRY(dg_parse_fresh_blank(p, node));
  *bare = dg_parse_skip_punct(p, "]");
  if (*bare) {
    return DG_OK;
  }
  DG_TRY(parse_properties(p, t, *node));
  return dg_parse_need_punct(p, "]");
}

/* A subject or object with its own triples; `bare` is set when it has none. */
static DgStatus
parse_compound(DgParser *p, const Triples *t, DgNode *node, bool *bare)
{
  *bare = true;
  DG_TRY(dg_parse_deeper(p));
  if (dg_parse_skip_punct(p, "[")) {
    DG_TRY(parse_brackets(p, t, node, bare));
  } else if (dg_parse_skip_punct(p, "(")) {
    *bare = dg_parse_is_punct(p, ")");
    DG_TRY(parse_collection(p, t, node));
  } else {
    DG_TRY(dg_parse_node(p, node));
  }
  --p->depth;
  return DG_OK;
}

/** GraphNode (104), GraphNodePath (105). */
static DgStatus
parse_graph_node(DgParser *p, const Triples *t, DgNode *node)
{
  bool bare;
  return parse_compound(p, t, node, &bare);
}

bool
dg_parse_is_triples(const DgParser *p)
{
  return p->token.kind == DG_TOK_VAR || dg_parse_is_iri(p) ||
         p->token.kind == DG_TOK_BLANK || dg_parse_is_literal(p) ||
         dg_parse_is_punct(p, "[") || dg_parse_is_punct(p, "(");
}

/** TriplesSameSubject (75), TriplesSameSubjectPath (81). */
static DgStatus
parse_same_subject(DgParser *p, const Triples *t)
{
  DgNode subject;
  bool bare;
  DG_TRY(parse_compound(p, t, &subject, &bare));
  if (!bare && !is_verb(p, t->paths)) {
    return DG_OK;
  }
  return parse_properties(p, t, subject);
}

DgStatus
dg_parse_triples(DgParser *p, DgTriples *triples, bool paths)
{
  const Triples t = { triples, paths };
  while (dg_parse_is_triples(p)) {
    DG_TRY(parse_same_subject(p, &t));
    if (!dg_parse_skip_punct(p, ".")) {
      break;
    }
  }
  return DG_OK;
}
