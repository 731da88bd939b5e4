/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/results.h"

#include "base/utf8.h"
#include "sparql/parse.h"

static const DgResultFormat *const formats[] = {
  &dg_results_table, &dg_results_csv, &dg_results_tsv,
  &dg_results_json,  &dg_results_xml, &dg_results_md,
};

const DgResultFormat *
dg_results_find(DgStr name)
{
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (dg_str_equal(name, dg_str(formats[i]->name)) ||
        dg_str_equal(name, dg_str(formats[i]->media_type))) {
      return formats[i];
    }
  }
  return NULL;
}

static void
add_visible(DgStr text, DgBuf *out)
{
  for (size_t at = 0; at < text.len;) {
    size_t size;
    const uint32_t c = dg_utf8_decode(text, at, &size);
    /* Bidirectional controls could make a line read as another. */
    const bool hidden =
        c < 32 || (c >= 127 && c < 160) || (c >= 0x200E && c <= 0x200F) ||
        (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (c == '\n' || c == '\t') {
      dg_buf_add(out, c == '\n' ? DG_STR("\\n") : DG_STR("\\t"));
    } else if (hidden) {
      dg_buf_printf(out, "\\u%04X", c);
    } else {
      dg_buf_add(out, dg_str_sub(text, at, at + size));
    }
    at += size;
  }
}

static bool
add_prefixed(DgStr iri, DgBuf *out)
{
  size_t n;
  const DgKnownPrefix *const known = dg_parse_known_prefixes(&n);
  for (size_t i = 0; i < n; ++i) {
    const DgStr start = dg_str(known[i].iri);
    if (!dg_str_starts(iri, start)) {
      continue;
    }
    const DgStr local = dg_str_sub(iri, start.len, iri.len);
    for (size_t j = 0; j < local.len; ++j) {
      if (local.ptr[j] == '/' || local.ptr[j] == '#') {
        return false;
      }
    }
    dg_buf_printf(out, "%s:", known[i].name);
    add_visible(local, out);
    return true;
  }
  return false;
}

void
dg_results_plain(const DgTerm *term, DgBuf *out)
{
  if (term->kind == DG_TERM_BLANK) {
    dg_buf_add(out, DG_STR("_:"));
  }
  if (term->kind != DG_TERM_IRI || !add_prefixed(term->value, out)) {
    add_visible(term->value, out);
  }
}
