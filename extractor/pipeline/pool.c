/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/pool.h"

#include <pthread.h>
#include <stdlib.h>

/* Jobs that may wait for each thread: bounds memory, keeps threads busy. */
enum { JOBS_A_THREAD = 4 };

typedef enum { JOB_FREE, JOB_WAITING, JOB_TAKEN, JOB_DONE } JobState;

typedef struct {
  JobState state;
  DgArena *arena;
  DgDocument document; /* a copy in `arena` */
  DgBuf out;
  DgStatus status;
} Job;

struct DgPool {
  DgRender render;
  DgDeliver deliver;
  void *user;
  unsigned threads;
  DgExtractor **extractors; /**< [threads] */
  pthread_t *handles;       /**< [threads], none for one thread */
  unsigned started;
  Job *jobs; /**< [n_jobs] a ring */
  size_t n_jobs;
  size_t head; /**< jobs given so far */
  size_t tail; /**< jobs delivered so far */
  size_t next; /**< jobs taken so far */
  bool stop;
  size_t failed;
  pthread_mutex_t lock;
  pthread_cond_t changed;
};

typedef struct {
  DgPool *pool;
  unsigned index;
} Start;

static DgStatus
work(DgPool *pool, unsigned index, const DgDocument *document, DgBuf *out)
{
  const DgExtraction *extraction;
  DG_TRY(dg_extract(pool->extractors[index], document, &extraction));
  DG_TRY(pool->render(pool->user, extraction, out));
  return dg_buf_status(out);
}

static void *
run_thread(void *argument)
{
  Start *const start = argument;
  DgPool *const pool = start->pool;
  const unsigned index = start->index;
  free(start);
  (void)pthread_mutex_lock(&pool->lock);
  for (;;) {
    while (!pool->stop && pool->next == pool->head) {
      (void)pthread_cond_wait(&pool->changed, &pool->lock);
    }
    if (pool->next == pool->head) {
      break;
    }
    Job *const job = &pool->jobs[pool->next++ % pool->n_jobs];
    job->state = JOB_TAKEN;
    (void)pthread_mutex_unlock(&pool->lock);
    job->status = work(pool, index, &job->document, &job->out);
    (void)pthread_mutex_lock(&pool->lock);
    job->state = JOB_DONE;
    (void)pthread_cond_broadcast(&pool->changed);
  }
  (void)pthread_mutex_unlock(&pool->lock);
  return NULL;
}

static bool
start_threads(DgPool *pool)
{
  pool->handles = calloc(pool->threads, sizeof *pool->handles);
  if (!pool->handles) {
    return false;
  }
  for (; pool->started < pool->threads; ++pool->started) {
    Start *const start = malloc(sizeof *start);
    if (!start) {
      return false;
    }
    *start = (Start){ pool, pool->started };
    if (pthread_create(&pool->handles[pool->started], NULL, run_thread,
                       start)) {
      free(start);
      return false;
    }
  }
  return true;
}

static bool
make_jobs(DgPool *pool)
{
  pool->n_jobs = pool->threads > 1 ? (size_t)pool->threads * JOBS_A_THREAD : 1;
  pool->jobs = calloc(pool->n_jobs, sizeof *pool->jobs);
  bool made = pool->jobs != NULL;
  for (size_t i = 0; made && i < pool->n_jobs; ++i) {
    pool->jobs[i].arena = dg_arena_new();
    made = pool->jobs[i].arena != NULL;
  }
  pool->extractors = calloc(pool->threads, sizeof(DgExtractor *));
  return made && pool->extractors;
}

DgPool *
dg_pool_new(const DgExtractConfig *config, unsigned threads, DgRender render,
            DgDeliver deliver, void *user)
{
  DgPool *const pool = calloc(1, sizeof *pool);
  if (!pool) {
    return NULL;
  }
  pool->render = render;
  pool->deliver = deliver;
  pool->user = user;
  pool->threads = threads ? threads : 1;
  (void)pthread_mutex_init(&pool->lock, NULL);
  (void)pthread_cond_init(&pool->changed, NULL);
  bool made = make_jobs(pool);
  for (unsigned i = 0; made && i < pool->threads; ++i) {
    pool->extractors[i] = dg_extractor_new(config);
    made = pool->extractors[i] != NULL;
  }
  if (!made || (pool->threads > 1 && !start_threads(pool))) {
    dg_pool_free(pool);
    return NULL;
  }
  return pool;
}

/* ---- copying an article ---- */

static DgStatus
copy_str(DgArena *arena, DgStr *s)
{
  if (s->ptr) {
    *s = dg_arena_copy(arena, *s);
    DG_TRY_PTR(s->ptr);
  }
  return DG_OK;
}

static DgStatus
copy_blocks(DgArena *arena, DgDocument *copy)
{
  DgBlock *const blocks = DG_NEW_ARRAY(arena, DgBlock, copy->n_blocks + 1);
  DG_TRY_PTR(blocks);
  for (size_t i = 0; i < copy->n_blocks; ++i) {
    blocks[i] = copy->blocks[i];
    const DgSpan span = blocks[i].text;
    if (span.end > span.begin) {
      blocks[i].content = dg_str_sub(copy->text, span.begin, span.end);
    } else {
      DG_TRY(copy_str(arena, &blocks[i].content));
    }
  }
  copy->blocks = blocks;
  return DG_OK;
}

static DgStatus
copy_document(DgArena *arena, const DgDocument *document, DgDocument *copy)
{
  *copy = *document;
  DgStr *const strings[] = { &copy->id,       &copy->origin, &copy->url,
                             &copy->title,    &copy->author, &copy->publisher,
                             &copy->encoding, &copy->notice, &copy->text,
                             &copy->agency,   &copy->copy_of };
  for (size_t i = 0; i < sizeof strings / sizeof *strings; ++i) {
    DG_TRY(copy_str(arena, strings[i]));
  }
  DG_TRY(copy_blocks(arena, copy));
  DgMapPoint *const map = DG_NEW_ARRAY(arena, DgMapPoint, copy->n_map + 1);
  DG_TRY_PTR(map);
  if (copy->n_map) {
    memcpy(map, copy->map, copy->n_map * sizeof *map);
  }
  copy->map = map;
  return DG_OK;
}

/* ---- delivery ---- */

/** Deliver the oldest job; the lock is not held. */
static DgStatus
deliver_job(DgPool *pool, Job *job, const DgDocument *document)
{
  DgStatus status = DG_OK;
  if (job->status == DG_OK) {
    status = pool->deliver(pool->user, document, dg_buf_str(&job->out));
  } else {
    ++pool->failed;
  }
  dg_buf_reset(&job->out);
  return status;
}

static DgStatus
deliver_oldest(DgPool *pool)
{
  Job *const job = &pool->jobs[pool->tail % pool->n_jobs];
  (void)pthread_mutex_lock(&pool->lock);
  while (job->state != JOB_DONE) {
    (void)pthread_cond_wait(&pool->changed, &pool->lock);
  }
  (void)pthread_mutex_unlock(&pool->lock);
  const DgStatus status = deliver_job(pool, job, &job->document);
  (void)pthread_mutex_lock(&pool->lock);
  job->state = JOB_FREE;
  ++pool->tail;
  (void)pthread_mutex_unlock(&pool->lock);
  return status;
}

DgStatus
dg_pool_submit(DgPool *pool, const DgDocument *document)
{
  if (pool->threads == 1) {
    Job *const job = &pool->jobs[0];
    job->status = work(pool, 0, document, &job->out);
    return deliver_job(pool, job, document);
  }
  if (pool->head - pool->tail == pool->n_jobs) {
    DG_TRY(deliver_oldest(pool));
  }
  Job *const job = &pool->jobs[pool->head % pool->n_jobs];
  dg_arena_reset(job->arena);
  DG_TRY(copy_document(job->arena, document, &job->document));
  (void)pthread_mutex_lock(&pool->lock);
  job->state = JOB_WAITING;
  ++pool->head;
  (void)pthread_cond_broadcast(&pool->changed);
  (void)pthread_mutex_unlock(&pool->lock);
  return DG_OK;
}

DgStatus
dg_pool_finish(DgPool *pool)
{
  DgStatus status = DG_OK;
  while (pool->tail < pool->head) {
    const DgStatus one = deliver_oldest(pool);
    status = status == DG_OK ? one : status;
  }
  return status;
}

DgExtractCounts
dg_pool_counts(const DgPool *pool)
{
  DgExtractCounts sum = { 0 };
  for (unsigned i = 0; i < pool->threads; ++i) {
    const DgExtractCounts one = dg_extractor_counts(pool->extractors[i]);
    dg_extract_counts_add(&sum, &one);
  }
  return sum;
}

size_t
dg_pool_failed(const DgPool *pool)
{
  return pool->failed;
}

void
dg_pool_free(DgPool *pool)
{
  if (!pool) {
    return;
  }
  (void)pthread_mutex_lock(&pool->lock);
  pool->stop = true;
  (void)pthread_cond_broadcast(&pool->changed);
  (void)pthread_mutex_unlock(&pool->lock);
  for (unsigned i = 0; i < pool->started; ++i) {
    (void)pthread_join(pool->handles[i], NULL);
  }
  for (size_t i = 0; pool->jobs && i < pool->n_jobs; ++i) {
    dg_arena_free(pool->jobs[i].arena);
    dg_buf_clear(&pool->jobs[i].out);
  }
  for (unsigned i = 0; pool->extractors && i < pool->threads; ++i) {
    dg_extractor_free(pool->extractors[i]);
  }
  free(pool->jobs);
  free(pool->extractors);
  free(pool->handles);
  (void)pthread_cond_destroy(&pool->changed);
  (void)pthread_mutex_destroy(&pool->lock);
  free(pool);
}
