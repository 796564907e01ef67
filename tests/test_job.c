/* The job pool: the same bytes whatever the threads, queueing, counting, stopping early. */
#include "base/job.h"

#include <check.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { PIECES = 2000, MOST_WORKERS = 7 };

static const size_t thread_counts[] = {1, 2, 7};

struct results {
    double values[PIECES];
    size_t calls[PIECES];
    size_t workers[PIECES];
};

/* Rounding makes the sum depend on its order; a piece's own order never changes. */
static void add_up(void *context, size_t index, size_t worker)
{
    struct results *results = context;
    double sum = 0;
    for (size_t i = 1; i <= 200 + index % 17; i++)
        sum += sin((double)(index * i)) / (double)i;
    results->values[index] = sum;
    results->calls[index]++;
    results->workers[index] = worker;
}

START_TEST(results_do_not_depend_on_threads)
{
    static struct results alone, together;
    job_run(NULL, PIECES, add_up, &alone);
    struct job_pool *pool = job_pool_create(thread_counts[_i]);
    ck_assert_uint_eq(job_pool_threads(pool), thread_counts[_i]);
    job_run(pool, PIECES, add_up, &together);
    ck_assert_mem_eq(alone.values, together.values, sizeof alone.values);
    for (size_t i = 0; i < PIECES; i++) {
        ck_assert_uint_eq(together.calls[i], 1);
        ck_assert_uint_lt(together.workers[i], thread_counts[_i]);
        ck_assert_uint_eq(alone.workers[i], 0);
    }
    job_pool_destroy(pool);
}
END_TEST

START_TEST(batches_queue_behind_each_other)
{
    static struct results results[4];
    struct job_batch *batches[4];
    struct job_pool *pool = job_pool_create(thread_counts[_i]);
    for (size_t i = 0; i < 4; i++)
        batches[i] = job_batch_start(pool, PIECES / (i + 1), add_up, &results[i]);
    for (size_t i = 4; i-- > 0;) {
        ck_assert_uint_eq(job_batch_count(batches[i]), PIECES / (i + 1));
        ck_assert(job_batch_finish(batches[i]));
    }
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < PIECES; j++)
            ck_assert_uint_eq(results[i].calls[j], j < PIECES / (i + 1));
    job_pool_destroy(pool);
}
END_TEST

START_TEST(an_empty_batch_is_over_at_once)
{
    struct job_pool *pool = job_pool_create(2);
    struct job_batch *batch = job_batch_start(pool, 0, add_up, NULL);
    ck_assert(job_batch_is_over(batch));
    ck_assert_uint_eq(job_batch_done(batch), 0);
    ck_assert(job_batch_finish(batch));
    job_run(pool, 0, add_up, NULL);
    job_run(NULL, 0, add_up, NULL);
    job_pool_destroy(pool);
    job_pool_destroy(NULL);
}
END_TEST

START_TEST(a_pool_finds_its_own_size)
{
    struct job_pool *pool = job_pool_create(0);
    ck_assert_uint_ge(job_pool_threads(pool), 1);
    job_pool_destroy(pool);
}
END_TEST

/* A door that pieces wait at, so that a test decides when they end. */
struct door {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t waiting;
    bool is_open;
};

static void wait_at_door(void *context, size_t index, size_t worker)
{
    struct door *door = context;
    (void)index;
    (void)worker;
    pthread_mutex_lock(&door->lock);
    door->waiting++;
    pthread_cond_broadcast(&door->changed);
    while (!door->is_open)
        pthread_cond_wait(&door->changed, &door->lock);
    pthread_mutex_unlock(&door->lock);
}

static void wait_until_waiting(struct door *door, size_t wanted)
{
    pthread_mutex_lock(&door->lock);
    while (door->waiting < wanted)
        pthread_cond_wait(&door->changed, &door->lock);
    pthread_mutex_unlock(&door->lock);
}

static void open_door(struct door *door)
{
    pthread_mutex_lock(&door->lock);
    door->is_open = true;
    pthread_cond_broadcast(&door->changed);
    pthread_mutex_unlock(&door->lock);
}

START_TEST(a_cancelled_batch_ends_early)
{
    struct door door = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, false};
    size_t threads = thread_counts[_i];
    struct job_pool *pool = job_pool_create(threads);
    struct job_batch *batch = job_batch_start(pool, 1000, wait_at_door, &door);
    wait_until_waiting(&door, threads);
    ck_assert_uint_eq(job_batch_done(batch), 0);
    job_batch_cancel(batch);
    ck_assert(!job_batch_is_over(batch));
    open_door(&door);
    ck_assert(!job_batch_finish(batch));
    ck_assert_uint_eq(door.waiting, threads);
    static struct results after;
    job_run(pool, PIECES, add_up, &after);
    ck_assert_uint_eq(after.calls[PIECES - 1], 1);
    job_pool_destroy(pool);
}
END_TEST

START_TEST(a_waiting_batch_can_be_cancelled_before_it_begins)
{
    struct door door = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, false};
    static struct results results;
    struct job_pool *pool = job_pool_create(1);
    struct job_batch *first = job_batch_start(pool, 1, wait_at_door, &door);
    wait_until_waiting(&door, 1);
    struct job_batch *second = job_batch_start(pool, PIECES, add_up, &results);
    job_batch_cancel(second);
    ck_assert(job_batch_is_over(second));
    ck_assert(!job_batch_finish(second));
    ck_assert_uint_eq(results.calls[0], 0);
    open_door(&door);
    ck_assert(job_batch_finish(first));
    job_pool_destroy(pool);
}
END_TEST

START_TEST(progress_counts_up_to_the_end)
{
    static struct results results;
    struct job_pool *pool = job_pool_create(2);
    struct job_batch *batch = job_batch_start(pool, PIECES, add_up, &results);
    size_t before = 0;
    while (!job_batch_is_over(batch)) {
        size_t now = job_batch_done(batch);
        ck_assert_uint_ge(now, before);
        ck_assert_uint_le(now, PIECES);
        before = now;
    }
    ck_assert_uint_eq(job_batch_done(batch), PIECES);
    job_batch_cancel(batch);
    ck_assert(job_batch_finish(batch));
    job_pool_destroy(pool);
}
END_TEST

static void note_mask(void *context, size_t index, size_t worker)
{
    sigset_t *masks = context;
    (void)worker;
    pthread_sigmask(SIG_SETMASK, NULL, &masks[index]);
}

/* Signals belong to the thread that owns the terminal. */
START_TEST(workers_leave_signals_alone)
{
    sigset_t before, after, mask;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct job_pool *pool = job_pool_create(1);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    job_run(pool, 1, note_mask, &mask);
    ck_assert(sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGWINCH) == 1);
    ck_assert_int_eq(sigismember(&after, SIGTERM), sigismember(&before, SIGTERM));
    job_pool_destroy(pool);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("job");
    TCase *cases = tcase_create("pool");
    tcase_add_loop_test(cases, results_do_not_depend_on_threads, 0, 3);
    tcase_add_loop_test(cases, batches_queue_behind_each_other, 0, 3);
    tcase_add_test(cases, an_empty_batch_is_over_at_once);
    tcase_add_test(cases, a_pool_finds_its_own_size);
    tcase_add_loop_test(cases, a_cancelled_batch_ends_early, 0, 3);
    tcase_add_test(cases, a_waiting_batch_can_be_cancelled_before_it_begins);
    tcase_add_test(cases, progress_counts_up_to_the_end);
    tcase_add_test(cases, workers_leave_signals_alone);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
