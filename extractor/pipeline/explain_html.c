/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/explain_p.h"

#include "base/utf8.h"
#include "pipeline/expect.h"

/*
 * The text is cut where a mention, a match or a trigger begins or ends, and
 * each piece is a span of its own: matches may overlap, spans of HTML may not.
 */

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>How the deals were read</title>\n"
    "<style>\n"
    "body { font: 16px/1.6 sans-serif; max-width: 52em; margin: 2em auto;\n"
    "  padding: 0 1em; color: #222; background: #fff }\n"
    ".text { white-space: pre-wrap; border-top: 1px solid #ccc;\n"
    "  padding-top: 1em }\n"
    ".title, .heading, .subtitle { font-weight: bold }\n"
    ".deal { background: #fff6d6 }\n"
    ".match { background: #ffe08a }\n"
    ".trigger { font-weight: bold; text-decoration: underline }\n"
    ".mention { border-bottom: 2px solid #888 }\n"
    ".actor { border-color: #06c }\n"
    ".value { border-color: #083 }\n"
    ":target { outline: 2px solid #c40 }\n"
    "pre { white-space: pre-wrap; font-size: 13px }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n";

void
dg_explain_html_begin(DgBuf *out)
{
  dg_buf_add(out, dg_str(head));
}

void
dg_explain_html_end(DgBuf *out)
{
  dg_buf_add(out, DG_STR("</body>\n</html>\n"));
}

static void
put(const DgExplain *e, const char *text)
{
  dg_buf_add(e->out, dg_str(text));
}

static const char *
entity_of(uint32_t code)
{
  switch (code) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

/** Text or attribute; line ends and tabs stay. */
static void
put_escaped(const DgExplain *e, DgStr s)
{
  size_t size;
  for (size_t i = 0; i < s.len; i += size) {
    const uint32_t code = dg_utf8_decode(s, i, &size);
    const char *const entity = entity_of(code);
    if (entity) {
      put(e, entity);
    } else if (code != '\n' && code != '\t' && dg_explain_is_control(code)) {
      dg_buf_add_code(e->out, 0xFFFD);
    } else {
      dg_buf_add_code(e->out, code);
    }
  }
}

/* ---- pieces of a sentence ---- */

/** What is the same over all tokens of a piece. */
typedef struct {
  uint32_t mention; /**< or DG_NO_INDEX */
  uint32_t match;   /**< first one that tells a deal, or DG_NO_INDEX */
  bool trigger;
} Look;

static bool
tells_deal(const DgExplain *e, uint32_t index)
{
  const DgFacts *const facts = &e->x->facts;
  for (size_t d = 0; d < facts->n_deals; ++d) {
    const DgSteps *const steps = &facts->deals[d].steps;
    for (size_t i = 0; i < steps->n; ++i) {
      if (steps->items[i].kind == DG_STEP_READ &&
          steps->items[i].match == index) {
        return true;
      }
    }
  }
  return false;
}

/** Looks of the tokens [first, end) of a sentence. */
static void
read_looks(const DgExplain *e, uint32_t sentence, Look *looks)
{
  const DgExtraction *const x = e->x;
  const DgSentence *const s = &x->facts.text->sentences[sentence];
  for (uint32_t t = s->first; t < s->end; ++t) {
    looks[t - s->first] = (Look){ DG_NO_INDEX, DG_NO_INDEX, false };
  }
  for (uint32_t m = 0; m < x->facts.mentions.n; ++m) {
    const DgMention *const mention = &x->facts.mentions.items[m];
    for (uint32_t t = mention->first;
         mention->sentence == sentence && t < mention->end && t < s->end; ++t) {
      looks[t - s->first].mention = m;
    }
  }
  for (uint32_t m = 0; m < x->matches.n; ++m) {
    const DgMatch *const match = &x->matches.items[m];
    if (match->sentence != sentence || !tells_deal(e, m)) {
      continue;
    }
    for (uint32_t t = match->first; t < match->end && t < s->end; ++t) {
      Look *const look = &looks[t - s->first];
      look->match = look->match == DG_NO_INDEX ? m : look->match;
      look->trigger = look->trigger ||
                      (t >= match->trigger_first && t < match->trigger_end);
    }
  }
}

static bool
same_look(const Look *a, const Look *b)
{
  return a->mention == b->mention && a->match == b->match &&
         a->trigger == b->trigger;
}

/** The title of a mention: type, whom it stands for, and how that is known. */
static void
put_mention_title(const DgExplain *e, const DgMention *mention)
{
  const DgFacts *const facts = &e->x->facts;
  put(e, dg_mention_type_text(mention->type));
  if (mention->entity < facts->entities.n) {
    put(e, ": ");
    put_escaped(e, facts->entities.items[mention->entity].name);
  } else if (mention->value < facts->n_values) {
    put(e, ": ");
    dg_explain_value(&facts->values[mention->value], e->out);
  }
  put(e, " (");
  if (mention->entity < facts->entities.n) {
    dg_buf_printf(e->out, "by %s, ", dg_mention_form_text(mention->form));
  }
  dg_buf_printf(e->out, "%.2f%s%s)", (double)mention->score,
                mention->reason ? ", " : "",
                mention->reason ? mention->reason : "");
}

static void
open_piece(const DgExplain *e, const Look *look)
{
  const DgMention *const mention =
      look->mention == DG_NO_INDEX ? NULL
                                   : &e->x->facts.mentions.items[look->mention];
  put(e, "<span class=\"piece");
  put(e, look->match == DG_NO_INDEX ? "" : " match");
  put(e, look->trigger ? " trigger" : "");
  if (mention) {
    put(e, mention->entity != DG_NO_INDEX  ? " mention actor"
           : mention->value != DG_NO_INDEX ? " mention value"
                                           : " mention");
  }
  put(e, "\" title=\"");
  if (mention) {
    put_mention_title(e, mention);
  }
  if (look->match != DG_NO_INDEX) {
    put(e, mention ? "; " : "");
    put_escaped(e, dg_explain_rule(e, dg_explain_match(e, look->match))->id);
  }
  put(e, "\">");
}

/** Put the tokens [from, to) that look alike. */
static void
put_piece(const DgExplain *e, const Look *look, uint32_t from, uint32_t to)
{
  const bool plain = look->mention == DG_NO_INDEX && look->match == DG_NO_INDEX;
  if (!plain) {
    open_piece(e, look);
  }
  put_escaped(e, dg_text_of(e->x->facts.text, from, to));
  put(e, plain ? "" : "</span>");
}

/** @return the byte where what is put ends. */
static size_t
put_tokens(const DgExplain *e, const DgSentence *s, const Look *looks,
           size_t at)
{
  const DgText *const text = e->x->facts.text;
  for (uint32_t t = s->first; t < s->end;) {
    uint32_t end = t + 1;
    while (end < s->end &&
           same_look(&looks[t - s->first], &looks[end - s->first])) {
      ++end;
    }
    put_escaped(e, dg_str_sub(text->text, at, text->tokens[t].begin));
    put_piece(e, &looks[t - s->first], t, end);
    at = text->tokens[end - 1].end;
    t = end;
  }
  return at;
}

/* ---- the text ---- */

static bool
tells_any(const DgExplain *e, uint32_t sentence)
{
  for (uint32_t m = 0; m < e->x->matches.n; ++m) {
    if (e->x->matches.items[m].sentence == sentence && tells_deal(e, m)) {
      return true;
    }
  }
  return false;
}

static DgStatus
put_text(const DgExplain *e, size_t number, DgArena *arena)
{
  const DgText *const text = e->x->facts.text;
  Look *const looks = DG_NEW_ARRAY(arena, Look, text->n_tokens + 1);
  DG_TRY_PTR(looks);
  size_t at = 0;
  put(e, "<div class=\"text\">");
  for (uint32_t i = 0; i < text->n_sentences; ++i) {
    const DgSentence *const s = &text->sentences[i];
    if (s->span.begin < at) {
      continue;
    }
    read_looks(e, i, looks);
    put_escaped(e, dg_str_sub(text->text, at, s->span.begin));
    dg_buf_printf(e->out, "<span id=\"a%zus%u\" class=\"%s%s\">", number, i + 1,
                  dg_block_kind_text(s->kind), tells_any(e, i) ? " deal" : "");
    at = put_tokens(e, s, looks, s->span.begin);
    put_escaped(e, dg_str_sub(text->text, at, s->span.end));
    at = at > s->span.end ? at : s->span.end;
    put(e, "</span>");
  }
  put_escaped(e, dg_str_sub(text->text, at, text->text.len));
  put(e, "</div>\n");
  return DG_OK;
}

/* ---- the deals ---- */

/** Append what `write` says in text form, escaped. */
static void
put_details(const DgExplain *e, size_t deal)
{
  DgBuf details = DG_BUF_INIT;
  const DgExplain plain = { e->rules, e->x, false, &details };
  if (deal < e->x->facts.n_deals) {
    dg_explain_deal_text(&plain, deal);
  } else {
    dg_explain_no_deals_text(&plain);
  }
  if (details.len) {
    put(e, "<pre>");
    put_escaped(e, dg_buf_str(&details));
    put(e, "</pre>\n");
  }
  dg_buf_clear(&details);
}

static void
put_deal(const DgExplain *e, size_t index, size_t number)
{
  const DgDeal *const deal = &e->x->facts.deals[index];
  DgBuf line = DG_BUF_INIT;
  dg_expect_write(&e->x->facts, deal, &line);
  put(e, "<li><details><summary>");
  put_escaped(e, dg_buf_str(&line));
  dg_buf_clear(&line);
  DgTelling telling;
  for (size_t at = 0; dg_explain_next(e, &deal->steps, &at, &telling);) {
    dg_buf_printf(e->out, " <a href=\"#a%zus%u\">sentence %u</a>", number,
                  telling.match->sentence + 1, telling.match->sentence + 1);
  }
  put(e, "</summary>\n");
  put_details(e, index);
  put(e, "</details></li>\n");
}

DgStatus
dg_explain_html(const DgRuleset *rules, const DgExtraction *x, size_t number,
                DgBuf *out)
{
  const DgExplain e = { rules, x, false, out };
  const DgFacts *const facts = &x->facts;
  const DgDocument *const document = facts->document;
  dg_buf_printf(out, "<section lang=\"%s\">\n<h1 id=\"a%zu\">",
                dg_lang_tag(document->lang), number);
  put_escaped(&e, document->title.ptr ? document->title : document->id);
  put(&e, "</h1>\n<p>");
  put_escaped(&e, document->id);
  dg_buf_printf(out, ": %zu deal%s</p>\n", facts->n_deals,
                facts->n_deals == 1 ? "" : "s");
  put(&e, facts->n_deals ? "<ol>\n" : "");
  for (size_t i = 0; i < facts->n_deals; ++i) {
    put_deal(&e, i, number);
  }
  put(&e, facts->n_deals ? "</ol>\n" : "");
  put_details(&e, facts->n_deals);
  DgArena *const arena = dg_arena_new();
  const DgStatus status = arena ? put_text(&e, number, arena) : DG_NO_MEMORY;
  dg_arena_free(arena);
  put(&e, "</section>\n");
  return status == DG_OK ? dg_buf_status(out) : status;
}
