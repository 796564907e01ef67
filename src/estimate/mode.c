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
static const struct flavour {
    const struct method *method;
    bool has_equal_weights;
    bool is_nome;
    bool is_penalised;
} flavours[] = {
    {.method = &method_simple_mode, .has_equal_weights = true},
    {.method = &method_weighted_mode},
    {.method = &method_penalised_mode, .is_penalised = true},
    {.method = &method_simple_mode_nome, .has_equal_weights = true, .is_nome = true},
    {.method = &method_weighted_mode_nome, .is_nome = true},
};

/* What all modes of a pair are taken of. `work` and `penalised` have count places. */
struct sample {
    struct ratios ratios;
    size_t count;
    double shrink; /* 0.9 times the factor of the bandwidth, over the fifth root of count */
    double *work;
    double penalty;
    double free; /* squared distances, in variances, below which no penalty bites */
    double *penalised;
};

/* One mode that is wanted of them. */
struct mode {
    const struct flavour *flavour;
    const double *weights;
    double *draws; /* the modes of bootstrap draws */
    struct estimate *estimate;
};

/* What the density of ratios is made with. */
struct kernel {
    struct summary_range range;
    double bandwidth; /* 0 where all ratios are the same */
    bool is_of_draw;
};

static struct kernel kernel_of(const double *ratios, const struct sample *sample,
                               bool is_of_draw)
{
    struct kernel kernel = {.range = summary_range_of(ratios, sample->count),
                            .is_of_draw = is_of_draw};
    double sd, mad, least;

    if (kernel.range.least == kernel.range.most) {
        return kernel;
    }
    sd = summary_sd(ratios, sample->count);
    mad = summary_mad(ratios, sample->count, sample->work);
    least = LEAST_BANDWIDTH * fmax(-kernel.range.least, kernel.range.most);
    kernel.bandwidth = fmax((mad < sd ? mad : sd) * sample->shrink, least);
    return kernel;
}

/* Less weight to what is far from the weighted mode, as the penalised median's about its
 * median. */
static void penalise(const double *ratios, const double *weights, const struct sample *sample,
                     double mode)
{
    const double *variance = sample->ratios.variance;
    double total = 0;

    for (size_t j = 0; j < sample->count; j++) {
        double rest = ratios[j] - mode, square = rest * rest;
        double factor = 1;

        if (!(square < sample->free * variance[j])) {
            factor = sample->penalty * tail_chi_square(square / variance[j], 1);
        }
        sample->penalised[j] = weights[j] * (factor < 1 ? factor : 1);
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

static double mode_of(const double *ratios, const struct mode *mode,
                      const struct sample *sample, const struct kernel *kernel)
{
    double top;

    if (kernel->bandwidth == 0) {
        return ratios[0];
    }
    top = top_of(ratios, mode->weights, sample, kernel);
    if (!mode->flavour->is_penalised) {
        return top;
    }
    penalise(ratios, mode->weights, sample, top);
    return top_of(ratios, sample->penalised, sample, kernel);
}

/* Each ratio is drawn with its own standard error, whatever the weights are; a draw and its
 * bandwidth serve all modes, as in TwoSampleMR's mr_mode. */
static void draw(const struct mode *modes, size_t count, const struct sample *sample,
                 size_t boot, struct arena *scratch, struct random_stream *stream)
{
    double *se = arena_get(scratch, sample->count, sizeof *se);
    double *ratios = arena_get(scratch, sample->count, sizeof *ratios);

    for (size_t j = 0; j < sample->count; j++) {
        se[j] = sqrt(sample->ratios.variance[j]);
    }
    for (size_t i = 0; i < boot; i++) {
        struct kernel kernel;

        random_normals(stream, sample->ratios.ratio, se, ratios, sample->count);
        kernel = kernel_of(ratios, sample, true);
        for (size_t m = 0; m < count; m++) {
            modes[m].draws[i] = mode_of(ratios, &modes[m], sample, &kernel);
        }
    }
}

static void fill(const struct mode *mode, const struct sample *sample,
                 const struct estimate_settings *settings, double *work)
{
    struct kernel kernel = kernel_of(sample->ratios.ratio, sample, false);

    mode->estimate->b = mode_of(sample->ratios.ratio, mode, sample, &kernel);
    mode->estimate->se = summary_mad(mode->draws, settings->boot, work);
    if (settings->convention == CONVENTION_MENDELIANRANDOMIZATION) {
        estimate_fill_normal(mode->estimate, settings);
    } else {
        estimate_fill_t(mode->estimate, (double)sample->count - 1, settings);
    }
}

/* Weights that add up to 1: equal ones, or inverse variances of the ratios. */
static double *weights_of(const struct sample *sample, bool is_equal, struct arena *scratch)
{
    double *weights = arena_get(scratch, sample->count, sizeof *weights), total = 0;

    for (size_t j = 0; j < sample->count; j++) {
        weights[j] = is_equal ? 1 : 1 / sample->ratios.variance[j];
        total += weights[j];
    }
    for (size_t j = 0; j < sample->count; j++) {
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

static void fill_sample(const struct pair *pair, bool is_nome,
                        const struct estimate_settings *settings, struct arena *scratch,
                        struct sample *sample)
{
    if (is_nome) {
        forget_exposure_error(pair, &sample->ratios);
    }
    sample->count = pair->count;
    sample->shrink =
        0.9 * settings->parameters[PARAMETER_BANDWIDTH] / pow((double)pair->count, 0.2);
    sample->work = arena_get(scratch, pair->count, sizeof *sample->work);
    sample->penalty = settings->parameters[PARAMETER_PENALTY];
    sample->free = free_distance(sample->penalty);
    sample->penalised = arena_get(scratch, pair->count, sizeof *sample->penalised);
}

static const struct flavour *flavour_of(const struct method *method)
{
    const struct flavour *flavour = flavours;

    while (flavour->method != method) {
        flavour++;
    }
    return flavour;
}

/* Those wanted, with the exposure's error or without; the number of them. An estimate whose
 * ratios are not there says so itself. */
static size_t wanted(const struct pair *pair, bool is_nome, struct estimate *const *estimates,
                     size_t count, struct arena *scratch, struct mode *modes,
                     struct sample *sample)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct flavour *flavour = flavour_of(estimates[i]->method);

        if (flavour->is_nome == is_nome &&
            ratios_of(pair, scratch, estimates[i], &sample->ratios)) {
            modes[found++] = (struct mode){.flavour = flavour, .estimate = estimates[i]};
        }
    }
    return found;
}

static void run(const struct pair *pair, bool is_nome, struct estimate *const *estimates,
                size_t count, const struct estimate_settings *settings, struct arena *scratch,
                struct random_stream stream)
{
    struct mode *modes = arena_get(scratch, count, sizeof *modes);
    double *work = arena_get(scratch, settings->boot, sizeof *work);
    struct sample sample;
    size_t found = wanted(pair, is_nome, estimates, count, scratch, modes, &sample);

    if (found == 0) {
        return;
    }
    fill_sample(pair, is_nome, settings, scratch, &sample);
    for (size_t m = 0; m < found; m++) {
        modes[m].weights = weights_of(&sample, modes[m].flavour->has_equal_weights, scratch);
        modes[m].draws = arena_get(scratch, settings->boot, sizeof *modes[m].draws);
    }
    draw(modes, found, &sample, settings->boot, scratch, &stream);
    for (size_t m = 0; m < found; m++) {
        fill(&modes[m], &sample, settings, work);
    }
}

static void run_all(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *const *estimates, size_t count)
{
    run(pair, false, estimates, count, settings, scratch, *stream);
    run(pair, true, estimates, count, settings, scratch, *stream);
}

static const struct method_family family = {.key = "mode", .function = run_all};

const struct method method_simple_mode = {
    .key = "simple_mode",
    .name = "Simple mode",
    .group = GROUP_MODE,
    .is_default = true,
    .is_random = true,
    .least = 3,
    .assumes = N_("the largest group of variants with similar ratios is valid"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .family = &family,
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
    .family = &family,
};

const struct method method_penalised_mode = {
    .key = "penalised_mode",
    .name = "Penalised mode",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the weighted mode, with less weight to variants far from it"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .family = &family,
};

const struct method method_simple_mode_nome = {
    .key = "simple_mode_nome",
    .name = "Simple mode (NOME)",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the simple mode, and effects on the exposure are known without error"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .family = &family,
};

const struct method method_weighted_mode_nome = {
    .key = "weighted_mode_nome",
    .name = "Weighted mode (NOME)",
    .group = GROUP_MODE,
    .is_random = true,
    .least = 3,
    .assumes = N_("as the weighted mode, and effects on the exposure are known without error"),
    .citation = "Hartwig, Davey Smith and Bowden 2017, Int J Epidemiol 46:1985",
    .family = &family,
};
