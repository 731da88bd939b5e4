/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lexicon/lexicon.h"

#include "lexicon/compile.h"
#include "lexicon/image.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* One image, mapped or on the heap. */
typedef struct {
  const char *bytes;
  size_t size;
  bool mapped;
  const DgImageEntry *entries;
  const DgImageForm *forms;
  const uint32_t *nodes;
  const DgImageEdge *edges;
  const uint8_t *filter;
  const uint8_t *steps;
  const char *strings;
  const DgImageWord *words;
  uint32_t word_mask;
  uint32_t n_entries;
  uint32_t edge_mask;
} Image;

enum {
  PARTS = 2, /* the shipped lexicon, and the user's own files */
  SHIPPED = 0,
  PRIVATE = 1
};

struct DgLexicon {
  Image parts[PARTS]; /* user's own: bytes null when there is none */
  uint64_t hash;
};

/* True when `n` items of `size` bytes lie at `at` within the image. */
static bool
fits(const DgImageHeader *h, uint32_t at, uint64_t n, uint64_t size)
{
  return at % 8 == 0 && at <= h->size && n <= (h->size - at) / size;
}

static bool
image_open(Image *image, const char *bytes, size_t size)
{
  const DgImageHeader *const h = (const void *)bytes;
  if (size < sizeof *h || memcmp(h->magic, DG_IMAGE_MAGIC, sizeof h->magic) ||
      h->size != size || !h->n_edges || (h->n_edges & (h->n_edges - 1)) ||
      !fits(h, h->entries, h->n_entries, sizeof(DgImageEntry)) ||
      !fits(h, h->forms, h->n_forms, sizeof(DgImageForm)) ||
      !fits(h, h->nodes, h->n_nodes, sizeof(uint32_t)) ||
      !fits(h, h->edges, h->n_edges, sizeof(DgImageEdge)) ||
      !fits(h, h->filter, DG_IMAGE_FILTER_BITS / 8, 1) ||
      !fits(h, h->steps, DG_IMAGE_STEP_BITS / 8, 1) || !h->n_words ||
      (h->n_words & (h->n_words - 1)) ||
      !fits(h, h->words, h->n_words, sizeof(DgImageWord)) ||
      !fits(h, h->strings, 2, 1) ||
      h->check !=
          dg_str_hash(dg_str_sub(dg_str_n(bytes, size), sizeof *h, size))) {
    return false;
  }
  image->bytes = bytes;
  image->size = size;
  image->entries = (const void *)(bytes + h->entries);
  image->forms = (const void *)(bytes + h->forms);
  image->nodes = (const void *)(bytes + h->nodes);
  image->edges = (const void *)(bytes + h->edges);
  image->filter = (const void *)(bytes + h->filter);
  image->steps = (const void *)(bytes + h->steps);
  image->strings = bytes + h->strings;
  image->words = (const void *)(bytes + h->words);
  image->word_mask = h->n_words - 1;
  image->n_entries = h->n_entries;
  image->edge_mask = h->n_edges - 1;
  return true;
}

static void
image_close(Image *image)
{
  union {
    const char *shown;
    void *owned;
  } bytes = { .shown = image->bytes };
  if (image->mapped) {
    (void)munmap(bytes.owned, image->size);
  } else {
    free(bytes.owned);
  }
}

/* Map `folder`.bin when it was made from sources with this hash. */
static bool
image_map(Image *image, const char *folder, uint64_t hash)
{
  DgBuf path = DG_BUF_INIT;
  dg_buf_printf(&path, "%s.bin", folder);
  const int fd = path.data ? open(path.data, O_RDONLY | O_CLOEXEC) : -1;
  dg_buf_clear(&path);
  struct stat about;
  if (fd < 0) {
    return false;
  }
  void *bytes = MAP_FAILED;
  size_t size = 0;
  if (!fstat(fd, &about) && about.st_size > 0) {
    size = (size_t)about.st_size;
    bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  }
  (void)close(fd);
  if (bytes == MAP_FAILED) {
    return false;
  }
  if (!image_open(image, bytes, size) ||
      ((const DgImageHeader *)bytes)->hash != hash) {
    (void)munmap(bytes, size);
    *image = (Image){ 0 };
    return false;
  }
  image->mapped = true;
  return true;
}

static DgStatus
compile_files(const DgLexFiles *files, unsigned flags, DgArena *arena,
              DgBuf *out, DgDiag *diag)
{
  DgLexRows rows = { 0 };
  for (size_t i = 0; i < files->n; ++i) {
    DG_TRY(dg_lex_rows_read(&files->items[i], flags, arena, &rows, diag));
  }
  return dg_lex_image_write(&rows, dg_lex_files_hash(files), arena, out);
}

static DgStatus
image_compile(Image *image, const DgLexFiles *files, unsigned flags,
              DgArena *arena, DgDiag *diag)
{
  DgBuf out = DG_BUF_INIT;
  DgStatus status = compile_files(files, flags, arena, &out, diag);
  if (!status && !image_open(image, out.data, out.len)) {
    status = DG_BROKEN;
  }
  if (status) {
    dg_buf_clear(&out);
  }
  return status;
}

DgStatus
dg_lexicon_compile(const char *folder, DgBuf *out, DgDiag *diag)
{
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgLexFiles files = { 0 };
  DgStatus status = dg_lex_files_read(folder, arena, &files, diag);
  if (!status) {
    status = compile_files(&files, 0, arena, out, diag);
  }
  dg_arena_free(arena);
  return status;
}

static DgStatus
open_parts(DgLexicon *lexicon, const char *folder, const char *const *extra,
           size_t n_extra, DgArena *arena, DgDiag *diag)
{
  DgLexFiles files = { 0 };
  DG_TRY(dg_lex_files_read(folder, arena, &files, diag));
  lexicon->hash = dg_lex_files_hash(&files);
  if (!image_map(&lexicon->parts[SHIPPED], folder, lexicon->hash)) {
    DG_TRY(image_compile(&lexicon->parts[SHIPPED], &files, 0, arena, diag));
  }
  DgLexFiles own = { 0 };
  for (size_t i = 0; i < n_extra; ++i) {
    DG_TRY(dg_lex_files_add(extra[i], DG_LANG_NONE, arena, &own, diag));
  }
  if (own.n) {
    DG_TRY(image_compile(&lexicon->parts[PRIVATE], &own, DG_LEX_PRIVATE, arena,
                         diag));
    lexicon->hash ^= dg_lex_files_hash(&own);
  }
  return DG_OK;
}

DgStatus
dg_lexicon_open(const char *folder, const char *const *extra, size_t n_extra,
                DgLexicon **lexicon, DgDiag *diag)
{
  DgArena *const arena = dg_arena_new();
  DgLexicon *const opened = calloc(1, sizeof *opened);
  DgStatus status = DG_NO_MEMORY;
  if (arena && opened) {
    status = open_parts(opened, folder, extra, n_extra, arena, diag);
  }
  dg_arena_free(arena);
  if (status) {
    dg_lexicon_free(opened);
    return status;
  }
  *lexicon = opened;
  return DG_OK;
}

void
dg_lexicon_free(DgLexicon *lexicon)
{
  if (lexicon) {
    image_close(&lexicon->parts[SHIPPED]);
    image_close(&lexicon->parts[PRIVATE]);
    free(lexicon);
  }
}

size_t
dg_lexicon_size(const DgLexicon *lexicon)
{
  return (size_t)lexicon->parts[SHIPPED].n_entries +
         lexicon->parts[PRIVATE].n_entries;
}

uint64_t
dg_lexicon_hash(const DgLexicon *lexicon)
{
  return lexicon->hash;
}

static DgStr
string_at(const Image *image, uint32_t at)
{
  if (!at) {
    return DG_STR_NONE;
  }
  uint16_t len;
  memcpy(&len, image->strings + at, sizeof len);
  return dg_str_n(image->strings + at + sizeof len, len);
}

DgLexEntry
dg_lexicon_entry(const DgLexicon *lexicon, uint32_t index)
{
  const Image *image = &lexicon->parts[SHIPPED];
  if (index >= image->n_entries) {
    index -= image->n_entries;
    image = &lexicon->parts[PRIVATE];
  }
  const DgImageEntry *const e = &image->entries[index];
  return (DgLexEntry){ .kind = (DgLexKind)e->kind,
                       .flags = e->flags,
                       .lang = (DgLang)e->lang,
                       .is = (DgLexDetail)e->is,
                       .name = string_at(image, e->name),
                       .detail = string_at(image, e->detail),
                       .country = { e->country[0], e->country[1], '\0' },
                       .ticker = string_at(image, e->ticker),
                       .wikidata = string_at(image, e->wikidata),
                       .lei = string_at(image, e->lei),
                       .siren = string_at(image, e->siren),
                       .website = string_at(image, e->website) };
}

static void
look_up(const Image *image, const DgToken *token, DgLang lang, DgLexWord *word)
{
  uint32_t at = token->hash & image->word_mask;
  for (; image->words[at].is; at = (at + 1) & image->word_mask) {
    const DgImageWord *const w = &image->words[at];
    if (w->hash != token->hash || (w->lang && lang && w->lang != lang)) {
      continue;
    }
    if (w->kind == DG_LEX_COMMON) {
      word->common = w->is;
    } else if (dg_str_equal(string_at(image, w->word), dg_token_word(token)) &&
               (!word->grammar || w->lang)) {
      word->grammar = w->is;
      word->flags = w->flags;
    }
  }
}

DgLexWord
dg_lexicon_word(const DgLexicon *lexicon, const DgToken *token, DgLang lang)
{
  DgLexWord word = { 0, 0, 0 };
  lang = lang == DG_LANG_OTHER ? DG_LANG_NONE : lang;
  for (int i = 0; i < PARTS; ++i) {
    if (lexicon->parts[i].bytes) {
      look_up(&lexicon->parts[i], token, lang, &word);
    }
  }
  return word;
}

/* The hits of one pass. */
typedef struct {
  DgLexHit *items;
  size_t n;
  size_t cap;
} Hits;

/* State of the search in one text. */
typedef struct {
  const DgText *text;
  DgArena *arena;
  Hits hits;
  DgLang lang;                  /* of the sentence */
  uint32_t stop;                /* end of the sentence */
  uint32_t until[DG_LEX_COUNT]; /* end of the last hit of each kind */
} Search;

static uint32_t
child_of(const Image *image, uint32_t node, uint32_t hash)
{
  uint32_t at = dg_image_slot(node, hash);
  const uint32_t bit = at & (DG_IMAGE_STEP_BITS - 1);
  if (!(image->steps[bit / 8] >> bit % 8 & 1)) {
    return 0; /* the filter is small enough to stay near */
  }
  for (at &= image->edge_mask;; at = (at + 1) & image->edge_mask) {
    const DgImageEdge *const edge = &image->edges[at];
    if (!edge->child || (edge->node == node && edge->hash == hash)) {
      return edge->child;
    }
  }
}

static bool
is_joint(const DgToken *token)
{
  return token->folded_len == 1 && token->folded[0] == '-' &&
         !(token->flags & DG_TOKEN_SPACE);
}

/* Are tokens [first, end), hyphens skipped, the words of `folded`? */
static bool
same_words(const DgText *text, uint32_t first, uint32_t end, DgStr folded)
{
  size_t at = 0;
  for (uint32_t i = first; i < end; ++i) {
    const DgToken *const token = &text->tokens[i];
    if (is_joint(token)) {
      continue;
    }
    at += at ? 1 : 0;
    if (at + token->folded_len > folded.len ||
        memcmp(folded.ptr + at, token->folded, token->folded_len)) {
      return false;
    }
    at += token->folded_len;
  }
  return at == folded.len;
}

static bool
form_counts(const Image *image, const DgImageForm *form, const Search *s,
            uint32_t first, uint32_t end)
{
  const DgToken *const token = &s->text->tokens[first];
  if (form->lang && s->lang && form->lang != s->lang) {
    return false;
  }
  if ((form->flags & DG_IMAGE_FORM_CAPITAL) &&
      !(token->flags & (DG_TOKEN_CAPITAL | DG_TOKEN_UPPER))) {
    return false;
  }
  if (form->surface && !dg_str_equal(dg_text_of(s->text, first, end),
                                     string_at(image, form->surface))) {
    return false;
  }
  return same_words(s->text, first, end, string_at(image, form->folded));
}

/* Longest form of each kind that starts at one token. */
typedef struct {
  uint32_t end[DG_LEX_COUNT];
  const DgImageForm *form[DG_LEX_COUNT];
  uint32_t kinds; /* bit of each kind that has one */
} Best;

static void
walk(const Image *image, const Search *s, uint32_t first, Best *best)
{
  uint32_t node = 0;
  for (uint32_t i = first; i < s->stop; ++i) {
    const DgToken *const token = &s->text->tokens[i];
    const uint32_t next = child_of(image, node, token->hash);
    if (!next) {
      if (i > first && is_joint(token)) {
        continue;
      }
      return;
    }
    node = next;
    for (uint32_t f = image->nodes[node]; f; f = image->forms[f - 1].next) {
      const DgImageForm *const form = &image->forms[f - 1];
      if (form_counts(image, form, s, first, i + 1)) {
        best->kinds |= 1U << form->kind;
        best->end[form->kind] = i + 1;
        best->form[form->kind] = form;
      }
    }
  }
}

static DgStatus
keep(Search *s, const Image *image, uint32_t base, uint32_t first,
     const Best *best)
{
  for (uint32_t kinds = best->kinds; kinds; kinds &= kinds - 1) {
    const uint32_t kind = (uint32_t)__builtin_ctz(kinds);
    if (best->end[kind] <= s->until[kind]) {
      continue; /* within an earlier hit of its kind */
    }
    DgLexHit *const hit = DG_VEC_ADD(s->arena, &s->hits);
    DG_TRY_PTR(hit);
    const DgImageForm *const form = best->form[kind];
    const DgImageEntry *const entry = &image->entries[form->entry];
    *hit = (DgLexHit){ .first = first,
                       .end = best->end[kind],
                       .entry = base + form->entry,
                       .kind = (uint8_t)kind,
                       .detail = entry->is,
                       .flags = (uint8_t)(form->flags | entry->flags) };
    hit->flags &= (uint8_t)(DG_IMAGE_FORM_CAPITAL - 1);
    if (!(form->flags & DG_LEX_AMBIGUOUS)) {
      hit->flags = (uint8_t)(hit->flags & ~(unsigned)DG_LEX_AMBIGUOUS);
    }
    s->until[kind] = best->end[kind];
  }
  return DG_OK;
}

static bool
may_start(const Image *image, uint32_t hash)
{
  const uint32_t bit = hash & (DG_IMAGE_FILTER_BITS - 1);
  return image->filter[bit / 8] >> bit % 8 & 1;
}

static DgStatus
find_at(const DgLexicon *lexicon, Search *s, uint32_t first)
{
  const uint32_t hash = s->text->tokens[first].hash;
  uint32_t base = lexicon->parts[SHIPPED].n_entries;
  for (int i = PARTS - 1; i >= 0; --i) {
    const Image *const image = &lexicon->parts[i];
    if (image->bytes && may_start(image, hash)) {
      Best best;
      best.kinds = 0;
      walk(image, s, first, &best);
      DG_TRY(keep(s, image, base, first, &best));
    }
    base = 0;
  }
  return DG_OK;
}

DgStatus
dg_lexicon_find(const DgLexicon *lexicon, const DgText *text, DgArena *arena,
                DgLexHit **hits, size_t *n)
{
  Search s = { .text = text, .arena = arena };
  for (size_t i = 0; i < text->n_sentences; ++i) {
    s.lang = text->sentences[i].lang;
    s.lang = s.lang == DG_LANG_OTHER ? DG_LANG_NONE : s.lang;
    s.stop = text->sentences[i].end;
    for (uint32_t at = text->sentences[i].first; at < s.stop; ++at) {
      DG_TRY(find_at(lexicon, &s, at));
    }
  }
  *hits = s.hits.items;
  *n = s.hits.n;
  return DG_OK;
}
