#include "estimate/estimate.h"
#include "base/i18n.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* MendelianRandomization takes fixed effects below this number of variants. */
#define FEW_VARIANTS 4

/* The fourth power of this is a double. */
#define FARTHEST 1e75

struct estimate_settings estimate_default_settings(void)
{
    struct estimate_settings settings = {.seed = 1,
                                         .boot = 1000,
                                         .presso_sims = 1000,
                                         .level = 0.95,
                                         .convention = CONVENTION_TWOSAMPLEMR};

    for (int i = 0; i < PARAMETERS; i++) {
        settings.parameters[i] = parameters_get((enum parameter_id)i)->usual;
    }
    return settings;
}

static void forget_numbers(struct estimate *estimate)
{
    estimate->b = estimate->se = estimate->p = estimate->neglog10_p = NAN;
    estimate->lower = estimate->upper = NAN;
    estimate->q = estimate->q_df = estimate->q_p = NAN;
    estimate->intercept = estimate->intercept_se = estimate->intercept_p = NAN;
    estimate->contains_null = false;
    estimate->pieces = NULL;
    estimate->piece_count = 0;
}

void estimate_fail(struct estimate *estimate, enum estimate_status status, const char *note)
{
    forget_numbers(estimate);
    estimate->status = status;
    estimate->note = note;
}

/* The interval is normal for all; false where there is no estimate to put it around. */
static bool fill_interval(struct estimate *estimate, const struct estimate_settings *settings)
{
    double reach = quantile_normal(0.5 + 0.5 * settings->level) * estimate->se;

    if (isfinite(estimate->b) && estimate->se == 0) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the fit is perfect, so that there is no standard error"));
        return false;
    }
    if (!isfinite(estimate->b) || !isfinite(reach) || !(estimate->se > 0)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the effect or its standard error has no finite value"));
        return false;
    }
    estimate->lower = estimate->b - reach;
    estimate->upper = estimate->b + reach;
    estimate->contains_null = estimate->lower <= 0 && estimate->upper >= 0;
    return true;
}

void estimate_fill_normal(struct estimate *estimate, const struct estimate_settings *settings)
{
    if (fill_interval(estimate, settings)) {
        double z = estimate->b / estimate->se;

        estimate->p = tail_normal_two_sided(z);
        estimate->neglog10_p = tail_normal_two_sided_neglog10(z);
    }
}

void estimate_fill_t(struct estimate *estimate, double df,
                     const struct estimate_settings *settings)
{
    if (fill_interval(estimate, settings)) {
        double t = estimate->b / estimate->se;

        estimate->p = tail_t_two_sided(t, df);
        estimate->neglog10_p = tail_t_two_sided_neglog10(t, df);
    }
}

void estimate_fill_q(struct estimate *estimate, double q, double df)
{
    estimate->q = q;
    estimate->q_df = df;
    estimate->q_p = tail_chi_square(q, df);
}

bool estimate_is_fixed(const struct estimate_settings *settings, size_t count)
{
    return settings->convention == CONVENTION_MENDELIANRANDOMIZATION && count < FEW_VARIANTS;
}

/* What is wrong with the number of variants, or NULL. */
static const char *wrong_count(const struct method *method, size_t count, struct arena *arena)
{
    if (count < method->least) {
        return arena_format(arena,
                            ngettext("needs %zu variant, has %zu",
                                     "needs %zu variants, has %zu",
                                     (unsigned long)method->least),
                            method->least, count);
    }
    if (method->most > 0 && count > method->most) {
        return arena_format(arena,
                            ngettext("is for %zu variant alone, has %zu",
                                     "is for at most %zu variants, has %zu",
                                     (unsigned long)method->most),
                            method->most, count);
    }
    return NULL;
}

static const char *key_of(const struct trait *trait)
{
    return trait == NULL ? NULL : trait->key;
}

struct random_stream estimate_stream_of(const char *key, const struct pair *pair, uint64_t seed,
                                        struct arena *scratch)
{
    const char *name = arena_format(scratch, "%s %s", direction_key(pair->direction), key);

    return random_stream_of(seed, key_of(pair->exposure), key_of(pair->outcome), name);
}

/* What a method left in scratch memory, brought where the estimate lives. */
static void keep(struct estimate *estimate, struct arena *arena)
{
    size_t count = estimate->piece_count;

    estimate->note = arena_text(arena, estimate->note);
    if (count > 0) {
        struct interval_piece *pieces = arena_get(arena, count, sizeof *pieces);

        memcpy(pieces, estimate->pieces, count * sizeof *pieces);
        estimate->pieces = pieces;
    }
}

/* Whether the fourth power of a number, or of its inverse, is a double; 0 is. */
static bool is_usual(double value)
{
    double size = fabs(value);

    return !(size > FARTHEST || (size > 0 && size < 1 / FARTHEST));
}

const char *estimate_range_warning(const struct pair *pair)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (!is_usual(pair->bx[j]) || !is_usual(pair->sx[j]) || !is_usual(pair->by[j]) ||
            !is_usual(pair->sy[j])) {
            return _("an effect or standard error is too large or too small to calculate with: "
                     "change the unit");
        }
    }
    return NULL;
}

/* The reason a method gives for having no answer is not the true one where numbers overflow. */
static void explain_range(struct estimate *estimate, const struct pair *pair)
{
    const char *warning =
        estimate->status == ESTIMATE_DONE ? NULL : estimate_range_warning(pair);

    estimate->note = warning == NULL ? estimate->note : warning;
}

const char *estimate_ld_warning(const struct pair *pair)
{
    return pair->ld == NULL || pair->count < 2 ? NULL : _("takes the variants as independent");
}

void estimate_warn_of_ld(struct estimate *estimate, const struct pair *pair,
                         struct arena *arena)
{
    const char *warning = estimate_ld_warning(pair);

    if (warning == NULL || estimate->method->uses_ld || estimate->status != ESTIMATE_DONE) {
        return;
    }
    estimate->note = estimate->note == NULL
                         ? warning
                         : arena_format(arena, "%s; %s", estimate->note, warning);
}

/* The estimate before its method has run; false where it cannot. */
static bool begin(struct estimate *estimate, const struct method *method,
                  const struct pair *pair, struct arena *arena)
{
    const char *wrong = wrong_count(method, pair->count, arena);

    *estimate = (struct estimate){.method = method, .variants = pair->count};
    forget_numbers(estimate);
    if (wrong != NULL) {
        estimate_fail(estimate,
                      pair->count < method->least ? ESTIMATE_TOO_FEW : ESTIMATE_UNDEFINED,
                      wrong);
        return false;
    }
    if ((method->needs & NEEDS_LD) != 0 && pair->ld == NULL) {
        estimate_fail(estimate, ESTIMATE_MISSING_INPUT,
                      _("needs LD between the variants (--ld FILE)"));
        return false;
    }
    return true;
}

/* The wanted methods of a family from the first on. */
static void run_family(const struct method *const *methods, size_t count,
                       const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct arena *arena, struct estimate *estimates)
{
    const struct method_family *family = methods[0]->family;
    struct estimate **wanted = arena_get(scratch, count, sizeof(struct estimate *));
    struct random_stream stream =
        estimate_stream_of(family->key, pair, settings->seed, scratch);
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (methods[i]->family == family && begin(&estimates[i], methods[i], pair, arena)) {
            wanted[found++] = &estimates[i];
        }
    }
    if (found > 0) {
        family->function(pair, settings, scratch, &stream, wanted, found);
    }
    for (size_t i = 0; i < found; i++) {
        explain_range(wanted[i], pair);
        estimate_warn_of_ld(wanted[i], pair, scratch);
        keep(wanted[i], arena);
    }
}

static bool is_first_of_family(const struct method *const *methods, size_t i)
{
    for (size_t before = 0; before < i; before++) {
        if (methods[before]->family == methods[i]->family) {
            return false;
        }
    }
    return true;
}

static void run_one(const struct method *method, const struct pair *pair,
                    const struct estimate_settings *settings, struct arena *scratch,
                    struct arena *arena, struct estimate *estimate)
{
    struct random_stream stream;

    if (begin(estimate, method, pair, arena)) {
        stream = estimate_stream_of(method->key, pair, settings->seed, scratch);
        method->function(pair, settings, scratch, &stream, estimate);
        explain_range(estimate, pair);
        estimate_warn_of_ld(estimate, pair, scratch);
        keep(estimate, arena);
    }
}

void estimate_run_all(const struct method *const *methods, size_t count,
                      const struct pair *pair, const struct estimate_settings *settings,
                      struct arena *scratch, struct arena *arena, struct estimate *estimates)
{
    struct arena_mark mark = arena_mark(scratch);

    for (size_t i = 0; i < count; i++) {
        if (methods[i]->family == NULL) {
            run_one(methods[i], pair, settings, scratch, arena, &estimates[i]);
        } else if (is_first_of_family(methods, i)) {
            run_family(methods + i, count - i, pair, settings, scratch, arena, estimates + i);
        }
        arena_reset(scratch, mark);
    }
}

struct estimate estimate_run(const struct method *method, const struct pair *pair,
                             const struct estimate_settings *settings, struct arena *scratch,
                             struct arena *arena)
{
    struct estimate estimate;

    estimate_run_all(&method, 1, pair, settings, scratch, arena, &estimate);
    return estimate;
}
