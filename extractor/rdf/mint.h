/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_MINT_H
#define DG_RDF_MINT_H

#include "base/buf.h"

/**
 * Parts of IRIs that are made of content alone, so that every run and every
 * machine makes the same.
 */

/**
 * Append `name` as one path segment: ASCII letters, digits and "-._~" stay, a
 * blank becomes "-", every other byte is percent-encoded.
 *
 * Source: RFC 3986, sections 2.1 and 2.3.
 */
void
dg_mint_slug(DgStr name, DgBuf *out);

/** Append the hash of `content` as 16 hexadecimal digits. */
void
dg_mint_hash(DgStr content, DgBuf *out);

/**
 * Append an IRI from elsewhere, percent-encoding the bytes that no IRI may
 * have (blanks, controls, <>"{}|\^`).
 *
 * Source: RFC 3987, section 2.2; SPARQL 1.1 grammar, IRIREF.
 */
void
dg_mint_clean(DgStr iri, DgBuf *out);

#endif
