/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_READER_H
#define DG_INPUT_READER_H

#include "input/document.h"
#include "input/stream.h"

/**
 * One reading of one input: what the caller gave, and how far it got. Shared
 * by the readers; not by threads.
 */
typedef struct {
  const DgReadOptions *options;
  DgDocumentSink sink;
  DgInputErrorSink error; /**< or null */
  void *user;
  DgArena *arena;     /**< of the article being read; reset after each */
  DgStr origin;       /**< of the bytes being read, for messages */
  DgStr id;           /**< for an article without one of its own */
  DgStr declared;     /**< encoding by a header outside the bytes, or absent */
  DgStr url;          /**< where the bytes came from, or absent */
  const char *format; /**< of the bytes being read */
  uint64_t source;    /**< hash of the article's bytes and origin */
  bool was_known;     /**< the last article was done already */
  bool was_cut;       /**< the article being read was too long */
  uint32_t depth;     /**< containers around the bytes being read */
  size_t articles;    /**< given to the sink */
  size_t failures;    /**< records that failed */
  DgStatus stopped;   /**< what the sink returned, when not DG_OK */
  DgDiag first;       /**< the first failure of a record */
} DgInput;

/**
 * A format: one file, one entry in the table of read.c.
 */
typedef struct {
  const char *name;
  const char *summary; /**< a line for `formats` */

  /**
   * How surely `head`, the first bytes of an input, is this format: 0 no, up
   * to 100 sure. `name` is the input's name, which may break a tie.
   */
  int (*sniff)(DgStr head, DgStr name);

  /**
   * Read all articles. A format of single articles returns the failure of its
   * one article; others report failures of records by dg_input_failed.
   */
  DgStatus (*read)(DgInput *input, DgStream *stream, DgDiag *diag);
} DgFormat;

#define DG_INPUT_FORMATS(X)                                                    \
  X(html)                                                                      \
  X(json) X(csv) X(xml) X(archive) X(warc) X(mail) X(markdown) X(pdf) X(text)

#define DG_FORMAT_DECLARE(name) extern const DgFormat dg_format_##name;
DG_INPUT_FORMATS(DG_FORMAT_DECLARE)
#undef DG_FORMAT_DECLARE

/**
 * Hand an article to the sink: fills in id, origin, language and the date that
 * the user gave, then forgets the arena.
 * @return what the sink returned.
 */
DgStatus
dg_input_emit(DgInput *input, DgDocument *document);

/** Add a sentence to what the user should know about `document`. */
DgStatus
dg_input_notice(DgInput *input, DgDocument *document, DgStr notice);

/**
 * Report a record that cannot be read and forget the arena; **clears** `diag`.
 * @return DG_OK to go on, or why the reading must stop.
 */
DgStatus
dg_input_failed(DgInput *input, DgStatus status, DgDiag *diag);

/** Read a stream by the format that it has; the origin and id are set. */
DgStatus
dg_input_read_stream(DgInput *input, DgStream *stream, DgDiag *diag);

/** Read a stream under a name of its own: sets origin and id meanwhile. */
DgStatus
dg_input_named(DgInput *input, DgStr name, DgStream *stream, DgDiag *diag);

DgStatus
dg_input_open(DgInput *input, const DgReadOptions *options, DgDocumentSink sink,
              DgInputErrorSink error, void *user);

void
dg_input_close(DgInput *input);

/**
 * The status of an input of several records: fine when one was read, else that
 * of the first failure.
 * @param before  `articles` when it began.
 */
DgStatus
dg_input_outcome(const DgInput *input, size_t before, const char *what,
                 DgDiag *diag);

/** The whole rest of the stream; at most the article limit. */
DgStatus
dg_input_whole(DgInput *input, DgStream *stream, DgStr *bytes, DgDiag *diag);

/**
 * The same for one article: a longer one may be cut at a paragraph, as the
 * user asked.
 * @return DG_NO_MATCH for an article that is done already: the reader returns
 *         it, and all is well.
 */
DgStatus
dg_input_article(DgInput *input, DgStream *stream, DgStr *bytes, DgDiag *diag);

/** Note what the next article is read from. @return whether it is done. */
bool
dg_input_known(DgInput *input, DgStr bytes);

#endif
