/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval_report.h"

/* ---- parts of a line ---- */

static void
add_names(const DgEvalName *const *names, size_t n, DgBuf *out)
{
  for (size_t i = 0; i < n; ++i) {
    dg_buf_add(out, dg_str(i ? ", " : ""));
    dg_buf_add(out, names[i]->text);
  }
  if (!n) {
    dg_buf_add(out, DG_STR("nobody"));
  }
}

/** Names of a role as read against another deal, which may be null. */
static void
add_role(const DgEvalDeal *deal, const DgEvalDeal *against, size_t role,
         DgBuf *out)
{
  const DgEvalName *names[DG_EVAL_NAMES];
  const size_t n = dg_eval_role_names(deal, against, role, names);
  add_names(names, n, out);
}

static void
add_text(DgStr text, DgBuf *out)
{
  dg_buf_add(out, text.len ? text : DG_STR("nothing"));
}

static void
add_money(const DgEvalMoney *money, DgBuf *out)
{
  for (size_t i = 0; i < money->n; ++i) {
    const DgEvalRange *const x = &money->items[i];
    dg_buf_printf(out, "%s%.15g", i ? " or " : "", x->low);
    if (x->high > x->low) {
      dg_buf_printf(out, "..%.15g", x->high);
    }
    dg_buf_printf(out, " %.*s", (int)x->currency.len, x->currency.ptr);
  }
  if (!money->n) {
    dg_buf_add(out, DG_STR("nothing"));
  }
}

/** "Acquisition completed, acquirer A, target B". */
static void
add_deal(const DgEvalDeal *deal, DgBuf *out)
{
  dg_buf_add(out, deal->type);
  dg_buf_add_char(out, ' ');
  dg_buf_add(out, deal->status);
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    if (deal->roles[r].n) {
      dg_buf_printf(out, ", %s ", dg_deal_role_text((DgDealRole)r));
      add_role(deal, NULL, r, out);
    }
  }
}

/** The quoted text on a line of its own, with the rule that read it. */
static void
add_quote(const DgEvalDeal *deal, DgBuf *out)
{
  dg_buf_add(out, DG_STR("      \""));
  for (size_t i = 0; i < deal->evidence.len; ++i) {
    const char c = deal->evidence.ptr[i];
    dg_buf_add_char(out, c == '\n' ? ' ' : c);
  }
  dg_buf_add_char(out, '"');
  if (deal->rule.len) {
    dg_buf_printf(out, " [%.*s]", (int)deal->rule.len, deal->rule.ptr);
  }
  dg_buf_add_char(out, '\n');
}

static void
add_line(DgStr id, const DgEvalDeal *deal, DgBuf *out)
{
  dg_buf_printf(out, "  %.*s: ", (int)id.len, id.ptr);
  add_deal(deal, out);
  dg_buf_add_char(out, '\n');
  add_quote(deal, out);
}

/* ---- errors ---- */

static void
add_difference(const DgEvalError *error, DgBuf *out)
{
  const DgEvalDeal *const pred = error->pred;
  const DgEvalDeal *const gold = error->gold;
  switch (error->kind) {
  case DG_EVAL_ERROR_ROLE:
    add_role(pred, gold, error->role, out);
    dg_buf_add(out, DG_STR("; gold has "));
    add_role(gold, NULL, error->role, out);
    break;
  case DG_EVAL_ERROR_AMOUNT:
    add_money(&pred->amount, out);
    dg_buf_add(out, DG_STR("; gold has "));
    add_money(&gold->amount, out);
    break;
  case DG_EVAL_ERROR_DATE:
    add_text(pred->dates[0], out);
    dg_buf_add(out, DG_STR("; gold has "));
    add_text(gold->dates[0], out);
    break;
  default:
    add_text(pred->status, out);
    dg_buf_add(out, DG_STR("; gold has "));
    add_text(gold->status, out);
  }
}

static void
write_error(const DgEvalError *error, DgBuf *out)
{
  const DgStr id = error->in->id;
  if (!error->pred || !error->gold) {
    add_line(id, error->pred ? error->pred : error->gold, out);
    return;
  }
  dg_buf_printf(out, "  %.*s: %.*s", (int)id.len, id.ptr,
                (int)error->gold->type.len, error->gold->type.ptr);
  if (error->kind == DG_EVAL_ERROR_ROLE) {
    dg_buf_printf(out, ", %s", dg_deal_role_text((DgDealRole)error->role));
  }
  dg_buf_add(out, DG_STR(": found "));
  add_difference(error, out);
  dg_buf_add_char(out, '\n');
  add_quote(error->gold, out);
  if (!dg_str_equal(error->gold->evidence, error->pred->evidence)) {
    add_quote(error->pred, out);
  }
}

void
dg_eval_write_errors(const DgEvalRun *run, size_t most, DgBuf *out)
{
  static const char *const names[] = {
#define ERROR_NAME(name) #name,
    DG_EVAL_ERRORS(ERROR_NAME)
#undef ERROR_NAME
  };
  for (size_t kind = 0; kind < DG_EVAL_ERROR_COUNT; ++kind) {
    size_t n = 0;
    for (size_t i = 0; i < run->errors.n; ++i) {
      n += run->errors.items[i].kind == kind;
    }
    dg_buf_printf(out, "== %s (%zu)\n", names[kind], n);
    size_t left = most;
    for (size_t i = 0; i < run->errors.n && left; ++i) {
      if (run->errors.items[i].kind == kind) {
        write_error(&run->errors.items[i], out);
        --left;
      }
    }
    dg_buf_add_char(out, '\n');
  }
}

/* ---- comparison ---- */

static void
sum_rows(const DgEvalRun *run, DgEvalCount *rows)
{
  memset(rows, 0, DG_EVAL_ROWS * sizeof *rows);
  for (size_t i = 0; i < run->gold.n; ++i) {
    for (size_t k = 0; k < DG_EVAL_ROWS; ++k) {
      rows[k].tp += run->counts[i].rows[k].tp;
      rows[k].fp += run->counts[i].rows[k].fp;
      rows[k].fn += run->counts[i].rows[k].fn;
    }
  }
}

static void
write_rates(const DgEvalRun *run, const DgEvalRun *old, DgBuf *out)
{
  DgEvalCount rows[DG_EVAL_ROWS];
  DgEvalCount old_rows[DG_EVAL_ROWS];
  sum_rows(run, rows);
  sum_rows(old, old_rows);
  dg_buf_printf(out, "== old and new\n%-20s %6s %6s\n", "slot", "old", "new");
  for (size_t i = 0; i < DG_EVAL_SLOTS; ++i) {
    const DgEvalRates now = dg_eval_rates(&rows[i]);
    const DgEvalRates then = dg_eval_rates(&old_rows[i]);
    const bool recall = i == DG_EVAL_MAIN;
    const double a = recall ? then.r : then.f1;
    const double b = recall ? now.r : now.f1;
    dg_buf_printf(out, "%-20s %6.3f %6.3f %+7.3f\n", dg_eval_row_text(i), a, b,
                  b - a);
  }
  dg_buf_add_char(out, '\n');
}

/** Gold deals that `run` finds and `other` does not. */
static void
write_found(const char *heading, const DgEvalRun *run, const DgEvalRun *other,
            DgBuf *out)
{
  DgBuf list = DG_BUF_INIT;
  size_t n = 0;
  for (size_t i = 0; i < run->gold.n; ++i) {
    const DgEvalArticle *const article = &run->gold.items[i];
    for (size_t k = 0; !article->left_out && k < article->deals.n; ++k) {
      if (run->pairs[i].pred_of[k] != DG_NO_INDEX &&
          other->pairs[i].pred_of[k] == DG_NO_INDEX) {
        add_line(article->id, &article->deals.items[k], &list);
        ++n;
      }
    }
  }
  dg_buf_printf(out, "== %s (%zu)\n", heading, n);
  dg_buf_add(out, dg_buf_str(&list));
  dg_buf_add_char(out, '\n');
  out->failed = out->failed || list.failed;
  dg_buf_clear(&list);
}

/** The other run has a false deal of the same type from the same words. */
static bool
is_false_in(const DgEvalRun *run, size_t article, const DgEvalDeal *deal)
{
  for (size_t i = 0; i < run->deals[article].n; ++i) {
    const DgEvalDeal *const other = &run->deals[article].items[i];
    if (run->pairs[article].gold_of[i] == DG_NO_INDEX &&
        dg_str_equal(deal->type, other->type) &&
        dg_str_equal(deal->evidence, other->evidence)) {
      return true;
    }
  }
  return false;
}

/** Predictions that are wrong in `run` and not there in `other`. */
static void
write_false(const char *heading, const DgEvalRun *run, const DgEvalRun *other,
            DgBuf *out)
{
  DgBuf list = DG_BUF_INIT;
  size_t n = 0;
  for (size_t i = 0; i < run->errors.n; ++i) {
    const DgEvalError *const error = &run->errors.items[i];
    const size_t article = (size_t)(error->in - run->gold.items);
    if (error->kind == DG_EVAL_ERROR_SPURIOUS &&
        !is_false_in(other, article, error->pred)) {
      add_line(error->in->id, error->pred, &list);
      ++n;
    }
  }
  dg_buf_printf(out, "== %s (%zu)\n", heading, n);
  dg_buf_add(out, dg_buf_str(&list));
  dg_buf_add_char(out, '\n');
  out->failed = out->failed || list.failed;
  dg_buf_clear(&list);
}

void
dg_eval_write_comparison(const DgEvalRun *run, const DgEvalRun *old, DgBuf *out)
{
  write_rates(run, old, out);
  write_found("deals won", run, old, out);
  write_found("deals lost", old, run, out);
  write_false("false deals that are new", run, old, out);
  write_false("false deals that are gone", old, run, out);
}
