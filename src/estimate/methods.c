#include "estimate/methods.h"
#include <string.h>

static const struct method *const methods[] = {
    &method_wald,
    &method_ivw,
    &method_ivw_fe,
    &method_ivw_mre,
    &method_ivw_are,
    &method_egger,
    &method_simple_median,
    &method_weighted_median,
    &method_penalised_weighted_median,
    &method_simple_mode,
    &method_weighted_mode,
    &method_penalised_mode,
    &method_simple_mode_nome,
    &method_weighted_mode_nome,
    &method_ivw_radial,
    &method_egger_radial,
    &method_ivw_delta,
    &method_ivw_penalised,
    &method_egger_penalised,
    &method_ivw_robust,
    &method_egger_robust,
    &method_egger_boot,
    &method_egger_simex,
    &method_sign,
    &method_uwr,
    &method_grip,
    &method_grip_adjusted,
    &method_maxlik,
    &method_raps,
    &method_raps_mle,
    &method_divw,
    &method_pivw,
    &method_conmix,
    &method_lasso,
    &method_hetpen,
    &method_gsmr,
    &method_presso,
    &method_presso_corrected,
    &method_cml,
    &method_cml_dp,
    &method_mix,
    &method_overlap,
};

#define METHOD_COUNT (sizeof methods / sizeof methods[0])

const struct method *const *methods_all(size_t *count)
{
    *count = METHOD_COUNT;
    return methods;
}

const struct method *methods_find(const char *key)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(methods[i]->key, key) == 0) {
            return methods[i];
        }
    }
    return NULL;
}
