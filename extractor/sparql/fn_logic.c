/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

/* -1 error, 0 false, 1 true */
static int
truth_of(DgEval *eval, const DgCode *code)
{
  DgItem item;
  bool truth;
  return dg_eval(eval, code, &item) && dg_item_truth(&item, &truth) ? truth
                                                                    : -1;
}

/* An error loses against the value that decides (17.2). */
static bool
decide(DgEval *eval, const DgCode *code, int deciding, DgItem *out)
{
  bool error = false;
  for (size_t i = 0; i < code->n; ++i) {
    const int truth = truth_of(eval, code->args[i]);
    if (truth == deciding) {
      *out = dg_item_boolean(deciding);
      return true;
    }
    error |= truth < 0;
  }
  *out = dg_item_boolean(!deciding);
  return !error;
}

static bool
eval_or(DgEval *eval, const DgCode *code, DgItem *out)
{
  return decide(eval, code, 1, out);
}

static bool
eval_and(DgEval *eval, const DgCode *code, DgItem *out)
{
  return decide(eval, code, 0, out);
}

static bool
eval_not(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  bool truth;
  if (!dg_item_truth(&args[0], &truth)) {
    return false;
  }
  *out = dg_item_boolean(!truth);
  return true;
}

static bool
eval_bound(DgEval *eval, const DgCode *code, DgItem *out)
{
  DgItem item;
  *out = dg_item_boolean(dg_eval(eval, code->args[0], &item));
  return true;
}

static bool
eval_if(DgEval *eval, const DgCode *code, DgItem *out)
{
  const int truth = truth_of(eval, code->args[0]);
  return truth >= 0 && dg_eval(eval, code->args[truth ? 1 : 2], out);
}

static bool
eval_coalesce(DgEval *eval, const DgCode *code, DgItem *out)
{
  for (size_t i = 0; i < code->n; ++i) {
    if (dg_eval(eval, code->args[i], out)) {
      return true;
    }
  }
  return false;
}

static bool
find_among(DgEval *eval, const DgCode *code, bool negated, DgItem *out)
{
  DgItem value;
  bool error = false;
  if (!dg_eval(eval, code->args[0], &value)) {
    return false;
  }
  for (size_t i = 1; i < code->n; ++i) {
    DgItem item;
    const DgCompare order = dg_eval(eval, code->args[i], &item)
                                ? dg_item_equal(&value, &item)
                                : DG_COMPARE_ERROR;
    if (order == DG_COMPARE_EQUAL) {
      *out = dg_item_boolean(!negated);
      return true;
    }
    error |= order == DG_COMPARE_ERROR;
  }
  *out = dg_item_boolean(negated);
  return !error;
}

static bool
eval_in(DgEval *eval, const DgCode *code, DgItem *out)
{
  return find_among(eval, code, false, out);
}

static bool
eval_not_in(DgEval *eval, const DgCode *code, DgItem *out)
{
  return find_among(eval, code, true, out);
}

static bool
eval_equal(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  const DgCompare order = dg_item_equal(&args[0], &args[1]);
  *out = dg_item_boolean(order == DG_COMPARE_EQUAL);
  return order != DG_COMPARE_ERROR;
}

static bool
eval_unequal(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  const bool fine = eval_equal(eval, args, n, out);
  out->as.truth = !out->as.truth;
  return fine;
}

static bool
compare(const DgItem *args, bool less, bool equal, DgItem *out)
{
  const DgCompare order = dg_item_compare(&args[0], &args[1]);
  *out = dg_item_boolean((order == DG_COMPARE_LESS && less) ||
                         (order == DG_COMPARE_MORE && !less) ||
                         (order == DG_COMPARE_EQUAL && equal));
  return order != DG_COMPARE_ERROR;
}

static bool
eval_less(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return compare(args, true, false, out);
}

static bool
eval_more(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return compare(args, false, false, out);
}

static bool
eval_at_most(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return compare(args, true, true, out);
}

static bool
eval_at_least(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return compare(args, false, true, out);
}

static bool
eval_add(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return dg_eval_arithmetic(DG_ADD, &args[0], &args[1], out);
}

static bool
eval_subtract(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return dg_eval_arithmetic(DG_SUBTRACT, &args[0], &args[1], out);
}

static bool
eval_multiply(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return dg_eval_arithmetic(DG_MULTIPLY, &args[0], &args[1], out);
}

static bool
eval_divide(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return dg_eval_arithmetic(DG_DIVIDE, &args[0], &args[1], out);
}

static bool
eval_minus(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  const DgItem zero = dg_item_integer(0);
  if (args[0].kind == DG_ITEM_FLOAT || args[0].kind == DG_ITEM_DOUBLE) {
    *out = args[0];
    out->id = DG_ID_NONE;
    out->text = DG_STR_NONE;
    out->as.real = -out->as.real; /* 0 - 0 would lose the sign of zero */
    return true;
  }
  return dg_eval_arithmetic(DG_SUBTRACT, &zero, &args[0], out);
}

static bool
eval_plus(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = args[0];
  return dg_item_is_number(out);
}

const DgFunction dg_functions_operator[] = {
  { "||", 2, DG_ARGS_ANY, NULL, eval_or, false },
  { "&&", 2, DG_ARGS_ANY, NULL, eval_and, false },
  { "!", 1, 1, eval_not, NULL, false },
  { "=", 2, 2, eval_equal, NULL, false },
  { "!=", 2, 2, eval_unequal, NULL, false },
  { "<", 2, 2, eval_less, NULL, false },
  { ">", 2, 2, eval_more, NULL, false },
  { "<=", 2, 2, eval_at_most, NULL, false },
  { ">=", 2, 2, eval_at_least, NULL, false },
  { "IN", 1, DG_ARGS_ANY, NULL, eval_in, false },
  { "NOT IN", 1, DG_ARGS_ANY, NULL, eval_not_in, false },
  { "+", 2, 2, eval_add, NULL, false },
  { "-", 2, 2, eval_subtract, NULL, false },
  { "*", 2, 2, eval_multiply, NULL, false },
  { "/", 2, 2, eval_divide, NULL, false },
  { "u-", 1, 1, eval_minus, NULL, false },
  { "u+", 1, 1, eval_plus, NULL, false },
  { 0 },
};

const DgFunction dg_functions_logic[] = {
  { "BOUND", 1, 1, NULL, eval_bound, false },
  { "IF", 3, 3, NULL, eval_if, false },
  { "COALESCE", 0, DG_ARGS_ANY, NULL, eval_coalesce, false },
  { 0 },
};
