#include "base/memory.h"
#include "numeric/sort.h"
#include "study/results.h"
#include <math.h>

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
    sort_ranked(ranked, tested);
    double least = 1;
    for (size_t i = 0; i < tested; i++) {
        double rank = (double)(tested - i);
        least = fmin(least, ranked[i].value * (double)tested / rank);
        q[ranked[i].index] = least;
    }
    memory_free(ranked);
}
