/*
 * Regression on several columns that outliers cannot pull: MM-estimation as in robust_line.h,
 * through the origin. In: rows with positive weights. Out: coefficients, their standard errors
 * and the scale. The starts are the exact fits of `columns` rows, all of them or a fixed choice
 * of many, so that the same rows give the same answer in any order, with any sign and on any
 * run, where R's robustbase lmrob draws them anew.
 */
#ifndef NUMERIC_ROBUST_PLANE_H
#define NUMERIC_ROBUST_PLANE_H

#include "numeric/robust_line.h"

/*
 * Fits y (rows) by x (rows x columns), weights w > 0; rows > columns. `coefficients` and
 * `errors` have room for columns; *scale is of residuals times the root of their weight. They
 * hold values only when the answer is ROBUST_DONE. `scratch` is given back as it was.
 */
enum robust_outcome robust_plane_fit(const double *x, const double *y, const double *w,
                                     size_t rows, size_t columns, struct arena *scratch,
                                     double *coefficients, double *errors, double *scale);

#endif
