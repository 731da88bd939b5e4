/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Queries and updates that follow the grammar: each byte of the input chooses
 * a production where there is a choice, so that what a fuzzer changes stays a
 * request that parses, and it gets to the planner and the operators. The
 * productions are those of SPARQL 1.1 Query, section 19.8, cut down to what
 * each operator and kind of function needs.
 */
#include "try_sparql.h"

#include "base/buf.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH_MAX = 5, TEXT_MAX = 6000 };

typedef struct {
  const uint8_t *at;
  const uint8_t *end;
  DgBuf out;
  unsigned depth;
  unsigned fresh; /* variables that BIND and AS have made */
} Maker;

/* A choice of 0 to n - 1; always 0 once the input or the room has ended, so
 * that 0 must be what ends soonest. */
static unsigned
pick(Maker *m, unsigned n)
{
  const bool over =
      m->at == m->end || m->depth > DEPTH_MAX || m->out.len > TEXT_MAX;
  return over ? 0 : *m->at++ % n;
}

static void
say(Maker *m, const char *text)
{
  dg_buf_add(&m->out, dg_str(text));
  dg_buf_add_char(&m->out, ' ');
}

#define SAY_ONE(m, words) say_one(m, words, sizeof(words) / sizeof *(words))

static void
say_one(Maker *m, const char *const *words, unsigned n)
{
  say(m, words[pick(m, n)]);
}

static void
say_var(Maker *m)
{
  static const char *const names[] = { "?a", "?b", "?c", "?d", "$e", "?a" };
  SAY_ONE(m, names);
}

static void
say_term(Maker *m)
{
  static const char *const terms[] = {
    "<a>",
    "<b>",
    "<c>",
    "<d>",
    "1",
    "2.5",
    "1e0",
    "true",
    "\"x\"@fr",
    "\"y\"",
    "'z'",
    "\"2020-02-29\"^^<http://www.w3.org/2001/XMLSchema#date>",
    "7",
    "\"P1D\"^^<http://www.w3.org/2001/XMLSchema#duration>",
    "\"2020-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>",
    "\"bad\"^^<http://www.w3.org/2001/XMLSchema#integer>",
  };
  SAY_ONE(m, terms);
}

static void
say_node(Maker *m)
{
  static const char *const blanks[] = { "_:x", "[]", "( 1 ?b )", "[ <p> ?c ]" };
  const unsigned kind = pick(m, 8);
  if (kind < 5) {
    say_var(m);
  } else if (kind < 7) {
    say_term(m);
  } else {
    SAY_ONE(m, blanks);
  }
}

static void
say_path(Maker *m)
{
  static const char *const links[] = { "<p>", "<q>", "a", "!<p>",
                                       "!(<p>|^<q>)" };
  static const char *const after[] = { "", "*", "+", "?" };
  static const char *const between[] = { "/", "|" };
  ++m->depth;
  switch (pick(m, 4)) {
  case 1:
    say(m, "(");
    say_path(m);
    SAY_ONE(m, between);
    say_path(m);
    say(m, ")");
    break;
  case 2:
    say(m, "^");
    SAY_ONE(m, links);
    break;
  default:
    SAY_ONE(m, links);
  }
  SAY_ONE(m, after);
  --m->depth;
}

static void
say_triple(Maker *m, bool paths)
{
  static const char *const links[] = { "<p>", "<q>", "?p", "?a" };
  say_node(m);
  if (paths && pick(m, 3) == 1) {
    say_path(m);
  } else {
    SAY_ONE(m, links);
  }
  say_node(m);
  if (pick(m, 4) == 1) {
    say(m, "; <q>");
    say_node(m);
    say(m, ",");
    say_node(m);
  }
  say(m, ".");
}

static void
say_group(Maker *m);

static void
say_expression(Maker *m);

static void
say_arguments(Maker *m, unsigned n)
{
  say(m, "(");
  for (unsigned i = 0; i < n; ++i) {
    say(m, i ? "," : "");
    say_expression(m);
  }
  say(m, ")");
}

static void
say_call(Maker *m)
{
  static const struct {
    const char *name;
    unsigned n;
  } calls[] = {
    { "STR", 1 },
    { "LANG", 1 },
    { "DATATYPE", 1 },
    { "IRI", 1 },
    { "ABS", 1 },
    { "CEIL", 1 },
    { "ROUND", 1 },
    { "FLOOR", 1 },
    { "CONCAT", 3 },
    { "STRLEN", 1 },
    { "SUBSTR", 3 },
    { "SUBSTR", 2 },
    { "UCASE", 1 },
    { "LCASE", 1 },
    { "ENCODE_FOR_URI", 1 },
    { "CONTAINS", 2 },
    { "STRSTARTS", 2 },
    { "STRENDS", 2 },
    { "STRBEFORE", 2 },
    { "STRAFTER", 2 },
    { "YEAR", 1 },
    { "MONTH", 1 },
    { "SECONDS", 1 },
    { "TIMEZONE", 1 },
    { "TZ", 1 },
    { "MD5", 1 },
    { "SHA256", 1 },
    { "COALESCE", 3 },
    { "IF", 3 },
    { "STRLANG", 2 },
    { "STRDT", 2 },
    { "sameTerm", 2 },
    { "isIRI", 1 },
    { "isBLANK", 1 },
    { "isNUMERIC", 1 },
    { "REGEX", 2 },
    { "REGEX", 3 },
    { "REPLACE", 3 },
    { "LANGMATCHES", 2 },
    { "<http://www.w3.org/2001/XMLSchema#integer>", 1 },
    { "<http://www.w3.org/2001/XMLSchema#dateTime>", 1 },
    { "<http://www.w3.org/2001/XMLSchema#double>", 1 },
    { "<https://dealgraph.org/ns#similarity>", 2 },
    { "<https://dealgraph.org/ns#matches>", 2 },
    { "<https://dealgraph.org/ns#quarter>", 1 },
    { "BNODE", 1 },
    { "BNODE", 0 },
  };
  const unsigned which = pick(m, sizeof calls / sizeof *calls);
  say(m, calls[which].name);
  say_arguments(m, calls[which].n);
}

static void
say_expression(Maker *m)
{
  static const char *const operators[] = { "=", "!=", "<", ">=", "&&", "||",
                                           "+", "-",  "*", "/",  ">",  "<=" };
  static const char *const signs[] = { "!", "-", "+" };
  static const char *const tests[] = { "EXISTS", "NOT EXISTS" };
  static const char *const sets[] = { "IN", "NOT IN" };
  ++m->depth;
  switch (pick(m, 8)) {
  case 1:
    say_term(m);
    break;
  case 2:
    say(m, "(");
    say_expression(m);
    SAY_ONE(m, operators);
    say_expression(m);
    say(m, ")");
    break;
  case 3:
    say_call(m);
    break;
  case 4:
    SAY_ONE(m, signs);
    say(m, "(");
    say_expression(m);
    say(m, ")");
    break;
  case 5:
    say(m, "(");
    SAY_ONE(m, tests);
    say_group(m);
    say(m, ")");
    break;
  case 6:
    say(m, "(");
    say_var(m);
    SAY_ONE(m, sets);
    say_arguments(m, pick(m, 4));
    say(m, ")");
    break;
  case 7:
    say(m, "BOUND (");
    say_var(m);
    say(m, ")");
    break;
  default:
    say_var(m);
  }
  --m->depth;
}

static void
say_fresh(Maker *m)
{
  dg_buf_printf(&m->out, "AS ?f%u ) ", m->fresh++);
}

static void
say_aggregate(Maker *m)
{
  static const char *const names[] = { "COUNT", "SUM",    "AVG",         "MIN",
                                       "MAX",   "SAMPLE", "GROUP_CONCAT" };
  static const char *const distinct[] = { "", "DISTINCT" };
  say(m, "(");
  SAY_ONE(m, names);
  say(m, "(");
  SAY_ONE(m, distinct);
  say_expression(m);
  say(m, ")");
  say_fresh(m);
}

static void
say_order(Maker *m)
{
  static const char *const ways[] = { "ASC", "DESC" };
  static const char *const slices[] = { "", "LIMIT 3", "OFFSET 1",
                                        "LIMIT 2 OFFSET 1" };
  if (pick(m, 3) == 1) {
    say(m, "ORDER BY");
    SAY_ONE(m, ways);
    say_arguments(m, 1);
    say_var(m);
  }
  SAY_ONE(m, slices);
}

/* SELECT with its group; GROUP BY with aggregates, or plain columns. */
static void
say_select(Maker *m)
{
  static const char *const heads[] = { "SELECT", "SELECT DISTINCT",
                                       "SELECT REDUCED" };
  ++m->depth;
  SAY_ONE(m, heads);
  switch (pick(m, 4)) {
  case 1:
    say(m, "?b");
    say_aggregate(m);
    say_group(m);
    say(m, "GROUP BY ?b HAVING ( COUNT(*) >");
    say_term(m);
    say(m, ")");
    break;
  case 2:
    say_aggregate(m);
    say_group(m);
    break;
  case 3:
    say(m, "?b ( ");
    say_expression(m);
    say_fresh(m);
    say_group(m);
    break;
  default:
    say(m, "*");
    say_group(m);
  }
  say_order(m);
  --m->depth;
}

static void
say_values(Maker *m)
{
  say(m, "VALUES ( ?a ?b ) { ( UNDEF");
  say_term(m);
  say(m, ") (");
  say_term(m);
  say(m, "UNDEF ) }");
}

static void
say_part(Maker *m)
{
  static const char *const around[] = { "OPTIONAL", "MINUS",     "",
                                        "GRAPH ?g", "GRAPH <g>", "GRAPH ?a" };
  switch (pick(m, 8)) {
  case 1:
  case 2:
    SAY_ONE(m, around);
    say_group(m);
    break;
  case 3:
    say_group(m);
    say(m, "UNION");
    say_group(m);
    break;
  case 4:
    say(m, "FILTER (");
    say_expression(m);
    say(m, ")");
    break;
  case 5:
    say(m, "BIND (");
    say_expression(m);
    say_fresh(m);
    break;
  case 6:
    say_values(m);
    break;
  case 7:
    say(m, "{");
    say_select(m);
    say(m, "}");
    break;
  default:
    say_triple(m, true);
  }
}

static void
say_group(Maker *m)
{
  ++m->depth;
  say(m, "{");
  say_triple(m, true);
  for (unsigned n = pick(m, 4); n > 0; --n) {
    say_part(m);
  }
  say(m, "}");
  --m->depth;
}

static void
say_query(Maker *m)
{
  switch (pick(m, 8)) {
  case 1:
    say(m, "ASK");
    say_group(m);
    break;
  case 2:
    say(m, "CONSTRUCT {");
    say_triple(m, false);
    say(m, "} WHERE");
    say_group(m);
    say_order(m);
    break;
  case 3:
    say(m, "DESCRIBE ?a <a> WHERE");
    say_group(m);
    break;
  default:
    say_select(m);
  }
}

static void
say_update(Maker *m)
{
  static const char *const others[] = {
    "CLEAR ALL",
    "DROP SILENT GRAPH <g>",
    "CREATE GRAPH <n>",
    "COPY DEFAULT TO <g>",
    "MOVE <g> TO <h>",
    "ADD <h> TO DEFAULT",
    "INSERT DATA { <a> <p> 1 . GRAPH <g> { <b> <q> _:b } }",
    "DELETE DATA { <a> <p> <b> }",
  };
  switch (pick(m, 3)) {
  case 1:
    SAY_ONE(m, others);
    break;
  case 2:
    say(m, "WITH <g> DELETE { ?a ?p ?b } INSERT { ?b <p> ?a } WHERE");
    say_group(m);
    break;
  default:
    say(m, "DELETE { GRAPH ?g { ?a <p> ?b } } INSERT {");
    say_triple(m, false);
    say(m, "} WHERE");
    say_group(m);
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Maker m = { data, data + size, DG_BUF_INIT, 0, 0 };
  if (pick(&m, 5) == 4) {
    say_update(&m);
    dg_try_update(dg_buf_str(&m.out));
  } else {
    say_query(&m);
    dg_try_query(dg_buf_str(&m.out));
  }
  dg_buf_clear(&m.out);
  return 0;
}
