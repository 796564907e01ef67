/*
 * The contamination mixture: a variant is valid, its ratio normal around the effect, or
 * invalid, its ratio normal around 0 with a wide spread, whichever is likelier. Seen as a
 * function of the effect, a valid variant adds a parabola to the log likelihood where that is
 * above 0, its gain over being invalid, and nothing elsewhere. Between two places where a
 * variant changes sides the sum is one parabola: its top and its crossings of any height are
 * exact.
 */
#include "estimate/conmix.h"
#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/region.h"
#include "numeric/exact_sum.h"
#include "numeric/summary.h"
#include <math.h>
#include <stdlib.h>

/* The spread of invalid ratios, in spreads of all ratios. */
#define USUAL_SPREAD 1.5

/* What a grid may have: points, and points times variants. */
#define MOST_POINTS 4e6
#define MOST_VALUES 4e8

/* Pieces of the interval closer together than this share of a standard error are one. */
#define GAP 1e-7

/* One variant: its parabola is gain - (effect - ratio)^2 / (2 variance), within `reach`. */
struct component {
    double ratio, variance, gain, reach;
};

struct mixture {
    struct component *components;
    size_t count;
};

/* What the variants that are valid at an effect are together. */
struct valid_set {
    double mean, precision; /* of their ratios, weighted by precision */
    double top;             /* the log likelihood's gain at the mean */
    double scatter;         /* sum of squared residuals around the mean, in variances */
    size_t count;
};

/* The best effect and how likely it is. */
struct peak {
    double effect, gain, widening; /* widening: phi squared */
    size_t valid;
};

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

static double gain_of(const struct component *component, double effect)
{
    double away = effect - component->ratio;

    return fmax(component->gain - away * away / (2 * component->variance), 0);
}

static double gain_at(const struct mixture *mixture, double effect)
{
    double gain = 0;

    for (size_t j = 0; j < mixture->count; j++) {
        gain += gain_of(&mixture->components[j], effect);
    }
    return gain;
}

static struct valid_set valid_at(const struct mixture *mixture, double effect)
{
    struct valid_set set = {0, 0, 0, 0, 0};
    double moment = 0;

    for (size_t j = 0; j < mixture->count; j++) {
        const struct component *at = &mixture->components[j];

        if (fabs(effect - at->ratio) < at->reach) {
            set.precision += 1 / at->variance;
            /* relative to a place nearby, so that little is lost */
            moment += (at->ratio - effect) / at->variance;
            set.top += at->gain;
            set.count++;
        }
    }
    set.mean = effect + (set.count == 0 ? 0 : moment / set.precision);
    for (size_t j = 0; j < mixture->count; j++) {
        const struct component *at = &mixture->components[j];
        double away = at->ratio - set.mean;

        if (fabs(effect - at->ratio) < at->reach) {
            set.scatter += away * away / at->variance;
        }
    }
    set.top -= set.scatter / 2;
    return set;
}

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

static struct breakpoint *breakpoints_of(const struct mixture *mixture, struct arena *scratch)
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

static struct peak peak_at(const struct mixture *mixture, double effect)
{
    struct valid_set set = valid_at(mixture, effect);
    double spare = set.count < 2 ? 1 : (double)(set.count - 1);

    return (struct peak){effect, gain_at(mixture, effect), fmax(set.scatter / spare, 1),
                         set.count};
}

/* Moving to the mean of those valid never lowers the sum, and ends where they stay the same. */
static struct peak exact_peak(const struct mixture *mixture,
                              const struct breakpoint *breakpoints)
{
    double effect = near_top(mixture, breakpoints);
    size_t count = 0;

    for (int round = 0; round < 50; round++) {
        struct valid_set set = valid_at(mixture, effect);
        bool is_same = set.count == count && set.mean == effect;

        effect = set.mean;
        count = set.count;
        if (is_same) {
            break;
        }
    }
    return peak_at(mixture, effect);
}

/* Where the parabola at `end`, an end of the interval, crosses `height`; `side` -1 rising, 1
 * falling. Exact from the variants themselves. */
static double crossing(const struct mixture *mixture, double end, double height, double side)
{
    struct valid_set set = valid_at(mixture, end);
    double above = set.top - height;

    return above >= 0 ? set.mean + side * sqrt(2 * above / set.precision) : end;
}

/* The effects whose gain is at least `height` > 0. */
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

static void fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct mixture *mixture, struct peak peak, const struct region *region,
                 struct arena *scratch)
{
    double fall = 2 * (peak.gain - gain_at(mixture, 0));
    const char *remark = arena_format(scratch, _("%zu of %zu variants count as valid"),
                                      peak.valid, mixture->count);

    estimate->b = peak.effect;
    region_fill(estimate, settings, region, fall / peak.widening, remark, scratch);
}

static void fill_exact(struct estimate *estimate, const struct estimate_settings *settings,
                       const struct mixture *mixture, struct arena *scratch)
{
    struct breakpoint *breakpoints = breakpoints_of(mixture, scratch);
    struct peak peak = exact_peak(mixture, breakpoints);
    double height = peak.gain - region_depth(settings) * peak.widening / 2;
    /* far away no variant is valid, and the gain is 0 */
    struct region region =
        height > 0 ? region_above(mixture, breakpoints, height, scratch) : everything(scratch);

    if (!(peak.gain > 0) || region.count == 0) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("every ratio is 0: nothing tells valid variants from invalid ones"));
        return;
    }
    fill(estimate, settings, mixture, peak, &region, scratch);
}

/* The grid of MendelianRandomization: two standard errors beyond the ratios, from their alleles
 * as coded, so that it ends on the same numbers. */
struct grid {
    double first, step;
    size_t count; /* 0: more points than can be walked */
};

static struct grid grid_of(const struct pair *pair, double step)
{
    double first = INFINITY, last = -INFINITY, points;

    for (size_t j = 0; j < pair->count; j++) {
        first = fmin(first, (pair->by[j] - 2 * pair->sy[j]) / pair->bx[j]);
        last = fmax(last, (pair->by[j] + 2 * pair->sy[j]) / pair->bx[j]);
    }
    points = floor(fmax(last - first, 0) / step + 1e-10) + 1;
    if (!(points <= MOST_POINTS) || points * (double)pair->count > MOST_VALUES) {
        points = 0;
    }
    return (struct grid){first, step, (size_t)points};
}

static void fill_grid(struct estimate *estimate, const struct estimate_settings *settings,
                      const struct mixture *mixture, struct grid grid, struct arena *scratch)
{
    double *gains = arena_get(scratch, grid.count, sizeof *gains), height;
    struct region region = region_begin(grid.count, scratch);
    struct peak peak;
    size_t best = 0;

    for (size_t i = 0; i < grid.count; i++) {
        gains[i] = gain_at(mixture, grid.first + grid.step * (double)i);
        best = gains[i] > gains[best] ? i : best;
    }
    peak = peak_at(mixture, grid.first + grid.step * (double)best);
    height = peak.gain - region_depth(settings) * peak.widening / 2;
    for (size_t i = 0; i < grid.count; i++) {
        double effect = grid.first + grid.step * (double)i;

        if (gains[i] > height || i == best) {
            region_add(&region, effect, effect, 1.5 * grid.step);
        }
    }
    fill(estimate, settings, mixture, peak, &region, scratch);
}

/* False where a number is not finite. */
static bool mixture_of(const struct pair *pair, double psi, struct mixture *mixture)
{
    for (size_t j = 0; j < pair->count; j++) {
        struct component *at = &mixture->components[j];
        double psi2 = psi * psi, se = pair->sy[j] / pair->bx[j];

        at->variance = se * se;
        at->gain =
            (log1p(psi2 / at->variance) + at->ratio * at->ratio / (psi2 + at->variance)) / 2;
        at->reach = sqrt(2 * at->variance * at->gain);
        if (!isfinite(at->ratio) || !(at->variance > 0) || !isfinite(at->reach) ||
            !isfinite(1 / at->variance) || !isfinite(at->ratio * at->ratio / at->variance)) {
            return false;
        }
    }
    return true;
}

/* The spread that was set, or that of the ratios. */
static double spread(const struct mixture *mixture, const struct estimate_settings *settings,
                     struct arena *scratch)
{
    double set = settings->parameters[PARAMETER_CONMIX_PSI];
    double *ratios = arena_get(scratch, mixture->count, sizeof *ratios);

    for (size_t j = 0; j < mixture->count; j++) {
        ratios[j] = mixture->components[j].ratio;
    }
    return isnan(set) ? USUAL_SPREAD * summary_sd(ratios, mixture->count) : set;
}

/* The variants as a mixture; false where it cannot be formed. */
static bool mixture_begin(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct mixture *mixture)
{
    mixture->count = pair->count;
    mixture->components = arena_get(scratch, pair->count, sizeof *mixture->components);
    for (size_t j = 0; j < pair->count; j++) {
        mixture->components[j].ratio = pair->by[j] / pair->bx[j];
    }
    return mixture_of(pair, spread(mixture, settings, scratch), mixture);
}

bool conmix_profile(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *arena, struct conmix_profile *profile)
{
    struct mixture *mixture = arena_get(arena, 1, sizeof *mixture);
    struct region region;
    struct breakpoint *breakpoints;
    struct peak peak;

    if (pair->count < 2 || !mixture_begin(pair, settings, arena, mixture)) {
        return false;
    }
    breakpoints = breakpoints_of(mixture, arena);
    peak = exact_peak(mixture, breakpoints);
    if (!(peak.gain > 0)) {
        return false;
    }
    *profile = (struct conmix_profile){.mixture = mixture,
                                       .effect = peak.effect,
                                       .top = peak.gain,
                                       .depth = region_depth(settings) * peak.widening / 2};
    region = profile->depth < peak.gain
                 ? region_above(mixture, breakpoints, peak.gain - profile->depth, arena)
                 : everything(arena);
    profile->pieces = region.pieces;
    profile->piece_count = region.count;
    return region.count > 0;
}

double conmix_profile_at(const struct conmix_profile *profile, double effect)
{
    return gain_at(profile->mixture, effect) - profile->top;
}

bool conmix_is_valid(const struct conmix_profile *profile, size_t j)
{
    const struct component *at = &profile->mixture->components[j];

    return fabs(profile->effect - at->ratio) < at->reach;
}

static void conmix(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    double step = settings->parameters[PARAMETER_CONMIX_STEP];
    struct mixture mixture;

    (void)stream;
    if (!mixture_begin(pair, settings, scratch, &mixture)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("a variant's effect on the exposure is 0, or its ratio out of range"));
    } else if (isnan(step)) {
        fill_exact(estimate, settings, &mixture, scratch);
    } else if (grid_of(pair, step).count == 0) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("conmix_step is too small for the range of these ratios"));
    } else {
        fill_grid(estimate, settings, &mixture, grid_of(pair, step), scratch);
    }
}

const struct method method_conmix = {
    .key = "conmix",
    .name = "Contamination mixture",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes = N_("the largest group of variants with one ratio is valid"),
    .citation = "Burgess, Foley, Allara, Staley and Howson 2020, Nat Commun 11:376",
    .function = conmix,
};
