/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_JOURNAL_H
#define DG_CLI_JOURNAL_H

#include "base/buf.h"
#include "base/diag.h"
#include "input/fingerprint.h"

/**
 * An output that survives an interruption: what was written so far stands in
 * OUTPUT.partial, and OUTPUT.journal says which articles it holds. Marks in the
 * journal say how long the partial output was when it was on the disk; what
 * stands behind the last mark is done again.
 */
typedef struct DgJournal DgJournal;

/** What the journal knows of an article that is done. */
typedef struct {
  uint64_t source; /**< as in DgDocument */
  DgPrint print;
  DgStr name; /**< good until the journal is closed */
} DgJournalEntry;

/**
 * Begin an output, or go on with one.
 * @param settings  Hash of all that decides what is written.
 * @return DG_CONFLICT when the interrupted run had other settings.
 */
DgStatus
dg_journal_open(const char *output, uint64_t settings, DgJournal **journal,
                DgDiag *diag);

/** Leave both files for a later run. */
void
dg_journal_close(DgJournal *journal);

/**
 * Whether an article is in the output; as often as it is there.
 * @param entry  Set when it is.
 */
bool
dg_journal_take(DgJournal *journal, uint64_t source,
                const DgJournalEntry **entry);

/** Append an article's output. */
DgStatus
dg_journal_put(DgJournal *journal, const DgJournalEntry *entry, DgStr bytes,
               DgDiag *diag);

/** Read the output so far. */
DgStatus
dg_journal_read(DgJournal *journal, DgBuf *out, DgDiag *diag);

/** Put the output in its place; **takes** `journal`, also on failure. */
DgStatus
dg_journal_commit(DgJournal *journal, DgDiag *diag);

/** Forget both files, since the output is written elsewhere; **takes**. */
void
dg_journal_drop(DgJournal *journal);

#endif
