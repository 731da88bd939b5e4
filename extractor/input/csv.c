/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/decode.h"
#include "input/record.h"

/*
 * CSV and its kin: a first row of column names, then an article a row. The
 * separator is the one of comma, semicolon, tab and bar that the first row has
 * most of. Source: RFC 4180; a quote inside an unquoted cell is itself.
 */

enum { COLUMNS_MAX = 256 };

typedef struct {
  DgField field;
  unsigned rank;
  bool used;
} Column;

typedef struct {
  DgInput *input;
  DgStream *stream;
  char separator;
  Column columns[COLUMNS_MAX]; /**< [n_columns] */
  size_t n_columns;
  size_t number; /**< rows read, the first not counted */
} Table;

static char
separator_of(DgStr row)
{
  static const char marks[] = ",;\t|";
  size_t most = 0;
  char best = ',';
  for (size_t m = 0; m < sizeof marks - 1; ++m) {
    size_t count = 0;
    for (size_t i = 0; i < row.len && row.ptr[i] != '\n'; ++i) {
      count += row.ptr[i] == marks[m];
    }
    if (count > most) {
      most = count;
      best = marks[m];
    }
  }
  return best;
}

/**
 * Bytes of the row at the start of `window`, its line end included, or 0 when
 * the window ends inside it.
 */
static size_t
row_size(DgStr window, bool ended, size_t *from, bool *quoted)
{
  for (size_t i = *from; i < window.len; ++i) {
    const char c = window.ptr[i];
    if (c == '"') {
      *quoted = !*quoted;
    } else if (c == '\n' && !*quoted) {
      return i + 1;
    }
  }
  *from = window.len;
  return ended ? window.len : 0;
}

/** The next row, still to be taken; see cut_object in json.c. */
static DgStatus
next_row(Table *table, DgStr *row, DgDiag *diag)
{
  const size_t limit = table->input->options->limits.article_bytes;
  DgStr window;
  size_t from = 0;
  size_t n = 0;
  bool quoted = false;
  bool too_long = false;
  while (n == 0) {
    DG_TRY(dg_stream_peek(table->stream, from + 1, &window, diag));
    if (window.len == 0 && !too_long) {
      return DG_NO_MATCH;
    }
    n = row_size(window, table->stream->ended, &from, &quoted);
    if (n == 0 && table->stream->ended) {
      break;
    }
    if (n == 0 && window.len > limit) {
      too_long = true;
      dg_stream_take(table->stream, window.len);
      from = 0;
    }
  }
  *row = dg_str_sub(window, 0, n);
  if (too_long || n > limit) {
    dg_stream_take(table->stream, n);
    return dg_diag_set(diag, DG_LIMIT,
                       "a row longer than the limit of %zu bytes", limit);
  }
  return DG_OK;
}

/** A row being cut into cells, in memory that they may overwrite. */
typedef struct {
  char *bytes;
  size_t len;
  size_t at; /**< SIZE_MAX behind the last cell */
  char separator;
} Row;

static DgStatus
row_init(Row *row, DgStr text, char separator, DgArena *arena)
{
  char *const bytes = dg_arena_alloc(arena, text.len + 1);
  DG_TRY_PTR(bytes);
  if (text.len) {
    memcpy(bytes, text.ptr, text.len);
  }
  *row = (Row){ bytes, text.len, 0, separator };
  return DG_OK;
}

/** The next cell, its quotes undone in place. @return false at the end. */
static bool
next_cell(Row *row, DgStr *cell)
{
  if (row->at > row->len) {
    return false;
  }
  char *const out = row->bytes + row->at;
  size_t len = 0;
  bool quoted = false;
  size_t i = row->at;
  for (; i < row->len && (quoted || row->bytes[i] != row->separator); ++i) {
    const char c = row->bytes[i];
    if (c == '"' && quoted && i + 1 < row->len && row->bytes[i + 1] == '"') {
      out[len++] = '"';
      ++i;
    } else if (c == '"' && (quoted || len == 0)) {
      quoted = !quoted;
    } else {
      out[len++] = c;
    }
  }
  *cell = dg_str_n(out, len);
  row->at = i < row->len ? i + 1 : SIZE_MAX;
  return true;
}

static DgStr
without_line_end(DgStr row)
{
  while (row.len &&
         (row.ptr[row.len - 1] == '\n' || row.ptr[row.len - 1] == '\r')) {
    --row.len;
  }
  return row;
}

/** Learn what the columns hold. @param known  Columns that mean something. */
static DgStatus
read_names(Table *table, DgStr line, size_t *known)
{
  if (dg_str_starts(line, DG_STR("\xEF\xBB\xBF"))) {
    line = dg_str_sub(line, 3, line.len);
  }
  Row row;
  DgStr name;
  table->separator = separator_of(line);
  DG_TRY(row_init(&row, without_line_end(line), table->separator,
                  table->input->arena));
  while (table->n_columns < COLUMNS_MAX && next_cell(&row, &name)) {
    Column *const column = &table->columns[table->n_columns++];
    column->used = dg_field_of(table->input->options, dg_str_trim(name),
                               &column->field, &column->rank);
    *known += column->used;
  }
  return DG_OK;
}

static DgStatus
read_row(Table *table, DgStr row, DgDiag *diag)
{
  DgArena *const arena = table->input->arena;
  unsigned ranks[DG_FIELD_COUNT];
  DgRecord record = { 0 };
  DgDecoded decoded;
  DG_TRY(dg_decode(without_line_end(row), DG_STR_NONE, arena, &decoded, diag));
  Row cells;
  DG_TRY(row_init(&cells, decoded.text, table->separator, arena));
  DgStr cell;
  for (size_t i = 0; i < table->n_columns && next_cell(&cells, &cell); ++i) {
    const Column *const column = &table->columns[i];
    if (column->used) {
      dg_record_keep(&record, ranks, column->field, column->rank, cell);
    }
  }
  return dg_record_emit(table->input, &record, table->number, diag);
}

static DgStatus
read_rows(Table *table, DgDiag *diag)
{
  for (;;) {
    DgStr row;
    DgStatus status = next_row(table, &row, diag);
    if (status == DG_NO_MATCH) {
      return DG_OK;
    }
    if (status == DG_OK && without_line_end(row).len == 0) {
      dg_stream_take(table->stream, row.len);
      continue;
    }
    ++table->number;
    if (status == DG_OK) {
      const size_t n = row.len;
      status = read_row(table, row, diag);
      dg_stream_take(table->stream, n);
    }
    if (status != DG_OK) {
      DG_TRY(dg_input_failed(table->input, status, diag));
    }
  }
}

static DgStatus
read_csv(DgInput *input, DgStream *stream, DgDiag *diag)
{
  Table table = { .input = input, .stream = stream };
  const size_t before = input->articles;
  DgStr row;
  DgStatus status = next_row(&table, &row, diag);
  size_t known = 0;
  if (status == DG_OK) {
    status = read_names(&table, row, &known);
  }
  if (status == DG_OK && known == 0) {
    status = dg_diag_set(diag, DG_BAD_INPUT,
                         "no column of the first row is known as a text or "
                         "title; name yours in a mapping file");
  }
  if (status == DG_OK) {
    dg_stream_take(stream, row.len);
    status = read_rows(&table, diag);
  }
  return status == DG_OK ? dg_input_outcome(input, before, "table", diag)
                         : status;
}

/** A first line of names, two of them known, one of them of a text. */
static int
sniff_csv(DgStr head, DgStr name)
{
  const size_t end = dg_str_find(head, DG_STR("\n"), 0);
  if (end == SIZE_MAX || !dg_decode_is_text(head)) {
    return 0;
  }
  DgStr rest = dg_str_trim(dg_str_sub(head, 0, end));
  if (dg_str_starts(rest, DG_STR("\xEF\xBB\xBF"))) {
    rest = dg_str_sub(rest, 3, rest.len);
  }
  const char separator = separator_of(rest);
  const DgReadOptions none = { 0 };
  size_t known = 0;
  bool text = false;
  DgStr cell;
  while (dg_str_cut(&rest, separator, &cell)) {
    DgField field;
    unsigned rank;
    cell = dg_str_trim(cell);
    if (cell.len > 1 && cell.ptr[0] == '"') {
      cell = dg_str_sub(cell, 1, cell.len - 1);
    }
    if (dg_field_of(&none, cell, &field, &rank)) {
      ++known;
      text = text || field == DG_FIELD_text || field == DG_FIELD_html ||
             field == DG_FIELD_title;
    }
  }
  const bool named =
      dg_str_ends(name, DG_STR(".csv")) || dg_str_ends(name, DG_STR(".tsv"));
  return known >= 2 && text ? 70 : named ? 45 : 0;
}

const DgFormat dg_format_csv = {
  .name = "csv",
  .summary = "a table with a row of column names, an article a row",
  .sniff = sniff_csv,
  .read = read_csv,
};
