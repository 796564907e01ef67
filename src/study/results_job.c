#include "base/map.h"
#include "base/memory.h"
#include "study/across.h"
#include "study/results_owned.h"

struct results_job {
    struct owned *owned;
    struct across across;       /* in the results' arena */
    const struct results *base; /* where pairs that are not run come from; NULL: all are run */
    struct arena **scratch;     /* one a worker */
    struct map *excluded;       /* ids; NULL: none */
    bool *is_run;               /* one a pair: run here, not taken from the base */
    /* One a pair, written by the worker that runs it. */
    const struct analysis **made, **previews;
    struct job_pool *pool;
    struct job_batch *batch;          /* NULL: none under way */
    size_t *todo;                     /* the pair of each piece of the batch */
    size_t *piece;                    /* the piece of each pair; NO_PIECE */
    bool *is_done;                    /* one a piece, as last noted */
    size_t todo_count, preview_count; /* the latter is 0 without previews */
    size_t count, shown;              /* pairs to run; of these in the results */
    double work, worked;              /* of the former, of the latter */
    size_t changes;                   /* of pairs in the results */
};
#define NO_PIECE ((size_t)-1)

/* The pair as it stands, or without what was excluded by hand. */
static const struct pair *pair_to_run(const struct pair *pair, const struct map *excluded,
                                      struct arena *scratch, struct arena *arena)
{
    bool any = false;
    bool *is_excluded = arena_get(scratch, pair->count, sizeof *is_excluded);
    for (size_t j = 0; excluded != NULL && j < pair->count; j++) {
        is_excluded[j] = exclusions_has(excluded, pair_variant(pair, j));
        any |= is_excluded[j];
    }
    return any ? pair_without(arena, pair, is_excluded) : pair;
}

/* A pair analysed in its worker's own memory, with the methods asked for or none. */
static const struct analysis *analyse(struct results_job *job, size_t place, bool is_preview,
                                      size_t worker)
{
    const struct results *results = &job->owned->results;
    struct arena *scratch = job->scratch[worker], *arena = job->owned->analyses[worker];
    struct arena_mark mark = arena_mark(scratch);
    const struct pair *pair =
        pair_to_run(results->study->pairs[place], job->excluded, scratch, arena);
    const struct results_options *options = &results->options;
    struct analysis *analysis =
        analysis_create(pair, options->methods, is_preview ? 0 : options->method_count,
                        &options->settings, scratch, arena);
    if (options->left_out_count > 0 && !is_preview) {
        analysis_leave_out(analysis, options->left_out, options->left_out_count, scratch,
                           arena);
    }
    arena_reset(scratch, mark);
    return analysis;
}

/* One piece of work. Previews, where they are asked for, stand before the rest. */
static void run_piece(void *context, size_t index, size_t worker)
{
    struct results_job *job = context;
    if (index < job->preview_count) {
        size_t place = job->todo[index];
        job->previews[place] = analyse(job, place, true, worker);
    } else {
        size_t place = job->todo[index - job->preview_count];
        job->made[place] = analyse(job, place, false, worker);
    }
}

/* A job without anything to do yet. */
static struct results_job *job_create(const struct study *study,
                                      const struct results_options *options,
                                      struct job_pool *pool)
{
    struct results_job *job = memory_get(1, sizeof *job);
    size_t workers = pool == NULL ? 1 : job_pool_threads(pool), pairs = study->pair_count;
    job->owned = owned_create(study, options, workers);
    job->across = across_of(study, job->owned->arena);
    job->scratch = owned_arenas(workers);
    job->excluded = exclusions_ids(&job->owned->results.options.exclusions);
    job->is_run = memory_get(pairs, sizeof *job->is_run);
    job->made = memory_get(pairs, sizeof(const struct analysis *));
    job->previews = memory_get(pairs, sizeof(const struct analysis *));
    job->todo = memory_get(pairs, sizeof *job->todo);
    job->piece = memory_get(pairs, sizeof *job->piece);
    job->is_done = memory_get(memory_product(pairs, 2), sizeof *job->is_done);
    job->pool = pool;
    return job;
}

/* Leave-one-out and the draws grow with the variants; a pair costs something by itself. */
static double work_of(const struct results_job *job, size_t pair)
{
    return 4 + (double)job->owned->results.study->pairs[pair]->count;
}

/* Starts a batch of every pair that is to be run and was not. */
static void job_start(struct results_job *job)
{
    const struct results *results = &job->owned->results;
    job->todo_count = 0;
    for (size_t i = 0; i < results->study->pair_count; i++) {
        bool is_there = results->pairs[i].analysis != NULL && !results->pairs[i].is_preview;
        job->piece[i] = job->is_run[i] && !is_there ? job->todo_count : NO_PIECE;
        if (job->piece[i] != NO_PIECE) {
            job->todo[job->todo_count++] = i;
        }
    }
    job->preview_count = results->options.has_preview ? job->todo_count : 0;
    size_t pieces = job->preview_count + job->todo_count;
    for (size_t i = 0; i < pieces; i++) {
        job->is_done[i] = job->pool == NULL;
    }
    if (job->pool != NULL) {
        job->batch = job_batch_start(job->pool, pieces, run_piece, job);
        return;
    }
    job_run(NULL, pieces, run_piece, job);
}

/* Notes a pair as one that the job runs. */
static void job_take(struct results_job *job, size_t pair)
{
    job->is_run[pair] = true;
    job->count++;
    job->work += work_of(job, pair);
}

struct results_job *results_start(const struct study *study,
                                  const struct results_options *options, struct job_pool *pool)
{
    struct results_job *job = job_create(study, options, pool);
    for (size_t i = 0; i < study->pair_count; i++) {
        job_take(job, i);
    }
    across_fill(&job->owned->results, &job->across);
    job_start(job);
    (void)results_job_look(job);
    return job;
}

static size_t pieces_a_pair(const struct results_job *job)
{
    return job->owned->results.options.has_preview ? 2 : 1;
}

size_t results_job_done(struct results_job *job)
{
    if (job->batch == NULL) {
        return pieces_a_pair(job) * job->shown;
    }
    return pieces_a_pair(job) * (job->count - job->todo_count) + job_batch_done(job->batch);
}

size_t results_job_count(const struct results_job *job)
{
    return pieces_a_pair(job) * job->count;
}

bool results_job_is_over(struct results_job *job)
{
    return job->batch == NULL || job_batch_is_over(job->batch);
}

void results_cancel(struct results_job *job)
{
    if (job->batch != NULL) {
        job_batch_cancel(job->batch);
    }
}

/* The first pair whole, then previews of all, then all. */
void results_job_prefer(struct results_job *job, const size_t *pairs, size_t count)
{
    if (job->batch == NULL) {
        return;
    }
    size_t *pieces = memory_get(memory_product(count + 1, 2), sizeof *pieces), found = 0;
    for (size_t i = 0; i < count && job->preview_count > 0; i++) {
        size_t piece = job->piece[pairs[i]];
        if (piece != NO_PIECE) {
            pieces[found++] = piece;
        }
        if (piece != NO_PIECE && i == 0) {
            pieces[found++] = job->preview_count + piece;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (job->piece[pairs[i]] != NO_PIECE) {
            pieces[found++] = job->preview_count + job->piece[pairs[i]];
        }
    }
    job_batch_prefer(job->batch, pieces, found);
    memory_free(pieces);
}

void results_job_wait_for(struct results_job *job, size_t pair, double seconds)
{
    if (job->batch != NULL && job->piece[pair] != NO_PIECE) {
        (void)job_batch_wait_for(job->batch, job->preview_count + job->piece[pair], seconds);
    }
}

static void show(struct results_job *job, size_t pair, const struct analysis *analysis,
                 bool is_preview)
{
    struct pair_result *result = &job->owned->results.pairs[pair];
    result->analysis = analysis;
    result->is_preview = is_preview;
    result->set = across_set(analysis->pair);
    job->changes++;
}

/* Whether any pair became known that was not. */
static bool show_made(struct results_job *job)
{
    bool is_new = false;
    for (size_t i = 0; i < job->todo_count; i++) {
        size_t pair = job->todo[i];
        const struct pair_result *result = &job->owned->results.pairs[pair];
        bool is_there = result->analysis != NULL;
        if ((!is_there || result->is_preview) && job->is_done[job->preview_count + i]) {
            show(job, pair, job->made[pair], false);
            job->shown++;
            job->worked += work_of(job, pair);
            is_new |= !is_there;
        } else if (!is_there && i < job->preview_count && job->is_done[i]) {
            show(job, pair, job->previews[pair], true);
            is_new = true;
        }
    }
    return is_new;
}

static bool show_base(struct results_job *job)
{
    bool is_new = false;
    for (size_t i = 0; i < job->owned->results.study->pair_count; i++) {
        struct pair_result *result = &job->owned->results.pairs[i];
        const struct pair_result *base = &job->base->pairs[i];
        if (!job->is_run[i] && result->analysis != base->analysis) {
            is_new |= result->analysis == NULL;
            result->analysis = base->analysis;
            result->is_preview = base->is_preview;
            result->set = base->set;
            job->changes++;
        }
    }
    return is_new;
}

const struct results *results_job_look(struct results_job *job)
{
    if (job->batch != NULL) {
        job_batch_note_done(job->batch, job->is_done);
    }
    bool is_new = show_made(job);
    is_new |= job->base != NULL && show_base(job);
    if (is_new) {
        across_fill(&job->owned->results, &job->across);
    }
    return &job->owned->results;
}

double results_job_progress(const struct results_job *job)
{
    return job->work > 0 ? job->worked / job->work : 1;
}

size_t results_job_changes(const struct results_job *job)
{
    return job->changes;
}

/* Waits for the batch; what was done is shown afterwards. */
static void end_batch(struct results_job *job)
{
    if (job->batch != NULL) {
        (void)job_batch_finish(job->batch);
        job->batch = NULL;
        for (size_t i = 0; i < job->preview_count; i++) {
            job->is_done[i] = job->previews[job->todo[i]] != NULL;
        }
        for (size_t i = 0; i < job->todo_count; i++) {
            job->is_done[job->preview_count + i] = job->made[job->todo[i]] != NULL;
        }
    }
    (void)results_job_look(job);
}

void results_job_wait(struct results_job *job)
{
    end_batch(job);
}

void results_job_resume(struct results_job *job)
{
    end_batch(job);
    job_start(job);
}

/* Frees all but the results. */
static void drop_job(struct results_job *job)
{
    owned_end_arenas(job->scratch, job->owned->workers);
    map_destroy(job->excluded);
    memory_free(job->is_run);
    memory_free(job->made);
    memory_free(job->previews);
    memory_free(job->todo);
    memory_free(job->piece);
    memory_free(job->is_done);
    memory_free(job);
}

struct results *results_finish(struct results_job *job)
{
    end_batch(job);
    struct results *results = &job->owned->results;
    bool is_complete = job->shown == job->count;
    drop_job(job);
    if (!is_complete) {
        results_destroy(results);
        return NULL;
    }
    return results;
}

void results_job_destroy(struct results_job *job)
{
    if (job == NULL) {
        return;
    }
    /* Its base may be gone: nothing is looked at any more. */
    results_cancel(job);
    if (job->batch != NULL) {
        (void)job_batch_finish(job->batch);
    }
    struct results *results = &job->owned->results;
    drop_job(job);
    results_destroy(results);
}

/* Whether a pair holds a variant that is excluded in one set and not in the other. */
static bool is_affected(const struct pair *pair, const struct map *before,
                        const struct map *after)
{
    for (size_t j = 0; j < pair->count; j++) {
        const char *id = pair_variant(pair, j);
        if (exclusions_has(before, id) != exclusions_has(after, id)) {
            return true;
        }
    }
    return false;
}

struct results_job *results_start_from(const struct results *base,
                                       const struct exclusions *exclusions,
                                       struct job_pool *pool)
{
    struct results_options options = base->options;
    options.exclusions = exclusions == NULL ? (struct exclusions){0} : *exclusions;
    struct results_job *job = job_create(base->study, &options, pool);
    struct map *before = exclusions_ids(&base->options.exclusions);
    job->base = base;
    for (size_t i = 0; i < base->study->pair_count; i++) {
        if (is_affected(base->study->pairs[i], before, job->excluded)) {
            job_take(job, i);
        }
    }
    map_destroy(before);
    across_fill(&job->owned->results, &job->across);
    job_start(job);
    (void)results_job_look(job);
    return job;
}

struct results_job *results_start_rest(const struct results *base, struct job_pool *pool)
{
    struct results_job *job = job_create(base->study, &base->options, pool);
    job->base = base;
    for (size_t i = 0; i < base->study->pair_count; i++) {
        if (base->pairs[i].analysis == NULL) {
            job_take(job, i);
        }
    }
    job_start(job);
    (void)results_job_look(job);
    across_fill(&job->owned->results, &job->across);
    return job;
}
