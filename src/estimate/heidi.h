/*
 * Wald ratios with the covariance of their errors, and those of them that differ from the rest
 * (HEIDI-outlier): what GSMR works on.
 * In: a pair with LD. Out: ratios; which are outliers.
 */
#ifndef ESTIMATE_HEIDI_H
#define ESTIMATE_HEIDI_H

#include "pair/pair.h"

/* Ratios of the variants with an effect on the exposure, in arrays of `count` entries. */
struct heidi_ratios {
    size_t count;
    size_t *j;       /* the variant's place in the pair */
    double *b;       /* ratio of the effects on outcome and exposure */
    double *outcome; /* its error from the outcome's, sy / bx, with its sign */
    double *z;       /* effect on the exposure over its standard error */
    double *ld;      /* count x count correlations, the caller's to change */
};

/* All ratios of a pair whose ld is not NULL. In `arena`. */
struct heidi_ratios heidi_ratios_of(const struct pair *pair, struct arena *arena);

/* Takes the excluded ones out; is_excluded has ratios->count entries. */
void heidi_drop(struct heidi_ratios *ratios, const bool *is_excluded);

/* Covariance of the errors of two ratios, from both traits' (Zhu et al. 2018, Nat Commun 9:224,
 * eq. 4); with itself, the variance. */
double heidi_covariance(const struct heidi_ratios *ratios, size_t one, size_t other);

/*
 * Sets is_outlier of every ratio that differs from the reference's with a P below `p`; the
 * reference is the strongest variant among the middle fifth of the ratios (the two ratios
 * around the middle where the fifth holds none). As package gsmr, HEIDI-outlier of version 1,
 * which takes P values for standard errors when it looks for the strongest. count >= 1.
 */
void heidi_outliers(const struct heidi_ratios *ratios, double p, bool *is_outlier,
                    struct arena *scratch);

#endif
