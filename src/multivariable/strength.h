/*
 * Whether several exposures can be told apart by their variants, and whether the variants
 * agree. In: a design. Out: conditional F statistics, their joint test, and the heterogeneity
 * of the multivariable IVW with the exposures' errors counted.
 */
#ifndef MULTIVARIABLE_STRENGTH_H
#define MULTIVARIABLE_STRENGTH_H

#include "multivariable/design.h"

/* One exposure of a design. NaN: not known. */
struct mv_strength {
    double f_mean, f_min; /* of its own, over the design's variants */
    double r2;            /* of all of them; needs its sample size */
    double f_conditional; /* given the other exposures */
};

/*
 * Strength of every exposure (out: K of them). F given the others (Sanderson, Spiller and
 * Bowden 2021): with d the unweighted regression of the exposure on the others and -1 for
 * itself, the sum of (d'x)^2 / (d' S d) over the variants, divided by their number. With one
 * exposure, its mean F.
 */
void mv_strength_of(const struct design *design, struct mv_strength *strengths,
                    struct arena *scratch);

/*
 * The joint test of rank: the least sum of (d'x)^2 / (d' S d) over all directions d, divided by
 * J - K + 1. It is the same whichever exposure it is asked for; NaN where no minimum is found.
 */
double mv_joint_strength(const struct design *design, struct arena *scratch);

struct mv_heterogeneity {
    double q, df, p, i2;
};

/* Q_A: residuals of IVW over the errors of outcome and exposures; J - K degrees of freedom. */
struct mv_heterogeneity mv_heterogeneity_of(const struct design *design, struct arena *scratch);

#endif
