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

/*
 * The direct effect of i on j changes with the total one of a on b (a not b) by u_a v_b, v_b
 * the same for every i: the sum over b and d of v_b v_d times the covariance of (a, b) and
 * (c, d), which the u then take twice.
 */
static void fill_columns(const double *inverse, const double *covariance, size_t count,
                         size_t j, double *columns)
{
    size_t cells = count * count;
    double own = inverse[j * count + j];

    for (size_t at = 0; at < cells; at++) {
        size_t a = at / count, c = at % count;

        columns[at] = 0;
        for (size_t b = 0; b < count; b++) {
            for (size_t d = 0; b != a && d < count; d++) {
                double slope = inverse[b * count + j] * inverse[d * count + j] / (own * own);

                columns[at] +=
                    d == c ? 0 : slope * covariance[(a * count + b) * cells + c * count + d];
            }
        }
    }
}

/* Of the direct effects on j, of every trait. */
static void fill_errors(const double *inverse, const double *columns, size_t count, size_t j,
                        double *slopes, double *errors)
{
    double own = inverse[j * count + j];

    for (size_t i = 0; i < count; i++) {
        double direct = -inverse[i * count + j] / own;

        for (size_t a = 0; a < count; a++) {
            slopes[a] = inverse[i * count + a] + direct * inverse[j * count + a];
        }
        errors[i * count + j] = i == j ? 0 : sqrt(linear_form(slopes, columns, slopes, count));
    }
}

bool network_direct_errors(const double *total, const double *covariance, size_t count,
                           double *errors, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double *columns = arena_get(scratch, count * count, sizeof *columns);
    double *slopes = arena_get(scratch, count, sizeof *slopes);
    const double *inverse = inverse_of(total, count, scratch);

    for (size_t j = 0; j < count && inverse != NULL; j++) {
        fill_columns(inverse, covariance, count, j, columns);
        fill_errors(inverse, columns, count, j, slopes, errors);
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
