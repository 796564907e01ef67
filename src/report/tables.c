#include "report/kinds.h"
#include <string.h>

static const struct table_kind *const kinds[] = {
    &table_estimates,
    &table_heterogeneity,
    &table_pleiotropy,
    &table_singlesnp,
    &table_leaveoneout,
    &table_directionality,
    &table_presso,
    &table_strength,
    &table_harmonised,
    &table_ledger,
    &table_summary,
    &table_influence,
    &table_steiger,
    &table_rucker,
    &table_power,
    &table_sets,
    &table_calibration,
    &table_meta,
    &table_verdict,
    &table_thresholds,
    &table_plain,
    &table_claims,
    &table_mediation,
    &table_network,
    &table_card,
    &table_published,
    &table_mediation_estimates,
    &table_mediation_ledger,
};

const struct table_kind *const *tables_all(size_t *count)
{
    *count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct table_kind *tables_find(const char *key)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i]->key, key) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}
