#include "chart/chart.h"

#include "chart/kinds.h"
#include <string.h>

/* In the order of tabs. */
static const struct chart_kind *const kinds[] = {
    &chart_of_methods,       &chart_of_forest,    &chart_of_scatter,       &chart_of_funnel,
    &chart_of_leave_one_out, &chart_of_radial,    &chart_of_heterogeneity, &chart_of_baujat,
    &chart_of_density,       &chart_of_influence, &chart_of_likelihood,
};

const struct chart_kind *const *charts_all(size_t *count)
{
    *count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct chart_kind *charts_find(const char *key)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i]->key, key) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

bool identity_equal(struct identity one, struct identity other)
{
    if (one.kind != other.kind) {
        return false;
    }
    /* A variant keeps its id when others are excluded, not its index. */
    if (one.kind == OF_PAIR || one.key == NULL || other.key == NULL) {
        return one.index == other.index && one.key == other.key;
    }
    return strcmp(one.key, other.key) == 0;
}
