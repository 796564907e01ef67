/*
 * The mixture's likelihood without a grid: walked from one place where a variant changes sides
 * to the next, between which it is one parabola.
 */
#include "estimate/conmix_mixture.h"
#include "numeric/exact_sum.h"
#include <math.h>
#include <stdlib.h>

/* Pieces of the interval closer together than this share of a standard error are one. */
#define GAP 1e-7

/* Sums over the valid variants, of their precisions and of these times ratios, and twice the
 * parabolas' gain at the origin with the sign turned. */
struct running {
    struct exact_sum precision, moment, loss;
    size_t count;
};

struct breakpoint {
    double at;
    const struct component *component;
    bool is_entry;
};

/* Ratios count from `origin`. */
static void pass(struct running *running, const struct breakpoint *breakpoint, double origin)
{
    const struct component *at = breakpoint->component;
    double sign = breakpoint->is_entry ? 1 : -1, ratio = at->ratio - origin;

    running->count = breakpoint->is_entry ? running->count + 1 : running->count - 1;
    if (running->count == 0) {
        *running = (struct running){.count = 0};
        return;
    }
    exact_sum_add(&running->precision, sign / at->variance);
    exact_sum_add(&running->moment, sign * ratio / at->variance);
    exact_sum_add(&running->loss, sign * (ratio * ratio / at->variance - 2 * at->gain));
}

/* The top of the present parabola: where, from the origin, and how high. */
static double top_of(const struct running *running, double *where)
{
    double moment = exact_sum_value(running->moment);

    *where = moment / exact_sum_value(running->precision);
    return (moment * *where - exact_sum_value(running->loss)) / 2;
}

static int by_place(const void *a, const void *b)
{
    const struct breakpoint *first = a, *second = b;

    return (first->at > second->at) - (first->at < second->at);
}

struct breakpoint *mixture_breakpoints(const struct mixture *mixture, struct arena *scratch)
{
    struct breakpoint *all = arena_get(scratch, 2 * mixture->count, sizeof *all);

    for (size_t j = 0; j < mixture->count; j++) {
        const struct component *at = &mixture->components[j];

        all[2 * j] = (struct breakpoint){at->ratio - at->reach, at, true};
        all[2 * j + 1] = (struct breakpoint){at->ratio + at->reach, at, false};
    }
    qsort(all, 2 * mixture->count, sizeof *all, by_place);
    return all;
}

/* A place under the highest of all parabolas' tops. The sum bends upwards where a variant
 * changes sides, so that no such place is its top. */
static double near_top(const struct mixture *mixture, const struct breakpoint *breakpoints)
{
    double origin = mixture->components[0].ratio, best = 0, place = origin, where;
    struct running running = {.count = 0};

    for (size_t k = 0; k + 1 < 2 * mixture->count; k++) {
        pass(&running, &breakpoints[k], origin);
        if (running.count > 0) {
            double gain = top_of(&running, &where);

            where += origin;
            if (gain > best && where >= breakpoints[k].at && where <= breakpoints[k + 1].at) {
                best = gain;
                place = where;
            }
        }
    }
    return place;
}

/* Moving to the mean of those valid never lowers the sum, and ends where they stay the same. */
struct peak mixture_top(const struct mixture *mixture, const struct breakpoint *breakpoints)
{
    double effect = near_top(mixture, breakpoints);
    size_t count = 0;

    for (int round = 0; round < 50; round++) {
        struct valid_set set = mixture_valid(mixture, effect);
        bool is_same = set.count == count && set.mean == effect;

        effect = set.mean;
        count = set.count;
        if (is_same) {
            break;
        }
    }
    return mixture_peak(mixture, effect);
}

/* Where the parabola at `end`, an end of the interval, crosses `height`; `side` -1 rising, 1
 * falling. Exact from the variants themselves. */
static double crossing(const struct mixture *mixture, double end, double height, double side)
{
    struct valid_set set = mixture_valid(mixture, end);
    double above = set.top - height;

    return above >= 0 ? set.mean + side * sqrt(2 * above / set.precision) : end;
}

/* The region of a height above 0. */
static struct region region_above(const struct mixture *mixture,
                                  const struct breakpoint *breakpoints, double height,
                                  struct arena *scratch)
{
    size_t last = 2 * mixture->count - 1;
    double origin = mixture->components[0].ratio, where;
    struct region region = region_begin(last, scratch);
    struct running running = {.count = 0};

    for (size_t k = 0; k < last; k++) {
        double above = -1, half = 0, gap = 0;

        pass(&running, &breakpoints[k], origin);
        if (running.count > 0) {
            above = top_of(&running, &where) - height;
            half = sqrt(2 * fmax(above, 0) / exact_sum_value(running.precision));
            gap = GAP / sqrt(exact_sum_value(running.precision));
        }
        if (above >= 0 && where + half + origin >= breakpoints[k].at &&
            where - half + origin <= breakpoints[k + 1].at) {
            region_add(&region, fmax(where - half + origin, breakpoints[k].at),
                       fmin(where + half + origin, breakpoints[k + 1].at), gap);
        }
    }
    for (size_t i = 0; i < region.count; i++) {
        struct interval_piece *piece = &region.pieces[i];

        piece->lower = crossing(mixture, piece->lower, height, -1);
        piece->upper = crossing(mixture, piece->upper, height, 1);
    }
    return region;
}

static struct region everything(struct arena *scratch)
{
    struct region region = region_begin(1, scratch);

    region_add(&region, -INFINITY, INFINITY, 0);
    return region;
}

struct region mixture_region(const struct mixture *mixture,
                             const struct breakpoint *breakpoints, double height,
                             struct arena *arena)
{
    return height > 0 ? region_above(mixture, breakpoints, height, arena) : everything(arena);
}
