/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Any bytes as an input file. Whatever is read must be sound: valid UTF-8
 * without private-use characters, blocks and map that stay within the text,
 * and every place in the text leads back into the source.
 *
 * The first byte picks a reader by its letter; 'Z' and others let the bytes
 * tell. The environment's DG_FUZZ_READER names one for all inputs.
 */
#include "base/utf8.h"
#include "input/document.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool good)
{
  if (!good) {
    abort();
  }
}

static DgStatus
check_document(void *user, const DgDocument *document)
{
  (void)user;
  const DgStr text = document->text;
  size_t bad;
  require(dg_utf8_valid(text, &bad));
  for (size_t at = 0; at < text.len;) {
    size_t n;
    const uint32_t code = dg_utf8_decode(text, at, &n);
    require(code < 0xE000 || code > 0xF8FF);
    at += n;
  }
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgSpan span = document->blocks[i].text;
    require(span.begin <= span.end && span.end <= text.len);
  }
  for (size_t i = 1; i < document->n_map; ++i) {
    require(document->map[i - 1].text <= document->map[i].text);
  }
  return DG_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 1U << 16) {
    return 0;
  }
  DgReadOptions options = { .limits = DG_LIMITS_DEFAULT };
  options.limits.article_bytes = 1U << 15;
  const char *summary;
  if (data[0] >= 'a' && data[0] <= 'z') {
    options.format = dg_input_format((size_t)(data[0] - 'a'), &summary);
  }
  const char *const reader = getenv("DG_FUZZ_READER");
  options.format = reader ? reader : options.format;
  DgDiag diag = DG_DIAG_INIT;
  (void)dg_input_read(dg_str_n((const char *)data + 1, size - 1), "fuzz",
                      &options, check_document, NULL, NULL, &diag);
  dg_diag_clear(&diag);
  return 0;
}
