/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/digest.h"
#include "sparql/eval.h"

static bool
digest(DgEval *eval, DgDigest kind, const DgItem *item, DgItem *out)
{
  char text[DG_DIGEST_TEXT];
  if (item->kind != DG_ITEM_STRING) {
    return false;
  }
  dg_digest(kind, item->text, text);
  *out = dg_item_string(dg_arena_copy(eval->arena, dg_str(text)));
  return out->text.ptr || dg_eval_fail(eval, DG_NO_MEMORY);
}

#define DIGEST_FUNCTION(name, kind)                                            \
  static bool name(DgEval *eval, const DgItem *args, size_t n, DgItem *out)    \
  {                                                                            \
    (void)n;                                                                   \
    return digest(eval, kind, &args[0], out);                                  \
  }

DIGEST_FUNCTION(eval_md5, DG_DIGEST_MD5)
DIGEST_FUNCTION(eval_sha1, DG_DIGEST_SHA1)
DIGEST_FUNCTION(eval_sha256, DG_DIGEST_SHA256)
DIGEST_FUNCTION(eval_sha384, DG_DIGEST_SHA384)
DIGEST_FUNCTION(eval_sha512, DG_DIGEST_SHA512)

const DgFunction dg_functions_hash[] = {
  { "MD5", 1, 1, eval_md5, NULL, false },
  { "SHA1", 1, 1, eval_sha1, NULL, false },
  { "SHA256", 1, 1, eval_sha256, NULL, false },
  { "SHA384", 1, 1, eval_sha384, NULL, false },
  { "SHA512", 1, 1, eval_sha512, NULL, false },
  { 0 },
};
