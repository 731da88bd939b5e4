/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/article.h"

#include <strings.h>

/*
 * Markdown: the markup is left out byte by byte, each byte that stays knowing
 * its place, and what is left is read as plain text. A block between "---"
 * lines on top gives title, author, date and URL. Source: CommonMark 0.30,
 * the parts that prose uses.
 */

enum { LINK_MAX = 2000 };

typedef struct {
  DgArena *arena;
  const DgDecoded *in;
  char *out; /**< [in->text.len * 2 + 2] */
  size_t len;
  DgMap map;
  DgStatus status;
} Stripper;

static void
keep(Stripper *stripper, size_t begin, size_t end)
{
  const DgDecoded *const in = stripper->in;
  for (size_t i = begin; i < end; ++i) {
    const DgStatus status =
        dg_map_add(&stripper->map, stripper->arena, stripper->len,
                   dg_map_source(in->map, in->n_map, i));
    if (status != DG_OK) {
      stripper->status = status;
      return;
    }
    stripper->out[stripper->len++] = in->text.ptr[i];
  }
}

static char
at(DgStr text, size_t i)
{
  return i < text.len ? text.ptr[i] : '\n';
}

/** "[text](url)" or "![text](url)" at `i`: its end, and the text's bounds. */
static bool
link_at(DgStr line, size_t i, size_t *end, DgSpan *text)
{
  const size_t open = i + (at(line, i) == '!');
  if (at(line, open) != '[') {
    return false;
  }
  /* A link is short; without a bound many brackets would take long. */
  line = dg_str_sub(line, 0, open + LINK_MAX);
  const size_t close = dg_str_find(line, DG_STR("]"), open);
  if (close == SIZE_MAX || at(line, close + 1) != '(') {
    return false;
  }
  const size_t paren = dg_str_find(line, DG_STR(")"), close);
  if (paren == SIZE_MAX) {
    return false;
  }
  *text = (DgSpan){ open + 1, close };
  *end = paren + 1;
  return true;
}

static bool
is_letter_or_digit(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/** An asterisk, or an underscore at the edge of a word; a code mark. */
static bool
is_emphasis(DgStr line, size_t i)
{
  const char c = line.ptr[i];
  if (c == '`') {
    return true;
  }
  if (c != '*' && c != '_') {
    return false;
  }
  const bool before = i > 0 && is_letter_or_digit(line.ptr[i - 1]);
  const bool after = is_letter_or_digit(at(line, i + 1));
  const bool joined = at(line, i + 1) == c || (i > 0 && line.ptr[i - 1] == c);
  return joined || (c == '*' ? before || after : before != after);
}

/** The text of a line, `base` being its place in the whole. */
static void
strip_inline(Stripper *stripper, DgStr line, size_t base)
{
  for (size_t i = 0; i < line.len;) {
    size_t end;
    DgSpan text;
    if (line.ptr[i] == '\\' && i + 1 < line.len) {
      keep(stripper, base + i + 1, base + i + 2);
      i += 2;
    } else if (link_at(line, i, &end, &text)) {
      if (line.ptr[i] != '!') {
        keep(stripper, base + text.begin, base + text.end);
      }
      i = end;
    } else if (is_emphasis(line, i)) {
      ++i;
    } else {
      keep(stripper, base + i, base + i + 1);
      ++i;
    }
  }
}

/** Bytes of markup that lead a line: "## ", "> ", "1. ". */
static size_t
lead_of(DgStr line)
{
  size_t i = 0;
  while (at(line, i) == ' ' || at(line, i) == '>') {
    ++i;
  }
  size_t marks = i;
  while (at(line, marks) == '#') {
    ++marks;
  }
  if (marks > i && marks - i <= 6 && at(line, marks) == ' ') {
    return marks + 1;
  }
  return i;
}

static bool
is_rule(DgStr line)
{
  const DgStr text = dg_str_trim(line);
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] != text.ptr[0]) {
      return false;
    }
  }
  return text.len >= 3 && strchr("-=*_`~", text.ptr[0]);
}

static bool
is_item(DgStr line)
{
  return line.len > 1 && strchr("-*+", line.ptr[0]) && line.ptr[1] == ' ';
}

/** Paragraphs may be wrapped: a line goes on unless it is of its own kind. */
static bool
goes_on(DgStr line, DgStr next)
{
  const DgStr text = dg_str_trim(next);
  return dg_str_trim(line).len && text.len && lead_of(line) == lead_of(next) &&
         !dg_str_starts(dg_str_trim(line), DG_STR("#")) && !is_item(text) &&
         !is_rule(next) && !dg_str_ends(line, DG_STR("  "));
}

static void
strip_all(Stripper *stripper, size_t from)
{
  const DgStr text = stripper->in->text;
  DgStr rest = dg_str_sub(text, from, text.len);
  DgStr line;
  while (dg_str_cut(&rest, '\n', &line)) {
    const size_t base = (size_t)(line.ptr - text.ptr);
    const size_t lead = lead_of(line);
    if (is_rule(line)) {
      continue;
    }
    strip_inline(stripper, dg_str_sub(line, lead, line.len), base + lead);
    DgStr peek = rest;
    DgStr next;
    const bool joined = dg_str_cut(&peek, '\n', &next) && goes_on(line, next);
    if (base + line.len < text.len) {
      keep(stripper, base + line.len, base + line.len + 1);
      if (joined && stripper->len) {
        stripper->out[stripper->len - 1] = ' ';
      }
    }
  }
}

/** "title: ..." lines between "---" lines. @return bytes of the block. */
static DgStatus
read_front(DgStr text, DgArena *arena, DgDocument *document, size_t *used)
{
  *used = 0;
  if (!dg_str_starts(text, DG_STR("---\n"))) {
    return DG_OK;
  }
  const size_t end = dg_str_find(text, DG_STR("\n---"), 3);
  if (end == SIZE_MAX) {
    return DG_OK;
  }
  *used = end + 4;
  DgStr rest = dg_str_sub(text, 4, end);
  DgStr line;
  while (dg_str_cut(&rest, '\n', &line)) {
    const size_t mark = dg_str_find(line, DG_STR(":"), 0);
    DgStr value = dg_str_trim(dg_str_sub(line, mark + 1, line.len));
    const DgStr name = dg_str_sub(line, 0, mark);
    if (mark == SIZE_MAX || !value.len) {
      continue;
    }
    if (value.len > 1 && strchr("\"'", value.ptr[0]) &&
        value.ptr[value.len - 1] == value.ptr[0]) {
      value = dg_str_sub(value, 1, value.len - 1);
    }
    if (dg_str_equal(name, DG_STR("title"))) {
      document->title = value;
    } else if (dg_str_equal(name, DG_STR("url"))) {
      document->url = value;
    } else if (dg_str_equal(name, DG_STR("author"))) {
      DG_TRY(dg_article_add_author(document, value, arena));
    } else if (dg_str_equal(name, DG_STR("date")) &&
               dg_dateline_find(value, DG_LANG_EN, &document->published)) {
      document->published_how = DG_PUBLISHED_METADATA;
    }
  }
  return DG_OK;
}

static DgStatus
strip(const DgDecoded *in, DgArena *arena, DgDocument *document, DgDecoded *out,
      bool *titled)
{
  Stripper stripper = { .arena = arena, .in = in };
  stripper.out = dg_arena_alloc(arena, in->text.len * 2 + 2);
  DG_TRY_PTR(stripper.out);
  size_t used;
  DG_TRY(read_front(in->text, arena, document, &used));
  *titled = document->title.len > 0;
  if (*titled) {
    const size_t begin = (size_t)(document->title.ptr - in->text.ptr);
    keep(&stripper, begin, begin + document->title.len);
    keep(&stripper, used - 4, used - 3);
    keep(&stripper, used - 4, used - 3);
  }
  strip_all(&stripper, used);
  DG_TRY(stripper.status);
  DG_TRY(dg_map_add(&stripper.map, arena, stripper.len,
                    dg_map_source(in->map, in->n_map, in->text.len)));
  *out = *in;
  out->text = dg_str_n(stripper.out, stripper.len);
  out->map = stripper.map.items;
  out->n_map = stripper.map.n;
  return DG_OK;
}

static DgStatus
read_markdown(DgInput *input, DgStream *stream, DgDiag *diag)
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
  DgDecoded stripped;
  bool titled;
  DG_TRY(strip(&decoded, input->arena, &document, &stripped, &titled));
  DG_TRY(dg_article_from_plain(&stripped, (DgPlainHead){ titled, false },
                               input->arena, &document));
  if (document.text.len == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT, "there is no text in it");
  }
  return dg_input_emit(input, &document);
}

static int
sniff_markdown(DgStr head, DgStr name)
{
  const bool named = dg_str_ends(name, DG_STR(".md")) ||
                     dg_str_ends(name, DG_STR(".markdown"));
  if (!dg_decode_is_text(head)) {
    return 0;
  }
  const bool front = dg_str_starts(head, DG_STR("---\n")) &&
                     dg_str_find(head, DG_STR("\n---\n"), 3) != SIZE_MAX;
  if (named || front || dg_str_starts(head, DG_STR("# "))) {
    return 30;
  }
  return dg_str_find(head, DG_STR("\n## "), 0) != SIZE_MAX ? 30 : 0;
}

const DgFormat dg_format_markdown = {
  .name = "markdown",
  .summary = "Markdown, with or without a block of metadata on top",
  .sniff = sniff_markdown,
  .read = read_markdown,
};
