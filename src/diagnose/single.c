#include "diagnose/diagnose.h"
#include "diagnose/sides.h"
#include "estimate/points.h"
#include "instrument/instrument.h"
#include "numeric/regression.h"
#include <math.h>

/* Where leaving a variant out leaves less than this share of the scatter, it is rounding. */
#define ROUNDING 1e-12

/* The IVW fit that every variant is held against. */
struct fit {
    struct line_fit line;
    double sum_xx; /* of w bx^2: 1 / the squared standard error */
    double df;     /* J - 1 */
};

static struct fit fit_of(const struct pair *pair, struct arena *arena)
{
    struct points points = points_coded(pair, arena);
    struct fit fit = {.df = (double)pair->count - 1};

    fit.line = regression_through_origin(points.x, points.y, points.w, pair->count);
    fit.sum_xx = 1 / (fit.line.slope_se * fit.line.slope_se);
    return fit;
}

static void fill_ratio(struct single_variant *single, const struct pair *pair,
                       const struct estimate_settings *settings)
{
    struct estimate wald = {0};

    wald.b = pair->by[single->j] / pair->bx[single->j];
    wald.se = pair->sy[single->j] / fabs(pair->bx[single->j]);
    estimate_fill_normal(&wald, settings);
    single->b = wald.b;
    single->se = wald.se;
    single->p = wald.p;
    single->lower = wald.lower;
    single->upper = wald.upper;
    single->contains_null = wald.contains_null;
}

/* Residual over its standard deviation in the fit without the variant itself; positive where
 * the variant's ratio is above the estimate. */
static double studentise(double residual, double leverage, const struct fit *fit)
{
    double rest = 1 - leverage;
    double variance = (fit->line.rss - residual * residual / rest) / (fit->df - 1);

    bool is_scatter = variance > ROUNDING * fit->line.rss;

    return fit->df >= 2 && rest > 0 && is_scatter ? residual / sqrt(variance * rest) : NAN;
}

static double cook(double residual, double leverage, const struct fit *fit)
{
    double rest = 1 - leverage, variance = fit->line.rss / fit->df;

    return fit->df >= 1 && rest > 0 && variance > 0
               ? residual * residual * leverage / (variance * rest * rest)
               : NAN;
}

static void fill_influence(struct single_variant *single, const struct pair *pair,
                           const struct fit *fit)
{
    double x = pair->bx[single->j] / pair->sy[single->j];
    double residual =
        (pair->by[single->j] - fit->line.slope * pair->bx[single->j]) / pair->sy[single->j];
    double leverage = x * x / fit->sum_xx;

    single->weight_share = leverage;
    single->q_share = fit->line.rss > 0 ? residual * residual / fit->line.rss : 0;
    if (isnan(residual)) {
        single->q_share = NAN;
    }
    single->studentised = studentise(x < 0 ? -residual : residual, leverage, fit);
    single->cook = cook(residual, leverage, fit);
}

struct single_variant *single_variants_of(const struct pair *pair,
                                          const struct estimate_settings *settings,
                                          struct arena *arena)
{
    struct single_variant *singles = arena_get(arena, pair->count, sizeof *singles);
    struct fit fit = fit_of(pair, arena);

    for (size_t j = 0; j < pair->count; j++) {
        const struct association *exposure = sides_exposure(pair, j);

        singles[j].j = j;
        fill_ratio(&singles[j], pair, settings);
        fill_influence(&singles[j], pair, &fit);
        singles[j].f = instrument_f(exposure);
        singles[j].r2_exposure = sides_r2(exposure, pair->exposure);
        singles[j].r2_outcome = sides_r2(sides_outcome(pair, j), pair->outcome);
    }
    return singles;
}
