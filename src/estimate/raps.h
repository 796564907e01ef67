/*
 * Fits of robust adjusted profile scores with all that they find: the effect, and tau2, the
 * variance of balanced pleiotropy, which a struct estimate has no place for.
 * In: a pair, a loss, whether tau2 is estimated. Out: a fit.
 */
#ifndef ESTIMATE_RAPS_H
#define ESTIMATE_RAPS_H

#include "estimate/estimate.h"
#include "estimate/raps_equations.h"

/* Numbers in the outcome's unit per unit of exposure, tau2 in the outcome's unit squared. */
struct raps_fit {
    enum estimate_status status; /* not converged: the numbers mean nothing */
    const char *note;            /* why, or what is special; NULL; static */
    size_t variants;             /* used */
    double b, se;
    double tau2, tau2_se; /* 0 and 0 where tau2 is not estimated, or is at its bound of 0 */
};

/*
 * The lowest sum of losses, and tau2 from its own equation weighted by sx^2 (Zhao et al. 2020,
 * Ann Stat 48:1742), with the standard errors of expected information (mr.raps 0.4.2,
 * mr.raps.mle). In overdispersed fits variants with an sx above 10 medians are left out; in
 * those with a robust loss mr.raps.mle measures every residual by the largest standard
 * deviation of all, which is kept here and said in a note; raps_fit measures each by its own.
 * tau2_se is given at the bound, too.
 */
struct raps_fit raps_mle_fit(const struct pair *pair, enum loss loss, bool is_overdispersed,
                             struct arena *scratch);

/*
 * The solution of the estimating equations nearest to raps_mle_fit, with the standard errors of
 * observed information (Zhao, Chen, Wang and Small 2019, Int J Epidemiol 48:1478, without
 * shrinkage; mr.raps 0.4.2, mr.raps.shrinkage). Where tau2 would be negative it is 0, and the
 * fit is the one without it.
 */
struct raps_fit raps_fit(const struct pair *pair, enum loss loss, bool is_overdispersed,
                         struct arena *scratch);

/*
 * Where overdispersed fits are, on pruned data: that of the squared loss, and that of a robust
 * one, which is searched from there. False if there is none.
 */
bool raps_mle_squared(const struct raps_data *data, struct raps_place *squared);
bool raps_mle_robust(const struct raps_data *data, const struct raps_loss *loss,
                     struct raps_place squared, struct raps_place *place);

/* What there is where no place was found, and why not. */
struct raps_fit raps_no_fit(const char *why);

/* Brings a fit into an estimate, with a note where the exposure is hardly associated at all. */
void raps_fill(struct estimate *estimate, const struct raps_fit *fit, const struct pair *pair,
               const struct estimate_settings *settings);

#endif
