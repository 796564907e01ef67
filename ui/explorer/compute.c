#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include <math.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void loop_compute(struct loop *loop)
{
    struct results_options options = loop->options->results;
    if (loop->job != NULL) {
        return;
    }
    /* The full results are those with nothing left out; exclusions by hand come after. */
    options.exclusions = (struct exclusions){0};
    loop->job_generation = ++loop->generation;
    loop->started = seconds();
    loop->state.is_running = true;
    loop->state.progress = 0;
    loop->state.remaining = NAN;
    loop->job = results_start(loop->state.study, &options, loop->pool);
}

static void drop(struct results **results)
{
    if (*results != NULL) {
        results_destroy(*results);
        *results = NULL;
    }
}

void loop_follow_exclusions(struct loop *loop)
{
    struct exclusions exclusions = history_exclusions(&loop->state.history);
    drop(&loop->state.partial);
    loop->state.turn++;
    if (exclusions.count > 0 && loop->state.full != NULL) {
        loop->state.partial =
            results_with_exclusions(loop->state.full, &exclusions, loop->pool);
    }
}

/* Results of something that is no longer asked for are dropped. */
static void adopt(struct loop *loop, struct results *results)
{
    if (results == NULL) {
        state_say(&loop->state, _("stopped; R computes again"));
    } else if (loop->job_generation != loop->generation) {
        results_destroy(results);
    } else {
        /* What was made from the old results goes before them. */
        drop(&loop->state.partial);
        drop(&loop->state.full);
        loop->state.full = results;
        loop_follow_exclusions(loop);
    }
}

static void finish(struct loop *loop)
{
    struct results *results = results_finish(loop->job);
    loop->job = NULL;
    loop->state.is_running = false;
    adopt(loop, results);
}

void loop_poll(struct loop *loop)
{
    if (loop->job == NULL) {
        return;
    }
    if (results_job_is_over(loop->job)) {
        finish(loop);
        return;
    }
    size_t count = results_job_count(loop->job);
    double done = count == 0 ? 0 : (double)results_job_done(loop->job) / (double)count;
    double spent = seconds() - loop->started;
    loop->state.progress = done;
    loop->state.remaining = done > 0.05 && spent > 1 ? spent * (1 - done) / done : NAN;
}

void loop_cancel(struct loop *loop)
{
    if (loop->job != NULL) {
        results_cancel(loop->job);
    }
}

void loop_wait(struct loop *loop)
{
    if (loop->job != NULL) {
        finish(loop);
    }
}
