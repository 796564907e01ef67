#include "multivariable/network.h"
#include "numeric/linear.h"
#include <math.h>
#include <string.h>

bool network_direct(const double *total, size_t count, double *direct, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double *inverse = arena_get(scratch, count * count, sizeof *inverse);
    bool is_done;

    memcpy(inverse, total, count * count * sizeof *inverse);
    for (size_t i = 0; i < count; i++) {
        inverse[i * count + i] = 1;
    }
    is_done = linear_invert(inverse, count, scratch);
    for (size_t i = 0; i < count && is_done; i++) {
        for (size_t j = 0; j < count; j++) {
            double own = inverse[j * count + j];

            direct[i * count + j] = i == j ? 0 : -inverse[i * count + j] / own;
        }
    }
    arena_reset(scratch, mark);
    return is_done;
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
