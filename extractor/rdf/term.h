/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_TERM_H
#define DG_RDF_TERM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

typedef enum {
  DG_TERM_NONE, /**< absent; as a graph: the default graph */
  DG_TERM_IRI,
  DG_TERM_LITERAL,
  DG_TERM_BLANK
} DgTermKind;

/**
 * An RDF 1.1 term; its strings are borrowed. A literal with a language has
 * datatype rdf:langString, which is not written in `datatype`; a plain literal
 * has an absent `datatype` and means xsd:string.
 */
typedef struct {
  DgTermKind kind;
  DgStr value;    /**< IRI, lexical form, or blank label without "_:" */
  DgStr datatype; /**< literal: datatype IRI, absent for xsd:string */
  DgStr lang;     /**< literal: language tag, lower case, or absent */
} DgTerm;

typedef struct {
  DgTerm s;
  DgTerm p;
  DgTerm o;
  DgTerm g; /**< DG_TERM_NONE for the default graph */
} DgQuad;

/** Where quads flow to. */
typedef struct {
  DgStatus (*quad)(void *self, const DgQuad *quad);
  void *self;
} DgQuadSink;

static inline DgStatus
dg_quad_sink_put(const DgQuadSink *sink, const DgQuad *quad)
{
  return sink->quad(sink->self, quad);
}

static inline DgTerm
dg_term_iri(DgStr iri)
{
  return (DgTerm){ DG_TERM_IRI, iri, DG_STR_NONE, DG_STR_NONE };
}

static inline DgTerm
dg_term_string(DgStr value)
{
  return (DgTerm){ DG_TERM_LITERAL, value, DG_STR_NONE, DG_STR_NONE };
}

static inline DgTerm
dg_term_typed(DgStr value, DgStr datatype)
{
  return (DgTerm){ DG_TERM_LITERAL, value, datatype, DG_STR_NONE };
}

static inline DgTerm
dg_term_lang(DgStr value, DgStr lang)
{
  return (DgTerm){ DG_TERM_LITERAL, value, DG_STR_NONE, lang };
}

bool
dg_term_equal(const DgTerm *a, const DgTerm *b);

/** A total order: kind, value, datatype, language, by bytes. */
int
dg_term_compare(const DgTerm *a, const DgTerm *b);

/** Graph, subject, predicate, object. */
int
dg_quad_compare(const DgQuad *a, const DgQuad *b);

uint64_t
dg_term_hash(const DgTerm *term);

/** Copy with all strings in `arena`. */
DgStatus
dg_term_copy(DgArena *arena, const DgTerm *term, DgTerm *copy);

/** All four terms, by dg_term_copy. */
DgStatus
dg_quad_copy(DgArena *arena, const DgQuad *quad, DgQuad *copy);

/**
 * Append in canonical N-Triples form ("<iri>", "\"text\"@fr", "_:b").
 * Source: RDF 1.1 N-Triples, section 4 (canonical form).
 */
void
dg_term_write(const DgTerm *term, DgBuf *out);

/** Append one N-Quads line, " .\n" included. */
void
dg_quad_write(const DgQuad *quad, DgBuf *out);

#endif
