/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/completion.h"

#include "cli/saved_query.h"
#include "sparql/sparql.h"

#include <strings.h>

static const char *const keywords[] = {
  "SELECT",    "DISTINCT",  "WHERE",    "FILTER",  "OPTIONAL",     "UNION",
  "MINUS",     "GRAPH",     "BIND",     "VALUES",  "ORDER",        "GROUP",
  "HAVING",    "LIMIT",     "OFFSET",   "PREFIX",  "BASE",         "ASK",
  "CONSTRUCT", "DESCRIBE",  "EXISTS",   "SERVICE", "COUNT",        "SUM",
  "AVG",       "MIN",       "MAX",      "SAMPLE",  "GROUP_CONCAT", "REGEX",
  "CONTAINS",  "STRSTARTS", "COALESCE", "REPLACE", "BOUND",        "YEAR",
  "LANG",      "STR",       "CONCAT",
};

/* Properties and classes, more of them than anybody reads. */
static const char *const questions[] = {
  "SELECT DISTINCT ?x { ?s ?x ?o } LIMIT 1000",
  "SELECT DISTINCT ?x { ?s a ?x } LIMIT 1000",
};

static DgStatus
add_word(DgCompletion *c, DgStr word)
{
  DgStr *const slot = DG_VEC_ADD(c->arena, &c->words);
  DG_TRY_PTR(slot);
  *slot = dg_arena_copy(c->arena, word);
  return slot->ptr ? DG_OK : DG_NO_MEMORY;
}

static DgStatus
add_prefixes(DgCompletion *c)
{
  size_t n;
  const DgKnownPrefix *const known = dg_parse_known_prefixes(&n);
  for (size_t i = 0; i < n; ++i) {
    DgBuf word = DG_BUF_INIT;
    dg_buf_printf(&word, "%s:", known[i].name);
    const DgStatus status = add_word(c, dg_buf_str(&word));
    dg_buf_clear(&word);
    DG_TRY(status);
  }
  return DG_OK;
}

/* An IRI as it is typed: with a prefix, or not at all. */
static DgStatus
add_iri(DgCompletion *c, DgStr iri)
{
  size_t n;
  const DgKnownPrefix *const known = dg_parse_known_prefixes(&n);
  for (size_t i = 0; i < n; ++i) {
    const DgStr start = dg_str(known[i].iri);
    if (!dg_str_starts(iri, start)) {
      continue;
    }
    DgBuf word = DG_BUF_INIT;
    dg_buf_printf(&word, "%s:", known[i].name);
    dg_buf_add(&word, dg_str_sub(iri, start.len, iri.len));
    const DgStatus status = add_word(c, dg_buf_str(&word));
    dg_buf_clear(&word);
    return status;
  }
  return DG_OK;
}

static DgStatus
add_answers(DgCompletion *c, DgSparql *query, DgDataset *dataset)
{
  const DgSparqlOptions options = { .limits = { .timeout = 0.5 } };
  DgDiag diag = DG_DIAG_INIT;
  DgSolutions *solutions = NULL;
  DgStatus status =
      dg_sparql_execute(query, dataset, &options, &solutions, &diag);
  while (status == DG_OK && (status = dg_solutions_next(solutions)) == DG_OK) {
    DgTerm term;
    status = dg_solutions_value(solutions, 0, &term);
    status = status == DG_OK ? add_iri(c, term.value) : status;
  }
  dg_solutions_free(solutions);
  dg_diag_clear(&diag);
  return status == DG_NO_MEMORY ? status : DG_OK;
}

static DgStatus
add_terms(DgCompletion *c, DgDataset *dataset)
{
  const DgParseOptions parse = { 0 };
  for (size_t i = 0; i < sizeof questions / sizeof *questions; ++i) {
    DgSparql *query = NULL;
    DG_TRY(
        dg_sparql_prepare(dg_str(questions[i]), false, &parse, &query, NULL));
    const DgStatus status = add_answers(c, query, dataset);
    dg_sparql_free(query);
    DG_TRY(status);
  }
  return DG_OK;
}

/* The first word of each line of the list. */
static DgStatus
add_queries(DgCompletion *c)
{
  DgBuf list = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = DG_OK;
  if (dg_saved_query_list(c->arena, &list, &diag) == DG_OK) {
    DgStr rest = dg_buf_str(&list);
    DgStr line;
    DgStr name;
    while (status == DG_OK && dg_str_cut(&rest, '\n', &line)) {
      if (dg_str_cut(&line, ' ', &name) && name.len) {
        status = add_word(c, name);
      }
    }
  }
  dg_diag_clear(&diag);
  dg_buf_clear(&list);
  return status;
}

DgStatus
dg_completion_init(DgCompletion *c, DgDataset *dataset)
{
  *c = (DgCompletion){ .arena = dg_arena_new() };
  DG_TRY_PTR(c->arena);
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; ++i) {
    DG_TRY(add_word(c, dg_str(keywords[i])));
  }
  DG_TRY(add_prefixes(c));
  DG_TRY(add_queries(c));
  return add_terms(c, dataset);
}

void
dg_completion_clear(DgCompletion *c)
{
  dg_arena_free(c->arena);
}

static bool
is_word_char(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':';
}

DgStr
dg_completion_word(DgStr line)
{
  size_t begin = line.len;
  while (begin > 0 && is_word_char(line.ptr[begin - 1])) {
    --begin;
  }
  return dg_str_sub(line, begin, line.len);
}

static size_t
agree(DgStr a, DgStr b)
{
  size_t n = 0;
  while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n]) {
    ++n;
  }
  return n;
}

DgStr
dg_completion_find(const DgCompletion *c, DgStr start, DgBuf *list)
{
  DgStr common = DG_STR_NONE;
  for (size_t i = 0; i < c->words.n; ++i) {
    const DgStr word = c->words.items[i];
    if (word.len < start.len ||
        strncasecmp(word.ptr, start.ptr, start.len) != 0) {
      continue;
    }
    const DgStr more = dg_str_sub(word, start.len, word.len);
    common = common.ptr ? dg_str_sub(common, 0, agree(common, more)) : more;
    dg_buf_add(list, word);
    dg_buf_add_char(list, ' ');
  }
  return common;
}
