#include "numeric/robust_errors.h"
#include "numeric/bisquare.h"
#include "numeric/linear.h"
#include <math.h>

/* Sums over the rows z of first (r0) and last (r) residuals in scales. */
struct sums {
    double *curvature, *spread; /* sum psi'(r) z z', sum psi(r)^2 z z' */
    double *pull;               /* sum psi'(r) r z */
    double *cross;              /* sum psi(r) rho(r0) z */
    double stretch;             /* mean rho'(r0) r0 */
    double noise;               /* mean rho(r0)^2 - breakdown^2 */
};

static void add_square(double *matrix, const double *row, size_t columns, double factor)
{
    for (size_t k = 0; k < columns; k++) {
        for (size_t l = 0; l < columns; l++) {
            matrix[k * columns + l] += factor * row[k] * row[l];
        }
    }
}

static void add_row(double *vector, const double *row, size_t columns, double factor)
{
    for (size_t k = 0; k < columns; k++) {
        vector[k] += factor * row[k];
    }
}

static void add(struct sums *sums, const double *row, size_t columns, double r0, double r)
{
    double bend = bisquare_psi_slope(r, ROBUST_TUNING);
    double psi = r * bisquare_weight(r, ROBUST_TUNING);
    double chi = bisquare_rho(r0, BISQUARE_SCALE_TUNING);

    add_square(sums->curvature, row, columns, bend);
    add_square(sums->spread, row, columns, psi * psi);
    add_row(sums->pull, row, columns, bend * r);
    add_row(sums->cross, row, columns, psi * chi);
    sums->stretch += 6 * r0 * r0 * bisquare_weight(r0, BISQUARE_SCALE_TUNING) /
                     (BISQUARE_SCALE_TUNING * BISQUARE_SCALE_TUNING);
    sums->noise += chi * chi - BISQUARE_BREAKDOWN * BISQUARE_BREAKDOWN;
}

static struct sums sums_of(const double *rows, const double *first, const double *last,
                           size_t count, size_t columns, double scale, struct arena *scratch)
{
    struct sums sums = {arena_get(scratch, columns * columns, sizeof(double)),
                        arena_get(scratch, columns * columns, sizeof(double)),
                        arena_get(scratch, columns, sizeof(double)),
                        arena_get(scratch, columns, sizeof(double)),
                        0,
                        0};

    for (size_t j = 0; j < count; j++) {
        add(&sums, &rows[j * columns], columns, first[j] / scale, last[j] / scale);
    }
    sums.stretch /= (double)count;
    sums.noise /= (double)count;
    return sums;
}

/* The variance of coefficient k, a the inverse of the curvature: its row takes the sums there.
 */
static double variance(const struct sums *sums, const double *a, size_t columns, size_t count)
{
    double along = 0, across = 0, n = (double)count;

    for (size_t k = 0; k < columns; k++) {
        along += a[k] * sums->pull[k] / sums->stretch;
        across += a[k] * sums->cross[k];
    }
    return linear_form(a, sums->spread, a, columns) - 2 * along * across / n +
           sums->noise * along * along / n;
}

void robust_errors(const double *rows, const double *first, const double *last, size_t count,
                   size_t columns, double scale, struct arena *scratch, double *errors)
{
    struct arena_mark mark = arena_mark(scratch);
    struct sums sums = sums_of(rows, first, last, count, columns, scale, scratch);
    bool is_regular = linear_invert(sums.curvature, columns, scratch);

    for (size_t k = 0; k < columns; k++) {
        errors[k] =
            is_regular
                ? scale * sqrt(variance(&sums, &sums.curvature[k * columns], columns, count))
                : NAN;
    }
    arena_reset(scratch, mark);
}
