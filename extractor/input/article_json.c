/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/article_json.h"

#include "base/json.h"
#include "base/utf8.h"
#include "input/builder.h"

static void
add_member(DgBuf *out, const char *name, DgStr value)
{
  dg_buf_printf(out, ",\"%s\":", name);
  dg_json_add_string(out, value.len ? value : DG_STR_NONE);
}

static void
add_date(DgBuf *out, const char *name, DgDate date)
{
  char text[DG_DATE_TEXT] = "";
  const size_t n =
      date.precision == DG_DATE_NONE ? 0 : dg_date_write(date, text);
  add_member(out, name, dg_str_n(text, n));
}

static void
add_authors(DgBuf *out, DgStr author)
{
  dg_buf_add(out, DG_STR(",\"authors\":["));
  DgStr rest = author;
  DgStr name;
  for (bool first = true; dg_str_cut(&rest, ',', &name); first = false) {
    dg_buf_add(out, first ? DG_STR("") : DG_STR(","));
    dg_json_add_string(out, dg_str_trim(name));
  }
  dg_buf_add(out, DG_STR("]"));
}

static void
add_flags(DgBuf *out, unsigned flags)
{
  dg_buf_add(out, DG_STR(",\"flags\":["));
  bool first = true;
  for (unsigned flag = 1; flag <= DG_FLAG_CUT; flag *= 2) {
    if (flags & flag) {
      dg_buf_printf(out, "%s\"%s\"", first ? "" : ",",
                    dg_document_flag_text((DgDocumentFlag)flag));
      first = false;
    }
  }
  dg_buf_add(out, DG_STR("]"));
}

/** @param at  Code points of the text before the block; moved behind it. */
static void
add_block(DgBuf *out, const DgDocument *document, const DgBlock *block,
          DgSpan *at)
{
  dg_buf_printf(out, "{\"kind\":\"%s\"", dg_block_kind_text(block->kind));
  if (dg_block_is_text(block->kind)) {
    const size_t begin =
        at->end +
        dg_utf8_count(dg_str_sub(document->text, at->begin, block->text.begin));
    const size_t end = begin + dg_utf8_count(block->content);
    *at = (DgSpan){ block->text.end, end };
    dg_buf_printf(out, ",\"begin\":%zu,\"end\":%zu", begin, end);
  } else {
    add_member(out, "content", block->content);
  }
  dg_buf_printf(out, ",\"source_begin\":%zu,\"source_end\":%zu",
                block->source.begin, block->source.end);
  dg_buf_printf(out, ",\"language\":\"%s\"}", dg_lang_tag(block->lang));
}

void
dg_article_json(const DgDocument *document, DgBuf *out)
{
  dg_buf_add(out, DG_STR("{\"id\":"));
  dg_json_add_string(out, document->id);
  add_member(out, "origin", document->origin);
  add_member(out, "url", document->url);
  if (document->copy_of.ptr) {
    add_member(out, "copy_of", document->copy_of);
  }
  add_member(out, "title", document->title);
  add_authors(out, document->author);
  add_member(out, "agency", document->agency);
  add_member(out, "publisher", document->publisher);
  add_date(out, "published", document->published);
  dg_buf_printf(out, ",\"published_how\":\"%s\"",
                dg_published_how_text(document->published_how));
  add_date(out, "updated", document->updated);
  dg_buf_printf(out, ",\"language\":\"%s\"", dg_lang_tag(document->lang));
  add_member(out, "encoding", document->encoding);
  add_flags(out, document->flags);
  add_member(out, "notice", document->notice);
  add_member(out, "text", document->text);
  dg_buf_add(out, DG_STR(",\"blocks\":["));
  DgSpan at = { 0, 0 };
  for (size_t i = 0; i < document->n_blocks; ++i) {
    dg_buf_add(out, i ? DG_STR(",") : DG_STR(""));
    add_block(out, document, &document->blocks[i], &at);
  }
  dg_buf_add(out, DG_STR("]}\n"));
}
