#include "base/memory.h"
#include "study/results.h"
#include <math.h>
#include <stdlib.h>

struct ranked {
    double p;
    size_t index;
};

/* Largest first; equal ones by index, so that the order is always the same. */
static int compare_descending(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    if (a->p != b->p) {
        return a->p > b->p ? -1 : 1;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

void results_adjust(const double *p, size_t count, double *q)
{
    struct ranked *ranked = memory_get(count, sizeof *ranked);
    size_t tested = 0;
    for (size_t i = 0; i < count; i++) {
        q[i] = NAN;
        if (!isnan(p[i])) {
            ranked[tested++] = (struct ranked){p[i], i};
        }
    }
    qsort(ranked, tested, sizeof *ranked, compare_descending);
    double least = 1;
    for (size_t i = 0; i < tested; i++) {
        double rank = (double)(tested - i);
        least = fmin(least, ranked[i].p * (double)tested / rank);
        q[ranked[i].index] = least;
    }
    memory_free(ranked);
}
