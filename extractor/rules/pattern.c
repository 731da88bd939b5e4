/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/pattern.h"

#include "base/utf8.h"

/*
 * Recursive descent over the pattern's text:
 *
 *   sequence = item*
 *   item     = atom ( "?" | "{" m "," n "}" )?
 *   atom     = word | '"' text '"' | "%" name ( "." part )?
 *            | "<" ( role ":" )? ( TYPE | "LIST(" TYPE ( "," n )? ")"
 *                                | "(" choice ")" ) ">"
 *            | "(" choice ")" | "[" choice "]" | "!(" choice ")"
 *            | "!<(" words ( "|" words )* ")"
 *            | "&(" sequence ( "," sequence )* ")" | ".." n "!"? | "^" | "$"
 *   choice   = sequence ( "|" sequence )*
 */
typedef struct {
  DgStr text;
  size_t at;
  uint32_t gap;
  const DgPatternScope *scope;
  DgLang lang;
  uint32_t depth;
  DgArena *arena;
  DgDiag *diag;
} Parser;

static DgStatus
parse_choice(Parser *p, char close, DgNode **node);
static DgStatus
parse_sequence(Parser *p, const char *stops, bool top, DgNode **node);

static DgStatus
fail(Parser *p, size_t begin, size_t end, const char *message, DgStr detail)
{
  (void)dg_diag_set(p->diag, DG_BAD_INPUT, "%s%s%.*s", message,
                    detail.len ? " " : "", (int)detail.len,
                    detail.ptr ? detail.ptr : "");
  dg_diag_point(p->diag, p->text, (DgSpan){ begin, end });
  return DG_BAD_INPUT;
}

static char
peek(const Parser *p)
{
  return p->at < p->text.len ? p->text.ptr[p->at] : '\0';
}

static void
skip_blanks(Parser *p)
{
  while (peek(p) == ' ' || peek(p) == '\t' || peek(p) == '\n') {
    ++p->at;
  }
}

static DgNode *
new_node(Parser *p, DgNodeKind kind, size_t begin)
{
  DgNode *const node = DG_NEW(p->arena, DgNode);
  if (node) {
    node->kind = kind;
    node->at = (DgSpan){ begin, begin + 1 };
    node->min = 1;
    node->max = 1;
    node->part = -1;
  }
  return node;
}

static bool
is_name_char(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static DgStr
read_name(Parser *p)
{
  const size_t begin = p->at;
  while (is_name_char(peek(p))) {
    ++p->at;
  }
  return dg_str_sub(p->text, begin, p->at);
}

/** Read a small number; 0 and no progress when there is none. */
static uint32_t
read_number(Parser *p)
{
  uint32_t n = 0;
  while (peek(p) >= '0' && peek(p) <= '9') {
    n = n < 1000 ? n * 10 + (uint32_t)(peek(p) - '0') : n;
    ++p->at;
  }
  return n;
}

static bool
eat(Parser *p, char c)
{
  if (peek(p) != c) {
    return false;
  }
  ++p->at;
  return true;
}

static bool
is_plain_word(DgStr text)
{
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] < 'a' || text.ptr[i] > 'z') {
      return false;
    }
  }
  return text.len > 0;
}

static DgStatus
copy_words(const DgText *cut, DgArena *arena, DgForm *form)
{
  form->words = DG_NEW_ARRAY(arena, DgStr, cut->n_tokens + 1);
  DG_TRY_PTR(form->words);
  form->n_words = cut->n_tokens;
  for (size_t i = 0; i < cut->n_tokens; ++i) {
    form->words[i] = dg_arena_copy(arena, dg_token_word(&cut->tokens[i]));
    DG_TRY_PTR(form->words[i].ptr);
  }
  return DG_OK;
}

DgStatus
dg_pattern_words(DgStr text, DgLang lang, DgArena *arena, DgForm *form)
{
  form->part = DG_FORM_BASE;
  if (is_plain_word(text)) { /* most are: one token, as it stands */
    form->words = DG_NEW(arena, DgStr);
    DG_TRY_PTR(form->words);
    form->words[0] = dg_arena_copy(arena, text);
    form->n_words = 1;
    return form->words[0].ptr ? DG_OK : DG_NO_MEMORY;
  }
  DgArena *const scratch = dg_arena_new();
  DG_TRY_PTR(scratch);
  DgText cut;
  DgStatus status = dg_text_read_string(text, lang, scratch, &cut);
  if (status == DG_OK) {
    status = copy_words(&cut, arena, form);
  }
  dg_arena_free(scratch);
  return status;
}

static DgStatus
parse_words(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  DgStr words;
  if (eat(p, '"')) {
    while (p->at < p->text.len && peek(p) != '"') {
      ++p->at;
    }
    words = dg_str_sub(p->text, begin + 1, p->at);
    if (!eat(p, '"')) {
      return fail(p, begin, p->at, "quote without an end", DG_STR_NONE);
    }
  } else {
    while (p->at < p->text.len && !strchr(" \t\n()[]<>{}|?!&%\"$^", peek(p)) &&
           !(peek(p) == ',' && p->at > begin)) {
      ++p->at;
    }
    words = dg_str_sub(p->text, begin, p->at);
  }
  if (!words.len) {
    return fail(p, begin, begin + 1, "a word or '(' '[' '<' '%' is expected",
                DG_STR_NONE);
  }
  *node = new_node(p, DG_NODE_WORDS, begin);
  DG_TRY_PTR(*node);
  return dg_pattern_words(words, p->lang, p->arena, &(*node)->words);
}

static DgStatus
parse_lex(Parser *p, DgNode **node)
{
  const size_t begin = p->at++;
  const DgStr name = read_name(p);
  *node = new_node(p, DG_NODE_LEX, begin);
  DG_TRY_PTR(*node);
  (*node)->lex = p->scope->lex(p->scope->user, name);
  if (!(*node)->lex) {
    return fail(p, begin, p->at, "no word list is named", name);
  }
  if (!eat(p, '.')) {
    return DG_OK;
  }
  if (peek(p) == '.') {
    --p->at; /* a gap follows */
    return DG_OK;
  }
  const DgStr part = read_name(p);
  for (int i = 1; i < DG_FORM_PART_COUNT; ++i) {
    if (dg_str_equal(part, dg_str(dg_form_part_text((DgFormPart)i)))) {
      (*node)->part = i;
    }
  }
  bool any = false;
  for (size_t i = 0; i < (*node)->lex->forms.n; ++i) {
    any = any || (int)(*node)->lex->forms.items[i].part == (*node)->part;
  }
  return any ? DG_OK : fail(p, begin, p->at, "the word list has no part", part);
}

static DgStatus
parse_type(Parser *p, DgNode *node)
{
  const size_t begin = p->at;
  DgStr name = read_name(p);
  if (dg_str_equal(name, DG_STR("LIST")) && eat(p, '(')) {
    node->kind = DG_NODE_LIST;
    node->least = 1;
    name = read_name(p);
    if (eat(p, ',')) {
      skip_blanks(p);
      node->least = read_number(p);
    }
    if (!eat(p, ')')) {
      return fail(p, begin, p->at + 1, "')' is expected", DG_STR_NONE);
    }
  }
  node->types = p->scope->types(p->scope->user, name);
  if (node->kind == DG_NODE_LIST && node->types >> DG_MENTION_ORG & 1U) {
    node->types |= 1U << DG_MENTION_ORGS; /* "the two companies" is a list */
  }
  return node->types ? DG_OK
                     : fail(p, begin, p->at, "no type or class is named", name);
}

static DgStatus
parse_capture(Parser *p, DgNode **node)
{
  const size_t begin = p->at++;
  DgStr role = DG_STR_NONE;
  const size_t name_at = p->at;
  const DgStr name = read_name(p);
  if (name.len && eat(p, ':')) {
    role = name;
  } else {
    p->at = name_at;
  }
  skip_blanks(p);
  if (eat(p, '(')) {
    DG_TRY(parse_choice(p, ')', node));
    if ((*node)->role.ptr || (*node)->min != 1 || (*node)->max != 1) {
      DgNode *const outer = new_node(p, DG_NODE_SEQUENCE, begin);
      DG_TRY_PTR(outer);
      outer->child = *node;
      *node = outer;
    }
  } else {
    *node = new_node(p, DG_NODE_TYPE, begin);
    DG_TRY_PTR(*node);
    DG_TRY(parse_type(p, *node));
  }
  (*node)->role = role;
  skip_blanks(p);
  return eat(p, '>')
             ? DG_OK
             : fail(p, p->at, p->at + 1, "'>' is expected", DG_STR_NONE);
}

static DgStatus
parse_any_order(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  p->at += 2;
  *node = new_node(p, DG_NODE_ANY_ORDER, begin);
  DG_TRY_PTR(*node);
  DgNode **tail = &(*node)->child;
  uint32_t n = 0;
  do {
    DG_TRY(parse_sequence(p, ",)", false, tail));
    tail = &(*tail)->next;
    ++n;
  } while (eat(p, ','));
  if (n > 4) {
    return fail(p, begin, p->at, "'&(' takes at most 4 parts", DG_STR_NONE);
  }
  return eat(p, ')')
             ? DG_OK
             : fail(p, p->at, p->at + 1, "')' is expected", DG_STR_NONE);
}

static DgStatus
parse_gap(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  p->at += 2;
  *node = new_node(p, DG_NODE_GAP, begin);
  DG_TRY_PTR(*node);
  const size_t digits = p->at;
  (*node)->max = read_number(p);
  if (p->at == digits || (*node)->max > 60) {
    return fail(p, begin, p->at, "a gap says how many words: '..4', at most 60",
                DG_STR_NONE);
  }
  (*node)->min = 0;
  (*node)->least = eat(p, '!');
  (*node)->at.end = p->at;
  return DG_OK;
}

/** What stands before is looked at word by word: no more than word lists. */
static DgStatus
parse_not_after(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  p->at += 3;
  *node = new_node(p, DG_NODE_NOT_AFTER, begin);
  DG_TRY_PTR(*node);
  DG_TRY(parse_choice(p, ')', &(*node)->child));
  for (const DgNode *way = (*node)->child->child; way; way = way->next) {
    const DgNode *const only = way->child;
    if (!only || only->next || only->min != 1 || only->max != 1 ||
        (only->kind != DG_NODE_WORDS && only->kind != DG_NODE_LEX)) {
      return fail(p, begin, p->at, "'!<(' takes words and word lists",
                  DG_STR_NONE);
    }
  }
  return DG_OK;
}

static DgStatus
parse_atom(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  const char c = peek(p);
  const char second = p->at + 1 < p->text.len ? p->text.ptr[p->at + 1] : '\0';
  if (c == '%') {
    return parse_lex(p, node);
  }
  if (c == '<') {
    return parse_capture(p, node);
  }
  if (c == '&' && second == '(') {
    return parse_any_order(p, node);
  }
  if (c == '.' && second == '.') {
    return parse_gap(p, node);
  }
  if (c == '(' || c == '[') {
    ++p->at;
    DG_TRY(parse_choice(p, c == '(' ? ')' : ']', node));
    if (c == '[') {
      DgNode *const outer = new_node(p, DG_NODE_SEQUENCE, begin);
      DG_TRY_PTR(outer);
      outer->child = *node;
      outer->min = 0;
      *node = outer;
    }
    return DG_OK;
  }
  if (c == '!' && second == '<') {
    return parse_not_after(p, node);
  }
  if (c == '!' && second == '(') {
    p->at += 2;
    *node = new_node(p, DG_NODE_ABSENT, begin);
    DG_TRY_PTR(*node);
    return parse_choice(p, ')', &(*node)->child);
  }
  if (c == '_' && !is_name_char(second)) {
    ++p->at;
    *node = new_node(p, DG_NODE_GAP, begin);
    DG_TRY_PTR(*node);
    return DG_OK;
  }
  if (c == '^' || c == '$') {
    ++p->at;
    *node = new_node(p, c == '^' ? DG_NODE_START : DG_NODE_END, begin);
    DG_TRY_PTR(*node);
    return DG_OK;
  }
  return parse_words(p, node);
}

static DgStatus
parse_quantifier(Parser *p, DgNode **node)
{
  const size_t begin = p->at;
  uint32_t min = 1;
  uint32_t max = 1;
  if (eat(p, '?')) {
    min = 0;
  } else if (eat(p, '{')) {
    min = read_number(p);
    max = eat(p, ',') ? read_number(p) : min;
    if (!eat(p, '}') || max < min || max > 30 || !max) {
      return fail(p, begin, p->at + 1,
                  "a repeat is written {m,n} with n at most 30", DG_STR_NONE);
    }
  } else {
    return DG_OK;
  }
  if ((*node)->min != 1 || (*node)->max != 1) {
    DgNode *const outer = new_node(p, DG_NODE_SEQUENCE, begin);
    DG_TRY_PTR(outer);
    outer->child = *node;
    *node = outer;
  }
  (*node)->min = min;
  (*node)->max = max;
  return DG_OK;
}

static bool
takes_gap(const DgNode *node)
{
  return node->kind != DG_NODE_GAP && node->kind != DG_NODE_START &&
         node->kind != DG_NODE_END && node->kind != DG_NODE_ABSENT &&
         node->kind != DG_NODE_NOT_AFTER;
}

/** Put the rule's own gap before a part; an optional part takes it inside. */
static DgStatus
put_gap_before(Parser *p, DgNode **node)
{
  DgNode *const gap = new_node(p, DG_NODE_GAP, (*node)->at.begin);
  DG_TRY_PTR(gap);
  gap->min = 0;
  gap->max = p->gap;
  DgNode *const pair = new_node(p, DG_NODE_SEQUENCE, (*node)->at.begin);
  DG_TRY_PTR(pair);
  pair->min = (*node)->min;
  pair->max = (*node)->max;
  (*node)->min = 1;
  (*node)->max = 1;
  pair->child = gap;
  gap->next = *node;
  *node = pair;
  return DG_OK;
}

static DgStatus
parse_sequence(Parser *p, const char *stops, bool top, DgNode **node)
{
  if (!p->depth--) {
    return fail(p, p->at, p->at + 1, "nested too deeply", DG_STR_NONE);
  }
  *node = new_node(p, DG_NODE_SEQUENCE, p->at);
  DG_TRY_PTR(*node);
  DgNode **tail = &(*node)->child;
  const DgNode *last = NULL;
  for (;;) {
    skip_blanks(p);
    if (p->at >= p->text.len || strchr(stops, peek(p))) {
      break;
    }
    DgNode *item = NULL;
    DG_TRY(parse_atom(p, &item));
    item->at.end = p->at;
    DG_TRY(parse_quantifier(p, &item));
    const bool gapped =
        top && p->gap && last && takes_gap(last) && takes_gap(item);
    last = item;
    if (gapped) {
      DG_TRY(put_gap_before(p, &item));
    }
    *tail = item;
    tail = &item->next;
  }
  (*node)->at.end = p->at;
  ++p->depth;
  return DG_OK;
}

static DgStatus
parse_choice(Parser *p, char close, DgNode **node)
{
  const size_t begin = p->at;
  const char stops[] = { '|', close, '\0' };
  *node = new_node(p, DG_NODE_CHOICE, begin);
  DG_TRY_PTR(*node);
  DgNode **tail = &(*node)->child;
  do {
    DG_TRY(parse_sequence(p, stops, false, tail));
    tail = &(*tail)->next;
  } while (eat(p, '|'));
  if (!eat(p, close)) {
    return fail(p, begin ? begin - 1 : 0, p->at, "bracket without an end",
                DG_STR_NONE);
  }
  (*node)->at.end = p->at;
  return DG_OK;
}

DgStatus
dg_pattern_parse(DgStr text, uint32_t gap, const DgPatternScope *scope,
                 DgLang lang, uint32_t depth, DgArena *arena, DgNode **node,
                 DgDiag *diag)
{
  Parser p = { .text = text,
               .gap = gap,
               .scope = scope,
               .lang = lang,
               .depth = depth,
               .arena = arena,
               .diag = diag };
  DG_TRY(parse_sequence(&p, "|)]>", true, node));
  if (p.at < text.len) {
    return fail(&p, p.at, p.at + 1, "this has no place here", DG_STR_NONE);
  }
  return (*node)->child ? DG_OK
                        : fail(&p, 0, 1, "the pattern is empty", DG_STR_NONE);
}
