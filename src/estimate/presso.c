#include "estimate/presso.h"
#include "base/i18n.h"
#include "estimate/ivw.h"
#include "estimate/methods.h"
#include "estimate/presso_kernel.h"
#include "numeric/regression.h"
#include <math.h>

#define SIGNIFICANT 0.05
#define SIMS_A_VARIANT 20 /* 1 / SIGNIFICANT */
#define LEAST_VARIANTS 4

/* A pair in units of the outcome's errors, every variant's allele that raises the exposure. */
struct observed {
    struct presso_model model;
    const double *y;
};

/* The line through the origin, without the outliers where they are known. */
static struct line_fit line_of(const struct pair *pair, const struct presso_variant *variants,
                               size_t count, struct arena *scratch)
{
    double *x = arena_get(scratch, count, sizeof *x);
    double *y = arena_get(scratch, count, sizeof *y);
    double *weights = arena_get(scratch, count, sizeof *weights);
    size_t at = 0;

    for (size_t j = 0; j < pair->count; j++) {
        if (variants == NULL || !variants[j].is_outlier) {
            x[at] = pair->bx[j];
            y[at] = pair->by[j];
            weights[at++] = 1 / (pair->sy[j] * pair->sy[j]);
        }
    }
    return regression_through_origin(x, y, weights, count);
}

/* IVW whose error is as the scatter is, below that of fixed effects too; p from t. */
static void fit(const struct pair *pair, const struct presso_variant *variants,
                const struct estimate_settings *settings, struct arena *scratch,
                struct estimate *estimate)
{
    struct line_fit line = line_of(pair, variants, estimate->variants, scratch);
    double df = (double)estimate->variants - 1;

    if (!isfinite(line.slope) || !isfinite(line.rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, ivw_no_line(&line));
        return;
    }
    estimate->b = line.slope;
    estimate->se = line.slope_se * sqrt(line.rss / df);
    estimate_fill_t(estimate, df, settings);
}

/* The slopes without each variant, from sums of those before and behind: nothing cancels. */
static void leave_out(const double *x, const double *y, size_t count, double *slopes,
                      struct arena *scratch)
{
    double *behind_xx = arena_get(scratch, count + 1, sizeof *behind_xx);
    double *behind_xy = arena_get(scratch, count + 1, sizeof *behind_xy);
    double xx = 0, xy = 0;

    for (size_t j = count; j > 0; j--) {
        behind_xx[j - 1] = behind_xx[j] + x[j - 1] * x[j - 1];
        behind_xy[j - 1] = behind_xy[j] + x[j - 1] * y[j - 1];
    }
    for (size_t j = 0; j < count; j++) {
        slopes[j] = (xy + behind_xy[j + 1]) / (xx + behind_xx[j + 1]);
        xx += x[j] * x[j];
        xy += x[j] * y[j];
    }
}

static struct observed observe(const struct pair *pair, struct arena *scratch)
{
    size_t count = pair->count;
    double *x = arena_get(scratch, count, sizeof *x);
    double *y = arena_get(scratch, count, sizeof *y);
    double *x_error = arena_get(scratch, count, sizeof *x_error);
    double *slopes = arena_get(scratch, count, sizeof *slopes);
    double *residual = arena_get(scratch, count, sizeof *residual);
    double squares = 0;

    for (size_t j = 0; j < count; j++) {
        x[j] = fabs(pair->bx[j]) / pair->sy[j];
        y[j] = (pair->bx[j] < 0 ? -pair->by[j] : pair->by[j]) / pair->sy[j];
        x_error[j] = pair->sx[j] / pair->sy[j];
    }
    leave_out(x, y, count, slopes, scratch);
    for (size_t j = 0; j < count; j++) {
        residual[j] = y[j] - slopes[j] * x[j];
        squares += residual[j] * residual[j];
    }
    return (struct observed){{count, x, x_error, slopes, residual, squares}, y};
}

/* The share of a count among simulations; a count of 0 is below that of 1. */
static double share_of(size_t exceeding, size_t sims)
{
    return (double)(exceeding > 0 ? exceeding : 1) / (double)sims;
}

static void judge_all(struct presso *presso, size_t exceeding, struct arena *arena)
{
    presso->exceeding = exceeding;
    presso->p = share_of(exceeding, presso->sims);
    presso->has_outlier_test = (double)exceeding < SIGNIFICANT * (double)presso->sims;
    if (exceeding == 0) {
        presso->note =
            arena_format(arena, _("no simulation exceeds it: p is below 1/%zu"), presso->sims);
    }
}

/* What stands beside the p of an outlier test. */
static const char *variant_note(const struct presso *presso,
                                const struct presso_variant *variant, struct arena *arena)
{
    if (variant->exceeding > 0) {
        return variant->is_outlier ? _("outlier") : NULL;
    }
    if (variant->is_outlier && presso->least_p <= SIGNIFICANT) {
        return arena_format(arena, _("outlier; no simulation exceeds it: p is below %zu/%zu"),
                            presso->count, presso->sims);
    }
    if (variant->is_outlier) {
        return arena_format(
            arena,
            _("taken for an outlier: no simulation exceeds it, though p is only "
              "known to be below %zu/%zu; %zu simulations would tell"),
            presso->count, presso->sims, presso->sims_needed);
    }
    return arena_format(arena,
                        _("no simulation exceeds it: p is below %zu/%zu; to see an outlier "
                          "takes %zu simulations"),
                        presso->count, presso->sims, presso->sims_needed);
}

static void judge_variants(struct presso *presso, const size_t *exceeding, struct arena *arena)
{
    for (size_t j = 0; j < presso->count; j++) {
        struct presso_variant *variant = &presso->variants[j];
        double expected = (double)presso->count * (double)(exceeding[j] > 0 ? exceeding[j] : 1);

        variant->exceeding = exceeding[j];
        variant->p = fmin(1, expected / (double)presso->sims);
        variant->is_outlier =
            variant->p <= SIGNIFICANT || (exceeding[j] == 0 && presso->sims > presso->count);
        variant->note = variant_note(presso, variant, arena);
        presso->outliers += variant->is_outlier;
    }
}

/* Sorts the variants into those that are drawn again and those that always stay. */
static struct presso_pool pool_of(const struct presso *presso, const struct observed *observed,
                                  bool with_outliers, struct arena *scratch)
{
    size_t count = presso->count, stay = 0;
    double *xx = arena_get(scratch, count, sizeof *xx);
    double *xy = arena_get(scratch, count, sizeof *xy);
    size_t others = count - presso->outliers;
    struct presso_pool pool = {.xx = xx, .xy = xy};

    for (size_t j = 0; j < count; j++) {
        double x = observed->model.x[j], y = observed->y[j];

        if (!presso->variants[j].is_outlier) {
            xx[pool.count] = x * x;
            xy[pool.count] = x * y;
            pool.count++;
        } else if (with_outliers && stay < others) {
            pool.always_xx += x * x;
            pool.always_xy += x * y;
            stay++;
        }
    }
    pool.drawn = others - stay;
    return pool;
}

/* Draws from the others alone lie around their own estimate: half of them on its far side. */
static const char *distortion_note(const struct presso *presso, bool with_outliers,
                                   struct arena *arena)
{
    if (presso->distortion_exceeding == 0) {
        return arena_format(arena, _("b is the change in percent; p is below 1/%zu"),
                            presso->sims);
    }
    return with_outliers
               ? _("b is the change in percent")
               : _("b is the change in percent; draws without the outliers lie around "
                   "the corrected estimate, so that p is near one half or above");
}

/* The distortion, and what chance does to it. */
static void distort(struct presso *presso, const struct observed *observed,
                    const struct estimate_settings *settings, struct random_stream *stream,
                    struct arena *scratch, struct arena *arena)
{
    double all = presso->raw.b, without = presso->corrected.b;
    double distortion = (all - without) / fabs(without);
    bool with_outliers =
        settings->parameters[PARAMETER_PRESSO_DISTORTION] == DISTORTION_WITH_OUTLIERS;
    struct presso_pool pool = pool_of(presso, observed, with_outliers, scratch);

    if (!isfinite(distortion)) {
        presso->distortion_note = _("an estimate is missing");
        return;
    }
    presso->distortion = 100 * distortion;
    presso->distortion_exceeding =
        presso_distort(&pool, all, distortion, presso->sims, stream, scratch);
    presso->distortion_p = share_of(presso->distortion_exceeding, presso->sims);
    presso->distortion_note = distortion_note(presso, with_outliers, arena);
}

static void fail_corrected(struct presso *presso, const char *note)
{
    estimate_fail(&presso->corrected, ESTIMATE_UNDEFINED, note);
    presso->distortion_note = note;
}

static const char *no_outlier_note(const struct presso *presso, struct arena *arena)
{
    if (!presso->has_outlier_test || presso->sims > presso->count) {
        return _("no outlier");
    }
    return arena_format(arena, _("no outlier; to see one takes %zu simulations"),
                        presso->sims_needed);
}

static void correct(struct presso *presso, const struct pair *pair,
                    const struct estimate_settings *settings, struct arena *scratch,
                    struct arena *arena)
{
    if (presso->outliers == 0) {
        fail_corrected(presso, no_outlier_note(presso, arena));
        return;
    }
    presso->corrected.variants = pair->count - presso->outliers;
    if (presso->corrected.variants < 2) {
        fail_corrected(presso, _("fewer than two variants are no outliers"));
        return;
    }
    fit(pair, presso->variants, settings, scratch, &presso->corrected);
}

/* Why there is nothing to test, or NULL. */
static const char *nothing_to_test(const struct presso *presso, const struct observed *observed,
                                   struct arena *arena)
{
    if (presso->count < LEAST_VARIANTS) {
        return arena_format(arena, _("needs %d variants, has %zu"), LEAST_VARIANTS,
                            presso->count);
    }
    return isfinite(observed->model.residual_squares)
               ? NULL
               : _("without one of its variants, none has an effect on the exposure");
}

static void test(struct presso *presso, const struct pair *pair,
                 const struct observed *observed, const struct estimate_settings *settings,
                 struct arena *scratch, struct arena *arena)
{
    struct random_stream stream = estimate_stream_of("presso", pair, settings->seed, scratch);
    struct presso_exceeding exceeding =
        presso_simulate(&observed->model, presso->sims, &stream, scratch);

    judge_all(presso, exceeding.all, arena);
    if (presso->has_outlier_test) {
        judge_variants(presso, exceeding.of_variants, arena);
    }
    correct(presso, pair, settings, scratch, arena);
    if (presso->outliers > 0 && presso->corrected.status == ESTIMATE_DONE) {
        distort(presso, observed, settings, &stream, scratch, arena);
    }
}

/* What is known without a simulation; variants of a pair that can be tested. */
static void begin(struct presso *presso, const struct pair *pair,
                  const struct observed *observed, struct arena *arena)
{
    presso->rss = observed->model.residual_squares;
    presso->variants = arena_get(arena, pair->count, sizeof *presso->variants);
    for (size_t j = 0; j < pair->count; j++) {
        double residual = pair->sy[j] * observed->model.residual[j];

        presso->variants[j].rss = residual * residual;
        presso->variants[j].p = NAN;
    }
}

/* An estimate of all variants without numbers yet. */
static struct estimate empty(const struct method *method, size_t variants)
{
    struct estimate estimate = {.method = method, .variants = variants};

    estimate_fail(&estimate, ESTIMATE_DONE, NULL);
    return estimate;
}

static struct presso *unknown(const struct pair *pair, const struct estimate_settings *settings,
                              struct arena *arena)
{
    struct presso *presso = arena_get(arena, 1, sizeof *presso);

    presso->count = pair->count;
    presso->sims = settings->presso_sims;
    presso->least_p = fmin(1, (double)pair->count / (double)presso->sims);
    presso->sims_needed = SIMS_A_VARIANT * pair->count;
    presso->rss = presso->p = presso->distortion = presso->distortion_p = NAN;
    presso->raw = empty(&method_presso, pair->count);
    presso->corrected = empty(&method_presso_corrected, pair->count);
    return presso;
}

struct presso *presso_of(const struct pair *pair, const struct estimate_settings *settings,
                         struct arena *scratch, struct arena *arena)
{
    struct presso *presso = unknown(pair, settings, arena);
    struct observed observed = observe(pair, scratch);

    presso->note = nothing_to_test(presso, &observed, arena);
    presso->is_done = presso->note == NULL;
    if (pair->count < LEAST_VARIANTS) {
        estimate_fail(&presso->raw, ESTIMATE_TOO_FEW, presso->note);
    } else {
        fit(pair, NULL, settings, scratch, &presso->raw);
    }
    if (presso->is_done) {
        begin(presso, pair, &observed, arena);
        test(presso, pair, &observed, settings, scratch, arena);
    } else {
        fail_corrected(presso, presso->note);
    }
    return presso;
}

static void raw(const struct pair *pair, const struct estimate_settings *settings,
                struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    (void)stream;
    fit(pair, NULL, settings, scratch, estimate);
}

/* Not from the method's own stream: that of presso_of, so that a table agrees with it. */
static void corrected(const struct pair *pair, const struct estimate_settings *settings,
                      struct arena *scratch, struct random_stream *stream,
                      struct estimate *estimate)
{
    (void)stream;
    *estimate = presso_of(pair, settings, scratch, scratch)->corrected;
}

const struct method method_presso = {
    .key = "presso",
    .name = "MR-PRESSO (raw)",
    .group = GROUP_OTHER,
    .least = LEAST_VARIANTS,
    .assumes = N_("as IVW; the standard error may fall below that of fixed effects"),
    .citation = "Verbanck et al. 2018, Nat Genet 50:693",
    .function = raw,
};

const struct method method_presso_corrected = {
    .key = "presso_corrected",
    .name = "MR-PRESSO (outlier-corrected)",
    .group = GROUP_OTHER,
    .is_random = true,
    .least = LEAST_VARIANTS,
    .assumes = N_("more than half of the variants are valid, and the others lie outside"),
    .citation = "Verbanck et al. 2018, Nat Genet 50:693",
    .function = corrected,
};
