#include "estimate/mix.h"
#include "numeric/summary.h"
#include "pair/pair.h"
#include <float.h>
#include <math.h>

/* The grid of variances: each so many times the one before. */
#define VARIANCE_STEP 2

/* Newton's steps to a share, and false-position steps to a variance. */
#define MOST_SHARE_STEPS 60
#define MOST_VARIANCE_STEPS 100
#define SHARE_PRECISION 1e-15
#define COARSE_PRECISION 1e-4
#define VARIANCE_PRECISION 1e-14

/* So many factors, none below the least share, are multiplied before a logarithm. */
#define FACTORS 32

struct mix mix_begin(const struct pair *pair, double least_spread, double most_variance,
                     struct arena *arena)
{
    struct mix mix = {
        .pair = pair, .least_spread = least_spread, .most_variance = most_variance};
    double sx, sy;

    mix.e2 = arena_get(arena, pair->count, sizeof *mix.e2);
    mix.log_v = arena_get(arena, pair->count, sizeof *mix.log_v);
    mix.v = arena_get(arena, pair->count, sizeof *mix.v);
    mix.valid = arena_get(arena, pair->count, sizeof *mix.valid);
    mix.invalid = arena_get(arena, pair->count, sizeof *mix.invalid);
    sx = summary_median(pair->sx, pair->count, mix.e2);
    sy = summary_median(pair->sy, pair->count, mix.e2);
    mix.middle_x2 = sx * sx;
    mix.middle_y2 = sy * sy;
    return mix;
}

double mix_least_variance(const struct mix *mix, double theta)
{
    return mix->least_spread * (mix->middle_y2 + theta * theta * mix->middle_x2);
}

/* Residuals at an effect; the largest square of one. */
static double take_residuals(struct mix *mix, double theta)
{
    const struct pair *pair = mix->pair;
    double most = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double e = pair->by[j] - theta * pair->bx[j];
        double across = theta * pair->sx[j];

        mix->v[j] = pair->sy[j] * pair->sy[j] + across * across;
        mix->log_v[j] = log(mix->v[j]);
        mix->e2[j] = e * e / mix->v[j];
        most = fmax(most, e * e);
    }
    return most;
}

/* Both densities of each variant over their higher one, whose logarithms' sum it returns up to
 * a constant. */
static double take_densities(const struct mix *mix, double variance)
{
    double log_variance = log(variance), sum = 0;

    for (size_t j = 0; j < mix->pair->count; j++) {
        double gain =
            0.5 * (mix->log_v[j] - log_variance + mix->e2[j] * (1 - mix->v[j] / variance));
        double less = exp(-fabs(gain));

        mix->valid[j] = gain > 0 ? less : 1;
        mix->invalid[j] = gain > 0 ? 1 : less;
        sum += gain > 0 ? gain : 0;
    }
    return sum;
}

/* The slope of the likelihood by the share, and minus its change. */
static double share_slope(const struct mix *mix, double share, double *change)
{
    double slope = 0, bend = 0;

    for (size_t j = 0; j < mix->pair->count; j++) {
        double a = mix->valid[j], b = mix->invalid[j];
        double term = (a - b) / (b + share * (a - b));

        slope += term;
        bend += term * term;
    }
    *change = bend;
    return slope;
}

/* The best share for the densities at hand: the likelihood is concave in it. */
static double best_share(const struct mix *mix, double from, double precision)
{
    double low = MIX_LEAST_SHARE, high = MIX_MOST_SHARE, share = from;

    for (int i = 0; i < MOST_SHARE_STEPS && high - low > precision; i++) {
        double bend, slope = share_slope(mix, share, &bend), next = share + slope / bend;

        if (slope > 0) {
            low = share;
        } else {
            high = share;
        }
        if (fabs(next - share) <= precision || !(bend > 0)) {
            break;
        }
        /* outside: the bound itself first, then by halves */
        if (next >= MIX_MOST_SHARE && high == MIX_MOST_SHARE) {
            next = share < MIX_MOST_SHARE ? MIX_MOST_SHARE : share;
        } else if (next <= MIX_LEAST_SHARE && low == MIX_LEAST_SHARE) {
            next = share > MIX_LEAST_SHARE ? MIX_LEAST_SHARE : share;
        } else if (!(next > low && next < high)) {
            next = (low + high) / 2;
        }
        if (next == share) {
            break;
        }
        share = next;
    }
    return share;
}

/* The likelihood with the best share at a variance, its slope by log variance, the share. */
struct level {
    double log_variance, likelihood, slope, share;
};

static double log_likelihood(const struct mix *mix, double share)
{
    double sum = 0, product = 1;

    for (size_t j = 0; j < mix->pair->count; j++) {
        product *= share * mix->valid[j] + (1 - share) * mix->invalid[j];
        if (j % FACTORS == FACTORS - 1) {
            sum += log(product);
            product = 1;
        }
    }
    return sum + log(product);
}

static struct level level_at(const struct mix *mix, double log_variance, double from,
                             double precision)
{
    double variance = exp(log_variance), higher = take_densities(mix, variance);
    struct level level = {.log_variance = log_variance,
                          .share = best_share(mix, from, precision)};

    for (size_t j = 0; j < mix->pair->count; j++) {
        double b = (1 - level.share) * mix->invalid[j];
        double weight = b / (level.share * mix->valid[j] + b);

        level.slope += 0.5 * weight * (mix->e2[j] * mix->v[j] / variance - 1);
    }
    level.likelihood = higher + log_likelihood(mix, level.share);
    return level;
}

/* Between a rising and a falling level, to where the slope is 0: false position, halving the
 * weight of an end that stays (the Illinois rule). */
static struct level climb(const struct mix *mix, struct level low, struct level high)
{
    struct level middle = low;
    double low_slope = low.slope, high_slope = high.slope;
    int side = 0;

    for (int i = 0; i < MOST_VARIANCE_STEPS; i++) {
        double width = high.log_variance - low.log_variance;
        double at = low.log_variance + width * low_slope / (low_slope - high_slope);

        if (!(at > low.log_variance && at < high.log_variance)) {
            at = low.log_variance + width / 2;
        }
        middle = level_at(mix, at, middle.share, SHARE_PRECISION);
        if (middle.slope == 0 || width <= VARIANCE_PRECISION ||
            fabs(middle.slope) <= DBL_EPSILON * (double)mix->pair->count) {
            break;
        }
        if (middle.slope > 0) {
            high_slope = side == 1 ? high_slope / 2 : high_slope;
            low = middle;
            low_slope = middle.slope;
            side = 1;
        } else {
            low_slope = side == -1 ? low_slope / 2 : low_slope;
            high = middle;
            high_slope = middle.slope;
            side = -1;
        }
    }
    return middle;
}

/* The best level of all, from the lower to the upper bound. */
static struct level highest_level(const struct mix *mix, double lower, double upper)
{
    double step = log(VARIANCE_STEP), last = log(upper);
    struct level before = level_at(mix, log(lower), 0.6, COARSE_PRECISION), best = before;

    while (before.log_variance < last) {
        double at = fmin(before.log_variance + step, last);
        struct level here = level_at(mix, at, before.share, COARSE_PRECISION), top = here;

        if (before.slope > 0 && here.slope < 0) {
            top = climb(mix, before, here);
        }
        if (top.likelihood > best.likelihood) {
            best = top;
        }
        before = here;
    }
    return best;
}

struct mix_fit mix_fit_at(struct mix *mix, double theta)
{
    double most = take_residuals(mix, theta), lower = mix_least_variance(mix, theta);
    double upper = fmin(mix->most_variance, fmax(most, lower));
    struct mix_fit fit = {.theta = theta, .hold = MIX_FREE};
    struct level level;

    lower = fmin(lower, upper);
    /* beyond what doubles hold there is no fit */
    if (!(lower > 0) || !isfinite(upper)) {
        fit.share = fit.variance = fit.gain = NAN;
        return fit;
    }
    level = highest_level(mix, lower, upper);
    level = level_at(mix, level.log_variance, level.share, SHARE_PRECISION);
    fit.share = level.share;
    fit.gain = level.likelihood;
    fit.variance = exp(level.log_variance);
    if (level.log_variance <= log(lower)) {
        fit.hold = MIX_AT_LOWER;
        fit.variance = lower;
    } else if (level.log_variance >= log(upper) && level.slope > 0) {
        fit.hold = MIX_AT_UPPER;
        fit.variance = upper;
    }
    return fit;
}

double mix_valid_misfit(const struct mix *mix, double theta)
{
    const struct pair *pair = mix->pair;
    double misfit = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double e = pair->by[j] - theta * pair->bx[j], across = theta * pair->sx[j];
        double v = pair->sy[j] * pair->sy[j] + across * across;

        misfit += e * e / v + log(v);
    }
    return misfit;
}
