#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/ratio.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

/* The narrowest kernel, as TwoSampleMR for ratios about 1; here it goes with their size, so
 * that units do not matter. */
#define LEAST_BANDWIDTH 1e-8

/* How the modes differ. NOME: no measurement error on the exposure. */
struct flavour {
    bool has_equal_weights;
    bool is_nome;
    bool is_penalised;
};

/* What a mode is taken of. `work` and `penalised` have count places. */
struct sample {
    const double *weights;
    size_t count;
    double shrink; /* 0.9 times the factor of the bandwidth, over the fifth root of count */
    double *work;
    const double *variance; /* of the ratios, for the penalties */
    double penalty;         /* 0: none */
    double free;            /* squared distances, in variances, below which no penalty bites */
    double *penalised;
};

/* What the density of ratios is made with. */
struct kernel {
    struct summary_range range;
    double bandwidth;
    bool is_of_draw;
};

/* 0 where all ratios are the same. */
static double bandwidth_of(const double *ratios, const struct sample *sample,
                           struct summary_range range)
{
    double sd, mad, bandwidth, least;

    if (range.least == range.most) {
        return 0;
    }
    sd = summary_sd(ratios, sample->count);
    mad = summary_mad(ratios, sample->count, sample->work);
    bandwidth = (mad < sd ? mad : sd) * sample->shrink;
    least = LEAST_BANDWIDTH * fmax(-range.least, range.most);
    return bandwidth > least ? bandwidth : least;
}

/* Less weight to what is far from the weighted mode, as the penalised median's about its
 * median. */
static void penalise(const double *ratios, const struct sample *sample, double mode)
{
    double total = 0;

    for (size_t j = 0; j < sample->count; j++) {
        double rest = ratios[j] - mode, square = rest * rest;
        double factor = 1;

        if (!(square < sample->free * sample->variance[j])) {
            factor = sample->penalty * tail_chi_square(square / sample->variance[j], 1);
        }
        sample->penalised[j] = sample->weights[j] * (factor < 1 ? factor : 1);
        total += sample->penalised[j];
    }
    for (size_t j = 0; j < sample->count; j++) {
        sample->penalised[j] /= total;
    }
}

/* Of a draw only the spread is asked for, so that its mode need not lie on the grid. */
static double top_of(const double *ratios, const double *weights, const struct sample *sample,
                     const struct kernel *kernel)
{
    return kernel->is_of_draw
               ? summary_density_top(ratios, weights, sample->count, kernel->range,
                                     kernel->bandwidth)
               : summary_density_mode(ratios, weights, sample->count, kernel->bandwidth);
}

static double mode_of(const double *ratios, const struct sample *sample, bool is_of_draw)
{
    struct kernel kernel = {.range = summary_range_of(ratios, sample->count),
                            .is_of_draw = is_of_draw};
    double mode;

    kernel.bandwidth = bandwidth_of(ratios, sample, kernel.range);
    if (kernel.bandwidth == 0) {
        return ratios[0];
    }
    mode = top_of(ratios, sample->weights, sample, &kernel);
    if (sample->penalty == 0) {
        return mode;
    }
    penalise(ratios, sample, mode);
    return top_of(ratios, sample->penalised, sample, &kernel);
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
        modes[i] = mode_of(draw, sample, true);
    }
    return summary_mad(modes, boot, work);
}

static void fill(const struct ratios *ratios, const struct sample *sample,
                 const struct estimate_settings *settings, struct arena *scratch,
                 struct random_stream *stream, struct estimate *estimate)
{
    estimate->b = mode_of(ratios->ratio, sample, false);
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

/* First-order variances in the place of second-order ones. */
static void forget_exposure_error(const struct pair *pair, struct ratios *ratios)
{
    for (size_t j = 0; j < pair->count; j++) {
        double se = pair->sy[j] / pair->bx[j];

        ratios->variance[j] = se * se;
    }
}

/* A little less than the square beyond which the penalty times the probability is below 1. */
static double free_distance(double penalty)
{
    double z = penalty > 1 ? quantile_normal(0.5 / penalty) : 0;

    return z * z * (1 - 1e-9);
}

static void run(const struct pair *pair, struct flavour flavour,
                const struct estimate_settings *settings, struct arena *scratch,
                struct random_stream *stream, struct estimate *estimate)
{
    struct ratios ratios;
    struct sample sample = {.count = pair->count};

    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    if (flavour.is_nome) {
        forget_exposure_error(pair, &ratios);
    }
    sample.shrink =
        0.9 * settings->parameters[PARAMETER_BANDWIDTH] / pow((double)pair->count, 0.2);
    sample.weights = weights_of(&ratios, pair->count, flavour.has_equal_weights, scratch);
    sample.work = arena_get(scratch, pair->count, sizeof *sample.work);
    sample.variance = ratios.variance;
    sample.penalty = flavour.is_penalised ? settings->parameters[PARAMETER_PENALTY] : 0;
    sample.free = free_distance(sample.penalty);
    sample.penalised = arena_get(scratch, pair->count, sizeof *sample.penalised);
    fill(&ratios, &sample, settings, scratch, stream, estimate);
}

static void simple_mode(const struct pair *pair, const struct estimate_settings *settings,
                        struct arena *scratch, struct random_stream *stream,
                        struct estimate *estimate)
{
    run(pair, (struct flavour){.has_equal_weights = true}, settings, scratch, stream, estimate);
}

static void weighted_mode(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct random_stream *stream,
                          struct estimate *estimate)
{
    run(pair, (struct flavour){0}, settings, scratch, stream, estimate);
}

static void penalised_mode(const struct pair *pair, const struct estimate_settings *settings,
                           struct arena *scratch, struct random_stream *stream,
                           struct estimate *estimate)
{
    run(pair, (struct flavour){.is_penalised = true}, settings, scratch, stream, estimate);
}

static void simple_mode_nome(const struct pair *pair, const struct estimate_settings *settings,
                             struct arena *scratch, struct random_stream *stream,
                             struct estimate *estimate)
{
    run(pair, (struct flavour){.has_equal_weights = true, .is_nome = true}, settings, scratch,
        stream, estimate);
}

static void weighted_mode_nome(const struct pair *pair,
                               const struct estimate_settings *settings, struct arena *scratch,
                               struct random_stream *stream, struct estimate *estimate)
{
    run(pair, (struct flavour){.is_nome = true}, settings, scratch, stream, estimate);
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

const struct method method_penalised_mode = {
    .key = "penalised_mode",
    .name = "Penalised mode",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the weighted mode, with less weight to variants far from it"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .function = penalised_mode,
};

const struct method method_simple_mode_nome = {
    .key = "simple_mode_nome",
    .name = "Simple mode (NOME)",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the simple mode, and effects on the exposure are known without error"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .function = simple_mode_nome,
};

const struct method method_weighted_mode_nome = {
    .key = "weighted_mode_nome",
    .name = "Weighted mode (NOME)",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the weighted mode, and effects on the exposure are known without error"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .function = weighted_mode_nome,
};
