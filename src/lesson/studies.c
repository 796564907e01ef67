#include "lesson/studies.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/text.h"
#include <string.h>

struct studies {
    char *folder;
    struct array read; /* struct lesson_studied * */
    struct arena *arena;
};

struct studies *studies_create(const char *folder)
{
    struct studies *studies = memory_get(1, sizeof *studies);
    studies->folder = memory_copy_text(folder);
    studies->read = ARRAY_OF(struct lesson_studied *);
    studies->arena = arena_create();
    return studies;
}

void studies_destroy(struct studies *studies)
{
    for (size_t i = 0; i < studies->read.count; i++) {
        struct lesson_studied *studied = *(struct lesson_studied **)array_at(&studies->read, i);
        results_destroy(studied->results);
        study_destroy(studied->study);
    }
    array_destroy(&studies->read);
    arena_destroy(studies->arena);
    memory_free(studies->folder);
    memory_free(studies);
}

static struct lesson_studied *known(const struct studies *studies, const char *name)
{
    for (size_t i = 0; i < studies->read.count; i++) {
        struct lesson_studied *studied = *(struct lesson_studied **)array_at(&studies->read, i);
        if (strcmp(studied->name, name) == 0) {
            return studied;
        }
    }
    return NULL;
}

static struct lesson_studied *read_study(struct studies *studies, const char *name,
                                         struct error *error)
{
    struct arena *arena = studies->arena;
    const char *path = arena_format(arena, "%s/%s", studies->folder, name);
    const char *regions = arena_format(arena, "%s/regions.tsv", studies->folder);
    struct study_loading loading = {.reading = {.threads = 1},
                                    .regions = paths_exist(regions) ? regions : NULL};
    struct lesson_studied *studied = arena_get(arena, 1, sizeof *studied);
    studied->name = arena_text(arena, name);
    if (!study_load_with(path, &loading, &studied->study, error)) {
        return NULL;
    }
    const char *truth = studied->study->truth;
    if (truth != NULL && !truth_read(truth, arena, &studied->truth, error)) {
        study_destroy(studied->study);
        return NULL;
    }
    *(struct lesson_studied **)array_add(&studies->read) = studied;
    return studied;
}

const struct lesson_studied *studies_find(struct studies *studies, const char *name,
                                          bool wants_results, struct error *error)
{
    struct lesson_studied *studied = known(studies, name);
    studied = studied == NULL ? read_study(studies, name, error) : studied;
    if (studied != NULL && studied->results == NULL && wants_results) {
        struct results_options options = {.settings = estimate_default_settings()};
        options.settings.seed = studied->study->seed;
        studied->results = results_finish(results_start(studied->study, &options, NULL));
    }
    return studied;
}
