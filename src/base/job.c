#include "base/job.h"
#include "base/memory.h"
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

struct job_batch {
    struct job_pool *pool;
    struct job_batch *after; /* waits behind this one */
    job_function *function;
    void *context;
    size_t count;
    size_t next; /* the first piece that nobody took */
    size_t done;
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
    return !batch->is_cancelled && batch->next < batch->count;
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
    size_t index = batch->next++;
    batch->running++;
    pthread_mutex_unlock(&pool->lock);
    batch->function(batch->context, index, worker);
    pthread_mutex_lock(&pool->lock);
    batch->running--;
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

/* Signals stay with the caller's thread, which owns the terminal and must be woken by them. */
static void start_threads(struct job_pool *pool, size_t threads)
{
    sigset_t all, before;
    sigfillset(&all);
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
    pthread_cond_init(&pool->progress, NULL);
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
