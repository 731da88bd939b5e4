/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/io.h"
#include "base/json.h"
#include "base/vec.h"
#include "cli/cli.h"
#include "entity/entity.h"

#include <stdio.h>
#include <stdlib.h>

/* What one run needs. */
typedef struct {
  DgLexicon *lexicon;
  DgArena *arena;
  DgLang lang;
  bool pairs; /* the input is pairs of names to compare */
  bool lines; /* each line of the input is a text of its own */
  DgBuf out;
} Run;

static void
add_pair(DgBuf *out, const char *name, DgStr value)
{
  dg_buf_printf(out, "\"%s\":", name);
  dg_json_add_string(out, value);
}

static void
write_entity(DgBuf *out, const DgEntity *entity)
{
  dg_buf_add_char(out, '{');
  add_pair(out, "name", entity->name);
  dg_buf_add_char(out, ',');
  add_pair(out, "key", entity->key);
  dg_buf_printf(out, ",\"kind\":\"%s\",\"country\":\"%s\",\"mentions\":%u",
                dg_entity_kind_text(entity->kind), entity->country,
                entity->mentions);
  if (entity->parent != DG_NO_INDEX) {
    dg_buf_printf(out, ",\"parent\":%u", entity->parent);
  }
  dg_buf_add(out, DG_STR(",\"aliases\":["));
  for (size_t i = 0; i < entity->n_aliases; ++i) {
    dg_buf_add(out, i ? DG_STR(",") : DG_STR(""));
    dg_json_add_string(out, entity->aliases[i]);
  }
  dg_buf_add(out, DG_STR("]}"));
}

static void
write_mention(DgBuf *out, const DgText *text, const DgMention *m)
{
  dg_buf_printf(out,
                "{\"type\":\"%s\",\"form\":\"%s\",\"begin\":%zu,"
                "\"end\":%zu,\"score\":%.2f,\"reason\":\"%s\",",
                dg_mention_type_text(m->type), dg_mention_form_text(m->form),
                m->span.begin, m->span.end, (double)m->score,
                m->reason ? m->reason : "");
  if (m->entity != DG_NO_INDEX) {
    dg_buf_printf(out, "\"entity\":%u,", m->entity);
  }
  for (uint32_t i = 0; i < m->n_others; ++i) {
    dg_buf_printf(out, "%s%u%s", i ? "," : "\"others\":[", m->others[i],
                  i + 1 < m->n_others ? "" : "],");
  }
  add_pair(out, "text", dg_str_sub(text->text, m->span.begin, m->span.end));
  dg_buf_add_char(out, '}');
}

/* Each line of a plain text is a block. */
static DgStatus
add_blocks(Run *run, DgDocument *document)
{
  DgStr rest = document->text;
  DgStr line;
  size_t cap = 0;
  while (dg_str_cut(&rest, '\n', &line)) {
    const size_t begin = (size_t)(line.ptr - document->text.ptr);
    DgBlock *const items = dg_vec_room(run->arena, document->blocks,
                                       document->n_blocks, &cap, sizeof *items);
    DG_TRY_PTR(items);
    document->blocks = items;
    items[document->n_blocks++] =
        (DgBlock){ .kind = DG_BLOCK_PARAGRAPH,
                   .content = line,
                   .text = { begin, begin + line.len },
                   .lang = run->lang };
  }
  return DG_OK;
}

static DgStatus
run_text(Run *run, DgStr string)
{
  DgText text;
  DgMentions mentions;
  DgEntities entities;
  dg_arena_reset(run->arena);
  DgDocument document = { .text = string, .lang = run->lang };
  DG_TRY(add_blocks(run, &document));
  DG_TRY(dg_text_read(&document, &DG_LIMITS_DEFAULT, run->arena, &text));
  const DgValueOptions options = { .lang = run->lang };
  DgValue *values = NULL;
  size_t n_values = 0;
  DG_TRY(dg_values_read(string, &options, run->arena, &values, &n_values));
  DG_TRY(dg_entities_read(&text, run->lexicon, values, n_values, run->arena,
                          &mentions, &entities));
  DgBuf *const out = &run->out;
  dg_buf_add(out, DG_STR("{\"entities\":["));
  for (size_t i = 0; i < entities.n; ++i) {
    dg_buf_add(out, i ? DG_STR(",") : DG_STR(""));
    write_entity(out, &entities.items[i]);
  }
  dg_buf_add(out, DG_STR("],\"mentions\":["));
  for (size_t i = 0; i < mentions.n; ++i) {
    dg_buf_add(out, i ? DG_STR(",") : DG_STR(""));
    write_mention(out, &text, &mentions.items[i]);
  }
  dg_buf_add(out, DG_STR("]}\n"));
  return dg_buf_status(out);
}

static DgStatus
run_file(Run *run, const char *path, DgDiag *diag)
{
  DgBuf bytes = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 0, &bytes, diag);
  DgStr rest = dg_buf_str(&bytes);
  DgStr line = rest;
  if (!status && !run->lines) {
    status = run_text(run, rest);
  }
  while (!status && run->lines && rest.len && dg_str_cut(&rest, '\n', &line)) {
    status = run_text(run, line);
    if (run->out.len > 1U << 20) {
      (void)fwrite(run->out.data, 1, run->out.len, stdout);
      dg_buf_reset(&run->out);
    }
  }
  if (!status) {
    (void)fwrite(run->out.data, 1, run->out.len, stdout);
  }
  dg_buf_reset(&run->out);
  dg_buf_clear(&bytes);
  return status;
}

/* Lines of two names with a tab between: how alike each pair is. */
static DgStatus
run_pairs(Run *run, const char *path, DgDiag *diag)
{
  DgBuf bytes = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 0, &bytes, diag);
  DgStr rest = dg_buf_str(&bytes);
  DgStr line;
  while (!status && rest.len && dg_str_cut(&rest, '\n', &line)) {
    DgStr name;
    (void)dg_str_cut(&line, '\t', &name);
    dg_arena_reset(run->arena);
    (void)printf("%.3f\n", dg_entity_name_similarity(name, line, run->arena));
  }
  dg_buf_clear(&bytes);
  return status;
}

static int
run_mentions(int argc, char **argv)
{
  Run run = { .arena = dg_arena_new(), .lang = DG_LANG_FR };
  int at = 1;
  for (; at < argc && argv[at][0] == '-' && argv[at][1]; ++at) {
    if (!strcmp(argv[at], "--lines")) {
      run.lines = true;
    } else if (!strcmp(argv[at], "--pairs")) {
      run.pairs = true;
    } else if (!strcmp(argv[at], "--lang") && at + 1 < argc) {
      run.lang = dg_lang_from_tag(dg_str(argv[++at]));
    } else {
      break;
    }
  }
  if (at >= argc || (argv[at][0] == '-' && argv[at][1])) {
    dg_arena_free(run.arena);
    return dg_cli_usage(&dg_command_mentions);
  }
  DgDiag diag = DG_DIAG_INIT;
  char *const folder = dg_cli_data("lexicon");
  DgStatus status = folder && run.arena
                        ? dg_lexicon_open(folder, NULL, 0, &run.lexicon, &diag)
                        : DG_NO_MEMORY;
  for (; at < argc && !status; ++at) {
    status = run.pairs ? run_pairs(&run, argv[at], &diag)
                       : run_file(&run, argv[at], &diag);
  }
  if (status) {
    dg_cli_report(&diag);
  }
  dg_diag_clear(&diag);
  dg_buf_clear(&run.out);
  dg_lexicon_free(run.lexicon);
  dg_arena_free(run.arena);
  free(folder);
  return dg_cli_exit(status);
}

const DgCommand dg_command_mentions = {
  "mentions", "[--lang fr|en] [--lines|--pairs] FILE...",
  "Show the names and actors found in plain text",
  "  --lang TAG   language of the text, fr by default\n"
  "  --lines      each line is a text of its own\n"
  "  --pairs      each line is two names, a tab between: how alike, 0 to 1\n"
  "\n"
  "Prints a line of JSON for each text: entities and mentions, places in "
  "bytes.\n",
  run_mentions
};
