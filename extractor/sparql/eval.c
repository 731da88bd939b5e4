/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

#include <sys/random.h>
#include <time.h>

/* Steps that one match may take: a second or so of catastrophic backtracking
 * at the very most. */
enum { MATCH_STEPS = 2000000, JIT_STACK = 512 * 1024 };

static DgItem
read_clock(void)
{
  struct timespec now = { 0 };
  (void)clock_gettime(CLOCK_REALTIME, &now);
  const DgDecimal seconds = {
    (DgInt128)now.tv_sec * 1000 + now.tv_nsec / 1000000, 3
  };
  DgItem item = { .kind = DG_ITEM_DATETIME, .type = DG_STR(DG_XSD "dateTime") };
  item.as.moment = dg_moment_at(seconds, true, 0);
  return item;
}

DgStatus
dg_eval_init(DgEval *eval, DgRun *run, DgTerms *terms)
{
  *eval = (DgEval){ .run = run, .terms = terms };
  eval->now = read_clock();
  if (getrandom(eval->random, sizeof eval->random, 0) !=
      (ssize_t)sizeof eval->random) {
    return DG_IO_ERROR;
  }
  eval->random[0] |= 1;
  eval->arenas[0] = eval->arena = dg_arena_new();
  eval->matcher = dg_matcher_new(MATCH_STEPS, JIT_STACK);
  return eval->arena && eval->matcher ? DG_OK : DG_NO_MEMORY;
}

void
dg_eval_clear(DgEval *eval)
{
  for (size_t i = 0; i < DG_EVAL_DEPTH; ++i) {
    dg_arena_free(eval->arenas[i]);
  }
  dg_matcher_free(eval->matcher);
  dg_regex_cache_free(eval->regexes);
}

bool
dg_eval_fail(DgEval *eval, DgStatus status)
{
  if (eval->status == DG_OK) {
    eval->status = status;
  }
  return false;
}

/* xoroshiro128+, Blackman and Vigna 2018: not for secrets. */
uint64_t
dg_eval_random(DgEval *eval)
{
  const uint64_t a = eval->random[0];
  uint64_t b = eval->random[1];
  const uint64_t sum = a + b;
  b ^= a;
  eval->random[0] = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
  eval->random[1] = (b << 37) | (b >> 27);
  return sum;
}

enum { ARGS_ON_STACK = 4 };

static bool
eval_call(DgEval *eval, const DgCode *code, DgItem *out)
{
  const DgFunction *const f = code->function;
  if (f->lazy) {
    return f->lazy(eval, code, out);
  }
  DgItem few[ARGS_ON_STACK];
  DgItem *args = few;
  if (code->n > ARGS_ON_STACK) {
    args = DG_NEW_ARRAY(eval->arena, DgItem, code->n);
    if (!args) {
      return dg_eval_fail(eval, DG_NO_MEMORY);
    }
  }
  for (size_t i = 0; i < code->n; ++i) {
    if (!dg_eval(eval, code->args[i], &args[i])) {
      return false;
    }
  }
  return f->call(eval, args, code->n, out);
}

bool
dg_eval(DgEval *eval, const DgCode *code, DgItem *out)
{
  if (eval->status != DG_OK) {
    return false;
  }
  switch (code->kind) {
  case DG_CODE_SLOT: {
    const DgId id = eval->row[code->slot];
    if (id == DG_ID_NONE) {
      return false;
    }
    const DgStatus status = dg_terms_item(eval->terms, id, eval->arena, out);
    return status == DG_OK || dg_eval_fail(eval, status);
  }
  case DG_CODE_CONSTANT:
    *out = code->constant;
    return out->kind != DG_ITEM_NONE;
  case DG_CODE_EXISTS: {
    const bool found = dg_eval_exists(eval, code);
    *out = dg_item_boolean(found != code->negated);
    return eval->status == DG_OK;
  }
  case DG_CODE_CALL:
    out->id = DG_ID_NONE;
    return eval_call(eval, code, out);
  }
  return false;
}

/* Outermost calls give back what the expression allocated. */
static void
enter(DgEval *eval)
{
  dg_arena_reset(eval->arena);
}

bool
dg_eval_filter(DgEval *eval, const DgCode *code)
{
  DgItem item;
  bool truth = false;
  enter(eval);
  return dg_eval(eval, code, &item) && dg_item_truth(&item, &truth) && truth;
}

DgId
dg_eval_id(DgEval *eval, const DgCode *code)
{
  DgItem item;
  DgId id = DG_ID_NONE;
  enter(eval);
  if (!dg_eval(eval, code, &item)) {
    return DG_ID_NONE;
  }
  const DgStatus status =
      dg_terms_item_id(eval->terms, &item, eval->arena, &id);
  if (status != DG_OK) {
    (void)dg_eval_fail(eval, status);
  }
  return id;
}

bool
dg_eval_text(DgEval *eval, const DgItem *item, DgStr *text)
{
  DgItem copy = *item;
  if (!dg_item_write(&copy, eval->arena)) {
    return dg_eval_fail(eval, DG_NO_MEMORY);
  }
  *text = copy.text;
  return true;
}

bool
dg_eval_give(DgEval *eval, DgBuf *buf, const DgItem *like, DgItem *out)
{
  *out = dg_item_string(dg_arena_copy(eval->arena, dg_buf_str(buf)));
  const bool fine = !buf->failed && out->text.ptr;
  dg_buf_clear(buf);
  if (like && like->kind == DG_ITEM_LANG) {
    out->kind = DG_ITEM_LANG;
    out->lang = like->lang;
  }
  return fine || dg_eval_fail(eval, DG_NO_MEMORY);
}
