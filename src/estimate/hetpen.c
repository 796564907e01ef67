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
#include <math.h>

/* Twice as many sets for each variant more: beyond this an answer takes over two seconds. */
#define MOST_VARIANTS 22

/* Logarithm of what is nothing beside the largest term, even a few million times. */
#define NOTHING 55

#define MOST_ROUNDS 12
/* The last step, in widths of the top; its error is about the square of this. */
#define TOLERANCE 1e-6

/* Ends that are refined; the others stay as the gathered models have them. */
#define MOST_ENDS 16
#define MOST_PLACES (BLEND_TOPS + MOST_ENDS + 1)

/* Some variants together: their ratios' weighted mean and scatter around it. */
struct part {
    double precision, mean, scatter;
    double log_weight; /* prior odds and precisions */
    size_t count;
};

struct models {
    struct part *first, *second; /* all parts of either half, by bit mask */
    size_t first_count, second_count;
};

struct model {
    double log_weight, mean, sd;
};

/* The likelihood at an effect and its derivatives, over exp(largest). */
struct place {
    double effect, largest;
    double value, slope, bend;
};

struct places {
    struct place all[MOST_PLACES]; /* tops, then ends, then no effect */
    size_t top_count, end_count, count;
};

/* Mean and scatter of two groups from those of each (Chan, Golub and LeVeque 1983, Am Stat
 * 37:242), without differences of large sums. */
static struct part join(const struct part *a, const struct part *b)
{
    double precision = a->precision + b->precision, away = b->mean - a->mean;
    double share = precision > 0 ? b->precision / precision : 0;

    return (struct part){precision, a->mean + share * away,
                         a->scatter + b->scatter + a->precision * share * away * away,
                         a->log_weight + b->log_weight, a->count + b->count};
}

static struct part *parts_of(const struct part *singles, size_t count, struct arena *scratch)
{
    size_t total = (size_t)1 << count;
    struct part *parts = arena_get(scratch, total, sizeof *parts);

    for (size_t j = 0; j < count; j++) {
        size_t bit = (size_t)1 << j;

        for (size_t mask = 0; mask < bit; mask++) {
            parts[bit + mask] = join(&parts[mask], &singles[j]);
        }
    }
    return parts;
}

static struct models models_of(const struct part *singles, size_t count, struct arena *scratch)
{
    size_t half = count / 2;

    return (struct models){.first = parts_of(singles, half, scratch),
                           .second = parts_of(singles + half, count - half, scratch),
                           .first_count = (size_t)1 << half,
                           .second_count = (size_t)1 << (count - half)};
}

/* False for a set of fewer than two variants. */
static inline bool model_of(const struct part *a, const struct part *b, struct model *model)
{
    struct part both = join(a, b);
    double variance;

    if (both.count < 2) {
        return false;
    }
    variance = both.scatter / (double)(both.count - 1);
    *model = (struct model){both.log_weight - both.scatter / 2, both.mean,
                            sqrt((variance > 1 ? variance : 1) / both.precision)};
    return true;
}

static double largest_weight(const struct models *models)
{
    double largest = -INFINITY;
    struct model model;

    for (size_t i = 0; i < models->first_count; i++) {
        for (size_t k = 0; k < models->second_count; k++) {
            if (model_of(&models->first[i], &models->second[k], &model) &&
                model.log_weight > largest) {
                largest = model.log_weight;
            }
        }
    }
    return largest;
}

static struct blend *gather(const struct models *models, struct arena *scratch)
{
    struct blend *blend = blend_begin(scratch);
    double largest = largest_weight(models);
    struct model model;

    for (size_t i = 0; i < models->first_count; i++) {
        for (size_t k = 0; k < models->second_count; k++) {
            if (model_of(&models->first[i], &models->second[k], &model) &&
                model.log_weight > largest - NOTHING) {
                blend_add(blend, exp(model.log_weight - largest), model.mean, model.sd);
            }
        }
    }
    return blend;
}

/* Sums count in units of the largest term so far, so that none is lost far from the top. */
static inline void add_model(struct place *place, const struct model *model)
{
    double z = (place->effect - model->mean) / model->sd;
    double exponent = model->log_weight - z * z / 2, term;

    if (exponent < place->largest - NOTHING) {
        return;
    }
    if (exponent > place->largest) {
        double shrink = exp(place->largest - exponent);

        place->value *= shrink;
        place->slope *= shrink;
        place->bend *= shrink;
        place->largest = exponent;
    }
    term = exp(exponent - place->largest) / model->sd;
    place->value += term;
    term /= model->sd;
    place->slope -= term * z;
    place->bend += term / model->sd * (z * z - 1);
}

static void evaluate(const struct models *models, struct places *places)
{
    struct model model;

    for (size_t p = 0; p < places->count; p++) {
        places->all[p] = (struct place){.effect = places->all[p].effect, .largest = -INFINITY};
    }
    for (size_t i = 0; i < models->first_count; i++) {
        for (size_t k = 0; k < models->second_count; k++) {
            if (model_of(&models->first[i], &models->second[k], &model)) {
                for (size_t p = 0; p < places->count; p++) {
                    add_model(&places->all[p], &model);
                }
            }
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
static bool refine(const struct models *models, double depth, const struct outline *outline,
                   struct places *places)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        evaluate(models, places);
        if (move(places, depth, outline->width) < TOLERANCE) {
            return true;
        }
    }
    return false;
}

static void fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct models *models, const char *remark, struct arena *scratch)
{
    double depth = region_depth(settings);
    struct outline outline = blend_outline(gather(models, scratch), exp(-depth / 2), scratch);
    struct places places = places_of(&outline);
    const struct place *null = &places.all[places.count - 1], *top;

    if (places.top_count == 0 || !refine(models, depth, &outline, &places)) {
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
static bool singles_of(const struct pair *pair, double share, struct part *singles,
                       size_t *count)
{
    *count = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double steepness = fabs(pair->bx[j] / pair->sy[j]);
        struct part single = {steepness * steepness, pair->by[j] / pair->bx[j], 0,
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
    struct part *singles = arena_get(scratch, pair->count, sizeof *singles);
    struct models models;
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
    models = models_of(singles, count, scratch);
    fill(estimate, settings, &models, remark, scratch);
}

const struct method method_hetpen = {
    .key = "hetpen",
    .name = "Heterogeneity-penalised",
    .group = GROUP_OTHER,
    .least = 2,
    .most = MOST_VARIANTS,
    .assumes = N_("the likeliest sets of variants agree on one ratio; all sets are weighed, so "
                  "that it is for at most 22 variants, and the weights depend on the "
                  "outcome's unit"),
    .citation = "Burgess, Zuber, Gkatzionis and Foley 2018, Int J Epidemiol 47:1242",
    .function = hetpen,
};
