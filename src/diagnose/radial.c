#include "diagnose/influence.h"
#include "numeric/tail.h"
#include <math.h>

#define ALPHA 0.05

/* The slope through the origin with weights 1 / (sy^2 + slope^2 sx^2). */
static double slope_at(const struct pair *pair, double slope)
{
    double sum_xx = 0, sum_xy = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double spread = hypot(pair->sy[j], slope * pair->sx[j]);
        double x = pair->bx[j] / spread, y = pair->by[j] / spread;

        sum_xx += x * x;
        sum_xy += x * y;
    }
    return sum_xy / sum_xx;
}

struct radial_outlier *influence_radial_of(const struct pair *pair, struct arena *arena)
{
    struct radial_outlier *outliers = arena_get(arena, pair->count, sizeof *outliers);
    double first = slope_at(pair, 0), slope = slope_at(pair, first);

    for (size_t j = 0; j < pair->count; j++) {
        double spread = hypot(pair->sy[j], first * pair->sx[j]);
        double x = pair->bx[j] / spread;
        double rest = pair->count < 2 ? NAN : (pair->by[j] - slope * pair->bx[j]) / spread;

        outliers[j].weight = x * x;
        outliers[j].q = rest * rest;
        outliers[j].p = tail_chi_square(outliers[j].q, 1);
        outliers[j].is_outlier = outliers[j].p < ALPHA;
        outliers[j].is_outlier_bonferroni = outliers[j].p * (double)pair->count < ALPHA;
    }
    return outliers;
}
