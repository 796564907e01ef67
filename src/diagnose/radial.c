#include "estimate/radial.h"
#include "diagnose/influence.h"
#include "numeric/tail.h"
#include <math.h>

#define ALPHA 0.05

struct radial_outlier *influence_radial_of(const struct pair *pair, struct arena *arena)
{
    struct radial_outlier *outliers = arena_get(arena, pair->count, sizeof *outliers);
    struct radial_plot plot;
    bool has_line = radial_usual(pair, arena, &plot);

    for (size_t j = 0; j < pair->count; j++) {
        double x = has_line ? plot.root_weight[j] : NAN;

        outliers[j].weight = x * x;
        outliers[j].q = has_line ? plot.q[j] : NAN;
        outliers[j].p = tail_chi_square(outliers[j].q, 1);
        outliers[j].is_outlier = outliers[j].p < ALPHA;
        outliers[j].is_outlier_bonferroni = outliers[j].p * (double)pair->count < ALPHA;
    }
    return outliers;
}
