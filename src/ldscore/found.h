/*
 * Two whole GWAS by LD score regression: the heritability of each, and what they share.
 * In: the folder of LD scores and both files. Out: three fits and the genetic correlation. Only
 * the variants that both files and the scores have are used, in all three.
 */
#ifndef LDSCORE_FOUND_H
#define LDSCORE_FOUND_H

#include "gwas/gwas.h"
#include "ldscore/ldsc.h"

struct found {
    struct ldsc_fit traits[2]; /* exposure, outcome */
    struct ldsc_fit both;      /* genetic covariance, and the intercept of shared people */
    struct ldsc_correlation correlation;
    int chromosomes; /* from 1 on, that there are LD scores of */
};

/* Reads and fits. Fails where a file cannot be used, or a regression has no answer. */
MUST_USE bool found_read(const char *folder, const char *const paths[2],
                         const struct gwas_options *options, struct arena *arena,
                         struct found *found, struct error *error);

#endif
