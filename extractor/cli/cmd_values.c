/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/io.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "values/value.h"

#include <getopt.h>
#include <stdio.h>

static const char *const kinds[] = { "number",  "ordinal", "money",
                                     "percent", "date",    "duration" };

/* Code points before a byte, counted on from the last one asked for. */
typedef struct {
  DgStr text;
  size_t byte;
  size_t code;
} Counter;

static size_t
code_at(Counter *c, size_t byte)
{
  c->code += dg_utf8_count(dg_str_sub(c->text, c->byte, byte));
  c->byte = byte;
  return c->code;
}

static void
add_text(DgBuf *out, const char *name, const char *text)
{
  dg_buf_printf(out, ", \"%s\": ", name);
  dg_json_add_string(out, dg_str(text));
}

static void
add_decimal(DgBuf *out, const char *name, DgDecimal value)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  add_text(out, name, text);
}

static void
add_date(DgBuf *out, const char *name, DgDate date)
{
  char text[DG_DATE_TEXT];
  (void)dg_date_write(date, text);
  add_text(out, name, text);
}

static void
add_money(DgBuf *out, const DgValue *value)
{
  add_decimal(out, "value", value->money.value);
  if (value->is_range) {
    add_decimal(out, "value_max", value->money.value_max);
  }
  if (value->money.currency[0]) {
    add_text(out, "currency", value->money.currency);
  }
  if (value->conversion.currency[0]) {
    add_decimal(out, "conversion", value->conversion.value);
    add_text(out, "conversion_currency", value->conversion.currency);
  }
}

static void
add_value(DgBuf *out, Counter *c, const DgValue *value)
{
  const DgStr text = dg_str_sub(c->text, value->span.begin, value->span.end);
  const size_t begin = code_at(c, value->span.begin);
  dg_buf_printf(out,
                "{\"kind\": \"%s\", \"begin\": %zu, \"end\": %zu, "
                "\"text\": ",
                kinds[value->kind], begin, code_at(c, value->span.end));
  dg_json_add_string(out, text);
  if (value->kind == DG_VALUE_MONEY) {
    add_money(out, value);
  } else if (value->kind == DG_VALUE_DATE) {
    add_date(out, "value", value->date);
    if (value->is_range) {
      add_date(out, "value_max", value->date_max);
    }
  } else {
    add_decimal(out, "value", value->number);
    if (value->is_range) {
      add_decimal(out, "value_max", value->number_max);
    }
  }
  if (value->kind == DG_VALUE_DURATION) {
    dg_buf_printf(out, ", \"unit\": \"%c\"", value->unit);
  }
  add_text(out, "qualifier", dg_qualifier_text(value->qualifier));
  dg_buf_add(out, DG_STR("}\n"));
}

static DgStatus
print_values(DgStr text, const DgValueOptions *options, DgArena *arena)
{
  DgValue *values;
  size_t n;
  size_t bad;
  if (!dg_utf8_valid(text, &bad)) {
    dg_cli_error("not UTF-8 at byte %zu", bad);
    return DG_BAD_INPUT;
  }
  DG_TRY(dg_values_read(text, options, arena, &values, &n));
  DgBuf out = DG_BUF_INIT;
  Counter counter = { .text = text };
  for (size_t i = 0; i < n; ++i) {
    add_value(&out, &counter, &values[i]);
  }
  if (out.len) {
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  const DgStatus status = dg_buf_status(&out);
  dg_buf_clear(&out);
  dg_arena_reset(arena);
  return status;
}

/* One JSON object a value, and an empty line after each line of input. */
static DgStatus
print_lines(const DgValueOptions *options, DgArena *arena)
{
  DgBuf input = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_io_read("-", 0, &input, &diag);
  if (status != DG_OK) {
    dg_cli_report(&diag);
  }
  DgStr rest = dg_buf_str(&input);
  DgStr line;
  while (status == DG_OK && rest.len && dg_str_cut(&rest, '\n', &line)) {
    status = print_values(line, options, arena);
    (void)fputc('\n', stdout);
  }
  dg_diag_clear(&diag);
  dg_buf_clear(&input);
  return status;
}

static bool
read_option(int option, DgValueOptions *options)
{
  switch (option) {
  case 'l':
    options->lang = dg_lang_from_tag(dg_str(optarg));
    return options->lang == DG_LANG_FR || options->lang == DG_LANG_EN;
  case 'r':
    return dg_date_read(dg_str(optarg), &options->reference) == DG_OK &&
           options->reference.precision == DG_DATE_DAY;
  case 'p':
    options->prefer_future = !strcmp(optarg, "future");
    return options->prefer_future || !strcmp(optarg, "past");
  default:
    return false;
  }
}

static int
run_values(int argc, char **argv)
{
  static const struct option longs[] = {
    { "lang", required_argument, NULL, 'l' },
    { "ref-date", required_argument, NULL, 'r' },
    { "prefer", required_argument, NULL, 'p' },
    { 0 },
  };
  DgValueOptions options = { 0 };
  int option;
  optind = 1;
  while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1) {
    if (!read_option(option, &options)) {
      return dg_cli_usage(&dg_command_values);
    }
  }
  if (optind + 1 != argc) {
    return dg_cli_usage(&dg_command_values);
  }
  DgArena *const arena = dg_arena_new();
  const DgStatus status =
      !arena ? DG_NO_MEMORY
      : !strcmp(argv[optind], "-")
          ? print_lines(&options, arena)
          : print_values(dg_str(argv[optind]), &options, arena);
  dg_arena_free(arena);
  return dg_cli_exit(status);
}

const DgCommand dg_command_values = {
  "values", "[--lang fr|en] [--ref-date DATE] [--prefer past|future] TEXT|-",
  "Find numbers, money, percentages, dates and durations in a text",
  "  --lang fr|en          language of the text; told by its words if absent\n"
  "  --ref-date DATE       publication date, for relative dates (2024-03-05)\n"
  "  --prefer past|future  where bare weekdays and months lie; past if absent\n"
  "\nOne JSON object a line; offsets count code points. With '-', each line "
  "of\n"
  "standard input is a text, and an empty line ends its values.\n",
  run_values
};
