#include "base/job.h"
#include "base/memory.h"
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct job_batch {
    struct job_pool *pool;
    struct job_batch *after; /* waits behind this one */
    job_function *function;
    void *context;
    size_t count;
    size_t next;       /* no piece before it is free */
    size_t *preferred; /* pieces that come before the others */
    size_t preferred_count, preferred_next;
    bool *is_taken, *is_done; /* one a piece */
    size_t taken, done;
    size_t running;
    bool is_cancelled;
};

struct job_pool {
    pthread_mutex_t lock;
    pthread_cond_t work;     /* there may be a piece to take */
    pthread_cond_t progress; /* a piece ended */
    struct job_batch *first;
    pthread_t *threads;
    size_t count;
    size_t started; /* gives each thread its number */
    bool is_ending;
};

static bool has_pieces(const struct job_batch *batch)
{
    return !batch->is_cancelled && batch->taken < batch->count;
}

/* A piece that nobody took; there is one. */
static size_t free_piece(struct job_batch *batch)
{
    while (batch->preferred_next < batch->preferred_count) {
        size_t piece = batch->preferred[batch->preferred_next++];
        if (!batch->is_taken[piece]) {
            return piece;
        }
    }
    while (batch->is_taken[batch->next]) {
        batch->next++;
    }
    return batch->next;
}

/* The first batch with a piece to take, or NULL; called with the lock held. */
static struct job_batch *batch_with_work(struct job_pool *pool)
{
    struct job_batch *batch = pool->first;
    while (batch != NULL && !has_pieces(batch)) {
        batch = batch->after;
    }
    return batch;
}

static void take_one(struct job_pool *pool, struct job_batch *batch, size_t worker)
{
    size_t index = free_piece(batch);
    batch->is_taken[index] = true;
    batch->taken++;
    batch->running++;
    pthread_mutex_unlock(&pool->lock);
    batch->function(batch->context, index, worker);
    pthread_mutex_lock(&pool->lock);
    batch->running--;
    batch->is_done[index] = true;
    batch->done++;
    pthread_cond_broadcast(&pool->progress);
}

static void *work(void *argument)
{
    struct job_pool *pool = argument;
    pthread_mutex_lock(&pool->lock);
    size_t worker = pool->started++;
    while (!pool->is_ending) {
        struct job_batch *batch = batch_with_work(pool);
        if (batch == NULL) {
            pthread_cond_wait(&pool->work, &pool->lock);
        } else {
            take_one(pool, batch, worker);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Signals stay with the caller's thread, which owns the terminal and must be woken by them.
 * Those of a fault are for the thread that has it: blocked, they would end the program without
 * their handler. */
static void start_threads(struct job_pool *pool, size_t threads)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    sigset_t all, before;
    sigfillset(&all);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        sigdelset(&all, faults[i]);
    }
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pool->threads = memory_get(threads, sizeof *pool->threads);
    for (size_t i = 0; i < threads; i++) {
        if (pthread_create(&pool->threads[i], NULL, work, pool) != 0) {
            break; /* fewer threads do the same work; none at all: the caller's thread does */
        }
        pool->count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct job_pool *job_pool_create(size_t threads)
{
    if (threads == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        threads = processors > 0 ? (size_t)processors : 1;
    }
    struct job_pool *pool = memory_get(1, sizeof *pool);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->progress, &attributes);
    pthread_condattr_destroy(&attributes);
    start_threads(pool, threads);
    return pool;
}

void job_pool_destroy(struct job_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->is_ending = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++) {
        pthread_join(pool->threads[i], NULL);
    }
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->progress);
    pthread_mutex_destroy(&pool->lock);
    memory_free(pool->threads);
    memory_free(pool);
}

size_t job_pool_threads(const struct job_pool *pool)
{
    return pool->count == 0 ? 1 : pool->count;
}

struct job_batch *job_batch_start(struct job_pool *pool, size_t count, job_function *function,
                                  void *context)
{
    struct job_batch *batch = memory_get(1, sizeof *batch);
    batch->pool = pool;
    batch->function = function;
    batch->context = context;
    batch->count = count;
    batch->is_taken = memory_get(count, sizeof *batch->is_taken);
    batch->is_done = memory_get(count, sizeof *batch->is_done);
    pthread_mutex_lock(&pool->lock);
    struct job_batch **end = &pool->first;
    while (*end != NULL) {
        end = &(*end)->after;
    }
    *end = batch;
    while (pool->count == 0 && has_pieces(batch)) {
        take_one(pool, batch, 0);
    }
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    return batch;
}

void job_batch_prefer(struct job_batch *batch, const size_t *pieces, size_t count)
{
    size_t *copy = memory_get(count, sizeof *copy);
    if (count > 0) {
        memcpy(copy, pieces, count * sizeof *copy);
    }
    pthread_mutex_lock(&batch->pool->lock);
    size_t *before = batch->preferred;
    batch->preferred = copy;
    batch->preferred_count = count;
    batch->preferred_next = 0;
    pthread_mutex_unlock(&batch->pool->lock);
    memory_free(before);
}

void job_batch_note_done(struct job_batch *batch, bool *is_done)
{
    pthread_mutex_lock(&batch->pool->lock);
    if (batch->count > 0) {
        memcpy(is_done, batch->is_done, batch->count * sizeof *is_done);
    }
    pthread_mutex_unlock(&batch->pool->lock);
}

/* The moment so many seconds from now. */
static struct timespec moment_after(double seconds)
{
    struct timespec moment;
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    double rest = (double)moment.tv_nsec + 1e9 * seconds;
    moment.tv_sec += (time_t)(rest / 1e9);
    moment.tv_nsec = (long)(rest - 1e9 * (double)(time_t)(rest / 1e9));
    return moment;
}

bool job_batch_wait_for(struct job_batch *batch, size_t piece, double seconds)
{
    struct timespec end = moment_after(seconds);
    int problem = 0;
    pthread_mutex_lock(&batch->pool->lock);
    while (!batch->is_done[piece] && problem == 0 &&
           (batch->is_taken[piece] || has_pieces(batch))) {
        problem = pthread_cond_timedwait(&batch->pool->progress, &batch->pool->lock, &end);
    }
    bool is_done = batch->is_done[piece];
    pthread_mutex_unlock(&batch->pool->lock);
    return is_done;
}

size_t job_batch_done(struct job_batch *batch)
{
    pthread_mutex_lock(&batch->pool->lock);
    size_t done = batch->done;
    pthread_mutex_unlock(&batch->pool->lock);
    return done;
}

size_t job_batch_count(const struct job_batch *batch)
{
    return batch->count;
}

void job_batch_cancel(struct job_batch *batch)
{
    pthread_mutex_lock(&batch->pool->lock);
    batch->is_cancelled = true;
    pthread_cond_broadcast(&batch->pool->progress);
    pthread_mutex_unlock(&batch->pool->lock);
}

/* Called with the lock held. */
static bool is_over(const struct job_batch *batch)
{
    return batch->running == 0 && !has_pieces(batch);
}

bool job_batch_is_over(struct job_batch *batch)
{
    pthread_mutex_lock(&batch->pool->lock);
    bool over = is_over(batch);
    pthread_mutex_unlock(&batch->pool->lock);
    return over;
}

bool job_batch_finish(struct job_batch *batch)
{
    struct job_pool *pool = batch->pool;
    pthread_mutex_lock(&pool->lock);
    while (!is_over(batch)) {
        pthread_cond_wait(&pool->progress, &pool->lock);
    }
    struct job_batch **at = &pool->first;
    while (*at != batch) {
        at = &(*at)->after;
    }
    *at = batch->after;
    bool all = batch->done == batch->count;
    pthread_mutex_unlock(&pool->lock);
    memory_free(batch->preferred);
    memory_free(batch->is_taken);
    memory_free(batch->is_done);
    memory_free(batch);
    return all;
}

void job_run(struct job_pool *pool, size_t count, job_function *function, void *context)
{
    if (pool == NULL) {
        for (size_t i = 0; i < count; i++) {
            function(context, i, 0);
        }
        return;
    }
    (void)job_batch_finish(job_batch_start(pool, count, function, context));
}
