/*
 * How many independent tests there are among taxa that share variants.
 * In: pairs of one outcome. Out: the correlations of their IVW estimates where nothing has an
 * effect, and the number of tests that these leave.
 *
 * An IVW estimate is the sum over its variants of a_j y_j with a_j = w_j x_j / sum w x^2 and
 * w = 1 / sy^2. The y of different variants are independent, and a variant that two exposures
 * share has one y: so two estimates correlate as the sum over shared variants of a_j sy_j of
 * the one times that of the other, over both standard errors (fixed effects, x as known). Pairs
 * of different outcomes are taken as independent, which does not make the number smaller than
 * it is.
 */
#ifndef STUDY_EFFECTIVE_H
#define STUDY_EFFECTIVE_H

#include "study/shared_variants.h"

/* The correlation of two estimates of one outcome; 0 without shared variants. `room` has a
 * place for every variant, zeroed, and is so afterwards. */
double effective_correlation(const struct shared_pair *one, const struct shared_pair *other,
                             double *room);

/*
 * Galwey 2009 (Genet Epidemiol 33:559): the squared sum of the roots of the correlations'
 * eigenvalues over their sum, here over each set of pairs that variants connect, added up. Not
 * Li and Ji's 2005, which jumps: two tests that correlate .99 count 2 there, of 1 count 1.
 * Pairs without a variant do not count.
 */
double effective_tests(const struct shared_variants *shared);

#endif
