/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/rdf_reader_p.h"

#include <raptor2.h>

static DgStr
uri_str(raptor_uri *uri)
{
  size_t len = 0;
  const char *const text =
      (const char *)(uri ? raptor_uri_as_counted_string(uri, &len) : NULL);
  return dg_str_n(text, len);
}

static DgTerm
read_term(DgRdfReading *reading, const raptor_term *from)
{
  DgTerm term = { 0 };
  if (from->type == RAPTOR_TERM_TYPE_URI) {
    return dg_term_iri(uri_str(from->value.uri));
  }
  if (from->type == RAPTOR_TERM_TYPE_BLANK) {
    term.kind = DG_TERM_BLANK;
    term.value = dg_rdf_reading_blank(
        reading, dg_str_n((const char *)from->value.blank.string,
                          from->value.blank.string_len));
    return term;
  }
  const raptor_term_literal_value *const literal = &from->value.literal;
  term.value = dg_str_n((const char *)literal->string, literal->string_len);
  dg_rdf_reading_literal(
      reading, &term, uri_str(literal->datatype),
      dg_str_n((const char *)literal->language, literal->language_len));
  return term;
}

static void
on_statement(void *handle, raptor_statement *statement)
{
  DgRdfReading *const reading = handle;
  DgQuad quad = { read_term(reading, statement->subject),
                  read_term(reading, statement->predicate),
                  read_term(reading, statement->object),
                  { 0 } };
  (void)dg_rdf_reading_put(reading, &quad);
}

static void
on_log(void *handle, raptor_log_message *message)
{
  if (message->level < RAPTOR_LOG_LEVEL_ERROR) {
    return;
  }
  const int line = message->locator ? message->locator->line : 0;
  const int column = message->locator ? message->locator->column : 0;
  dg_rdf_reading_error(handle, line > 0 ? (size_t)line : 0,
                       column > 0 ? (size_t)column : 0, message->text);
}

/*
 * raptor 2.0.15 counts a language tag's bytes in an unsigned char and writes
 * past its copy of a longer one. So each xml:lang must be short, and plain: a
 * reference to an entity, or a default of the DTD, could be anything.
 */
static size_t
find_bad_lang(DgStr text)
{
  enum { LONGEST = 200 };
  size_t at = 0;
  while ((at = dg_str_find(text, DG_STR("xml:lang"), at)) != SIZE_MAX) {
    size_t i = at + strlen("xml:lang");
    while (i < text.len && strchr(" \t\r\n=", text.ptr[i])) {
      ++i;
    }
    const char quote = i < text.len ? text.ptr[i++] : '\0';
    size_t end = i;
    while (end < text.len && text.ptr[end] != quote && text.ptr[end] != '&' &&
           end - i <= LONGEST) {
      ++end;
    }
    if ((quote != '"' && quote != '\'') || end == text.len ||
        text.ptr[end] != quote) {
      return at;
    }
    at = end;
  }
  return SIZE_MAX;
}

static DgStatus
parse(DgRdfReading *reading, raptor_world *world, raptor_parser *parser)
{
  /* Nothing may be fetched because a document asks for it. */
  raptor_parser_set_option(parser, RAPTOR_OPTION_NO_NET, NULL, 1);
  raptor_parser_set_option(parser, RAPTOR_OPTION_NO_FILE, NULL, 1);
  raptor_parser_set_option(parser, RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, NULL,
                           0);
  raptor_parser_set_statement_handler(parser, reading, on_statement);
  raptor_uri *const base = raptor_new_uri_from_counted_string(
      world,
      (const unsigned char *)(reading->base.len ? reading->base.ptr
                                                : "urn:x-none:"),
      reading->base.len ? reading->base.len : strlen("urn:x-none:"));
  DG_TRY_PTR(base);
  if (raptor_parser_parse_start(parser, base) ||
      raptor_parser_parse_chunk(parser,
                                (const unsigned char *)reading->bytes.ptr,
                                reading->bytes.len, 1)) {
    dg_rdf_reading_error(reading, 0, 0, "not RDF/XML");
  }
  raptor_free_uri(base);
  return reading->status;
}

DgStatus
dg_rdf_read_raptor(DgRdfReading *reading)
{
  const size_t bad = find_bad_lang(reading->bytes);
  if (bad != SIZE_MAX) {
    size_t line = 1;
    for (size_t i = 0; i < bad; ++i) {
      line += reading->bytes.ptr[i] == '\n';
    }
    dg_rdf_reading_error(reading, line, 0, "xml:lang is no short plain value");
    return reading->status;
  }
  raptor_world *const world = raptor_new_world();
  DG_TRY_PTR(world);
  raptor_world_set_log_handler(world, reading, on_log);
  DgStatus status = DG_NO_MEMORY;
  if (!raptor_world_open(world)) {
    raptor_parser *const parser = raptor_new_parser(world, "rdfxml");
    if (parser) {
      status = parse(reading, world, parser);
      raptor_free_parser(parser);
    }
  }
  raptor_free_world(world);
  return status;
}
