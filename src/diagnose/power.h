/*
 * What effect a pair could have shown (Brion, Shakhbazov and Visscher 2013, Int J Epidemiol
 * 42:1497, in its two-sample form: N is the outcome's).
 * In: a pair, its instruments' R2 and its estimate. Out: powers at given effects, the least
 * effect for a power of 80%, and the sample that the estimate would need.
 */
#ifndef DIAGNOSE_POWER_H
#define DIAGNOSE_POWER_H

#include "diagnose/diagnose.h"

/* Effects are per standard deviation of the exposure: log odds of a binary outcome, standard
 * deviations of another. */
struct power {
    double r2;         /* of the exposure, by all variants */
    double n;          /* people in the outcome's study */
    double case_share; /* NaN of a quantitative outcome */
    double alpha;      /* two-sided: 1 - settings->level */
    double at_estimate;
    double n_at_estimate;      /* for 80% at the estimate */
    double or_small, or_large; /* power at odds ratios of 1.1 and 1.2; binary */
    double b_small;            /* power at an effect of 0.1; quantitative */
    double least_b;            /* the least positive effect with 80% */
    double unit;         /* of the estimate: standard deviations of the exposure; else 1 */
    double at_small;     /* power at an odds ratio of 1.1, or 0.1, per that unit */
    bool has_scale;      /* the units of both traits are known */
    bool excludes_small; /* the estimate's interval lies within odds ratios of 1.1, or
                          * effects of 0.1, to both sides */
    const char *note;    /* why numbers are missing, or what they take for granted */
};
struct power power_of(const struct pair *pair, const struct strength *strength,
                      const struct estimate *estimate,
                      const struct estimate_settings *settings);

/* The power to see an effect with R2 of the exposure, n people in the outcome and its share of
 * cases (NaN: a quantitative outcome of standard deviation 1), at two-sided alpha. */
double power_at(double b, double r2, double n, double case_share, double alpha);

#endif
