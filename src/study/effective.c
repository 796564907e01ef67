#include "study/effective.h"
#include "base/memory.h"
#include "numeric/eigen.h"
#include <math.h>

/* Below this a product of rounding is no eigenvalue. */
#define ROUNDING 1e-12

/* The part of variant j in the standardised estimate; the squares of a pair's add up to 1. */
static double part(const struct shared_pair *shared, size_t j, double norm)
{
    const struct pair *pair = shared->pair;
    return shared->sign[j] * pair->bx[j] / pair->sy[j] / norm;
}

static double norm_of(const struct pair *pair)
{
    double sum = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double part = pair->bx[j] / pair->sy[j];
        sum += part * part;
    }
    return sqrt(sum);
}

double effective_correlation(const struct shared_pair *one, const struct shared_pair *other,
                             double *room)
{
    double first = norm_of(one->pair), second = norm_of(other->pair), sum = 0;
    if (!(first > 0) || !(second > 0)) {
        return 0;
    }
    for (size_t j = 0; j < one->pair->count; j++) {
        room[one->of[j]] = part(one, j, first);
    }
    for (size_t j = 0; j < other->pair->count; j++) {
        sum += room[other->of[j]] * part(other, j, second);
    }
    for (size_t j = 0; j < one->pair->count; j++) {
        room[one->of[j]] = 0;
    }
    return sum;
}

/* The first of the set that a pair belongs to. */
static size_t root_of(size_t *set, size_t i)
{
    while (set[i] != i) {
        set[i] = set[set[i]];
        i = set[i];
    }
    return i;
}

/* Joins pairs that variants connect: set[i] leads to the first of i's. */
static void connect(const struct shared_variants *shared, size_t *set)
{
    size_t *first = memory_get(shared->count, sizeof *first); /* one up; 0: nowhere yet */
    for (size_t i = 0; i < shared->pair_count; i++) {
        set[i] = i;
        for (size_t j = 0; j < shared->pairs[i].pair->count; j++) {
            size_t variant = shared->pairs[i].of[j];
            if (first[variant] == 0) {
                first[variant] = i + 1;
            }
            size_t one = root_of(set, first[variant] - 1), other = root_of(set, i);
            set[one > other ? one : other] = one > other ? other : one;
        }
    }
    memory_free(first);
}

static double galwey(double *values, size_t count)
{
    double roots = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        double value = values[i] > ROUNDING ? values[i] : 0;
        roots += sqrt(value);
        sum += value;
    }
    return isfinite(roots) && sum > 0 ? roots * roots / sum : (double)count;
}

/* The number for `count` pairs, those at `member`. */
static double tests_among(const struct shared_variants *shared, const size_t *member,
                          size_t count, double *room)
{
    if (count == 1) {
        return 1;
    }
    double *matrix = memory_get(memory_product(count, count), sizeof *matrix);
    double *values = memory_get(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        matrix[i * count + i] = 1;
        for (size_t k = 0; k < i; k++) {
            matrix[i * count + k] = effective_correlation(&shared->pairs[member[i]],
                                                          &shared->pairs[member[k]], room);
        }
    }
    eigen_values(matrix, count, values);
    double tests = galwey(values, count);
    memory_free(matrix);
    memory_free(values);
    return tests;
}

double effective_tests(const struct shared_variants *shared)
{
    size_t pairs = shared->pair_count;
    size_t *set = memory_get(pairs, sizeof *set), *member = memory_get(pairs, sizeof *member);
    double *room = memory_get(shared->count, sizeof *room), tests = 0;
    connect(shared, set);
    for (size_t first = 0; first < pairs; first++) {
        size_t count = 0;
        for (size_t i = first; i < pairs && set[first] == first; i++) {
            if (root_of(set, i) == first && shared->pairs[i].pair->count > 0) {
                member[count++] = i;
            }
        }
        tests += count == 0 ? 0 : tests_among(shared, member, count, room);
    }
    memory_free(set);
    memory_free(member);
    memory_free(room);
    return tests;
}
