/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_DATASET_H
#define DG_STORE_DATASET_H

#include "base/diag.h"
#include "rdf/term.h"

/**
 * A term as a number, stable within one dataset. DG_ID_NONE is no term: in a
 * pattern it is a wildcard. DG_ID_DEFAULT_GRAPH is the default graph and
 * stands only in the graph place. Ids of small values carry the value itself
 * (see "store/id.h"), and are the same in every dataset.
 */
typedef uint64_t DgId;

#define DG_ID_NONE ((DgId)0)
#define DG_ID_DEFAULT_GRAPH ((DgId)1)

/** A quad of ids, or a pattern when some are DG_ID_NONE. */
typedef struct {
  DgId s;
  DgId p;
  DgId o;
  DgId g;
} DgIdQuad;

typedef struct DgDataset DgDataset;
typedef struct DgDatasetCursor DgDatasetCursor;

/**
 * The order in which a cursor gives quads: by the ids of these places, first
 * one first. DG_ORDER_ANY lets the dataset choose.
 */
typedef enum {
  DG_ORDER_ANY,
  DG_ORDER_SPOG,
  DG_ORDER_POSG,
  DG_ORDER_OSPG,
  DG_ORDER_GSPO,
  DG_ORDER_GPOS,
  DG_ORDER_GOSP
} DgOrder;

/**
 * What a set of quads can do. The query engine sees every store through this
 * table: our own LMDB storage, a set in memory, any librdf storage.
 *
 * Reads see one snapshot from `read_begin` to `read_end`. Functions return
 * DG_OK or a failure; `diag` may be null.
 */
typedef struct {
  const char *name;

  /** Free the dataset; an open write is rolled back. */
  void (*free)(DgDataset *self);

  DgStatus (*read_begin)(DgDataset *self, DgDiag *diag);
  void (*read_end)(DgDataset *self);

  /** Id of a term that some quad has; DG_NO_MATCH when there is none. */
  DgStatus (*find_id)(DgDataset *self, const DgTerm *term, DgId *id);

  /** The term of an id, its strings in `arena` or longer-lived. */
  DgStatus (*term)(DgDataset *self, DgId id, DgArena *arena, DgTerm *term);

  /**
   * Open a cursor over the quads that fit a pattern, in `order`.
   * @return DG_UNSUPPORTED when it cannot give that order.
   */
  DgStatus (*find)(DgDataset *self, DgIdQuad pattern, DgOrder order,
                   DgDatasetCursor **cursor);

  /** @return DG_OK and the next quad, DG_NO_MATCH at the end. */
  DgStatus (*next)(DgDatasetCursor *cursor, DgIdQuad *quad);

  /**
   * Move on to the first quad not before `key` in the cursor's order (places
   * compared in that order; DG_ID_NONE is least). May be null: then callers
   * read on.
   */
  DgStatus (*seek)(DgDatasetCursor *cursor, DgIdQuad key);

  void (*close)(DgDatasetCursor *cursor);

  /**
   * Quads that fit a pattern: exact where `*exact` is set, else an estimate.
   */
  DgStatus (*count)(DgDataset *self, DgIdQuad pattern, uint64_t *n,
                    bool *exact);

  /** Distinct ids in place "s", "p", "o" or "g" of a pattern's quads, about. */
  DgStatus (*distinct)(DgDataset *self, DgIdQuad pattern, char place,
                       uint64_t *n);

  /* Writing. All null for a dataset that can only be read. */
  DgStatus (*write_begin)(DgDataset *self, DgDiag *diag);
  DgStatus (*write_commit)(DgDataset *self, DgDiag *diag);
  void (*write_rollback)(DgDataset *self);

  /** Id of a term, made when new; inside a write. */
  DgStatus (*make_id)(DgDataset *self, const DgTerm *term, DgId *id);

  /** DG_NO_MATCH when the quad was there already. */
  DgStatus (*add)(DgDataset *self, DgIdQuad quad);

  /** DG_NO_MATCH when the quad was not there. */
  DgStatus (*remove)(DgDataset *self, DgIdQuad quad);
} DgDatasetClass;

/** The base that each implementation puts first in its own struct. */
struct DgDataset {
  const DgDatasetClass *class_;
};

struct DgDatasetCursor {
  const DgDatasetClass *class_;
};

#endif
