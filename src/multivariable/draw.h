/*
 * The exposures' effects drawn anew with their errors, which go together where samples overlap.
 * In: a design. Out: effects around its own, with the covariance diag(sx) R diag(sx) at each
 * variant.
 */
#ifndef MULTIVARIABLE_DRAW_H
#define MULTIVARIABLE_DRAW_H

#include "multivariable/design.h"
#include "numeric/random.h"

/* The lower root (K x K) of the correlations of the errors, which are positive definite. */
double *draw_root(const struct design *design, struct arena *arena);

/* Fills x (J x K). Takes as many normals of the stream, row after row: without correlations
 * those that random_normals takes. */
void draw_exposures(const struct design *design, const double *root,
                    struct random_stream *stream, double *x);

#endif
