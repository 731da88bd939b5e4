/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/iri.h"
#include "sparql/parse_p.h"

#include <stdio.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static DgStatus
resolve(DgParser *p, DgStr reference, DgTerm *term)
{
  const DgStr iri = dg_iri_resolve(p->arena, p->request->base, reference);
  DG_TRY_PTR(iri.ptr);
  *term = dg_term_iri(iri);
  return DG_OK;
}

static const DgStr *
find_prefix(const DgParser *p, DgStr name, DgStr *known)
{
  for (size_t i = p->prefixes.n; i-- > 0;) {
    if (dg_str_equal(p->prefixes.items[i].name, name)) {
      return &p->prefixes.items[i].iri;
    }
  }
  size_t n;
  const DgKnownPrefix *const list = dg_parse_known_prefixes(&n);
  for (size_t i = 0; i < n; ++i) {
    if (dg_str_equal(dg_str(list[i].name), name)) {
      *known = dg_str(list[i].iri);
      return known;
    }
  }
  return NULL;
}

static DgStr
near_prefix(const DgParser *p, DgStr name)
{
  DgStr best = DG_STR_NONE;
  size_t least = 3;
  for (size_t i = 0; i < p->prefixes.n; ++i) {
    const size_t d = dg_parse_distance(p->prefixes.items[i].name, name);
    if (d < least) {
      least = d;
      best = p->prefixes.items[i].name;
    }
  }
  size_t n;
  const DgKnownPrefix *const list = dg_parse_known_prefixes(&n);
  for (size_t i = 0; i < n; ++i) {
    const size_t d = dg_parse_distance(dg_str(list[i].name), name);
    if (d < least) {
      least = d;
      best = dg_str(list[i].name);
    }
  }
  return best;
}

static DgStatus
unknown_prefix(DgParser *p, DgStr name)
{
  const DgSpan at = { p->token.span.begin, p->token.span.begin + name.len + 1 };
  const DgStr near = near_prefix(p, name);
  if (near.ptr) {
    return dg_parse_reject(
        p, at, "prefix '%.*s:' is not declared; did you mean '%.*s:'?",
        (int)name.len, name.ptr, (int)near.len, near.ptr);
  }
  return dg_parse_reject(p, at,
                         "prefix '%.*s:' is not declared; expected a line "
                         "PREFIX %.*s: <...> above",
                         (int)name.len, name.ptr, (int)name.len, name.ptr);
}

/** PrefixedName (137). */
static DgStatus
parse_prefixed(DgParser *p, DgTerm *term)
{
  const DgStr text = p->token.text;
  const size_t colon = dg_str_find(text, DG_STR(":"), 0);
  const DgStr name = dg_str_sub(text, 0, colon);
  DgStr known;
  const DgStr *const iri = find_prefix(p, name, &known);
  if (!iri) {
    return unknown_prefix(p, name);
  }
  const DgStr local =
      dg_lexer_local(p->arena, dg_str_sub(text, colon + 1, text.len));
  DG_TRY_PTR(local.ptr);
  char *const whole = dg_arena_printf(p->arena, "%.*s%.*s", (int)iri->len,
                                      iri->ptr, (int)local.len, local.ptr);
  DG_TRY_PTR(whole);
  *term = dg_term_iri(dg_str(whole));
  dg_parse_advance(p);
  return DG_OK;
}

bool
dg_parse_is_iri(const DgParser *p)
{
  return p->token.kind == DG_TOK_IRI || p->token.kind == DG_TOK_PNAME;
}

DgStatus
dg_parse_iri(DgParser *p, DgTerm *term)
{
  if (p->token.kind == DG_TOK_PNAME) {
    return parse_prefixed(p, term);
  }
  if (p->token.kind != DG_TOK_IRI) {
    return dg_parse_expected(p, "an IRI");
  }
  const DgStr text = p->token.text;
  DG_TRY(resolve(p, dg_str_sub(text, 1, text.len - 1), term));
  dg_parse_advance(p);
  return DG_OK;
}

static DgStatus
intern_var(DgParser *p, DgStr name, DgVar *var)
{
  DgRequest *const request = p->request;
  for (size_t i = request->vars.n; i-- > 0;) {
    if (dg_str_equal(request->vars.items[i], name)) {
      *var = (DgVar)i;
      return DG_OK;
    }
  }
  if (request->vars.n >= DG_PARSE_VARS) {
    return dg_parse_reject(p, p->token.span, "more than %d variables",
                           DG_PARSE_VARS);
  }
  DgStr *const slot = DG_VEC_ADD(p->arena, &request->vars);
  DG_TRY_PTR(slot);
  *slot = name;
  *var = (DgVar)(request->vars.n - 1);
  return DG_OK;
}

static const DgParam *
find_param(const DgParser *p, DgStr name)
{
  for (size_t i = 0; i < p->options->n_params; ++i) {
    const DgParam *const param = &p->options->params[i];
    if (dg_str_equal(param->name, name) && param->value.kind != DG_TERM_NONE) {
      return &p->options->params[i];
    }
  }
  return NULL;
}

bool
dg_parse_is_left_out(const DgParser *p)
{
  for (size_t i = 0; i < p->options->n_params; ++i) {
    const DgParam *const param = &p->options->params[i];
    if (p->token.kind == DG_TOK_VAR && param->value.kind == DG_TERM_NONE &&
        dg_str_equal(param->name,
                     dg_str_sub(p->token.text, 1, p->token.text.len))) {
      return true;
    }
  }
  return false;
}

DgStatus
dg_parse_new_var(DgParser *p, DgVar *var)
{
  if (p->token.kind != DG_TOK_VAR) {
    return dg_parse_expected(p, "a variable");
  }
  const DgStr name = dg_str_sub(p->token.text, 1, p->token.text.len);
  if (find_param(p, name)) {
    return dg_parse_reject(p, p->token.span,
                           "?%.*s has its value from outside and cannot be "
                           "given another",
                           (int)name.len, name.ptr);
  }
  DG_TRY(intern_var(p, name, var));
  dg_parse_advance(p);
  return DG_OK;
}

DgStatus
dg_parse_var(DgParser *p, DgNode *node)
{
  *node = (DgNode){ .var = DG_VAR_NONE };
  if (p->token.kind != DG_TOK_VAR) {
    return dg_parse_expected(p, "a variable");
  }
  if (p->no_vars) {
    return dg_parse_reject(p, p->token.span,
                           "DATA holds no variables; expected a term");
  }
  const DgStr name = dg_str_sub(p->token.text, 1, p->token.text.len);
  const DgParam *const param = find_param(p, name);
  if (param) {
    node->term = param->value;
    dg_parse_advance(p);
    return DG_OK;
  }
  return dg_parse_new_var(p, &node->var);
}

DgStatus
dg_parse_var_or_iri(DgParser *p, DgNode *node)
{
  if (p->token.kind == DG_TOK_VAR) {
    return dg_parse_var(p, node);
  }
  *node = (DgNode){ .var = DG_VAR_NONE };
  return dg_parse_is_iri(p) ? dg_parse_iri(p, &node->term)
                            : dg_parse_expected(p, "a variable or an IRI");
}

/** RDFLiteral (129). */
static DgStatus
parse_string(DgParser *p, DgTerm *term)
{
  *term = dg_term_string(dg_lexer_string(p->arena, p->token.text));
  DG_TRY_PTR(term->value.ptr);
  dg_parse_advance(p);
  if (p->token.kind == DG_TOK_LANG) {
    const DgStr tag = dg_str_sub(p->token.text, 1, p->token.text.len);
    term->lang = dg_arena_copy(p->arena, tag);
    char *const lang = (char *)(uintptr_t)term->lang.ptr;
    DG_TRY_PTR(lang);
    for (size_t i = 0; i < tag.len; ++i) {
      lang[i] =
          (char)(lang[i] >= 'A' && lang[i] <= 'Z' ? lang[i] + 32 : lang[i]);
    }
    dg_parse_advance(p);
  } else if (dg_parse_skip_punct(p, "^^")) {
    DgTerm type;
    DG_TRY(dg_parse_iri(p, &type));
    if (!dg_str_equal(type.value, DG_STR(XSD "string"))) {
      term->datatype = type.value;
    }
  }
  return DG_OK;
}

static bool
is_number(DgTok kind)
{
  return kind == DG_TOK_INTEGER || kind == DG_TOK_DECIMAL ||
         kind == DG_TOK_DOUBLE;
}

/* A sign belongs to the number that follows it without a gap. */
static bool
is_signed_number(const DgParser *p)
{
  if (!dg_parse_is_punct(p, "+") && !dg_parse_is_punct(p, "-")) {
    return false;
  }
  const DgToken next = dg_lexer_next(p->text, p->token.span.end);
  return is_number(next.kind) && next.span.begin == p->token.span.end;
}

static DgStatus
parse_number(DgParser *p, DgTerm *term)
{
  const size_t begin = p->token.span.begin;
  if (!is_number(p->token.kind)) {
    dg_parse_advance(p);
  }
  const DgStr types[] = { DG_STR(XSD "integer"), DG_STR(XSD "decimal"),
                          DG_STR(XSD "double") };
  const DgStr text = dg_str_sub(p->text, begin, p->token.span.end);
  *term = dg_term_typed(text, types[p->token.kind - DG_TOK_INTEGER]);
  dg_parse_advance(p);
  return DG_OK;
}

bool
dg_parse_is_literal(const DgParser *p)
{
  return p->token.kind == DG_TOK_STRING || is_number(p->token.kind) ||
         is_signed_number(p) || dg_parse_is_word(p, "true") ||
         dg_parse_is_word(p, "false");
}

DgStatus
dg_parse_literal(DgParser *p, DgTerm *term)
{
  if (p->token.kind == DG_TOK_STRING) {
    return parse_string(p, term);
  }
  if (is_number(p->token.kind) || is_signed_number(p)) {
    return parse_number(p, term);
  }
  /* BooleanLiteral (134) */
  const bool truth = dg_parse_is_word(p, "true");
  if (!truth && !dg_parse_is_word(p, "false")) {
    return dg_parse_expected(p, "a literal");
  }
  *term = dg_term_typed(truth ? DG_STR("true") : DG_STR("false"),
                        DG_STR(XSD "boolean"));
  dg_parse_advance(p);
  return DG_OK;
}

static DgStatus
new_blank_var(DgParser *p, DgStr label, DgVar *var)
{
  const char *const name =
      dg_arena_printf(p->arena, "_:%zu.%.*s", p->request->vars.n,
                      (int)label.len, label.ptr ? label.ptr : "");
  DG_TRY_PTR(name);
  return intern_var(p, dg_str(name), var);
}

DgStatus
dg_parse_fresh_blank(DgParser *p, DgNode *node)
{
  if (p->no_blanks) {
    return dg_parse_reject(p, p->token.span,
                           "blank nodes cannot be deleted by name; expected a "
                           "variable or a term");
  }
  *node = (DgNode){ .var = DG_VAR_NONE };
  return new_blank_var(p, DG_STR_NONE, &node->var);
}

/* A label of another graph pattern, or of another DATA, cannot come again. */
static bool
is_taken(const DgParser *p, const DgLabel *known)
{
  return !p->in_template || (p->no_vars && known->in_data);
}

/** A label means one node within one basic graph pattern (4.1.4). */
static DgStatus
parse_label(DgParser *p, DgNode *node)
{
  const DgStr label = dg_str_sub(p->token.text, 2, p->token.text.len);
  const DgLabel *taken = NULL;
  for (size_t i = 0; i < p->labels.n; ++i) {
    const DgLabel *const known = &p->labels.items[i];
    if (known->in_template != p->in_template ||
        !dg_str_equal(known->label, label)) {
      continue;
    }
    if (known->scope == p->scope) {
      node->var = known->var;
      dg_parse_advance(p);
      return DG_OK;
    }
    taken = is_taken(p, known) ? known : taken;
  }
  if (taken) {
    return dg_parse_reject(p, p->token.span,
                           "blank node '_:%.*s' was used in another %s; use "
                           "a variable",
                           (int)label.len, label.ptr,
                           p->in_template ? "operation" : "graph pattern");
  }
  DG_TRY(dg_parse_fresh_blank(p, node));
  DgLabel *const fresh = DG_VEC_ADD(p->arena, &p->labels);
  DG_TRY_PTR(fresh);
  *fresh = (DgLabel){ label, node->var, p->in_template, p->no_vars, p->scope };
  dg_parse_advance(p);
  return DG_OK;
}

DgStatus
dg_parse_node(DgParser *p, DgNode *node)
{
  *node = (DgNode){ .var = DG_VAR_NONE };
  if (p->token.kind == DG_TOK_VAR) {
    return dg_parse_var(p, node);
  }
  if (dg_parse_is_iri(p)) {
    return dg_parse_iri(p, &node->term);
  }
  if (p->token.kind == DG_TOK_BLANK) {
    return parse_label(p, node);
  }
  if (dg_parse_is_literal(p)) {
    return dg_parse_literal(p, &node->term);
  }
  return dg_parse_expected(p, "a variable or a term");
}

/** BaseDecl (5). */
static DgStatus
parse_base(DgParser *p)
{
  DgTerm base;
  if (p->token.kind != DG_TOK_IRI) {
    return dg_parse_expected(p, "an IRI in <>");
  }
  DG_TRY(dg_parse_iri(p, &base));
  p->request->base = base.value;
  return DG_OK;
}

/** PrefixDecl (6). */
static DgStatus
parse_prefix(DgParser *p)
{
  const DgStr name = p->token.text;
  if (p->token.kind != DG_TOK_PNAME || name.ptr[name.len - 1] != ':' ||
      dg_str_find(name, DG_STR(":"), 0) != name.len - 1) {
    return dg_parse_expected(p, "a prefix and a colon, such as 'deal:'");
  }
  dg_parse_advance(p);
  if (p->token.kind != DG_TOK_IRI) {
    return dg_parse_expected(p, "an IRI in <>");
  }
  DgTerm iri;
  DG_TRY(dg_parse_iri(p, &iri));
  DgPrefix *const prefix = DG_VEC_ADD(p->arena, &p->prefixes);
  DG_TRY_PTR(prefix);
  *prefix = (DgPrefix){ dg_str_sub(name, 0, name.len - 1), iri.value };
  return DG_OK;
}

DgStatus
dg_parse_prologue(DgParser *p)
{
  for (;;) {
    if (dg_parse_skip_word(p, "BASE")) {
      DG_TRY(parse_base(p));
    } else if (dg_parse_skip_word(p, "PREFIX")) {
      DG_TRY(parse_prefix(p));
    } else {
      return DG_OK;
    }
  }
}
