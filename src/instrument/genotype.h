/*
 * Genotypes of two variants counted against each other, 64 people at a time.
 * In: rows of a .bed and who counts. Out: a table of three by three counts, and the correlation
 * of the genotypes.
 */
#ifndef INSTRUMENT_GENOTYPE_H
#define INSTRUMENT_GENOTYPE_H

#include "base/arena.h"
#include "instrument/plink.h"

/* How many people have 2, 1 and 0 copies of A1, of the one variant and of the other; people
 * with both genotypes only. */
struct genotype_table {
    uint32_t count[3][3];
    uint32_t haploid[3][3]; /* those of them with one copy of the chromosome; no 1 */
};

/* One variant's genotypes, held against many others. Masks have a bit a person: of 64 people a
 * word, the even bits those of one word of the .bed, the odd ones those of the next. */
struct genotype_masks {
    const struct plink_people *people;
    size_t words;                      /* of a mask */
    const uint64_t *diploid, *haploid; /* as of the people; haploid NULL where none */
    uint64_t *has[3];                  /* who has 2, 1 and 0 copies of A1 */
};

/* One variant by itself: how many have 2, 1 and 0 copies of A1. */
struct genotype_tally {
    uint32_t count[3];
    uint32_t people; /* who counts */
    bool is_diploid; /* none of them has one copy */
    bool is_whole;   /* and none is missing */
    bool is_turned;  /* A1 is the commoner allele */
};

/* Room for the masks of one variant among these people, from `arena`; and a row into them. */
struct genotype_masks genotype_masks_of(const struct plink_people *people, struct arena *arena);
void genotype_fill(struct genotype_masks *masks, const unsigned char *row);

/* How many people have each pair of genotypes: of the variant of the masks, and of a row of a
 * .bed beside it. */
void genotype_count(const struct genotype_masks *one, const unsigned char *other,
                    struct genotype_table *table);

/* The same for two variants whose tallies are known: with fewer counts where both are whole. */
void genotype_count_tallied(const struct genotype_masks *one,
                            const struct genotype_tally *tally_of_one,
                            const unsigned char *other,
                            const struct genotype_tally *tally_of_other,
                            struct genotype_table *table);

/* What two variants that are both whole need to be counted for first. */
struct genotype_pair {
    uint32_t opposite;   /* people with 2 copies of A1 of the one and 0 of the other */
    uint32_t homozygous; /* at both */
};

struct genotype_pair genotype_pair_of(const struct genotype_masks *one,
                                      const unsigned char *other);

/* The tally of a row of a .bed. */
struct genotype_tally genotype_tally_of(const struct plink_people *people,
                                        const unsigned char *row);

/* The table when the alleles of the one variant, or of the other, change places. Rounding then
 * goes as where the rarer allele is counted. */
void genotype_turn(struct genotype_table *table, bool is_one_turned, bool is_other_turned);

/* Correlation of the numbers of A1; NaN where one of them does not vary. */
double genotype_r(const struct genotype_table *table);

#endif
