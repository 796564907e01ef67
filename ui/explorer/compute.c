#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "ui/explorer/opening.h"
#include <math.h>
#include <string.h>
#include <time.h>

/* How long a key waits for what it changes on the screen before that is drawn as under way; how
 * long work goes unsaid, in seconds. */
static const double AT_ONCE = .01, UNSAID = .3;

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Late results are nobody's: they are never looked at, and end when their workers do. */
static void drop(struct loop *loop, struct results_job **job)
{
    if (*job != NULL) {
        results_cancel(*job);
        *(struct results_job **)array_add(&loop->dropped) = *job;
        *job = NULL;
    }
}

static void sweep(struct loop *loop, bool waits)
{
    size_t kept = 0;
    for (size_t i = 0; i < loop->dropped.count; i++) {
        struct results_job *job = *(struct results_job **)array_at(&loop->dropped, i);
        if (waits || results_job_is_over(job)) {
            results_job_destroy(job);
        } else {
            *(struct results_job **)array_at(&loop->dropped, kept++) = job;
        }
    }
    loop->dropped.count = kept;
}

/* The pairs on the screen first, then all of the direction and outcome shown. */
static void wanted(const struct loop *loop, struct array *pairs)
{
    const struct state *state = &loop->state;
    const struct view *screen = loop_screen(loop);
    const struct trait *disease = state_disease(state);
    if (screen->kind->wants != NULL) {
        screen->kind->wants(screen, state, pairs);
    }
    for (size_t i = 0; disease != NULL && i < state->study->pair_count; i++) {
        const struct pair *pair = state->study->pairs[i];
        if (pair->direction == state->direction &&
            strcmp(study_disease(pair)->key, disease->key) == 0) {
            *(size_t *)array_add(pairs) = i;
        }
    }
}

static void prefer(struct results_job *job, const struct array *pairs)
{
    if (job != NULL) {
        results_job_prefer(job, pairs->items, pairs->count);
    }
}

static size_t changes_of(const struct results_job *job)
{
    return job == NULL ? 0 : results_job_changes(job);
}

/* What is done is shown; the hand exclusions' results take from the full ones. */
static void look(struct loop *loop)
{
    struct state *state = &loop->state;
    state->full = loop->full == NULL ? NULL : results_job_look(loop->full);
    state->partial = loop->part == NULL ? NULL : results_job_look(loop->part);
    size_t changes = changes_of(loop->full) + changes_of(loop->part);
    state->turn += changes != loop->changes;
    loop->changes = changes;
}

static bool is_over(struct results_job *job)
{
    return job == NULL || results_job_is_over(job);
}

static void tell_progress(struct loop *loop)
{
    struct state *state = &loop->state;
    bool full = !is_over(loop->full), part = !is_over(loop->part);
    double started = full ? loop->started : loop->part_started;
    double spent = seconds() - started;
    state->is_waiting = full || part;
    state->is_running = full || (part && spent > UNSAID);
    if (!state->is_running) {
        return;
    }
    double before = full ? loop->progress_before : 0;
    double done = results_job_progress(full ? loop->full : loop->part);
    state->progress = done;
    state->remaining =
        done - before > .02 && spent > .5 ? spent * (1 - done) / (done - before) : NAN;
}

static void say_when_stopped(struct loop *loop)
{
    if (loop->is_stopping && is_over(loop->full) && is_over(loop->part)) {
        loop->is_stopping = false;
        if (!state_is_complete(&loop->state)) {
            state_say(&loop->state, _("stopped; {compute} goes on"));
        }
    }
}

static void close_over(struct results_job *job)
{
    if (job != NULL && results_job_is_over(job)) {
        results_job_wait(job);
    }
}

void loop_poll(struct loop *loop)
{
    struct array pairs = ARRAY_OF(size_t);
    opening_poll(loop);
    sweep(loop, false);
    close_over(loop->full);
    close_over(loop->part);
    look(loop);
    tell_progress(loop);
    say_when_stopped(loop);
    if (loop->state.is_waiting) {
        wanted(loop, &pairs);
        prefer(loop->full, &pairs);
        prefer(loop->part, &pairs);
    }
    array_destroy(&pairs);
}

/* A new job works on what is on the screen first; a short wait spares it a frame without. */
static void begin(struct loop *loop, struct results_job *job)
{
    struct array pairs = ARRAY_OF(size_t);
    wanted(loop, &pairs);
    prefer(job, &pairs);
    if (pairs.count > 0) {
        results_job_wait_for(job, *(size_t *)array_at(&pairs, 0), AT_ONCE);
    }
    array_destroy(&pairs);
}

void loop_follow_exclusions(struct loop *loop)
{
    struct exclusions exclusions = history_exclusions(&loop->state.history);
    loop->state.partial = NULL;
    drop(loop, &loop->part);
    loop->state.turn++;
    if (exclusions.count > 0 && loop->full != NULL) {
        loop->part = results_start_from(loop->state.full, &exclusions, loop->hands);
        loop->part_started = seconds();
        begin(loop, loop->part);
    }
    loop_poll(loop);
}

/* Everything anew, with what was chosen. The old results go before what they were made of. */
static void start_anew(struct loop *loop)
{
    struct state *state = &loop->state;
    drop(loop, &loop->part);
    drop(loop, &loop->full);
    state->full = state->partial = NULL;
    state->turn++;
    asked_end(&state->shown);
    state->shown = asked_copy(&state->chosen);
    /* The full results are those with nothing left out; exclusions by hand come after. */
    struct results_options options = asked_options(&state->shown);
    options.has_preview = true;
    options.left_out = loop->options->results.left_out;
    options.left_out_count = loop->options->results.left_out_count;
    loop->full = results_start(state->study, &options, loop->pool);
    loop->progress_before = 0;
}

static void go_on(struct results_job *job)
{
    if (job != NULL) {
        results_job_resume(job);
    }
}

void loop_compute(struct loop *loop)
{
    struct state *state = &loop->state;
    bool is_same = loop->full != NULL && asked_equal(&state->chosen, &state->shown);
    if (is_same && state->is_waiting && !loop->is_stopping) {
        return;
    }
    loop->is_stopping = false;
    loop->started = loop->part_started = seconds();
    if (is_same && !state_is_complete(state)) {
        go_on(loop->full);
        go_on(loop->part);
        loop->progress_before = results_job_progress(loop->full);
        loop_poll(loop);
        return;
    }
    start_anew(loop);
    begin(loop, loop->full);
    look(loop);
    loop_follow_exclusions(loop);
}

int loop_patience(const struct loop *loop)
{
    if (loop->reading != NULL) {
        return 50;
    }
    if (!loop->state.is_waiting) {
        return loop->dropped.count > 0 ? 50 : -1;
    }
    double spent = seconds() - fmax(loop->started, loop->part_started);
    return spent < .5 ? 8 : 50;
}

void loop_cancel(struct loop *loop)
{
    loop->is_stopping = loop->state.is_waiting;
    if (loop->full != NULL) {
        results_cancel(loop->full);
    }
    if (loop->part != NULL) {
        results_cancel(loop->part);
    }
}

void loop_wait(struct loop *loop)
{
    if (loop->full != NULL) {
        results_job_wait(loop->full);
    }
    if (loop->part != NULL) {
        results_job_wait(loop->part);
    }
    loop_poll(loop);
}

void loop_forget_results(struct loop *loop)
{
    loop->state.full = loop->state.partial = NULL;
    loop->state.turn++;
    drop(loop, &loop->part);
    drop(loop, &loop->full);
    sweep(loop, true);
}

void loop_end_computing(struct loop *loop)
{
    loop_forget_results(loop);
    array_destroy(&loop->dropped);
}
