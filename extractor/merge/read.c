/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/merge_p.h"

#include "rdf/graphs.h"
#include "rdf/vocab.h"

#include <stdlib.h>

/* ---- the vocabulary's ids ---- */

static const char *const read_iris[] = {
#define READ_IRI(name) DG_V_##name,
  DG_READ_TERMS(READ_IRI)
#undef READ_IRI
};

static DgStatus
find_table(DgDataset *set, const DgToldName *table, size_t n, DgId *ids)
{
  for (size_t i = 0; i < n; ++i) {
    DG_TRY(dg_lookup_iri(set, table[i].iri, &ids[i]));
  }
  return DG_OK;
}

DgStatus
dg_merge_find_ids(DgMerge *merge)
{
  DgReadIds *const ids = &merge->ids;
  for (size_t i = 0; i < DG_READ_COUNT; ++i) {
    DG_TRY(dg_lookup_iri(merge->set, read_iris[i], &ids->terms[i]));
  }
  DG_TRY(find_table(merge->set, dg_told_types, DG_TOLD_TYPE_COUNT, ids->types));
  DG_TRY(find_table(merge->set, dg_told_roles, DG_TOLD_ROLE_COUNT, ids->roles));
  DG_TRY(find_table(merge->set, dg_told_statuses, DG_TOLD_STATUS_COUNT,
                    ids->statuses));
  DG_TRY(dg_lookup_iri(merge->set, DG_GRAPH_MERGES, &ids->merges));
  return dg_lookup_iri(merge->set, DG_GRAPH_DECISIONS, &ids->decisions);
}

static int
index_of(const DgId *ids, size_t n, DgId id)
{
  for (size_t i = 0; i < n; ++i) {
    if (ids[i] == id && id != DG_ID_NONE) {
      return (int)i;
    }
  }
  return -1;
}

/* ---- values ---- */

static DgStatus
text_of(DgMerge *merge, DgId id, DgStr *text)
{
  DgTerm term;
  DG_TRY(merge->set->class_->term(merge->set, id, merge->arena, &term));
  *text = term.value;
  return DG_OK;
}

static DgStatus
decimal_of(DgMerge *merge, DgId id, bool *known, DgDecimal *value)
{
  DgStr text;
  DG_TRY(text_of(merge, id, &text));
  *known = dg_decimal_read(text, value) == DG_OK;
  return DG_OK;
}

static DgStatus
date_of(DgMerge *merge, DgId id, DgDate *date)
{
  DgStr text;
  DG_TRY(text_of(merge, id, &text));
  DgDate read;
  if (dg_date_read(text, &read) == DG_OK) {
    *date = read;
  }
  return DG_OK;
}

static DgStatus
currency_of(DgMerge *merge, DgId id, DgStr *code)
{
  DgStr text;
  DG_TRY(text_of(merge, id, &text));
  if (dg_str_starts(text, DG_STR(DG_CURRENCY_IRI))) {
    *code = dg_str_sub(text, sizeof DG_CURRENCY_IRI - 1, text.len);
  }
  return DG_OK;
}

static DgStatus
add_string(DgMerge *merge, DgId id, DgToldStrings *list)
{
  DgStr *const slot = DG_VEC_ADD(merge->arena, list);
  DG_TRY_PTR(slot);
  return text_of(merge, id, slot);
}

/* ---- one telling ---- */

/* A telling and what must be known before it is one. */
typedef struct {
  DgTelling telling;
  DgDate date_text; /* "2024-Q3" stands before the year */
  bool has_type;
  bool has_status;
  bool replaced;
} Draft;

static DgStatus
take_party(DgMerge *merge, Draft *draft, int role, DgId object)
{
  uint32_t actor;
  DG_TRY(dg_actors_of_id(merge->actors, merge->set, object, &actor));
  const uint32_t who =
      dg_actors_who(merge->actors, actor, draft->telling.article);
  draft->replaced |= who != actor;
  DG_TRY(dg_parties_add(merge->arena, &draft->telling.roles[role], who));
  /* A contract's two sides are partners too. */
  return role == DG_TOLD_supplier || role == DG_TOLD_customer
             ? dg_parties_add(merge->arena,
                              &draft->telling.roles[DG_TOLD_partner], who)
             : DG_OK;
}

static void
take_class(DgMerge *merge, Draft *draft, DgId object)
{
  const int type = index_of(merge->ids.types, DG_TOLD_TYPE_COUNT, object);
  if (type >= 0 && (!draft->has_type || type < (int)draft->telling.type)) {
    draft->telling.type = (DgToldType)type;
    draft->has_type = true;
  }
}

static void
take_status(DgMerge *merge, Draft *draft, DgId object)
{
  const int status =
      index_of(merge->ids.statuses, DG_TOLD_STATUS_COUNT, object);
  if (status >= 0 &&
      (!draft->has_status || status > (int)draft->telling.status)) {
    draft->telling.status = (DgToldStatus)status;
    draft->has_status = true;
  }
}

static DgStatus
take_exclusive(DgMerge *merge, DgTelling *telling, DgId object)
{
  DgStr text;
  DG_TRY(text_of(merge, object, &text));
  telling->exclusive = dg_str_equal(text, DG_STR("true"));
  return DG_OK;
}

static DgStatus
take_value(DgMerge *merge, Draft *draft, int term, DgId o)
{
  DgTelling *const t = &draft->telling;
  switch (term) {
  case DG_READ_rdf_type:
    take_class(merge, draft, o);
    return DG_OK;
  case DG_READ_deal_status:
    take_status(merge, draft, o);
    return DG_OK;
  case DG_READ_deal_amountValue:
    return decimal_of(merge, o, &t->amount.known, &t->amount.value);
  case DG_READ_deal_amountMax:
    return decimal_of(merge, o, &t->amount.has_max, &t->amount.max);
  case DG_READ_deal_currency:
    return currency_of(merge, o, &t->amount.currency);
  case DG_READ_deal_amountQualifier:
    return text_of(merge, o, &t->amount.qualifier);
  case DG_READ_deal_stake:
    return decimal_of(merge, o, &t->has_stake, &t->stake);
  case DG_READ_deal_valuation:
    return decimal_of(merge, o, &t->valuation.known, &t->valuation.value);
  case DG_READ_deal_valuationCurrency:
    return currency_of(merge, o, &t->valuation.currency);
  case DG_READ_deal_round:
    return text_of(merge, o, &t->round);
  case DG_READ_deal_exclusive:
    return take_exclusive(merge, t, o);
  case DG_READ_deal_productName:
    return add_string(merge, o, &t->products);
  case DG_READ_deal_date:
    return date_of(merge, o, &t->date);
  case DG_READ_deal_dateText:
    return date_of(merge, o, &draft->date_text);
  case DG_READ_deal_announcedOn:
    return date_of(merge, o, &t->announced);
  default:
    return DG_OK;
  }
}

static DgStatus
take_quad(DgMerge *merge, Draft *draft, DgIdQuad quad)
{
  const int role = index_of(merge->ids.roles, DG_TOLD_ROLE_COUNT, quad.p);
  return role >= 0
             ? take_party(merge, draft, role, quad.o)
             : take_value(merge, draft,
                          index_of(merge->ids.terms, DG_READ_COUNT, quad.p),
                          quad.o);
}

/* When an article was published; when a decision was made. */
static DgStatus
read_published(DgMerge *merge, DgId deal, DgId graph, DgTelling *telling)
{
  const DgId *const terms = merge->ids.terms;
  DgIdQuad pattern = { graph, terms[DG_READ_dcterms_issued], 0, graph };
  DgIds found = { 0 };
  if (telling->by_person) {
    pattern.s = deal;
    pattern.p = terms[DG_READ_prov_wasGeneratedBy];
    DG_TRY(dg_lookup_all(merge->set, pattern, 'o', merge->arena, &found));
    if (!found.n) {
      return DG_OK;
    }
    pattern.s = found.items[0];
    pattern.p = terms[DG_READ_prov_endedAtTime];
    found.n = 0;
  }
  if (pattern.p != DG_ID_NONE) {
    DG_TRY(dg_lookup_all(merge->set, pattern, 'o', merge->arena, &found));
  }
  return found.n ? date_of(merge, found.items[0], &telling->published) : DG_OK;
}

/* Read what `graph` tells of `deal` into the unit, if it tells enough. */
static DgStatus
read_telling(DgMerge *merge, DgId deal, DgId graph, DgUnit *unit)
{
  Draft draft = { .telling = { .exclusive = -1,
                               .by_person = graph == merge->ids.decisions } };
  DG_TRY(text_of(merge, graph, &draft.telling.article));
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad pattern = { deal, 0, 0, graph };
  DG_TRY(merge->set->class_->find(merge->set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = merge->set->class_->next(cursor, &quad)) == DG_OK) {
    status = take_quad(merge, &draft, quad);
  }
  merge->set->class_->close(cursor);
  if (status != DG_NO_MATCH) {
    return status;
  }
  if (!draft.has_type || !draft.has_status) {
    return DG_OK;
  }
  if (draft.date_text.precision != DG_DATE_NONE) {
    draft.telling.date = draft.date_text;
  }
  DG_TRY(read_published(merge, deal, graph, &draft.telling));
  DgTelling *const slot = DG_VEC_ADD(merge->scratch, &unit->tellings);
  DG_TRY_PTR(slot);
  *slot = draft.telling;
  unit->replaced |= draft.replaced;
  return DG_OK;
}

/* ---- units ---- */

static DgKnownDeal *
known_place(DgMerge *merge, DgId id)
{
  size_t at = (id * 0x9E3779B97F4A7C15U >> 20) & merge->known_mask;
  while (merge->known[at].id && merge->known[at].id != id) {
    at = (at + 1) & merge->known_mask;
  }
  return &merge->known[at];
}

static DgStatus
make_room(DgMerge *merge)
{
  if (merge->known && merge->n_known * 2 <= merge->known_mask) {
    return DG_OK;
  }
  DgKnownDeal *const old = merge->known;
  const size_t n = old ? merge->known_mask + 1 : 0;
  merge->known_mask = n ? n * 2 - 1 : 255;
  merge->known = DG_NEW_ARRAY(merge->arena, DgKnownDeal, merge->known_mask + 1);
  DG_TRY_PTR(merge->known);
  for (size_t i = 0; i < n; ++i) {
    if (old[i].id) {
      *known_place(merge, old[i].id) = old[i];
    }
  }
  return DG_OK;
}

static int
compare_tellings(const void *a, const void *b)
{
  return dg_str_compare(((const DgTelling *)a)->article,
                        ((const DgTelling *)b)->article);
}

/* Most deals are told once: no more room than that is kept. */
static DgStatus
keep_tellings(DgMerge *merge, DgUnit *unit)
{
  DgTelling *const kept =
      DG_NEW_ARRAY(merge->arena, DgTelling, unit->tellings.n);
  DG_TRY_PTR(kept);
  memcpy(kept, unit->tellings.items, unit->tellings.n * sizeof *kept);
  unit->tellings.items = kept;
  unit->tellings.cap = unit->tellings.n;
  return DG_OK;
}

static DgStatus
read_unit(DgMerge *merge, DgId deal, DgUnit **out)
{
  const DgId *const terms = merge->ids.terms;
  *out = NULL;
  if (!terms[DG_READ_rdf_type] || !terms[DG_READ_deal_Deal]) {
    return DG_OK;
  }
  DgUnit unit = { 0 };
  dg_arena_reset(merge->scratch);
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad pattern = { deal, terms[DG_READ_rdf_type],
                             terms[DG_READ_deal_Deal], 0 };
  DG_TRY(merge->set->class_->find(merge->set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = merge->set->class_->next(cursor, &quad)) == DG_OK) {
    if (quad.g != merge->ids.merges && quad.g != DG_ID_DEFAULT_GRAPH) {
      status = read_telling(merge, deal, quad.g, &unit);
    }
  }
  merge->set->class_->close(cursor);
  if (status != DG_NO_MATCH || !unit.tellings.n) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DG_TRY(text_of(merge, deal, &unit.iri));
  qsort(unit.tellings.items, unit.tellings.n, sizeof(DgTelling),
        compare_tellings);
  DG_TRY(keep_tellings(merge, &unit));
  DG_TRY(dg_unit_sum_up(merge->arena, &unit));
  DgUnit *const kept = DG_NEW(merge->arena, DgUnit);
  DG_TRY_PTR(kept);
  *kept = unit;
  kept->group = SIZE_MAX;
  *out = kept;
  return DG_OK;
}

DgStatus
dg_merge_unit(DgMerge *merge, DgId deal, DgUnit **unit)
{
  DG_TRY(make_room(merge));
  DgKnownDeal *place = known_place(merge, deal);
  if (place->id) {
    *unit = place->unit;
    return DG_OK;
  }
  DG_TRY(read_unit(merge, deal, unit));
  *place = (DgKnownDeal){ deal, *unit };
  ++merge->n_known;
  if (*unit) {
    DgUnit **const slot = DG_VEC_ADD(merge->arena, &merge->units);
    DG_TRY_PTR(slot);
    *slot = *unit;
  }
  return DG_OK;
}

DgStatus
dg_merge_read_all(DgMerge *merge)
{
  const DgId *const terms = merge->ids.terms;
  DgIds deals = { 0 };
  if (!terms[DG_READ_rdf_type] || !terms[DG_READ_deal_Deal]) {
    return DG_OK;
  }
  const DgIdQuad pattern = { 0, terms[DG_READ_rdf_type],
                             terms[DG_READ_deal_Deal], 0 };
  DG_TRY(dg_lookup_all(merge->set, pattern, 's', merge->arena, &deals));
  for (size_t i = 0; i < deals.n; ++i) {
    DgUnit *unit;
    DG_TRY(dg_merge_unit(merge, deals.items[i], &unit));
  }
  return DG_OK;
}

/* ---- passages ---- */

static DgStatus
take_passage_value(DgMerge *merge, DgIdQuad quad, DgPassage *passage)
{
  bool known;
  DgDecimal value = DG_DECIMAL_ZERO;
  switch (index_of(merge->ids.terms, DG_READ_COUNT, quad.p)) {
  case DG_READ_deal_quote:
    return text_of(merge, quad.o, &passage->quote);
  case DG_READ_deal_saidBy:
    return text_of(merge, quad.o, &passage->said_by);
  case DG_READ_deal_rule:
    return text_of(merge, quad.o, &passage->rule);
  case DG_READ_deal_begin:
    DG_TRY(decimal_of(merge, quad.o, &known, &value));
    passage->begin = (uint64_t)dg_decimal_to_double(value);
    return DG_OK;
  case DG_READ_deal_end:
    DG_TRY(decimal_of(merge, quad.o, &known, &value));
    passage->end = (uint64_t)dg_decimal_to_double(value);
    return DG_OK;
  case DG_READ_deal_confidence:
    DG_TRY(decimal_of(merge, quad.o, &known, &value));
    passage->confidence = dg_decimal_to_double(value);
    return DG_OK;
  default:
    return DG_OK;
  }
}

static DgStatus
read_passage(DgMerge *merge, DgId mention, DgId graph, DgPassage *passage)
{
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad pattern = { mention, 0, 0, graph };
  DG_TRY(merge->set->class_->find(merge->set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = merge->set->class_->next(cursor, &quad)) == DG_OK) {
    status = take_passage_value(merge, quad, passage);
  }
  merge->set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static int
compare_passages(const void *a, const void *b)
{
  const DgPassage *const x = a;
  const DgPassage *const y = b;
  if (x->confidence != y->confidence) {
    return x->confidence > y->confidence ? -1 : 1;
  }
  return x->begin != y->begin ? x->begin < y->begin ? -1 : 1
                              : (x->end > y->end) - (x->end < y->end);
}

static DgStatus
read_passages(DgMerge *merge, DgId deal, DgTelling *telling)
{
  const DgTerm graph = dg_term_iri(telling->article);
  DgIdQuad pattern = { 0, merge->ids.terms[DG_READ_deal_mentionOf], deal, 0 };
  DgIds mentions = { 0 };
  if (pattern.p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(merge->set->class_->find_id(merge->set, &graph, &pattern.g));
  DG_TRY(dg_lookup_all(merge->set, pattern, 's', merge->arena, &mentions));
  for (size_t i = 0; i < mentions.n; ++i) {
    DgPassage *const passage = DG_VEC_ADD(merge->arena, &telling->passages);
    DG_TRY_PTR(passage);
    *passage = (DgPassage){ 0 };
    DG_TRY(read_passage(merge, mentions.items[i], pattern.g, passage));
  }
  if (telling->passages.n) {
    qsort(telling->passages.items, telling->passages.n, sizeof(DgPassage),
          compare_passages);
  }
  return DG_OK;
}

DgStatus
dg_merge_passages(DgMerge *merge, DgUnit *unit)
{
  const DgTerm term = dg_term_iri(unit->iri);
  DgId deal;
  if (unit->tellings.items[0].passages.n) {
    return DG_OK;
  }
  DG_TRY(merge->set->class_->find_id(merge->set, &term, &deal));
  for (size_t i = 0; i < unit->tellings.n; ++i) {
    if (!unit->tellings.items[i].by_person) {
      DG_TRY(read_passages(merge, deal, &unit->tellings.items[i]));
    }
  }
  return DG_OK;
}

/* ---- what people see ---- */

DgStatus
dg_merge_value(DgMerge *merge, DgId s, DgReadTerm p, DgStr *value)
{
  const DgIdQuad pattern = { s, merge->ids.terms[p], 0, 0 };
  DgIds found = { 0 };
  *value = DG_STR_NONE;
  if (pattern.p == DG_ID_NONE || s == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(dg_lookup_all(merge->set, pattern, 'o', merge->arena, &found));
  for (size_t i = 0; i < found.n; ++i) {
    DgStr text;
    DG_TRY(text_of(merge, found.items[i], &text));
    if (!value->ptr || dg_str_compare(text, *value) < 0) {
      *value = text;
    }
  }
  return DG_OK;
}

DgStatus
dg_merge_id(DgMerge *merge, DgStr iri, DgId *id)
{
  const DgTerm term = dg_term_iri(iri);
  const DgStatus status = merge->set->class_->find_id(merge->set, &term, id);
  if (status == DG_NO_MATCH) {
    *id = DG_ID_NONE;
    return DG_OK;
  }
  return status;
}

DgStatus
dg_merge_name(DgMerge *merge, uint32_t actor, DgStr *name)
{
  const DgStr iri = dg_actors_iri(merge->actors, actor);
  DgId id;
  DG_TRY(dg_merge_id(merge, iri, &id));
  DG_TRY(dg_merge_value(merge, id, DG_READ_rdfs_label, name));
  if (!name->len) {
    *name = dg_actors_given_name(merge->actors, actor);
  }
  if (!name->len) {
    *name = iri;
  }
  return DG_OK;
}

DgStatus
dg_merge_source(DgMerge *merge, DgStr article, DgStr *title, DgStr *where)
{
  DgId id;
  DG_TRY(dg_merge_id(merge, article, &id));
  DG_TRY(dg_merge_value(merge, id, DG_READ_dcterms_title, title));
  DG_TRY(dg_merge_value(merge, id, DG_READ_deal_url, where));
  return where->len ? DG_OK
                    : dg_merge_value(merge, id, DG_READ_deal_articleId, where);
}

DgStatus
dg_merge_deals_of(DgDataset *set, const DgTerm *graph, DgArena *arena,
                  DgToldStrings *deals)
{
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgIds found = { 0 };
  DG_TRY(dg_lookup_iri(set, DG_V_rdf_type, &pattern.p));
  DG_TRY(dg_lookup_iri(set, DG_V_deal_Deal, &pattern.o));
  const DgStatus status = set->class_->find_id(set, graph, &pattern.g);
  if (status == DG_NO_MATCH || !pattern.p || !pattern.o) {
    return DG_OK;
  }
  DG_TRY(status);
  DG_TRY(dg_lookup_all(set, pattern, 's', arena, &found));
  for (size_t i = 0; i < found.n; ++i) {
    DgTerm term;
    DgStr *const slot = DG_VEC_ADD(arena, deals);
    DG_TRY_PTR(slot);
    DG_TRY(set->class_->term(set, found.items[i], arena, &term));
    *slot = dg_arena_copy(arena, term.value);
    DG_TRY_PTR(slot->ptr);
  }
  return DG_OK;
}
