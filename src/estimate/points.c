#include "estimate/points.h"
#include "base/i18n.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

#define PENALTY 100

static struct points points_blank(size_t count, struct arena *scratch)
{
    return (struct points){arena_get(scratch, count, sizeof(double)),
                           arena_get(scratch, count, sizeof(double)),
                           arena_get(scratch, count, sizeof(double))};
}

struct points points_coded(const struct pair *pair, struct arena *scratch)
{
    struct points points = points_blank(pair->count, scratch);

    for (size_t j = 0; j < pair->count; j++) {
        points.x[j] = pair->bx[j];
        points.y[j] = pair->by[j];
        points.w[j] = 1 / (pair->sy[j] * pair->sy[j]);
    }
    return points;
}

struct points points_oriented(const struct pair *pair, struct arena *scratch)
{
    struct points points = points_coded(pair, scratch);

    for (size_t j = 0; j < pair->count; j++) {
        if (points.x[j] < 0) {
            points.x[j] = -points.x[j];
            points.y[j] = -points.y[j];
        }
    }
    return points;
}

void points_penalise(struct points *points, size_t count, double intercept, double slope)
{
    for (size_t j = 0; j < count; j++) {
        double rest = points->y[j] - intercept - slope * points->x[j];
        double factor = PENALTY * tail_chi_square(points->w[j] * rest * rest, 1);

        points->w[j] *= factor < 1 ? factor : 1;
    }
}

bool points_have_exposure(const struct pair *pair, struct estimate *estimate)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (pair->bx[j] == 0) {
            estimate_fail(estimate, ESTIMATE_UNDEFINED,
                          _("a variant's effect on the exposure is 0"));
            return false;
        }
    }
    return true;
}

double points_sample_size(const struct pair *pair, bool is_exposure, struct arena *scratch)
{
    const struct trait *trait = is_exposure ? pair->exposure : pair->outcome;
    double *sizes = arena_get(scratch, pair->count, sizeof *sizes);
    double *spare = arena_get(scratch, pair->count, sizeof *spare);
    size_t count = 0;

    for (size_t j = 0; j < pair->count; j++) {
        const struct harmonised *row = &pair->rows[pair->row[j]];
        double n = is_exposure ? row->x.n : row->y.n;

        if (isfinite(n)) {
            sizes[count++] = n;
        }
    }
    if (count > 0) {
        return summary_median(sizes, count, spare);
    }
    return trait == NULL ? NAN : trait->n;
}
