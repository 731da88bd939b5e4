/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_TESTS_TEST_INPUT_H
#define DG_TESTS_TEST_INPUT_H

#include "test.h"

#include "base/buf.h"
#include "input/document.h"
#include "input/map.h"

/** One article as a test looks at it: "member: value" lines, then blocks. */
typedef struct {
  DgBuf shown;
  DgBuf text;    /**< texts of all articles, each ended by a NUL */
  DgBuf errors;  /**< a message a line */
  DgStr source;  /**< bytes to check the map against, or absent */
  size_t n;      /**< articles */
  DgLang lang;   /**< of the last article */
  size_t broken; /**< offsets that lead to the wrong source byte */
  DgStatus reply;
  uint64_t known; /**< hash of a source */
} Seen;

static inline void
show_member(DgBuf *out, const char *name, DgStr value)
{
  if (value.ptr) {
    dg_buf_printf(out, "%s: %.*s\n", name, (int)value.len, value.ptr);
  }
}

static inline void
show_date(DgBuf *out, const char *name, DgDate date)
{
  if (date.precision == DG_DATE_DAY) {
    dg_buf_printf(out, "%s: %04d-%02u-%02u\n", name, date.year, date.month,
                  date.day);
  }
}

/** Each byte of the text that is no blank must equal its source byte. */
static inline void
check_map(Seen *seen, const DgDocument *document)
{
  for (size_t i = 0; seen->source.ptr && i < document->text.len; ++i) {
    const char c = document->text.ptr[i];
    const size_t at = dg_document_source_at(document, i);
    if (c != ' ' && c != '\n' &&
        (at >= seen->source.len || seen->source.ptr[at] != c)) {
      ++seen->broken;
    }
  }
}

static inline DgStatus
see(void *user, const DgDocument *document)
{
  Seen *const seen = user;
  ++seen->n;
  DgBuf *const out = &seen->shown;
  show_member(out, "id", document->id);
  show_member(out, "url", document->url);
  show_member(out, "title", document->title);
  show_member(out, "author", document->author);
  show_member(out, "agency", document->agency);
  show_member(out, "publisher", document->publisher);
  show_date(out, "published", document->published);
  if (document->published_how) {
    dg_buf_printf(out, "how: %s\n",
                  dg_published_how_text(document->published_how));
  }
  show_date(out, "updated", document->updated);
  dg_buf_printf(out, "lang: %s\n", dg_lang_tag(document->lang));
  show_member(out, "encoding", document->encoding);
  show_member(out, "notice", document->notice);
  for (unsigned flag = 1; flag <= DG_FLAG_CUT; flag *= 2) {
    if (document->flags & flag) {
      dg_buf_printf(out, "flag: %s\n",
                    dg_document_flag_text((DgDocumentFlag)flag));
    }
  }
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    /* A block too short to tell has the article's language. */
    assert_true(block->lang != DG_LANG_NONE || document->lang == DG_LANG_NONE);
    dg_buf_printf(out, "[%s] %.*s\n", dg_block_kind_text(block->kind),
                  (int)block->content.len, block->content.ptr);
  }
  seen->lang = document->lang;
  dg_buf_add(&seen->text, document->text);
  dg_buf_add_char(&seen->text, '\0');
  check_map(seen, document);
  return seen->reply;
}

static inline void
see_error(void *user, const DgDiag *diag)
{
  Seen *const seen = user;
  dg_buf_printf(&seen->errors, "%s: %s\n", dg_status_text(diag->status),
                diag->message);
}

static inline void
seen_clear(Seen *seen)
{
  dg_buf_clear(&seen->shown);
  dg_buf_clear(&seen->text);
  dg_buf_clear(&seen->errors);
}

static inline DgReadOptions
plain_options(void)
{
  return (DgReadOptions){ .limits = DG_LIMITS_DEFAULT };
}

/** Read `bytes` and compare what is seen, all but the first line ("id"). */
#define assert_reads(bytes, name, options, expected)                           \
  do {                                                                         \
    Seen seen_ = { .n = 0 };                                                   \
    DgDiag diag_ = DG_DIAG_INIT;                                               \
    const DgReadOptions options_ = (options);                                  \
    const DgStatus status_ = dg_input_read((bytes), (name), &options_, see,    \
                                           see_error, &seen_, &diag_);         \
    if (status_ != DG_OK) {                                                    \
      fail_msg("%s: %s", dg_status_text(status_),                              \
               diag_.message ? diag_.message : "");                            \
    }                                                                          \
    assert_str(dg_buf_str(&seen_.shown), (expected));                          \
    dg_diag_clear(&diag_);                                                     \
    seen_clear(&seen_);                                                        \
  } while (0)

/** Reading fails with `status`, and the message holds `words`. */
#define assert_refuses(bytes, options, status, words)                          \
  do {                                                                         \
    Seen seen_ = { .n = 0 };                                                   \
    DgDiag diag_ = DG_DIAG_INIT;                                               \
    const DgReadOptions options_ = (options);                                  \
    assert_int_equal(dg_input_read((bytes), "x", &options_, see, see_error,    \
                                   &seen_, &diag_),                            \
                     (status));                                                \
    assert_non_null(diag_.message);                                            \
    if (!strstr(diag_.message, (words))) {                                     \
      fail_msg("\"%s\" lacks \"%s\"", diag_.message, (words));                 \
    }                                                                          \
    dg_diag_clear(&diag_);                                                     \
    seen_clear(&seen_);                                                        \
  } while (0)

#endif
