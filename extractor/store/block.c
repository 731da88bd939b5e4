/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/block.h"

#include "store/id.h"

enum { HEAD = 2, KEY_MOST = 48 /* bytes that any key fits in */ };

/* A LEB128 number is never written with a needless last zero, so that these
 * two bytes are free to mean "the id itself follows". */
static const uint8_t escape[2] = { 0x80, 0x00 };

static uint8_t *
put_number(uint8_t *at, uint64_t value)
{
  while (value >= 0x80) {
    *at++ = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  *at++ = (uint8_t)value;
  return at;
}

static inline bool
get_number(DgBlockReader *r, uint64_t *value)
{
  uint64_t sum = 0;
  for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
    const uint8_t byte = *r->at++;
    sum |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *value = sum;
      return true;
    }
  }
  return false;
}

/* The kind in the low byte, and small integers without their offset. */
static inline uint64_t
fold_id(DgId id)
{
  id = dg_id_is_integer(id) ? id ^ ((DgId)1 << 55) : id;
  return id << 8 | id >> 56;
}

static inline DgId
unfold_id(uint64_t bits)
{
  const DgId id = bits >> 8 | bits << 56;
  return dg_id_is_integer(id) ? id ^ ((DgId)1 << 55) : id;
}

static uint8_t *
put_later(uint8_t *at, DgId before, DgId id)
{
  if (before >> 56 == id >> 56) {
    const int64_t step = (int64_t)(id - before);
    return put_number(at, (uint64_t)step << 1 ^ (uint64_t)(step >> 63));
  }
  *at++ = escape[0];
  *at++ = escape[1];
  return put_number(at, fold_id(id));
}

static inline bool
get_later(DgBlockReader *r, DgId *id)
{
  uint64_t bits = 0;
  if (r->end - r->at >= 2 && r->at[0] == escape[0] && r->at[1] == escape[1]) {
    r->at += 2;
    if (!get_number(r, &bits)) {
      return false;
    }
    *id = unfold_id(bits);
    return true;
  }
  if (!get_number(r, &bits)) {
    return false;
  }
  *id += bits >> 1 ^ (0 - (bits & 1));
  return true;
}

/* A whole first key, or what differs from the one before. */
static uint8_t *
put_key(uint8_t *at, const DgKey *before, const DgKey *key)
{
  if (!before) {
    for (int i = 0; i < 4; ++i) {
      at = put_number(at, fold_id(key->at[i]));
    }
    return at;
  }
  unsigned first = 0;
  while (first < 3 && before->at[first] == key->at[first]) {
    ++first;
  }
  const uint64_t more = key->at[first] - before->at[first];
  /* Two bits for the place; a step too large for the rest follows whole. */
  if (more < (uint64_t)1 << 61) {
    at = put_number(at, more << 2 | first);
  } else {
    at = put_number(at, first);
    at = put_number(at, fold_id(key->at[first]));
  }
  for (unsigned i = first + 1; i < 4; ++i) {
    at = put_later(at, before->at[i], key->at[i]);
  }
  return at;
}

unsigned
dg_block_count(const void *bytes, size_t size)
{
  const uint8_t *const head = bytes;
  return size < HEAD ? 0 : (unsigned)head[0] | (unsigned)head[1] << 8;
}

DgStatus
dg_block_open(DgBlockReader *reader, const void *bytes, size_t size)
{
  reader->left = dg_block_count(bytes, size);
  if (!reader->left || size > DG_BLOCK_BYTES) {
    return DG_BROKEN;
  }
  reader->at = (const uint8_t *)bytes + HEAD;
  reader->end = (const uint8_t *)bytes + size;
  uint64_t bits = 0;
  for (int i = 0; i < 4; ++i) {
    if (!get_number(reader, &bits)) {
      return DG_BROKEN;
    }
    reader->key.at[i] = unfold_id(bits);
  }
  /* The first one is handed out by the first call of next: it differs in
   * nothing from itself, which the top bit of `left` stands for. */
  reader->left |= 0x10000;
  return DG_OK;
}

DgStatus
dg_block_next(DgBlockReader *reader)
{
  if (reader->left & 0x10000) {
    reader->left = (reader->left & 0xFFFF) - 1;
    return DG_OK;
  }
  if (!reader->left) {
    return DG_NO_MATCH;
  }
  --reader->left;
  uint64_t head = 0;
  if (!get_number(reader, &head)) {
    return DG_BROKEN;
  }
  const unsigned first = head & 3;
  if (head >> 2) {
    reader->key.at[first] += head >> 2;
  } else {
    uint64_t bits = 0;
    if (!get_number(reader, &bits)) {
      return DG_BROKEN;
    }
    reader->key.at[first] = unfold_id(bits);
  }
  for (unsigned i = first + 1; i < 4; ++i) {
    if (!get_later(reader, &reader->key.at[i])) {
      return DG_BROKEN;
    }
  }
  return DG_OK;
}

void
dg_block_start(DgBlockWriter *writer)
{
  writer->size = HEAD;
  writer->count = 0;
}

bool
dg_block_add(DgBlockWriter *writer, const DgKey *key, size_t limit)
{
  uint8_t bytes[KEY_MOST];
  const DgKey *const before = writer->count ? &writer->last : NULL;
  const size_t size = (size_t)(put_key(bytes, before, key) - bytes);
  limit = limit < DG_BLOCK_BYTES ? limit : DG_BLOCK_BYTES;
  if (writer->size + size > limit && writer->count) {
    return false;
  }
  memcpy(writer->bytes + writer->size, bytes, size);
  writer->size += size;
  ++writer->count;
  writer->bytes[0] = (uint8_t)writer->count;
  writer->bytes[1] = (uint8_t)(writer->count >> 8);
  writer->last = *key;
  return true;
}

size_t
dg_block_cost(const DgKey *before, const DgKey *key)
{
  uint8_t bytes[KEY_MOST];
  return (size_t)(put_key(bytes, before, key) - bytes);
}
