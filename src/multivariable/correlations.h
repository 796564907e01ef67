/*
 * How the errors of several exposures' effects are correlated, pair by pair: what samples that
 * overlap give them, the phenotypic correlation times overlap / sqrt(n1 n2), so the phenotypic
 * correlation itself where all people are the same.
 * In: a file, a square table with the traits' names in its header and before its rows, in any
 * order, or a list of pairs with their correlation. Out: the matrix of the traits of a design.
 */
#ifndef MULTIVARIABLE_CORRELATIONS_H
#define MULTIVARIABLE_CORRELATIONS_H

#include "base/arena.h"
#include "base/error.h"
#include <stddef.h>

struct correlations {
    const char *path;
    size_t count;
    const char *const *names; /* in the order of the file */
    const long *lines;        /* where each stands */
    const double *r;          /* count x count; NaN: not in the file */
};

/*
 * Reads a file into `arena`. Refuses, with line and column: what is no number from -1 to 1, a
 * diagonal without 1, a square without symmetry (by more than 1e-6), a row or column twice, a
 * pair twice with different values, more than 2000 traits.
 */
MUST_USE bool correlations_read(const char *path, struct arena *arena,
                                struct correlations *correlations, struct error *error);

/* Fails where the file does not name one of `names`. */
MUST_USE bool correlations_need(const struct correlations *correlations,
                                const char *const *names, size_t count, struct error *error);

/*
 * The matrix (count x count) of traits with these names; `between` where the file has no pair,
 * and everywhere without a file (NULL). Borrows nothing.
 */
double *correlations_matrix(const struct correlations *correlations, const char *const *names,
                            size_t count, double between, struct arena *arena);

/* Fails where this matrix is not positive definite, naming the trait at which it ends. */
MUST_USE bool correlations_check(const struct correlations *correlations,
                                 const char *const *names, size_t count, double between,
                                 struct error *error);

#endif
