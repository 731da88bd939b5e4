/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_MERGE_P_H
#define DG_MERGE_MERGE_P_H

#include "merge/merge.h"
#include "store/lookup.h"

/** Predicates and classes that are read, by number. */
#define DG_READ_TERMS(X)                                                       \
  X(rdf_type)                                                                  \
  X(deal_Deal)                                                                 \
  X(deal_duplicateOf)                                                          \
  X(deal_status)                                                               \
  X(deal_amountValue)                                                          \
  X(deal_amountMax)                                                            \
  X(deal_currency)                                                             \
  X(deal_amountQualifier)                                                      \
  X(deal_stake)                                                                \
  X(deal_valuation)                                                            \
  X(deal_valuationCurrency)                                                    \
  X(deal_round)                                                                \
  X(deal_exclusive)                                                            \
  X(deal_productName)                                                          \
  X(deal_date)                                                                 \
  X(deal_dateText)                                                             \
  X(deal_announcedOn)                                                          \
  X(dcterms_issued)                                                            \
  X(dcterms_title)                                                             \
  X(deal_url)                                                                  \
  X(deal_articleId)                                                            \
  X(deal_mentionOf)                                                            \
  X(deal_quote)                                                                \
  X(deal_begin)                                                                \
  X(deal_end)                                                                  \
  X(deal_confidence)                                                           \
  X(deal_saidBy)                                                               \
  X(deal_rule)                                                                 \
  X(rdfs_label)                                                                \
  X(deal_country)                                                              \
  X(skos_altLabel)                                                             \
  X(deal_record)                                                               \
  X(prov_endedAtTime)                                                          \
  X(prov_wasGeneratedBy)

typedef enum {
#define DG_READ_VALUE(name) DG_READ_##name,
  DG_READ_TERMS(DG_READ_VALUE)
#undef DG_READ_VALUE
      DG_READ_COUNT
} DgReadTerm;

/** Ids of the vocabulary in one dataset; DG_ID_NONE for what it lacks. */
typedef struct {
  DgId terms[DG_READ_COUNT];
  DgId types[DG_TOLD_TYPE_COUNT];
  DgId roles[DG_TOLD_ROLE_COUNT];
  DgId statuses[DG_TOLD_STATUS_COUNT];
  DgId merges;    /**< the graph */
  DgId decisions; /**< the graph */
} DgReadIds;

/** A deal's id and its unit. */
typedef struct {
  DgId id;
  DgUnit *unit;
} DgKnownDeal;

struct DgMerge {
  DgDataset *set;
  const DgDecisions *decisions;
  DgArena *arena;
  DgArena *scratch; /**< while a unit is read */
  DgActors *actors;
  DgReadIds ids;
  DgUnits units;      /**< all that were read; sorted by IRI when grouped */
  DgKnownDeal *known; /**< [known_mask + 1], a hash table by id */
  size_t known_mask;
  size_t n_known;
  DgUnits scope;   /**< those that are grouped, by IRI */
  bool all;        /**< the scope is all deals */
  DgIds touched;   /**< deals, merged ones too, whose merges are made anew */
  DgGroup *groups; /**< [n_groups] */
  size_t n_groups;
  DgLostDecisions lost;
  bool limited;
};

/** Look up the ids; again after a write that may have made terms. */
DgStatus
dg_merge_find_ids(DgMerge *merge);

/**
 * The unit of a deal, read when it is not known yet; null when no graph tells
 * it. For use within dg_merge_read, as long as there is a scratch arena.
 */
DgStatus
dg_merge_unit(DgMerge *merge, DgId deal, DgUnit **unit);

/** All deals of all graphs. */
DgStatus
dg_merge_read_all(DgMerge *merge);

/** The passages of all tellings of a unit, once. */
DgStatus
dg_merge_passages(DgMerge *merge, DgUnit *unit);

/** The least literal or IRI of a property, whatever the graph, or absent. */
DgStatus
dg_merge_value(DgMerge *merge, DgId s, DgReadTerm p, DgStr *value);

/** Groups of the scope, and what counts in each. */
DgStatus
dg_merge_settle(DgMerge *merge);

/**
 * Put the decisions on deals to the groups: what people decided stands before
 * what articles tell.
 */
DgStatus
dg_merge_apply(DgMerge *merge);

/** The id of an IRI, DG_ID_NONE when no quad has it. */
DgStatus
dg_merge_id(DgMerge *merge, DgStr iri, DgId *id);

#endif
