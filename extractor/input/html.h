/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HTML_H
#define DG_INPUT_HTML_H

#include "input/decode.h"
#include "input/document.h"

/**
 * Read a web page as an article into `document`: its main text as blocks, and
 * the metadata that it gives of itself. What `document` knows already (a URL)
 * stays where the page is silent.
 */
DgStatus
dg_article_from_html(const DgDecoded *decoded, DgArena *arena,
                     DgDocument *document);

#endif
