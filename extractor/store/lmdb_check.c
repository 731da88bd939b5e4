/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <stdlib.h>

/* What a walk over one index finds. */
typedef struct {
  DgIndexTally tally;
  uint64_t sum; /* of the hashes of quads, whatever their order */
} Found;

typedef struct {
  DgLmdb *db;
  DgDiag *diag;
  uint8_t *kinds; /* [n_kinds], kind of each number, or 0 */
  uint64_t n_kinds;
  Found found[DG_INDEXES];
} Check;

static DgStatus
broken(Check *check, const char *what, const char *where)
{
  (void)dg_diag_set(check->diag, DG_BROKEN, "%s (%s)", what, where);
  dg_diag_source(check->diag, check->db->folder);
  return DG_BROKEN;
}

static uint64_t
mix(uint64_t bits)
{
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
  return bits ^ bits >> 31;
}

static uint64_t
quad_sum(const DgIdQuad *quad)
{
  return mix(mix(mix(mix(quad->s + 1) + quad->p) + quad->o) + quad->g);
}

static DgStatus
check_terms_of(Check *check, const DgKey *key)
{
  for (int i = 0; i < 4; ++i) {
    const DgId id = key->at[i];
    const uint64_t number = dg_id_number(id);
    if (dg_id_is_inline(id)) {
      if (!dg_id_datatype(dg_id_kind(id)).len &&
          dg_id_kind(id) != DG_ID_KIND_SHORT) {
        return broken(check, "an id of no known kind", "quads");
      }
    } else if (id == DG_ID_DEFAULT_GRAPH
                   ? i != 3
                   : number >= check->n_kinds ||
                         check->kinds[number] != (uint8_t)(id >> 56)) {
      return broken(check, "a quad's term is missing", "terms");
    }
  }
  return DG_OK;
}

/* One block: keys rise, and its own key is the last of them. */
static DgStatus
check_block(Check *check, int index, const MDB_val *key, const MDB_val *value,
            DgKey *last, bool *any)
{
  const char *const name = dg_order_names[index];
  Found *const found = &check->found[index];
  DgBlockReader block;
  if (key->mv_size != 32 ||
      dg_block_open(&block, value->mv_data, value->mv_size) != DG_OK) {
    return broken(check, "a block cannot be read", name);
  }
  DgStatus status;
  while ((status = dg_block_next(&block)) == DG_OK) {
    if (*any && dg_key_compare(last, &block.key) >= 0) {
      return broken(check, "quads are out of order", name);
    }
    const DgIdQuad quad = dg_key_quad(&block.key, index);
    found->sum += quad_sum(&quad);
    DG_TRY(dg_tally_key(&found->tally, index, *any ? last : NULL, &block.key));
    if (index == 0) {
      DG_TRY(check_terms_of(check, &block.key));
    }
    *last = block.key;
    *any = true;
  }
  uint8_t bytes[32];
  dg_lmdb_key_bytes(last, bytes);
  if (status != DG_NO_MATCH || block.at != block.end ||
      (memcmp(key->mv_data, bytes, sizeof bytes) != 0 &&
       memcmp(key->mv_data, dg_lmdb_last_key, sizeof bytes) != 0)) {
    return broken(check, "a block is damaged", name);
  }
  return DG_OK;
}

static DgStatus
check_index(Check *check, int index)
{
  MDB_cursor *cursor = NULL;
  DgLmdb *const db = check->db;
  DG_TRY(dg_lmdb_status(
      mdb_cursor_open(dg_lmdb_txn(db), db->file->tables[index], &cursor)));
  MDB_val key;
  MDB_val value;
  DgKey last;
  bool any = false;
  DgStatus status = DG_OK;
  int code = 0;
  while (status == DG_OK &&
         !(code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))) {
    status = check_block(check, index, &key, &value, &last, &any);
  }
  mdb_cursor_close(cursor);
  if (code && code != MDB_NOTFOUND) {
    return broken(check, mdb_strerror(code), dg_order_names[index]);
  }
  if (status == DG_OK &&
      (check->found[index].tally.quads != check->found[0].tally.quads ||
       check->found[index].sum != check->found[0].sum)) {
    return broken(check, "the indexes hold different quads",
                  dg_order_names[index]);
  }
  return status;
}

/* One term: it can be read, and its hash leads back to it. */
static DgStatus
check_term(Check *check, const MDB_val *key, const MDB_val *value)
{
  uint64_t number = 0;
  const DgStr bytes = dg_str_n(value->mv_data, value->mv_size);
  DgTerm term;
  if (key->mv_size == sizeof number) {
    memcpy(&number, key->mv_data, sizeof number);
  }
  if (!number || number >= check->n_kinds ||
      dg_lmdb_unpack_term(bytes, &term) != DG_OK) {
    return broken(check, "a term cannot be read", "terms");
  }
  check->kinds[number] = (uint8_t)dg_lmdb_packed_kind(bytes);
  uint64_t found = 0;
  if (dg_lmdb_number_of(check->db, dg_str_hash(bytes), bytes, &found) !=
          DG_OK ||
      found != number) {
    return broken(check, "a term is not found by its hash", "hashes");
  }
  return DG_OK;
}

static DgStatus
check_terms(Check *check)
{
  DgLmdb *const db = check->db;
  MDB_txn *const txn = dg_lmdb_txn(db);
  uint64_t next = 0;
  DgStatus status =
      dg_lmdb_get_meta(txn, db->file->tables[DG_LMDB_META], "next", &next);
  if (status != DG_OK && status != DG_NO_MATCH) {
    return broken(check, "the next number cannot be read", "meta");
  }
  check->n_kinds = next;
  check->kinds = calloc(next + 1, 1);
  DG_TRY_PTR(check->kinds);
  MDB_stat terms;
  MDB_stat hashes;
  if (mdb_stat(txn, db->file->tables[DG_LMDB_TERMS], &terms) ||
      mdb_stat(txn, db->file->tables[DG_LMDB_HASHES], &hashes) ||
      terms.ms_entries != hashes.ms_entries) {
    return broken(check, "there are more hashes than terms, or fewer",
                  "hashes");
  }
  MDB_cursor *cursor = NULL;
  DG_TRY(dg_lmdb_status(
      mdb_cursor_open(txn, db->file->tables[DG_LMDB_TERMS], &cursor)));
  MDB_val key;
  MDB_val value;
  status = DG_OK;
  while (status == DG_OK && !mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
    status = check_term(check, &key, &value);
  }
  mdb_cursor_close(cursor);
  return status;
}

typedef struct {
  Check *check;
  char place;
  uint64_t rows;
} RowCheck;

static DgStatus
check_row(void *self, const DgStoreCount *row)
{
  RowCheck *const rows = self;
  Check *const check = rows->check;
  ++rows->rows;
  if (rows->place == 'g') {
    DgLmdbChange *const graph =
        dg_changes_at(&check->found[3].tally.rows, row->id);
    DG_TRY_PTR(graph);
    return (uint64_t)graph->quads == row->quads
               ? DG_OK
               : broken(check, "the count of a graph is wrong", "counts");
  }
  DgLmdbChange *const subjects =
      dg_changes_at(&check->found[0].tally.rows, row->id);
  DgLmdbChange *const others =
      dg_changes_at(&check->found[1].tally.rows, row->id);
  DG_TRY_PTR(subjects);
  DG_TRY_PTR(others);
  return (uint64_t)subjects->subjects == row->subjects &&
                 (uint64_t)others->objects == row->objects &&
                 (uint64_t)others->quads == row->quads
             ? DG_OK
             : broken(check, "the count of a predicate is wrong", "counts");
}

static DgStatus
check_counts(Check *check)
{
  DgStoreTotals totals;
  DG_TRY(dg_lmdb_totals(&check->db->base, &totals));
  const Found *const found = check->found;
  if (totals.quads != found[0].tally.quads ||
      totals.subjects != found[0].tally.firsts ||
      totals.predicates != found[1].tally.firsts ||
      totals.objects != found[2].tally.firsts ||
      totals.graphs != found[3].tally.firsts) {
    return broken(check, "the totals are wrong", "counts");
  }
  RowCheck rows = { check, 'p', 0 };
  DG_TRY(dg_lmdb_counts(&check->db->base, 'p', check_row, &rows));
  if (rows.rows != totals.predicates) {
    return broken(check, "a predicate has no count", "counts");
  }
  rows = (RowCheck){ check, 'g', 0 };
  DG_TRY(dg_lmdb_counts(&check->db->base, 'g', check_row, &rows));
  return rows.rows == totals.graphs
             ? DG_OK
             : broken(check, "a graph has no count", "counts");
}

DgStatus
dg_lmdb_check(DgDataset *store, DgDiag *diag)
{
  Check check = { .db = dg_lmdb_of(store), .diag = diag };
  DG_TRY(store->class_->read_begin(store, diag));
  DgStatus status = dg_lmdb_flush(check.db);
  status = status == DG_OK ? check_terms(&check) : status;
  for (int i = 0; status == DG_OK && i < DG_INDEXES; ++i) {
    status = check_index(&check, i);
  }
  status = status == DG_OK ? check_counts(&check) : status;
  store->class_->read_end(store);
  free(check.kinds);
  for (int i = 0; i < DG_INDEXES; ++i) {
    free(check.found[i].tally.rows.slots);
  }
  return status;
}
