/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/merge_p.h"
#include "rdf/graphs.h"
#include "rdf/mint.h"
#include "rdf/quads.h"
#include "rdf/vocab.h"

#include <stdlib.h>

/* ---- writing only what changes ---- */

typedef DG_VEC(DgIdQuad) IdQuads;

static int
compare_quads(const void *a, const void *b)
{
  const DgIdQuad *const x = a;
  const DgIdQuad *const y = b;
  const DgId left[] = { x->s, x->p, x->o };
  const DgId right[] = { y->s, y->p, y->o };
  for (size_t i = 0; i < 3; ++i) {
    if (left[i] != right[i]) {
      return left[i] < right[i] ? -1 : 1;
    }
  }
  return 0;
}

static void
sort_once(IdQuads *quads)
{
  size_t kept = 0;
  if (quads->n) {
    qsort(quads->items, quads->n, sizeof(DgIdQuad), compare_quads);
  }
  for (size_t i = 0; i < quads->n; ++i) {
    if (!kept || compare_quads(&quads->items[i], &quads->items[kept - 1])) {
      quads->items[kept++] = quads->items[i];
    }
  }
  quads->n = kept;
}

static DgStatus
read_existing(DgDataset *set, DgIdQuad pattern, DgArena *arena, IdQuads *out)
{
  DgDatasetCursor *cursor = NULL;
  DG_TRY(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = set->class_->next(cursor, &quad)) == DG_OK) {
    DgIdQuad *const slot = DG_VEC_ADD(arena, out);
    status = slot ? DG_OK : DG_NO_MEMORY;
    if (slot) {
      *slot = quad;
    }
  }
  set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
make_ids(DgDataset *set, const DgQuads *quads, DgId graph, DgArena *arena,
         IdQuads *out)
{
  DG_TRY(quads->status);
  for (size_t i = 0; i < quads->list.n; ++i) {
    const DgQuad *const quad = &quads->list.items[i];
    DgIdQuad *const slot = DG_VEC_ADD(arena, out);
    DG_TRY_PTR(slot);
    slot->g = graph;
    DG_TRY(set->class_->make_id(set, &quad->s, &slot->s));
    DG_TRY(set->class_->make_id(set, &quad->p, &slot->p));
    DG_TRY(set->class_->make_id(set, &quad->o, &slot->o));
  }
  return DG_OK;
}

/* Remove what only `old` has and add what only `now` has. */
static DgStatus
write_difference(DgDataset *set, IdQuads *old, IdQuads *now,
                 DgMergeCounts *counts)
{
  size_t i = 0;
  size_t j = 0;
  sort_once(old);
  sort_once(now);
  while (i < old->n || j < now->n) {
    const int order = i >= old->n ? 1
                      : j >= now->n
                          ? -1
                          : compare_quads(&old->items[i], &now->items[j]);
    DgStatus status = DG_OK;
    if (order < 0) {
      status = set->class_->remove(set, old->items[i]);
      ++counts->removed;
    } else if (order > 0) {
      status = set->class_->add(set, now->items[j]);
      ++counts->added;
    }
    if (status != DG_OK && status != DG_NO_MATCH) {
      return status;
    }
    i += order <= 0;
    j += order >= 0;
  }
  return DG_OK;
}

/* ---- people and their decisions ---- */

static DgStr
minted(DgArena *arena, const char *folder, DgStr name)
{
  DgBuf iri = DG_BUF_INIT;
  dg_buf_printf(&iri, "%s%s/", DG_ID_BASE, folder);
  dg_mint_slug(name, &iri);
  const DgStr made =
      iri.failed ? DG_STR_NONE : dg_arena_copy(arena, dg_buf_str(&iri));
  dg_buf_clear(&iri);
  return made;
}

static DgStr
decision_iri(DgArena *arena, const DgDecision *decision)
{
  return minted(arena, "decision", decision->id);
}

static DgStr
agent_iri(DgArena *arena, const DgDecision *decision)
{
  return minted(arena, "agent", decision->who);
}

static DgStr
added_iri(DgArena *arena, const DgDecision *decision)
{
  return minted(
      arena, "deal",
      dg_str(dg_arena_printf(arena, "added-%.*s", (int)decision->id.len,
                             decision->id.ptr)));
}

/* ---- values of deals ---- */

static void
add_money(DgQuads *quads, DgStr s, const DgToldMoney *money)
{
  if (money->known) {
    dg_quads_decimal(quads, s, DG_V_deal_amountValue, money->value);
    dg_quads_string(quads, s, DG_V_deal_amountQualifier, money->qualifier);
    if (money->has_max) {
      dg_quads_decimal(quads, s, DG_V_deal_amountMax, money->max);
    }
  }
}

static void
add_currency(DgQuads *quads, DgStr s, const char *property,
             const DgToldMoney *money)
{
  if (money->known && money->currency.len) {
    const char *const iri =
        dg_arena_printf(quads->arena, DG_CURRENCY_IRI "%.*s",
                        (int)money->currency.len, money->currency.ptr);
    dg_quads_iri(quads, s, property, dg_str(iri));
  }
}

static void
add_date(DgQuads *quads, DgStr s, DgDate date)
{
  static const char *const precisions[] = {
    [DG_DATE_YEAR] = "year",       [DG_DATE_HALF] = "half",
    [DG_DATE_QUARTER] = "quarter", [DG_DATE_MONTH] = "month",
    [DG_DATE_WEEK] = "week",       [DG_DATE_DAY] = "day",
  };
  if (date.precision == DG_DATE_NONE) {
    return;
  }
  dg_quads_date(quads, s, DG_V_deal_date, date);
  dg_quads_string(quads, s, DG_V_deal_datePrecision,
                  dg_str(precisions[date.precision]));
  if (date.part) {
    char text[DG_DATE_TEXT];
    const DgStr form = dg_str_n(text, dg_date_write(date, text));
    dg_quads_string(quads, s, DG_V_deal_dateText,
                    dg_arena_copy(quads->arena, form));
  }
}

static void
add_parties(const DgMerge *merge, DgQuads *quads, const DgGroup *group)
{
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    for (size_t i = 0; i < group->roles[r].n; ++i) {
      dg_quads_iri(quads, group->iri, dg_told_roles[r].iri,
                   dg_actors_iri(merge->actors, group->roles[r].items[i]));
    }
  }
}

static void
add_values(DgQuads *quads, const DgGroup *g)
{
  const DgStr s = g->iri;
  dg_quads_iri(quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Deal));
  dg_quads_iri(quads, s, DG_V_rdf_type, dg_str(dg_told_types[g->type].iri));
  dg_quads_iri(quads, s, DG_V_deal_status,
               dg_str(dg_told_statuses[g->status].iri));
  add_money(quads, s, &g->amount);
  add_currency(quads, s, DG_V_deal_currency, &g->amount);
  if (g->valuation.known) {
    dg_quads_decimal(quads, s, DG_V_deal_valuation, g->valuation.value);
    add_currency(quads, s, DG_V_deal_valuationCurrency, &g->valuation);
  }
  if (g->has_stake) {
    dg_quads_decimal(quads, s, DG_V_deal_stake, g->stake);
  }
  add_date(quads, s, g->date);
  dg_quads_date(quads, s, DG_V_deal_announcedOn, g->announced);
  dg_quads_string(quads, s, DG_V_deal_round, g->round);
  if (g->exclusive >= 0) {
    dg_quads_boolean(quads, s, DG_V_deal_exclusive, g->exclusive);
  }
  for (size_t i = 0; i < g->products.n; ++i) {
    dg_quads_string(quads, s, DG_V_deal_productName, g->products.items[i]);
  }
}

static void
add_disagreement(DgQuads *quads, const DgGroup *group)
{
  static const struct {
    DgDisagree bit;
    const char *property;
  } kinds[] = { { DG_DISAGREE_AMOUNT, DG_V_deal_amountValue },
                { DG_DISAGREE_VALUATION, DG_V_deal_valuation },
                { DG_DISAGREE_STAKE, DG_V_deal_stake },
                { DG_DISAGREE_DATE, DG_V_deal_date } };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (group->disagrees & kinds[i].bit) {
      dg_quads_iri(quads, group->iri, DG_V_deal_disagreesOn,
                   dg_str(kinds[i].property));
    }
  }
}

static void
add_group(const DgMerge *merge, DgQuads *quads, const DgGroup *group)
{
  if (group->accepted) {
    dg_quads_iri(quads, group->iri, DG_V_deal_acceptedBy,
                 decision_iri(quads->arena, group->accepted));
  }
  if (group->rejected) {
    dg_quads_iri(quads, group->iri, DG_V_deal_rejectedBy,
                 decision_iri(quads->arena, group->rejected));
  }
  if (!group->merged) {
    return;
  }
  add_values(quads, group);
  add_parties(merge, quads, group);
  dg_quads_integer(quads, group->iri, DG_V_deal_sources, group->sources);
  add_disagreement(quads, group);
  for (size_t i = 0; i < group->units.n; ++i) {
    const DgUnit *const unit = group->units.items[i];
    dg_quads_iri(quads, unit->iri, DG_V_deal_duplicateOf, group->iri);
    for (size_t j = 0; j < unit->tellings.n; ++j) {
      if (!unit->tellings.items[j].by_person) {
        dg_quads_iri(quads, group->iri, DG_V_prov_wasDerivedFrom,
                     unit->tellings.items[j].article);
      }
    }
  }
  if (group->edited) {
    dg_quads_iri(quads, group->iri, DG_V_prov_wasGeneratedBy,
                 decision_iri(quads->arena, group->edited));
    dg_quads_iri(quads, group->iri, DG_V_prov_wasAttributedTo,
                 agent_iri(quads->arena, group->edited));
  }
}

/* What the graph of merges says now of the deals that were looked at. */
static DgStatus
find_old(DgMerge *merge, DgId graph, IdQuads *old)
{
  if (merge->all) {
    const DgIdQuad pattern = { 0, 0, 0, graph };
    return read_existing(merge->set, pattern, merge->arena, old);
  }
  for (size_t i = 0; i < merge->n_groups; ++i) {
    DgId id;
    DG_TRY(dg_merge_id(merge, merge->groups[i].iri, &id));
    if (id != DG_ID_NONE) {
      DG_TRY(dg_ids_add(merge->arena, &merge->touched, id));
    }
  }
  dg_ids_unique(&merge->touched);
  for (size_t i = 0; i < merge->touched.n; ++i) {
    const DgIdQuad pattern = { merge->touched.items[i], 0, 0, graph };
    DG_TRY(read_existing(merge->set, pattern, merge->arena, old));
  }
  return DG_OK;
}

DgStatus
dg_merge_write(DgMerge *merge, DgMergeCounts *counts)
{
  DgQuads quads = { .arena = merge->arena };
  IdQuads old = { 0 };
  IdQuads now = { 0 };
  DgId graph;
  counts->deals = merge->scope.n;
  counts->groups = merge->n_groups;
  counts->lost = merge->lost.n;
  counts->limited |= merge->limited;
  for (size_t i = 0; i < merge->n_groups; ++i) {
    counts->merged += merge->groups[i].merged;
    add_group(merge, &quads, &merge->groups[i]);
  }
  const DgTerm name = dg_term_iri(DG_STR(DG_GRAPH_MERGES));
  DG_TRY(merge->set->class_->make_id(merge->set, &name, &graph));
  DG_TRY(find_old(merge, graph, &old));
  DG_TRY(make_ids(merge->set, &quads, graph, merge->arena, &now));
  return write_difference(merge->set, &old, &now, counts);
}

/* ---- the graph of decisions ---- */

static void
add_money_field(DgQuads *quads, DgStr s, DgStr value, bool valuation)
{
  DgToldMoney money;
  if (dg_told_money_read(value, &money) != DG_OK) {
    return;
  }
  if (valuation) {
    dg_quads_decimal(quads, s, DG_V_deal_valuation, money.value);
    add_currency(quads, s, DG_V_deal_valuationCurrency, &money);
    return;
  }
  add_money(quads, s, &money);
  add_currency(quads, s, DG_V_deal_currency, &money);
}

static void
add_role_field(DgQuads *quads, DgStr s, int role, DgStr value)
{
  DgStr iri;
  DgStr name;
  dg_actor_cut(value, &iri, &name);
  dg_quads_iri(quads, s, dg_told_roles[role].iri, iri);
  if (role == DG_TOLD_leadInvestor) {
    dg_quads_iri(quads, s, DG_V_deal_investor, iri);
  }
  if (role == DG_TOLD_supplier || role == DG_TOLD_customer) {
    dg_quads_iri(quads, s, DG_V_deal_partner, iri);
  }
}

static void
add_deal_field(DgQuads *quads, DgStr s, const DgField *field)
{
  const DgStr name = field->name;
  const DgStr value = field->value;
  const int role = dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT, name);
  DgDecimal number;
  DgDate date;
  if (role >= 0) {
    add_role_field(quads, s, role, value);
  } else if (dg_str_equal(name, DG_STR("amount"))) {
    add_money_field(quads, s, value, false);
  } else if (dg_str_equal(name, DG_STR("valuation"))) {
    add_money_field(quads, s, value, true);
  } else if (dg_str_equal(name, DG_STR("stake"))) {
    if (dg_decimal_read(value, &number) == DG_OK) {
      dg_quads_decimal(quads, s, DG_V_deal_stake, number);
    }
  } else if (dg_str_equal(name, DG_STR("date"))) {
    if (dg_date_read(value, &date) == DG_OK) {
      add_date(quads, s, date);
    }
  } else if (dg_str_equal(name, DG_STR("round"))) {
    dg_quads_string(quads, s, DG_V_deal_round, value);
  } else if (dg_str_equal(name, DG_STR("product"))) {
    dg_quads_string(quads, s, DG_V_deal_productName, value);
  } else if (dg_str_equal(name, DG_STR("exclusive"))) {
    dg_quads_boolean(quads, s, DG_V_deal_exclusive,
                     dg_str_equal(value, DG_STR("true")));
  }
}

static void
add_added(DgQuads *quads, const DgDecision *decision)
{
  const DgStr s = added_iri(quads->arena, decision);
  const int type = dg_told_find(dg_told_types, DG_TOLD_TYPE_COUNT,
                                dg_decision_get(decision, "type"));
  const int status = dg_told_find(dg_told_statuses, DG_TOLD_STATUS_COUNT,
                                  dg_decision_get(decision, "status"));
  if (type < 0) {
    return;
  }
  dg_quads_iri(quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Deal));
  dg_quads_iri(quads, s, DG_V_rdf_type, dg_str(dg_told_types[type].iri));
  dg_quads_iri(
      quads, s, DG_V_deal_status,
      dg_str(dg_told_statuses[status < 0 ? DG_TOLD_announced : status].iri));
  dg_quads_iri(quads, s, DG_V_prov_wasGeneratedBy,
               decision_iri(quads->arena, decision));
  dg_quads_iri(quads, s, DG_V_prov_wasAttributedTo,
               agent_iri(quads->arena, decision));
  for (size_t i = 0; i < decision->fields.n; ++i) {
    add_deal_field(quads, s, &decision->fields.items[i]);
  }
}

static void
add_time(DgQuads *quads, DgStr s, DgStr when)
{
  DgQuad *const quad = DG_VEC_ADD(quads->arena, &quads->list);
  if (!quad) {
    quads->status = DG_NO_MEMORY;
    return;
  }
  *quad = (DgQuad){ .s = dg_term_iri(s),
                    .p = dg_term_iri(DG_STR(DG_V_prov_endedAtTime)),
                    .o = dg_term_typed(when, DG_STR(DG_V_xsd_dateTime)) };
}

static void
add_decision(DgQuads *quads, const DgDecision *decision)
{
  const DgStr s = decision_iri(quads->arena, decision);
  const DgStr agent = agent_iri(quads->arena, decision);
  DgStr on = dg_decision_get(
      decision, dg_verb_is_of_actors(decision->verb) ? "actor" : "deal");
  DgStr name;
  dg_quads_iri(quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Decision));
  dg_quads_string(quads, s, DG_V_deal_verb,
                  dg_str(dg_verb_text(decision->verb)));
  dg_quads_string(quads, s, DG_V_deal_record, decision->line);
  dg_quads_string(quads, s, DG_V_rdfs_comment,
                  dg_decision_get(decision, "note"));
  add_time(quads, s, decision->when);
  dg_quads_iri(quads, s, DG_V_prov_wasAssociatedWith, agent);
  dg_quads_iri(quads, agent, DG_V_rdf_type, DG_STR(DG_V_prov_Agent));
  dg_quads_string(quads, agent, DG_V_rdfs_label, decision->who);
  if (decision->verb == DG_VERB_ADD && !decision->undone) {
    on = added_iri(quads->arena, decision);
    add_added(quads, decision);
  }
  dg_actor_cut(on, &on, &name);
  dg_quads_iri(quads, s, DG_V_deal_decidedOn, on);
}

/* Whether articles name the actor at all. */
static DgStatus
has_label(DgMerge *merge, DgId actor, bool *found)
{
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad pattern = { actor, merge->ids.terms[DG_READ_rdfs_label], 0,
                             0 };
  *found = false;
  if (actor == DG_ID_NONE || pattern.p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(merge->set->class_->find(merge->set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (!*found &&
         (status = merge->set->class_->next(cursor, &quad)) == DG_OK) {
    *found = quad.g != merge->ids.decisions;
  }
  merge->set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

/* All literals of a property of `from` become other names of `s`. */
static DgStatus
add_names(DgMerge *merge, DgQuads *quads, DgStr s, DgId from, DgReadTerm p)
{
  const DgIdQuad pattern = { from, merge->ids.terms[p], 0, 0 };
  DgIds names = { 0 };
  if (from == DG_ID_NONE || pattern.p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(dg_lookup_all(merge->set, pattern, 'o', merge->arena, &names));
  for (size_t i = 0; i < names.n; ++i) {
    DgTerm term;
    DG_TRY(merge->set->class_->term(merge->set, names.items[i], merge->arena,
                                    &term));
    dg_quads_string(quads, s, DG_V_skos_altLabel, term.value);
  }
  return DG_OK;
}

/*
 * An actor that stands for others has their names, and their country where it
 * has none; one that only decisions know has the name given there.
 */
static DgStatus
add_actor(DgMerge *merge, DgQuads *quads, uint32_t number)
{
  const DgStr iri = dg_actors_iri(merge->actors, number);
  const uint32_t who = dg_actors_who(merge->actors, number, DG_STR_NONE);
  const DgStr given = dg_actors_given_name(merge->actors, number);
  DgId id;
  bool named;
  DG_TRY(dg_merge_id(merge, iri, &id));
  DG_TRY(has_label(merge, id, &named));
  if (!named && given.len) {
    dg_quads_iri(quads, iri, DG_V_rdf_type, DG_STR(DG_V_deal_Actor));
    dg_quads_string(quads, iri, DG_V_rdfs_label, given);
  }
  if (who == number) {
    return DG_OK;
  }
  const DgStr other = dg_actors_iri(merge->actors, who);
  DgId other_id;
  DgStr country;
  DgStr own;
  dg_quads_iri(quads, iri, DG_V_dcterms_isReplacedBy, other);
  DG_TRY(dg_merge_id(merge, other, &other_id));
  DG_TRY(add_names(merge, quads, other, id, DG_READ_rdfs_label));
  DG_TRY(add_names(merge, quads, other, id, DG_READ_skos_altLabel));
  DG_TRY(dg_merge_value(merge, id, DG_READ_deal_country, &country));
  DG_TRY(dg_merge_value(merge, other_id, DG_READ_deal_country, &own));
  if (!own.len || dg_str_equal(own, country)) {
    dg_quads_string(quads, other, DG_V_deal_country, country);
  }
  return DG_OK;
}

static DgStatus
write_decisions(DgMerge *merge, DgMergeCounts *counts)
{
  DgQuads quads = { .arena = merge->arena };
  IdQuads old = { 0 };
  IdQuads now = { 0 };
  DgIdQuad pattern = { 0, 0, 0, 0 };
  for (size_t i = 0; i < merge->decisions->n; ++i) {
    add_decision(&quads, &merge->decisions->items[i]);
  }
  /* Only decisions have named actors yet. */
  const size_t n = dg_actors_count(merge->actors);
  for (size_t i = 0; i < n; ++i) {
    DG_TRY(add_actor(merge, &quads, (uint32_t)i));
  }
  const DgTerm name = dg_term_iri(DG_STR(DG_GRAPH_DECISIONS));
  DG_TRY(merge->set->class_->make_id(merge->set, &name, &pattern.g));
  DG_TRY(read_existing(merge->set, pattern, merge->arena, &old));
  DG_TRY(make_ids(merge->set, &quads, pattern.g, merge->arena, &now));
  return write_difference(merge->set, &old, &now, counts);
}

DgStatus
dg_merge_write_decisions(DgDataset *set, const DgDecisions *decisions,
                         DgMergeCounts *counts)
{
  DgMerge merge = { .set = set,
                    .decisions = decisions,
                    .arena = dg_arena_new() };
  DG_TRY_PTR(merge.arena);
  DgStatus status = dg_actors_new(merge.arena, decisions, &merge.actors);
  if (status == DG_OK) {
    status = dg_merge_find_ids(&merge);
  }
  if (status == DG_OK) {
    status = write_decisions(&merge, counts);
  }
  dg_arena_free(merge.arena);
  return status;
}

DgStatus
dg_merge_read_records(DgDataset *set, DgBuf *out)
{
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgIds lines = { 0 };
  DG_TRY(dg_lookup_iri(set, DG_V_deal_record, &pattern.p));
  DG_TRY(dg_lookup_iri(set, DG_GRAPH_DECISIONS, &pattern.g));
  if (!pattern.p || !pattern.g) {
    return DG_OK;
  }
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgStatus status = dg_lookup_all(set, pattern, 'o', arena, &lines);
  for (size_t i = 0; status == DG_OK && i < lines.n; ++i) {
    DgTerm term;
    status = set->class_->term(set, lines.items[i], arena, &term);
    if (status == DG_OK) {
      dg_buf_add(out, term.value);
      dg_buf_add_char(out, '\n');
    }
  }
  dg_arena_free(arena);
  return status == DG_OK ? dg_buf_status(out) : status;
}
