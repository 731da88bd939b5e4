/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/decode.h"
#include "input/headers.h"
#include "input/mime.h"
#include "input/record.h"

#include <strings.h>

/*
 * Mail: one message (EML), or many in a row (mbox, RFC 4155), where a line
 * that begins "From " starts the next. A newsletter is an article: subject,
 * sender, date, and the text part.
 */

/** "Jane Roe" of "Jane Roe <jane@example.org>". */
static DgStr
name_of_sender(DgStr from)
{
  const size_t mark = dg_str_find(from, DG_STR("<"), 0);
  DgStr name = dg_str_trim(dg_str_sub(from, 0, mark));
  if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"') {
    name = dg_str_sub(name, 1, name.len - 1);
  }
  return memchr(name.ptr ? name.ptr : "", '@', name.len) ? DG_STR_NONE : name;
}

static DgStatus
read_message(DgInput *input, DgStr message, size_t number, DgDiag *diag)
{
  DgArena *const arena = input->arena;
  DgMimePart part;
  DgDecoded decoded;
  if (dg_mime_text(message, arena, &part) != DG_OK) {
    return dg_diag_set(diag, DG_BAD_INPUT, "message %zu has no text", number);
  }
  DG_TRY(dg_decode(part.bytes, part.charset, arena, &decoded, diag));
  const DgStr headers = dg_str_sub(message, 0, dg_headers_end(message));
  DgRecord record = { 0 };
  DgStr *const values = record.values;
  values[DG_FIELD_title] = dg_mime_words(dg_header(headers, "Subject"), arena);
  values[DG_FIELD_author] =
      name_of_sender(dg_mime_words(dg_header(headers, "From"), arena));
  values[DG_FIELD_published] = dg_header(headers, "Date");
  values[part.html ? DG_FIELD_html : DG_FIELD_text] = decoded.text;
  return dg_record_emit(input, &record, number, diag);
}

/** Lines up to the next "From " line, which is taken. */
static DgStatus
next_message(DgStream *stream, size_t limit, DgBuf *message, DgDiag *diag)
{
  bool too_long = false;
  bool any = false;
  dg_buf_reset(message);
  for (;;) {
    DgStr line;
    const DgStatus status = dg_stream_line(stream, limit, &line, diag);
    if (status == DG_NO_MATCH) {
      break;
    }
    any = true;
    too_long =
        too_long || status == DG_LIMIT || message->len + line.len > limit;
    if (status != DG_OK && status != DG_LIMIT) {
      return status;
    }
    if (status == DG_OK && dg_str_starts(line, DG_STR("From ")) &&
        (message->len == 0 ||
         dg_str_ends(dg_buf_str(message), DG_STR("\n\n")))) {
      if (message->len || too_long) {
        break;
      }
      continue;
    }
    if (!too_long) {
      dg_buf_add(message, line);
      dg_buf_add_char(message, '\n');
    }
  }
  if (too_long) {
    return dg_diag_set(diag, DG_LIMIT,
                       "a message longer than the limit of %zu bytes", limit);
  }
  DG_TRY(dg_buf_status(message));
  return any && message->len ? DG_OK : DG_NO_MATCH;
}

static DgStatus
read_messages(DgInput *input, DgStream *stream, DgBuf *message, DgDiag *diag)
{
  const size_t limit = input->options->limits.article_bytes;
  for (size_t number = 1;; ++number) {
    DgStatus status = next_message(stream, limit, message, diag);
    if (status == DG_NO_MATCH) {
      return DG_OK;
    }
    if (status == DG_OK) {
      status = read_message(input, dg_buf_str(message), number, diag);
    }
    if (status != DG_OK) {
      DG_TRY(dg_input_failed(input, status, diag));
    }
  }
}

static DgStatus
read_mail(DgInput *input, DgStream *stream, DgDiag *diag)
{
  const size_t before = input->articles;
  DgBuf message = DG_BUF_INIT;
  const DgStatus status = read_messages(input, stream, &message, diag);
  dg_buf_clear(&message);
  return status == DG_OK ? dg_input_outcome(input, before, "mailbox", diag)
                         : status;
}

static bool
is_header_line(DgStr line)
{
  for (size_t i = 0; i < line.len; ++i) {
    const char c = line.ptr[i];
    if (c == ':') {
      return i > 1;
    }
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
          (c >= '0' && c <= '9'))) {
      return false;
    }
  }
  return false;
}

static int
sniff_mail(DgStr head, DgStr name)
{
  DgStr rest = head;
  DgStr line;
  (void)name;
  if (dg_str_starts(head, DG_STR("From "))) {
    (void)dg_str_cut(&rest, '\n', &line);
  }
  const DgStr headers = dg_str_sub(rest, 0, dg_headers_end(rest));
  return is_header_line(headers) && dg_header(headers, "From").len &&
                 dg_header(headers, "Subject").ptr &&
                 dg_header(headers, "Date").len
             ? 90
             : 0;
}

const DgFormat dg_format_mail = {
  .name = "mail",
  .summary = "one message (EML) or a mailbox (mbox): subject and text",
  .sniff = sniff_mail,
  .read = read_mail,
};
