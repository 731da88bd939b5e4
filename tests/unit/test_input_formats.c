/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test_input.h"

#include "input/article_json.h"
#include "input/fingerprint.h"
#include "input/headers.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
the_first_that_claims_reads(DgStr bytes, const char *name, const char *shown)
{
  assert_reads(bytes, name, plain_options(), shown);
}

static void
json_of_any_framing_is_read(void **state)
{
  (void)state;
  static const char lines[] =
      "{\"id\": \"a\", \"title\": \"Un\", \"text\": \"Le corps.\", "
      "\"date\": \"2024-02-03\"}\n"
      "{\"id\": \"b\", \"title\": \"Deux\", \"text\": \"Rien.\", "
      "\"date\": \"2024-02-04\"}\n";
  static const char shown[] = "id: a\ntitle: Un\npublished: 2024-02-03\n"
                              "how: metadata\nlang: fr\nencoding: UTF-8\n"
                              "[title] Un\n[paragraph] Le corps.\n"
                              "id: b\ntitle: Deux\npublished: 2024-02-04\n"
                              "how: metadata\nlang: und\nencoding: UTF-8\n"
                              "[title] Deux\n[paragraph] Rien.\n";
  the_first_that_claims_reads(dg_str(lines), "x.ndjson", shown);
  DgBuf array = DG_BUF_INIT;
  dg_buf_printf(&array, "[%.*s,%s]", (int)strcspn(lines, "\n"), lines,
                strchr(lines, '\n') + 1);
  the_first_that_claims_reads(dg_buf_str(&array), "x", shown);
  dg_buf_reset(&array);
  dg_buf_printf(&array, "{\"status\": \"ok\", \"articles\": [%.*s,%s]}",
                (int)strcspn(lines, "\n"), lines, strchr(lines, '\n') + 1);
  the_first_that_claims_reads(dg_buf_str(&array), "x", shown);
  dg_buf_clear(&array);
}

static void
field_names_of_crawlers_are_known(void **state)
{
  (void)state;
  /* news-please */
  the_first_that_claims_reads(
      DG_STR("{\"maintext\": \"Le corps.\", \"title\": \"Un\", "
             "\"authors\": [\"Par Luc Aubry\", \"By\", \"Jane Roe\"], "
             "\"date_publish\": \"2024-02-03 10:00:00\", "
             "\"date_modify\": \"2024-02-05 10:00:00\", "
             "\"source_domain\": \"e.org\", \"language\": \"fr\", "
             "\"description\": \"Autre chose\", \"url\": \"https://e.org/a\"}"),
      "x",
      "id: x#1\nurl: https://e.org/a\ntitle: Un\nauthor: Luc Aubry, Jane Roe\n"
      "publisher: e.org\npublished: 2024-02-03\nhow: metadata\n"
      "updated: 2024-02-05\nlang: fr\nencoding: UTF-8\n"
      "[title] Un\n[paragraph] Le corps.\n");
  /* trafilatura */
  the_first_that_claims_reads(
      DG_STR("{\"title\": \"Un\", \"author\": \"Luc Aubry; Jane Roe\", "
             "\"hostname\": \"e.org\", \"date\": \"2024-02-03\", "
             "\"raw_text\": \"brut\", \"text\": \"Le corps.\", "
             "\"sitename\": \"Le Courrier\", \"source\": \"https://e.org/a\"}"),
      "x",
      "id: x#1\ntitle: Un\nauthor: Luc Aubry, Jane Roe\n"
      "publisher: Le Courrier\npublished: 2024-02-03\nhow: metadata\n"
      "lang: fr\nencoding: UTF-8\n[title] Un\n[paragraph] Le corps.\n");
  /* GDELT's DOC API gives titles only. */
  the_first_that_claims_reads(
      DG_STR("{\"articles\": [{\"url\": \"https://e.org/a\", "
             "\"title\": \"Un\", \"seendate\": \"20240203T101500Z\", "
             "\"domain\": \"e.org\", \"language\": \"French\"}]}"),
      "x",
      "id: x#1\nurl: https://e.org/a\ntitle: Un\npublisher: e.org\n"
      "published: 2024-02-03\nhow: metadata\nlang: und\nencoding: UTF-8\n"
      "[title] Un\n");
}

static void
a_mapping_names_fields(void **state)
{
  (void)state;
  DgReadOptions options = plain_options();
  options.mapping = "# ours\ntext = corps, contenu\ntitle = titre\n"
                    "published = jour\n";
  assert_reads(DG_STR("{\"titre\": \"Un\", \"contenu\": \"Second choix.\", "
                      "\"corps\": \"Le corps.\", \"jour\": \"3 mars 2024\"}"),
               "x", options,
               "id: x#1\ntitle: Un\npublished: 2024-03-03\nhow: metadata\n"
               "lang: fr\nencoding: UTF-8\n[title] Un\n"
               "[paragraph] Le corps.\n");
}

/** Articles and errors that an input gives. */
static void
assert_outcome(DgStr bytes, DgStatus status, size_t articles,
               const char *errors)
{
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  DgReadOptions options = plain_options();
  options.limits.article_bytes = 4096;
  const DgStatus got =
      dg_input_read(bytes, "x", &options, see, see_error, &seen, &diag);
  if (got != status) {
    fail_msg("%s: %s", dg_status_text(got), diag.message ? diag.message : "");
  }
  assert_int_equal(seen.n, articles);
  assert_str(dg_buf_str(&seen.errors), errors);
  assert_true(got == DG_OK || diag.message);
  dg_diag_clear(&diag);
  seen_clear(&seen);
}

static void
one_bad_record_stops_no_other(void **state)
{
  (void)state;
  assert_outcome(DG_STR("{\"title\": \"a\"}\n{\"title\" \"b\"}\n"
                        "{\"n\": 1}\n{\"title\": \"c\"}\n{\"title\": \"d"),
                 DG_OK, 2,
                 "bad input: record 2 is not JSON: ':' expected near '\"b\"', "
                 "line 1\n"
                 "bad input: record 3 has no field that holds a text or "
                 "title; name yours in a mapping file\n"
                 "bad input: the JSON ends inside a value\n");
  assert_outcome(DG_STR("{\"title\": \"d"), DG_BAD_INPUT, 0,
                 "bad input: the JSON ends inside a value\n");
  /* Nobody need want to know why. */
  const DgReadOptions options = plain_options();
  assert_int_equal(dg_input_read(DG_STR("{\"title\": \"d"), "x", &options, see,
                                 NULL, NULL, NULL),
                   DG_BAD_INPUT);
}

static void
odd_json_is_repaired(void **state)
{
  (void)state;
  assert_outcome(DG_STR("{\"title\": \"a \\ud800 b\", \"n\": 1e9999, "
                        "\"m\": 123456789012345678901234567890}"),
                 DG_OK, 1, "");
  assert_outcome(DG_STR("{\"title\": \"a\\u0000b\", \"n\": NaN}"), DG_OK, 1,
                 "");
  assert_outcome(DG_STR("{\"title\": \"caf\xE9\"}"), DG_OK, 1, "");
  assert_outcome(DG_STR("{\"title\": \"a\nb\"}"), DG_OK, 1, "");
}

static void
forged_mentions_are_replaced_everywhere(void **state)
{
  (void)state;
  static const char *const inputs[] = {
    "{\"title\": \"a \\ue000 b\"}",
    "<html><head><title>x</title></head><body><h1>a &#xE000; b</h1>"
    "<p>Some words of text, for a page must have some.</p></body></html>",
    "<rss><channel><item><title>a &#xE000; b</title></item></channel></rss>",
    "From: x <x@e.org>\nSubject: =?utf-8?B?YSDugIAgYg==?=\n"
    "Date: Mon, 4 Mar 2024 10:00:00 +0100\n\nText of the message.\n",
    "title,text\na \xEE\x80\x80 b,c\n",
  };
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; ++i) {
    Seen seen = { .n = 0 };
    const DgReadOptions options = plain_options();
    assert_int_equal(
        dg_input_read(dg_str(inputs[i]), "x", &options, see, NULL, &seen, NULL),
        DG_OK);
    if (!strstr(seen.text.data, "a \xEF\xBF\xBD b")) {
      fail_msg("%zu: %s", i, seen.shown.data);
    }
    seen_clear(&seen);
  }
}

static void
records_that_are_too_long_are_skipped(void **state)
{
  (void)state;
  DgBuf lines = DG_BUF_INIT;
  dg_buf_add(&lines, DG_STR("{\"title\": \"a\"}\n{\"title\": \""));
  for (size_t i = 0; i < 10000; ++i) {
    dg_buf_add_char(&lines, 'x');
  }
  dg_buf_add(&lines, DG_STR("\"}\n{\"title\": \"b\"}\n"));
  assert_outcome(dg_buf_str(&lines), DG_OK, 2,
                 "limit reached: a record longer than the limit of 4096 "
                 "bytes\n");
  dg_buf_clear(&lines);
}

static void
tables_are_read(void **state)
{
  (void)state;
  static const char shown[] =
      "id: 7\ntitle: Un \"titre\"\npublished: 2024-02-03\nhow: metadata\n"
      "lang: fr\nencoding: UTF-8\n[title] Un \"titre\"\n"
      "[paragraph] Le corps, long.\n[paragraph] Et la suite.\n";
  the_first_that_claims_reads(
      DG_STR("id;title;text;date\n"
             "7;\"Un \"\"titre\"\"\";\"Le corps, long.\nEt la suite.\";"
             "2024-02-03\n"),
      "x", shown);
  the_first_that_claims_reads(
      DG_STR("\xEF\xBB\xBFid,date,title,text\r\n"
             "7,2024-02-03,\"Un \"\"titre\"\"\",\"Le corps, long.\nEt la "
             "suite.\"\r\n"),
      "x", shown);
  assert_outcome(DG_STR("title,text\na,b\n\n,\nc,\n"), DG_OK, 2,
                 "bad input: record 2 has no field that holds a text or "
                 "title; name yours in a mapping file\n");
}

static void
records_may_be_in_utf_16(void **state)
{
  (void)state;
  static const char row[] = "title\ttext\nUn\tLe corps.\n";
  DgBuf wide = DG_BUF_INIT;
  dg_buf_add(&wide, DG_STR("\xFF\xFE"));
  for (size_t i = 0; row[i]; ++i) {
    dg_buf_add_char(&wide, row[i]);
    dg_buf_add_char(&wide, '\0');
  }
  the_first_that_claims_reads(
      dg_buf_str(&wide), "x",
      "id: x#1\ntitle: Un\nlang: fr\nencoding: UTF-8\n"
      "notice: no publication date found: relative dates stay open\n"
      "[title] Un\n[paragraph] Le corps.\n");
  dg_buf_clear(&wide);
}

/** A stand-in for pdftotext that writes `text`, first in PATH. */
static void
with_pdftotext(const char *script, const char *folder)
{
  char path[128];
  (void)snprintf(path, sizeof path, "%s/pdftotext", folder);
  FILE *const file = fopen(path, "w");
  assert_non_null(file);
  (void)fputs(script, file);
  assert_int_equal(fclose(file), 0);
  assert_int_equal(chmod(path, 0700), 0);
}

static void
pdf_is_read_by_a_program(void **state)
{
  (void)state;
  char folder[] = "/tmp/dg-input-XXXXXX";
  char *const old = strdup(getenv("PATH") ? getenv("PATH") : "/bin");
  assert_non_null(mkdtemp(folder));
  assert_int_equal(setenv("PATH", folder, 1), 0);
  const DgStr pdf = DG_STR("%PDF-1.4\n\0\1");
  assert_refuses(pdf, plain_options(), DG_UNSUPPORTED, "poppler-utils");
  with_pdftotext("#!/bin/sh\nread -r head\nprintf '%s\\n\\nLe corps.\\n' "
                 "\"Titre $head\"\n",
                 folder);
  the_first_that_claims_reads(
      pdf, "x",
      "id: x\ntitle: Titre %PDF-1.4\nlang: fr\nencoding: UTF-8\n"
      "notice: no publication date found: relative dates stay open\n"
      "[title] Titre %PDF-1.4\n[paragraph] Le corps.\n");
  with_pdftotext("#!/bin/sh\nexit 1\n", folder);
  assert_refuses(pdf, plain_options(), DG_BAD_INPUT, "cannot read this PDF");
  assert_int_equal(setenv("PATH", old, 1), 0);
  free(old);
  char path[128];
  (void)snprintf(path, sizeof path, "%s/pdftotext", folder);
  (void)unlink(path);
  (void)rmdir(folder);
}

static void
feeds_are_read(void **state)
{
  (void)state;
  the_first_that_claims_reads(
      DG_STR("<?xml version=\"1.0\"?>\n<rss version=\"2.0\" "
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>"
             "<title>Fil</title><item><title>Solvix &amp; Verdane</title>"
             "<link>https://e.org/a</link><guid>g1</guid>"
             "<pubDate>Mon, 04 Mar 2024 18:05:00 +0100</pubDate>"
             "<dc:creator>Luc Aubry</dc:creator><description><![CDATA["
             "<p>Le groupe a signé un accord avec la société de Brest.</p>]]>"
             "</description></item></channel></rss>"),
      "x",
      "id: g1\nurl: https://e.org/a\ntitle: Solvix & Verdane\n"
      "author: Luc Aubry\npublished: 2024-03-04\nhow: metadata\nlang: fr\n"
      "encoding: UTF-8\n[title] Solvix & Verdane\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n");
  the_first_that_claims_reads(
      DG_STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">"
             "<entry xml:lang=\"en\"><id>e1</id><title>Harrow buys Oatwell"
             "</title><link rel=\"self\" href=\"https://e.org/self\"/>"
             "<link href=\"https://e.org/a\"/>"
             "<published>2024-03-04T18:05:00Z</published>"
             "<updated>2024-03-05T18:05:00Z</updated>"
             "<author><name>Jane Roe</name></author>"
             "<content type=\"xhtml\"><div><p>Harrow said it had agreed to "
             "buy the maker of oat drinks.</p></div></content></entry></feed>"),
      "x",
      "id: e1\nurl: https://e.org/a\ntitle: Harrow buys Oatwell\n"
      "author: Jane Roe\npublished: 2024-03-04\nhow: metadata\n"
      "updated: 2024-03-05\nlang: en\nencoding: UTF-8\n"
      "[title] Harrow buys Oatwell\n"
      "[paragraph] Harrow said it had agreed to buy the maker of oat drinks."
      "\n");
}

static void
wires_are_read(void **state)
{
  (void)state;
  the_first_that_claims_reads(
      DG_STR("<nitf><head><docdata><doc-id id-string=\"w1\"/><date.issue "
             "norm=\"20240304T180500Z\"/></docdata></head><body><body.head>"
             "<hedline><hl1>Solvix rachète Verdane</hl1></hedline>"
             "<byline><person>Luc Aubry</person></byline></body.head>"
             "<body.content><p>PARIS (AFP) - Le groupe a signé un accord avec "
             "la société de Brest.</p></body.content></body></nitf>"),
      "x",
      "id: w1\ntitle: Solvix rachète Verdane\nauthor: Luc Aubry\nagency: AFP\n"
      "published: 2024-03-04\nhow: metadata\nlang: fr\nencoding: UTF-8\n"
      "flag: agency\n[title] Solvix rachète Verdane\n"
      "[paragraph] PARIS (AFP) - Le groupe a signé un accord avec la société "
      "de Brest.\n");
  the_first_that_claims_reads(
      DG_STR("<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">"
             "<itemSet><newsItem guid=\"w2\" xml:lang=\"fr\"><itemMeta>"
             "<versionCreated>2024-03-04T18:05:00Z</versionCreated></itemMeta>"
             "<contentMeta><headline>Solvix rachète Verdane</headline>"
             "<by>Luc Aubry</by></contentMeta><contentSet><inlineXML>"
             "<html><body><p>Le groupe a signé un accord avec la société de "
             "Brest.</p></body></html></inlineXML></contentSet></newsItem>"
             "</itemSet></newsMessage>"),
      "x",
      "id: w2\ntitle: Solvix rachète Verdane\nauthor: Luc Aubry\n"
      "published: 2024-03-04\nhow: metadata\nlang: fr\nencoding: UTF-8\n"
      "[title] Solvix rachète Verdane\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n");
}

static void
entities_are_never_expanded(void **state)
{
  (void)state;
  DgBuf bomb = DG_BUF_INIT;
  dg_buf_add(&bomb, DG_STR("<!DOCTYPE rss [<!ENTITY a0 \"ha\">"));
  for (int i = 1; i < 30; ++i) {
    dg_buf_printf(&bomb, "<!ENTITY a%d \"&a%d;&a%d;&a%d;\">", i, i - 1, i - 1,
                  i - 1);
  }
  dg_buf_add(&bomb, DG_STR("<!ENTITY file SYSTEM \"file:///etc/passwd\">]>"
                           "<rss><channel><item><title>Titre &a29;&file;"
                           "</title><link>https://e.org/&a29;</link></item>"
                           "</channel></rss>"));
  the_first_that_claims_reads(
      dg_buf_str(&bomb), "x",
      "id: x#1\nurl: https://e.org/\ntitle: Titre\nlang: und\n"
      "encoding: UTF-8\n"
      "notice: no publication date found: relative dates stay open\n"
      "[title] Titre\n");
  dg_buf_clear(&bomb);
}

static void
broken_xml_stops_no_other(void **state)
{
  (void)state;
  assert_outcome(DG_STR("<rss><channel><item><title>a</title></item>"
                        "<item><title>b</oops></item><item>&</item>"
                        "<item><title>d</title><x:y>&nbsp;</z></item>"),
                 DG_OK, 3,
                 "bad input: record 3 has no field that holds a text or "
                 "title; name yours in a mapping file\n");
  DgBuf feed = DG_BUF_INIT;
  dg_buf_add(&feed, DG_STR("<rss><item><title>a</title></item><item><title>"));
  for (int i = 0; i < 100000; ++i) {
    dg_buf_add_char(&feed, 'x');
  }
  dg_buf_add(&feed, DG_STR("</title></item><item><title>c</title></item>"));
  assert_outcome(dg_buf_str(&feed), DG_OK, 2,
                 "limit reached: an article longer than the limit of 4096 "
                 "bytes\n");
  dg_buf_clear(&feed);
}

static void
mail_is_read(void **state)
{
  (void)state;
  the_first_that_claims_reads(
      DG_STR("From a@e.org Mon Mar  4 18:05:00 2024\n"
             "From: \"Luc Aubry\" <luc@e.org>\n"
             "Subject: =?utf-8?Q?Solvix_rach=C3=A8te?=\n"
             " =?iso-8859-1?Q?_Verdane?=\n"
             "Date: Mon, 4 Mar 2024 18:05:00 +0100\n"
             "Content-Type: multipart/alternative; boundary=\"xx\"\n\n"
             "--xx\nContent-Type: text/plain; charset=iso-8859-1\n"
             "Content-Transfer-Encoding: quoted-printable\n\n"
             "Le groupe a sign=E9 un accord avec la soci=\n=E9t=E9 de Brest.\n"
             "--xx--\n\n"
             "From b@e.org Mon Mar  4 18:05:00 2024\n"
             "From: jane@e.org\nSubject: Second\n"
             "Date: Tue, 5 Mar 2024 18:05:00 +0100\n"
             "Content-Transfer-Encoding: base64\n\nVGV4dC4=\n"),
      "x",
      "id: x#1\ntitle: Solvix rachète Verdane\nauthor: Luc Aubry\n"
      "published: 2024-03-04\nhow: metadata\nlang: fr\nencoding: UTF-8\n"
      "[title] Solvix rachète Verdane\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n"
      "id: x#2\ntitle: Second\npublished: 2024-03-05\nhow: metadata\n"
      "lang: und\nencoding: UTF-8\n[title] Second\n[paragraph] Text.\n");
}

static void
markdown_is_read(void **state)
{
  (void)state;
  static const char page[] =
      "---\ntitle: \"Solvix rachète Verdane\"\nauthor: Luc Aubry\n"
      "date: 2024-03-02\nurl: https://e.org/a\n---\n\n"
      "Le groupe **Solvix** a signé un [accord](https://e.org) avec\n"
      "la société de _Brest_, 2 * 3 ans.\n\n## Un pari\n\n"
      "- Premier point\n- Second point\n\n> Une citation du patron_de_tout.\n";
  the_first_that_claims_reads(
      dg_str(page), "x",
      "id: x\nurl: https://e.org/a\ntitle: Solvix rachète Verdane\n"
      "author: Luc Aubry\npublished: 2024-03-02\nhow: metadata\nlang: fr\n"
      "encoding: UTF-8\n[title] Solvix rachète Verdane\n"
      "[paragraph] Le groupe Solvix a signé un accord avec la société de "
      "Brest, 2 * 3 ans.\n[heading] Un pari\n[list_item] Premier point\n"
      "[list_item] Second point\n"
      "[paragraph] Une citation du patron_de_tout.\n");
  Seen seen = { .source = dg_str(page) };
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(dg_str(page), "x", &options, see, NULL, &seen, NULL),
      DG_OK);
  assert_int_equal(seen.broken, 0);
  seen_clear(&seen);
}

static const char warc_page[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
    "<html><body><h1>Solvix rach\xE8te Verdane</h1><p>Le groupe a sign\xE9 un "
    "accord avec la soci\xE9t\xE9 de Brest.</p></body></html>";

static void
add_warc(DgBuf *out, const char *type, const char *block, size_t length)
{
  dg_buf_printf(out,
                "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: "
                "https://e.org/2024/03/02/a\r\nContent-Length: %zu\r\n\r\n",
                type, length);
  dg_buf_add(out, dg_str(block));
  dg_buf_add(out, DG_STR("\r\n\r\n"));
}

static void
web_archives_are_read(void **state)
{
  (void)state;
  DgBuf warc = DG_BUF_INIT;
  add_warc(&warc, "warcinfo", "x: y\r\n", 6);
  add_warc(&warc, "response", warc_page, sizeof warc_page - 1);
  the_first_that_claims_reads(
      dg_buf_str(&warc), "x",
      "id: x#2\nurl: https://e.org/2024/03/02/a\n"
      "title: Solvix rachète Verdane\npublished: 2024-03-02\nhow: url\n"
      "lang: fr\nencoding: windows-1252\n[title] Solvix rachète Verdane\n"
      "[paragraph] Le groupe a signé un accord avec la société de Brest.\n");
  /* Lengths that lie: too long for the limit, then longer than the file. */
  add_warc(&warc, "response", warc_page, 999999999);
  assert_outcome(dg_buf_str(&warc), DG_OK, 1,
                 "limit reached: WARC record 3 is longer than the limit of "
                 "4096 bytes\n");
  dg_buf_reset(&warc);
  add_warc(&warc, "response", warc_page, 1000);
  assert_outcome(dg_buf_str(&warc), DG_BAD_INPUT, 0,
                 "bad input: WARC record 1 ends after 185 of 1000 bytes\n");
  /* Too short a length: what follows begins no record. */
  dg_buf_reset(&warc);
  add_warc(&warc, "response", warc_page, 150);
  add_warc(&warc, "response", warc_page, sizeof warc_page - 1);
  assert_outcome(dg_buf_str(&warc), DG_OK, 1,
                 "bad input: WARC record 2 does not begin as one\n");
  dg_buf_clear(&warc);
}

static void
http_codings_are_undone(void **state)
{
  (void)state;
  DgArena *const arena = dg_arena_new();
  DgStr body;
  assert_int_equal(dg_http_body(DG_STR("Transfer-Encoding: chunked\r\n"),
                                DG_STR("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"),
                                100, arena, &body, NULL),
                   DG_OK);
  assert_str(body, "abcde");
  assert_int_equal(dg_http_body(DG_STR("Transfer-Encoding: chunked\r\n"),
                                DG_STR("FFFFFFFFFFFFFFFF\r\nabc"), 100, arena,
                                &body, NULL),
                   DG_OK);
  assert_str(body, "abc");
  assert_int_equal(dg_http_body(DG_STR("Content-Encoding: br\r\n"),
                                DG_STR("\x0B\x02"), 100, arena, &body, NULL),
                   DG_UNSUPPORTED);
  dg_arena_free(arena);
}

static void
articles_are_written_as_json(void **state)
{
  (void)state;
  const DgBlock blocks[] = {
    { .kind = DG_BLOCK_TITLE,
      .content = DG_STR("Été"),
      .text = { 0, 5 },
      .source = { 3, 8 },
      .lang = DG_LANG_FR },
    { .kind = DG_BLOCK_BYLINE, .content = DG_STR("Par \"X\"") },
    { .kind = DG_BLOCK_PARAGRAPH, .content = DG_STR("né"), .text = { 7, 10 } },
  };
  DgBlock copies[3];
  memcpy(copies, blocks, sizeof copies);
  const DgDocument document = {
    .id = DG_STR("a"),
    .title = DG_STR("Été"),
    .author = DG_STR("Luc Aubry, Jane Roe"),
    .lang = DG_LANG_FR,
    .published = { 2024, 2, 28, 0, DG_DATE_DAY },
    .published_how = DG_PUBLISHED_BYLINE,
    .flags = DG_FLAG_AGENCY | DG_FLAG_TRUNCATED,
    .text = DG_STR("Été\n\nné"),
    .blocks = copies,
    .n_blocks = 3,
  };
  DgBuf out = DG_BUF_INIT;
  dg_article_json(&document, &out);
  assert_str(
      dg_buf_str(&out),
      "{\"id\":\"a\",\"origin\":null,\"url\":null,\"title\":\"Été\","
      "\"authors\":[\"Luc Aubry\",\"Jane Roe\"],\"agency\":null,"
      "\"publisher\":null,\"published\":\"2024-02-28\","
      "\"published_how\":\"byline\",\"updated\":null,\"language\":\"fr\","
      "\"encoding\":null,\"flags\":[\"agency\",\"truncated\"],"
      "\"notice\":null,\"text\":\"Été\\n\\nné\",\"blocks\":["
      "{\"kind\":\"title\",\"begin\":0,\"end\":3,\"source_begin\":3,"
      "\"source_end\":8,\"language\":\"fr\"},"
      "{\"kind\":\"byline\",\"content\":\"Par \\\"X\\\"\",\"source_begin\":0,"
      "\"source_end\":0,\"language\":\"und\"},"
      "{\"kind\":\"paragraph\",\"begin\":5,\"end\":7,\"source_begin\":0,"
      "\"source_end\":0,\"language\":\"und\"}]}\n");
  json_error_t error;
  json_t *const parsed = json_loadb(out.data, out.len, 0, &error);
  assert_non_null(parsed);
  json_decref(parsed);
  dg_buf_clear(&out);
}

static void
addresses_become_canonical(void **state)
{
  (void)state;
  static const struct {
    const char *url;
    const char *canonical;
  } cases[] = {
    { "http://www.E.org:80/a/?utm_source=x&b=2&a=1#top",
      "https://e.org/a?a=1&b=2" },
    { "https://e.org/A/", "https://e.org/A" },
    { "https://e.org", "https://e.org" },
    { "https://e.org?fbclid=1", "https://e.org" },
    { "urn:x:y", "urn:x:y" },
    { "", "" },
  };
  DgArena *const arena = dg_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    assert_str(dg_url_canonical(dg_str(cases[i].url), arena),
               cases[i].canonical);
  }
  dg_arena_free(arena);
}

static void
formats_have_names(void **state)
{
  (void)state;
  const char *summary = NULL;
  size_t n = 0;
  bool text = false;
  for (const char *name; (name = dg_input_format(n, &summary)); ++n) {
    assert_true(strlen(summary) > 10);
    text = text || !strcmp(name, "text");
  }
  assert_true(n >= 9 && text);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(json_of_any_framing_is_read),
    cmocka_unit_test(field_names_of_crawlers_are_known),
    cmocka_unit_test(a_mapping_names_fields),
    cmocka_unit_test(one_bad_record_stops_no_other),
    cmocka_unit_test(odd_json_is_repaired),
    cmocka_unit_test(forged_mentions_are_replaced_everywhere),
    cmocka_unit_test(records_that_are_too_long_are_skipped),
    cmocka_unit_test(tables_are_read),
    cmocka_unit_test(records_may_be_in_utf_16),
    cmocka_unit_test(pdf_is_read_by_a_program),
    cmocka_unit_test(feeds_are_read),
    cmocka_unit_test(wires_are_read),
    cmocka_unit_test(entities_are_never_expanded),
    cmocka_unit_test(broken_xml_stops_no_other),
    cmocka_unit_test(mail_is_read),
    cmocka_unit_test(markdown_is_read),
    cmocka_unit_test(web_archives_are_read),
    cmocka_unit_test(http_codings_are_undone),
    cmocka_unit_test(articles_are_written_as_json),
    cmocka_unit_test(addresses_become_canonical),
    cmocka_unit_test(formats_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
