/*
 * The heterogeneity-penalised mixture: every set of two or more variants is a model, that they
 * alone are valid; its weight falls with the scatter of its ratios, and the likelihood of an
 * effect is the weighted sum of the models' normal densities. The estimate is its top. All sets
 * are walked: a set is a part of the first half of the variants and a part of the second, both
 * from tables, so that each costs a few operations. One walk gathers the models (blend.h),
 * which shows tops and ends; a few more find these exactly by Newton's steps on the whole sum.
 */
#include "base/i18n.h"
#include "estimate/blend.h"
#include "estimate/methods.h"
#include "estimate/region.h"
#include "estimate/sets.h"
#include "numeric/exponential.h"
#include "numeric/wide.h"
#include <math.h>

/* Twice as many sets for each variant more: beyond this an answer takes over two seconds. */
#define MOST_VARIANTS 23

/* Logarithm of what is nothing beside the largest term, even a few million times. */
#define NOTHING 45
/* The same where only the outline is wanted. */
#define NOTHING_TO_SEE 30

#define MOST_ROUNDS 12
/* The last step, in widths of the top; its error is about the square of this. */
#define TOLERANCE 1e-6

/* Ends that are refined; the others stay as the gathered models have them. */
#define MOST_ENDS 16
#define MOST_PLACES (BLEND_TOPS + MOST_ENDS + 1)

/* The likelihood at an effect and its derivatives, over exp(largest). */
struct place {
    double effect, largest;
    double value, slope, bend;
};

struct places {
    struct place all[MOST_PLACES]; /* tops, then ends, then no effect */
    size_t top_count, end_count, count;
    double *exponents; /* room for a row's */
};

/* Lanes at any double of an array. */
typedef double lanes
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

static double largest_weight(struct sets *sets)
{
    double largest = -INFINITY;

    for (size_t i = 0; i < sets->row_count; i++) {
        const struct sets_row *row = sets_row(sets, i);

        for (size_t k = 0; k < row->count; k++) {
            largest = row->log_weight[k] > largest ? row->log_weight[k] : largest;
        }
    }
    return largest;
}

static struct blend *gather(struct sets *sets, struct arena *scratch)
{
    struct blend *blend = blend_begin(scratch);
    double largest = largest_weight(sets);

    for (size_t i = 0; i < sets->row_count; i++) {
        const struct sets_row *row = sets_row(sets, i);

        for (size_t k = 0; k < row->count; k++) {
            if (row->log_weight[k] > largest - NOTHING_TO_SEE) {
                blend_add(blend, exp(row->log_weight[k] - largest), row->mean[k],
                          1 / row->root[k]);
            }
        }
    }
    return blend;
}

/* The logarithms of a row's terms at an effect; their largest. */
WIDE_BODY double exponents_of(const struct sets_row *row, double effect, double *exponents)
{
    wide_doubles largest = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};

    for (size_t k = 0; k < row->count; k += LANES) {
        wide_doubles away = effect - *(const lanes *)(row->mean + k);
        wide_doubles exponent = *(const lanes *)(row->log_weight + k) -
                                away * away * *(const lanes *)(row->precision + k) / 2;
        wide_words is_larger = (wide_words)(exponent > largest);

        *(lanes *)(exponents + k) = exponent;
        largest = (wide_doubles)((is_larger & (wide_words)exponent) |
                                 (~is_larger & (wide_words)largest));
    }
    return fmax(fmax(largest[0], largest[1]), fmax(largest[2], largest[3]));
}

/* Sums count in units of the largest term so far, so that none is lost far from the top. */
static inline void raise(struct place *place, double exponent)
{
    double shrink = exp(place->largest - exponent);

    place->value *= shrink;
    place->slope *= shrink;
    place->bend *= shrink;
    place->largest = exponent;
}

static inline double total(const wide_doubles *sum)
{
    return ((*sum)[0] + (*sum)[1]) + ((*sum)[2] + (*sum)[3]);
}

WIDE_BODY void add_row(struct place *place, const struct sets_row *row, double *exponents)
{
    double largest = exponents_of(row, place->effect, exponents);
    wide_doubles value = {0}, slope = {0}, bend = {0};

    if (largest < place->largest - NOTHING) {
        return;
    }
    if (largest > place->largest) {
        raise(place, largest);
    }
    for (size_t k = 0; k < row->count; k += LANES) {
        wide_doubles exponent = *(const lanes *)(exponents + k) - place->largest, term;
        wide_doubles away = place->effect - *(const lanes *)(row->mean + k);
        wide_doubles precision = *(const lanes *)(row->precision + k);
        wide_words counts = (wide_words)(exponent > -(double)NOTHING);

        if (counts[0] | counts[1] | counts[2] | counts[3]) {
            exponent = (wide_doubles)((wide_words)exponent & counts);
            exponential_of(&exponent, &term);
            term = (wide_doubles)((wide_words)term & counts) * *(const lanes *)(row->root + k);
            value += term;
            term *= precision;
            slope -= term * away;
            bend += term * (precision * away * away - 1);
        }
    }
    place->value += total(&value);
    place->slope += total(&slope);
    place->bend += total(&bend);
}

static void add_row_plain(struct place *place, const struct sets_row *row, double *exponents)
{
    add_row(place, row, exponents);
}

WIDE_TARGET static void add_row_wide(struct place *place, const struct sets_row *row,
                                     double *exponents)
{
    add_row(place, row, exponents);
}

static void evaluate(struct sets *sets, struct places *places)
{
    for (size_t p = 0; p < places->count; p++) {
        places->all[p] = (struct place){.effect = places->all[p].effect, .largest = -INFINITY};
    }
    for (size_t i = 0; i < sets->row_count; i++) {
        const struct sets_row *row = sets_row(sets, i);

        for (size_t p = 0; p < places->count; p++) {
            (WIDE_IS_THERE() ? add_row_wide : add_row_plain)(&places->all[p], row,
                                                             places->exponents);
        }
    }
}

static double log_likelihood(const struct place *place)
{
    return place->largest + log(place->value);
}

static size_t best_top(const struct places *places)
{
    size_t best = 0;

    for (size_t p = 1; p < places->top_count; p++) {
        if (log_likelihood(&places->all[p]) > log_likelihood(&places->all[best])) {
            best = p;
        }
    }
    return best;
}

/* Newton's step to the top nearby, or where the density bends upwards a step uphill. */
static double step_to_top(const struct place *place, double width)
{
    double step = place->bend < 0 ? -place->slope / place->bend : copysign(width, place->slope);

    return fmax(-width, fmin(width, step));
}

static double step_to_height(const struct place *place, double height, double width)
{
    double step = (height - log_likelihood(place)) * place->value / place->slope;

    return fmax(-width, fmin(width, step));
}

/* Moves tops and ends by one step each; the longest, in widths. */
static double move(struct places *places, double depth, double width)
{
    double height = log_likelihood(&places->all[best_top(places)]) - depth / 2, longest = 0;

    for (size_t p = 0; p < places->top_count + places->end_count; p++) {
        struct place *at = &places->all[p];
        double step = p < places->top_count ? step_to_top(at, width / 2)
                                            : step_to_height(at, height, width / 2);

        at->effect += step;
        longest = isfinite(step) ? fmax(longest, fabs(step) / width) : INFINITY;
    }
    return longest;
}

static struct places places_of(const struct outline *outline)
{
    struct places places = {.top_count = outline->top_count};

    for (size_t i = 0; i < outline->top_count; i++) {
        places.all[places.count++].effect = outline->tops[i];
    }
    for (size_t i = 0; i < outline->region.count && places.end_count < MOST_ENDS; i++) {
        places.all[places.count++].effect = outline->region.pieces[i].lower;
        places.all[places.count++].effect = outline->region.pieces[i].upper;
        places.end_count += 2;
    }
    places.all[places.count++].effect = 0;
    return places;
}

/* Walks all models until tops and ends stay; false where they do not. */
static bool refine(struct sets *sets, double depth, const struct outline *outline,
                   struct places *places)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        evaluate(sets, places);
        if (move(places, depth, outline->width) < TOLERANCE) {
            return true;
        }
    }
    return false;
}

static void fill(struct estimate *estimate, const struct estimate_settings *settings,
                 struct sets *sets, const char *remark, struct arena *scratch)
{
    double depth = region_depth(settings);
    struct places places;
    struct outline outline;
    const struct place *null, *top;

    if (!blend_outline(gather(sets, scratch), exp(-depth / 2), scratch, &outline)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the ratios lie too far apart for the narrowest of their errors"));
        return;
    }
    places = places_of(&outline);
    places.exponents = arena_get(scratch, sets->row.count + LANES, sizeof(double));
    null = &places.all[places.count - 1];
    if (places.top_count == 0 || !refine(sets, depth, &outline, &places)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the likelihood's top or the interval's ends were not found"));
        return;
    }
    top = &places.all[best_top(&places)];
    estimate->b = top->effect;
    for (size_t i = 0; i < places.end_count; i++) {
        struct interval_piece *piece = &outline.region.pieces[i / 2];

        *(i % 2 == 0 ? &piece->lower : &piece->upper) = places.all[places.top_count + i].effect;
    }
    region_fill(estimate, settings, &outline.region,
                2 * (log_likelihood(top) - log_likelihood(null)), remark, scratch);
}

/* Each variant as a part of its own; one without effect on the exposure has weight 0 and is
 * left out. *count of them; false where a number is out of range. */
static bool singles_of(const struct pair *pair, double share, struct sets_part *singles,
                       size_t *count)
{
    *count = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double steepness = fabs(pair->bx[j] / pair->sy[j]);
        struct sets_part single = {steepness * steepness, pair->by[j] / pair->bx[j], 0,
                                   log(steepness) + log(share / (1 - share)), 1};

        if (pair->bx[j] != 0) {
            if (!(single.precision > 0) || !isfinite(single.precision) ||
                !isfinite(single.mean * single.mean * single.precision)) {
                return false;
            }
            singles[(*count)++] = single;
        }
    }
    return true;
}

static void hetpen(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    struct sets_part *singles = arena_get(scratch, pair->count, sizeof *singles);
    const char *remark = NULL;
    size_t count;

    (void)stream;
    if (!singles_of(pair, settings->parameters[PARAMETER_VALID_SHARE], singles, &count) ||
        count < 2) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("fewer than two variants have a finite ratio"));
        return;
    }
    if (count < pair->count) {
        remark = _("variants without effect on the exposure have no weight");
    }
    fill(estimate, settings, sets_begin(singles, count, scratch), remark, scratch);
}

const struct method method_hetpen = {
    .key = "hetpen",
    .name = "Heterogeneity-penalised",
    .group = GROUP_OTHER,
    .least = 2,
    .most = MOST_VARIANTS,
    .assumes = N_("the likeliest sets of variants agree on one ratio; all sets are weighed, so "
                  "that it is for at most 23 variants, and the weights depend on the "
                  "outcome's unit"),
    .citation = "Burgess, Zuber, Gkatzionis and Foley 2018, Int J Epidemiol 47:1242",
    .function = hetpen,
};
