#include "study/results.h"
#include "base/memory.h"
#include "study/results_owned.h"

struct arena **owned_arenas(size_t count)
{
    struct arena **arenas = memory_get(count, sizeof(struct arena *));
    for (size_t i = 0; i < count; i++) {
        arenas[i] = arena_create();
    }
    return arenas;
}

void owned_end_arenas(struct arena **arenas, size_t count)
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

struct owned *owned_create(const struct study *study, const struct results_options *options,
                           size_t workers)
{
    struct owned *owned = memory_get(1, sizeof *owned);
    owned->arena = arena_create();
    owned->workers = workers;
    owned->analyses = owned_arenas(workers);
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
    owned_end_arenas(owned->analyses, owned->workers);
    arena_destroy(owned->arena);
    memory_free(owned);
}

bool results_are_complete(const struct results *results)
{
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (results->pairs[i].analysis == NULL || results->pairs[i].is_preview) {
            return false;
        }
    }
    return true;
}

struct results *results_with_exclusions(const struct results *old,
                                        const struct exclusions *exclusions,
                                        struct job_pool *pool)
{
    return results_finish(results_start_from(old, exclusions, pool));
}
