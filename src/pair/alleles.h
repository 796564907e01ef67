/*
 * Alleles of two studies made comparable: case, strand, insertions and deletions.
 * In: up to four alleles as files have them. Out: recoded alleles, in an arena where new.
 */
#ifndef PAIR_ALLELES_H
#define PAIR_ALLELES_H

#include "base/arena.h"
#include <stdbool.h>

/* The alleles of exposure and outcome; other alleles may be NULL. */
struct alleles {
    const char *x_effect, *x_other;
    const char *y_effect, *y_other;
};

/* Upper case; the same pointer when it is already. NULL gives NULL. */
const char *alleles_upper(const char *allele, struct arena *arena);

/* The other strand, of a base and base by base; what is no base stays. */
char alleles_other_strand(char base);
const char *alleles_complement(const char *allele, struct arena *arena);

/* Whether two alleles are the same, and both there; whether two are bases that pair, so
 * that the strand cannot be told from them. */
bool alleles_equal(const char *one, const char *other);
bool alleles_are_palindromic(const char *one, const char *other);

/* Whether a pair of alleles is to be treated as an insertion or deletion. */
bool alleles_are_indel(const char *one, const char *other);

/*
 * Writes I and D of one side as the sequences of the other. False when that cannot be done.
 * Sides with one allele have the other NULL; what is found for it is filled in.
 */
bool alleles_recode(struct alleles *alleles);

#endif
