/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/explain_p.h"

#include "base/utf8.h"

const char *
dg_explain_ref_text(DgRef ref)
{
  static const char *const texts[] = { "none",     "applied", "other-type",
                                       "not-best", "void",    "outranked",
                                       "guarded",  "dropped" };
  return texts[ref];
}

const char *
dg_explain_status(DgStepKind kind)
{
  switch (kind) {
  case DG_STEP_STATUS_RULE:
    return "the rule says so";
  case DG_STEP_STATUS_FORM:
    return "the form of the trigger";
  case DG_STEP_STATUS_DEFAULT:
    return "nothing says otherwise";
  case DG_STEP_STATUS_CUE:
    return "a cue";
  case DG_STEP_STATUS_PAST:
    return "its date is long before publication";
  case DG_STEP_STATUS_TAKEN:
    return "this telling knows better than the first";
  default:
    return NULL;
  }
}

const DgMatch *
dg_explain_match(const DgExplain *e, uint32_t index)
{
  return index < e->x->matches.n ? &e->x->matches.items[index] : NULL;
}

const DgRule *
dg_explain_rule(const DgExplain *e, const DgMatch *match)
{
  return dg_ruleset_rule(e->rules, match->rule);
}

DgStr
dg_explain_words(const DgExplain *e, const DgMatch *match)
{
  return dg_text_of(e->x->facts.text, match->first, match->end);
}

size_t
dg_explain_chars(const DgExplain *e, size_t at)
{
  return dg_utf8_count(dg_str_sub(e->x->facts.text->text, 0, at));
}

bool
dg_explain_next(const DgExplain *e, const DgSteps *steps, size_t *at,
                DgTelling *telling)
{
  while (*at < steps->n && steps->items[*at].kind != DG_STEP_READ) {
    ++*at;
  }
  if (*at >= steps->n) {
    return false;
  }
  telling->match = dg_explain_match(e, steps->items[*at].match);
  telling->rule = dg_explain_rule(e, telling->match);
  telling->steps = steps->items + ++*at;
  telling->n_steps = 0;
  while (*at < steps->n && steps->items[*at].kind != DG_STEP_READ) {
    ++*at;
    ++telling->n_steps;
  }
  return true;
}

bool
dg_explain_gave(const DgTelling *telling, const DgMatch *match, DgStr what,
                const DgExplain *e)
{
  for (size_t i = 0; i < telling->n_steps; ++i) {
    const DgStep *const step = &telling->steps[i];
    if (step->kind == DG_STEP_FILL && dg_str_equal(step->what, what) &&
        dg_explain_match(e, step->match) == match) {
      return true;
    }
  }
  return false;
}

/* ---- what other matches are to a telling ---- */

static bool
did_anything(const DgTelling *telling, uint32_t index)
{
  for (size_t i = 0; i < telling->n_steps; ++i) {
    if (telling->steps[i].match == index) {
      return true;
    }
  }
  return false;
}

static bool
allows(const DgRule *rule, DgStr type)
{
  for (size_t i = 0; i < rule->n_types; ++i) {
    if (dg_str_equal(rule->types[i], type)) {
      return true;
    }
  }
  return rule->n_types == 0;
}

DgRef
dg_explain_cue(const DgExplain *e, const DgTelling *telling, uint32_t index)
{
  const DgMatch *const cue = dg_explain_match(e, index);
  const DgMatch *const match = telling->match;
  const DgRule *const rule = dg_explain_rule(e, cue);
  if (rule->kind != DG_RULE_CONTEXT || cue->sentence != match->sentence ||
      cue->reach_first >= match->trigger_end ||
      cue->reach_end <= match->trigger_first) {
    return DG_REF_NONE;
  }
  if (did_anything(telling, index)) {
    return DG_REF_APPLIED;
  }
  if (cue->fate != DG_MATCH_HELD) {
    return DG_REF_VOID;
  }
  return allows(rule, telling->rule->type) ? DG_REF_NOT_BEST
                                           : DG_REF_OTHER_TYPE;
}

/** Who a match lost to in the end: its winner may have lost too. */
static uint32_t
winner_of(const DgExplain *e, uint32_t index)
{
  const size_t n = e->x->matches.n;
  for (size_t turns = 0; turns < n; ++turns) {
    const DgMatch *const match = dg_explain_match(e, index);
    if (match->fate != DG_MATCH_OUTRANKED || match->lost_to >= n) {
      break;
    }
    index = match->lost_to;
  }
  return index;
}

static bool
overlap(const DgMatch *a, const DgMatch *b)
{
  return a->first < b->end && b->first < a->end;
}

DgRef
dg_explain_loser(const DgExplain *e, const DgMatch *match, uint32_t index)
{
  const DgMatch *const other = dg_explain_match(e, index);
  if (other == match || other->sentence != match->sentence ||
      dg_explain_rule(e, other)->kind != dg_explain_rule(e, match)->kind) {
    return DG_REF_NONE;
  }
  if (other->fate == DG_MATCH_OUTRANKED &&
      dg_explain_match(e, winner_of(e, index)) == match) {
    return DG_REF_OUTRANKED;
  }
  return other->fate == DG_MATCH_GUARDED && overlap(other, match)
             ? DG_REF_GUARDED
             : DG_REF_NONE;
}

/** True for a match that a deal was read from, or that lost to one. */
static bool
is_explained(const DgExplain *e, const DgDeal *deal, uint32_t index)
{
  DgTelling telling;
  for (size_t at = 0; dg_explain_next(e, &deal->steps, &at, &telling);) {
    if (telling.match == dg_explain_match(e, index) ||
        dg_explain_loser(e, telling.match, index) != DG_REF_NONE) {
      return true;
    }
  }
  return false;
}

DgRef
dg_explain_no_deal(const DgExplain *e, uint32_t index, const DgStep **step)
{
  const DgFacts *const facts = &e->x->facts;
  const DgMatch *const match = dg_explain_match(e, index);
  *step = NULL;
  if (dg_explain_rule(e, match)->kind != DG_RULE_EVENT) {
    return DG_REF_NONE;
  }
  for (size_t i = 0; i < facts->dropped.n; ++i) {
    if (facts->dropped.items[i].match == index) {
      *step = &facts->dropped.items[i];
      return DG_REF_APPLIED;
    }
  }
  for (size_t i = 0; i < facts->n_deals; ++i) {
    if (is_explained(e, &facts->deals[i], index)) {
      return DG_REF_NONE;
    }
  }
  switch (match->fate) {
  case DG_MATCH_OUTRANKED:
    return DG_REF_OUTRANKED;
  case DG_MATCH_GUARDED:
    return DG_REF_GUARDED;
  default:
    return DG_REF_DROPPED;
  }
}

const DgRule *
dg_explain_denier(const DgExplain *e, const DgStep *step)
{
  return dg_explain_rule(e, dg_explain_match(e, step[1].match));
}

/* ---- in words ---- */

static void
put_decimal(DgDecimal value, DgBuf *out)
{
  char text[DG_DECIMAL_TEXT];
  dg_buf_add(out, dg_str_n(text, dg_decimal_write(value, text)));
}

static void
put_money(const DgMoney *money, DgBuf *out)
{
  dg_buf_printf(out, "%s ", money->currency[0] ? money->currency : "?");
  put_decimal(money->value, out);
  if (money->is_range) {
    dg_buf_add(out, DG_STR(" to "));
    put_decimal(money->value_max, out);
  }
}

static void
put_date(DgDate date, DgBuf *out)
{
  char text[DG_DATE_TEXT];
  const size_t n =
      date.precision == DG_DATE_NONE ? 0 : dg_date_write(date, text);
  dg_buf_add(out, n ? dg_str_n(text, n) : DG_STR("no known date"));
}

void
dg_explain_value(const DgValue *value, DgBuf *out)
{
  switch (value->kind) {
  case DG_VALUE_MONEY:
    put_money(&value->money, out);
    break;
  case DG_VALUE_DATE:
    put_date(value->date, out);
    break;
  default:
    put_decimal(value->number, out);
    if (value->kind == DG_VALUE_PERCENT) {
      dg_buf_add(out, DG_STR(" %"));
    } else if (value->kind == DG_VALUE_DURATION) {
      dg_buf_printf(out, " %c", value->unit);
    }
  }
  const DgQualifier qualifier =
      value->kind == DG_VALUE_MONEY ? value->money.qualifier : value->qualifier;
  if (qualifier != DG_QUALIFIER_EXACT) {
    dg_buf_printf(out, " (%s)", dg_qualifier_text(qualifier));
  }
}

static void
put_guard(const DgGuard *guard, DgBuf *out)
{
  static const struct {
    const char *before;
    const char *between[2]; /* [negated] */
    const char *after;
  } forms[] = {
    [DG_GUARD_DIFFERENT] = { "", { " != ", " != " }, "" },
    [DG_GUARD_HAS] = { "has ", { "", "" }, "" },
    [DG_GUARD_LACKS] = { "no ", { "", "" }, "" },
    [DG_GUARD_COUNTRIES_DIFFER] = { "country(",
                                    { ") != country(", ") != country(" },
                                    ")" },
    [DG_GUARD_KIND] = { "kind(", { ") = ", ") != " }, "" },
    [DG_GUARD_CONTAINS] = { "", { " contains ", " lacks " }, "" },
  };
  dg_buf_add(out, dg_str(forms[guard->kind].before));
  dg_buf_add(out, guard->a);
  dg_buf_add(out, dg_str(forms[guard->kind].between[guard->negated]));
  dg_buf_add(out, guard->b);
  dg_buf_add(out, dg_str(forms[guard->kind].after));
}

void
dg_explain_guards(const DgRule *rule, DgBuf *out)
{
  for (size_t i = 0; i < rule->n_guards; ++i) {
    dg_buf_add(out, dg_str(i ? ", " : ""));
    put_guard(&rule->guards[i], out);
  }
}

/* ---- foreign text ---- */

bool
dg_explain_is_control(uint32_t code)
{
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
         code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

void
dg_explain_clean(DgStr s, DgBuf *out)
{
  size_t size;
  for (size_t i = 0; i < s.len; i += size) {
    const uint32_t code = dg_utf8_decode(s, i, &size);
    if (code == '\n' || code == '\r' || code == '\t') {
      dg_buf_add_char(out, ' ');
    } else {
      dg_buf_add_code(out, dg_explain_is_control(code) ? 0xFFFD : code);
    }
  }
}
