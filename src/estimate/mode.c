#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/ratio.h"
#include "numeric/summary.h"
#include <math.h>

/* The narrowest kernel, as TwoSampleMR. */
#define LEAST_BANDWIDTH 1e-8

/* What a mode is taken of. `work` has count places. */
struct sample {
    const double *weights;
    size_t count;
    double shrink; /* 0.9 times the factor of the bandwidth, over the fifth root of count */
    double *work;
};

static double mode_of(const double *ratios, const struct sample *sample)
{
    double sd = summary_sd(ratios, sample->count);
    double mad = summary_mad(ratios, sample->count, sample->work);
    double bandwidth = (mad < sd ? mad : sd) * sample->shrink;

    return summary_density_mode(ratios, sample->weights, sample->count,
                                bandwidth > LEAST_BANDWIDTH ? bandwidth : LEAST_BANDWIDTH);
}

/* Each ratio is drawn with its own standard error, whatever the weights are. */
static double bootstrap_se(const struct ratios *ratios, const struct sample *sample,
                           size_t boot, struct arena *scratch, struct random_stream *stream)
{
    double *se = arena_get(scratch, sample->count, sizeof *se);
    double *draw = arena_get(scratch, sample->count, sizeof *draw);
    double *modes = arena_get(scratch, boot, sizeof *modes);
    double *work = arena_get(scratch, boot, sizeof *work);

    for (size_t j = 0; j < sample->count; j++) {
        se[j] = sqrt(ratios->variance[j]);
    }
    for (size_t i = 0; i < boot; i++) {
        random_normals(stream, ratios->ratio, se, draw, sample->count);
        modes[i] = mode_of(draw, sample);
    }
    return summary_mad(modes, boot, work);
}

static void fill(const struct ratios *ratios, const struct sample *sample,
                 const struct estimate_settings *settings, struct arena *scratch,
                 struct random_stream *stream, struct estimate *estimate)
{
    estimate->b = mode_of(ratios->ratio, sample);
    estimate->se = bootstrap_se(ratios, sample, settings->boot, scratch, stream);
    if (settings->convention == CONVENTION_MENDELIANRANDOMIZATION) {
        estimate_fill_normal(estimate, settings);
    } else {
        estimate_fill_t(estimate, (double)sample->count - 1, settings);
    }
}

/* Weights that add up to 1: equal ones, or inverse variances of the ratios. */
static double *weights_of(const struct ratios *ratios, size_t count, bool is_equal,
                          struct arena *scratch)
{
    double *weights = arena_get(scratch, count, sizeof *weights), total = 0;

    for (size_t j = 0; j < count; j++) {
        weights[j] = is_equal ? 1 : 1 / ratios->variance[j];
        total += weights[j];
    }
    for (size_t j = 0; j < count; j++) {
        weights[j] /= total;
    }
    return weights;
}

static void run(const struct pair *pair, bool is_equal,
                const struct estimate_settings *settings, struct arena *scratch,
                struct random_stream *stream, struct estimate *estimate)
{
    struct ratios ratios;
    struct sample sample = {.count = pair->count};

    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    sample.shrink = 0.9 * settings->bandwidth_factor / pow((double)pair->count, 0.2);
    sample.weights = weights_of(&ratios, pair->count, is_equal, scratch);
    sample.work = arena_get(scratch, pair->count, sizeof *sample.work);
    fill(&ratios, &sample, settings, scratch, stream, estimate);
}

static void simple_mode(const struct pair *pair, const struct estimate_settings *settings,
                        struct arena *scratch, struct random_stream *stream,
                        struct estimate *estimate)
{
    run(pair, true, settings, scratch, stream, estimate);
}

static void weighted_mode(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct random_stream *stream,
                          struct estimate *estimate)
{
    run(pair, false, settings, scratch, stream, estimate);
}

const struct method method_simple_mode = {
    .key = "simple_mode",
    .name = "Simple mode",
    .group = GROUP_MODE,
    .is_default = true,
    .is_random = true,
    .least = 3,
    .assumes = N_("the largest group of variants with similar ratios is valid"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .function = simple_mode,
};

const struct method method_weighted_mode = {
    .key = "weighted_mode",
    .name = "Weighted mode",
    .group = GROUP_MODE,
    .is_default = true,
    .is_random = true,
    .least = 3,
    .assumes = N_("the group of variants with similar ratios and the most weight is valid"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .function = weighted_mode,
};
