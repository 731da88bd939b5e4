/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/expect.h"

static bool
is_member_name(DgStr name)
{
  static const char *const names[] = {
    "amount", "amount_max", "qualifier", "stake",   "valuation",
    "round",  "date",       "exclusive", "product", "said_by",
    "cue",    "status",     "subject",   "object",
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (dg_str_equal(name, dg_str(names[i]))) {
      return true;
    }
  }
  return dg_deal_role_named(name) >= 0;
}

/** Where the next " word=" starts, at its word, or the end. */
static size_t
next_member(DgStr line, size_t from)
{
  for (size_t equal = dg_str_find(line, DG_STR("="), from); equal != SIZE_MAX;
       equal = dg_str_find(line, DG_STR("="), equal + 1)) {
    size_t begin = equal;
    while (begin > from &&
           (line.ptr[begin - 1] == '_' ||
            (line.ptr[begin - 1] >= 'a' && line.ptr[begin - 1] <= 'z'))) {
      --begin;
    }
    if (begin < equal && (begin == from || line.ptr[begin - 1] == ' ' ||
                          line.ptr[begin - 1] == '\n')) {
      return begin;
    }
  }
  return line.len;
}

static DgStatus
read_members(DgStr line, size_t at, DgExpect *expect, DgDiag *diag)
{
  while (at < line.len) {
    const size_t equal = dg_str_find(line, DG_STR("="), at);
    const size_t next = next_member(line, equal + 1);
    const DgStr name = dg_str_sub(line, at, equal);
    const DgStr value = dg_str_trim(dg_str_sub(line, equal + 1, next));
    const size_t most = sizeof expect->members / sizeof *expect->members;
    if (!is_member_name(name) || expect->n_members == most) {
      (void)dg_diag_set(diag, DG_BAD_INPUT, "a deal has no '%.*s'",
                        (int)name.len, name.ptr);
      return DG_BAD_INPUT;
    }
    if (dg_str_equal(name, DG_STR("status"))) {
      expect->status = value;
    } else {
      expect->members[expect->n_members].name = name;
      expect->members[expect->n_members++].value = value;
    }
    at = next;
  }
  return DG_OK;
}

DgStatus
dg_expect_read(DgStr line, DgExpect *expect, DgDiag *diag)
{
  *expect = (DgExpect){ .source = line };
  const size_t first = next_member(line, 0);
  DgStr head = dg_str_trim(dg_str_sub(line, 0, first));
  DgStr word;
  while (head.len && dg_str_cut(&head, ' ', &word)) {
    if (!word.len) {
      continue;
    }
    if (dg_deal_type_named(word) >= 0 || dg_relation_type_named(word) >= 0) {
      expect->type = word;
    } else {
      expect->status = word;
    }
  }
  return read_members(line, first, expect, diag);
}

/* ---- comparing ---- */

static bool
same_name(DgStr a, DgStr b)
{
  DgArena *const arena = dg_arena_new();
  const bool same =
      arena && dg_str_equal(dg_entity_key(a, arena), dg_entity_key(b, arena));
  dg_arena_free(arena);
  return same;
}

static size_t
count_names(DgStr names)
{
  size_t n = 0;
  DgStr piece;
  while (names.len && dg_str_cut(&names, '|', &piece)) {
    ++n;
  }
  return n;
}

static bool
role_is(const DgFacts *facts, const DgRoleFill *fill, DgStr names)
{
  if (fill->n != count_names(names)) {
    return false;
  }
  DgStr name;
  while (dg_str_cut(&names, '|', &name)) {
    bool found = false;
    for (size_t i = 0; i < fill->n; ++i) {
      found = found || same_name(facts->entities.items[fill->items[i]].name,
                                 dg_str_trim(name));
    }
    if (!found) {
      return false;
    }
  }
  return true;
}

static bool
decimal_is(DgDecimal value, DgStr text)
{
  DgDecimal expected;
  return dg_decimal_read(text, &expected) == DG_OK &&
         dg_decimal_compare(value, expected) == 0;
}

static bool
money_is(const DgMoney *money, DgStr text)
{
  DgStr currency;
  if (!dg_str_cut(&text, ':', &currency) || !text.ptr) {
    return false;
  }
  const DgStr code = dg_str(money->currency[0] ? money->currency : "?");
  return dg_str_equal(currency, code) && decimal_is(money->value, text);
}

static bool
date_is(DgDate date, DgStr text)
{
  char written[DG_DATE_TEXT];
  return date.precision != DG_DATE_NONE &&
         dg_str_equal(dg_str_n(written, dg_date_write(date, written)), text);
}

static bool
has_product(const DgDeal *deal, DgStr names)
{
  DgStr name;
  while (dg_str_cut(&names, '|', &name)) {
    for (size_t i = 0; i < deal->n_products; ++i) {
      if (same_name(deal->products[i], name)) {
        return true;
      }
    }
  }
  return false;
}

static bool
member_is(const DgFacts *facts, const DgDeal *deal, DgStr name, DgStr value)
{
  const int role = dg_deal_role_named(name);
  if (role >= 0) {
    return role_is(facts, &deal->roles[role], value);
  }
  switch (name.ptr[0] == 's' ? name.ptr[1] : name.ptr[0]) {
  case 'a':
    if (name.len == 6) {
      return deal->has_amount && money_is(&deal->amount, value);
    }
    if (dg_str_equal(name, DG_STR("said_by"))) {
      return dg_str_equal(deal->said_by, value);
    }
    if (dg_str_find(value, DG_STR(":"), 0) != SIZE_MAX) {
      value =
          dg_str_sub(value, dg_str_find(value, DG_STR(":"), 0) + 1, value.len);
    }
    return deal->has_amount && deal->amount.is_range &&
           decimal_is(deal->amount.value_max, value);
  case 'q':
    return deal->has_amount &&
           dg_str_equal(dg_str(dg_qualifier_text(deal->amount.qualifier)),
                        value);
  case 't':
    return deal->has_stake && decimal_is(deal->stake, value);
  case 'v':
    return deal->has_valuation && money_is(&deal->valuation, value);
  case 'r':
    return deal->round.ptr && same_name(deal->round, value);
  case 'd':
    return date_is(deal->date, value);
  case 'e':
    return deal->exclusive == (dg_str_equal(value, DG_STR("yes")) ? 1 : 0);
  case 'p':
    return has_product(deal, value);
  default:
    return dg_str_equal(deal->cue, value);
  }
}

static bool
status_is(DgDealStatus status, DgStr allowed)
{
  DgStr one;
  while (dg_str_cut(&allowed, '|', &one)) {
    if (dg_str_equal(dg_str_trim(one), dg_str(dg_deal_status_text(status)))) {
      return true;
    }
  }
  return false;
}

bool
dg_expect_meets(const DgExpect *expect, const DgFacts *facts,
                const DgDeal *deal, DgBuf *why)
{
  const size_t before = why->len;
  if (expect->type.len &&
      !dg_str_equal(expect->type, dg_str(dg_deal_type_text(deal->type)))) {
    dg_buf_printf(why, "type; ");
  }
  if (expect->status.len && !status_is(deal->status, expect->status)) {
    dg_buf_printf(why, "status; ");
  }
  for (size_t i = 0; i < expect->n_members; ++i) {
    const DgStr name = expect->members[i].name;
    if (!member_is(facts, deal, name, expect->members[i].value)) {
      dg_buf_printf(why, "%.*s; ", (int)name.len, name.ptr);
    }
  }
  return why->len == before;
}

/* ---- writing ---- */

static void
write_decimal(DgBuf *out, const char *name, DgDecimal value)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  dg_buf_printf(out, " %s%s", name, text);
}

static void
write_money(DgBuf *out, const char *name, const DgMoney *money)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(money->value, text);
  dg_buf_printf(out, " %s=%s:%s", name,
                money->currency[0] ? money->currency : "?", text);
}

void
dg_expect_write(const DgFacts *facts, const DgDeal *deal, DgBuf *out)
{
  dg_buf_printf(out, "%s %s", dg_deal_type_text(deal->type),
                dg_deal_status_text(deal->status));
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    const DgRoleFill *const fill = &deal->roles[r];
    for (size_t i = 0; i < fill->n; ++i) {
      const DgStr name = facts->entities.items[fill->items[i]].name;
      if (i == 0) {
        dg_buf_printf(out, " %s=", dg_deal_role_text((DgDealRole)r));
      } else {
        dg_buf_add_char(out, '|');
      }
      dg_buf_add(out, name);
    }
  }
  if (deal->has_amount) {
    write_money(out, "amount", &deal->amount);
    if (deal->amount.is_range) {
      write_decimal(out, "amount_max=", deal->amount.value_max);
    }
    if (deal->amount.qualifier != DG_QUALIFIER_EXACT) {
      dg_buf_printf(out, " qualifier=%s",
                    dg_qualifier_text(deal->amount.qualifier));
    }
  }
  if (deal->has_stake) {
    write_decimal(out, "stake=", deal->stake);
  }
  if (deal->has_valuation) {
    write_money(out, "valuation", &deal->valuation);
  }
  if (deal->round.ptr) {
    dg_buf_printf(out, " round=%.*s", (int)deal->round.len, deal->round.ptr);
  }
  if (deal->date.precision != DG_DATE_NONE) {
    char text[DG_DATE_TEXT];
    const size_t n = dg_date_write(deal->date, text);
    dg_buf_printf(out, " date=%.*s", (int)n, text);
  }
  if (deal->exclusive >= 0) {
    dg_buf_printf(out, " exclusive=%s", deal->exclusive ? "yes" : "no");
  }
  for (size_t i = 0; i < deal->n_products; ++i) {
    dg_buf_printf(out, "%s%.*s",
                  i ? "|" : " product=", (int)deal->products[i].len,
                  deal->products[i].ptr);
  }
}
