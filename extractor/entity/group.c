/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/group.h"

#include "base/vec.h"

enum {
  TYPES = DG_MENTION_PRODUCT + 1, /* ORG, NAME, PERSON, PLACE, PRODUCT */
  PARTS_MAX = 5                   /* words of a short form */
};

#define MANY (UINT32_MAX - 1)

/* Distinct names: the same words, or forms of the same entry. */
typedef struct {
  uint32_t name;   /* the fullest of its names */
  uint32_t parent; /* union-find */
  uint32_t entry;
  uint32_t n_words;
  uint64_t words; /* hash of all words */
  float votes[TYPES];
  bool sure;     /* is in the lexicon without doubt */
  bool in_doubt; /* all of its names are weak */
} Item;

typedef struct {
  uint64_t key;
  uint32_t value; /* plus 1; 0 is empty */
} Slot;

typedef struct {
  Slot *slots;
  size_t mask;
} Table;

typedef struct {
  const DgScan *scan;
  DgNames *names;
  Item *items; /* [n] */
  uint32_t n;
  uint32_t *of_name; /* [names->n] item of each name */
  Table short_forms; /* of organisations: first words */
  Table surnames;
} Grouper;

static bool
table_init(Table *table, size_t n, DgArena *arena)
{
  size_t size = 16;
  while (size < n * 2) {
    size *= 2;
  }
  table->slots = DG_NEW_ARRAY(arena, Slot, size);
  table->mask = size - 1;
  return table->slots != NULL;
}

static Slot *
table_at(const Table *table, uint64_t key)
{
  size_t at = (key ^ key >> 29) & table->mask;
  while (table->slots[at].value && table->slots[at].key != key) {
    at = (at + 1) & table->mask;
  }
  return &table->slots[at];
}

static uint64_t
mix(uint64_t hash, uint32_t word)
{
  return (hash ^ word) * 0x9E3779B97F4A7C15U + (hash >> 31);
}

static bool
is_word(const DgScan *scan, uint32_t token)
{
  return scan->text->tokens[token].flags & DG_TOKEN_WORD;
}

/* Hash of the words of tokens [first, end), punctuation left out. */
static uint64_t
hash_words(const DgScan *scan, uint32_t first, uint32_t end, uint32_t *n)
{
  uint64_t hash = 1;
  *n = 0;
  for (uint32_t t = first; t < end; ++t) {
    if (is_word(scan, t)) {
      hash = mix(hash, scan->text->tokens[t].hash);
      ++*n;
    }
  }
  return hash;
}

static uint32_t
root(const Grouper *g, uint32_t item)
{
  while (g->items[item].parent != item) {
    item = g->items[item].parent;
  }
  return item;
}

static bool
is_entry_sure(const Grouper *g, const DgName *name)
{
  return name->entry != DG_NO_INDEX && name->score >= 0.95F && g;
}

/* -------------------------------------------------------------- same words */

static void
count_name(Grouper *g, Item *item, uint32_t index)
{
  const DgName *const name = &g->names->items[index];
  item->votes[name->type] += name->weak ? 0.1F : name->score;
  item->in_doubt &= name->weak;
  item->sure |= is_entry_sure(g, name);
  const DgName *const best = &g->names->items[item->name];
  if (name->end - name->first > best->end - best->first) {
    item->name = index;
  }
}

static DgStatus
make_items(Grouper *g)
{
  Table table;
  g->items = DG_NEW_ARRAY(g->scan->arena, Item, g->names->n + 1);
  g->of_name = DG_NEW_ARRAY(g->scan->arena, uint32_t, g->names->n + 1);
  if (!g->items || !g->of_name ||
      !table_init(&table, g->names->n + 1, g->scan->arena)) {
    return DG_NO_MEMORY;
  }
  for (uint32_t i = 0; i < g->names->n; ++i) {
    const DgName *const name = &g->names->items[i];
    uint32_t n_words;
    const uint64_t words =
        hash_words(g->scan, name->first, name->core, &n_words);
    const uint64_t key =
        name->entry == DG_NO_INDEX ? words : mix(0xE17, name->entry);
    Slot *const slot = table_at(&table, key);
    if (!slot->value) {
      slot->key = key;
      slot->value = g->n + 1;
      g->items[g->n] = (Item){ .name = i,
                               .parent = g->n,
                               .entry = name->entry,
                               .n_words = n_words,
                               .words = words,
                               .in_doubt = true };
      ++g->n;
    }
    Item *const item = &g->items[slot->value - 1];
    g->of_name[i] = slot->value - 1;
    count_name(g, item, i);
    item->words = words;
  }
  return DG_OK;
}

/* ------------------------------------------------------------- short forms */

static DgMentionType
type_of(const Item *item)
{
  DgMentionType best = DG_MENTION_NAME;
  for (int t = 0; t < TYPES; ++t) {
    if (t != DG_MENTION_NAME && item->votes[t] > 0 &&
        (best == DG_MENTION_NAME || item->votes[t] > item->votes[best])) {
      best = (DgMentionType)t;
    }
  }
  return best;
}

static void
add_form(Table *table, uint64_t words, uint32_t item)
{
  Slot *const slot = table_at(table, words);
  if (slot->value && slot->value != item + 1) {
    slot->value = MANY;
    return;
  }
  slot->key = words;
  slot->value = item + 1;
}

/* Does the name end in a country or town: "Microsoft France"? */
static bool
ends_in_place(const DgScan *scan, const DgName *name)
{
  return name->core - name->first > 1 &&
         dg_scan_has(scan, name->core - 1, DG_LEX_PLACE);
}

static void
add_short_forms(Grouper *g, uint32_t index)
{
  const Item *const item = &g->items[index];
  const DgName *const name = &g->names->items[item->name];
  uint64_t hash = 1;
  uint32_t n = 0;
  for (uint32_t t = name->first; t < name->core && n < PARTS_MAX; ++t) {
    if (is_word(g->scan, t) && ++n < item->n_words) {
      hash = mix(hash, g->scan->text->tokens[t].hash);
      add_form(&g->short_forms, hash, index);
    }
  }
  if (dg_scan_has(g->scan, name->first, DG_LEX_ORG_WORD) &&
      dg_scan_has(g->scan, name->first, DG_LEX_HEAD)) {
    add_form(&g->short_forms,
             hash_words(g->scan, name->first + 1, name->core, &n), index);
  }
}

static void
add_surnames(Grouper *g, uint32_t index)
{
  const DgName *const name = &g->names->items[g->items[index].name];
  for (uint32_t t = name->first + 1; t < name->core; ++t) {
    uint32_t n;
    const uint64_t hash = hash_words(g->scan, t, name->core, &n);
    if (n && n < PARTS_MAX) {
      add_form(&g->surnames, hash, index);
    }
  }
  if (dg_scan_has(g->scan, name->first, DG_LEX_FIRST_NAME)) {
    uint32_t n;
    add_form(&g->surnames,
             hash_words(g->scan, name->first, name->first + 1, &n), index);
  }
}

static DgStatus
make_forms(Grouper *g)
{
  const size_t room = (size_t)g->n * (PARTS_MAX + 1) + 1;
  if (!table_init(&g->short_forms, room, g->scan->arena) ||
      !table_init(&g->surnames, room, g->scan->arena)) {
    return DG_NO_MEMORY;
  }
  for (uint32_t i = 0; i < g->n; ++i) {
    const DgMentionType type = type_of(&g->items[i]);
    if (g->items[i].n_words < 2) {
      continue;
    }
    if (type == DG_MENTION_PERSON) {
      add_surnames(g, i);
    } else if (type == DG_MENTION_ORG || type == DG_MENTION_NAME) {
      add_short_forms(g, i);
    }
  }
  return DG_OK;
}

static void
join(Grouper *g, uint32_t item, uint32_t into)
{
  item = root(g, item);
  into = root(g, into);
  if (item == into) {
    return;
  }
  Item *const a = &g->items[item];
  Item *const b = &g->items[into];
  a->parent = into;
  for (int t = 0; t < TYPES; ++t) {
    b->votes[t] += a->votes[t];
  }
  b->in_doubt &= a->in_doubt;
  b->sure |= a->sure;
  b->entry = b->entry == DG_NO_INDEX ? a->entry : b->entry;
}

/* What a longer name has beyond its short form is only "Group" or the like. */
static bool
adds_only_group(const Grouper *g, uint32_t item, uint32_t longer)
{
  const DgName *const name = &g->names->items[g->items[longer].name];
  const uint32_t more = g->items[longer].n_words - g->items[item].n_words;
  const DgLexHit *const last =
      dg_scan_hit(g->scan, name->core - 1, DG_LEX_ORG_WORD);
  return more == 1 && last && dg_scan_has(g->scan, name->core - 1, DG_LEX_HEAD);
}

/* A noun for a tie of firms starts at the token: "filiale", "unit". */
static bool
is_tie(const Grouper *g, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(g->scan, at, DG_LEX_HEAD);
  return hit && hit->detail == DG_LEX_IS_RELATION;
}

/* "sa filiale polonaise, X", "its Polish unit X": X is a firm of its own. */
static bool
is_introduced_as_tie(const Grouper *g, uint32_t item)
{
  const DgName *const name = &g->names->items[g->items[item].name];
  const uint32_t start = g->scan->text->sentences[name->sentence].first;
  uint32_t at = name->first;
  if (at > start && dg_scan_is(g->scan, at - 1, ",")) {
    --at;
  }
  for (uint32_t n = 0; n < 2 && at > start; ++n) {
    if (is_tie(g, --at)) {
      return true;
    }
    if (!is_word(g->scan, at) || dg_scan_grammar(g->scan, at)) {
      return false;
    }
  }
  return false;
}

static void
join_short_form(Grouper *g, uint32_t index)
{
  const Item *const item = &g->items[index];
  const DgMentionType type = type_of(item);
  const Slot *const person = table_at(&g->surnames, item->words);
  const bool is_person = person->value && person->value != MANY &&
                         !item->sure && type != DG_MENTION_PLACE;
  const Slot *const org = table_at(&g->short_forms, item->words);
  const uint32_t longer = org->value ? org->value - 1 : 0;
  const bool is_org = org->value && org->value != MANY && longer != index &&
                      (type == DG_MENTION_ORG || type == DG_MENTION_NAME);
  if (is_person && (type != DG_MENTION_ORG || !is_org) &&
      item->entry == DG_NO_INDEX) {
    join(g, index, person->value - 1);
  } else if (is_org &&
             !ends_in_place(g->scan, &g->names->items[g->items[longer].name])) {
    const bool apart = item->sure && !adds_only_group(g, index, longer);
    const bool two = item->entry != DG_NO_INDEX &&
                     g->items[longer].entry != DG_NO_INDEX &&
                     item->entry != g->items[longer].entry;
    if (!apart && !two && !is_introduced_as_tie(g, longer)) {
      join(g, index, longer);
    }
  }
}

/* ------------------------------------------------------------- parentheses */

/* Do the letters of token `at` begin the capitalised words of `name`? */
static bool
are_initials(const DgScan *scan, const DgName *name, uint32_t at)
{
  const DgStr letters = dg_token_folded(&scan->text->tokens[at]);
  size_t n = 0;
  for (uint32_t t = name->first; t < name->end; ++t) {
    const DgStr word = dg_token_folded(&scan->text->tokens[t]);
    if (n < letters.len && word.len && word.ptr[0] == letters.ptr[n]) {
      ++n;
    }
  }
  return letters.len > 1 && n == letters.len;
}

/* "X (Y)", "X ("Y")", "X (the "Y")": Y is another name of X. */
static bool
is_alias(const DgScan *scan, const DgName *x, const DgName *y)
{
  uint32_t at = x->end;
  if (y->sentence != x->sentence || y->first > x->end + 4 ||
      !dg_scan_is(scan, at, "(")) {
    return false;
  }
  bool quoted = false;
  for (++at; at < y->first; ++at) {
    const bool word = scan->text->tokens[at].flags & DG_TOKEN_WORD;
    quoted |= !word;
    if (word && dg_scan_grammar(scan, at) != DG_LEX_IS_ARTICLE) {
      return false;
    }
  }
  at = y->end;
  while (at < scan->text->n_tokens && at < y->end + 3 && !is_word(scan, at) &&
         !dg_scan_is(scan, at, ")")) {
    ++at;
  }
  if (at >= scan->text->n_tokens || !dg_scan_is(scan, at, ")")) {
    return false;
  }
  return quoted || (y->core == y->first + 1 &&
                    (are_initials(scan, x, y->first) ||
                     (scan->text->tokens[y->first].flags & DG_TOKEN_UPPER &&
                      y->entry == DG_NO_INDEX)));
}

static bool
is_body(const DgName *name)
{
  return name->type == DG_MENTION_ORG || name->type == DG_MENTION_NAME;
}

static void
join_parentheses(Grouper *g)
{
  for (uint32_t i = 1; i < g->names->n; ++i) {
    const DgName *const x = &g->names->items[i - 1];
    DgName *const y = &g->names->items[i];
    if (is_body(x) && is_body(y) && is_alias(g->scan, x, y)) {
      const uint32_t a = root(g, g->of_name[i - 1]);
      const uint32_t b = root(g, g->of_name[i]);
      if (!(g->items[a].sure && g->items[b].sure)) {
        y->weak = false;
        g->items[b].in_doubt = false;
        join(g, b, a);
      }
    }
  }
}

/* ---------------------------------------------------------------- entities */

static bool
same_surface(DgStr a, const DgStr *list, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (dg_str_equal(a, list[i])) {
      return true;
    }
  }
  return false;
}

static void
describe(const Grouper *g, const Item *item, DgEntity *entity)
{
  entity->entry = item->entry;
  entity->parent = DG_NO_INDEX;
  entity->sure = item->sure;
  if (item->entry != DG_NO_INDEX) {
    const DgLexEntry entry = dg_lexicon_entry(g->scan->lexicon, item->entry);
    memcpy(entity->country, entry.country, sizeof entity->country);
  }
}

static void
set_kind(DgEntity *entity, const DgName *name, DgMentionType type)
{
  static const DgEntityKind kinds[TYPES] = {
    [DG_MENTION_ORG] = DG_ENTITY_COMPANY,
    [DG_MENTION_NAME] = DG_ENTITY_UNKNOWN,
    [DG_MENTION_PERSON] = DG_ENTITY_PERSON,
    [DG_MENTION_PLACE] = DG_ENTITY_PLACE,
    [DG_MENTION_PRODUCT] = DG_ENTITY_PRODUCT
  };
  if (type != DG_MENTION_ORG) {
    entity->kind = kinds[type];
  } else if (name->type == DG_MENTION_ORG && name->kind &&
             (entity->kind == DG_ENTITY_UNKNOWN ||
              entity->kind == DG_ENTITY_COMPANY)) {
    entity->kind = name->kind;
  } else if (entity->kind == DG_ENTITY_UNKNOWN) {
    entity->kind = DG_ENTITY_COMPANY;
  }
}

static DgStatus
add_alias(DgEntity *entity, DgStr surface, size_t *cap, DgArena *arena)
{
  if (same_surface(surface, &entity->name, 1) ||
      same_surface(surface, entity->aliases, entity->n_aliases)) {
    return DG_OK;
  }
  DgStr *const items = dg_vec_room(arena, entity->aliases, entity->n_aliases,
                                   cap, sizeof *items);
  DG_TRY_PTR(items);
  entity->aliases = items;
  items[entity->n_aliases++] = surface;
  return DG_OK;
}

static DgStr
surface_of(const Grouper *g, uint32_t name)
{
  return dg_text_of(g->scan->text, g->names->items[name].first,
                    g->names->items[name].end);
}

/* The fullest form: of persons and companies the one with most words. */
static void
choose_names(const Grouper *g, DgEntities *entities, const uint32_t *of_root,
             uint32_t *best)
{
  for (uint32_t i = 0; i < g->names->n; ++i) {
    const uint32_t e = of_root[root(g, g->of_name[i])];
    if (e == DG_NO_INDEX) {
      continue;
    }
    const DgName *const name = &g->names->items[i];
    const DgName *const old =
        best[e] == DG_NO_INDEX ? NULL : &g->names->items[best[e]];
    const bool fuller = !old || name->end - name->first > old->end - old->first;
    best[e] = fuller ? i : best[e];
    entities->items[e].mentions++;
  }
  for (uint32_t e = 0; e < entities->n; ++e) {
    entities->items[e].name = surface_of(g, best[e]);
  }
}

static DgStatus
make_entities(Grouper *g, DgEntities *entities, uint32_t *of_root)
{
  for (uint32_t i = 0; i < g->n; ++i) {
    of_root[i] = DG_NO_INDEX;
  }
  for (uint32_t i = 0; i < g->names->n; ++i) {
    const uint32_t item = root(g, g->of_name[i]);
    if (g->items[item].in_doubt || of_root[item] != DG_NO_INDEX) {
      continue;
    }
    DgEntity *const entity = DG_VEC_ADD(g->scan->arena, entities);
    DG_TRY_PTR(entity);
    describe(g, &g->items[item], entity);
    of_root[item] = (uint32_t)(entities->n - 1);
  }
  return DG_OK;
}

static DgStatus
fill_entities(Grouper *g, DgEntities *entities, const uint32_t *of_root,
              uint32_t *of_name)
{
  DgArena *const arena = g->scan->arena;
  uint32_t *const best = DG_NEW_ARRAY(arena, uint32_t, entities->n + 1);
  size_t *const caps = DG_NEW_ARRAY(arena, size_t, entities->n + 1);
  DG_TRY_PTR(best);
  DG_TRY_PTR(caps);
  memset(best, 0xFF, (entities->n + 1) * sizeof *best);
  choose_names(g, entities, of_root, best);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < g->names->n; ++i) {
    const uint32_t item = root(g, g->of_name[i]);
    const uint32_t e = of_root[item];
    if (e == DG_NO_INDEX) {
      continue;
    }
    DgName *const name = &g->names->items[i];
    DgEntity *const entity = &entities->items[e];
    const DgMentionType type = type_of(&g->items[item]);
    set_kind(entity, name, type);
    DG_TRY(add_alias(entity, surface_of(g, i), &caps[e], arena));
    if (name->type != type) {
      name->type = type;
      name->reason = "entity";
      name->score = name->score < 0.7F ? 0.7F : name->score;
    }
    of_name[kept] = e;
    g->names->items[kept++] = *name;
  }
  g->names->n = kept;
  for (uint32_t e = 0; e < entities->n; ++e) {
    DgEntity *const entity = &entities->items[e];
    DgStr name = entity->name;
    if (entity->entry != DG_NO_INDEX) {
      name = dg_lexicon_entry(g->scan->lexicon, entity->entry).name;
    }
    entity->key = dg_entity_key(name, arena);
    DG_TRY_PTR(entity->key.ptr);
  }
  return DG_OK;
}

DgStatus
dg_entities_group(const DgScan *scan, DgNames *names, DgEntities *entities,
                  uint32_t **of_name)
{
  Grouper g = { .scan = scan, .names = names };
  *entities = (DgEntities){ 0 };
  *of_name = DG_NEW_ARRAY(scan->arena, uint32_t, names->n + 1);
  DG_TRY_PTR(*of_name);
  DG_TRY(make_items(&g));
  DG_TRY(make_forms(&g));
  join_parentheses(&g);
  for (uint32_t i = 0; i < g.n; ++i) {
    if (g.items[i].parent == i) {
      join_short_form(&g, i);
    }
  }
  uint32_t *const of_root = DG_NEW_ARRAY(scan->arena, uint32_t, g.n + 1);
  DG_TRY_PTR(of_root);
  DG_TRY(make_entities(&g, entities, of_root));
  return fill_entities(&g, entities, of_root, *of_name);
}
