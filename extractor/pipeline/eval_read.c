/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval.h"

#include "input/json_text.h"

#include <math.h>

/*
 * JSON lines to deals. A member that is missing, null or of another kind than
 * the facts format says is absent; what is no object at all is an error.
 */

static DgStr
text_of(const json_t *value)
{
  return json_is_string(value)
             ? dg_str_n(json_string_value(value), json_string_length(value))
             : DG_STR_NONE;
}

/** A copy of a text member; absent stays absent. */
static DgStatus
copy_text(DgArena *arena, const json_t *object, const char *name, DgStr *out)
{
  const DgStr text = text_of(json_object_get(object, name));
  *out = text.ptr ? dg_arena_copy(arena, text) : DG_STR_NONE;
  return text.ptr && !out->ptr ? DG_NO_MEMORY : DG_OK;
}

/** Bit of the family; launches, and types that are none, have none. */
static unsigned
family_bit(DgStr type)
{
  const int named = dg_deal_type_named(type);
  const DgDealFamily family =
      named < 0 ? DG_FAMILY_LAUNCH : dg_deal_family((DgDealType)named);
  return 1U << family;
}

static DgStatus
read_types(DgArena *arena, const json_t *object, DgEvalDeal *deal)
{
  DG_TRY(copy_text(arena, object, "type", &deal->type));
  deal->family = family_bit(deal->type);
  deal->families = deal->family;
  const json_t *const others = json_object_get(object, "type_alt");
  for (size_t i = 0; i < json_array_size(others); ++i) {
    deal->families |= family_bit(text_of(json_array_get(others, i)));
  }
  return DG_OK;
}

static DgStatus
read_roles(DgArena *arena, const json_t *object, DgEvalDeal *deal)
{
  const json_t *const roles = json_object_get(object, "roles");
  size_t names = 0;
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    const json_t *const list =
        json_object_get(roles, dg_deal_role_text((DgDealRole)r));
    for (size_t i = 0; i < json_array_size(list); ++i) {
      const DgStr text = text_of(json_array_get(list, i));
      DgEvalName name;
      const DgStatus status =
          text.len ? dg_eval_name_read(arena, text, &name) : DG_NO_MATCH;
      if (status == DG_NO_MATCH) {
        continue;
      }
      DG_TRY(status);
      if (++names > DG_EVAL_NAMES) {
        return DG_LIMIT;
      }
      DgEvalName *const slot = DG_VEC_ADD(arena, &deal->roles[r]);
      DG_TRY_PTR(slot);
      *slot = name;
    }
  }
  return DG_OK;
}

/** ASCII upper case: codes are letters A to Z. */
static DgStatus
read_currency(DgArena *arena, const json_t *value, DgStr *out)
{
  const DgStr text = text_of(value);
  char *const to = dg_arena_alloc(arena, text.len + 1);
  DG_TRY_PTR(to);
  for (size_t i = 0; i < text.len; ++i) {
    const char c = text.ptr[i];
    to[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
  }
  *out = dg_str_n(to, text.len);
  return DG_OK;
}

static DgStatus
read_money(DgArena *arena, const json_t *object, DgEvalMoney *money)
{
  const json_t *const value = json_object_get(object, "value");
  money->given = object && !json_is_null(object);
  if (!json_is_number(value)) {
    return DG_OK;
  }
  const json_t *const others = json_object_get(object, "alt");
  money->items = DG_NEW_ARRAY(arena, DgEvalRange, json_array_size(others) + 1);
  DG_TRY_PTR(money->items);
  const json_t *const most = json_object_get(object, "value_max");
  DgEvalRange *const main = &money->items[money->n++];
  main->low = json_number_value(value);
  main->high = json_is_number(most) ? json_number_value(most) : main->low;
  const json_t *const currency = json_object_get(object, "currency");
  DG_TRY(read_currency(arena, currency, &main->currency));
  for (size_t i = 0; i < json_array_size(others); ++i) {
    const json_t *const other = json_array_get(others, i);
    const json_t *const sum = json_object_get(other, "value");
    if (json_is_number(sum)) {
      DgEvalRange *const range = &money->items[money->n++];
      range->low = range->high = json_number_value(sum);
      const json_t *const own = json_object_get(other, "currency");
      DG_TRY(read_currency(arena, own ? own : currency, &range->currency));
    }
  }
  return DG_OK;
}

/** "Series A", "série A" and "A" are one round. */
static DgStatus
read_round(DgArena *arena, const json_t *object, DgEvalDeal *deal)
{
  static const char *const heads[] = { "serie ", "series ", "tour ", "round " };
  DG_TRY(copy_text(arena, object, "round", &deal->round));
  if (!deal->round.len) {
    return DG_OK;
  }
  deal->round_key = dg_eval_fold(arena, deal->round);
  DG_TRY_PTR(deal->round_key.ptr);
  for (size_t i = 0; i < sizeof heads / sizeof *heads; ++i) {
    if (dg_str_starts(deal->round_key, dg_str(heads[i]))) {
      deal->round_key = dg_str_sub(deal->round_key, strlen(heads[i]), SIZE_MAX);
      break;
    }
  }
  return DG_OK;
}

static DgStatus
read_dates(DgArena *arena, const json_t *object, DgEvalDeal *deal)
{
  const json_t *const others = json_object_get(object, "date_alt");
  const size_t n = json_array_size(others);
  deal->dates = DG_NEW_ARRAY(arena, DgStr, n + 1);
  DG_TRY_PTR(deal->dates);
  DG_TRY(copy_text(arena, object, "date", &deal->dates[0]));
  deal->has_date = deal->dates[0].ptr != NULL;
  deal->n_dates = 1;
  for (size_t i = 0; i < n; ++i) {
    const DgStr date = text_of(json_array_get(others, i));
    deal->dates[deal->n_dates++] = dg_arena_copy(arena, date);
  }
  return DG_OK;
}

static DgStatus
read_deal(DgArena *arena, const json_t *object, DgEvalDeal *deal)
{
  DG_TRY(read_types(arena, object, deal));
  DG_TRY(copy_text(arena, object, "status", &deal->status));
  DG_TRY(read_roles(arena, object, deal));
  DG_TRY(read_money(arena, json_object_get(object, "amount"), &deal->amount));
  DG_TRY(read_money(arena, json_object_get(object, "valuation"),
                    &deal->valuation));
  DG_TRY(read_round(arena, object, deal));
  DG_TRY(read_dates(arena, object, deal));
  const json_t *const stake = json_object_get(object, "stake_percent");
  deal->has_stake = stake && !json_is_null(stake);
  deal->stake = json_is_number(stake) ? json_number_value(stake) : NAN;
  const DgStr salience = text_of(json_object_get(object, "salience"));
  deal->is_main = dg_str_equal(salience, DG_STR("main"));
  const json_t *const confidence = json_object_get(object, "confidence");
  deal->confidence =
      json_is_number(confidence) ? json_number_value(confidence) : -1;
  DG_TRY(copy_text(arena, object, "evidence", &deal->evidence));
  return copy_text(arena, object, "rule", &deal->rule);
}

static bool
is_scored(const json_t *object)
{
  const DgStr type = text_of(json_object_get(object, "type"));
  return family_bit(type) != 1U << DG_FAMILY_LAUNCH;
}

/** Append deals of a line; of facts, those that are scored. */
static DgStatus
read_deals(DgArena *arena, const json_t *line, bool facts, DgEvalDeals *deals)
{
  const json_t *const list = json_object_get(line, "deals");
  for (size_t i = 0; i < json_array_size(list); ++i) {
    const json_t *const object = json_array_get(list, i);
    if (!facts || is_scored(object)) {
      DgEvalDeal *const deal = DG_VEC_ADD(arena, deals);
      DG_TRY_PTR(deal);
      DG_TRY(read_deal(arena, object, deal));
    }
  }
  return DG_OK;
}

/* ---- lines ---- */

typedef struct {
  DgArena *arena;
  DgEvalGold *gold;
  DgEvalDeals *deals; /**< of facts, or null when gold is read */
  size_t next;        /**< article that a line of facts is likely about */
  size_t unknown;
} Reader;

static DgStatus
take_gold(Reader *reader, const json_t *line)
{
  DgArena *const arena = reader->arena;
  DgEvalArticle *const article = DG_VEC_ADD(arena, reader->gold);
  DG_TRY_PTR(article);
  DG_TRY(copy_text(arena, line, "id", &article->id));
  DG_TRY(copy_text(arena, line, "lang", &article->lang));
  DG_TRY(copy_text(arena, line, "published", &article->published));
  article->negative = json_is_true(json_object_get(line, "negative"));
  return read_deals(arena, line, false, &article->deals);
}

/** Facts mostly keep the order of gold: the search goes on from the last. */
static size_t
find_article(Reader *reader, DgStr id)
{
  const size_t n = reader->gold->n;
  for (size_t i = 0; i < n; ++i) {
    const size_t at = (reader->next + i) % n;
    if (dg_str_equal(reader->gold->items[at].id, id)) {
      reader->next = at + 1;
      return at;
    }
  }
  return SIZE_MAX;
}

static DgStatus
take_facts(Reader *reader, const json_t *line)
{
  const size_t at = find_article(reader, text_of(json_object_get(line, "id")));
  if (at == SIZE_MAX) {
    ++reader->unknown;
    return DG_OK;
  }
  return read_deals(reader->arena, line, true, &reader->deals[at]);
}

/** A line that a person can mend is told with its number. */
static DgStatus
line_fault(DgDiag *diag, size_t number, DgStatus status, const char *reason)
{
  (void)dg_diag_set(diag, status, "%s", reason);
  if (diag) {
    diag->line = number;
    diag->column = 1;
  }
  return status;
}

static DgStatus
read_line(Reader *reader, DgStr text, size_t number, DgDiag *diag)
{
  json_error_t error;
  json_t *const line = dg_json_parse(text, reader->arena, &error);
  const DgStr id = text_of(json_object_get(line, "id"));
  DgStatus status;
  if (!line) {
    status = line_fault(diag, number, DG_BAD_INPUT, error.text);
  } else if (!id.len) {
    status = line_fault(diag, number, DG_BAD_INPUT,
                        "a line is an object with an \"id\"");
  } else {
    status = reader->deals ? take_facts(reader, line) : take_gold(reader, line);
    if (status != DG_OK) {
      (void)line_fault(diag, number, status,
                       status == DG_LIMIT ? "a deal names over 256 parties"
                                          : dg_status_text(status));
    }
  }
  json_decref(line);
  return status;
}

static DgStatus
read_lines(Reader *reader, DgStr lines, DgDiag *diag)
{
  DgStr line;
  for (size_t number = 1; dg_str_cut(&lines, '\n', &line); ++number) {
    if (dg_str_trim(line).len) {
      DG_TRY(read_line(reader, line, number, diag));
    }
  }
  return DG_OK;
}

DgStatus
dg_eval_read_gold(DgArena *arena, DgStr lines, DgEvalGold *gold, DgDiag *diag)
{
  Reader reader = { .arena = arena, .gold = gold };
  DG_TRY(read_lines(&reader, lines, diag));
  return gold->n ? DG_OK
                 : dg_diag_set(diag, DG_BAD_INPUT, "no article is in it");
}

DgStatus
dg_eval_read_facts(DgArena *arena, DgStr lines, const DgEvalGold *gold,
                   DgEvalDeals *deals, size_t *unknown, DgDiag *diag)
{
  DgEvalGold articles = *gold;
  Reader reader = { .arena = arena, .gold = &articles, .deals = deals };
  DG_TRY(read_lines(&reader, lines, diag));
  *unknown = reader.unknown;
  return DG_OK;
}
