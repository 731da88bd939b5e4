/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/ruleset_p.h"

#include "base/io.h"
#include "base/utf8.h"
#include "rules/keywords.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/*
 * Reading goes in three steps, so that the order of files does not matter:
 * cut all files into statements; define classes, macros and word lists (a list
 * may name any other); then read the rules.
 */

/** A top-level statement: its first line, and the lines that belong to it. */
typedef struct {
  size_t source;       /**< index in `sources` */
  DgStr head;          /**< first word */
  DgStr rest;          /**< what follows on the first line, and continuations */
  DG_VEC(DgStr) lines; /**< of a block, each with its continuations */
  bool done;
  bool busy;
  DgLang lang;
} Statement;

typedef struct {
  DgStr text;
  const char *name;
  DgLang lang;
  uint32_t layer; /**< folder it came from: a later one replaces rules */
} Source;

typedef struct {
  DgRuleset *rules;
  DgArena *arena;
  DgDiag *diag;
  DgLimits limits;
  DG_VEC(Source) sources;
  DG_VEC(Statement) statements;
  DG_VEC(DgStr) loaded; /**< paths, so that `use` reads a file once */
  uint32_t layer;
} Loader;

static DgStatus
fail_at(Loader *l, const Source *source, DgStr at, const char *format,
        DgStr detail)
{
  char message[200];
  (void)snprintf(message, sizeof message, format, (int)detail.len,
                 detail.ptr ? detail.ptr : "");
  (void)dg_diag_set(l->diag, DG_BAD_INPUT, "%s", message);
  dg_diag_source(l->diag, source->name);
  if (at.ptr >= source->text.ptr &&
      at.ptr <= source->text.ptr + source->text.len) {
    const size_t begin = (size_t)(at.ptr - source->text.ptr);
    dg_diag_point(l->diag, source->text, (DgSpan){ begin, begin + at.len });
  }
  return DG_BAD_INPUT;
}

static DgStatus
fail_in(Loader *l, const Statement *s, DgStr at, const char *format,
        DgStr detail)
{
  return fail_at(l, &l->sources.items[s->source], at, format, detail);
}

/* ---- step 1: statements ---- */

static bool
is_block(DgStr head)
{
  return dg_str_equal(head, DG_STR("event")) ||
         dg_str_equal(head, DG_STR("relation")) ||
         dg_str_equal(head, DG_STR("attribute")) ||
         dg_str_equal(head, DG_STR("context"));
}

static DgStr
first_word(DgStr line)
{
  size_t end = 0;
  while (end < line.len && line.ptr[end] != ' ' && line.ptr[end] != '\t') {
    ++end;
  }
  return dg_str_sub(line, 0, end);
}

static DgStr
after_word(DgStr line)
{
  const size_t n = first_word(line).len;
  return dg_str_trim(dg_str_sub(line, n, line.len));
}

/** Cut a comment: "#" at the start or after a blank, outside quotes. */
static DgStr
without_comment(DgStr line)
{
  bool quoted = false;
  for (size_t i = 0; i < line.len; ++i) {
    const char c = line.ptr[i];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '#' && !quoted &&
               (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) {
      return dg_str_sub(line, 0, i);
    }
  }
  return line;
}

static bool
is_one_of(DgStr word, const char *const *words, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (dg_str_equal(word, dg_str(words[i]))) {
      return true;
    }
  }
  return false;
}

#define DG_KEYWORD(word) word,

static bool
is_keyword(DgStr word)
{
  static const char *const words[] = { DG_RULE_LINES(DG_KEYWORD) };
  return is_one_of(word, words, sizeof words / sizeof *words);
}

static bool
is_statement(DgStr word)
{
  static const char *const words[] = { DG_RULE_STATEMENTS(DG_KEYWORD) };
  return is_one_of(word, words, sizeof words / sizeof *words);
}

#undef DG_KEYWORD

/** Stretch `to` so that it also covers `line`, which follows it in the text. */
static void
extend(DgStr *to, DgStr line)
{
  to->len = (size_t)(line.ptr + line.len - to->ptr);
}

static DgStatus
add_block_line(Loader *l, Statement *s, DgStr line, bool *open)
{
  const DgStr word = first_word(line);
  if (dg_str_equal(word, DG_STR("end"))) {
    *open = false;
    return DG_OK;
  }
  if (is_keyword(word)) {
    DgStr *const slot = DG_VEC_ADD(l->arena, &s->lines);
    DG_TRY_PTR(slot);
    *slot = line;
    return DG_OK;
  }
  if (!s->lines.n) {
    return fail_in(l, s, word, "no line of a rule starts with '%.*s'", word);
  }
  extend(&s->lines.items[s->lines.n - 1], line);
  return DG_OK;
}

static DgStatus
load_file(Loader *l, const char *path, DgLang lang);

/** "use" another file, beside this one. */
static DgStatus
use_file(Loader *l, const Source *from, DgStr name, DgLang lang)
{
  if (name.len >= 2 && name.ptr[0] == '"') {
    name = dg_str_sub(name, 1, name.len - 1);
  }
  const char *const slash = strrchr(from->name, '/');
  const int folder = slash ? (int)(slash - from->name + 1) : 0;
  const char *const path = dg_arena_printf(l->arena, "%.*s%.*s", folder,
                                           from->name, (int)name.len, name.ptr);
  DG_TRY_PTR(path);
  return load_file(l, path, lang);
}

static DgStatus
start_statement(Loader *l, size_t source, DgStr line, DgLang *lang, bool *open)
{
  const DgStr head = first_word(line);
  const DgStr rest = after_word(line);
  if (dg_str_equal(head, DG_STR("lang"))) {
    *lang =
        dg_str_equal(rest, DG_STR("*")) ? DG_LANG_NONE : dg_lang_from_tag(rest);
    return *lang == DG_LANG_OTHER
               ? fail_at(l, &l->sources.items[source], rest,
                         "no language '%.*s': fr, en or *", rest)
               : DG_OK;
  }
  if (dg_str_equal(head, DG_STR("use"))) {
    const Source from = l->sources.items[source];
    return use_file(l, &from, rest, *lang);
  }
  Statement *const s = DG_VEC_ADD(l->arena, &l->statements);
  DG_TRY_PTR(s);
  s->source = source;
  s->head = head;
  s->rest = rest;
  s->lang = *lang;
  *open = is_block(head);
  return DG_OK;
}

static DgStatus
cut_statements(Loader *l, size_t source)
{
  const Source from = l->sources.items[source];
  size_t bad;
  if (!dg_utf8_valid(from.text, &bad)) {
    return fail_at(l, &from, dg_str_sub(from.text, bad, bad + 1),
                   "not UTF-8%.*s", DG_STR_NONE);
  }
  DgStr rest = from.text;
  DgStr raw;
  DgLang lang = from.lang;
  bool open = false;
  size_t current = SIZE_MAX;
  while (dg_str_cut(&rest, '\n', &raw)) {
    const DgStr line = dg_str_trim(without_comment(raw));
    if (!line.len) {
      continue;
    }
    const bool indented = raw.ptr[0] == ' ' || raw.ptr[0] == '\t';
    if (open) {
      DG_TRY(add_block_line(l, &l->statements.items[current], line, &open));
    } else if (indented && current != SIZE_MAX) {
      extend(&l->statements.items[current].rest, line);
    } else {
      DG_TRY(start_statement(l, source, line, &lang, &open));
      current = l->statements.n - 1;
    }
  }
  return open ? fail_in(l, &l->statements.items[current],
                        l->statements.items[current].rest,
                        "rule without 'end': %.*s",
                        l->statements.items[current].rest)
              : DG_OK;
}

static DgStatus
add_source(Loader *l, DgStr text, const char *name, DgLang lang)
{
  Source *const source = DG_VEC_ADD(l->arena, &l->sources);
  DG_TRY_PTR(source);
  source->text = dg_arena_copy(l->rules->arena, text);
  source->name = dg_arena_copy(l->rules->arena, dg_str(name)).ptr;
  source->lang = lang;
  source->layer = l->layer;
  DG_TRY_PTR(source->text.ptr);
  DG_TRY_PTR(source->name);
  return cut_statements(l, l->sources.n - 1);
}

static DgStatus
load_file(Loader *l, const char *path, DgLang lang)
{
  for (size_t i = 0; i < l->loaded.n; ++i) {
    if (dg_str_equal(l->loaded.items[i], dg_str(path))) {
      return DG_OK;
    }
  }
  DgStr *const slot = DG_VEC_ADD(l->arena, &l->loaded);
  DG_TRY_PTR(slot);
  *slot = dg_str(path);
  DgBuf text = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 16U * 1024 * 1024, &text, l->diag);
  if (status == DG_OK) {
    status = add_source(l, dg_buf_str(&text), path, lang);
  }
  dg_buf_clear(&text);
  return status;
}

static int
compare_entries(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_visible(const struct dirent *entry)
{
  return entry->d_name[0] != '.';
}

static DgStatus
load_folder(Loader *l, const char *folder, DgLang lang, uint32_t depth);

static DgStatus
load_entry(Loader *l, const char *path, const char *name, DgLang lang,
           uint32_t depth)
{
  struct stat info;
  if (stat(path, &info)) {
    return DG_OK;
  }
  if (S_ISDIR(info.st_mode)) {
    const DgLang inner = dg_lang_from_tag(dg_str(name));
    return depth ? load_folder(l, path, inner == DG_LANG_OTHER ? lang : inner,
                               depth - 1)
                 : DG_OK;
  }
  return dg_str_ends(dg_str(name), DG_STR(".rules")) ? load_file(l, path, lang)
                                                     : DG_OK;
}

static DgStatus
load_folder(Loader *l, const char *folder, DgLang lang, uint32_t depth)
{
  struct dirent **entries = NULL;
  const int n = scandir(folder, &entries, is_visible, compare_entries);
  if (n < 0) {
    (void)dg_diag_set(l->diag, DG_NOT_FOUND,
                      "no rules here: not a readable folder");
    dg_diag_source(l->diag, folder);
    return DG_NOT_FOUND;
  }
  DgStatus status = DG_OK;
  for (int i = 0; i < n; ++i) {
    const char *const path =
        dg_arena_printf(l->arena, "%s/%s", folder, entries[i]->d_name);
    if (status == DG_OK) {
      status = path ? load_entry(l, path, entries[i]->d_name, lang, depth)
                    : DG_NO_MEMORY;
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

/* ---- step 2: classes, macros, word lists ---- */

/** "NAME = rest": the name, and what follows the sign. */
static DgStatus
cut_definition(Loader *l, const Statement *s, DgStr *name, DgStr *value)
{
  const size_t equal = dg_str_find(s->rest, DG_STR("="), 0);
  if (equal == SIZE_MAX) {
    return fail_in(l, s, s->rest, "'=' is missing in '%.*s'", s->rest);
  }
  *name = dg_str_trim(dg_str_sub(s->rest, 0, equal));
  *value = dg_str_trim(dg_str_sub(s->rest, equal + 1, s->rest.len));
  return name->len
             ? DG_OK
             : fail_in(l, s, s->rest, "no name before '='%.*s", DG_STR_NONE);
}

static DgStatus
define_class(Loader *l, Statement *s)
{
  DgStr name;
  DgStr rest;
  DG_TRY(cut_definition(l, s, &name, &rest));
  uint32_t types = 0;
  DgStr piece;
  while (dg_str_cut(&rest, '|', &piece)) {
    const DgStr type = dg_str_trim(piece);
    const bool plain = type.len && type.ptr[type.len - 1] == '!';
    const uint32_t found = plain && dg_str_equal(type, DG_STR("ORG!"))
                               ? 1U << DG_MENTION_ORG
                               : dg_ruleset_types(l->rules, s->lang, type);
    if (!found) {
      return fail_in(l, s, type, "no type or class '%.*s'", type);
    }
    types |= found;
  }
  DgNamedClass *const slot = DG_VEC_ADD(l->rules->arena, &l->rules->classes);
  DG_TRY_PTR(slot);
  *slot = (DgNamedClass){ s->lang, name, types };
  return DG_OK;
}

static DgStatus
define_macro(Loader *l, Statement *s)
{
  DgStr name;
  DgStr body;
  DG_TRY(cut_definition(l, s, &name, &body));
  DG_VEC(DgStr) parameters = { 0 };
  const size_t open = dg_str_find(name, DG_STR("("), 0);
  if (open != SIZE_MAX) {
    if (name.ptr[name.len - 1] != ')') {
      return fail_in(l, s, name, "')' is missing in '%.*s'", name);
    }
    DgStr rest = dg_str_sub(name, open + 1, name.len - 1);
    DgStr piece;
    while (dg_str_cut(&rest, ',', &piece)) {
      DgStr *const slot = DG_VEC_ADD(l->rules->arena, &parameters);
      DG_TRY_PTR(slot);
      *slot = dg_str_trim(piece);
    }
    name = dg_str_trim(dg_str_sub(name, 0, open));
  }
  DgMacro *const macro = DG_VEC_ADD(l->rules->arena, &l->rules->macros);
  DG_TRY_PTR(macro);
  *macro = (DgMacro){ s->lang, name, parameters.items, parameters.n, body };
  return DG_OK;
}

typedef struct {
  Loader *l;
  DgLex *lex;
  DgLang lang;
  int part; /**< put into this part, or -1 for the sink's own */
} FormAdder;

static DgStatus
add_form(void *user, DgFormPart part, DgStr form)
{
  const FormAdder *const adder = user;
  DgArena *const arena = adder->l->rules->arena;
  DgForm *const slot = DG_VEC_ADD(arena, &adder->lex->forms);
  DG_TRY_PTR(slot);
  const DgStr copy = dg_arena_copy(arena, form);
  DG_TRY_PTR(copy.ptr);
  DG_TRY(dg_pattern_words(copy, adder->lang, arena, slot));
  slot->part = adder->part >= 0 ? (DgFormPart)adder->part : part;
  slot->told = adder->part >= 0;
  if (!slot->n_words) {
    --adder->lex->forms.n;
  }
  return DG_OK;
}

static int
part_named(DgStr name)
{
  for (int i = 1; i < DG_FORM_PART_COUNT; ++i) {
    if (dg_str_equal(name, dg_str(dg_form_part_text((DgFormPart)i)))) {
      return i;
    }
  }
  return -1;
}

static DgStatus
define_lex_named(Loader *l, DgLang lang, DgStr name, uint32_t depth);

/** "%other" or "%other.part" inside a list takes over its forms. */
static DgStatus
add_other_lex(Loader *l, const Statement *s, FormAdder *adder, DgStr item,
              uint32_t depth)
{
  DgStr name = dg_str_sub(item, 1, item.len);
  int part = -1;
  const size_t dot = dg_str_find(name, DG_STR("."), 0);
  if (dot != SIZE_MAX) {
    part = part_named(dg_str_sub(name, dot + 1, name.len));
    name = dg_str_sub(name, 0, dot);
  }
  DG_TRY(define_lex_named(l, s->lang, name, depth));
  const DgLex *const other = dg_ruleset_lex(l->rules, s->lang, name);
  if (!other) {
    return fail_in(l, s, item, "no word list '%.*s'", item);
  }
  for (size_t i = 0; i < other->forms.n; ++i) {
    if (part < 0 || (int)other->forms.items[i].part == part) {
      DgForm *const slot = DG_VEC_ADD(l->rules->arena, &adder->lex->forms);
      DG_TRY_PTR(slot);
      *slot = other->forms.items[i];
      if (adder->part >= 0) {
        slot->part = (DgFormPart)adder->part;
        slot->told = true;
      }
    }
  }
  return DG_OK;
}

static DgStatus
add_item(Loader *l, const Statement *s, FormAdder *adder, DgStr item,
         uint32_t depth)
{
  if (item.ptr[0] == '%') {
    return add_other_lex(l, s, adder, item, depth);
  }
  DgStatus status;
  if (dg_str_equal(s->head, DG_STR("verb"))) {
    status = dg_inflect_verb(s->lang, item, add_form, adder);
  } else if (dg_str_equal(s->head, DG_STR("noun"))) {
    status = dg_inflect_noun(s->lang, item, add_form, adder);
  } else if (dg_str_equal(s->head, DG_STR("adj"))) {
    status = dg_inflect_adjective(s->lang, item, add_form, adder);
  } else {
    status = add_form(adder, DG_FORM_BASE, item);
  }
  return status == DG_NO_MATCH
             ? fail_in(l, s, item,
                       "no paradigm for the verb '%.*s': write its forms with "
                       "'lex'",
                       item)
             : status;
}

static DgStatus
define_lex(Loader *l, Statement *s, uint32_t depth)
{
  DgStr name;
  DgStr rest;
  DG_TRY(cut_definition(l, s, &name, &rest));
  if (s->busy || !depth) {
    return fail_in(l, s, name, "word list '%.*s' names itself", name);
  }
  s->busy = true;
  FormAdder adder = { .l = l, .lang = s->lang, .part = -1 };
  const size_t dot = dg_str_find(name, DG_STR("."), 0);
  if (dot != SIZE_MAX) {
    const DgStr part = dg_str_sub(name, dot + 1, name.len);
    adder.part = part_named(part);
    if (adder.part < 0) {
      return fail_in(l, s, part, "no form is called '%.*s'", part);
    }
    name = dg_str_sub(name, 0, dot);
  }
  /* The list is put in place only when filled: others may be made meanwhile,
   * and a list may be told in several statements. */
  DgLex filled = { .name = name };
  adder.lex = &filled;
  DgStr piece;
  while (dg_str_cut(&rest, '|', &piece)) {
    const DgStr item = dg_str_trim(piece);
    if (item.len) {
      DG_TRY(add_item(l, s, &adder, item, depth - 1));
    }
  }
  DgLex *lex = NULL;
  for (size_t i = 0; i < l->rules->lexes.n; ++i) {
    DgNamedLex *const item = &l->rules->lexes.items[i];
    if (item->lang == s->lang && dg_str_equal(item->lex.name, name)) {
      lex = &item->lex;
    }
  }
  if (!lex) {
    DgNamedLex *const slot = DG_VEC_ADD(l->rules->arena, &l->rules->lexes);
    DG_TRY_PTR(slot);
    slot->lang = s->lang;
    slot->lex.name = name;
    lex = &slot->lex;
  }
  for (size_t i = 0; i < filled.forms.n; ++i) {
    DgForm *const slot = DG_VEC_ADD(l->rules->arena, &lex->forms);
    DG_TRY_PTR(slot);
    *slot = filled.forms.items[i];
  }
  s->busy = false;
  s->done = true;
  return DG_OK;
}

static bool
defines_lex(const Statement *s)
{
  return dg_str_equal(s->head, DG_STR("lex")) ||
         dg_str_equal(s->head, DG_STR("verb")) ||
         dg_str_equal(s->head, DG_STR("noun")) ||
         dg_str_equal(s->head, DG_STR("adj"));
}

/** Name that a list statement defines, its part left out. */
static DgStr
lex_name(const Statement *s)
{
  size_t end = 0;
  while (end < s->rest.len && !strchr(" .=\t", s->rest.ptr[end])) {
    ++end;
  }
  return dg_str_sub(s->rest, 0, end);
}

static DgStatus
define_lex_named(Loader *l, DgLang lang, DgStr name, uint32_t depth)
{
  for (size_t i = 0; i < l->statements.n; ++i) {
    Statement *const s = &l->statements.items[i];
    if (defines_lex(s) && !s->done &&
        (s->lang == lang || s->lang == DG_LANG_NONE) &&
        dg_str_equal(lex_name(s), name)) {
      DG_TRY(define_lex(l, s, depth));
    }
  }
  return DG_OK;
}

/** "tense pp = completed". */
static DgStatus
define_tense(Loader *l, const Statement *s)
{
  DgStr name;
  DgStr value;
  DG_TRY(cut_definition(l, s, &name, &value));
  const int part =
      dg_str_equal(name, DG_STR("noun")) ? DG_FORM_BASE : part_named(name);
  if (part < 0) {
    return fail_in(l, s, name, "no form is called '%.*s'", name);
  }
  l->rules->tenses[s->lang][part] = value;
  return DG_OK;
}

/** By words, then parts told by hand, then part. */
static int
compare_forms(const void *a, const void *b)
{
  const DgForm *const x = a;
  const DgForm *const y = b;
  for (size_t i = 0; i < x->n_words && i < y->n_words; ++i) {
    const int order = dg_str_compare(x->words[i], y->words[i]);
    if (order) {
      return order;
    }
  }
  if (x->n_words != y->n_words) {
    return x->n_words < y->n_words ? -1 : 1;
  }
  if (x->told != y->told) {
    return x->told ? -1 : 1;
  }
  return (x->part > y->part) - (x->part < y->part);
}

/** Sort the forms of all lists: statements may stand in any order. */
static void
settle_lists(DgRuleset *rules)
{
  for (size_t i = 0; i < rules->lexes.n; ++i) {
    DgLex *const lex = &rules->lexes.items[i].lex;
    if (lex->forms.n) {
      qsort(lex->forms.items, lex->forms.n, sizeof *lex->forms.items,
            compare_forms);
    }
  }
}

static DgStatus
define_all(Loader *l)
{
  for (size_t i = 0; i < l->statements.n; ++i) {
    Statement *const s = &l->statements.items[i];
    if (dg_str_equal(s->head, DG_STR("class"))) {
      DG_TRY(define_class(l, s));
    } else if (dg_str_equal(s->head, DG_STR("macro"))) {
      DG_TRY(define_macro(l, s));
    } else if (dg_str_equal(s->head, DG_STR("tense"))) {
      DG_TRY(define_tense(l, s));
    } else if (defines_lex(s)) {
      if (!s->done) {
        DG_TRY(define_lex(l, s, l->limits.depth));
      }
    } else if (!is_statement(s->head)) {
      return fail_in(l, s, s->head,
                     "'%.*s' starts no statement: lex, verb, noun, adj, class, "
                     "macro, tense, lang, use, event, relation, attribute or "
                     "context",
                     s->head);
    }
  }
  settle_lists(l->rules);
  return DG_OK;
}

/* ---- step 3: rules ---- */

static const DgMacro *
find_macro(const DgRuleset *rules, DgLang lang, DgStr name)
{
  const DgMacro *common = NULL;
  for (size_t i = 0; i < rules->macros.n; ++i) {
    const DgMacro *const macro = &rules->macros.items[i];
    if (dg_str_equal(macro->name, name)) {
      if (macro->lang == lang) {
        return macro;
      }
      if (macro->lang == DG_LANG_NONE) {
        common = macro;
      }
    }
  }
  return common;
}

enum { EXPANDED_MAX = 64 * 1024 };

static DgStatus
expand(Loader *l, const Statement *s, DgStr text, DgStr at, uint32_t depth,
       DgBuf *out);

/** Append the macro's body with its arguments put in. */
static DgStatus
expand_call(Loader *l, const Statement *s, const DgMacro *macro, DgStr call,
            DgStr at, uint32_t depth, DgBuf *out)
{
  DgStr arguments[8];
  size_t n = 0;
  const size_t open = dg_str_find(call, DG_STR("("), 0);
  if (open != SIZE_MAX) {
    DgStr rest = dg_str_sub(call, open + 1, call.len - 1);
    DgStr piece;
    while (n < 8 && dg_str_cut(&rest, ',', &piece)) {
      arguments[n++] = dg_str_trim(piece);
    }
  }
  if (n != macro->n_parameters) {
    return fail_in(l, s, at, "macro takes another number of arguments: {%.*s}",
                   call);
  }
  DgBuf body = DG_BUF_INIT;
  for (size_t i = 0; i < macro->body.len;) {
    size_t hit = SIZE_MAX;
    if (macro->body.ptr[i] == '$') {
      for (size_t k = 0; k < n; ++k) {
        const DgStr tail = dg_str_sub(macro->body, i + 1, macro->body.len);
        if (dg_str_starts(tail, macro->parameters[k])) {
          hit = k;
        }
      }
    }
    if (hit == SIZE_MAX) {
      dg_buf_add_char(&body, macro->body.ptr[i++]);
    } else {
      dg_buf_add(&body, arguments[hit]);
      i += 1 + macro->parameters[hit].len;
    }
  }
  dg_buf_add_char(out, '(');
  const DgStatus status = body.failed
                              ? DG_NO_MEMORY
                              : expand(l, s, dg_buf_str(&body), at, depth, out);
  dg_buf_add_char(out, ')');
  dg_buf_clear(&body);
  return status;
}

static DgStatus
expand(Loader *l, const Statement *s, DgStr text, DgStr at, uint32_t depth,
       DgBuf *out)
{
  if (!depth || out->len > EXPANDED_MAX) {
    return fail_in(l, s, at, "macros expand without end in '%.*s'", at);
  }
  for (size_t i = 0; i < text.len; ++i) {
    const char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
    const bool digit = next >= '0' && next <= '9';
    if (text.ptr[i] != '{' || digit) {
      dg_buf_add_char(out, text.ptr[i]);
      continue;
    }
    const size_t close = dg_str_find(text, DG_STR("}"), i);
    if (close == SIZE_MAX) {
      return fail_in(l, s, at, "'}' is missing in '%.*s'", at);
    }
    const DgStr call = dg_str_sub(text, i + 1, close);
    const size_t open = dg_str_find(call, DG_STR("("), 0);
    const DgStr name = dg_str_sub(call, 0, open == SIZE_MAX ? call.len : open);
    const DgMacro *const macro = find_macro(l->rules, s->lang, name);
    if (!macro) {
      return fail_in(l, s, at, "no macro {%.*s}", name);
    }
    DG_TRY(expand_call(l, s, macro, call, at, depth - 1, out));
    i = close;
  }
  return DG_OK;
}

/** Settings of a block that the compiling of its patterns needs. */
typedef struct {
  uint32_t gap;
  DgStr trigger;
} Shape;

static DgStatus
add_program(Loader *l, const Statement *s, DgStr text, const Shape *shape)
{
  DgRuleset *const rules = l->rules;
  DgBuf buf = DG_BUF_INIT;
  DgStatus status = expand(l, s, text, text, l->limits.depth, &buf);
  const DgStr expanded = status == DG_OK
                             ? dg_arena_copy(rules->arena, dg_buf_str(&buf))
                             : DG_STR_NONE;
  dg_buf_clear(&buf);
  DG_TRY(status);
  DG_TRY_PTR(expanded.ptr);
  DgRuleScope user = { rules, s->lang };
  const DgPatternScope scope = dg_rule_scope(&user);
  DgNode *node = NULL;
  status = dg_pattern_parse(expanded, shape->gap, &scope, s->lang,
                            l->limits.depth, rules->arena, &node, l->diag);
  DgProgram *const program = DG_VEC_ADD(rules->arena, &rules->programs);
  DG_TRY_PTR(program);
  if (status == DG_OK) {
    program->node = node;
    program->hash = dg_str_hash(expanded) * 31 + dg_pattern_hash(node, &scope);
    status = dg_pattern_compile(node, shape->trigger, rules->arena,
                                &program->compiled);
  }
  if (status == DG_OK) {
    status =
        dg_sieve_add(rules->sieve, node, s->lang, &scope, &program->sieved);
  }
  if (status != DG_OK && l->diag) {
    /* Say where in the user's file; where macros stood, the whole line. */
    const Source *const source = &l->sources.items[s->source];
    const bool same = dg_str_equal(expanded, text);
    const size_t column = l->diag->column;
    const size_t width = l->diag->width;
    dg_diag_source(l->diag, source->name);
    const size_t begin = (size_t)(text.ptr - source->text.ptr);
    const size_t skip = same && column ? column - 1 : 0;
    dg_diag_point(l->diag, source->text,
                  (DgSpan){ begin + skip, same && column ? begin + skip + width
                                                         : begin + text.len });
    return status;
  }
  program->source = text;
  program->lang = s->lang;
  return status;
}

static DgStatus
add_setting(Loader *l, DgRule *rule, DgStr name, DgStr value, size_t *cap)
{
  DgRuleSetting *const items = dg_vec_room(
      l->rules->arena, rule->settings, rule->n_settings, cap, sizeof *items);
  DG_TRY_PTR(items);
  rule->settings = items;
  items[rule->n_settings++] = (DgRuleSetting){ name, value };
  return DG_OK;
}

static bool
read_uint(DgStr text, uint32_t *value)
{
  uint32_t n = 0;
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9' || n > 100000) {
      return false;
    }
    n = n * 10 + (uint32_t)(text.ptr[i] - '0');
  }
  *value = n;
  return text.len > 0;
}

/** "role != role", "has role", "no role", "country(a) != country(b)",
 * "kind(a) = x|y", "kind(a) != x|y", "role contains x|y", "role lacks x|y". */
static DgStatus
read_guard(Loader *l, const Statement *s, DgStr text, DgGuard *guard)
{
  const DgStr word = first_word(text);
  if (dg_str_equal(word, DG_STR("has")) || dg_str_equal(word, DG_STR("no"))) {
    *guard = (DgGuard){ .kind = word.len == 3 ? DG_GUARD_HAS : DG_GUARD_LACKS,
                        .a = after_word(text) };
    return DG_OK;
  }
  const DgStr rest = after_word(text);
  const bool contains = dg_str_equal(first_word(rest), DG_STR("contains"));
  if (contains || dg_str_equal(first_word(rest), DG_STR("lacks"))) {
    *guard = (DgGuard){ .kind = DG_GUARD_CONTAINS,
                        .negated = !contains,
                        .a = word,
                        .b = after_word(rest) };
    return DG_OK;
  }
  const size_t unequal = dg_str_find(text, DG_STR("!="), 0);
  const size_t sign =
      unequal != SIZE_MAX ? unequal : dg_str_find(text, DG_STR("="), 0);
  if (sign == SIZE_MAX) {
    return fail_in(l, s, text, "no condition: '%.*s'", text);
  }
  DgStr a = dg_str_trim(dg_str_sub(text, 0, sign));
  DgStr b = dg_str_trim(
      dg_str_sub(text, sign + (unequal == SIZE_MAX ? 1 : 2), text.len));
  guard->negated = unequal != SIZE_MAX;
  guard->kind = DG_GUARD_DIFFERENT;
  if (dg_str_starts(a, DG_STR("kind(")) && dg_str_ends(a, DG_STR(")"))) {
    guard->kind = DG_GUARD_KIND;
    a = dg_str_sub(a, 5, a.len - 1);
  } else if (dg_str_starts(a, DG_STR("country(")) &&
             dg_str_starts(b, DG_STR("country("))) {
    guard->kind = DG_GUARD_COUNTRIES_DIFFER;
    a = dg_str_sub(a, 8, a.len - 1);
    b = dg_str_sub(b, 8, b.len - 1);
  } else if (unequal == SIZE_MAX) {
    return fail_in(l, s, text, "no condition: '%.*s'", text);
  }
  guard->a = a;
  guard->b = b;
  return DG_OK;
}

static DgStatus
add_guard(Loader *l, const Statement *s, DgRule *rule, DgStr text, size_t *cap)
{
  DgGuard *const items = dg_vec_room(l->rules->arena, rule->guards,
                                     rule->n_guards, cap, sizeof *items);
  DG_TRY_PTR(items);
  rule->guards = items;
  DG_TRY(read_guard(l, s, text, &items[rule->n_guards]));
  ++rule->n_guards;
  return DG_OK;
}

static DgStatus
add_example(Loader *l, const Statement *s, DgRule *rule, bool positive,
            DgStr text, size_t *cap)
{
  DgRuleExample *const items = dg_vec_room(
      l->rules->arena, rule->examples, rule->n_examples, cap, sizeof *items);
  DG_TRY_PTR(items);
  rule->examples = items;
  const size_t close = text.len && text.ptr[0] == '"'
                           ? dg_str_find(text, DG_STR("\""), 1)
                           : SIZE_MAX;
  if (close == SIZE_MAX) {
    return fail_in(l, s, text, "an example stands in quotes: %.*s", text);
  }
  const Source *const source = &l->sources.items[s->source];
  size_t line = 1;
  for (const char *c = source->text.ptr; c < text.ptr; ++c) {
    line += *c == '\n';
  }
  items[rule->n_examples++] =
      (DgRuleExample){ .positive = positive,
                       .sentence = dg_str_sub(text, 1, close),
                       .expected =
                           dg_str_trim(dg_str_sub(text, close + 1, text.len)),
                       .line = line };
  return DG_OK;
}

static DgStatus
add_types(Loader *l, DgRule *rule, DgStr text, size_t *cap)
{
  DgStr piece;
  while (dg_str_cut(&text, ' ', &piece)) {
    if (piece.len) {
      DgStr *const items = dg_vec_room(l->rules->arena, rule->types,
                                       rule->n_types, cap, sizeof *items);
      DG_TRY_PTR(items);
      rule->types = items;
      items[rule->n_types++] = piece;
    }
  }
  return DG_OK;
}

typedef struct {
  size_t settings;
  size_t guards;
  size_t examples;
  size_t types;
} Caps;

static DgStatus
read_direction(Loader *l, const Statement *s, DgRule *rule, DgStr word)
{
  static const char *const names[] = { "forward", "backward", "both" };
  for (int i = 0; i < 3; ++i) {
    if (dg_str_equal(word, dg_str(names[i]))) {
      rule->direction = (DgDirection)i;
      return DG_OK;
    }
  }
  return fail_in(l, s, word, "no direction '%.*s': forward, backward or both",
                 word);
}

/** Lines other than patterns. */
static DgStatus
read_line(Loader *l, const Statement *s, DgRule *rule, Shape *shape, Caps *caps,
          DgStr line)
{
  const DgStr word = first_word(line);
  const DgStr rest = after_word(line);
  if (dg_str_equal(word, DG_STR("set"))) {
    return add_setting(l, rule, first_word(rest), after_word(rest),
                       &caps->settings);
  }
  if (dg_str_equal(word, DG_STR("where"))) {
    return add_guard(l, s, rule, rest, &caps->guards);
  }
  if (dg_str_equal(word, DG_STR("types"))) {
    return add_types(l, rule, rest, &caps->types);
  }
  if (dg_str_equal(word, DG_STR("dir"))) {
    return read_direction(l, s, rule, rest);
  }
  if (dg_str_equal(word, DG_STR("+")) || dg_str_equal(word, DG_STR("-"))) {
    return add_example(l, s, rule, word.ptr[0] == '+', rest, &caps->examples);
  }
  if (dg_str_equal(word, DG_STR("trigger"))) {
    shape->trigger =
        rest.len && rest.ptr[0] == '%' ? dg_str_sub(rest, 1, rest.len) : rest;
    return DG_OK;
  }
  const bool is_gap = dg_str_equal(word, DG_STR("gap"));
  if (is_gap || dg_str_equal(word, DG_STR("scope"))) {
    return read_uint(first_word(rest), is_gap ? &shape->gap : &rule->scope)
               ? DG_OK
               : fail_in(l, s, rest, "a number is expected, not '%.*s'", rest);
  }
  return DG_OK;
}

static DgStatus
add_programs(Loader *l, const Statement *s, DgStr keyword, const Shape *shape,
             uint32_t *first, uint32_t *n)
{
  *first = (uint32_t)l->rules->programs.n;
  for (size_t i = 0; i < s->lines.n; ++i) {
    const DgStr line = s->lines.items[i];
    if (dg_str_equal(first_word(line), keyword)) {
      DG_TRY(add_program(l, s, after_word(line), shape));
      ++*n;
    }
  }
  return DG_OK;
}

/** "id : Type prio 60 prec 0.9", or "id : status=rumoured". */
static DgStatus
read_head(Loader *l, const Statement *s, DgRule *rule, Caps *caps)
{
  DgStr rest = s->rest;
  DgStr word;
  DgStr option = DG_STR_NONE;
  rule->id = first_word(rest);
  rest = after_word(rest);
  while (dg_str_cut(&rest, ' ', &word)) {
    const size_t equal = dg_str_find(word, DG_STR("="), 0);
    if (!word.len || dg_str_equal(word, DG_STR(":"))) {
      continue;
    }
    if (option.ptr) {
      char *end = NULL;
      const DgStr number = dg_arena_copy(l->arena, word);
      DG_TRY_PTR(number.ptr);
      const double value = strtod(number.ptr, &end);
      if (*end || value < 0) {
        return fail_in(l, s, word, "a number is expected, not '%.*s'", word);
      }
      if (dg_str_equal(option, DG_STR("prio"))) {
        rule->priority = value < 1000 ? (int)value : 1000;
      } else {
        rule->precision = value > 1 ? 1 : value;
      }
      option = DG_STR_NONE;
    } else if (dg_str_equal(word, DG_STR("prio")) ||
               dg_str_equal(word, DG_STR("prec"))) {
      option = word;
    } else if (equal != SIZE_MAX) {
      DG_TRY(add_setting(l, rule, dg_str_sub(word, 0, equal),
                         dg_str_sub(word, equal + 1, word.len),
                         &caps->settings));
    } else if (!rule->type.len) {
      rule->type = word;
    } else {
      return fail_in(l, s, word, "'%.*s' has no place here", word);
    }
  }
  return rule->id.len ? DG_OK
                      : fail_in(l, s, s->head, "%.*s without a name", s->head);
}

static DgRuleKind
kind_of(DgStr head)
{
  static const char *const names[] = { "event", "relation", "attribute",
                                       "context" };
  for (int i = 0; i < 3; ++i) {
    if (dg_str_equal(head, dg_str(names[i]))) {
      return (DgRuleKind)i;
    }
  }
  return DG_RULE_CONTEXT;
}

static DgStatus
read_rule(Loader *l, const Statement *s, DgRule *rule)
{
  Caps caps = { 0 };
  Shape shape = { 0, DG_STR_NONE };
  const Source *const source = &l->sources.items[s->source];
  rule->kind = kind_of(s->head);
  rule->lang = s->lang;
  rule->priority = 50;
  rule->precision = 0.8;
  rule->scope = rule->kind == DG_RULE_CONTEXT ? 8 : 0;
  rule->file = source->name;
  rule->layer = source->layer;
  rule->line = 1;
  for (const char *c = source->text.ptr; c < s->head.ptr; ++c) {
    rule->line += *c == '\n';
  }
  DG_TRY(read_head(l, s, rule, &caps));
  for (size_t i = 0; i < s->lines.n; ++i) {
    DG_TRY(read_line(l, s, rule, &shape, &caps, s->lines.items[i]));
  }
  const bool is_context = rule->kind == DG_RULE_CONTEXT;
  DG_TRY(add_programs(l, s, is_context ? DG_STR("cue") : DG_STR("match"),
                      &shape, &rule->first_program, &rule->n_programs));
  const Shape plain = { 0, DG_STR_NONE };
  DG_TRY(add_programs(l, s, DG_STR("stop"), &plain, &rule->first_stop,
                      &rule->n_stops));
  DG_TRY(add_programs(l, s, DG_STR("pseudo"), &plain, &rule->first_pseudo,
                      &rule->n_pseudos));
  if (!rule->n_programs) {
    return fail_in(l, s, rule->id, "rule '%.*s' has no pattern", rule->id);
  }
  /* What the rule does, whatever the files it and its lists stand in. */
  uint64_t hash = dg_str_hash(rule->id);
  for (size_t i = 0; i < s->lines.n; ++i) {
    hash = hash * 31 + dg_str_hash(s->lines.items[i]);
  }
  const size_t end = l->rules->programs.n;
  for (size_t i = rule->first_program; i < end; ++i) {
    hash = hash * 31 + l->rules->programs.items[i].hash;
  }
  rule->hash = hash * 31 + dg_str_hash(s->rest);
  return DG_OK;
}

static int
compare_rules(const void *a, const void *b)
{
  const DgRule *const x = a;
  const DgRule *const y = b;
  return dg_str_compare(x->id, y->id);
}

static void
own_programs(DgRuleset *rules, uint32_t rule, uint32_t first, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    rules->programs.items[first + i].rule = rule;
  }
}

/** Move programs to the end of `to`, whose room is enough. */
static void
move_programs(DgRuleset *from, uint32_t *first, uint32_t n, DgProgram *to,
              uint32_t *n_to)
{
  if (n) {
    memcpy(&to[*n_to], &from->programs.items[*first], n * sizeof *to);
  }
  *first = *n_to;
  *n_to += n;
}

/** Higher priority first, then by id. */
static int
compare_precedence(const void *a, const void *b)
{
  const DgRule *const x = a;
  const DgRule *const y = b;
  return x->priority != y->priority ? (x->priority > y->priority ? -1 : 1)
                                    : compare_rules(a, b);
}

/**
 * Number programs by the precedence of their rules, not by the order of files:
 * in a sentence, attributes are added in the order of these numbers. Programs
 * of rules that were replaced are left out. Sorts the rules that way.
 */
static DgStatus
order_programs(DgRuleset *rules)
{
  const size_t room = rules->programs.n;
  DgProgram *const ordered = DG_NEW_ARRAY(rules->arena, DgProgram, room + 1);
  DG_TRY_PTR(ordered);
  if (rules->rules.n) {
    qsort(rules->rules.items, rules->rules.n, sizeof *rules->rules.items,
          compare_precedence);
  }
  uint32_t n = 0;
  for (size_t i = 0; i < rules->rules.n; ++i) {
    DgRule *const r = &rules->rules.items[i];
    move_programs(rules, &r->first_program, r->n_programs, ordered, &n);
    move_programs(rules, &r->first_stop, r->n_stops, ordered, &n);
    move_programs(rules, &r->first_pseudo, r->n_pseudos, ordered, &n);
  }
  rules->programs.items = ordered;
  rules->programs.n = n;
  rules->programs.cap = room + 1;
  return DG_OK;
}

/** Sort rules; take off the triggers of programs that none runs by itself. */
static DgStatus
settle_rules(DgRuleset *rules)
{
  DG_TRY(order_programs(rules));
  if (rules->rules.n) {
    qsort(rules->rules.items, rules->rules.n, sizeof *rules->rules.items,
          compare_rules);
  }
  for (size_t i = 0; i < rules->programs.n; ++i) {
    rules->programs.items[i].rule = DG_NO_INDEX;
  }
  for (uint32_t i = 0; i < rules->rules.n; ++i) {
    const DgRule *const rule = &rules->rules.items[i];
    own_programs(rules, i, rule->first_program, rule->n_programs);
    rules->hash = rules->hash * 31 + rule->hash;
  }
  for (size_t i = 0; i < rules->programs.n; ++i) {
    if (rules->programs.items[i].rule == DG_NO_INDEX) {
      rules->programs.items[i].compiled.n_triggers = 0;
    }
  }
  return DG_OK;
}

static DgStatus
read_rules(Loader *l)
{
  for (size_t i = 0; i < l->statements.n; ++i) {
    const Statement *const s = &l->statements.items[i];
    if (!is_block(s->head)) {
      continue;
    }
    DgRule rule = { 0 };
    DG_TRY(read_rule(l, s, &rule));
    DgRule *slot = NULL;
    for (size_t k = 0; k < l->rules->rules.n; ++k) {
      if (dg_str_equal(l->rules->rules.items[k].id, rule.id)) {
        slot = &l->rules->rules.items[k];
        if (slot->layer == rule.layer) {
          return fail_in(l, s, rule.id, "two rules are called '%.*s'", rule.id);
        }
      }
    }
    if (!slot) {
      slot = DG_VEC_ADD(l->rules->arena, &l->rules->rules);
      DG_TRY_PTR(slot);
    }
    *slot = rule;
  }
  DG_TRY(settle_rules(l->rules));
  DG_TRY(dg_sieve_finish(l->rules->sieve));
  return dg_ruleset_index(l->rules);
}

/* ---- entry points ---- */

static DgStatus
loader_start(Loader *l, DgDiag *diag)
{
  *l = (Loader){ .diag = diag, .limits = DG_LIMITS_DEFAULT };
  l->arena = dg_arena_new();
  l->rules = calloc(1, sizeof *l->rules);
  if (l->rules) {
    l->rules->arena = dg_arena_new();
    l->rules->sieve = l->rules->arena ? dg_sieve_new(l->rules->arena) : NULL;
    (void)pthread_mutex_init(&l->rules->compiling, NULL);
  }
  if (!l->arena || !l->rules || !l->rules->sieve) {
    return DG_NO_MEMORY;
  }
  return DG_OK;
}

static DgStatus
loader_finish(Loader *l, DgStatus status, DgRuleset **rules)
{
  if (status == DG_OK) {
    status = define_all(l);
  }
  if (status == DG_OK) {
    status = read_rules(l);
  }
  dg_arena_free(l->arena);
  if (status == DG_OK) {
    *rules = l->rules;
  } else {
    dg_ruleset_free(l->rules);
  }
  return status;
}

DgStatus
dg_ruleset_open(const char *const *folders, size_t n_folders, DgRuleset **rules,
                DgDiag *diag)
{
  Loader l;
  DgStatus status = loader_start(&l, diag);
  for (size_t i = 0; i < n_folders && status == DG_OK; ++i) {
    l.layer = (uint32_t)i;
    status = load_folder(&l, folders[i], DG_LANG_NONE, 4);
  }
  return loader_finish(&l, status, rules);
}

DgStatus
dg_ruleset_read(DgStr source, const char *name, DgLang lang, DgRuleset **rules,
                DgDiag *diag)
{
  Loader l;
  DgStatus status = loader_start(&l, diag);
  if (status == DG_OK) {
    status = add_source(&l, source, name, lang);
  }
  return loader_finish(&l, status, rules);
}
