/*
 * LD score regression: what the effects of many variants, most of them tiny, tell about a
 * trait's heritability, and about what two traits share (Bulik-Sullivan et al. 2015, Nature
 * Genetics 47:291 and 47:1236; as the program ldsc has it). In: for each variant two z
 * statistics (twice the same for a heritability), sample sizes and its LD score. Out: the slope
 * as heritability or genetic covariance, the intercept, and their standard errors from a
 * jackknife over blocks of neighbours.
 */
#ifndef LDSCORE_LDSC_H
#define LDSCORE_LDSC_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

/* Neighbours are left out in so many blocks. */
#define LDSC_BLOCKS 200
/* Fewer variants than this are refused: five a block. */
#define LDSC_LEAST_VARIANTS ((size_t)1000)
/* With fewer it is unsure, as the program ldsc warns. */
#define LDSC_FEW_VARIANTS ((size_t)200000)
/* The intercept is found by variants whose chi-square is below this on both sides. */
#define LDSC_SMALL_CHI_SQUARE 30.0

/* Arrays of `count`, ordered by place on the genome; no number is missing. */
struct ldsc_data {
    size_t count;
    const double *scores;
    const double *z[2];
    const double *n[2];
    double markers; /* that the scores are sums over: M */
};

struct ldsc_fit {
    const char *failure; /* why there is none, in words; NULL: there is */
    size_t variants;
    double slope, slope_se; /* heritability, or genetic covariance, as the samples are */
    double intercept, intercept_se;
    double mean;          /* of the products of both z: of chi-square */
    double inflation;     /* lambda GC: the median of chi-square over what chance gives; NaN
                             for two traits */
    const double *slopes; /* with each block left out; in the arena */
};

/* Of one of the two traits, and of both by their own fits. */
struct ldsc_fit ldsc_heritability(const struct ldsc_data *data, int side, struct arena *arena);
struct ldsc_fit ldsc_covariance(const struct ldsc_data *data, const struct ldsc_fit *first,
                                const struct ldsc_fit *second, struct arena *arena);

/* The genetic correlation and its standard error; NaN where a heritability is not above 0, the
 * error also where one is not with a block left out. */
struct ldsc_correlation {
    double r, se;
};
struct ldsc_correlation ldsc_correlation(const struct ldsc_fit *first,
                                         const struct ldsc_fit *second,
                                         const struct ldsc_fit *both);

#endif
