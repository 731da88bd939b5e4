/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/deals_cli.h"

#include "entity/entity.h"
#include "merge/near.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- looking ---- */

static void
add_row(const DgActorRow *row, DgBuf *out)
{
  dg_cli_show(row->name, out);
  dg_buf_add_char(out, '\t');
  dg_buf_add(out, row->country);
  dg_buf_printf(out, "\t%zu\t", row->deals);
  dg_cli_show(row->iri, out);
  dg_buf_add_char(out, '\t');
  dg_cli_show(row->replaced, out);
  dg_buf_add_char(out, '\n');
}

static DgStatus
list(DgDeals *x, char **arguments)
{
  (void)arguments;
  DgActorRows rows = { 0 };
  DgBuf out = DG_BUF_INIT;
  DG_TRY(dg_actor_rows(x->store, x->arena, &rows));
  dg_buf_add(&out, DG_STR("name\tcountry\tdeals\tactor\tmerged_into\n"));
  for (size_t i = 0; i < rows.n && (!x->limit || i < x->limit); ++i) {
    add_row(&rows.items[i], &out);
  }
  dg_cli_put(&out);
  return DG_OK;
}

/* All values of an actor, as N-Triples without the actor, each once. */
static DgStatus
show(DgDeals *x, char **arguments)
{
  DgStr value;
  DgStr iri;
  DgStr name;
  DG_TRY(dg_deals_actor(x, dg_str(arguments[0]), &value));
  dg_actor_cut(value, &iri, &name);
  const DgTerm term = dg_term_iri(iri);
  DgIdQuad pattern = { 0, 0, 0, 0 };
  if (x->store->class_->find_id(x->store, &term, &pattern.s) != DG_OK) {
    return dg_diag_set(&x->diag, DG_NOT_FOUND, "no actor '%s'", arguments[0]);
  }
  DgDatasetCursor *cursor = NULL;
  DgBuf out = DG_BUF_INIT;
  dg_cli_show(iri, &out);
  dg_buf_add_char(&out, '\n');
  DG_TRY(x->store->class_->find(x->store, pattern, DG_ORDER_SPOG, &cursor));
  DgIdQuad quad;
  DgIdQuad last = { 0, 0, 0, 0 };
  DgStatus status;
  while ((status = x->store->class_->next(cursor, &quad)) == DG_OK) {
    DgTerm p;
    DgTerm o;
    if ((quad.p == last.p && quad.o == last.o) ||
        x->store->class_->term(x->store, quad.p, x->arena, &p) != DG_OK ||
        x->store->class_->term(x->store, quad.o, x->arena, &o) != DG_OK) {
      continue;
    }
    last = quad;
    dg_buf_add(&out, DG_STR("  "));
    dg_cli_show(p.value, &out);
    dg_buf_add(&out, DG_STR("  "));
    dg_cli_show(o.value, &out);
    dg_buf_add_char(&out, '\n');
  }
  x->store->class_->close(cursor);
  dg_cli_put(&out);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
propose(DgDeals *x, char **arguments)
{
  (void)arguments;
  DgActorRows rows = { 0 };
  DgNearPairs pairs = { 0 };
  DgBuf out = DG_BUF_INIT;
  DG_TRY(dg_actor_rows(x->store, x->arena, &rows));
  DG_TRY(dg_near_pairs(&rows, dg_entity_name_similarity, x->least, x->arena,
                       &pairs));
  dg_buf_add(&out, DG_STR("alike\tname\tother\tactor\tother_actor\n"));
  for (size_t i = 0; i < pairs.n && (!x->limit || i < x->limit); ++i) {
    const DgActorRow *const a = &rows.items[pairs.items[i].a];
    const DgActorRow *const b = &rows.items[pairs.items[i].b];
    dg_buf_printf(&out, "%.2f\t", pairs.items[i].score);
    dg_cli_show(a->name, &out);
    dg_buf_add_char(&out, '\t');
    dg_cli_show(b->name, &out);
    dg_buf_add_char(&out, '\t');
    dg_cli_show(a->iri, &out);
    dg_buf_add_char(&out, '\t');
    dg_cli_show(b->iri, &out);
    dg_buf_add_char(&out, '\n');
  }
  dg_cli_put(&out);
  return DG_OK;
}

static DgStatus
show_log(DgDeals *x, char **arguments)
{
  (void)arguments;
  DG_TRY(dg_deals_read(x, NULL));
  return dg_deals_log(x);
}

/* ---- deciding ---- */

/* entities merge ACTOR... INTO */
static DgStatus
merge(DgDeals *x, char **arguments)
{
  DgStr actor;
  DgStr into;
  DG_TRY(dg_deals_actor(x, dg_str(arguments[0]), &actor));
  DG_TRY(dg_deals_actor(x, dg_str(arguments[1]), &into));
  DgStr from_iri;
  DgStr into_iri;
  DgStr name;
  dg_actor_cut(actor, &from_iri, &name);
  dg_actor_cut(into, &into_iri, &name);
  if (dg_str_equal(from_iri, into_iri)) {
    return dg_diag_set(&x->diag, DG_USAGE, "both are %.*s", (int)from_iri.len,
                       from_iri.ptr);
  }
  DgDecision decision = { .verb = DG_VERB_MERGE };
  DG_TRY(dg_deals_field(x, &decision, "actor", '=', actor));
  DG_TRY(dg_deals_field(x, &decision, "into", '=', into));
  return dg_deals_commit(x, &decision, NULL);
}

/* entities split ACTOR NAME ARTICLE... */
static DgStatus
split(DgDeals *x, char **arguments)
{
  DgStr actor;
  DgStr into;
  DG_TRY(dg_deals_actor(x, dg_str(arguments[0]), &actor));
  DG_TRY(dg_deals_actor(x, dg_str(arguments[1]), &into));
  DgDecision decision = { .verb = DG_VERB_SPLIT };
  DG_TRY(dg_deals_field(x, &decision, "actor", '=', actor));
  DG_TRY(dg_deals_field(x, &decision, "into", '=', into));
  for (size_t i = 2; arguments[i]; ++i) {
    DG_TRY(dg_deals_field(x, &decision, "article", '=', dg_str(arguments[i])));
  }
  return dg_deals_commit(x, &decision, NULL);
}

static DgStatus
undo(DgDeals *x, char **arguments)
{
  return dg_deals_undo(x, arguments[0]);
}

static const DgAction actions[] = {
  { "list", 0, 0, false, list },       { "show", 1, 1, false, show },
  { "propose", 0, 0, false, propose }, { "log", 0, 0, false, show_log },
  { "merge", 2, 2, true, merge },      { "split", 3, 1000, true, split },
  { "undo", 0, 1, true, undo },        { NULL, 0, 0, false, NULL },
};

static int
run(int argc, char **argv)
{
  DgDeals x = { .of_actors = true, .least = 0.8 };
  return dg_deals_run(&x, argc, argv, actions, &dg_command_entities);
}

const DgCommand dg_command_entities = {
  "entities", "-d STORE list|show|propose|merge|split|undo|log ...",
  "Look through companies and other actors and settle who is who",
  "  list                  all with country, deals, IRI\n"
  "  show ACTOR            what is known of one, by name or IRI\n"
  "  propose               pairs whose names are near; nothing is merged\n"
  "  merge ACTOR INTO      the first is the second\n"
  "  split ACTOR NAME ARTICLE...  in these articles it is another, of that "
  "name\n"
  "  undo [ID]             take the last decision back, or that one\n"
  "  log                   all decisions\n"
  "  -d, --store STORE     the store\n"
  "      --decisions FILE  where decisions are kept (default: "
  "STORE.decisions)\n"
  "      --alike N         propose: how alike, 0 to 1 (default 0.8)\n"
  "      --limit N         so many rows\n"
  "      --by NAME         who decides (default: DEALGRAPH_USER, the login)\n"
  "      --note TEXT       why\n",
  run
};
