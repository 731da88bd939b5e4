/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <stdlib.h>

/*
 * A term is packed as a byte for the kind of its id, then: an IRI, a blank
 * label or a string as it is; a tagged literal as the tag's length, the tag
 * and the text; another literal as a byte that names its datatype, 0 for one
 * that is spelled out after its length, and the text. The list of datatypes
 * belongs to the format: a change of it is another format.
 */
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static const char *const datatypes[] = {
  NULL,
  XSD "boolean",
  XSD "decimal",
  XSD "integer",
  XSD "double",
  XSD "float",
  XSD "date",
  XSD "time",
  XSD "dateTime",
  XSD "dateTimeStamp",
  XSD "gYear",
  XSD "gMonth",
  XSD "gDay",
  XSD "gYearMonth",
  XSD "gMonthDay",
  XSD "duration",
  XSD "yearMonthDuration",
  XSD "dayTimeDuration",
  XSD "byte",
  XSD "short",
  XSD "int",
  XSD "long",
  XSD "unsignedByte",
  XSD "unsignedShort",
  XSD "unsignedInt",
  XSD "unsignedLong",
  XSD "positiveInteger",
  XSD "nonNegativeInteger",
  XSD "negativeInteger",
  XSD "nonPositiveInteger",
  XSD "hexBinary",
  XSD "base64Binary",
  XSD "anyURI",
  XSD "language",
  XSD "normalizedString",
  XSD "token",
  RDF "HTML",
  RDF "XMLLiteral",
  RDF "JSON",
};

enum { DATATYPES = sizeof datatypes / sizeof *datatypes };

static unsigned
datatype_code(DgStr iri)
{
  for (unsigned i = 1; i < DATATYPES; ++i) {
    if (dg_str_equal(dg_str(datatypes[i]), iri)) {
      return i;
    }
  }
  return 0;
}

static void
add_length(DgBuf *out, size_t n)
{
  for (; n >= 0x80; n >>= 7) {
    dg_buf_add_char(out, (char)(n | 0x80));
  }
  dg_buf_add_char(out, (char)n);
}

void
dg_lmdb_pack_term(const DgTerm *term, DgBuf *out)
{
  const DgIdKind kind = dg_id_kind_of(term);
  dg_buf_add_char(out, (char)kind);
  if (kind == DG_ID_KIND_LANG) {
    add_length(out, term->lang.len);
    dg_buf_add(out, term->lang);
  } else if (kind == DG_ID_KIND_TYPED) {
    const unsigned code = datatype_code(term->datatype);
    dg_buf_add_char(out, (char)code);
    if (!code) {
      add_length(out, term->datatype.len);
      dg_buf_add(out, term->datatype);
    }
  }
  dg_buf_add(out, term->value);
}

/* Cut a string off that stands after its length. */
static bool
cut_counted(DgStr *rest, DgStr *piece)
{
  size_t n = 0;
  unsigned shift = 0;
  for (size_t i = 0; i < rest->len && shift < 57; ++i, shift += 7) {
    const uint8_t byte = (uint8_t)rest->ptr[i];
    n |= (size_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (n > rest->len - i - 1) {
        return false;
      }
      *piece = dg_str_n(rest->ptr + i + 1, n);
      *rest = dg_str_sub(*rest, i + 1 + n, rest->len);
      return true;
    }
  }
  return false;
}

static DgStatus
unpack_typed(DgStr rest, DgTerm *term)
{
  const unsigned code = rest.len ? (uint8_t)rest.ptr[0] : DATATYPES;
  if (code >= DATATYPES) {
    return DG_BROKEN;
  }
  rest = dg_str_sub(rest, 1, rest.len);
  term->datatype = dg_str(datatypes[code]);
  if (!code && !cut_counted(&rest, &term->datatype)) {
    return DG_BROKEN;
  }
  term->value = rest;
  return DG_OK;
}

DgIdKind
dg_lmdb_packed_kind(DgStr bytes)
{
  return bytes.len ? (DgIdKind)(uint8_t)bytes.ptr[0] : DG_ID_KIND_NONE;
}

DgStatus
dg_lmdb_unpack_term(DgStr bytes, DgTerm *term)
{
  DgStr rest = dg_str_sub(bytes, 1, bytes.len);
  *term = (DgTerm){ DG_TERM_LITERAL, rest, DG_STR_NONE, DG_STR_NONE };
  switch (dg_lmdb_packed_kind(bytes)) {
  case DG_ID_KIND_IRI:
    term->kind = DG_TERM_IRI;
    return DG_OK;
  case DG_ID_KIND_BLANK:
    term->kind = DG_TERM_BLANK;
    return DG_OK;
  case DG_ID_KIND_STRING:
    return DG_OK;
  case DG_ID_KIND_LANG:
    if (!cut_counted(&rest, &term->lang)) {
      return DG_BROKEN;
    }
    term->value = rest;
    return DG_OK;
  case DG_ID_KIND_TYPED:
    return unpack_typed(rest, term);
  default:
    return DG_BROKEN;
  }
}

DgStatus
dg_lmdb_packed_of(DgLmdb *db, uint64_t number, DgStr *bytes)
{
  MDB_cursor *cursor = NULL;
  MDB_val key = { sizeof number, &number };
  MDB_val value;
  int code = dg_lmdb_lookup(db, DG_LMDB_TERMS, &cursor);
  code = code ? code : mdb_cursor_get(cursor, &key, &value, MDB_SET);
  if (code) {
    return dg_lmdb_status(code);
  }
  *bytes = dg_str_n(value.mv_data, value.mv_size);
  return DG_OK;
}

DgStatus
dg_lmdb_number_of(DgLmdb *db, uint64_t hash, DgStr bytes, uint64_t *number)
{
  MDB_cursor *cursor = NULL;
  MDB_val key = { sizeof hash, &hash };
  MDB_val value;
  int code = dg_lmdb_lookup(db, DG_LMDB_HASHES, &cursor);
  code = code ? code : mdb_cursor_get(cursor, &key, &value, MDB_SET_KEY);
  while (!code) {
    DgStr stored;
    memcpy(number, value.mv_data, sizeof *number);
    DG_TRY(dg_lmdb_packed_of(db, *number, &stored));
    if (dg_str_equal(stored, bytes)) {
      return DG_OK;
    }
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT_DUP);
  }
  return dg_lmdb_status(code);
}

/* The cache: one place a hash. */

void
dg_lmdb_forget_terms(DgLmdb *db)
{
  free(db->cache);
  db->cache = NULL;
  ++db->numbering;
}

static DgCachedTerm *
cache_place(DgLmdb *db, uint64_t hash, DgStr bytes)
{
  if (bytes.len > DG_LMDB_CACHE_BYTES) {
    return NULL;
  }
  if (!db->cache) {
    db->cache = calloc(DG_LMDB_CACHE, sizeof *db->cache);
  }
  return db->cache ? &db->cache[hash % DG_LMDB_CACHE] : NULL;
}

static bool
is_cached(const DgCachedTerm *place, uint64_t hash, DgStr bytes)
{
  return place && place->id && place->hash == hash &&
         place->size == bytes.len &&
         !memcmp(place->bytes, bytes.ptr, bytes.len);
}

static void
keep(DgCachedTerm *place, uint64_t hash, DgStr bytes, DgId id)
{
  if (place) {
    place->hash = hash;
    place->id = id;
    place->size = (uint32_t)bytes.len;
    memcpy(place->bytes, bytes.ptr, bytes.len);
  }
}

static DgStatus
add_term(DgLmdb *db, uint64_t hash, DgStr bytes, uint64_t *number)
{
  *number = db->next_term;
  MDB_val key = { sizeof *number, number };
  MDB_val value = { bytes.len, (void *)(uintptr_t)bytes.ptr };
  MDB_cursor *cursor = NULL;
  int code = dg_lmdb_lookup(db, DG_LMDB_TERMS, &cursor);
  code = code ? code : mdb_cursor_put(cursor, &key, &value, MDB_APPEND);
  if (!code) {
    MDB_val hash_key = { sizeof hash, &hash };
    MDB_val hash_value = { sizeof *number, number };
    code = dg_lmdb_lookup(db, DG_LMDB_HASHES, &cursor);
    code = code ? code : mdb_cursor_put(cursor, &hash_key, &hash_value, 0);
  }
  if (code) {
    return dg_lmdb_status(code);
  }
  ++db->next_term;
  return DG_OK;
}

static DgStatus
id_of(DgLmdb *db, const DgTerm *term, bool make, DgId *id)
{
  if (dg_id_encode(term, id) == DG_OK) {
    return DG_OK;
  }
  dg_buf_reset(&db->scratch);
  dg_lmdb_pack_term(term, &db->scratch);
  DG_TRY(dg_buf_status(&db->scratch));
  const DgStr bytes = dg_buf_str(&db->scratch);
  const uint64_t hash = dg_str_hash(bytes);
  DgCachedTerm *const place = cache_place(db, hash, bytes);
  if (is_cached(place, hash, bytes)) {
    *id = place->id;
    return DG_OK;
  }
  uint64_t number = 0;
  DgStatus status = dg_lmdb_number_of(db, hash, bytes, &number);
  if (status == DG_NO_MATCH && make) {
    status = add_term(db, hash, bytes, &number);
  }
  DG_TRY(status);
  *id = dg_id_make(dg_lmdb_packed_kind(bytes), number);
  keep(place, hash, bytes, *id);
  return DG_OK;
}

DgStatus
dg_lmdb_find_id(DgDataset *self, const DgTerm *term, DgId *id)
{
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  return id_of(dg_lmdb_of(self), term, false, id);
}

DgStatus
dg_lmdb_make_id(DgDataset *self, const DgTerm *term, DgId *id)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  if (!db->writer) {
    return DG_UNSUPPORTED;
  }
  const DgStatus status = id_of(db, term, true, id);
  if (status != DG_OK) {
    dg_lmdb_note_failure(db, status);
  }
  return status;
}

DgStatus
dg_lmdb_get_term(DgDataset *self, DgId id, DgArena *arena, DgTerm *term)
{
  if (dg_id_is_inline(id)) {
    return dg_id_term(id, arena, term);
  }
  if (id == DG_ID_DEFAULT_GRAPH) {
    *term = (DgTerm){ DG_TERM_NONE, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
    return DG_OK;
  }
  DgStr bytes;
  DgTerm packed;
  DG_TRY(dg_lmdb_packed_of(dg_lmdb_of(self), dg_id_number(id), &bytes));
  DG_TRY(dg_lmdb_unpack_term(bytes, &packed));
  *term = packed;
  term->value = dg_arena_copy(arena, packed.value);
  DG_TRY_PTR(term->value.ptr);
  if (packed.lang.len) {
    term->lang = dg_arena_copy(arena, packed.lang);
    DG_TRY_PTR(term->lang.ptr);
  }
  /* A well-known datatype is a constant; another one is in the map. */
  if (packed.datatype.len && !datatype_code(packed.datatype)) {
    term->datatype = dg_arena_copy(arena, packed.datatype);
    DG_TRY_PTR(term->datatype.ptr);
  }
  return DG_OK;
}
