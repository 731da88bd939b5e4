/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_XML_H
#define DG_BASE_XML_H

#include "base/buf.h"

/**
 * Append text as the content of an XML 1.0 element or attribute in double
 * quotes. A character that XML has no way to write becomes U+FFFD, and so does
 * broken UTF-8.
 *
 * Source: XML 1.0 (Fifth Edition), productions 2, 14 and 10. A carriage return
 * is written as a reference, since section 2.11 would make it a line feed.
 */
void
dg_xml_add(DgBuf *out, DgStr text);

/** As dg_xml_add, for an attribute whose tabs and line ends are kept. */
void
dg_xml_add_attribute(DgBuf *out, DgStr text);

/** True when dg_xml_add loses nothing. */
bool
dg_xml_can_hold(DgStr text);

#endif
