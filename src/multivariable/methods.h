/*
 * The addresses of all multivariable methods, for the table in methods.c, and the fits that
 * families share.
 */
#ifndef MULTIVARIABLE_METHODS_H
#define MULTIVARIABLE_METHODS_H

#include "multivariable/multivariable.h"
#include "numeric/linear.h"

extern const struct mv_method mv_method_ivw, mv_method_ivw_fe, mv_method_ivw_t,
    mv_method_multiple;
extern const struct mv_method mv_method_intercept, mv_method_specific;
extern const struct mv_method mv_method_egger;
extern const struct mv_method mv_method_median;
extern const struct mv_method mv_method_ivw_me, mv_method_gmm, mv_method_gmm_fixed,
    mv_method_qhet;
extern const struct mv_method mv_method_lasso;
extern const struct mv_method mv_method_cml, mv_method_cml_dp;
extern const struct mv_method mv_method_presso;
extern const struct mv_method mv_method_residual;
extern const struct mv_method mv_method_robust;

/* The exposure that was asked to orient the variants, from 0; the first unless told. */
size_t mv_orientation(const struct mv_work *work);

/*
 * Inverse-variance weighted regression of the outcome on all exposures, through the origin;
 * with LD by generalised least squares. False when the exposures determine each other, which a
 * design excludes, so only where weights do it.
 */
bool mv_fit_ivw(const struct design *design, struct arena *scratch, struct linear_fit *fit);

/* +1 or -1 for every variant, so that its effect on the exposure is positive (0 counts as
 * positive). */
double *mv_orient(const struct design *design, size_t exposure, struct arena *scratch);

/* The standard errors of a fit for residual variance `scale` squared. */
double *mv_errors(const struct linear_fit *fit, size_t first, size_t count, size_t columns,
                  double scale, struct arena *scratch);

#endif
