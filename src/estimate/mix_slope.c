#include "estimate/mix.h"
#include "numeric/jet.h"
#include "pair/pair.h"
#include <math.h>

/* The variables of jets: share, variance (relative), effect, and the noise of one variant. */
enum { SHARE, VARIANCE, EFFECT, NOISE };

/* Sums over variants of the derivatives of the log-likelihood, named by their variables. */
struct sums {
    double pp, ps, pt, ss, st;
    double pps, ppt, pss, pst, ptt, sss, sst, stt;
};

/* Which number of a variant is noisy, if one is. */
enum noisy { NEITHER, EXPOSURE, OUTCOME };

/* What jets are made of, the same for all variants. */
struct point {
    struct jet theta, theta2, share, other_share, variance, log_variance, precision;
};

static struct point point_at(const struct mix *mix, const struct mix_fit *fit, double unit,
                             bool is_held)
{
    const struct jet one = jet_constant(1);
    struct point point = {.theta = jet_variable(EFFECT, fit->theta, unit),
                          .share = jet_variable(SHARE, fit->share, 1)};

    point.theta2 = jet_product(&point.theta, &point.theta);
    point.other_share = jet_sum(1, &one, -1, &point.share);
    if (is_held) {
        point.variance = jet_sum(mix->least_spread * mix->middle_y2, &one,
                                 mix->least_spread * mix->middle_x2, &point.theta2);
    } else {
        point.variance = jet_variable(VARIANCE, fit->variance, fit->variance);
    }
    point.log_variance = jet_log(&point.variance);
    point.precision = jet_reciprocal(&point.variance);
    return point;
}

/* log(share * exp(one) + (1 - share) * exp(other)), without overflow. */
static struct jet log_mixture(const struct point *point, const struct jet *one,
                              const struct jet *other)
{
    bool is_first = one->c[0] > other->c[0];
    const struct jet *high = is_first ? one : other, *low = is_first ? other : one;
    struct jet gap = jet_sum(1, low, -1, high), ratio = jet_exp(&gap), sum;

    ratio = jet_product(is_first ? &point->other_share : &point->share, &ratio);
    sum = jet_sum(1, is_first ? &point->share : &point->other_share, 1, &ratio);
    sum = jet_log(&sum);
    return jet_sum(1, high, 1, &sum);
}

/* The square of a variant's residual, whose effects may be noisy. */
static struct jet residual_jet(const struct pair *pair, size_t j, const struct point *point,
                               enum noisy noisy)
{
    struct jet x = jet_variable(NOISE, pair->bx[j], noisy == EXPOSURE ? pair->sx[j] : 0);
    struct jet y = jet_variable(NOISE, pair->by[j], noisy == OUTCOME ? pair->sy[j] : 0);
    struct jet e = jet_product(&point->theta, &x);

    e = jet_sum(1, &y, -1, &e);
    return jet_product(&e, &e);
}

/* The logarithm of a variant's density were it valid. */
static struct jet valid_jet(const struct pair *pair, size_t j, const struct point *point,
                            const struct jet *e2)
{
    const struct jet one = jet_constant(1);
    struct jet v =
        jet_sum(pair->sy[j] * pair->sy[j], &one, pair->sx[j] * pair->sx[j], &point->theta2);
    struct jet log_v = jet_log(&v);

    v = jet_reciprocal(&v);
    v = jet_product(e2, &v);
    return jet_sum(-0.5, &v, -0.5, &log_v);
}

/* The log-likelihood of a variant. */
static struct jet variant_jet(const struct pair *pair, size_t j, const struct point *point,
                              enum noisy noisy)
{
    struct jet e2 = residual_jet(pair, j, point, noisy);
    struct jet valid = valid_jet(pair, j, point, &e2);
    struct jet invalid = jet_product(&e2, &point->precision);

    invalid = jet_sum(-0.5, &invalid, -0.5, &point->log_variance);
    return log_mixture(point, &valid, &invalid);
}

static struct sums sums_of(const struct jet *jet)
{
    struct sums sums = {.pp = jet_derivative(jet, 2, 0, 0, 0),
                        .ps = jet_derivative(jet, 1, 1, 0, 0),
                        .pt = jet_derivative(jet, 1, 0, 1, 0),
                        .ss = jet_derivative(jet, 0, 2, 0, 0),
                        .st = jet_derivative(jet, 0, 1, 1, 0),
                        .pps = jet_derivative(jet, 2, 1, 0, 0),
                        .ppt = jet_derivative(jet, 2, 0, 1, 0),
                        .pss = jet_derivative(jet, 1, 2, 0, 0),
                        .pst = jet_derivative(jet, 1, 1, 1, 0),
                        .ptt = jet_derivative(jet, 1, 0, 2, 0),
                        .sss = jet_derivative(jet, 0, 3, 0, 0),
                        .sst = jet_derivative(jet, 0, 2, 1, 0),
                        .stt = jet_derivative(jet, 0, 1, 2, 0)};

    return sums;
}

/* The equation that the best effect solves: its value, its derivatives by share and variance,
 * and its change along effects with the variance following (the share is level there). */
struct equation {
    double value, by_share, by_variance, change;
};

static struct equation free_equation(const struct sums *d)
{
    struct equation to = {.value = d->ss * d->pt - d->ps * d->st};
    double determinant = d->pp * d->ss - d->ps * d->ps;
    double by_effect = d->sst * d->pt + d->ss * d->ptt - d->pst * d->st - d->ps * d->stt;

    to.by_share = d->pss * d->pt + d->ss * d->ppt - d->pps * d->st - d->ps * d->pst;
    to.by_variance = d->sss * d->pt + d->ss * d->pst - d->pss * d->st - d->ps * d->sst;
    to.change = by_effect + to.by_variance * (d->ps * d->pt - d->pp * d->st) / determinant;
    return to;
}

/* With the variance held there is one equation less. */
static struct equation held_equation(const struct sums *d)
{
    return (struct equation){.value = d->pt, .by_share = d->ppt, .change = d->ptt};
}

/* How the equation answers to a variant's noise, share and variance following. */
static double answer(const struct sums *d, const struct equation *to, const struct jet *jet,
                     bool is_held)
{
    double p = jet_derivative(jet, 1, 0, 0, 1), pt = jet_derivative(jet, 1, 0, 1, 1);
    double s, direct, determinant;

    if (is_held) {
        return pt - to->by_share * p / d->pp;
    }
    s = jet_derivative(jet, 0, 1, 0, 1);
    determinant = d->pp * d->ss - d->ps * d->ps;
    direct = jet_derivative(jet, 0, 2, 0, 1) * d->pt + d->ss * pt -
             jet_derivative(jet, 1, 1, 0, 1) * d->st - d->ps * jet_derivative(jet, 0, 1, 1, 1);
    return direct + to->by_share * (d->ps * s - d->ss * p) / determinant +
           to->by_variance * (d->ps * p - d->pp * s) / determinant;
}

static struct equation equation_at(const struct mix *mix, const struct point *point,
                                   bool is_held, struct sums *sums)
{
    struct jet total = jet_constant(0);

    for (size_t j = 0; j < mix->pair->count; j++) {
        struct jet jet = variant_jet(mix->pair, j, point, NEITHER);

        total = jet_sum(1, &total, 1, &jet);
    }
    *sums = sums_of(&total);
    return is_held ? held_equation(sums) : free_equation(sums);
}

struct mix_slope mix_slope_at(const struct mix *mix, const struct mix_fit *fit, double unit,
                              bool is_held)
{
    struct point point = point_at(mix, fit, unit, is_held);
    struct sums sums;
    struct equation equation = equation_at(mix, &point, is_held, &sums);
    double sign = is_held ? -1 : 1;

    return (struct mix_slope){sign * equation.value, sign * equation.change / unit};
}

double mix_error_at(const struct mix *mix, const struct mix_fit *fit, double unit, bool is_held)
{
    struct point point = point_at(mix, fit, unit, is_held);
    struct sums sums;
    struct equation equation = equation_at(mix, &point, is_held, &sums);
    double squares = 0;

    for (size_t j = 0; j < mix->pair->count; j++) {
        struct jet x = variant_jet(mix->pair, j, &point, EXPOSURE);
        struct jet y = variant_jet(mix->pair, j, &point, OUTCOME);
        double by_x = answer(&sums, &equation, &x, is_held);
        double by_y = answer(&sums, &equation, &y, is_held);

        squares += by_x * by_x + by_y * by_y;
    }
    return unit * sqrt(squares) / fabs(equation.change);
}

double mix_valid_error(const struct mix *mix, double theta, double unit)
{
    const struct mix_fit fit = {.theta = theta, .share = MIX_MOST_SHARE, .variance = 1};
    struct point point = point_at(mix, &fit, unit, false);
    double curvature = 0;

    for (size_t j = 0; j < mix->pair->count; j++) {
        struct jet e2 = residual_jet(mix->pair, j, &point, NEITHER);
        struct jet valid = valid_jet(mix->pair, j, &point, &e2);

        curvature -= jet_derivative(&valid, 0, 0, 2, 0);
    }
    return curvature > 0 ? unit / sqrt(curvature) : NAN;
}
