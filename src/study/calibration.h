/*
 * What the same study gives where nothing has an effect: the outcome's effects dealt out anew
 * among the variants.
 * In: a family of tests. Out: what was seen beside what such deals give. The same for any
 * number of threads: every deal has a stream of its own.
 *
 * A deal takes each outcome's z (effect over standard error) of all variants of the family,
 * gives every variant that of another, its sign at random, and computes IVW (the Wald ratio of
 * one variant) again as the method ivw does. A variant that several exposures share has one
 * effect on the outcome in every deal, and keeps its own standard error. Where the outcomes of
 * a family hold the same variants they are dealt alike, so that what correlates still does. The
 * z are those observed: true effects among them make the deals wilder, not tamer.
 */
#ifndef STUDY_CALIBRATION_H
#define STUDY_CALIBRATION_H

#include "study/family.h"

/* Deals, where the family is not so large that it takes fewer. */
#define CALIBRATION_DEALS 1000
#define CALIBRATION_FEWEST 100

struct calibration {
    size_t tested, nominal;        /* P seen, and below .05 */
    double lambda;                 /* Devlin and Roeder 1999 (Biometrics 55:997); NaN: none */
    double least;                  /* P seen */
    size_t deals;                  /* 0: nothing to deal */
    double hits;                   /* mean number of P below .05 in a deal */
    double hits_lower, hits_upper; /* 95 of 100 deals are within */
    double hits_p;                 /* share of deals with at least as many as seen, with + 1 */
    double deal_lambda;            /* mean */
    double least_p;                /* share of deals with a least P as small, + 1: Westfall and
                                    * Young 1993, for the whole family */
    double threshold;              /* P that the least of a deal is below in 5 of 100 */
};

/* Of family number `index` of `families`; `settings` say how IVW is computed, and the seed. */
struct calibration calibration_of(const struct results *results,
                                  const struct test_family *family,
                                  const struct estimate_settings *settings);

/* The size of z behind an estimate's P. */
double calibration_z(const struct estimate *estimate);

/* The median of chi-squares over that of no effects; NaN for none. */
double calibration_lambda(const double *chi, size_t count);

#endif
