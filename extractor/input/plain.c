/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/article.h"

#include "base/utf8.h"
#include "input/furniture.h"
#include "input/language.h"

/*
 * A text file is read as a newspaper page copied from a browser: a title,
 * lines between title and byline, the byline, the body, and around and amid
 * them the page's furniture. Each line is judged by its wording, its length
 * and its end; its place decides the rest.
 */

enum {
  TITLE_MAX = 300,  /**< bytes; a longer first line is prose */
  HEAD_LINES = 12,  /**< among which an unlabelled byline may stand */
  PROSE_MIN = 120,  /**< a line this long is prose */
  CLOSED_MIN = 50,  /**< also one this long that ends a sentence */
  TEASER_MAX = 170, /**< a longer line under a teaser list is body again */
  HEADING_MAX = 120,
  KICKER_MAX = 20, /**< a section's name above the title */
  WRAP_MIN = 45,   /**< widths between which lines count as hard-wrapped */
  WRAP_MAX = 100
};

typedef struct {
  DgSpan span; /**< decoded bytes, blanks at the ends left out */
  DgBlockKind kind;
  DgFurniture furniture;
  bool is_byline;
  DgByline byline;
  bool blank_before; /**< an empty line, or the start of the text */
} Line;

typedef struct {
  const DgDecoded *decoded;
  DgArena *arena;
  DgLang lang;
  DG_VEC(Line) lines;
  DgDocument *document;
} Page;

static DgStr
text_of(const Page *page, size_t i)
{
  const DgSpan span = page->lines.items[i].span;
  return dg_str_sub(page->decoded->text, span.begin, span.end);
}

/** [begin, end) without blanks of any kind at the ends. */
static DgSpan
trim(DgStr text, DgSpan span)
{
  size_t size;
  while (span.begin < span.end &&
         dg_utf8_is_space(dg_utf8_decode(text, span.begin, &size))) {
    span.begin += size;
  }
  while (span.begin < span.end) {
    size_t last = span.end - 1;
    while (last > span.begin &&
           ((unsigned char)text.ptr[last] & 0xC0U) == 0x80U) {
      --last;
    }
    if (!dg_utf8_is_space(dg_utf8_decode(text, last, &size))) {
      break;
    }
    span.end = last;
  }
  return span;
}

static DgStatus
split_lines(Page *page)
{
  const DgStr text = page->decoded->text;
  bool blank = true;
  for (size_t i = 0; i < text.len;) {
    size_t end = i;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r') {
      ++end;
    }
    const DgSpan span = trim(text, (DgSpan){ i, end });
    if (span.begin == span.end) {
      blank = blank || text.ptr[i] == '\n';
    } else {
      Line *const line = DG_VEC_ADD(page->arena, &page->lines);
      DG_TRY_PTR(line);
      *line = (Line){ .span = span, .blank_before = blank };
      blank = false;
    }
    i = end + 1;
    i += end + 1 < text.len && text.ptr[end] == '\r' &&
         text.ptr[end + 1] == '\n';
  }
  return DG_OK;
}

/** Lines of even width and empty lines between groups: a mail, a man page. */
static bool
is_wrapped(const Page *page)
{
  size_t joined = 0;
  size_t wide = 0;
  for (size_t i = 0; i < page->lines.n; ++i) {
    const size_t len = text_of(page, i).len;
    if (len > WRAP_MAX) {
      return false;
    }
    if (i + 1 < page->lines.n && !page->lines.items[i + 1].blank_before) {
      ++joined;
      wide += len >= WRAP_MIN;
    }
  }
  return joined >= 2 && wide * 4 >= joined * 3;
}

/** Join the lines of each group. */
static void
unwrap(Page *page)
{
  size_t n = 0;
  for (size_t i = 0; i < page->lines.n; ++i) {
    const Line line = page->lines.items[i];
    if (n && !line.blank_before && i > 1) {
      page->lines.items[n - 1].span.end = line.span.end;
    } else {
      page->lines.items[n++] = line;
    }
  }
  page->lines.n = n;
}

static bool
ends_sentence(DgStr text)
{
  static const char *const ends[] = { ".",  "!", "?", "…", "»", "”",
                                      "\"", ")", ";", ":", NULL };
  for (size_t i = 0; ends[i]; ++i) {
    if (dg_str_ends(text, dg_str(ends[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_prose(DgStr text)
{
  return text.len >= PROSE_MIN ||
         (text.len >= CLOSED_MIN && ends_sentence(text));
}

static bool
is_url(DgStr text)
{
  return (dg_str_starts(text, DG_STR("http://")) ||
          dg_str_starts(text, DG_STR("https://"))) &&
         !memchr(text.ptr, ' ', text.len);
}

/** Judge each line by its wording. */
static void
judge_lines(Page *page)
{
  for (size_t i = 0; i < page->lines.n; ++i) {
    Line *const line = &page->lines.items[i];
    const DgStr text = text_of(page, i);
    line->kind = DG_BLOCK_PARAGRAPH;
    line->furniture = dg_furniture_of(text);
    line->is_byline = dg_byline_read(text, page->lang, &line->byline) &&
                      (i < HEAD_LINES || line->byline.labelled);
    if (line->is_byline) {
      line->furniture = DG_FURNITURE_NONE;
    }
  }
}

/** Bytes of prose in lines [from, to). */
static size_t
prose_between(const Page *page, size_t from, size_t to)
{
  size_t bytes = 0;
  for (size_t i = from; i < to; ++i) {
    const DgStr text = text_of(page, i);
    const Line *const line = &page->lines.items[i];
    if (line->furniture == DG_FURNITURE_NONE && !line->is_byline &&
        is_prose(text)) {
      bytes += text.len;
    }
  }
  return bytes;
}

/** Mark the teasers that follow a list's head at `i`. @return the last. */
static size_t
mark_teasers(Page *page, size_t i)
{
  while (i + 1 < page->lines.n) {
    Line *const next = &page->lines.items[i + 1];
    const DgStr text = text_of(page, i + 1);
    if (next->furniture == DG_FURNITURE_NONE &&
        (text.len > TEASER_MAX || (is_prose(text) && ends_sentence(text)))) {
      break;
    }
    next->furniture = next->furniture ? next->furniture : DG_FURNITURE_LINE;
    ++i;
  }
  return i;
}

/** Mark all that follows a mark that ends the article. */
static void
mark_rest(Page *page, size_t i)
{
  for (size_t k = i + 1; k < page->lines.n; ++k) {
    page->lines.items[k].furniture = DG_FURNITURE_LINE;
    page->lines.items[k].is_byline = false;
  }
}

static void
mark_furniture(Page *page)
{
  for (size_t i = 0; i < page->lines.n; ++i) {
    const DgFurniture kind = page->lines.items[i].furniture;
    if (kind == DG_FURNITURE_NONE || kind == DG_FURNITURE_LINE) {
      continue;
    }
    if (kind == DG_FURNITURE_PAYWALL) {
      page->document->flags |= DG_FLAG_PAYWALLED;
      continue;
    }
    const size_t before = prose_between(page, 0, i);
    const size_t after = prose_between(page, i + 1, page->lines.n);
    const bool ends = before > after;
    if (kind == DG_FURNITURE_MORE) {
      if (!ends) {
        continue;
      }
      page->document->flags |= DG_FLAG_TRUNCATED;
    }
    if (kind == DG_FURNITURE_LIST || !ends) {
      i = before ? mark_teasers(page, i) : i;
    } else {
      mark_rest(page, i);
      return;
    }
  }
}

/** "Jane Roe" beside a dated line: two to four capitalised words. */
static bool
is_name(DgStr text)
{
  DgTokens tokens;
  if (text.len > 60) {
    return false;
  }
  dg_tokens_read(text, &tokens);
  size_t capitals = 0;
  for (size_t i = 0; i < tokens.n; ++i) {
    const DgToken *const token = dg_token(&tokens, i);
    if (token->kind == DG_TOKEN_NUMBER ||
        (token->kind == DG_TOKEN_MARK && !dg_token_in(&tokens, i, "- ' . ’"))) {
      return false;
    }
    capitals += token->capital;
    if (token->kind == DG_TOKEN_WORD && !token->capital &&
        !dg_token_in(&tokens, i, "de du van von der le la di da")) {
      return false;
    }
  }
  return capitals >= 2 && capitals <= 4;
}

static bool
is_content(const Line *line)
{
  return line->furniture == DG_FURNITURE_NONE && !line->is_byline;
}

/** The author's line just above or below the dated one at `i`. */
static void
mark_author(Page *page, size_t i, size_t title)
{
  const size_t around[] = { i + 1, i - 1 };
  for (size_t k = 0; k < 2 && !page->lines.items[i].byline.n_authors; ++k) {
    const size_t at = around[k];
    if (at >= page->lines.n || at <= title) {
      continue;
    }
    Line *const line = &page->lines.items[at];
    if (line->is_byline && line->byline.n_authors) {
      return;
    }
    if (is_content(line) && is_name(text_of(page, at))) {
      line->is_byline = true;
      line->byline =
          (DgByline){ .authors = { text_of(page, at) }, .n_authors = 1 };
      return;
    }
  }
}

/** The next line of content from `i` on, or n. */
static size_t
next_content(const Page *page, size_t i)
{
  while (i < page->lines.n && !is_content(&page->lines.items[i])) {
    ++i;
  }
  return i;
}

/** The name of a section ("Économie") above a title in line `next`. */
static bool
is_kicker(const Page *page, size_t i, size_t next)
{
  const DgStr text = text_of(page, i);
  if (next >= page->lines.n || text.len > KICKER_MAX || ends_sentence(text)) {
    return false;
  }
  const DgStr title = text_of(page, next);
  size_t blanks = 0;
  for (size_t k = 0; k < text.len; ++k) {
    blanks += text.ptr[k] == ' ';
  }
  return blanks < 2 && title.len > 2 * KICKER_MAX && title.len <= TITLE_MAX &&
         !dg_str_ends(title, DG_STR("."));
}

/** The line of the title, or n when there is none. */
static size_t
find_title(Page *page)
{
  size_t title = next_content(page, 0);
  const size_t next = next_content(page, title + 1);
  if (title < page->lines.n && is_kicker(page, title, next)) {
    page->lines.items[title].furniture = DG_FURNITURE_LINE;
    title = next;
  }
  return title < page->lines.n && text_of(page, title).len <= TITLE_MAX
             ? title
             : page->lines.n;
}

/** Lines between title and byline: subtitle, or a short picture caption. */
static void
mark_head(Page *page, size_t title)
{
  size_t byline = title + 1;
  while (byline < page->lines.n && byline < HEAD_LINES &&
         !page->lines.items[byline].is_byline) {
    ++byline;
  }
  if (byline >= page->lines.n || byline >= HEAD_LINES) {
    return;
  }
  mark_author(page, byline, title);
  size_t contents = 0;
  for (size_t i = title + 1; i < byline; ++i) {
    contents += is_content(&page->lines.items[i]);
  }
  if (contents > 3) {
    return; /* the byline stands below the text */
  }
  for (size_t i = title + 1; i < byline; ++i) {
    const bool is_short = !is_prose(text_of(page, i)) && contents > 1;
    page->lines.items[i].kind = is_short ? DG_BLOCK_CAPTION : DG_BLOCK_SUBTITLE;
  }
}

static bool
is_item(DgStr text)
{
  return dg_str_starts(text, DG_STR("- ")) ||
         dg_str_starts(text, DG_STR("* ")) || dg_str_starts(text, DG_STR("• "));
}

static void
mark_body(Page *page)
{
  for (size_t i = 0; i < page->lines.n; ++i) {
    Line *const line = &page->lines.items[i];
    const DgStr text = text_of(page, i);
    if (line->kind != DG_BLOCK_PARAGRAPH || !is_content(line)) {
      continue;
    }
    size_t size;
    const uint32_t first = dg_utf8_decode(text, 0, &size);
    const bool last =
        i + 1 >= page->lines.n || !is_content(&page->lines.items[i + 1]);
    if (dg_str_starts(text, DG_STR("- ")) && dg_str_ends(text, DG_STR(" -")) &&
        text.len > 4 && text.len <= HEADING_MAX) {
      /* A wire's heading: "- A first point -". */
      line->kind = DG_BLOCK_HEADING;
      line->span = trim(page->decoded->text,
                        (DgSpan){ line->span.begin + 2, line->span.end - 2 });
    } else if (is_item(text)) {
      line->kind = DG_BLOCK_LIST_ITEM;
    } else if (text.len <= HEADING_MAX && !last && dg_utf8_is_upper(first) &&
               !dg_str_ends(text, DG_STR(",")) &&
               (!ends_sentence(text) || dg_str_ends(text, DG_STR("?")))) {
      line->kind = DG_BLOCK_HEADING;
    }
  }
}

static void
add_block(DgBuilder *builder, const Line *line, DgStr text)
{
  const DgBlockKind kind = line->furniture   ? DG_BLOCK_FURNITURE
                           : line->is_byline ? DG_BLOCK_BYLINE
                                             : line->kind;
  dg_builder_begin(builder, kind);
  DgSpan run = line->span;
  if (kind == DG_BLOCK_LIST_ITEM) {
    run.begin += dg_str_starts(text, DG_STR("•")) ? 4 : 2;
  }
  dg_builder_run(builder, run);
  (void)dg_builder_end(builder);
}

static DgStatus
add_blocks(Page *page)
{
  DgBuilder builder;
  dg_builder_init(&builder, page->arena, page->decoded);
  for (size_t i = 0; i < page->lines.n; ++i) {
    Line *const line = &page->lines.items[i];
    const DgStr text = text_of(page, i);
    if (line->furniture == DG_FURNITURE_NONE && is_url(text)) {
      if (i < HEAD_LINES && !page->document->url.ptr) {
        page->document->url = text;
      }
      line->furniture = DG_FURNITURE_LINE;
    }
    if (line->is_byline && line->furniture == DG_FURNITURE_NONE) {
      DG_TRY(dg_article_add_byline(page->document, &line->byline,
                                   DG_PUBLISHED_BYLINE, page->arena));
    }
    add_block(&builder, line, text);
  }
  return dg_builder_finish(&builder, page->document);
}

/** Mark title and subtitle, known or found. */
static void
mark_top(Page *page, DgPlainHead head)
{
  const size_t title = head.title ? 0 : find_title(page);
  if (title >= page->lines.n) {
    return;
  }
  Line *const line = &page->lines.items[title];
  line->kind = DG_BLOCK_TITLE;
  page->document->title = text_of(page, title);
  if (!head.title) {
    mark_head(page, title);
  } else if (head.subtitle && page->lines.n > 1) {
    page->lines.items[1].kind = DG_BLOCK_SUBTITLE;
  }
}

/**
 * Two headlines or more at the very end belong to other articles: the list's
 * head has a wording of its own that no table knows.
 */
static void
mark_tail(Page *page)
{
  size_t first = page->lines.n;
  size_t n = 0;
  while (first > 1) {
    const Line *const line = &page->lines.items[first - 1];
    const DgStr text = text_of(page, first - 1);
    const bool short_line = text.len <= TEASER_MAX && !ends_sentence(text);
    if (!line->furniture && (!short_line || line->is_byline)) {
      break;
    }
    n += !line->furniture;
    --first;
  }
  if (n < 2 || prose_between(page, 0, first) < TEASER_MAX) {
    return;
  }
  for (size_t i = first; i < page->lines.n; ++i) {
    Line *const line = &page->lines.items[i];
    line->furniture = line->furniture ? line->furniture : DG_FURNITURE_LINE;
  }
}

/** Known lines are what they are, however they are worded. */
static void
trust_top(Page *page, DgPlainHead head)
{
  const size_t n = head.title ? 1U + head.subtitle : 0U;
  for (size_t i = 0; i < n && i < page->lines.n; ++i) {
    page->lines.items[i].furniture = DG_FURNITURE_NONE;
    page->lines.items[i].is_byline = false;
  }
}

DgStatus
dg_article_from_plain(const DgDecoded *decoded, DgPlainHead head,
                      DgArena *arena, DgDocument *document)
{
  Page page = { .decoded = decoded, .arena = arena, .document = document };
  page.lang = dg_language_of(decoded->text);
  DG_TRY(split_lines(&page));
  if (is_wrapped(&page)) {
    unwrap(&page);
  }
  judge_lines(&page);
  trust_top(&page, head);
  mark_furniture(&page);
  mark_tail(&page);
  mark_top(&page, head);
  mark_body(&page);
  DG_TRY(add_blocks(&page));
  return dg_article_complete(document, arena);
}

static int
sniff_text(DgStr head, DgStr name)
{
  (void)name;
  return dg_decode_is_text(head) ? 1 : 0;
}

static DgStatus
read_text(DgInput *input, DgStream *stream, DgDiag *diag)
{
  DgStr bytes;
  DG_TRY(dg_input_article(input, stream, &bytes, diag));
  DgDecoded decoded;
  DG_TRY(dg_decode(bytes, input->declared, input->arena, &decoded, diag));
  DgDocument document = { .encoding = decoded.encoding, .url = input->url };
  if (decoded.notice.ptr) {
    document.flags |= DG_FLAG_REPAIRED;
    DG_TRY(dg_input_notice(input, &document, decoded.notice));
  }
  DG_TRY(dg_article_from_plain(&decoded, (DgPlainHead){ false, false },
                               input->arena, &document));
  if (document.text.len == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT, "there is no text in it");
  }
  return dg_input_emit(input, &document);
}

const DgFormat dg_format_text = {
  .name = "text",
  .summary = "plain text: title, byline, paragraphs, a line each",
  .sniff = sniff_text,
  .read = read_text,
};
