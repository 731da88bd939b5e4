/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/deals_cli.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- parts of a line ---- */

/* The hash at the end of a deal's IRI. */
static DgStr
short_id(DgStr iri)
{
  size_t at = iri.len;
  while (at && iri.ptr[at - 1] != '/') {
    --at;
  }
  return dg_str_sub(iri, at, iri.len);
}

static const char *
state_of(const DgGroup *group)
{
  return group->rejected                                      ? "rejected"
         : group->edited                                      ? "edited"
         : group->accepted                                    ? "accepted"
         : group->units.items[0]->tellings.items[0].by_person ? "added"
                                                              : "-";
}

static void
add_disagreement(const DgGroup *group, DgBuf *out)
{
  static const char *const names[] = { "amount", "valuation", "stake", "date" };
  const size_t before = out->len;
  for (unsigned i = 0; i < sizeof names / sizeof *names; ++i) {
    if (group->disagrees & 1U << i) {
      dg_buf_printf(out, "%s%s", out->len > before ? "," : "", names[i]);
    }
  }
  if (out->len == before) {
    dg_buf_add_char(out, '-');
  }
}

static void
add_date(DgDate date, DgBuf *out)
{
  char text[DG_DATE_TEXT];
  if (date.precision == DG_DATE_NONE) {
    dg_buf_add_char(out, '-');
  } else {
    dg_buf_add(out, dg_str_n(text, dg_date_write(date, text)));
  }
}

/* The deal's date, else that of its first article. */
static DgDate
date_of(const DgGroup *group)
{
  DgDate date = group->date;
  for (size_t i = 0; i < group->units.n; ++i) {
    const DgUnit *const unit = group->units.items[i];
    for (size_t j = 0; j < unit->tellings.n; ++j) {
      const DgDate day = unit->tellings.items[j].published;
      if (group->date.precision == DG_DATE_NONE && day.precision &&
          (!date.precision ||
           dg_date_first_day(day) < dg_date_first_day(date))) {
        date = day;
      }
    }
  }
  return date;
}

static void
add_money(const DgToldMoney *money, DgBuf *out)
{
  char digits[DG_DECIMAL_TEXT];
  if (!money->known) {
    dg_buf_add_char(out, '-');
    return;
  }
  if (money->qualifier.len &&
      !dg_str_equal(money->qualifier, DG_STR("exact"))) {
    dg_buf_add(out, money->qualifier);
    dg_buf_add_char(out, ' ');
  }
  if (money->currency.len) {
    dg_buf_add(out, money->currency);
    dg_buf_add_char(out, ':');
  }
  const size_t n = dg_decimal_write(dg_decimal_normal(money->value), digits);
  dg_buf_add(out, dg_str_n(digits, n));
}

static DgStatus
add_role(DgDeals *deals, const DgParties *parties, DgBuf *out)
{
  DgToldStrings names = { 0 };
  for (size_t i = 0; i < parties->n; ++i) {
    DgStr *const slot = DG_VEC_ADD(deals->arena, &names);
    DG_TRY_PTR(slot);
    DG_TRY(dg_merge_name(deals->merge, parties->items[i], slot));
    for (size_t j = i;
         j && dg_str_compare(names.items[j], names.items[j - 1]) < 0; --j) {
      const DgStr later = names.items[j];
      names.items[j] = names.items[j - 1];
      names.items[j - 1] = later;
    }
  }
  for (size_t i = 0; i < names.n; ++i) {
    dg_buf_add(out, i ? DG_STR(", ") : DG_STR(" "));
    dg_cli_show(names.items[i], out);
  }
  return DG_OK;
}

static DgStatus
add_parties(DgDeals *deals, const DgParties *roles, DgBuf *out)
{
  const size_t before = out->len;
  const bool sided = roles[DG_TOLD_supplier].n && roles[DG_TOLD_customer].n;
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    const bool repeats = r == DG_TOLD_partner && sided;
    if (roles[r].n && !repeats) {
      dg_buf_printf(out, "%s%s:", out->len > before ? "; " : "",
                    dg_told_roles[r].name);
      DG_TRY(add_role(deals, &roles[r], out));
    }
  }
  return DG_OK;
}

/* The best passage of all tellings, and its article. */
static const DgPassage *
best_passage(const DgGroup *group, DgStr *article)
{
  const DgPassage *best = NULL;
  for (size_t i = 0; i < group->units.n; ++i) {
    const DgUnit *const unit = group->units.items[i];
    for (size_t j = 0; j < unit->tellings.n; ++j) {
      const DgTelling *const t = &unit->tellings.items[j];
      if (t->passages.n &&
          (!best || t->passages.items[0].confidence > best->confidence)) {
        best = &t->passages.items[0];
        *article = t->article;
      }
    }
  }
  return best;
}

/* ---- the list ---- */

static DgStatus
add_row(DgDeals *deals, const DgGroup *group, DgBuf *out)
{
  DgStr article = DG_STR_NONE;
  DgStr title;
  DgStr where = DG_STR_NONE;
  const DgPassage *const passage = best_passage(group, &article);
  const char *const gap = deals->table ? "  " : "\t";
  dg_buf_add(out, short_id(group->iri));
  dg_buf_printf(out, deals->table ? "  %-8s" : "\t%s", state_of(group));
  dg_buf_printf(out, "%s%.3f%s%zu%s", gap, group->confidence, gap,
                group->sources, gap);
  add_disagreement(group, out);
  dg_buf_printf(out, "%s%s%s", gap, dg_told_statuses[group->status].name, gap);
  add_date(date_of(group), out);
  dg_buf_printf(out, "%s%s%s", gap, dg_told_types[group->type].name, gap);
  add_money(&group->amount, out);
  dg_buf_add(out, dg_str(gap));
  DG_TRY(add_parties(deals, group->roles, out));
  if (passage) {
    DG_TRY(dg_merge_source(deals->merge, article, &title, &where));
  }
  dg_buf_add(out, deals->table ? DG_STR("\n    ") : DG_STR("\t"));
  if (passage) {
    dg_cli_show(passage->quote, out);
  }
  dg_buf_add(out, deals->table ? DG_STR("\n    ") : DG_STR("\t"));
  dg_cli_show(where, out);
  dg_buf_add_char(out, '\n');
  return DG_OK;
}

/* What most needs a look: doubtful, or told in two ways. */
static double
doubt(const DgGroup *group)
{
  return 1 - group->confidence + (group->disagrees ? 0.5 : 0);
}

static int
compare_doubt(const void *a, const void *b)
{
  const DgGroup *const x = *(const DgGroup *const *)a;
  const DgGroup *const y = *(const DgGroup *const *)b;
  if (doubt(x) != doubt(y)) {
    return doubt(x) > doubt(y) ? -1 : 1;
  }
  return dg_str_compare(x->iri, y->iri);
}

static int
compare_date(const void *a, const void *b)
{
  const DgGroup *const x = *(const DgGroup *const *)a;
  const DgGroup *const y = *(const DgGroup *const *)b;
  const DgDate dx = date_of(x);
  const DgDate dy = date_of(y);
  const int32_t tx = dx.precision ? dg_date_first_day(dx) : INT32_MIN;
  const int32_t ty = dy.precision ? dg_date_first_day(dy) : INT32_MIN;
  return tx != ty ? tx > ty ? -1 : 1 : dg_str_compare(x->iri, y->iri);
}

DgStatus
dg_deals_list(DgDeals *deals)
{
  const size_t n = dg_merge_count(deals->merge);
  const DgGroup **const rows =
      DG_NEW_ARRAY(deals->arena, const DgGroup *, n + 1);
  DG_TRY_PTR(rows);
  size_t kept = 0;
  for (size_t i = 0; i < n; ++i) {
    const DgGroup *const group = dg_merge_group(deals->merge, i);
    const bool decided = group->accepted || group->rejected || group->edited;
    if (!deals->review || !decided) {
      rows[kept++] = group;
    }
  }
  if (kept) {
    qsort(rows, kept, sizeof(DgGroup *),
          deals->review ? compare_doubt : compare_date);
  }
  DgBuf out = DG_BUF_INIT;
  if (!deals->table) {
    dg_buf_add(&out, DG_STR("deal\tdecision\tconfidence\tsources\tdisagrees\t"
                            "status\tdate\ttype\tamount\tparties\tquote\t"
                            "source\n"));
  }
  DgStatus status = DG_OK;
  for (size_t i = 0; status == DG_OK && i < kept; ++i) {
    if (deals->limit && i == deals->limit) {
      break;
    }
    status = add_row(deals, rows[i], &out);
  }
  dg_cli_put(&out);
  return status;
}

/* ---- one deal ---- */

static void
add_line(DgBuf *out, const char *name, DgStr value)
{
  if (value.len) {
    dg_buf_printf(out, "%-12s", name);
    dg_cli_show(value, out);
    dg_buf_add_char(out, '\n');
  }
}

static void
add_decision_line(DgBuf *out, const char *name, const DgDecision *decision)
{
  if (decision) {
    const DgStr note = dg_decision_get(decision, "note");
    dg_buf_printf(out, "%-12s", name);
    dg_cli_show(decision->who, out);
    dg_buf_add(out, DG_STR(", "));
    dg_buf_add(out, decision->when);
    dg_buf_add(out, note.len ? DG_STR(": ") : DG_STR_NONE);
    dg_cli_show(note, out);
    dg_buf_printf(out, " (%.*s)\n", (int)decision->id.len, decision->id.ptr);
  }
}

static DgStatus
add_values(DgDeals *deals, const DgGroup *group, DgBuf *out)
{
  add_line(out, "deal", group->iri);
  dg_buf_printf(out, "%-12s%s\n", "type", dg_told_types[group->type].name);
  dg_buf_printf(out, "%-12s%s\n", "status",
                dg_told_statuses[group->status].name);
  dg_buf_printf(out, "%-12s", "date");
  add_date(date_of(group), out);
  dg_buf_printf(out, "\n%-12s", "amount");
  add_money(&group->amount, out);
  dg_buf_add_char(out, '\n');
  if (group->valuation.known) {
    dg_buf_printf(out, "%-12s", "valuation");
    add_money(&group->valuation, out);
    dg_buf_add_char(out, '\n');
  }
  if (group->has_stake) {
    char digits[DG_DECIMAL_TEXT];
    const size_t n = dg_decimal_write(group->stake, digits);
    dg_buf_printf(out, "%-12s%.*s %%\n", "stake", (int)n, digits);
  }
  add_line(out, "round", group->round);
  for (size_t i = 0; i < group->products.n; ++i) {
    add_line(out, "product", group->products.items[i]);
  }
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    if (group->roles[r].n) {
      dg_buf_printf(out, "%-11s", dg_told_roles[r].name);
      DG_TRY(add_role(deals, &group->roles[r], out));
      dg_buf_add_char(out, '\n');
    }
  }
  dg_buf_printf(out, "%-12s%.3f\n%-12s%zu\n%-12s", "confidence",
                group->confidence, "sources", group->sources, "disagrees");
  add_disagreement(group, out);
  dg_buf_add_char(out, '\n');
  add_decision_line(out, "accepted", group->accepted);
  add_decision_line(out, "rejected", group->rejected);
  add_decision_line(out, "edited", group->edited);
  return DG_OK;
}

typedef struct {
  const DgTelling *telling;
  const DgUnit *unit;
} Told;

static int
compare_told(const void *a, const void *b)
{
  const Told *const x = a;
  const Told *const y = b;
  const DgDate dx = x->telling->published;
  const DgDate dy = y->telling->published;
  const int32_t tx = dx.precision ? dg_date_first_day(dx) : INT32_MIN;
  const int32_t ty = dy.precision ? dg_date_first_day(dy) : INT32_MIN;
  if (tx != ty) {
    return tx < ty ? -1 : 1;
  }
  const int order = dg_str_compare(x->telling->article, y->telling->article);
  return order ? order : dg_str_compare(x->unit->iri, y->unit->iri);
}

static DgStatus
add_telling(DgDeals *deals, const Told *told, DgBuf *out)
{
  const DgTelling *const t = told->telling;
  DgStr title = DG_STR_NONE;
  DgStr where = DG_STR("added by a person");
  if (!t->by_person) {
    DG_TRY(dg_merge_source(deals->merge, t->article, &title, &where));
  }
  dg_buf_add_char(out, '\n');
  add_date(t->published, out);
  dg_buf_printf(out, "  %s  ", dg_told_statuses[t->status].name);
  add_money(&t->amount, out);
  dg_buf_add(out, DG_STR("  "));
  DG_TRY(add_parties(deals, t->roles, out));
  dg_buf_add(out, DG_STR("\n  "));
  dg_cli_show(where, out);
  dg_buf_add(out, DG_STR("\n"));
  if (title.len) {
    dg_buf_add(out, DG_STR("  "));
    dg_cli_show(title, out);
    dg_buf_add_char(out, '\n');
  }
  for (size_t i = 0; i < t->passages.n; ++i) {
    const DgPassage *const p = &t->passages.items[i];
    dg_buf_add(out, DG_STR("  > "));
    dg_cli_show(p->quote, out);
    dg_buf_printf(out, "\n    %.3f  characters %llu-%llu  ", p->confidence,
                  (unsigned long long)p->begin, (unsigned long long)p->end);
    dg_cli_show(p->rule, out);
    dg_buf_add_char(out, '\n');
  }
  return DG_OK;
}

DgStatus
dg_deals_show(DgDeals *deals, const DgGroup *group)
{
  DG_VEC(Told) history = { 0 };
  for (size_t i = 0; i < group->units.n; ++i) {
    const DgUnit *const unit = group->units.items[i];
    for (size_t j = 0; j < unit->tellings.n; ++j) {
      Told *const told = DG_VEC_ADD(deals->arena, &history);
      DG_TRY_PTR(told);
      *told = (Told){ &unit->tellings.items[j], unit };
    }
  }
  qsort(history.items, history.n, sizeof(Told), compare_told);
  DgBuf out = DG_BUF_INIT;
  DgStatus status = add_values(deals, group, &out);
  for (size_t i = 0; status == DG_OK && i < history.n; ++i) {
    status = add_telling(deals, &history.items[i], &out);
  }
  dg_cli_put(&out);
  return status;
}

/* ---- the decisions ---- */

static bool
is_lost(const DgDeals *deals, const DgDecision *decision)
{
  const DgLostDecisions *const lost = dg_merge_lost(deals->merge);
  for (size_t i = 0; i < lost->n; ++i) {
    if (lost->items[i] == decision) {
      return true;
    }
  }
  return false;
}

DgStatus
dg_deals_log(DgDeals *deals)
{
  DgBuf out = DG_BUF_INIT;
  for (size_t i = 0; i < deals->decisions.all.n; ++i) {
    const DgDecision *const d = &deals->decisions.all.items[i];
    if (d->verb != DG_VERB_UNDO &&
        dg_verb_is_of_actors(d->verb) != deals->of_actors) {
      continue;
    }
    dg_buf_add(&out, d->id);
    dg_buf_printf(&out, "\t%s\t",
                  d->undone           ? "undone"
                  : is_lost(deals, d) ? "fits no deal"
                                      : "stands");
    dg_buf_add(&out, d->when);
    dg_buf_add_char(&out, '\t');
    dg_cli_show(d->who, &out);
    dg_buf_printf(&out, "\t%s", dg_verb_text(d->verb));
    for (size_t j = 0; j < d->fields.n; ++j) {
      const DgField *const field = &d->fields.items[j];
      dg_buf_add_char(&out, '\t');
      dg_cli_show(field->name, &out);
      dg_buf_add(&out, field->op == '+'   ? DG_STR("+=")
                       : field->op == '-' ? DG_STR("-=")
                                          : DG_STR("="));
      dg_cli_show(field->value, &out);
    }
    dg_buf_add_char(&out, '\n');
  }
  dg_cli_put(&out);
  return DG_OK;
}
