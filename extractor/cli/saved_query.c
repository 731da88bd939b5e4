/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/saved_query.h"

#include "base/decimal.h"
#include "base/io.h"
#include "base/vec.h"
#include "cli/cli.h"
#include "values/date.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/** One "# param:" line. */
typedef struct {
  DgStr name;
  DgStr type;
  DgStr value; /**< default; absent ptr without */
} Declared;

typedef struct {
  DG_VEC(Declared) list;
} Header;

typedef struct {
  DG_VEC(const char *) list;
} Names;

static char *
folder(void)
{
  const char *const given = getenv("DEALGRAPH_QUERIES");
  return given && *given ? strdup(given) : dg_cli_data("../queries");
}

/* Installed, the queries lie in the data folder itself. */
static const char *
query_folder(DgArena *arena)
{
  char *path = folder();
  if (path && access(path, R_OK)) {
    free(path);
    path = dg_cli_data("queries");
  }
  const char *const copy = path ? dg_arena_copy(arena, dg_str(path)).ptr : NULL;
  free(path);
  return copy;
}

static int
compare_names(const void *a, const void *b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static DgStatus
list_names(DgArena *arena, const char *path, Names *names, DgDiag *diag)
{
  DIR *const dir = path ? opendir(path) : NULL;
  if (!dir) {
    return dg_diag_set(diag, DG_NOT_FOUND, "no folder of saved queries at %s",
                       path ? path : "queries");
  }
  const struct dirent *entry;
  while ((entry = readdir(dir)) != NULL) {
    const DgStr name = dg_str(entry->d_name);
    if (name.len <= 3 || !dg_str_ends(name, DG_STR(".rq"))) {
      continue;
    }
    const char **const slot = DG_VEC_ADD(arena, &names->list);
    const DgStr copy = dg_arena_copy(arena, dg_str_sub(name, 0, name.len - 3));
    if (!slot || !copy.ptr) {
      (void)closedir(dir);
      return DG_NO_MEMORY;
    }
    *slot = copy.ptr;
  }
  (void)closedir(dir);
  if (names->list.n) {
    qsort(names->list.items, names->list.n, sizeof(char *), compare_names);
  }
  return DG_OK;
}

static DgStatus
unknown_name(const Names *names, const char *name, DgDiag *diag)
{
  DgBuf near = DG_BUF_INIT;
  for (size_t i = 0; i < names->list.n; ++i) {
    const DgStr known = dg_str(names->list.items[i]);
    const size_t distance = dg_parse_distance(known, dg_str(name));
    if (distance <= known.len / 2 || dg_str_starts(known, dg_str(name))) {
      dg_buf_printf(&near, "%s%s", near.len ? ", " : "; did you mean ",
                    known.ptr);
    }
  }
  const DgStatus status =
      dg_diag_set(diag, DG_USAGE,
                  "no saved query '%s'%s; 'dealgraph query --list' lists "
                  "them",
                  name, near.data ? near.data : "");
  dg_buf_clear(&near);
  return status;
}

DgStatus
dg_saved_query_find(DgArena *arena, const char *name, const char **path,
                    DgDiag *diag)
{
  Names names = { 0 };
  const char *const where = query_folder(arena);
  DG_TRY(list_names(arena, where, &names, diag));
  for (size_t i = 0; i < names.list.n; ++i) {
    if (!strcmp(names.list.items[i], name)) {
      *path = dg_arena_printf(arena, "%s/%s.rq", where, name);
      return *path ? DG_OK : DG_NO_MEMORY;
    }
  }
  return unknown_name(&names, name, diag);
}

static DgStr
next_word(DgStr *rest)
{
  *rest = dg_str_trim(*rest);
  size_t end = 0;
  while (end < rest->len && rest->ptr[end] != ' ' && rest->ptr[end] != '\t') {
    ++end;
  }
  const DgStr word = dg_str_sub(*rest, 0, end);
  *rest = dg_str_sub(*rest, end, rest->len);
  return word;
}

/* "[default]", which may hold spaces; "[]" says that it may be left out. */
static DgStr
read_default(DgStr rest)
{
  rest = dg_str_trim(rest);
  const size_t close = dg_str_find(rest, DG_STR("]"), 0);
  if (!rest.len || rest.ptr[0] != '[' || close == SIZE_MAX || close == 1) {
    return DG_STR_NONE;
  }
  return dg_str_sub(rest, 1, close);
}

static bool
take_prefix(DgStr *line, DgStr prefix)
{
  if (!dg_str_starts(*line, prefix)) {
    return false;
  }
  *line = dg_str_sub(*line, prefix.len, line->len);
  return true;
}

static DgStatus
read_header(DgArena *arena, DgStr text, Header *header)
{
  DgStr line;
  while (dg_str_cut(&text, '\n', &line)) {
    line = dg_str_trim(line);
    if (line.len && line.ptr[0] != '#') {
      break;
    }
    if (take_prefix(&line, DG_STR("# param:"))) {
      Declared *const one = DG_VEC_ADD(arena, &header->list);
      DG_TRY_PTR(one);
      one->name = next_word(&line);
      one->type = next_word(&line);
      one->value = read_default(line);
    }
  }
  return DG_OK;
}

static bool
is_iri(DgStr value)
{
  const size_t colon = dg_str_find(value, DG_STR(":"), 0);
  bool fine = colon != SIZE_MAX && colon > 0;
  for (size_t i = 0; i < value.len && fine; ++i) {
    const unsigned char c = (unsigned char)value.ptr[i];
    fine = c > 32 && !strchr("<>\"{}|^`\\", c);
  }
  return fine;
}

static bool
type_value(DgStr type, DgStr value, DgTerm *term)
{
  DgDecimal number;
  DgDate date;
  if (dg_str_equal(type, DG_STR("iri"))) {
    *term = dg_term_iri(value);
    return is_iri(value);
  }
  if (dg_str_equal(type, DG_STR("integer"))) {
    *term = dg_term_typed(value, DG_STR(XSD "integer"));
    return dg_decimal_read(value, &number) == DG_OK &&
           dg_str_find(value, DG_STR("."), 0) == SIZE_MAX;
  }
  if (dg_str_equal(type, DG_STR("decimal"))) {
    *term = dg_term_typed(value, DG_STR(XSD "decimal"));
    return dg_decimal_read(value, &number) == DG_OK;
  }
  if (dg_str_equal(type, DG_STR("date"))) {
    *term = dg_term_typed(value, DG_STR(XSD "date"));
    return value.len == 10 && dg_date_read(value, &date) == DG_OK;
  }
  *term = dg_term_string(value);
  return dg_str_equal(type, DG_STR("string")) ||
         dg_str_equal(type, DG_STR("company"));
}

static const Declared *
find_declared(const Header *header, DgStr name)
{
  for (size_t i = 0; i < header->list.n; ++i) {
    if (dg_str_equal(header->list.items[i].name, name)) {
      return &header->list.items[i];
    }
  }
  return NULL;
}

static DgStatus
unknown_param(const Header *header, DgStr name, DgDiag *diag)
{
  DgBuf known = DG_BUF_INIT;
  for (size_t i = 0; i < header->list.n; ++i) {
    const DgStr one = header->list.items[i].name;
    dg_buf_printf(&known, "%s%.*s", i ? ", " : "; it has ", (int)one.len,
                  one.ptr);
  }
  const DgStatus status =
      dg_diag_set(diag, DG_USAGE, "the query has no parameter '%.*s'%s",
                  (int)name.len, name.ptr, known.data ? known.data : "");
  dg_buf_clear(&known);
  return status;
}

typedef struct {
  DG_VEC(DgParam) list;
} Params;

static DgStatus
add_param(DgArena *arena, Params *params, const Declared *declared, DgStr value,
          DgDiag *diag)
{
  for (size_t i = 0; i < params->list.n; ++i) {
    if (dg_str_equal(params->list.items[i].name, declared->name)) {
      return DG_OK; /* a given value goes before the default */
    }
  }
  DgParam *const param = DG_VEC_ADD(arena, &params->list);
  DG_TRY_PTR(param);
  *param = (DgParam){ .name = declared->name };
  if (value.ptr && !type_value(declared->type, value, &param->value)) {
    return dg_diag_set(
        diag, DG_USAGE, "parameter '%.*s': '%.*s' is not of type %.*s",
        (int)declared->name.len, declared->name.ptr, (int)value.len, value.ptr,
        (int)declared->type.len, declared->type.ptr);
  }
  return DG_OK;
}

DgStatus
dg_saved_query_params(DgArena *arena, DgStr text, const char *const *words,
                      size_t n_words, DgParam **params, size_t *n, DgDiag *diag)
{
  Header header = { 0 };
  Params given = { 0 };
  /* The text goes away; what the parameters borrow of it must not. */
  text = dg_arena_copy(arena, text);
  DG_TRY_PTR(text.ptr);
  DG_TRY(read_header(arena, text, &header));
  for (size_t i = 0; i < n_words; ++i) {
    DgStr value = dg_str(words[i]);
    DgStr name;
    if (dg_str_find(value, DG_STR("="), 0) == SIZE_MAX ||
        !dg_str_cut(&value, '=', &name)) {
      return dg_diag_set(diag, DG_USAGE, "'%s' is not of the form name=value",
                         words[i]);
    }
    const Declared *const declared = find_declared(&header, name);
    if (!declared) {
      return unknown_param(&header, name, diag);
    }
    value.ptr = value.ptr ? value.ptr : "";
    DG_TRY(add_param(arena, &given, declared, value, diag));
  }
  for (size_t i = 0; i < header.list.n; ++i) {
    const Declared *const one = &header.list.items[i];
    DG_TRY(add_param(arena, &given, one, one->value, diag));
  }
  *params = given.list.items;
  *n = given.list.n;
  return DG_OK;
}

static DgStr
header_line(DgStr text, DgStr key)
{
  DgStr line;
  while (dg_str_cut(&text, '\n', &line)) {
    if (take_prefix(&line, key)) {
      return dg_str_trim(line);
    }
    if (line.len && line.ptr[0] != '#') {
      break;
    }
  }
  return DG_STR_NONE;
}

DgStatus
dg_saved_query_list(DgArena *arena, DgBuf *out, DgDiag *diag)
{
  Names names = { 0 };
  const char *const where = query_folder(arena);
  DG_TRY(list_names(arena, where, &names, diag));
  for (size_t i = 0; i < names.list.n; ++i) {
    const char *const name = names.list.items[i];
    const char *const path = dg_arena_printf(arena, "%s/%s.rq", where, name);
    DgBuf text = DG_BUF_INIT;
    Header header = { 0 };
    DG_TRY_PTR(path);
    DgStatus status = dg_io_read(path, 0, &text, diag);
    status = status == DG_OK ? read_header(arena, dg_buf_str(&text), &header)
                             : status;
    if (status == DG_OK) {
      const DgStr title = header_line(dg_buf_str(&text), DG_STR("# title:"));
      dg_buf_printf(out, "%-16s %.*s", name, (int)title.len,
                    title.ptr ? title.ptr : "");
      for (size_t j = 0; j < header.list.n; ++j) {
        const DgStr param = header.list.items[j].name;
        dg_buf_printf(out, "%s%.*s", j ? ", " : " (", (int)param.len,
                      param.ptr);
      }
      dg_buf_add(out, header.list.n ? DG_STR(")\n") : DG_STR("\n"));
    }
    dg_buf_clear(&text);
    DG_TRY(status);
  }
  return DG_OK;
}
