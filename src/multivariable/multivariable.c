#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "multivariable/methods.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

static void forget_numbers(struct mv_estimate *estimate, size_t count)
{
    estimate->q = estimate->q_df = estimate->q_p = NAN;
    estimate->intercept = estimate->intercept_se = estimate->intercept_p = NAN;
    for (size_t k = 0; k < count; k++) {
        estimate_fail(&estimate->effects[k], ESTIMATE_UNDEFINED, NULL);
    }
}

void mv_fail(const struct mv_work *work, struct mv_estimate *estimate,
             enum estimate_status status, const char *note)
{
    forget_numbers(estimate, work->design->exposure_count);
    estimate->status = status;
    estimate->note = note;
}

static void set_effect(struct estimate *effect, double b, double se)
{
    effect->status = ESTIMATE_DONE;
    effect->b = b;
    effect->se = se;
}

/* One effect without a value leaves none to any. */
static bool are_done(const struct mv_work *work, struct mv_estimate *estimate)
{
    for (size_t k = 0; k < work->design->exposure_count; k++) {
        if (estimate->effects[k].status != ESTIMATE_DONE) {
            mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                    _("the effect or its standard error has no finite value"));
            return false;
        }
    }
    return true;
}

void mv_fill_normal(const struct mv_work *work, struct mv_estimate *estimate,
                    const double *effects, const double *errors)
{
    for (size_t k = 0; k < work->design->exposure_count; k++) {
        set_effect(&estimate->effects[k], effects[k], errors[k]);
        estimate_fill_normal(&estimate->effects[k], work->settings);
    }
    (void)are_done(work, estimate);
}

void mv_fill_t(const struct mv_work *work, struct mv_estimate *estimate, const double *effects,
               const double *errors, double df)
{
    double reach = quantile_t_upper(0.5 - 0.5 * work->settings->level, df);

    for (size_t k = 0; k < work->design->exposure_count; k++) {
        struct estimate *effect = &estimate->effects[k];

        set_effect(effect, effects[k], errors[k]);
        estimate_fill_t(effect, df, work->settings);
        effect->lower = effect->b - reach * effect->se;
        effect->upper = effect->b + reach * effect->se;
        effect->contains_null = effect->lower <= 0 && effect->upper >= 0;
    }
    (void)are_done(work, estimate);
}

/* What keeps a method from a design, or NULL. */
static const char *obstacle(const struct mv_method *method, const struct design *design,
                            struct arena *arena, enum estimate_status *status)
{
    size_t least = design->exposure_count + method->beyond;

    *status = ESTIMATE_TOO_FEW;
    if (design->count < least) {
        return arena_format(arena, _("needs %zu variants for %zu exposures, has %zu"), least,
                            design->exposure_count, design->count);
    }
    *status = ESTIMATE_MISSING_INPUT;
    for (size_t k = 0; k < design->exposure_count; k++) {
        if ((method->needs & NEEDS_SAMPLE_SIZE) != 0 && !(design->n[k] > 0)) {
            return _("needs sample sizes");
        }
    }
    return (method->needs & NEEDS_SAMPLE_SIZE) != 0 && !(design->outcome_n > 0)
               ? _("needs sample sizes")
               : NULL;
}

static struct random_stream stream_of(const struct mv_method *method,
                                      const struct design *design, uint64_t seed)
{
    struct text names = {0};
    struct random_stream stream;
    char *text;

    for (size_t k = 0; k < design->exposure_count; k++) {
        text_addf(&names, "%s\n", design->exposures[k]);
    }
    text = text_take(&names);
    stream = random_stream_of(seed, text, design->outcome, method->key);
    memory_free(text);
    return stream;
}

static void warn_of_ld(struct mv_estimate *estimate, const struct design *design,
                       struct arena *scratch)
{
    const char *warning = _("takes the variants as independent");

    if (design->ld == NULL || estimate->method->uses_ld || estimate->status != ESTIMATE_DONE) {
        return;
    }
    estimate->note = estimate->note == NULL
                         ? warning
                         : arena_format(scratch, _("%s; %s"), estimate->note, warning);
}

struct mv_estimate mv_run(const struct mv_method *method, const struct design *design,
                          const struct estimate_settings *settings, struct arena *scratch,
                          struct arena *arena)
{
    struct mv_estimate estimate = {.method = method, .variants = design->count};
    struct arena_mark mark = arena_mark(scratch);
    struct random_stream stream = stream_of(method, design, settings->seed);
    struct mv_work work = {design, settings, scratch, &stream};
    enum estimate_status status;
    const char *reason = obstacle(method, design, scratch, &status);

    estimate.effects = arena_get(arena, design->exposure_count, sizeof *estimate.effects);
    forget_numbers(&estimate, design->exposure_count);
    if (reason != NULL) {
        mv_fail(&work, &estimate, status, reason);
    } else {
        method->function(&work, &estimate);
    }
    warn_of_ld(&estimate, design, scratch);
    estimate.note = arena_text(arena, estimate.note);
    arena_reset(scratch, mark);
    return estimate;
}
