/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/fetch.h"

#include "base/io.h"

#include <curl/curl.h>
#include <stdlib.h>

/* Most bytes of one answer. */
enum { ANSWER_MAX = 512 * 1024 * 1024, REDIRECTS_MAX = 5 };

typedef struct {
  DgBuf *body;
  const volatile int *cancel;
} Answer;

static size_t
take_bytes(char *data, size_t size, size_t n, void *self)
{
  Answer *const answer = self;
  const size_t len = size * n;
  if (answer->body->len + len > ANSWER_MAX) {
    return 0;
  }
  dg_buf_add(answer->body, dg_str_n(data, len));
  return answer->body->failed ? 0 : len;
}

static int
look_up(void *self, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
  (void)a;
  (void)b;
  (void)c;
  (void)d;
  const Answer *const answer = self;
  return answer->cancel && *answer->cancel;
}

/* "text/turtle; charset=utf-8" is Turtle. */
static DgRdfSyntax
syntax_of(const char *type)
{
  static const struct {
    const char *type;
    const char *extension;
  } types[] = {
    { "text/turtle", "ttl" },         { "application/n-triples", "nt" },
    { "application/n-quads", "nq" },  { "application/trig", "trig" },
    { "application/rdf+xml", "rdf" },
  };
  for (size_t i = 0; type && i < sizeof types / sizeof *types; ++i) {
    if (dg_str_starts(dg_str(type), dg_str(types[i].type))) {
      return dg_rdf_syntax(dg_str(types[i].extension));
    }
  }
  return DG_RDF_NONE;
}

static void
set_up(CURL *curl, const char *url, double timeout, Answer *answer, char *error)
{
  (void)curl_easy_setopt(curl, CURLOPT_URL, url);
  (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  (void)curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  (void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  (void)curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
  (void)curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  (void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "dealgraph");
  (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                         (long)((timeout > 0 ? timeout : 60) * 1000) + 1);
  (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
  (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
  (void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
  (void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, answer);
  (void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  (void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
}

typedef struct {
  const char *url;
  const char *accept; /**< a header line */
  const char *form;   /**< body to post, or null to get */
  double timeout;
} Request;

static DgStatus
perform(const Request *request, Answer *answer, char **type, DgDiag *diag)
{
  char error[CURL_ERROR_SIZE] = "";
  CURL *const curl = curl_easy_init();
  DG_TRY_PTR(curl);
  struct curl_slist *const headers = curl_slist_append(NULL, request->accept);
  set_up(curl, request->url, request->timeout, answer, error);
  (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (request->form) {
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->form);
  }
  const CURLcode code = curl_easy_perform(curl);
  const char *given = NULL;
  (void)curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &given);
  *type = given ? strdup(given) : NULL;
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  if (code == CURLE_OK) {
    return DG_OK;
  }
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    return dg_diag_set(diag, DG_CANCELLED, "cancelled");
  }
  return dg_diag_set(diag, DG_IO_ERROR, "%s: %s", request->url,
                     *error ? error : curl_easy_strerror(code));
}

static DgStatus
read_file(DgStr iri, DgBuf *bytes, DgDiag *diag)
{
  DgBuf path = DG_BUF_INIT;
  size_t at = strlen("file:");
  const DgStr rest = dg_str_sub(iri, at, iri.len);
  at += dg_str_starts(rest, DG_STR("//")) ? 2 : 0;
  int len = 0;
  char *const plain =
      curl_easy_unescape(NULL, iri.ptr + at, (int)(iri.len - at), &len);
  if (plain) {
    dg_buf_add(&path, dg_str_n(plain, (size_t)len));
  }
  curl_free(plain);
  const DgStatus status =
      path.data ? dg_io_read(path.data, 0, bytes, diag) : DG_NO_MEMORY;
  dg_buf_clear(&path);
  return status;
}

DgStatus
dg_fetch_document(DgStr iri, DgBuf *bytes, DgRdfSyntax *syntax, DgDiag *diag)
{
  *syntax = dg_rdf_syntax(iri);
  if (dg_str_starts(iri, DG_STR("file:"))) {
    return read_file(iri, bytes, diag);
  }
  DgBuf url = DG_BUF_INIT;
  char *type = NULL;
  Answer answer = { bytes, NULL };
  dg_buf_add(&url, iri);
  Request request = {
    .url = url.data,
    .accept = "Accept: text/turtle, application/n-triples, "
              "application/n-quads, application/trig, application/rdf+xml"
  };
  const DgStatus status =
      url.data ? perform(&request, &answer, &type, diag) : DG_NO_MEMORY;
  const DgRdfSyntax told = syntax_of(type);
  *syntax = told ? told : *syntax;
  free(type);
  dg_buf_clear(&url);
  return status;
}

static DgStatus
write_form(DgStr query, DgBuf *form)
{
  char *const escaped = curl_easy_escape(NULL, query.ptr, (int)query.len);
  DG_TRY_PTR(escaped);
  dg_buf_printf(form, "query=%s", escaped);
  curl_free(escaped);
  return dg_buf_status(form);
}

DgStatus
dg_fetch_query(DgStr endpoint, DgStr query, const DgFetchLimits *limits,
               DgBuf *body, DgDiag *diag)
{
  DgBuf url = DG_BUF_INIT;
  DgBuf form = DG_BUF_INIT;
  char *type = NULL;
  Answer answer = { body, limits->cancel };
  dg_buf_add(&url, endpoint);
  DgStatus status = url.data ? write_form(query, &form) : DG_NO_MEMORY;
  if (status == DG_OK) {
    const Request request = { .url = url.data,
                              .accept =
                                  "Accept: application/sparql-results+xml",
                              .form = form.data,
                              .timeout = limits->timeout };
    status = perform(&request, &answer, &type, diag);
  }
  free(type);
  dg_buf_clear(&form);
  dg_buf_clear(&url);
  return status;
}
