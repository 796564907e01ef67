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

/* Whether that r2 is larger than a limit; false where it is NaN. Without solving the cubic where
 * no share of the people heterozygous at both could make it so, or could fail to. */
bool haplotype_exceeds(const struct genotype_table *table, double limit);

/* The r behind that r2: above 0 where A1 of the one variant goes with A1 of the other. */
double haplotype_r(const struct genotype_table *table);

#endif
