#include "diagnose/diagnose.h"
#include "estimate/methods.h"

/* One variant has no IVW; its Wald ratio stands for it. */
static const struct method *main_method(const struct pair *pair)
{
    return pair->count == 1 ? &method_wald : &method_ivw;
}

static bool wants_presso(const struct estimate_settings *settings,
                         const struct method *const *methods, size_t count)
{
    bool wants = settings->wants_presso;

    for (size_t i = 0; i < count; i++) {
        wants |= methods[i] == &method_presso_corrected;
    }
    return wants;
}

/* MR-PRESSO knows nothing of LD. */
static const struct presso *simulate(const struct analysis *analysis, struct arena *scratch,
                                     struct arena *arena)
{
    struct arena_mark mark = arena_mark(scratch);
    const struct pair *pair = analysis->pair;
    struct presso *presso = presso_of(pair, &analysis->settings, scratch, arena);
    const char *warning = presso->is_done ? estimate_ld_warning(pair) : NULL;

    estimate_warn_of_ld(&presso->raw, pair, arena);
    estimate_warn_of_ld(&presso->corrected, pair, arena);
    if (warning != NULL) {
        presso->note = presso->note == NULL
                           ? warning
                           : arena_format(arena, "%s; %s", presso->note, warning);
    }
    arena_reset(scratch, mark);
    return presso;
}

/* Whether the tests of MR-PRESSO have answered for a method already. */
static bool is_answered(const struct analysis *analysis, const struct method *method)
{
    return method == &method_presso_corrected && analysis->presso != NULL &&
           analysis->presso->is_done;
}

static void run_methods(struct analysis *analysis, const struct method *const *methods,
                        struct arena *scratch, struct arena *arena)
{
    struct arena_mark mark = arena_mark(scratch);
    size_t count = analysis->estimate_count, left = 0, next = 0;
    const struct method **others = arena_get(scratch, count, sizeof(const struct method *));
    struct estimate *estimates = arena_get(scratch, count, sizeof *estimates);

    for (size_t i = 0; i < count; i++) {
        if (!is_answered(analysis, methods[i])) {
            others[left++] = methods[i];
        }
    }
    estimate_run_all(others, left, analysis->pair, &analysis->settings, scratch, arena,
                     estimates);
    for (size_t i = 0; i < count; i++) {
        analysis->estimates[i] =
            is_answered(analysis, methods[i]) ? analysis->presso->corrected : estimates[next++];
    }
    arena_reset(scratch, mark);
}

static void diagnose(struct analysis *analysis, struct arena *scratch, struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    const struct estimate_settings *settings = &analysis->settings;

    analysis->leave_one_out = leave_one_out_of(pair, main_method(pair), settings, scratch,
                                               arena, &analysis->leave_one_out_count);
    analysis->main = analysis->leave_one_out[analysis->leave_one_out_count - 1];
    analysis->egger = estimate_run(&method_egger, pair, settings, scratch, arena);
    analysis->heterogeneity =
        heterogeneity_of(pair, &method_ivw, &analysis->main, settings->level);
    analysis->heterogeneity_egger =
        heterogeneity_of(pair, &method_egger, &analysis->egger, settings->level);
    analysis->singles = single_variants_of(pair, settings, arena);
    analysis->strength = strength_of(pair);
    analysis->steiger = steiger_of(pair, settings);
    prediction_interval_of(pair, &analysis->main, &analysis->heterogeneity, settings->level,
                           &analysis->prediction_lower, &analysis->prediction_upper);
}

struct analysis *analysis_create(const struct pair *pair, const struct method *const *methods,
                                 size_t count, const struct estimate_settings *settings,
                                 struct arena *scratch, struct arena *arena)
{
    struct analysis *analysis = arena_get(arena, 1, sizeof *analysis);

    analysis->pair = pair;
    analysis->settings = *settings;
    analysis->estimates = arena_get(arena, count, sizeof *analysis->estimates);
    analysis->estimate_count = count;
    if (wants_presso(settings, methods, count)) {
        analysis->presso = simulate(analysis, scratch, arena);
    }
    run_methods(analysis, methods, scratch, arena);
    diagnose(analysis, scratch, arena);
    return analysis;
}

void analysis_leave_out(struct analysis *analysis, const struct method *const *methods,
                        size_t count, struct arena *scratch, struct arena *arena)
{
    analysis->left_out = arena_get(arena, count, sizeof *analysis->left_out);
    analysis->left_out_count = count;
    for (size_t i = 0; i < count; i++) {
        struct leave_one_out *left = &analysis->left_out[i];

        left->method = methods[i];
        left->estimates = leave_one_out_of(analysis->pair, methods[i], &analysis->settings,
                                           scratch, arena, &left->count);
    }
}
