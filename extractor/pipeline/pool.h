/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_POOL_H
#define DG_PIPELINE_POOL_H

#include "pipeline/extract.h"

/**
 * Articles in, rendered results out, in the order of the articles whatever the
 * number of threads: a bounded queue between one reader, many extractors and
 * one writer.
 */

/** Render one extraction by appending to `out`; called by many threads. */
typedef DgStatus (*DgRender)(void *user, const DgExtraction *extraction,
                             DgBuf *out);

/**
 * Take one rendered result, in order; called by the thread that submits.
 * @param document  The article it comes from.
 */
typedef DgStatus (*DgDeliver)(void *user, const DgDocument *document,
                              DgStr rendered);

typedef struct DgPool DgPool;

/**
 * @param threads  1 works in the caller's thread alone.
 * @return null when memory or threads are out.
 */
DgPool *
dg_pool_new(const DgExtractConfig *config, unsigned threads, DgRender render,
            DgDeliver deliver, void *user);

/**
 * Give an article; copied unless it is worked on at once. May deliver earlier
 * results.
 * @return a failure of this or an earlier article's delivery.
 */
DgStatus
dg_pool_submit(DgPool *pool, const DgDocument *document);

/** Wait for all that was given and deliver it. */
DgStatus
dg_pool_finish(DgPool *pool);

/** Counts of all threads; after dg_pool_finish. */
DgExtractCounts
dg_pool_counts(const DgPool *pool);

/** Articles whose extraction failed; after dg_pool_finish. */
size_t
dg_pool_failed(const DgPool *pool);

void
dg_pool_free(DgPool *pool);

#endif
