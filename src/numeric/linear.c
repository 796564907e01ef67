#include "numeric/linear.h"
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

/* A column of which less than this is its own depends on the others. */
#define LEAST_OWN 1e-10

static double column_length(const gsl_matrix *matrix, size_t column)
{
    double length = 0;

    for (size_t i = 0; i < matrix->size1; i++) {
        length = hypot(length, gsl_matrix_get(matrix, i, column));
    }
    return length;
}

static gsl_matrix_view scaled_rows(const double *x, const double *w, size_t rows,
                                   size_t columns, struct arena *arena)
{
    double *copy = arena_get(arena, rows * columns, sizeof *copy);

    for (size_t i = 0; i < rows * columns; i++) {
        copy[i] = x[i] * (w == NULL ? 1 : sqrt(w[i / columns]));
    }
    return gsl_matrix_view_array(copy, rows, columns);
}

/* The first column whose own part is nothing beside its length. */
static size_t first_dependent(const gsl_matrix *qr, const double *lengths)
{
    for (size_t k = 0; k < qr->size2; k++) {
        if (!(fabs(gsl_matrix_get(qr, k, k)) > LEAST_OWN * lengths[k])) {
            return k;
        }
    }
    return qr->size2;
}

/* R^-1 R^-T. */
static void fill_covariance(const gsl_matrix *qr, double *covariance, struct arena *arena)
{
    size_t count = qr->size2;
    double *inverse = arena_get(arena, count * count, sizeof *inverse);

    for (size_t k = 0; k < count; k++) {
        inverse[k * count + k] = 1 / gsl_matrix_get(qr, k, k);
        for (size_t i = k; i-- > 0;) {
            double sum = 0;

            for (size_t l = i + 1; l <= k; l++) {
                sum += gsl_matrix_get(qr, i, l) * inverse[l * count + k];
            }
            inverse[i * count + k] = -sum / gsl_matrix_get(qr, i, i);
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t l = 0; l < count; l++) {
            double sum = 0;

            for (size_t k = i > l ? i : l; k < count; k++) {
                sum += inverse[i * count + k] * inverse[l * count + k];
            }
            covariance[i * count + l] = sum;
        }
    }
}

bool linear_fit(const double *x, const double *y, const double *w, size_t rows, size_t columns,
                struct arena *arena, struct linear_fit *fit)
{
    gsl_matrix_view qr;
    gsl_vector_view tau, right, solution, rest;
    double *lengths;

    fit->dependent = columns;
    if (rows < columns || columns == 0) {
        return false;
    }
    qr = scaled_rows(x, w, rows, columns, arena);
    right = gsl_vector_view_array(scaled_rows(y, w, rows, 1, arena).matrix.data, rows);
    tau = gsl_vector_view_array(arena_get(arena, columns, sizeof(double)), columns);
    rest = gsl_vector_view_array(arena_get(arena, rows, sizeof(double)), rows);
    fit->coefficients = arena_get(arena, columns, sizeof(double));
    solution = gsl_vector_view_array(fit->coefficients, columns);
    lengths = arena_get(arena, columns, sizeof *lengths);
    for (size_t k = 0; k < columns; k++) {
        lengths[k] = column_length(&qr.matrix, k);
    }
    (void)gsl_linalg_QR_decomp(&qr.matrix, &tau.vector);
    fit->dependent = first_dependent(&qr.matrix, lengths);
    if (fit->dependent < columns) {
        return false;
    }
    (void)gsl_linalg_QR_lssolve(&qr.matrix, &tau.vector, &right.vector, &solution.vector,
                                &rest.vector);
    fit->rss = 0;
    for (size_t i = 0; i < rows; i++) {
        fit->rss += gsl_vector_get(&rest.vector, i) * gsl_vector_get(&rest.vector, i);
    }
    fit->covariance = arena_get(arena, columns * columns, sizeof(double));
    fill_covariance(&qr.matrix, fit->covariance, arena);
    return true;
}

/* Brings the largest entry of a column, below its row, into that row. */
static bool pivot(double *matrix, double *vector, size_t count, size_t column)
{
    size_t best = column;

    for (size_t i = column + 1; i < count; i++) {
        best =
            fabs(matrix[i * count + column]) > fabs(matrix[best * count + column]) ? i : best;
    }
    if (!(fabs(matrix[best * count + column]) > 0)) {
        return false;
    }
    for (size_t k = 0; best != column && k < count; k++) {
        double kept = matrix[best * count + k];

        matrix[best * count + k] = matrix[column * count + k];
        matrix[column * count + k] = kept;
    }
    if (best != column) {
        double kept = vector[best];

        vector[best] = vector[column];
        vector[column] = kept;
    }
    return true;
}

bool linear_solve(double *matrix, double *vector, size_t count)
{
    for (size_t column = 0; column < count; column++) {
        if (!pivot(matrix, vector, count, column)) {
            return false;
        }
        for (size_t i = column + 1; i < count; i++) {
            double times = matrix[i * count + column] / matrix[column * count + column];

            for (size_t k = column; k < count; k++) {
                matrix[i * count + k] -= times * matrix[column * count + k];
            }
            vector[i] -= times * vector[column];
        }
    }
    for (size_t i = count; i-- > 0;) {
        for (size_t k = i + 1; k < count; k++) {
            vector[i] -= matrix[i * count + k] * vector[k];
        }
        vector[i] /= matrix[i * count + i];
    }
    return true;
}

bool linear_invert(double *matrix, size_t count, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double *inverse = arena_get(scratch, count * count, sizeof *inverse);
    double *copy = arena_get(scratch, count * count, sizeof *copy);
    double *unit = arena_get(scratch, count, sizeof *unit);
    bool is_regular = true;

    for (size_t k = 0; k < count && is_regular; k++) {
        memcpy(copy, matrix, count * count * sizeof *copy);
        memset(unit, 0, count * sizeof *unit);
        unit[k] = 1;
        is_regular = linear_solve(copy, unit, count);
        for (size_t i = 0; i < count; i++) {
            inverse[i * count + k] = unit[i];
        }
    }
    if (is_regular) {
        memcpy(matrix, inverse, count * count * sizeof *matrix);
    }
    arena_reset(scratch, mark);
    return is_regular;
}

double linear_form(const double *x, const double *matrix, const double *y, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            sum += x[i] * matrix[i * count + k] * y[k];
        }
    }
    return sum;
}
