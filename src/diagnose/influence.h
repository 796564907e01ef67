/*
 * Single variants against the radial plot: whose distance from the line is more than chance.
 * In: a pair. Out: a chi-square of each variant around the radial IVW, plain and corrected for
 * their number.
 */
#ifndef DIAGNOSE_INFLUENCE_H
#define DIAGNOSE_INFLUENCE_H

#include "pair/pair.h"

/* Cochran's Q of one variant, on one degree of freedom. */
struct radial_outlier {
    double weight; /* W of the radial plot, 1 over the squared unit of the ratio */
    double q, p;
    bool is_outlier;            /* p < .05, RadialMR's default */
    bool is_outlier_bonferroni; /* p < .05 over the number of variants */
};

/* One a variant, in `arena`; with modified weights of second order: bx^2 over sy^2 plus
 * slope^2 sx^2 at the slope of first order (Bowden et al. 2018, Int J Epidemiol 47:1264). NaN
 * for fewer than two variants, or where none has an effect on the exposure. */
struct radial_outlier *influence_radial_of(const struct pair *pair, struct arena *arena);

#endif
