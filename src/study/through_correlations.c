#include "base/i18n.h"
#include "study/build.h"
#include "study/through.h"
#include <string.h>

/* Mediators and covariates by their keys, behind a place for an exposure. */
static const char **names_of(const struct through *through, size_t *count, struct arena *arena)
{
    const char **names;

    *count = 1 + through->mediator_count + through->covariate_count;
    names = arena_get(arena, *count, sizeof *names);
    for (size_t i = 1; i < *count; i++) {
        names[i] = through->mediators[i - 1]->key; /* covariates behind them */
    }
    return names;
}

bool through_check_correlations(const struct study *study, double between, struct error *error)
{
    struct arena *arena = arena_create();
    size_t count;
    const char **names = names_of(study->through, &count, arena);
    bool is_good = true;

    for (size_t i = 0; i < study->exposure_count && is_good; i++) {
        names[0] = study->exposures[i]->key;
        is_good =
            correlations_check(study->through->correlations, names, count, between, error);
    }
    arena_destroy(arena);
    return is_good;
}

static bool is_of(const struct study *study, const char *name)
{
    const struct through *through = study->through;

    for (size_t i = 0; i < study->exposure_count; i++) {
        if (strcmp(study->exposures[i]->key, name) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < through->mediator_count + through->covariate_count; i++) {
        if (strcmp(through->mediators[i]->key, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Names of other traits may stand in the file; one that is mistyped is among them. */
static void warn_of_others(struct study *study, const struct correlations *correlations)
{
    const char *first = NULL;
    size_t count = 0;

    for (size_t i = 0; i < correlations->count; i++) {
        if (!is_of(study, correlations->names[i])) {
            first = count++ == 0 ? correlations->names[i] : first;
        }
    }
    if (count > 0) {
        *(char **)array_add(&study->warnings) = arena_format(
            study->arena,
            ngettext("%s: %zu name is no exposure, mediator or covariate of this study: %s",
                     "%s: %zu names are no exposures, mediators or covariates of this study, "
                     "as %s",
                     (unsigned long)count),
            correlations->path, count, first);
    }
}

static void note_file(struct study *study, const char *path)
{
    *(struct study_file *)array_add(&study->files) = (struct study_file){.path = path};
}

static bool take(struct study *study, const char *path, struct error *error)
{
    struct correlations *correlations = arena_get(study->arena, 1, sizeof *correlations);
    struct through *through = arena_get(study->arena, 1, sizeof *through);
    size_t count;
    const char **names = names_of(study->through, &count, study->arena);

    if (!correlations_read(path, study->arena, correlations, error) ||
        !correlations_need(correlations, names + 1, count - 1, error)) {
        return false;
    }
    *through = *study->through;
    through->correlations = correlations;
    study->through = through;
    note_file(study, correlations->path);
    warn_of_others(study, correlations);
    return true;
}

bool study_take_correlations(struct study *study, const char *path, struct error *error)
{
    return study->through == NULL
               ? error_set(
                     error, ERROR_DATA, path, 0, NULL,
                     _("found correlations of errors for a study without mediators; leave "
                       "them out, or give its study file a section mediator"))
               : take(study, path, error);
}
