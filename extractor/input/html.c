/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html.h"

#include "base/utf8.h"
#include "input/article.h"
#include "input/html_body.h"
#include "input/html_meta.h"
#include "input/language.h"

#include <strings.h>

enum {
  HEAD_PIECES = 12, /**< lines above the text that may be a byline */
  BYLINE_MAX = 300,
  SUBTITLE_MIN = 50,
  SUBTITLES_MAX = 2,
  TITLE_MIN = 12
};

typedef struct {
  DgHtmlTree tree;
  DgHtmlPage page;
  DgHtmlMeta meta;
  DgArena *arena;
  DgDocument *document;
  DgBuilder builder;
  uint32_t *picked; /**< [n_picked] pieces of the body */
  size_t n_picked;
  uint32_t
      title; /**< piece of the title, or that of the first line looked at */
  bool has_title_piece;
} Reader;

static const DgHtmlPiece *
piece_at(const Reader *reader, size_t i)
{
  return &reader->page.pieces.items[i];
}

static DgStr
text_of(const Reader *reader, size_t i)
{
  return dg_html_piece_text(&reader->page, piece_at(reader, i), reader->arena);
}

/** Append the runs of a piece, each mapped to its place. */
static void
add_runs(Reader *reader, const DgHtmlPiece *piece)
{
  const DgHtmlNode *const nodes = reader->tree.nodes.items;
  for (uint32_t i = piece->first; i < piece->end; ++i) {
    const DgHtmlNode *const node = &nodes[i];
    if (reader->page.hints[i] & DG_HINT_HIDDEN) {
      continue;
    }
    if (node->tag == DG_HTML_br) {
      dg_builder_put(&reader->builder, DG_STR(" "), node->source);
    } else if (node->tag == DG_HTML_TEXT && node->same) {
      dg_builder_run(&reader->builder, node->source);
    } else if (node->tag == DG_HTML_TEXT) {
      dg_builder_put(&reader->builder, node->text, node->source);
    }
  }
}

static void
add_piece(Reader *reader, size_t i, DgBlockKind kind)
{
  dg_builder_begin(&reader->builder, kind);
  add_runs(reader, piece_at(reader, i));
  (void)dg_builder_end(&reader->builder);
}

static bool
same_line(DgStr a, DgStr b, DgArena *arena)
{
  char *const x = dg_arena_alloc(arena, a.len * 3 + 1);
  char *const y = dg_arena_alloc(arena, b.len * 3 + 1);
  if (!x || !y) {
    return false;
  }
  const DgStr s = dg_str_n(x, dg_utf8_fold(a, x));
  const DgStr t = dg_str_n(y, dg_utf8_fold(b, y));
  return dg_str_find(s, t, 0) != SIZE_MAX || dg_str_find(t, s, 0) != SIZE_MAX;
}

static bool
is_headline(const DgHtmlPiece *piece)
{
  return piece->hints & (DG_HINT_HEADING | DG_HINT_TITLE) && piece->chars < 400;
}

static bool
is_h1(const Reader *reader, const DgHtmlPiece *piece)
{
  uint32_t node = piece->holder;
  for (int i = 0; i < 3 && node; ++i) {
    if (reader->tree.nodes.items[node].tag == DG_HTML_h1) {
      return true;
    }
    node = reader->tree.nodes.items[node].parent;
  }
  return false;
}

/** A word of four letters or more stands in both. */
static bool
share_word(DgStr a, DgStr b)
{
  DgTokens x;
  DgTokens y;
  dg_tokens_read(a, &x);
  dg_tokens_read(b, &y);
  for (size_t i = 0; i < x.n; ++i) {
    for (size_t k = 0; k < y.n; ++k) {
      if (strlen(dg_token(&x, i)->folded) >= 4 &&
          dg_token_is(&y, k, dg_token(&x, i)->folded)) {
        return true;
      }
    }
  }
  return false;
}

/** A first heading that is the title, and not the name of the paper. */
static bool
may_be_title(const Reader *reader, DgStr heading)
{
  const DgStr publisher = reader->meta.publisher;
  const DgStr title = reader->meta.title;
  if (publisher.len && same_line(heading, publisher, reader->arena)) {
    return false;
  }
  return title.len < TITLE_MIN || share_word(heading, title);
}

/** The headline on the page that the metadata names, else the first h1. */
static void
find_title(Reader *reader)
{
  const size_t body =
      reader->n_picked ? reader->picked[0] : reader->page.pieces.n;
  size_t h1 = SIZE_MAX;
  for (size_t i = 0; i < reader->page.pieces.n; ++i) {
    const DgHtmlPiece *const piece = piece_at(reader, i);
    if (!is_headline(piece)) {
      continue;
    }
    if (reader->meta.title.len >= TITLE_MIN && piece->chars >= TITLE_MIN &&
        same_line(text_of(reader, i), reader->meta.title, reader->arena)) {
      h1 = i;
      break;
    }
    if (h1 == SIZE_MAX && i < body && is_h1(reader, piece) &&
        may_be_title(reader, text_of(reader, i))) {
      h1 = i;
    }
  }
  reader->has_title_piece = h1 != SIZE_MAX;
  if (reader->has_title_piece) {
    reader->title = (uint32_t)h1;
  } else {
    reader->title = (uint32_t)(body > HEAD_PIECES ? body - HEAD_PIECES : 0);
  }
}

/**
 * Add text that the page's markup holds somewhere at or after `*from`, mapped
 * to its place when it stands there as it is, else to `fallback`.
 */
static void
add_found(Reader *reader, DgStr text, DgSpan fallback, size_t *from)
{
  const size_t at = dg_str_find(reader->tree.decoded->text, text, *from);
  if (at == SIZE_MAX) {
    dg_builder_put(&reader->builder, text, fallback);
    return;
  }
  *from = at + text.len;
  dg_builder_run(&reader->builder, (DgSpan){ at, *from });
}

static void
add_title(Reader *reader)
{
  if (reader->has_title_piece) {
    add_piece(reader, reader->title, DG_BLOCK_TITLE);
    reader->document->title = text_of(reader, reader->title);
    return;
  }
  if (reader->meta.title.len) {
    const DgSpan source =
        reader->tree.nodes.items[reader->meta.title_node].source;
    dg_builder_begin(&reader->builder, DG_BLOCK_TITLE);
    size_t from = source.begin;
    add_found(reader, reader->meta.title, source, &from);
    (void)dg_builder_end(&reader->builder);
    reader->document->title = reader->meta.title;
  }
}

/** Add a line as a byline if it is one. */
static DgStatus
try_byline(Reader *reader, size_t i, bool *is_byline)
{
  const DgHtmlPiece *const piece = piece_at(reader, i);
  DgByline byline;
  *is_byline =
      piece->chars < BYLINE_MAX &&
      dg_byline_read(text_of(reader, i), reader->document->lang, &byline);
  if (*is_byline) {
    add_piece(reader, i, DG_BLOCK_BYLINE);
    DG_TRY(dg_article_add_byline(reader->document, &byline, DG_PUBLISHED_BYLINE,
                                 reader->arena));
  } else if (piece->hints & DG_HINT_BYLINE) {
    add_piece(reader, i, DG_BLOCK_BYLINE);
    *is_byline = true;
  }
  return DG_OK;
}

/** A standfirst: prose between title and text. */
static bool
is_subtitle(const Reader *reader, size_t i)
{
  const DgHtmlPiece *const piece = piece_at(reader, i);
  if (piece->dropped || piece->furniture || piece->linked * 3 > piece->chars ||
      piece->hints & (DG_HINT_CAPTION | DG_HINT_ITEM | DG_HINT_TITLE) ||
      piece->chars < SUBTITLE_MIN) {
    return false;
  }
  return piece->hints & (DG_HINT_STANDFIRST | DG_HINT_HEADING) ||
         piece->value > 0;
}

/** What stands between title and text. */
static DgStatus
add_head(Reader *reader)
{
  const size_t body =
      reader->n_picked ? reader->picked[0] : reader->page.pieces.n;
  size_t from = reader->title + (reader->has_title_piece ? 1U : 0U);
  if (from + 2 * HEAD_PIECES < body) {
    from = body - 2 * HEAD_PIECES;
  }
  size_t subtitles = 0;
  for (size_t i = from; i < body; ++i) {
    bool is_byline;
    DG_TRY(try_byline(reader, i, &is_byline));
    if (!is_byline && subtitles < SUBTITLES_MAX && reader->has_title_piece &&
        is_subtitle(reader, i)) {
      add_piece(reader, i, DG_BLOCK_SUBTITLE);
      ++subtitles;
    }
  }
  return DG_OK;
}

static DgBlockKind
kind_of(const DgHtmlPiece *piece)
{
  static const struct {
    unsigned hint;
    DgBlockKind kind;
  } kinds[] = {
    { DG_HINT_HEADING, DG_BLOCK_HEADING },
    { DG_HINT_ITEM, DG_BLOCK_LIST_ITEM },
    { DG_HINT_QUOTE, DG_BLOCK_QUOTE },
    { DG_HINT_PARAGRAPH, DG_BLOCK_PARAGRAPH },
    { DG_HINT_CELL, DG_BLOCK_TABLE },
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (piece->hints & kinds[i].hint) {
      return kinds[i].kind;
    }
  }
  return DG_BLOCK_PARAGRAPH;
}

/** The table row around a piece, or 0. */
static uint32_t
row_of(const Reader *reader, const DgHtmlPiece *piece)
{
  const DgHtmlNode *const nodes = reader->tree.nodes.items;
  for (uint32_t node = piece->holder; node; node = nodes[node].parent) {
    if (nodes[node].tag == DG_HTML_tr) {
      return node;
    }
  }
  return 0;
}

/** Cells of a row from `k` on, as one line. @return the next one. */
static size_t
add_row(Reader *reader, size_t k)
{
  const DgHtmlPiece *const first = piece_at(reader, reader->picked[k]);
  const uint32_t row = row_of(reader, first);
  dg_builder_begin(&reader->builder, DG_BLOCK_TABLE);
  add_runs(reader, first);
  size_t next = k + 1;
  for (; row && next < reader->n_picked; ++next) {
    const DgHtmlPiece *const cell = piece_at(reader, reader->picked[next]);
    if (row_of(reader, cell) != row || kind_of(cell) != DG_BLOCK_TABLE) {
      break;
    }
    const DgSpan at = reader->tree.nodes.items[cell->holder].source;
    dg_builder_put(&reader->builder, DG_STR(" | "), at);
    add_runs(reader, cell);
  }
  (void)dg_builder_end(&reader->builder);
  return next;
}

static DgStatus
add_body(Reader *reader)
{
  size_t at = reader->n_picked ? reader->picked[0] : 0;
  for (size_t k = 0; k < reader->n_picked;) {
    const size_t i = reader->picked[k];
    /* What was left out on the way stays as furniture or byline. */
    for (; at < i; ++at) {
      bool is_byline = false;
      if (piece_at(reader, at)->hints & DG_HINT_BYLINE) {
        DG_TRY(try_byline(reader, at, &is_byline));
      } else if (piece_at(reader, at)->furniture) {
        add_piece(reader, at, DG_BLOCK_FURNITURE);
      }
    }
    DgBlockKind kind = kind_of(piece_at(reader, i));
    if (k < SUBTITLES_MAX && piece_at(reader, i)->hints & DG_HINT_STANDFIRST) {
      kind = DG_BLOCK_SUBTITLE;
    }
    if (kind == DG_BLOCK_TABLE) {
      k = add_row(reader, k);
    } else {
      add_piece(reader, i, kind);
      ++k;
    }
    at = reader->picked[k - 1] + 1;
  }
  return DG_OK;
}

/** Text that only a script would show: the articleBody of JSON-LD. */
static bool
needs_json_body(const Reader *reader)
{
  size_t chars = 0;
  for (size_t k = 0; k < reader->n_picked; ++k) {
    chars += piece_at(reader, reader->picked[k])->chars;
  }
  return reader->meta.body.len > 300 && chars * 3 < reader->meta.body.len;
}

static void
add_json_body(Reader *reader)
{
  DgStr rest = reader->meta.body;
  DgStr line;
  size_t from = 0;
  while (dg_str_cut(&rest, '\n', &line)) {
    dg_builder_begin(&reader->builder, DG_BLOCK_PARAGRAPH);
    add_found(reader, line, reader->tree.nodes.items[0].source, &from);
    (void)dg_builder_end(&reader->builder);
  }
}

static bool
read_time(const Reader *reader, uint32_t node, DgDate *date)
{
  const DgStr stamp = dg_html_attr(&reader->tree, node, DG_HTML_ATTR_datetime);
  if (stamp.ptr && dg_dateline_find(stamp, DG_LANG_EN, date)) {
    return true;
  }
  for (uint32_t i = node; i < reader->tree.nodes.items[node].end; ++i) {
    const DgStr text = reader->tree.nodes.items[i].text;
    if (text.len && dg_dateline_find(text, reader->document->lang, date)) {
      return true;
    }
  }
  return false;
}

/** The first date of a time element near the article, else on the page. */
static void
date_by_time(Reader *reader)
{
  const uint32_t near =
      reader->has_title_piece ? piece_at(reader, reader->title)->first : 0;
  for (int pass = 0; pass < 2; ++pass) {
    const uint32_t from = pass == 0 ? near : 0;
    for (uint32_t i = from; i < reader->tree.nodes.n; ++i) {
      if (reader->tree.nodes.items[i].tag == DG_HTML_time &&
          read_time(reader, i, &reader->document->published)) {
        reader->document->published_how = DG_PUBLISHED_METADATA;
        return;
      }
    }
  }
}

/** A date in a line that its makers call byline or date. */
static void
date_by_hint(Reader *reader)
{
  for (size_t i = 0; i < reader->page.pieces.n; ++i) {
    const DgHtmlPiece *const piece = piece_at(reader, i);
    if (piece->hints & DG_HINT_BYLINE && piece->chars < BYLINE_MAX &&
        dg_dateline_find(text_of(reader, i), reader->document->lang,
                         &reader->document->published)) {
      reader->document->published_how = DG_PUBLISHED_BYLINE;
      return;
    }
  }
}

/** The first line anywhere that is but a date or a labelled byline. */
static void
date_by_line(Reader *reader)
{
  for (size_t i = 0; i < reader->page.pieces.n; ++i) {
    const DgHtmlPiece *const piece = piece_at(reader, i);
    DgByline byline;
    if (piece->chars < 120 &&
        dg_byline_read(text_of(reader, i), reader->document->lang, &byline) &&
        byline.published.precision != DG_DATE_NONE) {
      reader->document->published = byline.published;
      reader->document->published_how = DG_PUBLISHED_BYLINE;
      return;
    }
  }
}

/** The first short line with a date in it. */
static void
date_by_mention(Reader *reader)
{
  for (size_t i = 0; i < reader->page.pieces.n; ++i) {
    if (piece_at(reader, i)->chars < 150 &&
        dg_dateline_find(text_of(reader, i), reader->document->lang,
                         &reader->document->published)) {
      reader->document->published_how = DG_PUBLISHED_TEXT;
      return;
    }
  }
}

static bool
has_date(const Reader *reader)
{
  return reader->document->published.precision != DG_DATE_NONE;
}

static void
find_date(Reader *reader)
{
  static void (*const ways[])(Reader *) = { date_by_time, date_by_hint,
                                            date_by_line, date_by_mention };
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (has_date(reader)) {
      return;
    }
    if (i == 1 && reader->document->url.ptr &&
        dg_dateline_from_url(reader->document->url,
                             &reader->document->published)) {
      reader->document->published_how = DG_PUBLISHED_URL;
      return;
    }
    ways[i](reader);
  }
}

/** Hour of a stamp such as "2024-02-28T03:00Z", or -1. */
static int
hour_of(DgStr stamp)
{
  DgTokens tokens;
  dg_tokens_read(dg_str_sub(stamp, 0, 40), &tokens);
  for (size_t i = 1; i < tokens.n; ++i) {
    if (dg_token_is(&tokens, i, ":")) {
      return (int)dg_token(&tokens, i - 1)->value;
    }
  }
  return -1;
}

/** `local` is a day off the stamp, as a time zone can make it. */
static bool
is_next_day(const Reader *reader, DgDate local)
{
  enum { WESTMOST = 9 }; /* UTC hours by which the day has begun in Alaska */
  if (local.precision != DG_DATE_DAY) {
    return false;
  }
  const int32_t apart =
      dg_date_first_day(local) - dg_date_first_day(reader->document->published);
  return apart == 1 || (apart == -1 && hour_of(reader->meta.stamp) < WESTMOST);
}

/**
 * Stamps are often in UTC; the date that the paper printed, or put in the
 * address, is the one that "Monday" in the text goes by.
 */
static void
prefer_local_date(Reader *reader)
{
  DgDocument *const document = reader->document;
  DgDate local = { .precision = DG_DATE_NONE };
  if (document->published_how != DG_PUBLISHED_METADATA) {
    return;
  }
  if (document->url.ptr && dg_dateline_from_url(document->url, &local) &&
      is_next_day(reader, local)) {
    document->published = local;
    return;
  }
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    if (block->kind == DG_BLOCK_BYLINE &&
        dg_dateline_find(block->content, document->lang, &local)) {
      document->published =
          is_next_day(reader, local) ? local : document->published;
      return;
    }
  }
}

static DgStatus
take_meta(Reader *reader)
{
  const DgHtmlMeta *const meta = &reader->meta;
  DgDocument *const document = reader->document;
  if (meta->url.ptr) {
    document->url = meta->url;
  }
  if (!document->publisher.ptr) {
    document->publisher = meta->publisher;
  }
  if (document->updated.precision == DG_DATE_NONE) {
    document->updated = meta->updated;
  }
  if (document->published.precision == DG_DATE_NONE &&
      meta->published.precision != DG_DATE_NONE) {
    document->published = meta->published;
    document->published_how = DG_PUBLISHED_METADATA;
  }
  if (meta->walled) {
    document->flags |= DG_FLAG_PAYWALLED;
  }
  for (size_t i = 0; i < meta->n_authors; ++i) {
    DgByline byline;
    const char *const line =
        dg_arena_printf(reader->arena, "By %.*s", (int)meta->authors[i].len,
                        meta->authors[i].ptr);
    DG_TRY_PTR(line);
    if (dg_byline_read(dg_str(line), DG_LANG_EN, &byline) &&
        byline.agency.ptr) {
      DG_TRY(dg_article_add_byline(document, &byline, DG_PUBLISHED_METADATA,
                                   reader->arena));
    }
    DG_TRY(dg_article_add_author(document, meta->authors[i], reader->arena));
  }
  return DG_OK;
}

/** Language of the body, which decides how dates read; else as declared. */
static DgLang
language(Reader *reader)
{
  enum { SAMPLE = 3000 };
  DgBuf sample = DG_BUF_INIT;
  for (size_t k = 0; k < reader->n_picked && sample.len < SAMPLE; ++k) {
    dg_buf_add(&sample, text_of(reader, reader->picked[k]));
    dg_buf_add_char(&sample, '\n');
  }
  DgLang lang = dg_language_of(dg_buf_str(&sample));
  dg_buf_clear(&sample);
  const DgStr tag = reader->meta.lang;
  if (lang == DG_LANG_NONE && tag.len >= 2) {
    lang = dg_lang_from_tag(dg_str_sub(tag, 0, 2));
  }
  return lang;
}

static void
take_flags(Reader *reader)
{
  for (size_t i = 0; i < reader->page.pieces.n; ++i) {
    const DgHtmlPiece *const piece = piece_at(reader, i);
    const bool near = reader->n_picked && i + HEAD_PIECES > reader->picked[0] &&
                      i < reader->picked[reader->n_picked - 1] + HEAD_PIECES;
    if (near && piece->furniture == DG_FURNITURE_PAYWALL) {
      reader->document->flags |= DG_FLAG_PAYWALLED;
    }
  }
  if (reader->n_picked) {
    const DgStr last = text_of(reader, reader->picked[reader->n_picked - 1]);
    if (dg_str_ends(last, DG_STR("...")) || dg_str_ends(last, DG_STR("…"))) {
      reader->document->flags |= DG_FLAG_TRUNCATED;
    }
  }
}

static DgStatus
build(Reader *reader)
{
  DG_TRY(take_meta(reader));
  reader->document->lang = language(reader);
  find_title(reader);
  add_title(reader);
  if (needs_json_body(reader)) {
    add_json_body(reader);
  } else {
    DG_TRY(add_head(reader));
    DG_TRY(add_body(reader));
  }
  DG_TRY(dg_builder_finish(&reader->builder, reader->document));
  find_date(reader);
  prefer_local_date(reader);
  take_flags(reader);
  return dg_article_complete(reader->document, reader->arena);
}

DgStatus
dg_article_from_html(const DgDecoded *decoded, DgArena *arena,
                     DgDocument *document)
{
  Reader reader = { .arena = arena, .document = document };
  DG_TRY(dg_html_parse(decoded, arena, &reader.tree));
  DG_TRY(dg_html_read_meta(&reader.tree, arena, &reader.meta));
  DG_TRY(dg_html_cut(&reader.tree, arena, &reader.page));
  DG_TRY(
      dg_html_find_body(&reader.page, arena, &reader.picked, &reader.n_picked));
  dg_builder_init(&reader.builder, arena, decoded);
  return build(&reader);
}

static bool
has_tag(DgStr head, const char *tag)
{
  const size_t n = strlen(tag);
  for (size_t i = 0; i + n < head.len; ++i) {
    if (head.ptr[i] == '<' && !strncasecmp(head.ptr + i, tag, n)) {
      return true;
    }
  }
  return false;
}

static int
sniff_html(DgStr head, DgStr name)
{
  if (!dg_decode_is_text(head)) {
    return 0;
  }
  const bool named =
      dg_str_ends(name, DG_STR(".html")) || dg_str_ends(name, DG_STR(".htm"));
  const DgStr start = dg_str_trim(dg_str_sub(head, 0, 1024));
  if (has_tag(start, "<!doctype html") || has_tag(start, "<html") ||
      has_tag(start, "<head")) {
    return 80;
  }
  const bool markup = start.len && start.ptr[0] == '<';
  if (markup && (has_tag(head, "<html") || has_tag(head, "<body") ||
                 has_tag(head, "<div") || has_tag(head, "<p"))) {
    return 60;
  }
  return named && has_tag(head, "<p") ? 50 : 0;
}

static DgStatus
read_html(DgInput *input, DgStream *stream, DgDiag *diag)
{
  DgStr bytes;
  DG_TRY(dg_input_article(input, stream, &bytes, diag));
  DgStr declared = input->declared;
  if (!declared.ptr) {
    declared = dg_html_declared(dg_str_sub(bytes, 0, 4096));
  }
  DgDecoded decoded;
  DG_TRY(dg_decode(bytes, declared, input->arena, &decoded, diag));
  DgDocument document = { .encoding = decoded.encoding, .url = input->url };
  if (decoded.notice.ptr) {
    document.flags |= DG_FLAG_REPAIRED;
    DG_TRY(dg_input_notice(input, &document, decoded.notice));
  }
  DG_TRY(dg_article_from_html(&decoded, input->arena, &document));
  if (document.text.len == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT, "no article's text in this page");
  }
  return dg_input_emit(input, &document);
}

const DgFormat dg_format_html = {
  .name = "html",
  .summary = "a web page: its main text, byline and metadata",
  .sniff = sniff_html,
  .read = read_html,
};
