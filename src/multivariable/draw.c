#include "multivariable/draw.h"
#include "numeric/cholesky.h"
#include <string.h>

double *draw_root(const struct design *design, struct arena *arena)
{
    size_t columns = design->exposure_count;
    double *root = arena_get(arena, columns * columns, sizeof *root);

    memcpy(root, design->correlation, columns * columns * sizeof *root);
    cholesky_factor(root, columns);
    return root;
}

void draw_exposures(const struct design *design, const double *root,
                    struct random_stream *stream, double *x)
{
    size_t columns = design->exposure_count;

    random_standard_normals(stream, x, design->count * columns);
    for (size_t j = 0; j < design->count; j++) {
        double *at = &x[j * columns];

        for (size_t k = columns; k-- > 0;) { /* from the last: each needs those before it */
            double error = 0;

            for (size_t l = 0; l <= k; l++) {
                error += root[k * columns + l] * at[l];
            }
            at[k] = design->x[j * columns + k] + design->sx[j * columns + k] * error;
        }
    }
}
