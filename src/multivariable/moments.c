#include "multivariable/moments.h"
#include <math.h>

/* 1 / (n s^2 + b^2) of an effect: the inverse of its variant's variance times n. */
static double inverse_size(double n, double b, double s)
{
    return 1 / (n * s * s + b * b);
}

static double a_of(const struct design *design, size_t j, size_t k)
{
    size_t at = j * design->exposure_count + k;

    return inverse_size(design->n[k], design->x[at], design->sx[at]);
}

/* What is left of the correlation of two exposures beside their variants. */
static double rest(const struct design *design, size_t k, size_t l)
{
    size_t columns = design->exposure_count;
    double sum = 0;

    for (size_t j = 0; j < design->count; j++) {
        sum += sqrt(a_of(design, j, k) * a_of(design, j, l)) * design->x[j * columns + k] *
               design->x[j * columns + l];
    }
    return design->correlation[k * columns + l] - sum;
}

static double degrees(double n, size_t count)
{
    return n - (double)count + 1;
}

static bool fill_outcome(const struct design *design, double *v)
{
    double left = 1;

    for (size_t j = 0; j < design->count; j++) {
        double y = design->y[j];

        left -= inverse_size(design->outcome_n, y, design->sy[j]) * y * y;
    }
    for (size_t j = 0; j < design->count; j++) {
        v[j] = left / inverse_size(design->outcome_n, design->y[j], design->sy[j]) /
               degrees(design->outcome_n, design->count);
    }
    return left > 0;
}

static bool fill_exposures(const struct design *design, double *s)
{
    size_t columns = design->exposure_count;

    for (size_t i = 0; i < columns * columns; i++) {
        size_t k = i / columns, l = i % columns;
        double left = rest(design, k, l);
        double n =
            sqrt(degrees(design->n[k], design->count) * degrees(design->n[l], design->count));

        if (k == l && !(left > 0)) {
            return false;
        }
        for (size_t j = 0; j < design->count; j++) {
            s[j * columns * columns + i] =
                left / sqrt(a_of(design, j, k) * a_of(design, j, l)) / n;
        }
    }
    return true;
}

bool moments_of(const struct design *design, struct arena *scratch, struct measured *moments)
{
    size_t columns = design->exposure_count;
    double *s = arena_get(scratch, design->count * columns * columns, sizeof *s);
    double *v = arena_get(scratch, design->count, sizeof *v);

    *moments = (struct measured){design->count, columns, design->x, design->y, s, v, NULL};
    for (size_t k = 0; k < columns; k++) {
        if (!(degrees(design->n[k], design->count) > 0)) {
            return false;
        }
    }
    return degrees(design->outcome_n, design->count) > 0 && fill_outcome(design, v) &&
           fill_exposures(design, s);
}
