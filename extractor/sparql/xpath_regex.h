/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_XPATH_REGEX_H
#define DG_SPARQL_XPATH_REGEX_H

#include "base/buf.h"

/**
 * Rewrite a regular expression of XPath into one of PCRE2 that means the same,
 * and its flags (i, m, s, x, q) into those of "base/regex.h".
 *
 * @return false for a flag or a pattern that XPath does not have.
 *
 * Source: XPath functions 3.1, section 5.6; XSD 1.1 part 2, appendix G.
 */
bool
dg_xpath_regex(DgStr pattern, DgStr flags, DgBuf *out, unsigned *regex_flags);

#endif
