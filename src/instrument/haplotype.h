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

/* Whether that r2 is larger than a limit; false where it is NaN. Without solving the cubic
 * where no share of the people heterozygous at both could make it so, or could fail to. */
bool haplotype_exceeds(const struct genotype_table *table, double limit);

/* What is known of a variant by itself, where nobody's genotype is missing and all have two
 * copies; else NaN. */
struct haplotype_margin {
    double share;    /* of A1 */
    double variance; /* share (1 - share) */
};

struct haplotype_margin haplotype_margin_of(const struct genotype_tally *tally);

/* Odds of the rarer allele: from, to, among any of the people but `spared` of them. */
struct haplotype_odds {
    double least, most;
};

/* NaN where no more than that can be said: where the chromosome is not everybody's twice, more
 * than `spared` people are missing, or the other allele could be the rarer. */
struct haplotype_odds haplotype_odds_of(const struct genotype_tally *tally, uint32_t spared);

/* Whether r2 of two variants can be larger than a limit: it is at most the ratio of their odds
 * (VanLiere and Rosenberg 2008, Theor Popul Biol 74:130). True where odds are NaN. */
static inline bool haplotype_may_exceed(struct haplotype_odds one, struct haplotype_odds other,
                                        double limit)
{
    double least = limit * (1 - 1e-6); /* far beyond rounding */

    return !(one.most < least * other.least || other.most < least * one.least);
}

/* Whether r2 is larger than a limit, of two variants that are whole; UNSETTLED where bounds do
 * not tell: then haplotype_exceeds on the table decides. */
enum haplotype_side { HAPLOTYPE_BELOW, HAPLOTYPE_ABOVE, HAPLOTYPE_UNSETTLED };
enum haplotype_side haplotype_settle(const struct genotype_tally *one,
                                     const struct haplotype_margin *margin_of_one,
                                     const struct genotype_tally *other,
                                     const struct haplotype_margin *margin_of_other,
                                     const struct genotype_pair *pair, double limit);

/* The r behind that r2: above 0 where A1 of the one variant goes with A1 of the other. */
double haplotype_r(const struct genotype_table *table);

#endif
