#include "chart/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TICKS = 64 };

/* Ticks as they are found: positions in the axis' scale, and the numbers on their labels. */
struct found {
    double at[MOST_TICKS], shown[MOST_TICKS];
    size_t count;
    double step; /* between even ticks; NaN of others */
};

static void keep(struct found *found, const struct axis *axis, double at, double shown)
{
    if (found->count < MOST_TICKS && at >= axis->lower && at <= axis->upper) {
        found->at[found->count] = at;
        found->shown[found->count] = shown;
        found->count++;
    }
}

/* The least of 1, 2, 5 times a power of ten that is at least `rough`. */
static double nice_step(double rough)
{
    double power = pow(10, floor(log10(rough)));
    double lead = rough / power;
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/* Multiples of a nice step between lower and upper, which are on the scale of the labels. */
static void even_ticks(struct found *found, const struct axis *axis, size_t wanted)
{
    double lower = axis->is_exponential ? exp(axis->lower) : axis->lower;
    double upper = axis->is_exponential ? exp(axis->upper) : axis->upper;
    double step = nice_step((upper - lower) / (double)wanted);
    double first = ceil(lower / step - 1e-9);
    for (size_t i = 0; i < MOST_TICKS; i++) {
        double shown = (first + (double)i) * step;
        if (!(shown <= upper + step * 1e-9)) {
            break;
        }
        keep(found, axis, axis->is_exponential ? log(shown) : shown, shown);
    }
    found->step = step;
}

/* The ladder of odds ratios, from a tenth to ten. */
static void ladder_ticks(struct found *found, const struct axis *axis, size_t wanted)
{
    static const double ladder[] = {0.1, 0.2,  0.33, 0.5, 0.67, 0.8, 0.9, 1,
                                    1.1, 1.25, 1.5,  2,   3,    5,   10};
    (void)wanted;
    if (axis->lower < log(0.09) || axis->upper > log(11)) {
        return;
    }
    for (size_t i = 0; i < sizeof ladder / sizeof ladder[0]; i++) {
        keep(found, axis, log(ladder[i]), ladder[i]);
    }
}

/* 1, 2 and 5 times powers of ten. */
static void decade_ticks(struct found *found, const struct axis *axis, size_t wanted)
{
    static const double lead[] = {1, 2, 5};
    double first = floor(axis->lower / log(10));
    (void)wanted;
    for (size_t i = 0; i < MOST_TICKS; i++) {
        double shown = lead[i % 3] * pow(10, first + (double)(i / 3));
        keep(found, axis, log(shown), shown);
    }
}

/* Powers of ten, so many decades apart that there are about as many as wanted. */
static void power_ticks(struct found *found, const struct axis *axis, size_t wanted)
{
    double range = (axis->upper - axis->lower) / log(10);
    double step = fmax(1, ceil(range / (double)wanted));
    double first = ceil(axis->lower / log(10) / step) * step;
    for (size_t i = 0; i < MOST_TICKS; i++) {
        double exponent = first + (double)i * step;
        keep(found, axis, exponent * log(10), pow(10, exponent));
    }
}

/* The first kind of ticks that gives a good number of them, else the one that gives most. */
static struct found exponential_ticks(const struct axis *axis, size_t wanted)
{
    static void (*const kinds[])(struct found *, const struct axis *, size_t) = {
        ladder_ticks, decade_ticks, power_ticks, even_ticks};
    struct found best = {.count = 0};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct found found = {.step = NAN, .count = 0};
        kinds[i](&found, axis, wanted);
        bool fits = found.count <= wanted + 2;
        if (fits && found.count >= 3) {
            return found;
        }
        best = fits && found.count > best.count ? found : best;
    }
    return best;
}

static int decimals_of(double step)
{
    double decimals = ceil(-log10(step) - 1e-9);
    return decimals < 0 ? 0 : decimals > 15 ? 15 : (int)decimals;
}

static const char *label_of(double shown, int decimals, struct arena *arena)
{
    if (fabs(shown) >= 1e6 || (decimals > 6 && fabs(shown) < 1e-3)) {
        return arena_format(arena, "%.6g", shown);
    }
    return chart_number(shown, decimals, arena);
}

static int ladder_decimals(double shown)
{
    return shown >= 10 ? 0 : shown >= 0.1 ? 2 : decimals_of(shown);
}

static void hand_over(struct axis *axis, const struct found *found, struct arena *arena)
{
    axis->ticks = arena_get(arena, found->count, sizeof *axis->ticks);
    axis->tick_count = 0;
    const char *last = "";
    for (size_t i = 0; i < found->count; i++) {
        double shown = found->shown[i];
        int decimals = isnan(found->step) ? ladder_decimals(shown) : decimals_of(found->step);
        const char *label = label_of(shown, decimals, arena);
        if (strcmp(label, last) != 0) {
            axis->ticks[axis->tick_count++] = (struct tick){found->at[i], label};
        }
        last = label;
    }
}

void chart_ticks(struct axis *axis, size_t wanted, struct arena *arena)
{
    axis->ticks = NULL;
    axis->tick_count = 0;
    if (!(axis->lower < axis->upper) || isinf(axis->lower) || isinf(axis->upper) ||
        wanted == 0) {
        return;
    }
    struct found found = {.count = 0};
    if (axis->is_exponential) {
        found = exponential_ticks(axis, wanted);
    } else {
        even_ticks(&found, axis, wanted);
    }
    hand_over(axis, &found, arena);
}
