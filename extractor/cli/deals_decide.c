/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/deals_cli.h"

#include "entity/entity.h"
#include "rdf/graphs.h"
#include "rdf/mint.h"
#include "rdf/vocab.h"
#include "store/lookup.h"

#include <stdio.h>

/* ---- whom names mean ---- */

/* The one subject that has `name` as its label, or DG_ID_NONE. */
static DgStatus
actor_named(DgDeals *deals, DgStr name, const char *property, DgId *actor)
{
  DgDataset *const set = deals->store;
  const DgTerm term = dg_term_string(name);
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgIds found = { 0 };
  *actor = DG_ID_NONE;
  DG_TRY(dg_lookup_iri(set, property, &pattern.p));
  const DgStatus status = set->class_->find_id(set, &term, &pattern.o);
  if (status == DG_NO_MATCH || pattern.p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(status);
  DG_TRY(dg_lookup_all(set, pattern, 's', deals->arena, &found));
  *actor = found.n == 1 ? found.items[0] : DG_ID_NONE;
  return DG_OK;
}

/* The IRI that articles would give to a name. */
static DgStatus
mint_actor(DgDeals *deals, DgStr name, DgStr *iri)
{
  const DgStr key = dg_entity_key(name, deals->arena);
  DG_TRY_PTR(key.ptr);
  DgBuf out = DG_BUF_INIT;
  dg_buf_add(&out, DG_STR(DG_ID_BASE "company/"));
  dg_mint_slug(key.len ? key : name, &out);
  *iri =
      out.failed ? DG_STR_NONE : dg_arena_copy(deals->arena, dg_buf_str(&out));
  dg_buf_clear(&out);
  return iri->ptr ? DG_OK : DG_NO_MEMORY;
}

static bool
is_iri(DgStr text)
{
  return dg_str_starts(text, DG_STR("http://")) ||
         dg_str_starts(text, DG_STR("https://")) ||
         dg_str_starts(text, DG_STR("urn:"));
}

static DgStatus
with_name(DgDeals *deals, DgStr iri, DgStr name, DgStr *value)
{
  const char *const both =
      dg_arena_printf(deals->arena, "%.*s %.*s", (int)iri.len, iri.ptr,
                      (int)name.len, name.ptr);
  DG_TRY_PTR(both);
  *value = dg_str_trim(dg_str(both));
  return DG_OK;
}

/* The least label of an actor, or what its IRI ends in. */
static DgStatus
name_of(DgDeals *deals, DgStr iri, DgStr *name)
{
  DgDataset *const set = deals->store;
  const DgTerm term = dg_term_iri(iri);
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgIds labels = { 0 };
  DG_TRY(dg_lookup_iri(set, DG_V_rdfs_label, &pattern.p));
  if (set->class_->find_id(set, &term, &pattern.s) == DG_OK && pattern.p) {
    DG_TRY(dg_lookup_all(set, pattern, 'o', deals->arena, &labels));
  }
  *name = DG_STR_NONE;
  for (size_t i = 0; i < labels.n; ++i) {
    DgTerm label;
    DG_TRY(set->class_->term(set, labels.items[i], deals->arena, &label));
    if (!name->ptr || dg_str_compare(label.value, *name) < 0) {
      *name = label.value;
    }
  }
  return DG_OK;
}

DgStatus
dg_deals_actor(DgDeals *deals, DgStr text, DgStr *value)
{
  DgStr name;
  DgId actor;
  DgTerm term;
  text = dg_str_trim(text);
  if (is_iri(text)) {
    const size_t blank = dg_str_find(text, DG_STR(" "), 0);
    if (blank != SIZE_MAX) {
      *value = text;
      return DG_OK;
    }
    DG_TRY(name_of(deals, text, &name));
    return with_name(deals, text, name, value);
  }
  DG_TRY(actor_named(deals, text, DG_V_rdfs_label, &actor));
  if (actor == DG_ID_NONE) {
    DG_TRY(actor_named(deals, text, DG_V_skos_altLabel, &actor));
  }
  if (actor != DG_ID_NONE) {
    DG_TRY(
        deals->store->class_->term(deals->store, actor, deals->arena, &term));
    return with_name(deals, term.value, text, value);
  }
  DG_TRY(mint_actor(deals, text, &term.value));
  return with_name(deals, term.value, text, value);
}

/* ---- a decision ---- */

DgStatus
dg_deals_field(DgDeals *deals, DgDecision *decision, const char *name, char op,
               DgStr value)
{
  DgField *const field = DG_VEC_ADD(deals->arena, &decision->fields);
  DG_TRY_PTR(field);
  *field = (DgField){ dg_str(name), op, value };
  return DG_OK;
}

DgStatus
dg_deals_commit(DgDeals *deals, DgDecision *decision, const DgMergeScope *scope)
{
  const DgDecision *added = NULL;
  DgMergeCounts counts;
  if (deals->note) {
    DG_TRY(dg_deals_field(deals, decision, "note", '=', dg_str(deals->note)));
  }
  decision->who = dg_str(deals->by);
  DG_TRY(
      dg_cli_decisions_add(&deals->decisions, *decision, &added, &deals->diag));
  DG_TRY(dg_cli_merge_decided(deals->store, &deals->decisions, scope, &counts));
  if (added) {
    (void)printf("%.*s\n", (int)added->id.len, added->id.ptr);
  }
  return DG_OK;
}

/* Where the deal is told, to find it again when rules have changed. */
static DgStatus
add_anchors(DgDeals *deals, DgDecision *decision, const DgGroup *group)
{
  enum { MOST = 8 };
  DgStr quote = DG_STR_NONE;
  size_t n = 0;
  for (size_t i = 0; i < group->units.n; ++i) {
    const DgUnit *const unit = group->units.items[i];
    for (size_t j = 0; j < unit->tellings.n && n < MOST; ++j) {
      const DgTelling *const t = &unit->tellings.items[j];
      if (!t->passages.n) {
        continue;
      }
      const DgPassage *const p = &t->passages.items[0];
      const char *const at = dg_arena_printf(
          deals->arena, "%.*s#%llu-%llu", (int)t->article.len, t->article.ptr,
          (unsigned long long)p->begin, (unsigned long long)p->end);
      DG_TRY_PTR(at);
      DG_TRY(dg_deals_field(deals, decision, "at", '=', dg_str(at)));
      quote = n++ ? quote : p->quote;
    }
  }
  return quote.len ? dg_deals_field(deals, decision, "quote", '=', quote)
                   : DG_OK;
}

/* What the deal was, should its articles change too. */
static DgStatus
add_past(DgDeals *deals, DgDecision *decision, const DgGroup *group)
{
  const DgUnit *const unit = group->units.items[0];
  const DgDays days = dg_unit_days(unit);
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    const char *const name =
        dg_arena_printf(deals->arena, "was.%s", dg_told_roles[r].name);
    DG_TRY_PTR(name);
    for (size_t i = 0; i < unit->roles[r].n; ++i) {
      DG_TRY(dg_deals_field(deals, decision, name, '=',
                            dg_actors_iri(dg_merge_actors(deals->merge),
                                          unit->roles[r].items[i])));
    }
  }
  if (!days.known) {
    return DG_OK;
  }
  char text[DG_DATE_TEXT];
  const size_t n = dg_date_write(dg_date_from_day(days.first), text);
  const DgStr date = dg_arena_copy(deals->arena, dg_str_n(text, n));
  DG_TRY_PTR(date.ptr);
  return dg_deals_field(deals, decision, "was.date", '=', date);
}

/* ---- values that a person gives ---- */

static bool
is_value(DgStr name, DgStr value)
{
  DgDecimal number;
  DgDate date;
  DgToldMoney money;
  if (dg_str_equal(name, DG_STR("amount")) ||
      dg_str_equal(name, DG_STR("valuation"))) {
    return dg_told_money_read(value, &money) == DG_OK;
  }
  if (dg_str_equal(name, DG_STR("stake"))) {
    return dg_decimal_read(value, &number) == DG_OK && number.digits >= 0 &&
           dg_decimal_to_double(number) <= 100;
  }
  if (dg_str_equal(name, DG_STR("date"))) {
    return dg_date_read(value, &date) == DG_OK;
  }
  if (dg_str_equal(name, DG_STR("status"))) {
    return dg_told_find(dg_told_statuses, DG_TOLD_STATUS_COUNT, value) >= 0;
  }
  if (dg_str_equal(name, DG_STR("type"))) {
    return dg_told_find(dg_told_types, DG_TOLD_TYPE_COUNT, value) >= 0;
  }
  if (dg_str_equal(name, DG_STR("exclusive"))) {
    return dg_str_equal(value, DG_STR("true")) ||
           dg_str_equal(value, DG_STR("false"));
  }
  return dg_str_equal(name, DG_STR("round")) ||
         dg_str_equal(name, DG_STR("product"));
}

/* What "NAME=" takes away. */
static bool
may_be_empty(DgStr name)
{
  static const char *const names[] = { "amount", "valuation", "stake",  "date",
                                       "round",  "exclusive", "product" };
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (dg_str_equal(name, dg_str(names[i]))) {
      return true;
    }
  }
  return false;
}

/* "NAME=VALUE", "ROLE+=ACTOR" or "ROLE-=ACTOR" into a field. */
static DgStatus
add_argument(DgDeals *deals, DgDecision *decision, const char *argument)
{
  const DgStr text = dg_str(argument);
  const size_t equals = dg_str_find(text, DG_STR("="), 0);
  if (equals == SIZE_MAX || !equals) {
    return dg_diag_set(&deals->diag, DG_USAGE, "'%s' is not NAME=VALUE",
                       argument);
  }
  const char before = text.ptr[equals - 1];
  const bool counts = before == '+' || before == '-';
  const DgStr name = dg_str_sub(text, 0, equals - counts);
  DgStr value = dg_str_sub(text, equals + 1, text.len);
  const bool role = dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT, name) >= 0;
  const bool clears = !value.len && !counts && decision->verb == DG_VERB_EDIT;
  const bool fits = clears ? role || may_be_empty(name)
                    : role ? value.len > 0
                           : !counts && is_value(name, value);
  if (!fits) {
    return dg_diag_set(&deals->diag, DG_USAGE,
                       "'%s': unknown name, or a value that does not fit",
                       argument);
  }
  if (role && value.len) {
    DG_TRY(dg_deals_actor(deals, value, &value));
  }
  const char *const kept = dg_arena_printf(
      deals->arena, "%s%.*s", decision->verb == DG_VERB_EDIT ? "set." : "",
      (int)name.len, name.ptr);
  DG_TRY_PTR(kept);
  return dg_deals_field(deals, decision, kept, counts ? before : '=', value);
}

static DgStatus
add_arguments(DgDeals *deals, DgDecision *decision, char **arguments)
{
  for (; *arguments; ++arguments) {
    DG_TRY(add_argument(deals, decision, *arguments));
  }
  return DG_OK;
}

/* ---- the subcommands ---- */

static DgStatus
add_deal(DgDeals *deals, char **arguments)
{
  DgDecision decision = { .verb = DG_VERB_ADD };
  bool has_party = false;
  DG_TRY(add_arguments(deals, &decision, arguments));
  for (size_t i = 0; i < decision.fields.n; ++i) {
    has_party |= dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT,
                              decision.fields.items[i].name) >= 0;
  }
  if (!dg_decision_get(&decision, "type").len || !has_party) {
    return dg_diag_set(&deals->diag, DG_USAGE,
                       "a deal has a type=... and a party, such as "
                       "company=NAME");
  }
  return dg_deals_commit(deals, &decision, NULL);
}

DgStatus
dg_deals_decide(DgDeals *deals, DgVerb verb, char **arguments)
{
  const DgGroup *group;
  if (verb == DG_VERB_ADD) {
    return add_deal(deals, arguments);
  }
  DG_TRY(dg_deals_read(deals, arguments[0]));
  DG_TRY(dg_deals_find(deals, arguments[0], &group));
  DgDecision decision = { .verb = verb };
  const DgStr deal = group->units.items[0]->iri;
  DG_TRY(dg_deals_field(deals, &decision, "deal", '=', deal));
  DG_TRY(dg_deals_field(deals, &decision, "type", '=',
                        dg_str(dg_told_types[group->type].name)));
  DG_TRY(add_anchors(deals, &decision, group));
  DG_TRY(add_past(deals, &decision, group));
  if (verb == DG_VERB_EDIT) {
    DG_TRY(add_arguments(deals, &decision, arguments + 1));
  }
  const DgMergeScope scope = { &deal, 1 };
  return dg_deals_commit(deals, &decision, &scope);
}

DgStatus
dg_deals_undo(DgDeals *deals, const char *id)
{
  const DgDecisions *const all = &deals->decisions.all;
  const DgDecision *target = id ? dg_decisions_find(all, dg_str(id)) : NULL;
  for (size_t i = all->n; !id && !target && i-- > 0;) {
    const DgDecision *const one = &all->items[i];
    if (!one->undone && one->verb != DG_VERB_UNDO &&
        dg_verb_is_of_actors(one->verb) == deals->of_actors) {
      target = one;
    }
  }
  if (!target) {
    return dg_diag_set(&deals->diag, DG_NOT_FOUND,
                       id ? "no single decision has the id '%s'"
                          : "nothing is left to undo",
                       id);
  }
  if (target->undone) {
    return dg_diag_set(&deals->diag, DG_CONFLICT,
                       "that decision is undone already");
  }
  DgDecision decision = { .verb = DG_VERB_UNDO };
  DG_TRY(dg_deals_field(deals, &decision, "target", '=', target->id));
  return dg_deals_commit(deals, &decision, NULL);
}
