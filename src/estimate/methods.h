/*
 * The addresses of all methods, for the table in methods.c. A new method adds its line here and
 * there, and stands at the foot of its family's file.
 */
#ifndef ESTIMATE_METHODS_H
#define ESTIMATE_METHODS_H

#include "estimate/estimate.h"

extern const struct method method_wald;
extern const struct method method_ivw, method_ivw_fe, method_ivw_mre, method_ivw_are;
extern const struct method method_egger, method_egger_boot;
extern const struct method method_simple_median, method_weighted_median,
    method_penalised_weighted_median;
extern const struct method method_simple_mode, method_weighted_mode, method_penalised_mode,
    method_simple_mode_nome, method_weighted_mode_nome;
extern const struct method method_ivw_radial, method_egger_radial;
extern const struct method method_ivw_delta, method_ivw_penalised;
extern const struct method method_egger_penalised;
extern const struct method method_egger_simex;
extern const struct method method_ivw_robust, method_egger_robust;
extern const struct method method_sign, method_uwr;
extern const struct method method_grip, method_grip_adjusted;
extern const struct method method_maxlik;
extern const struct method method_raps, method_raps_mle;
extern const struct method method_divw, method_pivw;
extern const struct method method_conmix;
extern const struct method method_lasso;
extern const struct method method_hetpen;
extern const struct method method_gsmr;
extern const struct method method_presso, method_presso_corrected;
extern const struct method method_cml, method_cml_dp;
extern const struct method method_mix;
extern const struct method method_overlap;

#endif
