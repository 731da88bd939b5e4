/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_RECORD_H
#define DG_INPUT_RECORD_H

#include "input/reader.h"

/** The things that a record of a table or feed may say. */
#define DG_FIELDS(X)                                                           \
  X(id, "id uuid guid _id article_id doc_id docid identifier")                 \
  X(url, "url link canonical_url canonical uri source-url original_url "       \
         "canonical_link href")                                                \
  X(title, "title headline article_title title_page")                          \
  X(subtitle, "subtitle standfirst chapo chapeau lead dek lede")               \
  X(author, "authors author byline creator author_name")                       \
  X(published, "date_publish publish_date published published_at publishedAt " \
               "date_published datePublished publication_date pub_date "       \
               "published_date publishedDate publishDate "                     \
               "pubDate pubdate date seendate created_at created timestamp")   \
  X(updated, "date_modify date_modified dateModified updated updated_at "      \
             "modified lastmod")                                               \
  X(publisher, "sitename site_name publisher source_domain source-hostname "   \
               "hostname domain source outlet newspaper site")                 \
  X(language, "language lang inLanguage meta_lang")                            \
  X(text, "maintext text raw_text article_text body articleBody article_body " \
          "content_text full_text fulltext plain_text content article story")  \
  X(html, "content_html html raw_html body_html")                              \
  X(summary, "description summary excerpt abstract snippet")

typedef enum {
#define DG_FIELD_VALUE(name, keys) DG_FIELD_##name,
  DG_FIELDS(DG_FIELD_VALUE)
#undef DG_FIELD_VALUE
      DG_FIELD_COUNT
} DgField;

/** One article as the fields of a record; absent where it says nothing. */
typedef struct {
  DgStr values[DG_FIELD_COUNT]; /**< UTF-8, in the arena of the reading */
} DgRecord;

/**
 * The field that a member or column name stands for: by the user's mapping
 * first, then by the names that trafilatura, news-please, newspaper, CC-News
 * and GDELT's DOC API write. The case does not matter.
 *
 * @param rank  Set to how much the name is preferred, 0 most: "maintext" goes
 *              before "content" when a record has both.
 */
bool
dg_field_of(const DgReadOptions *options, DgStr name, DgField *field,
            unsigned *rank);

/** Keep `value` in `record` when its name is preferred to what is there. */
void
dg_record_keep(DgRecord *record, unsigned ranks[DG_FIELD_COUNT], DgField field,
               unsigned rank, DgStr value);

/** True when the record has a text, or a title with a summary. */
bool
dg_record_is_article(const DgRecord *record);

/**
 * Read a record as an article and hand it to the sink. The source of its spans
 * is title, subtitle and text, an empty line between each, or the HTML.
 *
 * @param number  Counts records from 1: gives an id where there is none.
 */
DgStatus
dg_record_emit(DgInput *input, const DgRecord *record, size_t number,
               DgDiag *diag);

#endif
