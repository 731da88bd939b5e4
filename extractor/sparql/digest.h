/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_DIGEST_H
#define DG_SPARQL_DIGEST_H

#include "base/str.h"

typedef enum {
  DG_DIGEST_MD5,
  DG_DIGEST_SHA1,
  DG_DIGEST_SHA256,
  DG_DIGEST_SHA384,
  DG_DIGEST_SHA512
} DgDigest;

enum { DG_DIGEST_TEXT = 129 /**< bytes that hold any digest in hexadecimal */ };

/**
 * The digest of `bytes` in lower-case hexadecimal, terminated.
 *
 * Source: MD5, RFC 1321; the others, FIPS 180-4.
 */
void
dg_digest(DgDigest kind, DgStr bytes, char out[DG_DIGEST_TEXT]);

#endif
