#include "estimate/raps_data.h"
#include "numeric/sort.h"
#include "numeric/summary.h"
#include <math.h>
#include <stdlib.h>

/* Variants whose error on the exposure is above this many medians leave overdispersed fits. */
#define MOST_MEDIANS 10

/* Of the grid: effects at quantiles of the ratios, at equal angles, and beyond the last angle,
 * ever farther. */
#define QUANTILES 48
#define ANGLES 24
#define BEYOND 6
#define FARTHER 6
#define GRID (QUANTILES + ANGLES + 2 * BEYOND)
/* Twice this quantile of the sizes of the ratios bounds the effects that are likely. */
#define FAR_SHARE 0.95

static double most_error(const struct pair *pair, bool is_pruned, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double median;

    if (!is_pruned) {
        return INFINITY;
    }
    median =
        summary_median(pair->sx, pair->count, arena_get(scratch, pair->count, sizeof(double)));
    arena_reset(scratch, mark);
    return MOST_MEDIANS * median;
}

static void take_numbers(struct raps_data *data, const struct pair *pair, double most)
{
    double precision = 0;

    for (size_t j = 0; j < pair->count; j++) {
        if (pair->sx[j] <= most) {
            size_t to = data->count++;

            data->x[to] = pair->bx[j];
            data->y[to] = pair->by[j];
            data->sx2[to] = pair->sx[j] * pair->sx[j];
            data->sy2[to] = pair->sy[j] * pair->sy[j];
            precision += 1 / data->sy2[to];
        }
    }
    data->variance = (double)data->count / precision;
}

static int by_value(const void *left, const void *right)
{
    const struct weighted_value *a = left, *b = right;

    return (a->value > b->value) - (a->value < b->value);
}

/* The ratios, weighted by how well each is known; returns how many there are. */
static size_t list_ratios(const struct raps_data *data, struct weighted_value *ratios,
                          double *total)
{
    size_t count = 0;

    *total = 0;
    for (size_t j = 0; j < data->count; j++) {
        double ratio = data->y[j] / data->x[j], weight = fabs(data->x[j]) / sqrt(data->sy2[j]);

        if (isfinite(ratio)) {
            ratios[count++] = (struct weighted_value){ratio, weight};
            *total += weight;
        }
    }
    return count;
}

/* The quantile FAR_SHARE of the sizes of sorted ratios, the largest of which are at the ends.
 */
static double far_ratio(const struct weighted_value *ratios, size_t count)
{
    double place = FAR_SHARE * ((double)count - 1), above = 0, here = 0;
    size_t below = (size_t)place, low = 0, high = count - 1;

    for (size_t rank = count; rank-- > below;) {
        double left = fabs(ratios[low].value), right = fabs(ratios[high].value);

        above = here;
        here = fmax(left, right);
        if (left > right) {
            low++;
        } else {
            high--;
        }
    }
    return here + (place - (double)below) * (above - here);
}

/* Every ratio where they are few, else those at equal steps of the weight. */
static void add_ratios(struct raps_data *data, struct arena *scratch)
{
    struct weighted_value *ratios = arena_get(scratch, data->count, sizeof *ratios);
    double total, sum = 0, next = 0;
    size_t count = list_ratios(data, ratios, &total);

    qsort(ratios, count, sizeof *ratios, by_value);
    data->bound = count == 0 ? 0 : 2 * far_ratio(ratios, count);
    for (size_t i = 0; i < count && data->grid_count < QUANTILES; i++) {
        sum += ratios[i].weight;
        if (count <= QUANTILES || sum >= next * total) {
            data->grid[data->grid_count++] = ratios[i].value;
            next = (double)data->grid_count / (QUANTILES - 1);
        }
    }
}

/* Effects in which both errors count alike are a diagonal; the rest of the half turn. */
static void add_angles(struct raps_data *data)
{
    double logs = 0, unit, far;

    for (size_t j = 0; j < data->count; j++) {
        logs += 0.5 * (log(data->sy2[j]) - log(data->sx2[j]));
    }
    unit = exp(logs / (double)data->count);
    for (int i = 0; i < ANGLES; i++) {
        double angle = M_PI * ((i + 0.5) / ANGLES - 0.5);

        data->grid[data->grid_count++] = unit * tan(angle);
    }
    far = unit * tan(M_PI * (0.5 - 0.5 / ANGLES));
    for (int i = 0; i < BEYOND; i++) {
        far *= FARTHER;
        data->grid[data->grid_count++] = far;
        data->grid[data->grid_count++] = -far;
    }
}

struct raps_data raps_data_of(const struct pair *pair, bool is_pruned, struct arena *scratch)
{
    size_t count = pair->count;
    struct raps_data data = {.x = arena_get(scratch, count, sizeof(double)),
                             .y = arena_get(scratch, count, sizeof(double)),
                             .sx2 = arena_get(scratch, count, sizeof(double)),
                             .sy2 = arena_get(scratch, count, sizeof(double)),
                             .grid = arena_get(scratch, GRID, sizeof(double))};

    take_numbers(&data, pair, most_error(pair, is_pruned, scratch));
    add_ratios(&data, scratch);
    add_angles(&data);
    sort_numbers(data.grid, data.grid_count);
    return data;
}
