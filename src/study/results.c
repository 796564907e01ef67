#include "study/results.h"
#include "base/map.h"
#include "base/memory.h"
#include "study/across.h"
#include <string.h>

/* Results with the memory that they own. Each worker has an arena of its own, so that workers
 * never wait for each other; which analysis lies where does not show in any number. */
struct owned {
    struct results results;
    struct arena *arena;
    struct arena **analyses; /* one a worker */
    size_t workers;
};

struct results_job {
    struct owned *owned;
    struct arena **scratch; /* one a worker */
    struct map *excluded;   /* ids; NULL: none */
    size_t *todo;           /* indices of the pairs to run */
    size_t count;
    struct job_batch *batch; /* NULL without a pool */
    size_t done;             /* without a pool */
};

static struct arena **arenas_create(size_t count)
{
    struct arena **arenas = memory_get(count, sizeof(struct arena *));
    for (size_t i = 0; i < count; i++) {
        arenas[i] = arena_create();
    }
    return arenas;
}

static void arenas_destroy(struct arena **arenas, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        arena_destroy(arenas[i]);
    }
    memory_free(arenas);
}

static const char *const *copy_ids(const struct exclusions *exclusions, struct arena *arena)
{
    const char **ids = arena_get(arena, exclusions->count, sizeof *ids);
    for (size_t i = 0; i < exclusions->count; i++) {
        ids[i] = arena_text(arena, exclusions->variants[i]);
    }
    return ids;
}

static const struct method *const *copy_methods(const struct method *const *methods,
                                                size_t count, struct arena *arena)
{
    const struct method **copy = arena_get(arena, count, sizeof(struct method *));
    for (size_t i = 0; i < count; i++) {
        copy[i] = methods[i];
    }
    return copy;
}

static struct owned *owned_create(const struct study *study,
                                  const struct results_options *options, size_t workers)
{
    struct owned *owned = memory_get(1, sizeof *owned);
    owned->arena = arena_create();
    owned->workers = workers;
    owned->analyses = arenas_create(workers);
    struct results *results = &owned->results;
    results->study = study;
    results->options = *options;
    results->options.exclusions.variants = copy_ids(&options->exclusions, owned->arena);
    results->options.methods =
        copy_methods(options->methods, options->method_count, owned->arena);
    results->options.left_out =
        copy_methods(options->left_out, options->left_out_count, owned->arena);
    results->pairs = arena_get(owned->arena, study->pair_count, sizeof *results->pairs);
    return owned;
}

void results_destroy(struct results *results)
{
    if (results == NULL) {
        return;
    }
    struct owned *owned = (struct owned *)results; /* its first member */
    arenas_destroy(owned->analyses, owned->workers);
    arena_destroy(owned->arena);
    memory_free(owned);
}

static struct map *ids_of(const struct exclusions *exclusions)
{
    if (exclusions->count == 0) {
        return NULL;
    }
    struct map *ids = map_create();
    for (size_t i = 0; i < exclusions->count; i++) {
        map_set(ids, exclusions->variants[i], i);
    }
    return ids;
}

static bool has_id(const struct map *ids, const char *id)
{
    size_t unused;
    return ids != NULL && map_get(ids, id, &unused);
}

/* The pair as it stands, or without what was excluded by hand. */
static const struct pair *pair_to_run(const struct pair *pair, const struct map *excluded,
                                      struct arena *scratch, struct arena *arena)
{
    bool any = false;
    bool *is_excluded = arena_get(scratch, pair->count, sizeof *is_excluded);
    for (size_t j = 0; excluded != NULL && j < pair->count; j++) {
        is_excluded[j] = has_id(excluded, pair_variant(pair, j));
        any |= is_excluded[j];
    }
    return any ? pair_without(arena, pair, is_excluded) : pair;
}

/* One piece of work: a pair, analysed in its worker's own memory. */
static void run_pair(void *context, size_t index, size_t worker)
{
    struct results_job *job = context;
    struct results *results = &job->owned->results;
    struct arena *scratch = job->scratch[worker], *arena = job->owned->analyses[worker];
    struct arena_mark mark = arena_mark(scratch);
    size_t place = job->todo[index];
    const struct pair *pair =
        pair_to_run(results->study->pairs[place], job->excluded, scratch, arena);
    const struct results_options *options = &results->options;
    struct analysis *analysis = analysis_create(pair, options->methods, options->method_count,
                                                &options->settings, scratch, arena);
    if (options->left_out_count > 0) {
        analysis_leave_out(analysis, options->left_out, options->left_out_count, scratch,
                           arena);
    }
    results->pairs[place].analysis = analysis;
    arena_reset(scratch, mark);
}

/* A job without anything to do yet. */
static struct results_job *job_create(const struct study *study,
                                      const struct results_options *options,
                                      struct job_pool *pool)
{
    struct results_job *job = memory_get(1, sizeof *job);
    size_t workers = pool == NULL ? 1 : job_pool_threads(pool);
    job->owned = owned_create(study, options, workers);
    job->scratch = arenas_create(workers);
    job->excluded = ids_of(&job->owned->results.options.exclusions);
    job->todo = memory_get(study->pair_count, sizeof *job->todo);
    return job;
}

static void job_start(struct results_job *job, struct job_pool *pool)
{
    if (pool != NULL) {
        job->batch = job_batch_start(pool, job->count, run_pair, job);
        return;
    }
    job_run(NULL, job->count, run_pair, job);
    job->done = job->count;
}

struct results_job *results_start(const struct study *study,
                                  const struct results_options *options, struct job_pool *pool)
{
    struct results_job *job = job_create(study, options, pool);
    for (size_t i = 0; i < study->pair_count; i++) {
        job->todo[job->count++] = i;
    }
    job_start(job, pool);
    return job;
}

size_t results_job_done(struct results_job *job)
{
    return job->batch == NULL ? job->done : job_batch_done(job->batch);
}

size_t results_job_count(const struct results_job *job)
{
    return job->count;
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

struct results *results_finish(struct results_job *job)
{
    bool is_complete = job->batch == NULL || job_batch_finish(job->batch);
    struct owned *owned = job->owned;
    arenas_destroy(job->scratch, owned->workers);
    map_destroy(job->excluded);
    memory_free(job->todo);
    memory_free(job);
    if (!is_complete) {
        results_destroy(&owned->results);
        return NULL;
    }
    across_fill(&owned->results);
    return &owned->results;
}

/* Whether a pair holds a variant that is excluded in one set and not in the other. */
static bool is_affected(const struct pair *pair, const struct map *before,
                        const struct map *after)
{
    for (size_t j = 0; j < pair->count; j++) {
        const char *id = pair_variant(pair, j);
        if (has_id(before, id) != has_id(after, id)) {
            return true;
        }
    }
    return false;
}

struct results *results_with_exclusions(const struct results *old,
                                        const struct exclusions *exclusions,
                                        struct job_pool *pool)
{
    struct results_options options = old->options;
    options.exclusions = exclusions == NULL ? (struct exclusions){0} : *exclusions;
    struct results_job *job = job_create(old->study, &options, pool);
    struct map *before = ids_of(&old->options.exclusions);
    for (size_t i = 0; i < old->study->pair_count; i++) {
        if (is_affected(old->study->pairs[i], before, job->excluded)) {
            job->todo[job->count++] = i;
        } else {
            job->owned->results.pairs[i].analysis = old->pairs[i].analysis;
        }
    }
    map_destroy(before);
    job_start(job, pool);
    return results_finish(job);
}
