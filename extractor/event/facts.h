/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EVENT_FACTS_H
#define DG_EVENT_FACTS_H

#include "entity/entity.h"

#define DG_DEAL_TYPES(X)                                                       \
  X(Partnership)                                                               \
  X(Investment)                                                                \
  X(FundingRound)                                                              \
  X(Acquisition)                                                               \
  X(Merger)                                                                    \
  X(JointVenture)                                                              \
  X(Divestiture)                                                               \
  X(Contract)                                                                  \
  X(ProductLaunch)

typedef enum {
#define DG_DEAL_TYPE_VALUE(name) DG_DEAL_##name,
  DG_DEAL_TYPES(DG_DEAL_TYPE_VALUE)
#undef DG_DEAL_TYPE_VALUE
      DG_DEAL_TYPE_COUNT
} DgDealType;

/** In order of how far the deal is; the last three are ends of their own. */
#define DG_DEAL_STATUSES(X)                                                    \
  X(RUMOURED, "rumoured")                                                      \
  X(PLANNED, "planned")                                                        \
  X(ANNOUNCED, "announced")                                                    \
  X(COMPLETED, "completed")                                                    \
  X(CANCELLED, "cancelled")                                                    \
  X(POSTPONED, "postponed")                                                    \
  X(DENIED, "denied")

typedef enum {
#define DG_DEAL_STATUS_VALUE(name, text) DG_DEAL_##name,
  DG_DEAL_STATUSES(DG_DEAL_STATUS_VALUE)
#undef DG_DEAL_STATUS_VALUE
} DgDealStatus;

#define DG_DEAL_ROLES(X)                                                       \
  X(COMPANY, "company")                                                        \
  X(PARTNER, "partner")                                                        \
  X(INVESTOR, "investor")                                                      \
  X(LEAD_INVESTOR, "lead_investor")                                            \
  X(ACQUIRER, "acquirer")                                                      \
  X(TARGET, "target")                                                          \
  X(SELLER, "seller")                                                          \
  X(SUPPLIER, "supplier")                                                      \
  X(CUSTOMER, "customer")

typedef enum {
#define DG_DEAL_ROLE_VALUE(name, text) DG_ROLE_##name,
  DG_DEAL_ROLES(DG_DEAL_ROLE_VALUE)
#undef DG_DEAL_ROLE_VALUE
      DG_ROLE_COUNT
} DgDealRole;

/** "Partnership", ...; "rumoured", ...; "company", ... */
const char *
dg_deal_type_text(DgDealType type);
const char *
dg_deal_status_text(DgDealStatus status);
const char *
dg_deal_role_text(DgDealRole role);

/** Entities in one role, ascending by first mention, each once. */
typedef struct {
  uint32_t *items; /**< [n] indexes of entities */
  size_t n;
  size_t cap;
} DgRoleFill;

/** Where an article says a thing. */
typedef struct {
  DgSpan span;  /**< bytes of the text */
  DgSpan chars; /**< the same in code points */
  DgStr quote;  /**< the text of `span` */
  DgStr rule;   /**< id of the rule that read it */
} DgEvidence;

/** What happened on the way from matches to a deal. */
#define DG_DEAL_STEPS(X)                                                       \
  X(READ, "read")               /* a match tells the deal; the first is */     \
                                /* the best, others were merged into it */     \
  X(FILL, "fill")               /* a capture of the match gave `what` */       \
  X(SET, "set")                 /* a `set` line of the rule gave `what` */     \
  X(STATUS_RULE, "status-rule") /* status by a `set` line of the rule */       \
  X(STATUS_FORM, "status-form") /* status by the form of the trigger */        \
  X(STATUS_DEFAULT, "status-default")                                          \
  X(STATUS_CUE, "status-cue")     /* status by a context rule's match */       \
  X(STATUS_PAST, "status-past")   /* announced long ago: done since */         \
  X(STATUS_TAKEN, "status-taken") /* status of a merged telling is better */   \
  X(DATE, "date")                 /* nearest date; `what` is its text */       \
  X(TYPE, "type")                 /* the stake settled the type; `what` was */ \
  X(NEGATED, "negated")           /* a cue says that there is no deal; the */  \
                                  /* next step, STATUS_CUE, is that cue */     \
  X(INCOMPLETE, "incomplete")     /* a party is missing */

typedef enum {
#define DG_DEAL_STEP_VALUE(name, text) DG_STEP_##name,
  DG_DEAL_STEPS(DG_DEAL_STEP_VALUE)
#undef DG_DEAL_STEP_VALUE
} DgStepKind;

/** "read", "fill", ... */
const char *
dg_step_kind_text(DgStepKind kind);

/** One step, for explanations. */
typedef struct {
  DgStepKind kind;
  uint32_t match; /**< index of the match that did it, or UINT32_MAX */
  DgStr what;     /**< role, attribute, status, type; or absent */
} DgStep;

typedef struct {
  DgStep *items; /**< [n] in the order in which they were taken */
  size_t n;
  size_t cap;
} DgSteps;

/** One deal as one article tells it. */
typedef struct {
  DgDealType type;
  DgDealStatus status;
  DgStr cue;     /**< wording that decided the status, or absent */
  DgStr said_by; /**< source that the text names, or absent */
  DgRoleFill roles[DG_ROLE_COUNT];
  bool has_amount;
  DgMoney amount;
  bool has_stake;
  DgDecimal stake; /**< percent */
  bool has_valuation;
  DgMoney valuation;
  DgStr round;     /**< "Series A", "seed", "IPO", or absent */
  DgDate date;     /**< precision NONE when the text gives none */
  int exclusive;   /**< 1 yes, 0 no, -1 not said */
  DgStr *products; /**< [n_products] */
  size_t n_products;
  DgEvidence *evidence; /**< [n_evidence], best first, at least one */
  size_t n_evidence;
  double confidence; /**< 0..1: estimated probability that it is right */
  DgSteps steps;     /**< how it came about */
} DgDeal;

#define DG_RELATION_TYPES(X)                                                   \
  X(COMPETITOR, "competitor")                                                  \
  X(AFFILIATE, "affiliate")                                                    \
  X(SUBSIDIARY, "subsidiary")                                                  \
  X(FOUNDER, "founder")                                                        \
  X(EXECUTIVE, "executive")                                                    \
  X(HEADQUARTERS, "headquarters")                                              \
  X(CUSTOMER, "customer")                                                      \
  X(SUPPLIER, "supplier")                                                      \
  X(PRODUCT, "product")                                                        \
  X(FORMER_NAME, "former_name")

typedef enum {
#define DG_RELATION_VALUE(name, text) DG_RELATION_##name,
  DG_RELATION_TYPES(DG_RELATION_VALUE)
#undef DG_RELATION_VALUE
} DgRelationType;

const char *
dg_relation_type_text(DgRelationType type);

/** A tie between two actors that is no deal: subject is TYPE of object. */
typedef struct {
  DgRelationType type;
  uint32_t subject; /**< index of an entity */
  uint32_t object;
  DgStr detail; /**< executive: the function as written, or absent */
  DgEvidence evidence;
  double confidence;
} DgRelation;

/** All that one article says; memory is in the article's arena. */
typedef struct {
  const DgDocument *document;
  const DgText *text;
  const DgValue *values; /**< [n_values] that mentions point to */
  size_t n_values;
  DgMentions mentions;
  DgEntities entities;
  DgDeal *deals; /**< [n_deals] by first evidence */
  size_t n_deals;
  DgSteps dropped;       /**< tellings that gave no deal: NEGATED, INCOMPLETE */
  DgRelation *relations; /**< [n_relations] by evidence */
  size_t n_relations;
} DgFacts;

/** Deal types that may be the same event told in other words. */
typedef enum {
  DG_FAMILY_INVESTMENT,  /**< Investment, FundingRound */
  DG_FAMILY_ACQUISITION, /**< Acquisition, Merger, Divestiture */
  DG_FAMILY_PARTNERSHIP, /**< Partnership, JointVenture, Contract */
  DG_FAMILY_LAUNCH
} DgDealFamily;

DgDealFamily
dg_deal_family(DgDealType type);

/** The deal type, status, role or relation of a word; -1 for none. */
int
dg_deal_type_named(DgStr name);
int
dg_deal_status_named(DgStr name);
int
dg_deal_role_named(DgStr name);
int
dg_relation_type_named(DgStr name);

/**
 * Append the facts as one line of JSON, newline included: the facts format
 * (doc/facts-format.md).
 */
void
dg_facts_write_json(const DgFacts *facts, DgBuf *out);

#endif
