/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_NAMES_H
#define DG_MERGE_NAMES_H

#include "base/str.h"

/**
 * The vocabulary's deal types, roles and statuses by number, as they stand in
 * the graph: names are those after "deal:".
 *
 * Families as in doc/facts-format.md: only deals of one family can be the same.
 */
typedef enum {
  DG_KIN_ALLIANCE,
  DG_KIN_MONEY,
  DG_KIN_CONTROL,
  DG_KIN_LAUNCH
} DgKin;

#define DG_TOLD_TYPES(X)                                                       \
  X(Partnership, ALLIANCE)                                                     \
  X(Investment, MONEY)                                                         \
  X(FundingRound, MONEY)                                                       \
  X(Acquisition, CONTROL)                                                      \
  X(Merger, CONTROL)                                                           \
  X(JointVenture, ALLIANCE)                                                    \
  X(Divestiture, CONTROL)                                                      \
  X(Contract, ALLIANCE)                                                        \
  X(ProductLaunch, LAUNCH)

#define DG_TOLD_ROLES(X)                                                       \
  X(company)                                                                   \
  X(partner)                                                                   \
  X(investor)                                                                  \
  X(leadInvestor)                                                              \
  X(acquirer)                                                                  \
  X(target)                                                                    \
  X(seller)                                                                    \
  X(supplier)                                                                  \
  X(customer)

/** In order of how far the deal is; the last three are ends of their own. */
#define DG_TOLD_STATUSES(X)                                                    \
  X(rumoured)                                                                  \
  X(planned)                                                                   \
  X(announced)                                                                 \
  X(completed)                                                                 \
  X(cancelled)                                                                 \
  X(postponed)                                                                 \
  X(denied)

#define DG_TOLD_TYPE_VALUE(name, kin) DG_TOLD_##name,
#define DG_TOLD_VALUE(name) DG_TOLD_##name,

typedef enum {
  DG_TOLD_TYPES(DG_TOLD_TYPE_VALUE) DG_TOLD_TYPE_COUNT
} DgToldType;

typedef enum { DG_TOLD_ROLES(DG_TOLD_VALUE) DG_TOLD_ROLE_COUNT } DgToldRole;

typedef enum {
  DG_TOLD_STATUSES(DG_TOLD_VALUE) DG_TOLD_STATUS_COUNT
} DgToldStatus;

#undef DG_TOLD_TYPE_VALUE
#undef DG_TOLD_VALUE

/** A name and the IRI that it stands for in the graph. */
typedef struct {
  const char *name; /**< "FundingRound", "leadInvestor", "rumoured" */
  const char *iri;
} DgToldName;

extern const DgToldName dg_told_types[DG_TOLD_TYPE_COUNT];
extern const DgToldName dg_told_roles[DG_TOLD_ROLE_COUNT];
extern const DgToldName dg_told_statuses[DG_TOLD_STATUS_COUNT];

/** Number of `name` in a table of `n`, or -1. */
int
dg_told_find(const DgToldName *table, int n, DgStr name);

DgKin
dg_told_kin(DgToldType type);

/** Cancelled, postponed or denied. */
static inline bool
dg_told_is_off(DgToldStatus status)
{
  return status > DG_TOLD_completed;
}

/** The authority IRIs of currencies end in the ISO 4217 code. */
#define DG_CURRENCY_IRI                                                        \
  "http://publications.europa.eu/resource/authority/currency/"

#endif
