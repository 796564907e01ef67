/*
 * What a GWAS tells of the variants that have LD scores, and two such on the same alleles.
 * In: a file of associations. Out: z statistics and sample sizes in the order of the scores;
 * for two files the rows that a regression takes. No more memory is kept than the scores ask
 * for, however long the file is.
 */
#ifndef LDSCORE_EFFECTS_H
#define LDSCORE_EFFECTS_H

#include "gwas/gwas.h"
#include "ldscore/ldsc.h"
#include "ldscore/scores.h"

/* Arrays as long as the scores; z is NaN where the file has no usable row. */
struct effects {
    const char *path;
    const double *z, *n;
    const char (*alleles)[2]; /* effect and other, single bases */
    size_t found;             /* rows whose ids have scores */
};

/* Reads a file. Fails where it has no sample sizes or several traits, or none of its variants
 * has a score. Ids are the same in any case. */
MUST_USE bool effects_read(const char *path, const struct gwas_options *options,
                           const struct scores *scores, struct arena *arena,
                           struct effects *effects, struct error *error);

/*
 * The variants that both have, on the same alleles: those that are palindromic, or whose
 * alleles differ on either strand, are left out. Fails where fewer than LDSC_LEAST_VARIANTS are
 * left. Arrays live in `arena`.
 */
MUST_USE bool effects_join(const struct scores *scores, const struct effects *first,
                           const struct effects *second, struct arena *arena,
                           struct ldsc_data *data, struct error *error);

#endif
