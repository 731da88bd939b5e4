/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval_report.h"

#include "base/json.h"

static const char *const langs[] = { NULL, "fr", "en" };

enum { LANGS = sizeof langs / sizeof *langs };

static const char *
group_name(size_t i)
{
  return langs[i] ? langs[i] : "all";
}

/* ---- tables ---- */

static void
write_row(const DgEvalGroup *group, size_t row, DgBuf *out)
{
  const DgEvalCount *const c = &group->counts.rows[row];
  const DgEvalRates rates = dg_eval_rates(c);
  const bool recall = row == DG_EVAL_MAIN;
  const DgEvalInterval x = recall ? group->r[row] : group->f1[row];
  dg_buf_printf(out, "%-20s ", dg_eval_row_text(row));
  const size_t counts = out->len + 24;
  if (recall) {
    dg_buf_printf(out, "%6s %6.3f %6s   %zu/-/%zu", "-", rates.r, "-", c->tp,
                  c->fn);
  } else {
    dg_buf_printf(out, "%6.3f %6.3f %6.3f   %zu/%zu/%zu", rates.p, rates.r,
                  rates.f1, c->tp, c->fp, c->fn);
  }
  const size_t width = out->len > counts ? out->len - counts : 0;
  const int pad = width < 14 ? (int)(14 - width) : 1;
  dg_buf_printf(out, "%*s[%.3f, %.3f]\n", pad, "", x.low, x.high);
}

static void
write_heading(const char *what, DgBuf *out)
{
  dg_buf_printf(out, "%-20s %6s %6s %6s   %-13s [95 %% of %s]\n", what, "P",
                "R", "F1", "tp/fp/fn", "F1");
}

static void
write_group(const char *name, const DgEvalGroup *group, DgBuf *out)
{
  const DgEvalCounts *const c = &group->counts;
  dg_buf_printf(out, "== %s (%zu articles)\n", name, c->articles);
  write_heading("slot", out);
  for (size_t i = 0; i < DG_EVAL_SLOTS; ++i) {
    write_row(group, i, out);
  }
  dg_buf_printf(out,
                "false alarms         %.3f per negative article (%zu in %zu; "
                "%zu articles hit) [%.3f, %.3f]\n\n",
                dg_eval_alarm_rate(c), c->alarms, c->negative, c->alarmed,
                group->alarm_rate.low, group->alarm_rate.high);
}

static bool
is_counted(const DgEvalCount *count)
{
  return count->tp + count->fp + count->fn > 0;
}

static void
write_types(const DgEvalGroup *group, DgBuf *out)
{
  dg_buf_add(out, DG_STR("== deals by type\n"));
  write_heading("type", out);
  for (size_t i = DG_EVAL_TYPE; i < DG_EVAL_ROWS; ++i) {
    if (is_counted(&group->counts.rows[i])) {
      write_row(group, i, out);
    }
  }
  dg_buf_add_char(out, '\n');
}

static void
write_bin(const char *name, const DgEvalBin *bin, DgBuf *out)
{
  const double n = (double)bin->n;
  dg_buf_printf(out, "%-20s %6zu     %6.3f    %6.3f\n", name, bin->n,
                bin->predicted / n, (double)bin->right / n);
}

static void
write_reliability(const DgEvalRun *run, DgBuf *out)
{
  DgEvalReliability x;
  dg_eval_reliability(run, &x);
  dg_buf_printf(out, "== confidence\n%-20s %6s  %s  %s\n", "from", "deals",
                "predicted", "observed");
  for (size_t i = 0; i < DG_EVAL_BINS; ++i) {
    if (x.bins[i].n) {
      const char name[] = { '0', '.', (char)('0' + i), '\0' };
      write_bin(name, &x.bins[i], out);
    }
  }
  if (x.all.n) {
    write_bin("all", &x.all, out);
  }
  dg_buf_printf(out, "Brier score %.3f, calibration error %.3f", x.brier,
                x.error);
  if (x.silent) {
    dg_buf_printf(out, "; %zu deals tell no confidence", x.silent);
  }
  dg_buf_add(out, DG_STR("\n\n"));
}

DgStatus
dg_eval_write_tables(const DgEvalRun *run, DgBuf *out)
{
  DgEvalGroup group;
  for (size_t i = 0; i < LANGS; ++i) {
    DG_TRY(dg_eval_group(run, dg_str(langs[i]), &group));
    if (group.counts.articles) {
      write_group(group_name(i), &group, out);
    }
  }
  DG_TRY(dg_eval_group(run, DG_STR_NONE, &group));
  write_types(&group, out);
  write_reliability(run, out);
  return dg_buf_status(out);
}

/* ---- JSON ---- */

static void
json_interval(const char *name, DgEvalInterval x, DgBuf *out)
{
  dg_buf_printf(out, ", \"%s\": [%.17g, %.17g]", name, x.low, x.high);
}

static void
json_rows(const DgEvalGroup *group, size_t from, size_t to, DgBuf *out)
{
  for (size_t i = from; i < to; ++i) {
    const DgEvalCount *const c = &group->counts.rows[i];
    const DgEvalRates rates = dg_eval_rates(c);
    dg_buf_add(out, dg_str(i > from ? ", " : ""));
    dg_json_add_string(out, dg_str(dg_eval_row_text(i)));
    dg_buf_printf(out, ": {\"p\": %.17g, \"r\": %.17g, \"f1\": %.17g", rates.p,
                  rates.r, rates.f1);
    dg_buf_printf(out, ", \"tp\": %zu, \"fp\": %zu, \"fn\": %zu", c->tp, c->fp,
                  c->fn);
    json_interval("p_95", group->p[i], out);
    json_interval("r_95", group->r[i], out);
    json_interval("f1_95", group->f1[i], out);
    dg_buf_add_char(out, '}');
  }
}

static void
json_group(const char *name, const DgEvalGroup *group, DgBuf *out)
{
  const DgEvalCounts *const c = &group->counts;
  dg_buf_printf(out, "\"%s\": {\"slots\": {", name);
  json_rows(group, 0, DG_EVAL_SLOTS, out);
  dg_buf_add(out, DG_STR("}, \"types\": {"));
  json_rows(group, DG_EVAL_TYPE, DG_EVAL_ROWS, out);
  dg_buf_printf(out,
                "}, \"false_alarms\": {\"neg_docs\": %zu, \"alarms\": %zu, "
                "\"neg_docs_with_alarm\": %zu",
                c->negative, c->alarms, c->alarmed);
  json_interval("rate_95", group->alarm_rate, out);
  dg_buf_printf(out, "}, \"articles\": %zu}, ", c->articles);
}

static void
json_reliability(const DgEvalRun *run, DgBuf *out)
{
  DgEvalReliability x;
  dg_eval_reliability(run, &x);
  dg_buf_add(out, DG_STR("\"reliability\": {\"bins\": ["));
  for (size_t i = 0; i < DG_EVAL_BINS; ++i) {
    const DgEvalBin *const bin = &x.bins[i];
    const double n = bin->n ? (double)bin->n : 1;
    dg_buf_printf(out,
                  "%s{\"from\": 0.%zu, \"deals\": %zu, \"predicted\": %.17g, "
                  "\"observed\": %.17g}",
                  i ? ", " : "", i, bin->n, bin->predicted / n,
                  (double)bin->right / n);
  }
  dg_buf_printf(out, "], \"brier\": %.17g, \"error\": %.17g}", x.brier,
                x.error);
}

DgStatus
dg_eval_write_json(const DgEvalRun *run, DgBuf *out)
{
  dg_buf_add_char(out, '{');
  for (size_t i = 0; i < LANGS; ++i) {
    DgEvalGroup group;
    DG_TRY(dg_eval_group(run, dg_str(langs[i]), &group));
    if (group.counts.articles) {
      json_group(group_name(i), &group, out);
    }
  }
  json_reliability(run, out);
  dg_buf_add(out, DG_STR("}\n"));
  return dg_buf_status(out);
}
