/*
 * Constrained maximum likelihood with a given number of invalid variants (Xue, Shen and Pan
 * 2021, Am J Hum Genet 108:1251), and what the Bayesian information criterion makes of all such
 * fits. In: effects and their standard errors. Out: fits, and an effect with its error.
 */
#ifndef ESTIMATE_CML_H
#define ESTIMATE_CML_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct pair;

/* The fit with a number of invalid variants: effect, its standard error (NaN where the
 * likelihood is not curved) and twice the negative logarithm of the likelihood, up to a
 * constant. */
struct cml_fit {
    double b, se, misfit;
};

/* Places for fits to `count` variants; one set of effects at a time. */
struct cml_work;

/* For variants of these standard errors, which are copied; lives in `arena`. */
struct cml_work *cml_begin(const double *sx, const double *sy, size_t count,
                           struct arena *arena);

/* Takes the effects that the next fits are for, of at most `most` < count invalid variants. */
void cml_load(struct cml_work *work, const double *bx, const double *by, size_t most);

/* The fit with `invalid` variants invalid, found from the effect 0 by turns as the R package
 * MRcML does, in at most 100 of them. */
struct cml_fit cml_fit_of(struct cml_work *work, size_t invalid);

/* The same less precisely, without a standard error: where turns leave the same
 * variants invalid, by Newton's steps to where further turns would lead. */
struct cml_fit cml_fit_quickly(struct cml_work *work, size_t invalid);

/* Whether the last fit took variant j for invalid; after cml_fit_of. */
bool cml_is_invalid(const struct cml_work *work, size_t j);

/*
 * The fits with 0, 1 ... most - 1 invalid variants, until a further variant costs so much that
 * no later fit can have a weight above `least_weight` (0: all). How many were made; `fits` has
 * `most` places, and `most` is at most count - 1.
 */
size_t cml_fits(struct cml_work *work, size_t most, double log_n, double least_weight,
                struct cml_fit *fits);

/* The criterion of the fit with `invalid` invalid variants; INFINITY where there is none. */
double cml_criterion(const struct cml_fit *fit, size_t invalid, double log_n);

/* Which fit has the least criterion. */
size_t cml_best(const struct cml_fit *fits, size_t count, double log_n);

/* The average of fits weighted by exp(-criterion / 2); misfit is NaN. Fits without a standard
 * error add to the effect alone, as in the package. */
struct cml_fit cml_average(const struct cml_fit *fits, size_t count, double log_n);

/* The smaller of the median sample sizes of the pair's variants (a trait's own where its
 * variants have none); NaN where a side has neither. */
double cml_sample_size(const struct pair *pair, struct arena *scratch);

#endif
