#include "multivariable/network.h"
#include "numeric/linear.h"
#include <math.h>
#include <string.h>

/* The total effects' inverse, their diagonal taken as 1; NULL where there is none. */
static double *inverse_of(const double *total, size_t count, struct arena *scratch)
{
    double *inverse = arena_get(scratch, count * count, sizeof *inverse);

    memcpy(inverse, total, count * count * sizeof *inverse);
    for (size_t i = 0; i < count; i++) {
        inverse[i * count + i] = 1;
    }
    return linear_invert(inverse, count, scratch) ? inverse : NULL;
}

bool network_direct(const double *total, size_t count, double *direct, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    const double *inverse = inverse_of(total, count, scratch);

    for (size_t i = 0; i < count && inverse != NULL; i++) {
        for (size_t j = 0; j < count; j++) {
            double own = inverse[j * count + j];

            direct[i * count + j] = i == j ? 0 : -inverse[i * count + j] / own;
        }
    }
    arena_reset(scratch, mark);
    return inverse != NULL;
}

/* By how much the direct effect of i on j changes with each total effect. */
static void fill_slopes(const double *inverse, size_t count, size_t i, size_t j, double *slopes)
{
    double own = inverse[j * count + j], direct = -inverse[i * count + j] / own;

    for (size_t at = 0; at < count * count; at++) {
        size_t a = at / count, b = at % count;

        slopes[at] = a == b ? 0
                            : (inverse[i * count + a] + direct * inverse[j * count + a]) *
                                  inverse[b * count + j] / own;
    }
}

bool network_direct_errors(const double *total, const double *covariance, size_t count,
                           double *errors, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double *slopes = arena_get(scratch, count * count, sizeof *slopes);
    const double *inverse = inverse_of(total, count, scratch);

    for (size_t at = 0; at < count * count && inverse != NULL; at++) {
        size_t i = at / count, j = at % count;

        errors[at] = 0;
        if (i != j) {
            fill_slopes(inverse, count, i, j, slopes);
            errors[at] = sqrt(linear_form(slopes, covariance, slopes, count * count));
        }
    }
    arena_reset(scratch, mark);
    return inverse != NULL;
}

struct network_path network_path_of(const double *edges, const double *errors, size_t count)
{
    struct network_path path = {1, 0};

    for (size_t i = 0; i < count; i++) {
        double slope = 1;

        for (size_t j = 0; j < count; j++) {
            slope *= j == i ? 1 : edges[j];
        }
        path.b *= edges[i];
        path.se += slope * slope * errors[i] * errors[i];
    }
    path.se = sqrt(path.se);
    return path;
}
