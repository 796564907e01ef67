/*
 * The one job pool: many independent pieces of work on a few threads.
 * In: a count and a function of an index. Out: all pieces done, or stopped early. Threads share
 * nothing but the queue; a piece writes only to its own place, so that results do not depend on
 * the number of threads.
 */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include <stdbool.h>
#include <stddef.h>

struct job_pool;
struct job_batch;

/* One piece: `index` of count, on `worker` of the pool (0 up), for scratch memory of its own.
 */
typedef void job_function(void *context, size_t index, size_t worker);

/* A pool of `threads` threads (0: as many as processors). The caller ends it. */
struct job_pool *job_pool_create(size_t threads);
void job_pool_destroy(struct job_pool *pool);
size_t job_pool_threads(const struct job_pool *pool);

/*
 * Starts pieces 0 .. count-1 and returns at once. `context` must live until the batch is
 * finished. The caller ends the batch with job_batch_finish.
 */
struct job_batch *job_batch_start(struct job_pool *pool, size_t count, job_function *function,
                                  void *context);

/* Which pieces come first from now on, in this order (copied); the rest follow in their own. */
void job_batch_prefer(struct job_batch *batch, const size_t *pieces, size_t count);

/* Notes which pieces are done: what these wrote may be read from then on. is_done has one a
 * piece. */
void job_batch_note_done(struct job_batch *batch, bool *is_done);

/* Waits until a piece is done or will not be, but not longer than that; true when it is done.
 */
bool job_batch_wait_for(struct job_batch *batch, size_t piece, double seconds);

/* Pieces done so far, out of how many; may be asked at any time from any thread. */
size_t job_batch_done(struct job_batch *batch);
size_t job_batch_count(const struct job_batch *batch);

/* Asks for an early end: pieces not yet begun are skipped. */
void job_batch_cancel(struct job_batch *batch);

/* Whether every piece is done or skipped, without waiting. */
bool job_batch_is_over(struct job_batch *batch);

/* Waits for the end and frees the batch. True when every piece was done, false when cancelled.
 */
bool job_batch_finish(struct job_batch *batch);

/* Starts, waits and finishes: the pieces one after the other when pool is NULL. */
void job_run(struct job_pool *pool, size_t count, job_function *function, void *context);

#endif
