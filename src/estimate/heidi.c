#include "estimate/heidi.h"
#include "numeric/sort.h"
#include "numeric/tail.h"

struct heidi_ratios heidi_ratios_of(const struct pair *pair, struct arena *arena)
{
    struct heidi_ratios ratios = {.j = arena_get(arena, pair->count, sizeof *ratios.j),
                                  .b = arena_get(arena, pair->count, sizeof *ratios.b),
                                  .outcome =
                                      arena_get(arena, pair->count, sizeof *ratios.outcome),
                                  .z = arena_get(arena, pair->count, sizeof *ratios.z)};
    double *at;

    for (size_t j = 0; j < pair->count; j++) {
        if (pair->bx[j] != 0) {
            size_t i = ratios.count++;

            ratios.j[i] = j;
            ratios.b[i] = pair->by[j] / pair->bx[j];
            ratios.outcome[i] = pair->sy[j] / pair->bx[j];
            ratios.z[i] = pair->bx[j] / pair->sx[j];
        }
    }
    ratios.ld = at = arena_get(arena, ratios.count * ratios.count, sizeof *ratios.ld);
    for (size_t i = 0; i < ratios.count; i++) {
        for (size_t k = 0; k < ratios.count; k++) {
            *at++ = pair->ld[ratios.j[i] * pair->count + ratios.j[k]];
        }
    }
    return ratios;
}

void heidi_drop(struct heidi_ratios *ratios, const bool *is_excluded)
{
    size_t left = 0;
    double *at = ratios->ld;

    for (size_t i = 0; i < ratios->count; i++) {
        for (size_t k = 0; !is_excluded[i] && k < ratios->count; k++) {
            if (!is_excluded[k]) {
                *at++ = ratios->ld[i * ratios->count + k];
            }
        }
    }
    for (size_t i = 0; i < ratios->count; i++) {
        if (!is_excluded[i]) {
            ratios->j[left] = ratios->j[i];
            ratios->b[left] = ratios->b[i];
            ratios->outcome[left] = ratios->outcome[i];
            ratios->z[left] = ratios->z[i];
            left++;
        }
    }
    ratios->count = left;
}

double heidi_covariance(const struct heidi_ratios *ratios, size_t one, size_t other)
{
    double outcome = ratios->outcome[one] * ratios->outcome[other];
    double exposure = (ratios->b[one] / ratios->z[one]) * (ratios->b[other] / ratios->z[other]);

    return ratios->ld[one * ratios->count + other] * (outcome + exposure);
}

/* Where the middle fifth of the ratios begins and ends, as R's quantiles of 40 and 60 per
 * cent do. */
static void middle_of(const struct heidi_ratios *ratios, struct arena *scratch, double *lower,
                      double *upper)
{
    double *sorted = arena_get(scratch, ratios->count, sizeof *sorted);
    size_t last = ratios->count - 1;
    size_t first_inside = (2 * last + 4) / 5, last_inside = 3 * last / 5;

    for (size_t i = 0; i < ratios->count; i++) {
        sorted[i] = ratios->b[i];
    }
    sort_numbers(sorted, ratios->count);
    *lower = sorted[first_inside < last_inside ? first_inside : last_inside];
    *upper = sorted[first_inside < last_inside ? last_inside : first_inside];
}

/* Stronger, or as strong and with the smaller ratio, so that order decides nothing. */
static bool is_better(const struct heidi_ratios *ratios, size_t one, size_t other)
{
    double a = ratios->z[one] * ratios->z[one], b = ratios->z[other] * ratios->z[other];

    return a > b || (a == b && ratios->b[one] < ratios->b[other]);
}

static size_t reference_of(const struct heidi_ratios *ratios, struct arena *scratch)
{
    size_t reference = ratios->count;
    double lower, upper;

    middle_of(ratios, scratch, &lower, &upper);
    for (size_t i = 0; i < ratios->count; i++) {
        bool is_middle = ratios->b[i] >= lower && ratios->b[i] <= upper;

        if (is_middle && (reference == ratios->count || is_better(ratios, i, reference))) {
            reference = i;
        }
    }
    return reference;
}

void heidi_outliers(const struct heidi_ratios *ratios, double p, bool *is_outlier,
                    struct arena *scratch)
{
    size_t reference = reference_of(ratios, scratch);

    for (size_t i = 0; i < ratios->count; i++) {
        double d = ratios->b[i] - ratios->b[reference];
        double variance = heidi_covariance(ratios, i, i) +
                          heidi_covariance(ratios, reference, reference) -
                          2 * heidi_covariance(ratios, i, reference);

        is_outlier[i] = variance > 0 && tail_chi_square(d * d / variance, 1) < p;
    }
}
