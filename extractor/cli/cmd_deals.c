/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/deals_cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DgStatus
dg_deals_read(DgDeals *deals, const char *deal)
{
  const DgStr iri = dg_str(deal);
  const bool whole = iri.ptr && dg_str_find(iri, DG_STR(":"), 0) != SIZE_MAX;
  const DgMergeScope scope = { &iri, 1 };
  return dg_merge_read(deals->store, &deals->decisions.all,
                       whole ? &scope : NULL, deals->arena, &deals->merge);
}

/* Whether the last part of an IRI starts with `text`. */
static bool
has_id(DgStr iri, DgStr text)
{
  size_t at = iri.len;
  while (at && iri.ptr[at - 1] != '/') {
    --at;
  }
  return dg_str_starts(dg_str_sub(iri, at, iri.len), text);
}

static bool
fits(const DgGroup *group, DgStr text)
{
  bool found = has_id(group->iri, text);
  for (size_t i = 0; i < group->units.n; ++i) {
    found |= has_id(group->units.items[i]->iri, text);
  }
  return found;
}

DgStatus
dg_deals_find(DgDeals *deals, const char *deal, const DgGroup **group)
{
  const DgStr text = dg_str(deal);
  *group = dg_merge_find(deals->merge, text);
  size_t n = *group != NULL;
  for (size_t i = 0; !n && text.len >= 4 && i < dg_merge_count(deals->merge);
       ++i) {
    const DgGroup *const one = dg_merge_group(deals->merge, i);
    if (fits(one, text)) {
      *group = one;
      for (size_t j = i + 1; j < dg_merge_count(deals->merge); ++j) {
        n += fits(dg_merge_group(deals->merge, j), text);
      }
      ++n;
    }
  }
  return n == 1 ? DG_OK
                : dg_diag_set(&deals->diag, DG_NOT_FOUND,
                              n ? "'%s' is the start of several deals' ids"
                                : "no deal '%s'; an id has 4 letters at least",
                              deal);
}

/* ---- subcommands ---- */

static DgStatus
list(DgDeals *deals, char **arguments)
{
  (void)arguments;
  DG_TRY(dg_deals_read(deals, NULL));
  return dg_deals_list(deals);
}

static DgStatus
show(DgDeals *deals, char **arguments)
{
  const DgGroup *group;
  DG_TRY(dg_deals_read(deals, arguments[0]));
  DG_TRY(dg_deals_find(deals, arguments[0], &group));
  return dg_deals_show(deals, group);
}

static DgStatus
show_log(DgDeals *deals, char **arguments)
{
  (void)arguments;
  DG_TRY(dg_deals_read(deals, NULL));
  return dg_deals_log(deals);
}

static DgStatus
accept(DgDeals *deals, char **arguments)
{
  return dg_deals_decide(deals, DG_VERB_ACCEPT, arguments);
}

static DgStatus
reject(DgDeals *deals, char **arguments)
{
  return dg_deals_decide(deals, DG_VERB_REJECT, arguments);
}

static DgStatus
edit(DgDeals *deals, char **arguments)
{
  return dg_deals_decide(deals, DG_VERB_EDIT, arguments);
}

static DgStatus
add(DgDeals *deals, char **arguments)
{
  return dg_deals_decide(deals, DG_VERB_ADD, arguments);
}

static DgStatus
undo(DgDeals *deals, char **arguments)
{
  return dg_deals_undo(deals, arguments[0]);
}

static const DgAction actions[] = {
  { "list", 0, 0, false, list },    { "show", 1, 1, false, show },
  { "log", 0, 0, false, show_log }, { "accept", 1, 1, true, accept },
  { "reject", 1, 1, true, reject }, { "edit", 2, 100, true, edit },
  { "add", 2, 100, true, add },     { "undo", 0, 1, true, undo },
  { NULL, 0, 0, false, NULL },
};

/* ---- running one ---- */

static DgStatus
act(DgDeals *deals, const DgAction *action, char **arguments)
{
  const DgDatasetClass *const class_ = deals->store->class_;
  const bool writes = action->writes;
  if (writes && !class_->write_begin) {
    return DG_UNSUPPORTED;
  }
  DG_TRY((writes ? class_->write_begin : class_->read_begin)(deals->store,
                                                             &deals->diag));
  DgStatus status = dg_cli_decisions_open(
      &deals->decisions, deals->store, deals->spec, deals->file, &deals->diag);
  if (status == DG_OK) {
    status = action->run(deals, arguments);
  }
  if (!writes) {
    class_->read_end(deals->store);
  } else if (status == DG_OK) {
    status = class_->write_commit(deals->store, &deals->diag);
  } else {
    class_->write_rollback(deals->store);
  }
  dg_cli_decisions_close(&deals->decisions);
  return status;
}

static bool
read_options(int argc, char **argv, DgDeals *deals)
{
  static const struct option options[] = {
    { "store", required_argument, NULL, 'd' },
    { "decisions", required_argument, NULL, 'f' },
    { "by", required_argument, NULL, 'b' },
    { "note", required_argument, NULL, 'n' },
    { "review", no_argument, NULL, 'r' },
    { "limit", required_argument, NULL, 'l' },
    { "tsv", no_argument, NULL, 't' },
    { "alike", required_argument, NULL, 'a' },
    { NULL, 0, NULL, 0 }
  };
  int option;
  while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
    switch (option) {
    case 'd':
      deals->spec = optarg;
      break;
    case 'f':
      deals->file = optarg;
      break;
    case 'b':
      deals->by = optarg;
      break;
    case 'n':
      deals->note = optarg;
      break;
    case 'r':
      deals->review = true;
      break;
    case 'l':
      deals->limit = strtoul(optarg, NULL, 10);
      break;
    case 't':
      deals->table = false;
      break;
    case 'a':
      deals->least = strtod(optarg, NULL);
      break;
    default:
      return false;
    }
  }
  return optind < argc;
}

int
dg_deals_run(DgDeals *deals, int argc, char **argv, const DgAction *action,
             const DgCommand *command)
{
  deals->table = isatty(STDOUT_FILENO);
  deals->diag = DG_DIAG_INIT;
  if (!read_options(argc, argv, deals)) {
    return dg_cli_usage(command);
  }
  const int given = argc - optind - 1;
  while (action->name && strcmp(action->name, argv[optind]) != 0) {
    ++action;
  }
  if (!action->name || given < action->least || given > action->most) {
    return dg_cli_usage(command);
  }
  int exit = DG_EXIT_FAILED;
  deals->store = dg_cli_open_store(
      deals->spec, action->writes ? DG_STORE_WRITE : DG_STORE_READ, &exit);
  deals->arena = dg_arena_new();
  if (deals->store && deals->arena) {
    const DgStatus status = act(deals, action, argv + optind + 1);
    exit = status == DG_OK ? DG_EXIT_FINE : dg_cli_failed(status, &deals->diag);
  }
  dg_arena_free(deals->arena);
  dg_store_free(deals->store);
  return exit;
}

static int
run(int argc, char **argv)
{
  DgDeals deals = { 0 };
  return dg_deals_run(&deals, argc, argv, actions, &dg_command_deals);
}

const DgCommand dg_command_deals = {
  "deals", "-d STORE list|show|log|accept|reject|edit|add|undo ...",
  "Look through the deals and decide on them",
  "  list                  all deals, the latest first\n"
  "  show DEAL             one with its history and evidence\n"
  "  accept DEAL           it is as stated\n"
  "  reject DEAL           there is no such deal: it is not counted\n"
  "  edit DEAL NAME=VALUE...  amount=EUR:12000000 status=completed\n"
  "                        date=2024-03 type= stake= round= valuation=\n"
  "                        exclusive= product= ROLE=ACTOR ROLE+=ACTOR "
  "ROLE-=ACTOR\n"
  "  add NAME=VALUE...     a deal that no article told\n"
  "  undo [ID]             take the last decision back, or that one\n"
  "  log                   all decisions\n"
  "  -d, --store STORE     the store\n"
  "      --decisions FILE  where decisions are kept (default: "
  "STORE.decisions)\n"
  "      --review          undecided ones, doubtful and conflicting first\n"
  "      --limit N         so many rows\n"
  "      --tsv             tab-separated values, also on a terminal\n"
  "      --by NAME         who decides (default: DEALGRAPH_USER, the login)\n"
  "      --note TEXT       why\n",
  run
};
