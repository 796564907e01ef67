#include "numeric/sort.h"
#include <stdlib.h>

static int compare_numbers(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

/* An empty array may have no address, which qsort does not take. */
void sort_numbers(double *values, size_t count)
{
    if (count > 0) {
        qsort(values, count, sizeof *values, compare_numbers);
    }
}

static int compare_ranked(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;

    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

void sort_ranked(struct ranked *items, size_t count)
{
    if (count > 0) {
        qsort(items, count, sizeof *items, compare_ranked);
    }
}
