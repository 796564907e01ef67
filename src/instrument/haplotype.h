/*
 * r2 between two variants from unphased genotypes, as PLINK 1.9 has it.
 * In: a table of genotype counts. Out: the r2 of the haplotype frequencies of largest
 * likelihood.
 */
#ifndef INSTRUMENT_HAPLOTYPE_H
#define INSTRUMENT_HAPLOTYPE_H

#include "instrument/genotype.h"

/*
 * r2 of the haplotypes, 0 to 1; NaN where a variant does not vary among the people who have
 * both genotypes. The EM algorithm's fixed points are the roots of a cubic (Gaunt, Rodriguez
 * and Day 2007, BMC Bioinformatics 8:428); of several roots within bounds the likeliest counts.
 */
double haplotype_r2(const struct genotype_table *table);

#endif
