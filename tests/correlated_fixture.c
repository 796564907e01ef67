#include "correlated_fixture.h"
#include <math.h>
#include <string.h>

double correlated_none(size_t one, size_t other)
{
    return one == other;
}

double correlated_falling(size_t one, size_t other)
{
    size_t distance = one > other ? one - other : other - one;
    double sign = (one % 3 == 0) != (other % 3 == 0) ? -1 : 1;

    return sign * pow(0.6, (double)distance);
}

double correlated_weak(size_t one, size_t other)
{
    return one == other ? 1 : 0.3 * correlated_falling(one, other);
}

void correlated_give(struct fixture *fixture, correlation_function *correlation)
{
    size_t count = fixture->pair->count;
    double *ld = arena_get(fixture->arena, count * count, sizeof *ld);

    for (size_t i = 0; i < count * count; i++) {
        ld[i] = correlation(i / count, i % count);
    }
    fixture->pair = pair_with_ld(fixture->arena, fixture->pair, ld);
}

/* Gauss and Jordan with pivots: replaces `right` (count x columns) by matrix^-1 right. */
static void eliminate(double *matrix, size_t count, double *right, size_t columns)
{
    for (size_t i = 0; i < count; i++) {
        size_t pivot = i;

        for (size_t k = i; k < count; k++) {
            pivot = fabs(matrix[k * count + i]) > fabs(matrix[pivot * count + i]) ? k : pivot;
        }
        for (size_t k = 0; k < count + columns; k++) {
            double *row = k < count ? &matrix[i * count + k] : &right[i * columns + k - count];
            double *other =
                k < count ? &matrix[pivot * count + k] : &right[pivot * columns + k - count];
            double kept = *row;

            *row = *other;
            *other = kept;
        }
        for (size_t k = 0; k < count; k++) {
            double share = matrix[k * count + i] / matrix[i * count + i];

            for (size_t c = 0; k != i && c < count; c++) {
                matrix[k * count + c] -= share * matrix[i * count + c];
            }
            for (size_t c = 0; k != i && c < columns; c++) {
                right[k * columns + c] -= share * right[i * columns + c];
            }
        }
    }
    for (size_t i = 0; i < count * columns; i++) {
        right[i] /= matrix[i / columns * count + i / columns];
    }
}

struct answer correlated_answer(double *covariance, const double *columns, size_t count,
                                size_t used)
{
    static double solved[CORRELATED_MOST * 3];
    double cross[4] = {0}, right[2] = {0}, unit[4] = {1, 0, 0, 1};
    struct answer answer = {.q = 0};

    ck_assert_uint_le(count, CORRELATED_MOST);
    memcpy(solved, columns, count * 3 * sizeof *solved);
    eliminate(covariance, count, solved, 3);
    for (size_t j = 0; j < count; j++) {
        for (size_t a = 0; a < used; a++) {
            for (size_t b = 0; b < used; b++) {
                cross[a * used + b] += columns[j * 3 + a] * solved[j * 3 + b];
            }
            right[a] += columns[j * 3 + a] * solved[j * 3 + 2];
        }
    }
    eliminate(cross, used, unit, used);
    for (size_t a = 0; a < used; a++) {
        for (size_t b = 0; b < used; b++) {
            answer.b[a] += unit[a * used + b] * right[b];
        }
        answer.se[a] = sqrt(unit[a * used + a]);
    }
    for (size_t j = 0; j < count; j++) {
        double e = columns[j * 3 + 2], solved_e = solved[j * 3 + 2];

        for (size_t a = 0; a < used; a++) {
            e -= answer.b[a] * columns[j * 3 + a];
            solved_e -= answer.b[a] * solved[j * 3 + a];
        }
        answer.q += e * solved_e;
    }
    return answer;
}
