/*
 * How much of an exposure's effect on an outcome goes through a mediator.
 * In: the exposure's pairs with outcome and mediator, and the design of exposure and mediator
 * (covariates behind them) on the outcome. Out: the total, direct and indirect effect, the
 * latter as a product and as a difference, and the proportion mediated; each with an interval
 * by the delta method and one by drawing. Where a proportion has no meaning, why.
 */
#ifndef MULTIVARIABLE_MEDIATION_H
#define MULTIVARIABLE_MEDIATION_H

#include "multivariable/multivariable.h"

struct mediation_input {
    const struct pair *total;    /* exposure -> outcome */
    const struct pair *first;    /* exposure -> mediator; NULL: the design has several */
    const struct design *design; /* the exposure first, the mediator second */
    size_t mediator_instruments; /* variants of the design that stand for the mediator */
};

/* A value made of several estimates. NaN: none. */
struct mediated {
    double b, se, p, neglog10_p; /* by the delta method */
    double lower, upper;
    double boot_lower, boot_upper; /* percentiles of draws */
    bool contains_null;            /* from lower to upper */
};

struct mediation {
    enum estimate_status status; /* why the indirect effect is missing */
    const char *note;            /* likewise, or why the proportion is, or a warning */
    struct estimate total;       /* c: IVW, or the Wald ratio of one variant */
    struct estimate a;           /* of the exposure on the mediator, likewise */
    struct estimate b, direct;   /* c': of the mediator, and of the exposure, given the other */
    size_t variants;             /* of the design */
    double f_exposure, f_mediator;         /* conditional F */
    double total_b, total_direct;          /* covariances with the total effect */
    struct mediated product, difference;   /* a b, and c - c' */
    struct mediated proportion;            /* a b / c */
    struct mediated proportion_difference; /* 1 - c' / c */
};

/*
 * The exposure's effect is `total` by univariable IVW; a likewise on the mediator; b and c' are
 * multivariable IVW, all errors never below fixed. a and the others are of separate samples and
 * independent; b and c' share the outcome's errors with c: with g the exposure's effects in the
 * total, W = 1 / sy^2 and C = (X'WX)^-1 of the design, cov(k, c) = (C X'W g)_k / (g'Wg)
 * * max(1, least residual variance of the two). Products (Sobel 1982), differences and ratios
 * by the delta method; percentiles of settings->boot draws of (c, b, a, c'), normal, from the
 * stream of (seed, exposure and mediator, outcome, "mediation"). What the answer points to is
 * in `arena`.
 *
 * The proportion is refused where the indirect and the total effect have opposite signs, and
 * where the interval of the total effect holds 0. Without `first` there is neither product nor
 * proportion.
 */
struct mediation mediation_of(const struct mediation_input *input,
                              const struct estimate_settings *settings, struct arena *scratch,
                              struct arena *arena);

/* IVW, of one variant its ratio; without LD, as designs have none. What it points to is in
 * `arena`. */
struct estimate mediation_univariable(const struct pair *pair,
                                      const struct estimate_settings *settings,
                                      struct arena *scratch, struct arena *arena);

#endif
