#include "estimate/overlap_spread.h"
#include <math.h>

/* Of heritability and squares, for slopes by differences. */
#define NUDGE 1e-4

/* Draws farther from the effect than so many of their deviations are left out: where the
 * heritability comes near 0 the correction has no variance. */
#define FARTHEST 10
/* This part of the draws must be left. */
#define LEAST_DRAWN 0.9

/* How the corrected effect changes with the heritability, or with the squares, in parts of
 * themselves. */
static double slope_by_heritability(const struct overlap *overlap, double observed)
{
    struct overlap lower = *overlap, upper = *overlap;

    lower.heritability *= 1 - NUDGE;
    upper.heritability *= 1 + NUDGE;
    return (overlap_corrected(&upper, observed) - overlap_corrected(&lower, observed)) /
           (2 * NUDGE);
}

static double slope_by_squares(const struct overlap *overlap, double observed)
{
    struct overlap lower = *overlap, upper = *overlap;

    lower.squares *= 1 - NUDGE;
    upper.squares *= 1 + NUDGE;
    return (overlap_corrected(&upper, observed) - overlap_corrected(&lower, observed)) /
           (2 * NUDGE);
}

/* Beside the observed effect's own error, intercept, heritability and the errors of the squares
 * (4 squares / n) add to the variance. */
struct overlap_spread overlap_spread_by_slopes(const struct overlap *overlap, double share,
                                               const struct overlap_observed *observed)
{
    struct overlap whole = *overlap;
    struct overlap_bias bias;
    double own, by_intercept, by_heritability, by_squares, others;

    whole.intercept = 1;
    bias = overlap_bias_at(&whole, share);
    own = bias.stretch * observed->se;
    by_intercept = bias.shift * bias.stretch * observed->intercept_se;
    by_heritability = slope_by_heritability(overlap, observed->b) * observed->heritability_se /
                      overlap->heritability;
    by_squares = slope_by_squares(overlap, observed->b) * 2 /
                 sqrt(overlap->squares * overlap->exposure_n);
    others = by_intercept * by_intercept + by_heritability * by_heritability +
             by_squares * by_squares;
    return (struct overlap_spread){own * own + others,
                                   (own - observed->se) * (own - observed->se) + others};
}

/* Squares of effects that are drawn about those that were seen. */
static double draw_squares(const struct overlap_strong *strong, const double *errors,
                           double *drawn, struct random_stream *stream)
{
    double squares = 0;

    random_normals(stream, strong->x, errors, drawn, strong->count);
    for (size_t j = 0; j < strong->count; j++) {
        squares += drawn[j] * drawn[j];
    }
    return squares;
}

/* The observed and the corrected effects of one draw; NaN where there is no share, or no
 * heritability. */
struct drawn {
    double observed, corrected;
};

static struct drawn draw(const struct overlap *overlap, const struct overlap_observed *observed,
                         double squares, struct random_stream *stream)
{
    struct overlap changed = *overlap;
    double b = observed->b + observed->se * random_normal(stream);

    changed.squares = squares;
    changed.intercept += observed->intercept_se * random_normal(stream);
    changed.heritability += observed->heritability_se * random_normal(stream);
    return (struct drawn){b, changed.heritability > 0 ? overlap_corrected(&changed, b) : NAN};
}

/* Sums, over the draws within `reach` of `about`, of the corrected effect and of the gap to the
 * observed one, both about those of `about`, and of their squares. */
struct gathered {
    double count, corrected, square, gap, gap_square;
};

static struct gathered gather(const struct drawn *drawn, size_t count, struct drawn about,
                              double reach)
{
    struct gathered sums = {0, 0, 0, 0, 0};

    for (size_t i = 0; i < count; i++) {
        double corrected = drawn[i].corrected - about.corrected;
        double gap = corrected - (drawn[i].observed - about.observed);

        if (fabs(corrected) <= reach) { /* no NaN */
            sums.count++;
            sums.corrected += corrected;
            sums.square += corrected * corrected;
            sums.gap += gap;
            sums.gap_square += gap * gap;
        }
    }
    return sums;
}

/* Near their middle these lose no digits. */
static double variance_of(double sum, double squares, double count)
{
    return fmax(0, (squares - sum * sum / count) / (count - 1));
}

static struct overlap_spread spread_of(const struct gathered *sums)
{
    return (struct overlap_spread){variance_of(sums->corrected, sums->square, sums->count),
                                   variance_of(sums->gap, sums->gap_square, sums->count)};
}

bool overlap_spread_by_draws(const struct overlap *overlap,
                             const struct overlap_observed *observed,
                             const struct overlap_strong *strong, size_t draws,
                             struct random_stream *stream, struct arena *scratch,
                             struct overlap_spread *spread)
{
    struct drawn *drawn = arena_get(scratch, draws, sizeof *drawn);
    double *errors = arena_get(scratch, strong->count, sizeof *errors);
    double *room = arena_get(scratch, strong->count, sizeof *room);
    const struct drawn middle = {observed->b, overlap_corrected(overlap, observed->b)};
    struct gathered sums;

    for (size_t j = 0; j < strong->count; j++) {
        errors[j] = 1 / sqrt(strong->n[j]);
    }
    for (size_t i = 0; i < draws; i++) {
        drawn[i] = draw(overlap, observed, draw_squares(strong, errors, room, stream), stream);
    }
    sums = gather(drawn, draws, middle, INFINITY);
    *spread = spread_of(&sums);
    sums = gather(drawn, draws, middle, FARTHEST * sqrt(spread->variance));
    *spread = spread_of(&sums);
    return sums.count >= LEAST_DRAWN * (double)draws;
}
