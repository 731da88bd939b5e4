/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl_p.h"

/* "Violation" of its IRI; the whole IRI of a severity of the user's own. */
static DgStr
severity_name(const DgShaclResult *result)
{
  const DgStr iri = result->severity.value;
  return dg_str_starts(iri, DG_STR(DG_SH))
             ? dg_str_sub(iri, sizeof DG_SH - 1, iri.len)
             : iri;
}

void
dg_shacl_write_text(const DgShaclReport *report, DgBuf *out)
{
  for (size_t i = 0; i < report->n; ++i) {
    const DgShaclResult *const result = &report->results[i];
    dg_buf_add(out, severity_name(result));
    dg_buf_add(out, DG_STR(": "));
    dg_term_write(&result->focus, out);
    if (result->path_label.len) {
      dg_buf_add_char(out, ' ');
      dg_buf_add(out, result->path_label);
    }
    dg_buf_add(out, DG_STR(": "));
    if (result->value.kind != DG_TERM_NONE) {
      dg_term_write(&result->value, out);
      dg_buf_add_char(out, ' ');
    }
    dg_buf_add(out, result->message);
    dg_buf_add_char(out, '\n');
  }
  dg_buf_printf(out,
                "%s: %zu results, %zu violations; %zu shapes, %zu checks\n",
                report->n ? "does not conform" : "conforms", report->n,
                report->n_violations, report->n_shapes, report->n_focus);
}

static void
write_result(const DgShaclResult *result, DgBuf *out)
{
  dg_buf_add(out, DG_STR("  sh:result [\n    a sh:ValidationResult ;\n"
                         "    sh:focusNode "));
  dg_term_write(&result->focus, out);
  if (result->path.len) {
    dg_buf_add(out, DG_STR(" ;\n    sh:resultPath "));
    dg_buf_add(out, result->path);
  }
  if (result->value.kind != DG_TERM_NONE) {
    dg_buf_add(out, DG_STR(" ;\n    sh:value "));
    dg_term_write(&result->value, out);
  }
  dg_buf_add(out, DG_STR(" ;\n    sh:resultSeverity "));
  dg_term_write(&result->severity, out);
  dg_buf_add(out, DG_STR(" ;\n    sh:sourceConstraintComponent sh:"));
  dg_buf_add(out, result->component);
  dg_buf_add(out, DG_STR(" ;\n    sh:sourceShape "));
  dg_term_write(&result->shape, out);
  dg_buf_add(out, DG_STR(" ;\n    sh:resultMessage "));
  const DgTerm message = dg_term_string(result->message);
  dg_term_write(&message, out);
  dg_buf_add(out, DG_STR("\n  ]"));
}

void
dg_shacl_write_turtle(const DgShaclReport *report, DgBuf *out)
{
  dg_buf_printf(out,
                "@prefix sh: <%s> .\n\n[] a sh:ValidationReport ;\n"
                "  sh:conforms %s",
                DG_SH, report->n ? "false" : "true");
  for (size_t i = 0; i < report->n; ++i) {
    dg_buf_add(out, DG_STR(" ;\n"));
    write_result(&report->results[i], out);
  }
  dg_buf_add(out, DG_STR(" .\n"));
}
