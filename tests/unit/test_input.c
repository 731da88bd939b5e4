/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test_input.h"

#include "input/dateline.h"
#include "input/decode.h"
#include "input/furniture.h"
#include "input/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char french[] =
    "Verdane s'allie à Solvix pour ses batteries\n"
    "\n"
    "L'usine de Verdane à Brest\n"
    "\n"
    "Le fabricant breton de batteries Verdane a signé avec le groupe Solvix un "
    "accord qui lui ouvre les portes de trois usines européennes.\n"
    "\n"
    "Publié le 28-02-2024 par Hélène Kermarec\n"
    "\n"
    "C'est une étape que la direction attendait depuis deux ans. Le groupe "
    "Solvix prendra aussi 5 % du capital de la jeune entreprise.\n"
    "\n"
    "Lire aussi« La filière des batteries cherche son souffle » (entretien)\n"
    "\n"
    "Un pari industriel\n"
    "\n"
    "Reste à convaincre les banques, que la hausse des taux rend prudentes. La "
    "décision est attendue au printemps.\n"
    "\n"
    "Lire la suite\n"
    "\n"
    "Voir la suite...\n"
    "\n"
    "Les dernières actualités\n"
    "\n"
    "Nordelec rachète un fournisseur de câbles pour 40 millions d'euros\n";

static void
a_french_page_is_read(void **state)
{
  (void)state;
  assert_reads(
      dg_str(french), "dir/verdane.txt", plain_options(),
      "id: verdane\n"
      "title: Verdane s'allie à Solvix pour ses batteries\n"
      "author: Hélène Kermarec\n"
      "published: 2024-02-28\n"
      "how: byline\n"
      "lang: fr\n"
      "encoding: UTF-8\n"
      "flag: truncated\n"
      "[title] Verdane s'allie à Solvix pour ses batteries\n"
      "[caption] L'usine de Verdane à Brest\n"
      "[subtitle] Le fabricant breton de batteries Verdane a signé avec le "
      "groupe Solvix un accord qui lui ouvre les portes de trois usines "
      "européennes.\n"
      "[byline] Publié le 28-02-2024 par Hélène Kermarec\n"
      "[paragraph] C'est une étape que la direction attendait depuis deux ans. "
      "Le groupe Solvix prendra aussi 5 % du capital de la jeune entreprise.\n"
      "[furniture] Lire aussi« La filière des batteries cherche son souffle » "
      "(entretien)\n"
      "[heading] Un pari industriel\n"
      "[paragraph] Reste à convaincre les banques, que la hausse des taux rend "
      "prudentes. La décision est attendue au printemps.\n"
      "[furniture] Lire la suite\n"
      "[furniture] Voir la suite...\n"
      "[furniture] Les dernières actualités\n"
      "[furniture] Nordelec rachète un fournisseur de câbles pour 40 millions "
      "d'euros\n");
}

static void
an_english_page_is_read(void **state)
{
  (void)state;
  assert_reads(
      DG_STR("Harrow Foods buys Oatwell for $90 million\n"
             "By Jane Roe and Tom Lee | 3 March 2024\n"
             "Share this article\n"
             "Harrow Foods said on Monday that it had agreed to buy Oatwell, "
             "the maker of oat drinks, for $90 million in cash and shares.\n"
             "Read more: The oat boom is over\n"
             "The deal is expected to close in the summer, the companies said "
             "in a statement.\n"
             "Sign up for our weekly newsletter\n"
             "Most read\n"
             "Ten drinks to try\n"),
      "harrow", plain_options(),
      "id: harrow\n"
      "title: Harrow Foods buys Oatwell for $90 million\n"
      "author: Jane Roe and Tom Lee\n"
      "published: 2024-03-03\n"
      "how: byline\n"
      "lang: en\n"
      "encoding: UTF-8\n"
      "[title] Harrow Foods buys Oatwell for $90 million\n"
      "[byline] By Jane Roe and Tom Lee | 3 March 2024\n"
      "[furniture] Share this article\n"
      "[paragraph] Harrow Foods said on Monday that it had agreed to buy "
      "Oatwell, the maker of oat drinks, for $90 million in cash and shares.\n"
      "[furniture] Read more: The oat boom is over\n"
      "[paragraph] The deal is expected to close in the summer, the companies "
      "said in a statement.\n"
      "[furniture] Sign up for our weekly newsletter\n"
      "[furniture] Most read\n"
      "[furniture] Ten drinks to try\n");
}

/** A byline as "published|updated|authors|agency", "no" for none. */
static void
assert_byline(const char *line, DgLang lang, const char *expected)
{
  DgByline byline;
  DgBuf out = DG_BUF_INIT;
  if (!dg_byline_read(dg_str(line), lang, &byline)) {
    dg_buf_add(&out, DG_STR("no"));
  } else {
    char date[DG_DATE_TEXT] = "";
    const DgDate dates[] = { byline.published, byline.updated };
    for (size_t i = 0; i < 2; ++i) {
      date[0] = '\0';
      if (dates[i].precision == DG_DATE_DAY) {
        (void)snprintf(date, sizeof date, "%04d-%02u-%02u", dates[i].year,
                       dates[i].month, dates[i].day);
      }
      dg_buf_printf(&out, "%s|", date);
    }
    for (size_t i = 0; i < byline.n_authors; ++i) {
      dg_buf_printf(&out, "%s%.*s", i ? ", " : "", (int)byline.authors[i].len,
                    byline.authors[i].ptr);
    }
    dg_buf_printf(&out, "|%s", byline.agency.ptr ? byline.agency.ptr : "");
  }
  if (strcmp(out.data, expected) != 0) {
    fail_msg("\"%s\" gave %s, expected %s", line, out.data, expected);
  }
  dg_buf_clear(&out);
}

static void
bylines_are_told_from_prose(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    DgLang lang;
    const char *expected;
  } cases[] = {
    { "Publié le 28-02-2024 par Hélène Kermarec", DG_LANG_FR,
      "2024-02-28||Hélène Kermarec|" },
    { "Par Luc Aubry, le 3 mars 2024 à 18h05", DG_LANG_FR,
      "2024-03-03||Luc Aubry|" },
    { "Publié le 28/02/2024 à 07:00", DG_LANG_FR, "2024-02-28|||" },
    { "Mis à jour le 1er mars 2024 à 9h", DG_LANG_FR, "|2024-03-01||" },
    { "Publié le 28/02/2024 à 07:00 - Mis à jour le 29/02/2024", DG_LANG_FR,
      "2024-02-28|2024-02-29||" },
    { "March 3, 2024", DG_LANG_EN, "2024-03-03|||" },
    { "By Jane Roe | 3 March 2024", DG_LANG_EN, "2024-03-03||Jane Roe|" },
    { "Date: 2020-06-30", DG_LANG_FR, "2020-06-30|||" },
    { "Published: Mon, 4 Mar 2024 18:05 GMT", DG_LANG_EN, "2024-03-04|||" },
    { "Last updated on March 4, 2024 at 6:05 p.m. EST", DG_LANG_EN,
      "|2024-03-04||" },
    { "Par Le Courrier avec AFP", DG_LANG_FR, "||Le Courrier|AFP" },
    { "AFP, publié le lundi 4 mars 2024", DG_LANG_FR, "2024-03-04|||AFP" },
    { "By Jane Roe, Technology Reporter", DG_LANG_EN, "||Jane Roe|" },
    { "By Jane Roe, technology reporter", DG_LANG_EN, "||Jane Roe|" },
    { "By Jane Roe in Berlin and Tom Lee in Paris", DG_LANG_EN,
      "||Jane Roe, Tom Lee|" },
    { "By Jane Roe, Tom Lee, and Ann Poe", DG_LANG_EN,
      "||Jane Roe, Tom Lee, Ann Poe|" },
    { "Par Luc Aubry, à Rennes", DG_LANG_FR, "||Luc Aubry|" },
    { "Par Luc Aubry, journaliste, et Anne Le Gall", DG_LANG_FR,
      "||Luc Aubry, Anne Le Gall|" },
    { "Par la rédaction, le 3 mars 2024", DG_LANG_FR,
      "2024-03-03||la rédaction|" },
    { "La rédaction (avec AFP) | 14/06/2024, 11:40 | 412 mots", DG_LANG_FR,
      "2024-06-14||La rédaction|AFP" },
    { "Staff reporter, Leeds | 17 Oct 2024 | 2 min read", DG_LANG_EN,
      "2024-10-17||Staff reporter|" },
    { "Staff writers at the plant in Leeds walked out.", DG_LANG_EN, "no" },
    { "La rédaction du contrat, datée du 3 mars 2024, est close.", DG_LANG_FR,
      "no" },
    { "Jean-Luc de La Tour | 3 mars 2024 | 4 min", DG_LANG_FR,
      "2024-03-03||Jean-Luc de La Tour|" },
    { "Vendredi 17 mai 2024 - Mis à jour à 14h22 - Sophie Arnaud", DG_LANG_FR,
      "2024-05-17||Sophie Arnaud|" },
    { "03/04/2024", DG_LANG_EN, "2024-03-04|||" },
    { "03/04/2024", DG_LANG_FR, "2024-04-03|||" },
    { "Par ailleurs, le groupe publie ses comptes le 3 mars 2024", DG_LANG_FR,
      "no" },
    { "Le 3 mars 2024, Verdane a signé un accord.", DG_LANG_FR, "no" },
    { "By March 3, 2024, the deal will close.", DG_LANG_EN, "no" },
    { "Un pari industriel", DG_LANG_FR, "no" },
    { "30 février 2024", DG_LANG_FR, "no" },
    { "", DG_LANG_FR, "no" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    assert_byline(cases[i].line, cases[i].lang, cases[i].expected);
  }
}

static void
agency_leads_give_date_and_agency(void **state)
{
  (void)state;
  DgByline byline;
  assert_true(
      dg_byline_lead(DG_STR("PARIS, 3 mars 2024 (AFP) - Le groupe a signé."),
                     DG_LANG_FR, &byline));
  assert_str(byline.agency, "AFP");
  assert_int_equal(byline.published.day, 3);
  assert_true(dg_byline_lead(DG_STR("LONDON (Reuters) - Shares rose."),
                             DG_LANG_EN, &byline));
  assert_str(byline.agency, "Reuters");
  assert_false(
      dg_byline_lead(DG_STR("Le groupe (AFP) a signé."), DG_LANG_FR, &byline));
}

static void
urls_hold_dates(void **state)
{
  (void)state;
  DgDate date;
  assert_true(
      dg_dateline_from_url(DG_STR("https://e.org/2024/02/28/a.html"), &date));
  assert_int_equal(date.month, 2);
  assert_true(
      dg_dateline_from_url(DG_STR("https://e.org/a-20240229.html"), &date));
  assert_int_equal(date.day, 29);
  assert_false(dg_dateline_from_url(DG_STR("https://e.org/a-20230229"), &date));
  assert_false(dg_dateline_from_url(DG_STR("https://e.org/2024/99/1"), &date));
}

static void
furniture_is_told_by_wording(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    DgFurniture kind;
  } cases[] = {
    { "Lire aussi : le rachat de Solvix", DG_FURNITURE_LINE },
    { "Lire aussiLe rachat de Solvix", DG_FURNITURE_LINE },
    { "> À lire aussi - Nordelec se relance", DG_FURNITURE_LINE },
    { "À LIRE AUSSI", DG_FURNITURE_LIST },
    { "Lire la suite", DG_FURNITURE_MORE },
    { "Voir la suite…", DG_FURNITURE_MORE },
    { "Les dernières actualités", DG_FURNITURE_END },
    { "Cet article est réservé aux abonnés", DG_FURNITURE_PAYWALL },
    { "S’inscrire", DG_FURNITURE_LINE },
    { "Ce site utilise des cookies pour mesurer son audience.",
      DG_FURNITURE_LINE },
    { "Related articles", DG_FURNITURE_LIST },
    { "Print", DG_FURNITURE_LINE },
    { "Print shops are closing across the country, said the union.",
      DG_FURNITURE_NONE },
    { "Comments by the chairman moved the shares of both companies.",
      DG_FURNITURE_NONE },
    { "Save  Share  Comment", DG_FURNITURE_LINE },
    { "Partager | Commenter (38) | Imprimer", DG_FURNITURE_LINE },
    { "Tweet Solvane Comment", DG_FURNITURE_NONE },
    { "Share this", DG_FURNITURE_LINE },
    { "Share buyback at Solvane", DG_FURNITURE_NONE },
    { "Partager sur Facebook", DG_FURNITURE_LINE },
    { "Partager la valeur", DG_FURNITURE_NONE },
    { "Newsletter firm Solvane raises $3m", DG_FURNITURE_NONE },
    { "Newsletter : recevez l'essentiel", DG_FURNITURE_LINE },
    { "Publicité en ligne", DG_FURNITURE_NONE },
    { "Comments (12)", DG_FURNITURE_END },
    { "Comments from the chairman", DG_FURNITURE_NONE },
    { "Copyright suit against Solvane", DG_FURNITURE_NONE },
    { "Copyright 2024 Solvane", DG_FURNITURE_LINE },
    { "By continuing to invest, Solvane grew.", DG_FURNITURE_NONE },
    { "12 commentaires", DG_FURNITURE_LINE },
    { "4 min de lecture", DG_FURNITURE_LINE },
    { "12 commentaires ont suffi.", DG_FURNITURE_NONE },
    { "Accueil > Économie > Industrie", DG_FURNITURE_LINE },
    { "Le cours passe de 3 > 4 selon lui", DG_FURNITURE_NONE },
    { "Recevez", DG_FURNITURE_NONE },
    { "Suivre la cadence est devenu difficile pour le groupe.",
      DG_FURNITURE_NONE },
    { "Partagerait-il ses usines ?", DG_FURNITURE_NONE },
    { "Un pari industriel", DG_FURNITURE_NONE },
    { "", DG_FURNITURE_NONE },
    { "> >", DG_FURNITURE_NONE },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const DgFurniture kind = dg_furniture_of(dg_str(cases[i].line));
    if (kind != cases[i].kind) {
      fail_msg("\"%s\" gave %d", cases[i].line, (int)kind);
    }
  }
}

static void
languages_are_told(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    DgLang lang;
  } cases[] = {
    { "Le groupe a signé un accord avec la société de Brest", DG_LANG_FR },
    { "The company said it had agreed to buy the maker of oat drinks",
      DG_LANG_EN },
    { "Das Unternehmen hat die Übernahme mit der Bank nicht bestätigt und "
      "will sich auf die Sache konzentrieren",
      DG_LANG_OTHER },
    { "Компания объявила о сделке", DG_LANG_OTHER },
    { "El grupo ha firmado un acuerdo con la empresa de Brest", DG_LANG_OTHER },
    { "El grup ha signat un acord amb l'empresa de Brest i les dues plantes "
      "de la comarca",
      DG_LANG_OTHER },
    { "Selskabet har indgået en aftale med de to fabrikker og vil købe en af "
      "dem, siger direktøren til avisen. Det er en god dag for byen, mener "
      "han, og de ansatte er enige.",
      DG_LANG_OTHER },
    { "Verdane", DG_LANG_NONE },
    { "", DG_LANG_NONE },
    { "Solvane acquired a majority stake in Microtec in 2010.", DG_LANG_EN },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    assert_int_equal(dg_language_of(dg_str(cases[i].text)), cases[i].lang);
  }
}

static void
few_words_tell_a_whole_text(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    DgLang lang;
  } cases[] = {
    { "Microsoft buys Foo for $3bn.", DG_LANG_EN },
    { "Solvane rachète Microtec pour 3 millions d'euros.", DG_LANG_FR },
    { "Solvane invests in Microtec", DG_LANG_EN },
    { "Solvane entre au capital de Microtec", DG_LANG_FR },
    { "Solvane übernimmt die Mehrheit von Microtec", DG_LANG_NONE },
    { "Titre A", DG_LANG_NONE }, /* French and English alike */
    { "Verdane", DG_LANG_NONE },
    { "", DG_LANG_NONE },
    { "one two three four five six seven eight nine ten eleven twelve thirteen "
      "fourteen fifteen sixteen seventeen eighteen nineteen twenty more words "
      "than any short text has in all for us",
      DG_LANG_NONE },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    assert_int_equal(dg_language_of_few(dg_str(cases[i].text)), cases[i].lang);
  }
}

/** The language that reading `text` as a file comes to. */
static void
assert_language(const char *text, DgLang forced, DgLang lang)
{
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  DgReadOptions options = plain_options();
  options.lang = forced;
  assert_int_equal(
      dg_input_read(dg_str(text), "x", &options, see, see_error, &seen, &diag),
      DG_OK);
  assert_int_equal(seen.n, 1);
  assert_int_equal(seen.lang, lang);
  seen_clear(&seen);
}

static void
what_is_said_of_the_language_comes_before_a_guess(void **state)
{
  (void)state;
  static const char record[] = "{\"title\": \"Foo buys Bar for $3bn.\"";
  static const char *const members[] = { "lang", "language" };
  char text[200];
  assert_language("Foo buys Bar for $3bn.", DG_LANG_NONE, DG_LANG_EN);
  assert_language("Foo buys Bar for $3bn.", DG_LANG_FR, DG_LANG_FR);
  (void)snprintf(text, sizeof text, "%s}\n", record);
  assert_language(text, DG_LANG_NONE, DG_LANG_EN);
  for (size_t i = 0; i < 2; ++i) {
    (void)snprintf(text, sizeof text, "%s, \"%s\": \"fr\"}\n", record,
                   members[i]);
    assert_language(text, DG_LANG_NONE, DG_LANG_FR);
    assert_language(text, DG_LANG_EN, DG_LANG_EN);
  }
}

/** Text of the only article in `bytes`, and its notice in `notice`. */
static void
assert_decodes(DgStr bytes, const char *text, const char *encoding,
               const char *notice)
{
  DgArena *const arena = dg_arena_new();
  DgDecoded decoded;
  assert_int_equal(dg_decode(bytes, DG_STR_NONE, arena, &decoded, NULL), DG_OK);
  assert_str(decoded.text, text);
  assert_str(decoded.encoding, encoding);
  assert_str(decoded.notice, notice);
  assert_true(decoded.n_map > 0);
  for (size_t i = 0; i < decoded.text.len; ++i) {
    assert_true(dg_map_source(decoded.map, decoded.n_map, i) < bytes.len);
  }
  dg_arena_free(arena);
}

static void
encodings_are_told(void **state)
{
  (void)state;
  assert_decodes(DG_STR("caf\xC3\xA9"), "café", "UTF-8", "");
  assert_decodes(DG_STR("\xEF\xBB\xBF"
                        "caf\xC3\xA9"),
                 "café", "UTF-8", "");
  assert_decodes(DG_STR("caf\xE9 \x80"), "café €", "windows-1252",
                 "not UTF-8: read as windows-1252");
  assert_decodes(DG_STR("\xFF\xFE"
                        "c\0\xE9\0"),
                 "cé", "UTF-16LE", "UTF-16LE: decoded");
  assert_decodes(DG_STR("\xFE\xFF\0c\xD8\x3D\xDE\x00"), "c😀", "UTF-16BE",
                 "UTF-16BE: decoded");
  assert_decodes(DG_STR("a\0r\0t\0i\0c\0l\0e\0"), "article", "UTF-16LE",
                 "UTF-16LE: decoded");
  assert_decodes(DG_STR("\0a\0r\0t\0i\0c\0l\0e"), "article", "UTF-16BE",
                 "UTF-16BE: decoded");
  assert_decodes(DG_STR("\xEE\x80\x80 a lev\xC3\xA9"), "\xEF\xBF\xBD a levé",
                 "UTF-8", "1 private-use characters replaced");
  assert_decodes(DG_STR("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xE9"),
                 "éééééé", "UTF-8",
                 "not UTF-8 throughout: 1 bytes read as windows-1252");
  assert_decodes(DG_STR("a\x01"
                        "b"),
                 "a b", "UTF-8", "");
}

static void
declared_encodings_are_used(void **state)
{
  (void)state;
  DgArena *const arena = dg_arena_new();
  DgDecoded decoded;
  assert_int_equal(dg_decode(DG_STR("c\xBDur"), DG_STR("iso-8859-15"), arena,
                             &decoded, NULL),
                   DG_OK);
  assert_str(decoded.text, "cœur");
  assert_int_equal(dg_decode(DG_STR("\x93\xFA\x96\x7B"), DG_STR("shift_jis"),
                             arena, &decoded, NULL),
                   DG_OK);
  assert_str(decoded.text, "日本");
  /* What is UTF-8 stays so, whatever a header says. */
  assert_int_equal(dg_decode(DG_STR("caf\xC3\xA9"), DG_STR("iso-8859-1"), arena,
                             &decoded, NULL),
                   DG_OK);
  assert_str(decoded.text, "café");
  dg_arena_free(arena);
}

static void
what_is_no_text_is_refused(void **state)
{
  (void)state;
  const DgReadOptions options = plain_options();
  assert_refuses(DG_STR(""), options, DG_BAD_INPUT, "empty");
  assert_refuses(DG_STR(" \n\t\n"), options, DG_BAD_INPUT, "empty");
  assert_refuses(DG_STR("\x7F"
                        "ELF\0\0\0\1\0\0\0\0\0\0\0"),
                 options, DG_BAD_INPUT, "not a text file");
  assert_refuses(DG_STR("Un titre\nUn texte\0 coupé par un octet nul, puis "
                        "d'autres mots qui suivent encore longtemps"),
                 options, DG_BAD_INPUT, "");
  DgReadOptions forced = options;
  forced.format = "papyrus";
  assert_refuses(DG_STR("text"), forced, DG_USAGE, "papyrus");
  DgReadOptions small = options;
  small.limits.article_bytes = 10;
  assert_refuses(DG_STR("0123456789abc"), small, DG_LIMIT, "limit of 10");
}

static void
an_article_without_date_says_so(void **state)
{
  (void)state;
  assert_reads(DG_STR("Titre seul"), "x", plain_options(),
               "id: x\ntitle: Titre seul\nlang: und\nencoding: UTF-8\n"
               "notice: no publication date found: relative dates stay open\n"
               "[title] Titre seul\n");
  DgReadOptions dated = plain_options();
  dated.published = (DgDate){ 2024, 2, 3, 0, DG_DATE_DAY };
  dated.lang = DG_LANG_FR;
  assert_reads(DG_STR("Titre seul"), "x", dated,
               "id: x\ntitle: Titre seul\npublished: 2024-02-03\nhow: option\n"
               "lang: fr\nencoding: UTF-8\n[title] Titre seul\n");
}

static void
a_section_above_the_title_is_furniture(void **state)
{
  (void)state;
  assert_reads(DG_STR("Économie\n\nVerdane s'allie à Solvix pour ses batteries "
                      "européennes\n\nMarie Le Goff\nPublié le 3 mars 2024\n"
                      "mis à jour le 4 mars 2024\n\n"
                      "Le groupe a signé un accord avec la société de Brest, "
                      "pour une durée de trois ans.\n- Un pari -\n- Rien.\n"),
               "x", plain_options(),
               "id: x\ntitle: Verdane s'allie à Solvix pour ses batteries "
               "européennes\nauthor: Marie Le Goff\npublished: 2024-03-03\n"
               "how: byline\nupdated: 2024-03-04\nlang: fr\nencoding: UTF-8\n"
               "[furniture] Économie\n"
               "[title] Verdane s'allie à Solvix pour ses batteries "
               "européennes\n[byline] Marie Le Goff\n"
               "[byline] Publié le 3 mars 2024\n"
               "[byline] mis à jour le 4 mars 2024\n"
               "[paragraph] Le groupe a signé un accord avec la société de "
               "Brest, pour une durée de trois ans.\n[heading] Un pari\n"
               "[list_item] Rien.\n");
}

static void
wrapped_lines_are_joined(void **state)
{
  (void)state;
  Seen seen = { .n = 0 };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(DG_STR("A title\n\nThe company said on Monday that it had "
                           "agreed to\nbuy the maker of oat drinks, which has "
                           "three plants in\nEngland and one in Wales.\n\nA "
                           "second paragraph that is also wrapped at about\n"
                           "fifty columns.\n"),
                    "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  assert_string_equal(seen.text.data,
                      "A title\n\nThe company said on Monday that it had "
                      "agreed to buy the maker of oat drinks, which has three "
                      "plants in England and one in Wales.\n\nA second "
                      "paragraph that is also wrapped at about fifty columns.");
  seen_clear(&seen);
}

/** Next pseudo-random number (xorshift). */
static uint32_t
next(uint32_t *seed)
{
  *seed ^= *seed << 13;
  *seed ^= *seed >> 17;
  *seed ^= *seed << 5;
  return *seed;
}

/** A page of random pieces: blanks, accents, furniture, bylines. */
static void
make_page(uint32_t *seed, DgBuf *out)
{
  static const char *const pieces[] = {
    "Le groupe ",
    "été",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "Lire aussi : rien\n",
    "3 mars 2024",
    "\xC2\xA0",
    "millions d'euros",
    ". ",
    "Par Luc Aubry\n",
    "€",
    "😀",
    "- ",
    "a signé un accord avec la société de Brest pour trois ans",
    "À lire aussi\n",
  };
  const size_t n = next(seed) % 60 + 1;
  for (size_t i = 0; i < n; ++i) {
    dg_buf_add(out,
               dg_str(pieces[next(seed) % (sizeof pieces / sizeof *pieces)]));
  }
}

static void
the_map_leads_back_to_the_source(void **state)
{
  (void)state;
  uint32_t seed = 20240228;
  const DgReadOptions options = plain_options();
  size_t read = 0;
  for (int i = 0; i < 3000; ++i) {
    DgBuf page = DG_BUF_INIT;
    if (i % 2) {
      dg_buf_add(&page, DG_STR("\xEF\xBB\xBF"));
    }
    make_page(&seed, &page);
    Seen seen = { .source = dg_buf_str(&page) };
    DgDiag diag = DG_DIAG_INIT;
    const DgStatus status = dg_input_read(dg_buf_str(&page), "x", &options, see,
                                          NULL, &seen, &diag);
    assert_true(status == DG_OK || status == DG_BAD_INPUT);
    assert_int_equal(seen.broken, 0);
    read += seen.n;
    dg_diag_clear(&diag);
    seen_clear(&seen);
    dg_buf_clear(&page);
  }
  assert_true(read > 2000);
}

/** Compares characters where the source is windows-1252. */
static DgStatus
check_1252(void *user, const DgDocument *document)
{
  const DgStr source = *(const DgStr *)user;
  for (size_t i = 0; i < document->text.len; ++i) {
    const unsigned char c = (unsigned char)document->text.ptr[i];
    const unsigned char from =
        (unsigned char)source.ptr[dg_document_source_at(document, i)];
    if (c == 0xC3) {
      assert_int_equal((unsigned char)document->text.ptr[i + 1] + 0x40, from);
    } else if (c < 0x80 && c != '\n') {
      assert_int_equal(c, from);
    }
  }
  for (size_t i = 0; i < document->n_blocks; ++i) {
    assert_true(document->blocks[i].source.end <= source.len);
    assert_true(document->blocks[i].source.begin <
                document->blocks[i].source.end);
  }
  return DG_OK;
}

static void
the_map_leads_through_encodings(void **state)
{
  (void)state;
  const DgReadOptions options = plain_options();
  DgStr source = DG_STR("Soci\xE9t\xE9 \xE0  Brest\n\nLe  groupe a  sign\xE9 "
                        "\xE0 l'\xE9t\xE9.\n");
  assert_int_equal(
      dg_input_read(source, "x", &options, check_1252, NULL, &source, NULL),
      DG_OK);
}

static void
write_file(const char *folder, const char *name, DgStr bytes)
{
  char path[256];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
  assert_int_equal(fclose(file), 0);
}

static void
remove_all(const char *folder)
{
  char command[300];
  (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
  assert_int_equal(system(command), 0);
}

static void
folders_are_read_in_order(void **state)
{
  (void)state;
  char folder[] = "/tmp/dg-input-XXXXXX";
  assert_non_null(mkdtemp(folder));
  char sub[64];
  (void)snprintf(sub, sizeof sub, "%s/b", folder);
  assert_int_equal(mkdir(sub, 0700), 0);
  write_file(folder, "c.txt", DG_STR("Titre C"));
  write_file(folder, "a.txt", DG_STR("Titre A"));
  write_file(folder, ".hidden", DG_STR("Titre caché"));
  write_file(sub, "x.txt", DG_STR("Titre X"));
  write_file(sub, "empty.txt", DG_STR(""));
  char loop[80];
  (void)snprintf(loop, sizeof loop, "%s/loop", sub);
  assert_int_equal(symlink(folder, loop), 0);

  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read_path(folder, &options, see, see_error, &seen, &diag),
      DG_OK);
  assert_int_equal(seen.n, 3);
  assert_memory_equal(seen.text.data, "Titre A\0Titre X\0Titre C\0", 24);
  assert_str(dg_buf_str(&seen.errors),
             "bad input: the file is empty; give it an article's text\n");
  seen_clear(&seen);

  /* Each is too long: the first failure is what the reading comes to. */
  seen = (Seen){ .n = 0 };
  options.limits.article_bytes = 3;
  assert_int_equal(
      dg_input_read_path(folder, &options, see, see_error, &seen, &diag),
      DG_LIMIT);
  seen_clear(&seen);
  dg_diag_clear(&diag);
  remove_all(folder);
}

static void
missing_and_empty_places_are_told(void **state)
{
  (void)state;
  char folder[] = "/tmp/dg-input-XXXXXX";
  assert_non_null(mkdtemp(folder));
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read_path(folder, &options, see, see_error, &seen, &diag),
      DG_NO_MATCH);
  assert_non_null(strstr(diag.message, "no articles in this directory"));
  assert_int_equal(dg_input_read_path("/nowhere/at/all.txt", &options, see,
                                      see_error, &seen, &diag),
                   DG_NOT_FOUND);
  assert_string_equal(diag.source, "/nowhere/at/all.txt");
  dg_diag_clear(&diag);
  remove_all(folder);
}

static void
the_sink_may_stop_the_reading(void **state)
{
  (void)state;
  Seen seen = { .reply = DG_CANCELLED };
  DgDiag diag = DG_DIAG_INIT;
  const DgReadOptions options = plain_options();
  assert_int_equal(dg_input_read(DG_STR("Titre"), "x", &options, see, see_error,
                                 &seen, &diag),
                   DG_CANCELLED);
  assert_int_equal(seen.errors.len, 0);
  dg_diag_clear(&diag);
  seen_clear(&seen);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_french_page_is_read),
    cmocka_unit_test(an_english_page_is_read),
    cmocka_unit_test(bylines_are_told_from_prose),
    cmocka_unit_test(agency_leads_give_date_and_agency),
    cmocka_unit_test(urls_hold_dates),
    cmocka_unit_test(furniture_is_told_by_wording),
    cmocka_unit_test(languages_are_told),
    cmocka_unit_test(few_words_tell_a_whole_text),
    cmocka_unit_test(what_is_said_of_the_language_comes_before_a_guess),
    cmocka_unit_test(encodings_are_told),
    cmocka_unit_test(declared_encodings_are_used),
    cmocka_unit_test(what_is_no_text_is_refused),
    cmocka_unit_test(an_article_without_date_says_so),
    cmocka_unit_test(a_section_above_the_title_is_furniture),
    cmocka_unit_test(wrapped_lines_are_joined),
    cmocka_unit_test(the_map_leads_back_to_the_source),
    cmocka_unit_test(the_map_leads_through_encodings),
    cmocka_unit_test(folders_are_read_in_order),
    cmocka_unit_test(missing_and_empty_places_are_told),
    cmocka_unit_test(the_sink_may_stop_the_reading),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
