/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test_input.h"

#include "input/html_meta.h"
#include "input/html_tree.h"

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">\n"
    "<title>Solvix rach&egrave;te Verdane | Le Courrier</title>\n"
    "<meta property=\"og:title\" content=\"Solvix rachète Verdane\">\n"
    "<meta property=\"og:site_name\" content=\"Le Courrier\">\n"
    "<link rel=\"canonical\" href=\"https://e.org/solvix\">\n"
    "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": "
    "\"NewsArticle\", \"headline\": \"Solvix rachète Verdane\", "
    "\"datePublished\": \"2024-02-28T07:00:00+01:00\", \"dateModified\": "
    "\"2024-02-29\", \"author\": [{\"@type\": \"Person\", \"name\": "
    "\"Luc Aubry\"}], \"isAccessibleForFree\": \"False\"}]}</script>\n"
    "</head><body><nav><ul><li><a href=\"/\">Accueil</a></li>"
    "<li><a href=\"/eco\">Économie</a></li></ul></nav>\n"
    "<div class=\"page\"><h1>Solvix rach&egrave;te Verdane</h1>\n"
    "<p class=\"standfirst\">Le groupe met la main sur le fabricant breton de "
    "batteries, après un an de discussions.</p>\n"
    "<div class=\"byline\">Publié le 28/02/2024 à 07:00</div>\n"
    "<div class=\"social-share\"><a href=\"#\">Partager</a></div>\n"
    "<article><p>Le groupe <b>Solvix</b> a annoncé mercredi le rachat de\n"
    "  Verdane pour 40&nbsp;millions d&#8217;euros, une somme rare dans le "
    "secteur.</p>\n"
    "<p>Lire aussi : <a href=\"/x\">La filière cherche son souffle</a></p>\n"
    "<h2>Un pari industriel</h2>\n"
    "<p>Les deux usines resteront ouvertes, a promis la direction, qui veut "
    "aussi embaucher.</p>\n"
    "<ul><li>Brest, pour les cellules et le montage</li>"
    "<li>Rennes, pour la recherche</li></ul>\n"
    "<blockquote>« C'est le début d'une longue histoire, et nous en sommes "
    "fiers », dit son patron.</blockquote>\n"
    "<table><tr><th>Année</th><th>Ventes</th></tr><tr><td>2023</td>"
    "<td>12</td></tr></table>"
    "<p>La clôture de l'opération est attendue au printemps, sous réserve de "
    "l'accord des autorités.</p></article>\n"
    "<aside><h3>À lire aussi</h3><p>Nordelec rachète un fournisseur de câbles "
    "pour une somme qui n'a pas été rendue publique.</p></aside>\n"
    "<div id=\"comments\"><p>Premier commentaire, qui est long et plein "
    "d'avis sur cette affaire et sur d'autres encore.</p></div>\n"
    "</div><footer><p>Tous droits réservés</p></footer></body></html>\n";

static void
a_page_is_read(void **state)
{
  (void)state;
  assert_reads(
      dg_str(page), "solvix.html", plain_options(),
      "id: solvix\nurl: https://e.org/solvix\ntitle: Solvix rachète Verdane\n"
      "author: Luc Aubry\npublisher: Le Courrier\npublished: 2024-02-28\n"
      "how: metadata\nupdated: 2024-02-29\nlang: fr\nencoding: UTF-8\n"
      "flag: paywalled\n"
      "[title] Solvix rachète Verdane\n"
      "[subtitle] Le groupe met la main sur le fabricant breton de batteries, "
      "après un an de discussions.\n"
      "[byline] Publié le 28/02/2024 à 07:00\n"
      "[furniture] Partager\n"
      "[paragraph] Le groupe Solvix a annoncé mercredi le rachat de Verdane "
      "pour 40\xC2\xA0millions d’euros, une somme rare dans le secteur.\n"
      "[furniture] Lire aussi : La filière cherche son souffle\n"
      "[heading] Un pari industriel\n"
      "[paragraph] Les deux usines resteront ouvertes, a promis la direction, "
      "qui veut aussi embaucher.\n"
      "[list_item] Brest, pour les cellules et le montage\n"
      "[list_item] Rennes, pour la recherche\n"
      "[quote] « C'est le début d'une longue histoire, et nous en sommes fiers "
      "», dit son patron.\n"
      "[table] Année | Ventes\n[table] 2023 | 12\n"
      "[paragraph] La clôture de l'opération est attendue au printemps, sous "
      "réserve de l'accord des autorités.\n");
}

/** A character of the text stands in the source, as itself or an entity. */
static DgStatus
check_source(void *user, const DgDocument *document)
{
  size_t *const checked = user;
  for (size_t i = 0; i < document->text.len; ++i) {
    const char c = document->text.ptr[i];
    const size_t at = dg_document_source_at(document, i);
    assert_true(at < sizeof page - 1);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) {
      assert_int_equal(page[at], c);
      ++*checked;
    }
  }
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    assert_true(block->source.begin < block->source.end);
    assert_int_equal(page[block->source.begin], block->content.ptr[0]);
  }
  return DG_OK;
}

static void
the_map_leads_through_markup(void **state)
{
  (void)state;
  size_t checked = 0;
  const DgReadOptions options = plain_options();
  assert_int_equal(dg_input_read(dg_str(page), "x", &options, check_source,
                                 NULL, &checked, NULL),
                   DG_OK);
  assert_true(checked > 300);
}

static void
the_encoding_may_stand_in_a_meta(void **state)
{
  (void)state;
  assert_reads(
      DG_STR("<html><head><meta http-equiv=\"Content-Type\" "
             "content=\"text/html; charset=iso-8859-15\"></head><body>"
             "<h1>Prix : 3 \xA4</h1><p>Le groupe a sign\xE9 un accord avec la "
             "soci\xE9t\xE9 de Brest.</p></body></html>"),
      "x", plain_options(),
      "id: x\ntitle: Prix : 3 €\nlang: fr\nencoding: iso-8859-15\n"
      "notice: no publication date found: relative dates stay open\n"
      "[title] Prix : 3 €\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n");
}

static void
markup_may_be_broken(void **state)
{
  (void)state;
  assert_reads(
      DG_STR("<html><body><h1>Un titre <b>gras</h1><div><p>Le groupe a "
             "sign&eacute; un accord avec la soci\xC3\xA9t\xC3\xA9 de <i>Brest."
             "<p>Il paiera 3 &lt; 4 millions, dit-on <a href='x>dans la "
             "ville.'>ici</a>. <unknown>Et voil\xC3\xA0</div></p></td>"),
      "x", plain_options(),
      "id: x\ntitle: Un titre gras\nlang: fr\nencoding: UTF-8\n"
      "notice: no publication date found: relative dates stay open\n"
      "[title] Un titre gras\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n"
      "[paragraph] Il paiera 3 < 4 millions, dit-on ici. Et voilà\n");
}

static void
text_that_only_a_script_shows_is_read(void **state)
{
  (void)state;
  DgBuf html = DG_BUF_INIT;
  dg_buf_add(&html, DG_STR("<html><head><title>Solvix rachète Verdane</title>"
                           "<script type=\"application/ld+json\">{\"@type\": "
                           "\"Article\", \"articleBody\": \""));
  for (int i = 0; i < 8; ++i) {
    dg_buf_add(&html, DG_STR("Le groupe a signé un accord avec la société de "
                             "Brest.\\n"));
  }
  dg_buf_add(&html, DG_STR("\"}</script></head><body><div id=\"app\"></div>"
                           "</body></html>"));
  Seen seen = { .n = 0 };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(dg_buf_str(&html), "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  assert_non_null(strstr(seen.text.data, "Brest.\n\nLe groupe"));
  seen_clear(&seen);
  dg_buf_clear(&html);
}

/** The date that a page with this head and body gives, and how. */
static void
assert_date(const char *head, const char *body, const char *date,
            const char *how)
{
  DgBuf html = DG_BUF_INIT;
  dg_buf_printf(&html,
                "<html lang=\"fr\"><head>%s</head><body><h1>Solvix rachète "
                "Verdane</h1>%s<p>Le groupe a signé un accord avec la société "
                "de Brest, pour trois ans.</p></body></html>",
                head, body);
  Seen seen = { .n = 0 };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(dg_buf_str(&html), "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  DgBuf expected = DG_BUF_INIT;
  dg_buf_printf(&expected, "published: %s\nhow: %s\n", date, how);
  if (!strstr(seen.shown.data, expected.data)) {
    fail_msg("%s%s gave %s", head, body, seen.shown.data);
  }
  dg_buf_clear(&expected);
  seen_clear(&seen);
  dg_buf_clear(&html);
}

static void
dates_are_found(void **state)
{
  (void)state;
  assert_date("<meta property=\"article:published_time\" "
              "content=\"2024-02-28T10:00:00Z\">",
              "", "2024-02-28", "metadata");
  assert_date("<meta name=\"DC.date.issued\" content=\"28/02/2024\">", "",
              "2024-02-28", "metadata");
  assert_date("", "<time datetime=\"2024-02-28T10:00\">hier</time>",
              "2024-02-28", "metadata");
  assert_date("", "<span itemprop=\"datePublished\">28 février 2024</span>",
              "2024-02-28", "metadata");
  assert_date("", "<div>Par Luc Aubry, le 28 février 2024</div>", "2024-02-28",
              "byline");
  assert_date("<link rel=\"canonical\" href=\"https://e.org/2024/02/28/a\">",
              "", "2024-02-28", "url");
  assert_date("<script type=\"application/ld+json\">{\"@type\": \"Article\", "
              "\"x\": \"broken, \"datePublished\": \"2024-02-28\"}</script>",
              "", "2024-02-28", "metadata");
  /* A stamp in UTC yields to the date that the paper printed. */
  assert_date("<meta property=\"article:published_time\" "
              "content=\"2024-02-29T03:00:00Z\">",
              "<div>Publié le 28 février 2024</div>", "2024-02-28", "metadata");
  assert_date("<meta property=\"article:published_time\" "
              "content=\"2024-02-28T03:00:00Z\">",
              "<div>Mis à jour le 2 mars 2024</div>", "2024-02-28", "metadata");
}

/** A long paragraph comes from the parser in several runs. */
static void
long_runs_keep_their_place(void **state)
{
  (void)state;
  DgBuf html = DG_BUF_INIT;
  dg_buf_add(&html, DG_STR("<html><head><title>Un titre de la page</title>"
                           "</head><body><div><p>"));
  for (int i = 0; i < 2000; ++i) {
    dg_buf_printf(&html, "mot%d é€😀 ", i);
  }
  dg_buf_add(&html, DG_STR("</p></div></body></html>"));
  Seen seen = { .source = dg_buf_str(&html) };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(dg_buf_str(&html), "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  assert_non_null(strstr(seen.text.data, "mot1999 é€😀"));
  assert_int_equal(seen.broken, 0);
  seen_clear(&seen);
  dg_buf_clear(&html);
}

static void
a_page_without_text_is_refused(void **state)
{
  (void)state;
  assert_refuses(
      DG_STR("<html><body><script>var x = 1;</script></body></html>"),
      plain_options(), DG_BAD_INPUT, "no article's text");
}

static void
nesting_is_bounded(void **state)
{
  (void)state;
  DgBuf html = DG_BUF_INIT;
  dg_buf_add(&html, DG_STR("<html><body><h1>Un titre</h1>"));
  for (int i = 0; i < 10000; ++i) {
    dg_buf_add(&html, DG_STR("<div>"));
  }
  dg_buf_add(&html,
             DG_STR("<p>Le groupe a signé un accord avec la société de "
                    "Brest, qui fabrique des batteries, pour trois ans."));
  DgArena *const arena = dg_arena_new();
  DgDecoded decoded;
  DgHtmlTree tree;
  assert_int_equal(
      dg_decode(dg_buf_str(&html), DG_STR_NONE, arena, &decoded, NULL), DG_OK);
  assert_int_equal(dg_html_parse(&decoded, arena, &tree), DG_OK);
  for (size_t i = 1; i < tree.nodes.n; ++i) {
    const DgHtmlNode *const node = &tree.nodes.items[i];
    const DgHtmlNode *const parent = &tree.nodes.items[node->parent];
    assert_true(node->depth <= 201);
    assert_true(node->parent < i && node->end > i && node->end <= parent->end);
  }
  dg_arena_free(arena);
  Seen seen = { .n = 0 };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(dg_buf_str(&html), "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  assert_non_null(strstr(seen.text.data, "trois ans."));
  seen_clear(&seen);
  dg_buf_clear(&html);
}

static void
json_ld_may_be_anything(void **state)
{
  (void)state;
  static const char *const blocks[] = {
    "",
    "[]",
    "[[[[[[[[[[[[{\"@type\": \"Article\"}]]]]]]]]]]]]",
    "{\"@type\": [\"Thing\", 3, \"NewsArticle\"], \"author\": [null, 3, "
    "\"Luc Aubry\", {\"name\": {}}], \"publisher\": \"Le Courrier\", "
    "\"headline\": [\"x\"], \"datePublished\": 2024}",
  };
  DgArena *const arena = dg_arena_new();
  DgHtmlMeta meta = { 0 };
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; ++i) {
    assert_int_equal(dg_html_read_json_ld(dg_str(blocks[i]), arena, &meta),
                     DG_OK);
  }
  assert_int_equal(meta.n_authors, 1);
  assert_str(meta.authors[0], "Luc Aubry");
  assert_str(meta.publisher, "Le Courrier");
  dg_arena_free(arena);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_page_is_read),
    cmocka_unit_test(the_map_leads_through_markup),
    cmocka_unit_test(the_encoding_may_stand_in_a_meta),
    cmocka_unit_test(markup_may_be_broken),
    cmocka_unit_test(text_that_only_a_script_shows_is_read),
    cmocka_unit_test(dates_are_found),
    cmocka_unit_test(long_runs_keep_their_place),
    cmocka_unit_test(a_page_without_text_is_refused),
    cmocka_unit_test(nesting_is_bounded),
    cmocka_unit_test(json_ld_may_be_anything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
