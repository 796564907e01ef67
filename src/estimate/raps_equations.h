/*
 * The two equations of robust adjusted profile scores, in the effect and in tau2, the variance
 * of balanced pleiotropy; and the searches for their solutions.
 * In: the numbers of a pair, and a loss. Out: values of the equations, the lowest point of the
 * loss, the solution nearest to a place.
 */
#ifndef ESTIMATE_RAPS_EQUATIONS_H
#define ESTIMATE_RAPS_EQUATIONS_H

#include "estimate/raps_data.h"
#include "estimate/raps_loss.h"
#include <stdbool.h>

/* A residual is y - b x, its variance v = sy^2 + tau2 + b^2 sx^2. */
struct raps_equations {
    const struct raps_data *data;
    struct raps_loss loss;
    bool weighs_by_sx2; /* the equation of tau2: by sx^2, or all alike */
    bool shares_scale; /* all residuals over the root of the largest v, not each over its own */
};

/* An effect and a tau2. */
struct raps_place {
    double b, tau2;
};

/*
 * Minus the slope of the sum of losses in b, and what is left of the equation of tau2, sum of
 * (t psi(t) - delta) / v (Zhao et al. 2020); both are 0 at a solution.
 */
double raps_equations_effect(const struct raps_equations *in, struct raps_place at);
double raps_equations_excess(const struct raps_equations *in, struct raps_place at);

/* The sum of losses. */
double raps_equations_loss(const struct raps_equations *in, struct raps_place at);

/*
 * The b of the lowest sum of losses at this tau2: of the valleys within data->bound, or, where
 * there is none, of those beyond, if that is lower than at an infinite effect. False if there
 * is none. Not for a shared scale.
 */
bool raps_equations_lowest(const struct raps_equations *in, double tau2, double *b);

/*
 * The tau2 at which nothing is left of its equation at from.b, reached from from.tau2 without a
 * jump; 0 where the equation is negative all the way down to 0.
 */
double raps_equations_tau2(const struct raps_equations *in, struct raps_place from);

/*
 * The solution, with tau2 >= 0, that is nearest to a place in b, tau2 being followed from there
 * as by raps_equations_tau2.
 * Downhill: where the losses fall from the place. False if there is none.
 */
bool raps_equations_nearest(const struct raps_equations *in, struct raps_place from,
                            bool is_downhill, struct raps_place *found);

#endif
