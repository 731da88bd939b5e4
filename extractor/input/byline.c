/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/dateline.h"

/*
 * A byline is read left to right as pieces: labels, dates, times, authors,
 * agencies, and words that only fill. A line with anything else is none.
 */

enum { LINE_MAX = 300, NAME_WORDS = 6 };

typedef struct {
  const DgTokens *tokens;
  DgLang lang;
  DgByline *out;
  bool update; /**< the next date is of an update */
  bool named;  /**< "by" or "author:" came just before */
} Reader;

/** Agencies by the folded words that name them. */
static const struct {
  const char *words[3];
  DgStr name;
} agencies[] = {
  { { "afp" }, DG_STR("AFP") },
  { { "agence", "france", "presse" }, DG_STR("AFP") },
  { { "reuters" }, DG_STR("Reuters") },
  { { "associated", "press" }, DG_STR("AP") },
  { { "ap" }, DG_STR("AP") },
  { { "bloomberg" }, DG_STR("Bloomberg") },
  { { "dpa" }, DG_STR("dpa") },
  { { "ats" }, DG_STR("ATS") },
  { { "belga" }, DG_STR("Belga") },
  { { "efe" }, DG_STR("EFE") },
  { { "ansa" }, DG_STR("ANSA") },
  { { "xinhua" }, DG_STR("Xinhua") },
  { { "pa", "media" }, DG_STR("PA Media") },
  { { "dow", "jones" }, DG_STR("Dow Jones") },
  { { "agefi" }, DG_STR("Agefi") },
};

/** Tokens that name an agency at `i`, or 0. */
static size_t
agency_at(const DgTokens *tokens, size_t i, DgStr *name)
{
  if (!dg_token(tokens, i)->capital) {
    return 0;
  }
  for (size_t a = 0; a < sizeof agencies / sizeof *agencies; ++a) {
    size_t used = 0;
    size_t k = 0;
    for (; k < 3 && agencies[a].words[k]; ++k) {
      used += dg_token_is(tokens, i + used, "-");
      if (!dg_token_is(tokens, i + used, agencies[a].words[k])) {
        break;
      }
      ++used;
    }
    if (k == 3 || !agencies[a].words[k]) {
      *name = agencies[a].name;
      return used;
    }
  }
  return 0;
}

static const char by_words[] = "par by";
static const char author_words[] = "auteur auteurs author authors redacteur";
static const char published_words[] =
    "publie publiee published publication posted parution paru poste date "
    "created cree redige ecrit written mis online ligne first diffuse "
    "issued released";
static const char updated_words[] =
    "jour updated update modifie modified maj actualise revised edited";
static const char filler_words[] =
    "le la a at on the de du of en last in derniere dernier modification mise "
    "mis et and avec with heure heures h min mins minute minutes lecture "
    "temps read reading time am pm m p gmt utc cet cest est edt et pst pdt pt "
    "bst ist z t s updated article source il y ago hours hour jours days";
static const char marks[] = ", . : ; | - – — · • / ( ) [ ] > « » + ∙ ■ ● ‧";
static const char parting_marks[] = "- | – — • ·";
static const char particles[] =
    "de du des la le van von der den di da del dos el bin al";
static const char role_words[] =
    "reporter correspondent correspondant correspondante editor journaliste "
    "redaction staff writer desk chief business technology economics finance "
    "service envoye speciale special columnist contributor news";

/** "18h05", "7:00 pm", "18:05:12.000+01:00". @return tokens, or 0. */
static size_t
time_at(const DgTokens *tokens, size_t i)
{
  if (dg_token(tokens, i)->kind != DG_TOKEN_NUMBER ||
      dg_token(tokens, i)->value > 24 || dg_token(tokens, i)->digits > 2) {
    return 0;
  }
  if (!dg_token_in(tokens, i + 1, "h : . am pm a")) {
    return 0;
  }
  size_t at = i + 2;
  while (dg_token(tokens, at)->kind == DG_TOKEN_NUMBER ||
         (dg_token(tokens, at)->glued && dg_token_in(tokens, at, ": . +"))) {
    ++at;
  }
  return at - i;
}

/** True when what stands at `i` ends a name. */
static bool
ends_name(const Reader *reader, size_t i)
{
  DgDate date;
  DgStr agency;
  size_t used;
  return dg_token_in(reader->tokens, i, published_words) ||
         dg_token_in(reader->tokens, i, "mis mise updated") ||
         (dg_token_in(reader->tokens, i, "le") &&
          !(dg_token(reader->tokens, i)->capital &&
            dg_token(reader->tokens, i + 1)->capital)) ||
         dg_dateline_read(reader->tokens, i, reader->lang, &date, &used) ||
         agency_at(reader->tokens, i, &agency);
}

/** Tokens of one name at `i`, "Jean-Luc de La Tour", or 0. */
static size_t
name_at(const Reader *reader, size_t i, size_t *n_words)
{
  const DgTokens *const tokens = reader->tokens;
  size_t at = i;
  *n_words = 0;
  while (*n_words < NAME_WORDS) {
    const DgToken *const token = dg_token(tokens, at);
    if (token->kind == DG_TOKEN_WORD && token->capital) {
      if (*n_words && ends_name(reader, at)) {
        break;
      }
      ++*n_words;
      ++at;
      const bool initial = token->span.end - token->span.begin == 1;
      at += initial && dg_token_is(tokens, at, ".");
    } else if (dg_token_in(tokens, at, particles) &&
               dg_token(tokens, at + 1)->capital) {
      ++at;
    } else if (at > i && dg_token_in(tokens, at, "- ' ’ &") &&
               dg_token(tokens, at + 1)->kind == DG_TOKEN_WORD) {
      ++at;
      at += !dg_token(tokens, at)->capital && dg_token(tokens, at)->glued;
    } else {
      break;
    }
  }
  return *n_words ? at - i : 0;
}

static bool
names_a_role(const DgTokens *tokens, size_t i, size_t n)
{
  for (size_t k = i; k < i + n; ++k) {
    if (dg_token_in(tokens, k, role_words)) {
      return true;
    }
  }
  return false;
}

static void
add_author(DgByline *byline, const DgTokens *tokens, size_t i, size_t n)
{
  if (byline->n_authors < DG_BYLINE_AUTHORS && !names_a_role(tokens, i, n)) {
    byline->authors[byline->n_authors++] =
        dg_str_sub(tokens->line, dg_token(tokens, i)->span.begin,
                   dg_token(tokens, i + n - 1)->span.end);
  }
}

/** The authors with what is between them, if that is no more than "and". */
static void
note_printed(DgByline *byline)
{
  enum { BETWEEN_MAX = 6 }; /* ", and " */
  for (size_t i = 0; i < byline->n_authors; ++i) {
    const DgStr name = byline->authors[i];
    const char *const end = byline->printed.ptr + byline->printed.len;
    if (i && name.ptr - end > BETWEEN_MAX) {
      byline->printed = DG_STR_NONE;
      return;
    }
    const char *const begin = i ? byline->printed.ptr : name.ptr;
    byline->printed = dg_str_n(begin, (size_t)(name.ptr + name.len - begin));
  }
}

/** What signs for people who are not named, by folded words. */
static const char *const collectives[][2] = {
  { "la", "redaction" },        { "redaction", NULL },
  { "staff", "reporter" },      { "staff", "reporters" },
  { "staff", "writer" },        { "staff", "writers" },
  { "staff", "correspondent" }, { "news", "desk" },
  { "our", "correspondent" },
};

/** Tokens of "Staff reporter" or "La rédaction" at `i`, or 0. */
static size_t
collective_at(const DgTokens *tokens, size_t i)
{
  for (size_t k = 0; k < sizeof collectives / sizeof *collectives; ++k) {
    const char *const *const words = collectives[k];
    if (dg_token_is(tokens, i, words[0]) &&
        (!words[1] || dg_token_is(tokens, i + 1, words[1]))) {
      return words[1] ? 2 : 1;
    }
  }
  return 0;
}

/** ", à Rennes", "in Berlin". @return tokens, or 0. */
static size_t
place_at(const Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  const size_t at = i + dg_token_is(tokens, i, ",");
  size_t words;
  if (!dg_token_in(tokens, at, "a in") || dg_token(tokens, at)->capital ||
      ends_name(reader, at + 1)) {
    return 0;
  }
  const size_t n = name_at(reader, at + 1, &words);
  return n ? at + 1 + n - i : 0;
}

/** ", technology reporter": few words, the last a role. @return tokens. */
static size_t
job_at(const Reader *reader, size_t i)
{
  enum { JOB_WORDS = 4 };
  const DgTokens *const tokens = reader->tokens;
  if (!dg_token_is(tokens, i, ",")) {
    return 0;
  }
  for (size_t at = i + 1; at <= i + JOB_WORDS; ++at) {
    if (dg_token(tokens, at)->kind != DG_TOKEN_WORD) {
      return 0;
    }
    if (dg_token_in(tokens, at, role_words) &&
        (dg_token(tokens, at + 1)->kind == DG_TOKEN_END ||
         dg_token_in(tokens, at + 1, ", et and a in | - – — · •"))) {
      return at + 1 - i;
    }
  }
  return 0;
}

/** Names at `i`, parted by commas or "and". @return tokens. */
static size_t
read_names(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  const bool first = reader->out->n_authors == 0;
  size_t at = i;
  for (;;) {
    size_t words;
    if (at > i && ends_name(reader, at)) {
      break;
    }
    const size_t n = name_at(reader, at, &words);
    if (n == 0) {
      break;
    }
    add_author(reader->out, tokens, at, n);
    at += n;
    at += job_at(reader, at);
    at += place_at(reader, at);
    at += dg_token_is(tokens, at, ",") && dg_token_in(tokens, at + 1, "et and");
    if (!dg_token_in(tokens, at, ", et and &") ||
        !dg_token(tokens, at + 1)->capital || ends_name(reader, at + 1)) {
      break;
    }
    ++at;
  }
  if (first) {
    note_printed(reader->out);
  }
  return at - i;
}

static size_t
read_date(Reader *reader, size_t i)
{
  DgDate date;
  size_t used;
  if (!dg_dateline_read(reader->tokens, i, reader->lang, &date, &used)) {
    return 0;
  }
  DgByline *const out = reader->out;
  if (reader->update) {
    out->updated = date;
  } else if (out->published.precision == DG_DATE_NONE) {
    out->published = date;
  }
  reader->update = false;
  return used;
}

/** Those who sign together, where no one is named. @return tokens, or 0. */
static size_t
read_collective(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  const size_t n = collective_at(tokens, i);
  DgByline *const out = reader->out;
  if (n && out->n_authors == 0) {
    out->authors[out->n_authors++] =
        dg_str_sub(tokens->line, dg_token(tokens, i)->span.begin,
                   dg_token(tokens, i + n - 1)->span.end);
  }
  return n;
}

/** First in the line, or behind a mark that parts it. */
static bool
begins_part(const DgTokens *tokens, size_t i)
{
  return i == 0 || (dg_token_in(tokens, i - 1, parting_marks) &&
                    !dg_token(tokens, i - 1)->glued);
}

/** A labelled or leading name. @return tokens, or 0. */
static size_t
read_author(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  if (dg_token_in(tokens, i, by_words) ||
      (dg_token_in(tokens, i, author_words) &&
       dg_token_is(tokens, i + 1, ":"))) {
    const size_t from = dg_token_is(tokens, i + 1, ":") ? i + 2 : i + 1;
    DgStr agency;
    if (agency_at(tokens, from, &agency)) {
      return from - i;
    }
    const size_t group = read_collective(reader, from);
    const size_t n = group ? group : read_names(reader, from);
    reader->named = reader->named || n;
    return n ? from - i + n : 0;
  }
  return 0;
}

/** Button texts and rubrics are no names: "Save  Share", "SHIPPING". */
static bool
looks_like_a_name(const DgTokens *tokens, size_t i, size_t n)
{
  const DgStr text = dg_str_sub(tokens->line, dg_token(tokens, i)->span.begin,
                                dg_token(tokens, i + n - 1)->span.end);
  bool lower = false;
  for (size_t at = 0; at < text.len; ++at) {
    lower = lower || (text.ptr[at] >= 'a' && text.ptr[at] <= 'z');
  }
  return lower && dg_str_find(text, DG_STR("  "), 0) == SIZE_MAX;
}

/** A name without a label, which only a date beside it makes an author. */
static size_t
read_bare_name(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  if (!begins_part(tokens, i) || reader->out->n_authors) {
    return 0;
  }
  size_t words;
  const size_t n = name_at(reader, i, &words);
  const bool whole = dg_token(tokens, i + n)->kind == DG_TOKEN_END ||
                     dg_token_in(tokens, i + n, parting_marks);
  if (words >= 2 && words <= 4 && (i == 0 || whole) &&
      looks_like_a_name(tokens, i, n)) {
    return read_names(reader, i);
  }
  /* One word in front is a place: "Paris, le 3 mars 2024". */
  return i == 0 ? n : 0;
}

static size_t
read_label(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  if (dg_token_in(tokens, i, updated_words)) {
    reader->update = true;
    reader->out->labelled = true;
    return 1;
  }
  if (dg_token_in(tokens, i, published_words)) {
    reader->out->labelled = true;
    /* "mis à jour" is no publication; the next word tells. */
    reader->update = false;
    return 1;
  }
  return 0;
}

static size_t
read_piece(Reader *reader, size_t i)
{
  const DgTokens *const tokens = reader->tokens;
  DgStr agency;
  size_t n = read_date(reader, i);
  n = n ? n : time_at(tokens, i);
  n = n ? n : read_label(reader, i);
  n = n ? n : read_author(reader, i);
  if (n) {
    return n;
  }
  n = agency_at(tokens, i, &agency);
  if (n) {
    reader->out->agency = agency;
    return n;
  }
  if (begins_part(tokens, i) && dg_token(tokens, i)->capital) {
    n = read_collective(reader, i);
  }
  if (n) {
    return n;
  }
  if (dg_token_in(tokens, i, filler_words) || dg_token_in(tokens, i, marks)) {
    return 1;
  }
  if (dg_token(tokens, i)->kind == DG_TOKEN_NUMBER &&
      dg_token_in(tokens, i + 1, "min mins minute minutes h")) {
    return 2;
  }
  return read_bare_name(reader, i);
}

/* Words in a byline that this reader has no name for ("Écouter l'article"). */
enum { UNREAD_MAX = 10 };

/**
 * A line with a whole date of its own and some words besides is a byline when
 * a label, an author or marks between its parts make it one, and it is no
 * sentence.
 */
static bool
reads_as_byline(const Reader *reader, size_t unread, bool parted)
{
  const DgTokens *const tokens = reader->tokens;
  const DgByline *const out = reader->out;
  const bool dated = out->published.precision == DG_DATE_DAY ||
                     out->updated.precision == DG_DATE_DAY;
  return dated && unread <= UNREAD_MAX && (parted || reader->named) &&
         !dg_token_in(tokens, tokens->n - 1, ". ! ?");
}

bool
dg_byline_read(DgStr line, DgLang lang, DgByline *byline)
{
  *byline = (DgByline){ 0 };
  if (line.len > LINE_MAX) {
    return false;
  }
  DgTokens tokens;
  dg_tokens_read(line, &tokens);
  Reader reader = { .tokens = &tokens, .lang = lang, .out = byline };
  if (tokens.cut) {
    return false;
  }
  size_t unread = 0;
  bool parted = false;
  for (size_t i = 0; i < tokens.n;) {
    const size_t n = read_piece(&reader, i);
    parted = parted || dg_token_in(&tokens, i, "| - – — ·");
    unread += n == 0;
    i += n ? n : 1;
  }
  if (unread && !reads_as_byline(&reader, unread, parted)) {
    return false;
  }
  const bool dated = byline->published.precision != DG_DATE_NONE ||
                     byline->updated.precision != DG_DATE_NONE;
  byline->labelled = byline->labelled || reader.named;
  const bool ends = dg_token_in(&tokens, tokens.n - 1, ".");
  return dated || (reader.named && byline->n_authors && !ends) ||
         (byline->agency.ptr && tokens.n <= 5);
}

bool
dg_byline_lead(DgStr paragraph, DgLang lang, DgByline *byline)
{
  *byline = (DgByline){ 0 };
  DgTokens tokens;
  dg_tokens_read(dg_str_sub(paragraph, 0, 160), &tokens);
  bool found = false;
  for (size_t i = 0; i < tokens.n && i < 24; ++i) {
    size_t used;
    DgStr agency;
    if (dg_dateline_read(&tokens, i, lang, &byline->published, &used)) {
      i += used - 1;
    } else if (dg_token_is(&tokens, i, "(") &&
               agency_at(&tokens, i + 1, &agency)) {
      byline->agency = agency;
    } else if (dg_token_in(&tokens, i, "- – —") &&
               !dg_token(&tokens, i)->glued) {
      found = byline->agency.ptr != NULL;
      break;
    }
  }
  if (!found) {
    *byline = (DgByline){ 0 };
  }
  return found;
}
