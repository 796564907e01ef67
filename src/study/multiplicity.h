/*
 * Corrections for many tests, as arithmetic on P.
 * In: P of one family of tests; NaN were not tested, stay NaN and do not count. Out: adjusted
 * P, capped at 1, in the same order. All match R's p.adjust of the same name.
 */
#ifndef STUDY_MULTIPLICITY_H
#define STUDY_MULTIPLICITY_H

#include <stddef.h>

/* How many P are there. */
size_t multiplicity_tested(const double *p, size_t count);

/* P times the number of tests. */
void multiplicity_bonferroni(const double *p, size_t count, double *adjusted);

/* Benjamini and Yekutieli 2001 (Ann Stat 29:1165): any dependence between the tests. */
void multiplicity_by(const double *p, size_t count, double *adjusted);

/*
 * The share of tests without an effect, as Storey, Taylor and Siegmund 2004 (JRSS B 66:187)
 * estimate it for finite samples, at lambda = .5: (number of P above .5, plus 1) over half the
 * tests, at most 1. NaN without tests.
 */
double multiplicity_pi0(const double *p, size_t count);

/* Storey's q-value (2002, JRSS B 64:479): Benjamini and Hochberg's times that share. */
void multiplicity_storey(const double *p, size_t count, double *adjusted);

/* 1 - (1 - P)^tests: Sidak's, for a number of tests that need not be whole. */
double multiplicity_sidak(double p, double tests);

/*
 * Down a tree (Yekutieli 2008, JASA 103:309): tests with the same parent are a family of
 * Benjamini and Hochberg's, and a family is tested only where its parent was rejected. So the
 * adjusted P is the greatest of a test's own within its family and of all above it. `parent`
 * holds indices, or count for none. What is below .05 has a false discovery rate over the whole
 * tree of at most 2 * 1.44 * .05 for independent tests.
 */
void multiplicity_tree(const double *p, const size_t *parent, size_t count, double *adjusted);

#endif
