/*
 * How sure the effect is that overlap.h corrects.
 * In: what was observed and its errors, those of heritability and intercept, the instruments'
 * own effects. Out: the variance of the corrected effect and of how far it is from the observed
 * one, by slopes (the delta method) or by drawing all of these anew as the R package MRlap
 * does.
 */
#ifndef ESTIMATE_OVERLAP_SPREAD_H
#define ESTIMATE_OVERLAP_SPREAD_H

#include "base/arena.h"
#include "estimate/overlap.h"
#include "numeric/random.h"
#include <stddef.h>

/* All that pass the cut in the exposure's sample, also those that the outcome does not have:
 * effects in standard deviations, and sample sizes. */
struct overlap_strong {
    size_t count;
    double *x, *n;
};

/* IVW as it is observed, and standard errors. */
struct overlap_observed {
    double b, se;
    double heritability_se, intercept_se;
};

struct overlap_spread {
    double variance; /* of the corrected effect */
    double apart;    /* of the corrected less the observed one */
};

struct overlap_spread overlap_spread_by_slopes(const struct overlap *overlap, double share,
                                               const struct overlap_observed *observed);

/* False where fewer than nine of ten draws can be corrected: where a heritability is drawn that
 * is not above 0 there is nothing to correct by. */
bool overlap_spread_by_draws(const struct overlap *overlap,
                             const struct overlap_observed *observed,
                             const struct overlap_strong *strong, size_t draws,
                             struct random_stream *stream, struct arena *scratch,
                             struct overlap_spread *spread);

#endif
