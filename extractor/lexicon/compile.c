/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lexicon/compile.h"

#include "lexicon/image.h"

#include <stdlib.h>

/* The trie while it grows; tables are on the heap, words in the arena. */
typedef struct {
  DgArena *arena;   /* lives as long as the compilation */
  DgArena *scratch; /* forgotten after each form */
  DG_VEC(DgImageEntry) entries;
  DG_VEC(DgImageForm) forms;
  DG_VEC(uint32_t) nodes;
  DgImageEdge *edges; /* [n_slots] */
  uint32_t n_slots;
  uint32_t n_edges;
  uint8_t *filter;    /* of first words */
  uint8_t *steps;     /* of edges */
  DgImageWord *words; /* [n_words] */
  uint32_t n_words;   /* slots, a power of two */
  DgBuf strings;
} Builder;

static uint32_t
add_string(Builder *b, DgStr s)
{
  if (!s.len || s.len > DG_IMAGE_STRING_MAX) {
    return 0;
  }
  const uint32_t at = (uint32_t)b->strings.len;
  const uint16_t len = (uint16_t)s.len;
  dg_buf_add(&b->strings, dg_str_n((const char *)&len, sizeof len));
  dg_buf_add(&b->strings, s);
  return at;
}

static DgStr
string_at(const Builder *b, uint32_t at)
{
  uint16_t len;
  memcpy(&len, b->strings.data + at, sizeof len);
  return at ? dg_str_n(b->strings.data + at + sizeof len, len) : DG_STR_NONE;
}

static DgImageEdge *
edge_slot(DgImageEdge *edges, uint32_t n_slots, uint32_t node, uint32_t hash)
{
  uint32_t at = dg_image_slot(node, hash) & (n_slots - 1);
  while (edges[at].child &&
         (edges[at].node != node || edges[at].hash != hash)) {
    at = (at + 1) & (n_slots - 1);
  }
  return &edges[at];
}

static bool
grow_edges(Builder *b)
{
  const uint32_t n_slots = b->n_slots ? b->n_slots * 2 : 1U << 12;
  DgImageEdge *const edges = calloc(n_slots, sizeof *edges);
  if (!edges) {
    return false;
  }
  for (uint32_t i = 0; i < b->n_slots; ++i) {
    if (b->edges[i].child) {
      *edge_slot(edges, n_slots, b->edges[i].node, b->edges[i].hash) =
          b->edges[i];
    }
  }
  free(b->edges);
  b->edges = edges;
  b->n_slots = n_slots;
  return true;
}

/* The node that `hash` leads to, made when it is not there; 0 for no memory. */
static uint32_t
step(Builder *b, uint32_t node, uint32_t hash)
{
  if (b->n_edges * 2 >= b->n_slots && !grow_edges(b)) {
    return 0;
  }
  DgImageEdge *const edge = edge_slot(b->edges, b->n_slots, node, hash);
  if (!edge->child) {
    const uint32_t *const added = DG_VEC_ADD(b->arena, &b->nodes);
    if (!added) {
      return 0;
    }
    *edge = (DgImageEdge){ node, hash, (uint32_t)b->nodes.n - 1 };
    const uint32_t bit = dg_image_slot(node, hash) & (DG_IMAGE_STEP_BITS - 1);
    b->steps[bit / 8] = (uint8_t)(b->steps[bit / 8] | 1U << bit % 8);
    ++b->n_edges;
  }
  return edge->child;
}

static bool
is_hyphen(const DgToken *token)
{
  return token->folded_len == 1 && token->folded[0] == '-';
}

/* The form with the same words, kind and language at a node, or null. */
static DgImageForm *
form_at(const Builder *b, uint32_t node, const DgImageForm *like)
{
  for (uint32_t i = b->nodes.items[node]; i; i = b->forms.items[i - 1].next) {
    DgImageForm *const form = &b->forms.items[i - 1];
    if (form->kind == like->kind && form->lang == like->lang &&
        dg_str_equal(string_at(b, form->folded), string_at(b, like->folded)) &&
        dg_str_equal(string_at(b, form->surface),
                     string_at(b, like->surface))) {
      return form;
    }
  }
  return NULL;
}

/*
 * A form that an earlier entry has stays with it: files are read in order of
 * their names, so what is well known stands first.
 */
static DgStatus
link_form(Builder *b, uint32_t node, DgImageForm form)
{
  DgImageForm *const old = form_at(b, node, &form);
  if (old) {
    if (old->entry == form.entry && !(form.flags & DG_IMAGE_FORM_CAPITAL)) {
      old->flags &= (uint8_t)~DG_IMAGE_FORM_CAPITAL; /* either will do */
    }
    return DG_OK;
  }
  DgImageForm *const added = DG_VEC_ADD(b->arena, &b->forms);
  DG_TRY_PTR(added);
  *added = form;
  added->next = b->nodes.items[node];
  b->nodes.items[node] = (uint32_t)b->forms.n;
  return DG_OK;
}

/*
 * The words of a form. One that ends in an apostrophe ("d'") is read with a
 * letter after it, since only then is it one word.
 */
static DgStatus
read_words(Builder *b, DgStr surface, DgText *text)
{
  dg_arena_reset(b->scratch);
  const bool elided = dg_str_ends(surface, DG_STR("'"));
  if (elided) {
    surface = dg_str(
        dg_arena_printf(b->scratch, "%.*sa", (int)surface.len, surface.ptr));
    DG_TRY_PTR(surface.ptr);
  }
  DG_TRY(dg_text_read_string(surface, DG_LANG_NONE, b->scratch, text));
  text->n_tokens -= elided && text->n_tokens ? 1 : 0;
  return DG_OK;
}

/* The node that the words lead to, 0 for none; their folded forms in a row. */
static uint32_t
add_words(Builder *b, const DgText *text, DgBuf *folded, size_t *n_words)
{
  uint32_t node = 0;
  for (size_t i = 0; i < text->n_tokens; ++i) {
    const DgToken *const token = &text->tokens[i];
    if (is_hyphen(token)) {
      continue;
    }
    if (!*n_words) {
      const uint32_t bit = token->hash & (DG_IMAGE_FILTER_BITS - 1);
      b->filter[bit / 8] = (uint8_t)(b->filter[bit / 8] | 1U << bit % 8);
    } else {
      dg_buf_add_char(folded, ' ');
    }
    dg_buf_add(folded, dg_token_folded(token));
    ++*n_words;
    node = step(b, node, token->hash);
    if (!node) {
      return 0;
    }
  }
  return node;
}

static bool
is_word_list(uint8_t kind)
{
  return kind == DG_LEX_COMMON || kind == DG_LEX_FUNCTION;
}

/* A word of a list that is looked up word by word. */
static void
add_word(Builder *b, const DgImageEntry *entry, const DgToken *token)
{
  const uint32_t mask = b->n_words - 1;
  const bool accents = entry->kind == DG_LEX_FUNCTION;
  uint32_t at = token->hash & mask;
  for (; b->words[at].is; at = (at + 1) & mask) {
    const DgImageWord *const w = &b->words[at];
    if (w->hash == token->hash && w->kind == entry->kind &&
        w->lang == entry->lang &&
        (!accents ||
         dg_str_equal(string_at(b, w->word), dg_token_word(token)))) {
      return;
    }
  }
  b->words[at] =
      (DgImageWord){ .hash = token->hash,
                     .word = accents ? add_string(b, dg_token_word(token)) : 0,
                     .kind = entry->kind,
                     .lang = entry->lang,
                     .is = entry->is ? entry->is : (uint8_t)DG_LEX_IS_OTHER,
                     .flags = entry->flags };
}

static DgStatus
add_form(Builder *b, uint32_t entry, DgStr surface, unsigned flags)
{
  DgText text;
  DG_TRY(read_words(b, surface, &text));
  const DgImageEntry *const e = &b->entries.items[entry];
  if (is_word_list(e->kind)) {
    if (text.n_tokens == 1) {
      add_word(b, e, &text.tokens[0]);
    }
    return DG_OK;
  }
  size_t n_words = 0;
  DgBuf folded = DG_BUF_INIT;
  const uint32_t node = add_words(b, &text, &folded, &n_words);
  DgStatus status = n_words && !node ? DG_NO_MEMORY : dg_buf_status(&folded);
  if (!status && n_words && n_words <= DG_IMAGE_WORDS_MAX) {
    DgImageForm form = { .entry = entry,
                         .folded = add_string(b, dg_buf_str(&folded)),
                         .kind = e->kind,
                         .lang = e->lang,
                         .flags = (uint8_t)flags,
                         .n_words = (uint8_t)n_words };
    if (text.tokens[0].flags & (DG_TOKEN_CAPITAL | DG_TOKEN_UPPER)) {
      form.flags |= DG_IMAGE_FORM_CAPITAL;
    }
    if (flags & DG_LEX_CASE_SENSITIVE) {
      form.surface = add_string(b, surface);
    }
    status = link_form(b, node, form);
  }
  dg_buf_clear(&folded);
  return status;
}

static uint32_t
fact(Builder *b, uint32_t old, DgStr s)
{
  return old ? old : add_string(b, s);
}

static void
fill_entry(Builder *b, DgImageEntry *e, const DgLexEntry *row)
{
  e->kind = (uint8_t)row->kind;
  e->flags = (uint8_t)(e->flags | row->flags);
  e->lang = (uint8_t)row->lang;
  e->is = e->is ? e->is : (uint8_t)row->is;
  if (!e->country[0]) {
    memcpy(e->country, row->country, 2);
  }
  e->name = fact(b, e->name, row->name);
  e->detail = fact(b, e->detail, row->detail);
  e->ticker = fact(b, e->ticker, row->ticker);
  e->wikidata = fact(b, e->wikidata, row->wikidata);
  e->lei = fact(b, e->lei, row->lei);
  e->siren = fact(b, e->siren, row->siren);
  e->website = fact(b, e->website, row->website);
}

/* Table of entries by kind, language and name; [n_slots] index plus 1. */
typedef struct {
  uint32_t *slots;
  size_t n_slots;
} Names;

static uint32_t *
name_slot(const Builder *b, const Names *names, const DgLexEntry *row)
{
  size_t at = dg_str_hash(row->name) & (names->n_slots - 1);
  for (; names->slots[at]; at = (at + 1) & (names->n_slots - 1)) {
    const DgImageEntry *const e = &b->entries.items[names->slots[at] - 1];
    if (e->kind == row->kind && e->lang == row->lang &&
        dg_str_equal(string_at(b, e->name), row->name)) {
      break;
    }
  }
  return &names->slots[at];
}

/* Entry of each row, in `of_row`. */
static DgStatus
add_entries(Builder *b, const DgLexRows *rows, uint32_t *of_row)
{
  Names names = { NULL, 64 };
  while (names.n_slots < rows->n * 2) {
    names.n_slots *= 2;
  }
  names.slots = calloc(names.n_slots, sizeof *names.slots);
  DG_TRY_PTR(names.slots);
  DgStatus status = DG_OK;
  for (size_t i = 0; i < rows->n && !status; ++i) {
    uint32_t *const slot = name_slot(b, &names, &rows->items[i]);
    if (!*slot) {
      const DgImageEntry *const added = DG_VEC_ADD(b->arena, &b->entries);
      status = added ? DG_OK : DG_NO_MEMORY;
      *slot = (uint32_t)b->entries.n;
    }
    if (!status) {
      of_row[i] = *slot - 1;
      fill_entry(b, &b->entries.items[of_row[i]], &rows->items[i]);
    }
  }
  free(names.slots);
  return status;
}

static uint32_t
place(DgBuf *out, const void *items, size_t size)
{
  while (out->len % 8) {
    dg_buf_add_char(out, '\0');
  }
  const uint32_t at = (uint32_t)out->len;
  dg_buf_add(out, dg_str_n(items, size));
  return at;
}

static DgStatus
write_image(const Builder *b, uint64_t hash, DgBuf *out)
{
  DgImageHeader header = { .hash = hash,
                           .n_entries = (uint32_t)b->entries.n,
                           .n_forms = (uint32_t)b->forms.n,
                           .n_nodes = (uint32_t)b->nodes.n,
                           .n_edges = b->n_slots };
  memcpy(header.magic, DG_IMAGE_MAGIC, sizeof header.magic);
  dg_buf_reset(out);
  (void)place(out, &header, sizeof header);
  header.entries =
      place(out, b->entries.items, b->entries.n * sizeof *b->entries.items);
  header.forms = place(out, b->forms.items, b->forms.n * sizeof(DgImageForm));
  header.nodes = place(out, b->nodes.items, b->nodes.n * sizeof(uint32_t));
  header.edges = place(out, b->edges, b->n_slots * sizeof(DgImageEdge));
  header.filter = place(out, b->filter, DG_IMAGE_FILTER_BITS / 8);
  header.steps = place(out, b->steps, DG_IMAGE_STEP_BITS / 8);
  header.n_words = b->n_words;
  header.words = place(out, b->words, b->n_words * sizeof(DgImageWord));
  header.strings = place(out, b->strings.data, b->strings.len);
  header.size = out->len;
  DG_TRY(dg_buf_status(out));
  header.check =
      dg_str_hash(dg_str_sub(dg_buf_str(out), sizeof header, out->len));
  memcpy(out->data, &header, sizeof header);
  return out->len > UINT32_MAX ? DG_LIMIT : DG_OK;
}

static DgStatus
build(Builder *b, const DgLexRows *rows)
{
  dg_buf_add(&b->strings, dg_str_n("\0\0", 2));
  uint32_t *const of_row = DG_NEW_ARRAY(b->arena, uint32_t, rows->n);
  b->filter = DG_NEW_ARRAY(b->arena, uint8_t, DG_IMAGE_FILTER_BITS / 8);
  b->steps = DG_NEW_ARRAY(b->arena, uint8_t, DG_IMAGE_STEP_BITS / 8);
  DG_TRY_PTR(b->steps);
  const uint32_t *const root = DG_VEC_ADD(b->arena, &b->nodes);
  if (!of_row || !b->filter || !root || !grow_edges(b)) {
    return DG_NO_MEMORY;
  }
  b->n_words = 64;
  while (b->n_words < rows->forms.n * 2) {
    b->n_words *= 2;
  }
  b->words = DG_NEW_ARRAY(b->arena, DgImageWord, b->n_words);
  DG_TRY_PTR(b->words);
  DG_TRY(add_entries(b, rows, of_row));
  for (size_t i = 0; i < rows->forms.n; ++i) {
    const DgLexForm *const form = &rows->forms.items[i];
    DG_TRY(add_form(b, of_row[form->row], form->text, form->flags));
  }
  return dg_buf_status(&b->strings);
}

DgStatus
dg_lex_image_write(const DgLexRows *rows, uint64_t hash, DgArena *arena,
                   DgBuf *out)
{
  Builder b = { .arena = arena,
                .scratch = dg_arena_new(),
                .strings = DG_BUF_INIT };
  DgStatus status = b.scratch ? build(&b, rows) : DG_NO_MEMORY;
  if (!status) {
    status = write_image(&b, hash, out);
  }
  free(b.edges);
  dg_buf_clear(&b.strings);
  dg_arena_free(b.scratch);
  return status;
}
