#include "estimate/fieller.h"
#include "base/i18n.h"
#include "numeric/sort.h"
#include <math.h>

/* A draw whose variance is negative is drawn again, but not for ever. */
#define MOST_DRAWS_EACH 20

/* Numerator and denominator of the effect, penalized, with variances and covariance. */
struct fraction {
    double numerator, denominator;
    double numerator_variance, denominator_variance, covariance;
};

static struct fraction fraction_of(const struct pair *pair, const double *bx, const double *by,
                                   double tau2)
{
    struct fraction to = {0};
    double half, moved, shrink;

    for (size_t j = 0; j < pair->count; j++) {
        double sy = pair->sy[j], x = bx[j] / sy, y = by[j] / sy, r = pair->sx[j] / sy;
        double signal = x * x - r * r;

        to.numerator += x * y;
        to.denominator += signal;
        to.numerator_variance += y * y * r * r + (1 + tau2 / (sy * sy)) * signal;
        to.denominator_variance += 4 * signal * r * r + 2 * r * r * r * r;
        to.covariance += 2 * y * x * r * r;
    }
    half = to.denominator / 2;
    moved =
        copysign(sqrt(half * half + FIELLER_PENALTY * to.denominator_variance), half) - half;
    shrink = (to.denominator + moved) / (to.denominator + 2 * moved);
    to.denominator += moved;
    to.numerator += to.covariance / to.denominator_variance * moved;
    to.denominator_variance *= shrink * shrink;
    to.covariance *= shrink;
    return to;
}

/* Of numerator less b times denominator; weak variants can make it negative. */
static double variance_at(const struct fraction *at, double b)
{
    return at->numerator_variance - 2 * b * at->covariance + b * b * at->denominator_variance;
}

/* Fieller's statistic of an effect: its square distance in its own standard error. */
static double statistic(const struct fraction *at, double b)
{
    double rest = at->numerator - b * at->denominator;

    return rest * rest / variance_at(at, b);
}

/* `boot` statistics of the true effect, in order; NULL where they cannot be had. */
static double *draw(const struct pair *pair, double b, double tau2, size_t boot,
                    struct arena *scratch, struct random_stream *stream)
{
    double *mean = arena_get(scratch, pair->count, sizeof *mean);
    double *spread = arena_get(scratch, pair->count, sizeof *spread);
    double *bx = arena_get(scratch, pair->count, sizeof *bx);
    double *by = arena_get(scratch, pair->count, sizeof *by);
    double *drawn = arena_get(scratch, boot, sizeof *drawn);
    size_t kept = 0;

    for (size_t j = 0; j < pair->count; j++) {
        mean[j] = b * pair->bx[j];
        spread[j] = hypot(pair->sy[j], sqrt(tau2));
    }
    for (size_t i = 0; kept < boot && i < MOST_DRAWS_EACH * boot; i++) {
        struct fraction at;

        random_normals(stream, mean, spread, by, pair->count);
        random_normals(stream, pair->bx, pair->sx, bx, pair->count);
        at = fraction_of(pair, bx, by, tau2);
        drawn[kept] = statistic(&at, b);
        kept += variance_at(&at, b) > 0 && isfinite(drawn[kept]);
    }
    sort_numbers(drawn, kept);
    return kept == boot ? drawn : NULL;
}

static const char *also(const char *before, const char *note, struct arena *scratch)
{
    return before == NULL ? note : arena_format(scratch, "%s; %s", before, note);
}

/* The share of draws beyond the statistic of no effect; none prints as one of them. */
static void fill_p(struct estimate *estimate, const struct fraction *at, const double *drawn,
                   size_t boot)
{
    double null = statistic(at, 0);
    size_t beyond = 0;

    for (size_t i = 0; i < boot; i++) {
        beyond += null < drawn[i];
    }
    if (beyond == 0) {
        beyond = 1;
        estimate->note = _("no draw was as far from no effect; p is at most 1 over the draws");
    }
    estimate->p = (double)beyond / (double)boot;
    estimate->neglog10_p = -log10(estimate->p);
}

/* The two roots as ends of two rays, which hold what is not between them. */
static void fill_rays(struct estimate *estimate, double low, double high, struct arena *scratch)
{
    struct interval_piece *pieces = arena_get(scratch, 2, sizeof *pieces);

    pieces[0] = (struct interval_piece){-INFINITY, low};
    pieces[1] = (struct interval_piece){high, INFINITY};
    estimate->pieces = pieces;
    estimate->piece_count = 2;
    estimate->note =
        also(estimate->note,
             _("the variants are so weak that the interval is two rays, up to one end and from "
               "the other"),
             scratch);
}

/* Where a b^2 + 2 half b + c, the statistic less its limit, is not above 0. */
static void fill_set(struct estimate *estimate, const struct fraction *at, double limit,
                     struct arena *scratch)
{
    double a = at->denominator * at->denominator - limit * at->denominator_variance;
    double half = limit * at->covariance - at->numerator * at->denominator;
    double c = at->numerator * at->numerator - limit * at->numerator_variance;
    double root = sqrt(half * half - a * c), low = (-half - root) / a,
           high = (-half + root) / a;

    estimate->contains_null = c <= 0;
    estimate->lower = a > 0 ? low : -INFINITY;
    estimate->upper = a > 0 ? high : INFINITY;
    if (a > 0) {
        return;
    }
    if (root > 0 && isfinite(low) && isfinite(high)) {
        fill_rays(estimate, high, low, scratch); /* a is negative */
        return;
    }
    estimate->contains_null = true;
    estimate->note =
        also(estimate->note, _("the variants are so weak that no effect is excluded"), scratch);
}

void fieller_fill(const struct pair *pair, double tau2,
                  const struct estimate_settings *settings, struct arena *scratch,
                  struct random_stream *stream, struct estimate *estimate)
{
    size_t boot = settings->boot, place;
    struct fraction at = fraction_of(pair, pair->bx, pair->by, tau2);
    double *drawn = NULL;

    if (variance_at(&at, estimate->b) > 0) {
        drawn = draw(pair, estimate->b, tau2, boot, scratch, stream);
    }
    if (drawn == NULL) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants are too weak for Fieller's interval: its variance is "
                        "negative"));
        return;
    }
    place = (size_t)floor((double)boot * settings->level + 0.5);
    fill_p(estimate, &at, drawn, boot);
    fill_set(estimate, &at, drawn[place > 0 ? place - 1 : 0], scratch);
}
