/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_DOCUMENT_H
#define DG_INPUT_DOCUMENT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "base/limits.h"
#include "values/date.h"

typedef enum {
  DG_BLOCK_TITLE,
  DG_BLOCK_SUBTITLE,
  DG_BLOCK_HEADING,
  DG_BLOCK_PARAGRAPH,
  DG_BLOCK_LIST_ITEM,
  DG_BLOCK_QUOTE,
  DG_BLOCK_CAPTION,
  DG_BLOCK_TABLE,
  DG_BLOCK_BYLINE,   /**< author and date line: not in the text */
  DG_BLOCK_FURNITURE /**< teasers, links, banners: not in the text */
} DgBlockKind;

/** "title", "subtitle", ... */
const char *
dg_block_kind_text(DgBlockKind kind);

/** A piece of an article and where it stands. */
typedef struct {
  DgBlockKind kind;
  DgStr content; /**< UTF-8; part of `text` where the block is in it */
  DgSpan text;   /**< bytes of DgDocument.text; empty when left out */
  DgSpan source; /**< bytes of the source (see DgDocument) */
  DgLang lang;
} DgBlock;

/**
 * A point where text and source go in step: from here to the next point, byte
 * text + i comes from byte source + i, but for at most the rest of the run
 * when lengths differ (an entity, a replaced or re-encoded character).
 */
typedef struct {
  size_t text;
  size_t source;
} DgMapPoint;

/** How the publication date was found. */
typedef enum {
  DG_PUBLISHED_UNKNOWN,
  DG_PUBLISHED_METADATA,
  DG_PUBLISHED_BYLINE,
  DG_PUBLISHED_URL,
  DG_PUBLISHED_TEXT,
  DG_PUBLISHED_OPTION /**< given by the user */
} DgPublishedHow;

/** "unknown", "metadata", "byline", "url", "text", "option". */
const char *
dg_published_how_text(DgPublishedHow how);

/** What is particular about an article; bits of DgDocument.flags. */
typedef enum {
  DG_FLAG_AGENCY = 1,    /**< written by a news agency */
  DG_FLAG_PAYWALLED = 2, /**< the rest is for subscribers */
  DG_FLAG_TRUNCATED = 4, /**< the text stops early, or goes on elsewhere */
  DG_FLAG_REPAIRED = 8,  /**< characters were replaced or re-encoded */
  DG_FLAG_CUT = 16       /**< longer than the limit, cut at a paragraph */
} DgDocumentFlag;

/** "agency", "paywalled", ... for a single flag. */
const char *
dg_document_flag_text(DgDocumentFlag flag);

/**
 * One article. All memory is in the arena it was read into.
 *
 * `text` is what `extract --format text` prints: title, subtitle and body
 * blocks in order, separated by an empty line; valid UTF-8, NFC as the source
 * has it, private-use characters replaced by U+FFFD, no furniture, no byline.
 *
 * The source, to which spans and map refer, is the bytes that the format's
 * reader was given: the file itself for text, HTML, XML and Markdown, the
 * member's or payload's content in a container, and the value of the text's
 * field, unescaped, in a record of JSON or CSV.
 */
typedef struct {
  DgStr id;           /**< record's own id, or file name less extension */
  DgStr origin;       /**< path or name for messages */
  const char *format; /**< of the reader: "html", "json", ... */
  uint64_t source;    /**< hash of the bytes read and of where they came from */
  DgStr url;          /**< absent when unknown */
  DgStr copy_of;      /**< id of an earlier article with this text, or absent */
  DgStr title;
  DgStr author; /**< as written; several are separated by ", " */
  DgStr agency; /**< "AFP", "Reuters", ..., or absent */
  DgStr publisher;
  DgLang lang;
  DgDate published; /**< precision NONE when unknown */
  DgDate updated;
  DgPublishedHow published_how;
  DgStr encoding; /**< of the source: "UTF-8", "windows-1252", ... */
  DgStr notice;   /**< what the user should know, or absent */
  unsigned flags; /**< of DgDocumentFlag */
  DgStr text;
  DgBlock *blocks; /**< [n_blocks] in source order, furniture included */
  size_t n_blocks;
  DgMapPoint *map; /**< [n_map] ascending by text */
  size_t n_map;
} DgDocument;

/** Byte of the source that text byte `at` comes from. */
size_t
dg_document_source_at(const DgDocument *document, size_t at);

/**
 * Whether an article is done already, asked before it is taken apart.
 * @param source  As in DgDocument.
 */
typedef bool (*DgSourceKnown)(void *user, uint64_t source);

/** What the reader is told beforehand. */
typedef struct {
  const char *format;  /**< force a reader by name, null to detect */
  const char *mapping; /**< names of a record's fields, lines such as
                            "text = corps, contenu"; or null */
  DgDate published;    /**< used where the article has none */
  DgLang lang;         /**< force, or DG_LANG_NONE to detect */
  bool cut;            /**< cut what is too long; else it is refused */
  DgSourceKnown known; /**< or null; called with the sink's `user` */
  uint64_t *bytes;     /**< counts what is read of files; or null */
  DgLimits limits;
} DgReadOptions;

/**
 * Called with each article of an input as soon as it is read; `document` is
 * good until the call returns.
 * @return DG_OK to go on.
 */
typedef DgStatus (*DgDocumentSink)(void *user, const DgDocument *document);

/** Called for a record or file that cannot be read; reading goes on. */
typedef void (*DgInputErrorSink)(void *user, const DgDiag *diag);

/**
 * Read the articles in `bytes`, in order.
 *
 * @param name   File name or other origin; gives the id where a record has
 *               none.
 * @param error  Told of each record that fails; may be null.
 * @return DG_BAD_INPUT when nothing in it is an article (an empty file, not
 *         text, an unknown format), with the reason in `diag`; DG_LIMIT for a
 *         single article that is longer than the limit; when all of several
 *         records fail, the status of the first. What the sink returns, when
 *         that is not DG_OK.
 */
DgStatus
dg_input_read(DgStr bytes, const char *name, const DgReadOptions *options,
              DgDocumentSink sink, DgInputErrorSink error, void *user,
              DgDiag *diag);

/**
 * Read the articles of a file ("-" is standard input), a directory
 * (recursively, in byte order of paths, hidden names left out) or a container,
 * in order.
 * @return DG_NOT_FOUND for a missing path, DG_NO_MATCH for a directory without
 *         articles.
 */
DgStatus
dg_input_read_path(const char *path, const DgReadOptions *options,
                   DgDocumentSink sink, DgInputErrorSink error, void *user,
                   DgDiag *diag);

/**
 * Check the lines of a mapping: "field = name, name", where the field is one of
 * id, url, title, subtitle, author, published, updated, publisher, language,
 * text, html and summary; '#' begins a comment.
 * @return DG_BAD_INPUT for the first bad line, which `diag` tells.
 */
DgStatus
dg_mapping_check(DgStr mapping, DgDiag *diag);

/**
 * Name of the `i`-th format that options->format takes, or null behind the
 * last one.
 * @param summary  Set to one line about it.
 */
const char *
dg_input_format(size_t i, const char **summary);

#endif
