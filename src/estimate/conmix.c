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
#include "estimate/conmix_mixture.h"
#include "estimate/methods.h"
#include <math.h>

/* What a grid may have: points, and points times variants. */
#define MOST_POINTS 4e6
#define MOST_VALUES 4e8

static void fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct mixture *mixture, struct peak peak, const struct region *region,
                 struct arena *scratch)
{
    double fall = 2 * (peak.gain - mixture_gain(mixture, 0));
    const char *remark = arena_format(scratch, _("%zu of %zu variants count as valid"),
                                      peak.valid, mixture->count);

    estimate->b = peak.effect;
    region_fill(estimate, settings, region, fall / peak.widening, remark, scratch);
}

static void fill_exact(struct estimate *estimate, const struct estimate_settings *settings,
                       const struct mixture *mixture, struct arena *scratch)
{
    struct breakpoint *breakpoints = mixture_breakpoints(mixture, scratch);
    struct peak peak = mixture_top(mixture, breakpoints);
    double height = peak.gain - region_depth(settings) * peak.widening / 2;
    struct region region = mixture_region(mixture, breakpoints, height, scratch);

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
        gains[i] = mixture_gain(mixture, grid.first + grid.step * (double)i);
        best = gains[i] > gains[best] ? i : best;
    }
    peak = mixture_peak(mixture, grid.first + grid.step * (double)best);
    height = peak.gain - region_depth(settings) * peak.widening / 2;
    for (size_t i = 0; i < grid.count; i++) {
        double effect = grid.first + grid.step * (double)i;

        if (gains[i] > height || i == best) {
            region_add(&region, effect, effect, 1.5 * grid.step);
        }
    }
    fill(estimate, settings, mixture, peak, &region, scratch);
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
    breakpoints = mixture_breakpoints(mixture, arena);
    peak = mixture_top(mixture, breakpoints);
    if (!(peak.gain > 0)) {
        return false;
    }
    *profile = (struct conmix_profile){.mixture = mixture,
                                       .effect = peak.effect,
                                       .top = peak.gain,
                                       .depth = region_depth(settings) * peak.widening / 2};
    region = mixture_region(mixture, breakpoints, peak.gain - profile->depth, arena);
    profile->pieces = region.pieces;
    profile->piece_count = region.count;
    return region.count > 0;
}

double conmix_profile_at(const struct conmix_profile *profile, double effect)
{
    return mixture_gain(profile->mixture, effect) - profile->top;
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
