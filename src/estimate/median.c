#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/ratio.h"
#include "numeric/summary.h"
#include "numeric/tail.h"

/* The median of the ratios under fixed weights. */
static double median_of(const struct ratios *ratios, const double *weights, size_t count,
                        struct arena *scratch)
{
    size_t *order = arena_get(scratch, count, sizeof *order);

    return summary_weighted_median(ratios->ratio, weights, count, order);
}

/* The spread of the median when both effects are drawn anew; weights stay as they were. */
static double bootstrap_se(const struct pair *pair, const double *weights, size_t boot,
                           struct arena *scratch, struct random_stream *stream)
{
    size_t count = pair->count;
    double *x = arena_get(scratch, count, sizeof *x);
    double *y = arena_get(scratch, count, sizeof *y);
    struct weighted_value *items = arena_get(scratch, count, sizeof *items);
    double *medians = arena_get(scratch, boot, sizeof *medians);

    for (size_t i = 0; i < boot; i++) {
        random_normals(stream, pair->bx, pair->sx, x, count);
        random_normals(stream, pair->by, pair->sy, y, count);
        for (size_t j = 0; j < count; j++) {
            items[j] = (struct weighted_value){y[j] / x[j], weights[j]};
        }
        medians[i] = summary_weighted_median_of(items, count);
    }
    return summary_sd(medians, boot);
}

static void fill(const struct pair *pair, const struct ratios *ratios, const double *weights,
                 const struct estimate_settings *settings, struct arena *scratch,
                 struct random_stream *stream, struct estimate *estimate)
{
    estimate->b = median_of(ratios, weights, pair->count, scratch);
    estimate->se = bootstrap_se(pair, weights, settings->boot, scratch, stream);
    estimate_fill_normal(estimate, settings);
}

static double *equal_weights(size_t count, struct arena *scratch)
{
    double *weights = arena_get(scratch, count, sizeof *weights);

    for (size_t j = 0; j < count; j++) {
        weights[j] = 1;
    }
    return weights;
}

/* Inverse variances of the ratios: second order, or first as MendelianRandomization. */
static double *precision_weights(const struct pair *pair, const struct ratios *ratios,
                                 enum convention convention, struct arena *scratch)
{
    double *weights = arena_get(scratch, pair->count, sizeof *weights);

    for (size_t j = 0; j < pair->count; j++) {
        double first = pair->bx[j] / pair->sy[j];

        weights[j] = convention == CONVENTION_MENDELIANRANDOMIZATION ? first * first
                                                                     : 1 / ratios->variance[j];
    }
    return weights;
}

static void penalise(double *weights, const struct ratios *ratios, size_t count, double centre,
                     double penalty)
{
    for (size_t j = 0; j < count; j++) {
        double rest = ratios->ratio[j] - centre;
        double factor = penalty * tail_chi_square(weights[j] * rest * rest, 1);

        weights[j] *= factor < 1 ? factor : 1;
    }
}

static void simple_median(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct random_stream *stream,
                          struct estimate *estimate)
{
    struct ratios ratios;

    if (ratios_of(pair, scratch, estimate, &ratios)) {
        fill(pair, &ratios, equal_weights(pair->count, scratch), settings, scratch, stream,
             estimate);
    }
}

static void weighted_median(const struct pair *pair, const struct estimate_settings *settings,
                            struct arena *scratch, struct random_stream *stream,
                            struct estimate *estimate)
{
    struct ratios ratios;

    if (ratios_of(pair, scratch, estimate, &ratios)) {
        fill(pair, &ratios, precision_weights(pair, &ratios, settings->convention, scratch),
             settings, scratch, stream, estimate);
    }
}

static void penalised_weighted_median(const struct pair *pair,
                                      const struct estimate_settings *settings,
                                      struct arena *scratch, struct random_stream *stream,
                                      struct estimate *estimate)
{
    struct ratios ratios;
    double *weights;

    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    weights = precision_weights(pair, &ratios, settings->convention, scratch);
    penalise(weights, &ratios, pair->count, median_of(&ratios, weights, pair->count, scratch),
             settings->parameters[PARAMETER_PENALTY]);
    fill(pair, &ratios, weights, settings, scratch, stream, estimate);
}

const struct method method_simple_median = {
    .key = "simple_median",
    .name = "Simple median",
    .group = GROUP_MEDIAN,
    .is_random = true,
    .least = 3,
    .assumes = N_("at least half of the variants are valid"),
    .citation = "Bowden et al. 2016, Genet Epidemiol 40:304",
    .function = simple_median,
};

const struct method method_weighted_median = {
    .key = "weighted_median",
    .name = "Weighted median",
    .group = GROUP_MEDIAN,
    .is_default = true,
    .is_random = true,
    .least = 3,
    .assumes = N_("at least half of the weight comes from valid variants"),
    .citation = "Bowden et al. 2016, Genet Epidemiol 40:304",
    .function = weighted_median,
};

const struct method method_penalised_weighted_median = {
    .key = "penalised_weighted_median",
    .name = "Penalised weighted median",
    .group = GROUP_MEDIAN,
    .is_random = true,
    .least = 3,
    .assumes = N_("at least half of the weight comes from valid variants; outliers count less"),
    .citation = "Bowden et al. 2016, Genet Epidemiol 40:304",
    .function = penalised_weighted_median,
};
