/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lexicon/source.h"

#include "base/io.h"

#include <dirent.h>
#include <stdlib.h>

static const char *const kind_texts[] = {
#define KIND_TEXT(name, text) text,
  DG_LEX_KINDS(KIND_TEXT)
#undef KIND_TEXT
};

const char *
dg_lex_kind_text(DgLexKind kind)
{
  return kind_texts[kind];
}

static const char *const detail_texts[] = {
#define DETAIL_TEXT(name, text) text,
  DG_LEX_DETAILS(DETAIL_TEXT)
#undef DETAIL_TEXT
};

static DgLexDetail
detail_of(DgStr text)
{
  for (unsigned i = 0; i < DG_LEX_DETAIL_COUNT; ++i) {
    if (dg_str_equal(text, dg_str(detail_texts[i]))) {
      return (DgLexDetail)i;
    }
  }
  return DG_LEX_IS_NONE;
}

/* The columns, in the order of the fields below. */
enum {
  COL_NAME,
  COL_ALIASES,
  COL_KIND,
  COL_DETAIL,
  COL_COUNTRY,
  COL_FLAGS,
  COL_LANG,
  COL_TICKER,
  COL_WIKIDATA,
  COL_LEI,
  COL_SIREN,
  COL_WEBSITE,
  COL_COUNT
};

static const char *const column_names[COL_COUNT] = {
  "name", "aliases", "kind",     "detail", "country", "flags",
  "lang", "ticker",  "wikidata", "lei",    "siren",   "website"
};

static const struct {
  const char *word;
  unsigned flag;
} flag_words[] = { { "ambiguous", DG_LEX_AMBIGUOUS },
                   { "case", DG_LEX_CASE_SENSITIVE },
                   { "feminine", DG_LEX_FEMININE },
                   { "masculine", DG_LEX_MASCULINE },
                   { "plural", DG_LEX_PLURAL } };

enum { FLAG_WORDS = sizeof flag_words / sizeof *flag_words };

static int
column_of(DgStr name)
{
  for (int i = 0; i < COL_COUNT; ++i) {
    if (dg_str_equal(name, dg_str(column_names[i]))) {
      return i;
    }
  }
  return -1;
}

/* What a file's lines have in common, as far as it was read. */
typedef struct {
  const DgLexFile *file;
  DgArena *arena;
  DgLexRows *rows;
  DgDiag *diag;
  DgStr line;
  unsigned flags;
  DgStr defaults[COL_COUNT];
  int columns[COL_COUNT]; /* [n_columns] which COL_ a field is */
  size_t n_columns;
} Reader;

static DgStatus
complain(const Reader *r, const char *what, DgStr word)
{
  const DgStatus status = dg_diag_set(r->diag, DG_BAD_INPUT, "%s '%.*s'", what,
                                      (int)word.len, word.ptr);
  dg_diag_source(r->diag, r->file->path.ptr);
  const size_t at = (size_t)(word.ptr - r->file->bytes.ptr);
  dg_diag_point(r->diag, r->file->bytes,
                (DgSpan){ at, at + (word.len ? word.len : 1) });
  return status;
}

static DgStatus
read_columns(Reader *r)
{
  DgStr rest = r->line;
  DgStr field;
  while (dg_str_cut(&rest, '\t', &field)) {
    const int column = column_of(field);
    if (column < 0 || r->n_columns == COL_COUNT) {
      return complain(r, "no column", field);
    }
    r->columns[r->n_columns++] = column;
  }
  return DG_OK;
}

static DgStatus
read_defaults(Reader *r)
{
  DgStr rest = dg_str_sub(r->line, 1, r->line.len);
  DgStr pair;
  while (dg_str_cut(&rest, ' ', &pair)) {
    if (!pair.len) {
      continue;
    }
    DgStr value = pair;
    DgStr key;
    (void)dg_str_cut(&value, '=', &key);
    const int column = column_of(key);
    if (column < 0) {
      return complain(r, "no column", pair);
    }
    r->defaults[column] = value;
  }
  return DG_OK;
}

static DgStatus
read_flags(const Reader *r, DgStr words, unsigned *flags)
{
  DgStr word;
  while (dg_str_cut(&words, ',', &word)) {
    size_t i = 0;
    while (i < FLAG_WORDS && !dg_str_equal(word, dg_str(flag_words[i].word))) {
      ++i;
    }
    if (i < FLAG_WORDS) {
      *flags |= flag_words[i].flag;
    } else if (word.len) {
      return complain(r, "no flag", word);
    }
  }
  return DG_OK;
}

static DgStatus
read_kind(const Reader *r, DgStr word, DgLexKind *kind)
{
  for (unsigned i = 0; i < DG_LEX_COUNT; ++i) {
    if (dg_str_equal(word, dg_str(kind_texts[i]))) {
      *kind = (DgLexKind)i;
      return DG_OK;
    }
  }
  return complain(r, "no kind", word.len ? word : r->line);
}

static DgStatus
add_form(const Reader *r, uint32_t row, DgStr text, unsigned flags)
{
  while (text.len > 1 &&
         (dg_str_ends(text, DG_STR("?")) || dg_str_ends(text, DG_STR("=")))) {
    flags |= text.ptr[text.len - 1] == '?' ? DG_LEX_AMBIGUOUS
                                           : DG_LEX_CASE_SENSITIVE;
    --text.len;
  }
  if (!text.len) {
    return DG_OK;
  }
  DgLexForm *const form = DG_VEC_ADD(r->arena, &r->rows->forms);
  DG_TRY_PTR(form);
  *form = (DgLexForm){ row, text, flags };
  return DG_OK;
}

static DgStatus
add_forms(const Reader *r, uint32_t row, DgStr aliases)
{
  DgLexEntry *const entry = &r->rows->items[row];
  const unsigned flags = entry->flags;
  DG_TRY(add_form(r, row, entry->name, flags));
  while (entry->name.len > 1 && (dg_str_ends(entry->name, DG_STR("?")) ||
                                 dg_str_ends(entry->name, DG_STR("=")))) {
    --entry->name.len;
  }
  DgStr alias;
  while (dg_str_cut(&aliases, '|', &alias)) {
    DG_TRY(add_form(r, row, alias, flags));
  }
  return DG_OK;
}

static DgStatus
read_row(Reader *r)
{
  DgStr fields[COL_COUNT];
  memcpy(fields, r->defaults, sizeof fields);
  DgStr rest = r->line;
  DgStr field;
  for (size_t i = 0; i < r->n_columns && dg_str_cut(&rest, '\t', &field); ++i) {
    if (field.len) {
      fields[r->columns[i]] = field;
    }
  }
  DgLexEntry *const entry = DG_VEC_ADD(r->arena, r->rows);
  DG_TRY_PTR(entry);
  DG_TRY(read_kind(r, fields[COL_KIND], &entry->kind));
  entry->flags = r->flags;
  DG_TRY(read_flags(r, fields[COL_FLAGS], &entry->flags));
  entry->lang =
      fields[COL_LANG].len ? dg_lang_from_tag(fields[COL_LANG]) : r->file->lang;
  entry->name = fields[COL_NAME];
  entry->detail = fields[COL_DETAIL];
  entry->is = detail_of(entry->detail);
  if (fields[COL_COUNTRY].len == 2) {
    memcpy(entry->country, fields[COL_COUNTRY].ptr, 2);
  } else if (fields[COL_COUNTRY].len) {
    return complain(r, "a country is two letters, not", fields[COL_COUNTRY]);
  }
  entry->ticker = fields[COL_TICKER];
  entry->wikidata = fields[COL_WIKIDATA];
  entry->lei = fields[COL_LEI];
  entry->siren = fields[COL_SIREN];
  entry->website = fields[COL_WEBSITE];
  return add_forms(r, (uint32_t)(r->rows->n - 1), fields[COL_ALIASES]);
}

DgStatus
dg_lex_rows_read(const DgLexFile *file, unsigned flags, DgArena *arena,
                 DgLexRows *rows, DgDiag *diag)
{
  Reader r = {
    .file = file, .arena = arena, .rows = rows, .diag = diag, .flags = flags
  };
  DgStr rest = file->bytes;
  while (dg_str_cut(&rest, '\n', &r.line)) {
    if (r.line.len && r.line.ptr[r.line.len - 1] == '\r') {
      --r.line.len;
    }
    if (!r.line.len || r.line.ptr[0] == '#') {
      continue;
    }
    if (dg_str_starts(r.line, DG_STR("@ "))) {
      DG_TRY(read_defaults(&r));
    } else if (!r.n_columns) {
      DG_TRY(read_columns(&r));
    } else {
      DG_TRY(read_row(&r));
    }
  }
  return DG_OK;
}

DgStatus
dg_lex_files_add(const char *path, DgLang lang, DgArena *arena,
                 DgLexFiles *files, DgDiag *diag)
{
  DgBuf bytes = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 256U << 20, &bytes, diag);
  DgLexFile *const file = status ? NULL : DG_VEC_ADD(arena, files);
  if (file) {
    file->path = dg_arena_copy(arena, dg_str(path));
    file->bytes = dg_arena_copy(arena, dg_buf_str(&bytes));
    file->lang = lang;
    status = file->path.ptr && file->bytes.ptr ? DG_OK : DG_NO_MEMORY;
  }
  dg_buf_clear(&bytes);
  return status ? status : file ? DG_OK : DG_NO_MEMORY;
}

static int
is_source(const struct dirent *item)
{
  const DgStr name = dg_str(item->d_name);
  return name.len > 4 && name.ptr[0] != '.' &&
         dg_str_ends(name, DG_STR(".tsv"));
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

static DgStatus
read_folder(const char *folder, DgLang lang, DgArena *arena, DgLexFiles *files,
            DgDiag *diag)
{
  struct dirent **names = NULL;
  const int n = scandir(folder, &names, is_source, by_bytes);
  DgStatus status = DG_OK;
  for (int i = 0; i < n; ++i) {
    if (!status) {
      const char *const path =
          dg_arena_printf(arena, "%s/%s", folder, names[i]->d_name);
      status = path ? dg_lex_files_add(path, lang, arena, files, diag)
                    : DG_NO_MEMORY;
    }
    free(names[i]);
  }
  free(names);
  return status;
}

DgStatus
dg_lex_files_read(const char *folder, DgArena *arena, DgLexFiles *files,
                  DgDiag *diag)
{
  static const struct {
    const char *name;
    DgLang lang;
  } folders[] = { { "", DG_LANG_NONE },
                  { "/en", DG_LANG_EN },
                  { "/fr", DG_LANG_FR } };
  for (size_t i = 0; i < sizeof folders / sizeof *folders; ++i) {
    const char *const path =
        dg_arena_printf(arena, "%s%s", folder, folders[i].name);
    DG_TRY_PTR(path);
    DG_TRY(read_folder(path, folders[i].lang, arena, files, diag));
  }
  if (!files->n) {
    return dg_diag_set(diag, DG_NOT_FOUND, "no lexicon in '%s'", folder);
  }
  return DG_OK;
}

uint64_t
dg_lex_files_hash(const DgLexFiles *files)
{
  uint64_t hash = files->n;
  for (size_t i = 0; i < files->n; ++i) {
    const uint64_t both[3] = { hash, dg_str_hash(files->items[i].bytes),
                               (uint64_t)files->items[i].lang };
    hash = dg_str_hash(dg_str_n((const char *)both, sizeof both));
  }
  return hash;
}
