#include "multivariable/together.h"
#include "base/memory.h"
#include "multivariable/methods.h"
#include <math.h>
#include <string.h>

static struct design_options options_of(const struct estimate_settings *settings)
{
    const double *set = settings->parameters;

    return (struct design_options){.correlation = set[PARAMETER_MV_CORRELATION],
                                   .exposure_n = set[PARAMETER_MV_EXPOSURE_N],
                                   .outcome_n = set[PARAMETER_MV_OUTCOME_N]};
}

/* Data perturbation takes seconds where the others take milliseconds. */
static bool answers_at_once(const struct mv_method *method)
{
    return method != &mv_method_cml_dp;
}

static void run_methods(struct together *several, struct arena *scratch)
{
    size_t count;
    const struct mv_method *const *methods = mv_methods_all(&count);

    several->estimates = arena_get(several->arena, count, sizeof *several->estimates);
    for (size_t i = 0; i < count; i++) {
        if (answers_at_once(methods[i])) {
            several->estimates[several->count++] = mv_run(
                methods[i], &several->design, &several->settings, scratch, several->arena);
        }
    }
}

static void run_alone(struct together *several, struct arena *scratch)
{
    size_t exposures = several->design.exposure_count;

    several->alone = arena_get(several->arena, exposures, sizeof *several->alone);
    for (size_t k = 0; k < exposures; k++) {
        struct design *one = arena_get(several->arena, 1, sizeof *one);

        *one = design_of_one(&several->design, k, several->arena);
        several->alone[k] =
            mv_run(&mv_method_ivw, one, &several->settings, scratch, several->arena);
    }
}

static void compute(struct together *several)
{
    struct arena *scratch = arena_create();
    size_t exposures = several->design.exposure_count;

    run_methods(several, scratch);
    run_alone(several, scratch);
    several->strengths = arena_get(several->arena, exposures, sizeof *several->strengths);
    mv_strength_of(&several->design, several->strengths, scratch);
    several->joint = mv_joint_strength(&several->design, scratch);
    several->heterogeneity = mv_heterogeneity_of(&several->design, scratch);
    arena_destroy(scratch);
}

bool together_read(const char *path, const struct estimate_settings *settings,
                   struct together **several, struct error *error)
{
    struct arena *arena = arena_create();
    struct design_options options = options_of(settings);
    struct together *made = arena_get(arena, 1, sizeof *made);

    made->arena = arena;
    made->settings = *settings;
    made->path = arena_text(arena, path);
    if (!design_read(path, &options, arena, &made->design, &made->dropped, error)) {
        arena_destroy(arena);
        return false;
    }
    compute(made);
    *several = made;
    return true;
}

void together_end(struct together *several)
{
    if (several != NULL) {
        arena_destroy(several->arena);
    }
}

bool together_is_table(const char *path)
{
    struct arena *arena = arena_create();
    struct design_options options = {.exposure_n = NAN, .outcome_n = NAN};
    struct design design;
    struct error error = {0};
    size_t dropped;
    bool is_table = design_read(path, &options, arena, &design, &dropped, &error) &&
                    design.exposure_count > 1;

    error_clear(&error);
    arena_destroy(arena);
    return is_table;
}

const struct mv_estimate *together_main(const struct together *several)
{
    for (size_t i = 0; i < several->count; i++) {
        if (several->estimates[i].method == &mv_method_ivw) {
            return &several->estimates[i];
        }
    }
    return &several->estimates[0];
}
