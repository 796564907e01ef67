#include "numeric/summary.h"
#include <math.h>
#include <stdbool.h>

/* Up to here a window is sorted by insertion. */
#define SMALL_WINDOW 12

/* Whether item i stands before item j: by value, equal ones as they came. */
static bool is_before(const double *values, size_t i, size_t j)
{
    return values[i] < values[j] || (values[i] == values[j] && i < j);
}

/* Shell's sort with gaps shrinking by 2.2. */
static void sort_order(const double *values, size_t *order, size_t count)
{
    size_t gap = count;

    for (size_t j = 0; j < count; j++) {
        order[j] = j;
    }
    while (gap > 1) {
        gap = gap < 5 ? 1 : (gap * 5 - 1) / 11;
        for (size_t i = gap; i < count; i++) {
            size_t item = order[i], at = i;

            for (; at >= gap && is_before(values, item, order[at - gap]); at -= gap) {
                order[at] = order[at - gap];
            }
            order[at] = item;
        }
    }
}

/* Between a value whose place (the middle of its weight) is below half, and the next. */
static double interpolate(double below, double below_place, double above, double above_place)
{
    return below + (above - below) * (0.5 - below_place) / (above_place - below_place);
}

double summary_weighted_median(const double *values, const double *weights, size_t count,
                               size_t *order)
{
    double total = 0, sum = 0, last_place = 0;

    sort_order(values, order, count);
    for (size_t j = 0; j < count; j++) {
        total += weights[j];
    }
    for (size_t k = 0; k < count; k++) {
        size_t j = order[k];
        double place = (sum + 0.5 * weights[j]) / total;

        if (place >= 0.5) {
            return k == 0 ? values[j]
                          : interpolate(values[order[k - 1]], last_place, values[j], place);
        }
        sum += weights[j];
        last_place = place;
    }
    return count > 0 && total > 0 ? values[order[count - 1]] : NAN;
}

static void sort_window(struct weighted_value *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct weighted_value item = items[i];
        size_t at = i;

        for (; at > 0 && items[at - 1].value > item.value; at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* Parts items around a pivot from their middle; returns where the pivot lands, and adds up the
 * weight before it. */
static size_t part(struct weighted_value *items, size_t count, double *weight_before)
{
    struct weighted_value pivot = items[count / 2];
    size_t store = 0;

    items[count / 2] = items[count - 1];
    *weight_before = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        struct weighted_value item = items[i];
        bool is_below = item.value < pivot.value;

        items[i] = items[store];
        items[store] = item;
        store += (size_t)is_below;
        *weight_before += is_below ? item.weight : 0;
    }
    items[count - 1] = items[store];
    items[store] = pivot;
    return store;
}

/* What is left of the search: items low to high, sorted against all others; the answer lies
 * between two of them. `before` is the weight of all that comes before low. */
struct window {
    size_t low, high;
    double before;
    bool has_lowest, has_highest; /* the ends stand in their final places already */
};

/* Narrows the window around the half of all weight by one pivot. */
static void narrow(struct window *window, struct weighted_value *items, double half)
{
    size_t first = window->low + (size_t)window->has_lowest;
    size_t end = window->high + 1 - (size_t)window->has_highest;
    double start = window->before + (window->has_lowest ? items[window->low].weight : 0);
    double passed;
    size_t pivot = first + part(items + first, end - first, &passed);

    if (start + passed + 0.5 * items[pivot].weight < half) {
        window->low = pivot;
        window->before = start + passed;
        window->has_lowest = true;
    } else {
        window->high = pivot;
        window->has_highest = true;
    }
}

static double read_window(const struct window *window, const struct weighted_value *items,
                          double total)
{
    double sum = window->before, last_place = 0;

    for (size_t k = window->low; k <= window->high; k++) {
        double place = (sum + 0.5 * items[k].weight) / total;

        if (place >= 0.5) {
            return k == window->low
                       ? items[k].value
                       : interpolate(items[k - 1].value, last_place, items[k].value, place);
        }
        sum += items[k].weight;
        last_place = place;
    }
    return total > 0 ? items[window->high].value : NAN;
}

double summary_weighted_median_of(struct weighted_value *items, size_t count)
{
    struct window window = {.low = 0, .high = count - 1};
    double total = 0;

    for (size_t j = 0; j < count; j++) {
        total += items[j].weight;
    }
    while (window.high - window.low >= SMALL_WINDOW) {
        narrow(&window, items, 0.5 * total);
    }
    sort_window(items + window.low, window.high - window.low + 1);
    return read_window(&window, items, total);
}
