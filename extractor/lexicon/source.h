/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LEXICON_SOURCE_H
#define DG_LEXICON_SOURCE_H

#include "base/vec.h"
#include "lexicon/lexicon.h"

/** The bytes of one source file. */
typedef struct {
  DgStr path;
  DgStr bytes;
  DgLang lang; /**< of its folder */
} DgLexFile;

typedef struct {
  DgLexFile *items; /**< [n] in byte order of paths */
  size_t n;
  size_t cap;
} DgLexFiles;

/** One way to write an entry. */
typedef struct {
  uint32_t row;
  DgStr text;
  unsigned flags; /**< DgLexFlag of the row or of this form */
} DgLexForm;

/** What the source files say, duplicates and all. */
typedef struct {
  DgLexEntry *items; /**< [n] */
  size_t n;
  size_t cap;
  DG_VEC(DgLexForm) forms;
} DgLexRows;

/** Read a folder's *.tsv and those of its language folders. */
DgStatus
dg_lex_files_read(const char *folder, DgArena *arena, DgLexFiles *files,
                  DgDiag *diag);

/** Read one file, and add it. */
DgStatus
dg_lex_files_add(const char *path, DgLang lang, DgArena *arena,
                 DgLexFiles *files, DgDiag *diag);

uint64_t
dg_lex_files_hash(const DgLexFiles *files);

/**
 * Read the lines of one file.
 * @return DG_BAD_INPUT with the line in `diag`.
 */
DgStatus
dg_lex_rows_read(const DgLexFile *file, unsigned flags, DgArena *arena,
                 DgLexRows *rows, DgDiag *diag);

#endif
