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
#include "numeric/wide.h"
#include <math.h>

/* Twice as many sets for each variant more: beyond this an answer takes over two seconds. */
#define MOST_VARIANTS 22

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

/* Some variants together: their ratios' weighted mean and scatter around it. */
struct part {
    double precision, mean, scatter;
    double log_weight; /* prior odds and precisions */
    size_t count;
};

/* Models side by side: the second half's parts, and what they become with one of the first. */
struct row {
    double *precision, *mean, *scatter, *log_weight, *spare; /* spare: their number less 1 */
    double *model_weight, *model_mean, *model_precision;     /* weight: its logarithm */
};

struct models {
    struct part *first, *second; /* all parts of either half, by bit mask */
    size_t first_count, second_count;
    struct row row; /* room for one part of the first half with all of the second */
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

static struct row row_of(const struct part *parts, size_t count, struct arena *scratch)
{
    struct row row;
    double **columns[] = {&row.precision,  &row.mean,           &row.scatter,
                          &row.log_weight, &row.spare,          &row.model_weight,
                          &row.model_mean, &row.model_precision};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        *columns[i] = arena_get(scratch, count + LANES, sizeof **columns[i]);
    }
    for (size_t k = 0; k < count; k++) {
        row.precision[k] = parts[k].precision;
        row.mean[k] = parts[k].mean;
        row.scatter[k] = parts[k].scatter;
        row.log_weight[k] = parts[k].log_weight;
        row.spare[k] = (double)parts[k].count - 1;
    }
    return row;
}

static struct models models_of(const struct part *singles, size_t count, struct arena *scratch)
{
    size_t half = count / 2;
    struct models models = {.first_count = (size_t)1 << half,
                            .second_count = (size_t)1 << (count - half)};

    models.first = parts_of(singles, half, scratch);
    models.second = parts_of(singles + half, count - half, scratch);
    models.row = row_of(models.second, models.second_count, scratch);
    return models;
}

/* Lanes at any double of an array. */
typedef wide_doubles lanes __attribute__((aligned(sizeof(double)), may_alias));

/* The second half's parts from k on joined to one of the first, as join does. A scatter above
 * what it has room for widens the model. */
WIDE_BODY void join_lanes(const struct part *a, const struct row *row, size_t k)
{
    wide_doubles precision = *(const lanes *)(row->precision + k);
    wide_doubles away = *(const lanes *)(row->mean + k) - a->mean;
    wide_doubles both = precision + a->precision, share = precision / both;
    wide_doubles scatter =
        *(const lanes *)(row->scatter + k) + a->scatter + a->precision * share * away * away;
    wide_doubles spare = *(const lanes *)(row->spare + k) + (double)a->count;
    wide_words is_wider = (wide_words)(scatter > spare);
    wide_words widened = (wide_words)(both * (spare / scatter));

    *(lanes *)(row->model_weight + k) =
        *(const lanes *)(row->log_weight + k) + a->log_weight - scatter / 2;
    *(lanes *)(row->model_mean + k) = a->mean + share * away;
    *(lanes *)(row->model_precision + k) =
        (wide_doubles)((is_wider & widened) | (~is_wider & (wide_words)both));
}

WIDE_BODY void join_all(const struct part *a, const struct row *row, size_t count)
{
    for (size_t k = 0; k < count; k += LANES) {
        join_lanes(a, row, k);
    }
}

static void join_plain(const struct part *a, const struct row *row, size_t count)
{
    join_all(a, row, count);
}

WIDE_TARGET static void join_wide(const struct part *a, const struct row *row, size_t count)
{
    join_all(a, row, count);
}

/* All models of one part of the first half, in models->row. Sets of fewer than two variants are
 * none: they have no weight. */
static void fill_row(const struct models *models, size_t i)
{
    const struct part *a = &models->first[i];
    const struct row *row = &models->row;

    (WIDE_IS_THERE() ? join_wide : join_plain)(a, row, models->second_count);
    for (size_t k = 0; a->count < 2 && k < models->second_count; k++) {
        if (models->second[k].count + a->count < 2) {
            row->model_weight[k] = -1e300;
            row->model_mean[k] = 0;
            row->model_precision[k] = 1;
        }
    }
}

static double largest_weight(const struct models *models)
{
    double largest = -INFINITY;

    for (size_t i = 0; i < models->first_count; i++) {
        fill_row(models, i);
        for (size_t k = 0; k < models->second_count; k++) {
            double weight = models->row.model_weight[k];

            largest = weight > largest ? weight : largest;
        }
    }
    return largest;
}

static struct blend *gather(const struct models *models, struct arena *scratch)
{
    struct blend *blend = blend_begin(scratch);
    double largest = largest_weight(models);
    const struct row *row = &models->row;

    for (size_t i = 0; i < models->first_count; i++) {
        fill_row(models, i);
        for (size_t k = 0; k < models->second_count; k++) {
            if (row->model_weight[k] > largest - NOTHING_TO_SEE) {
                blend_add(blend, exp(row->model_weight[k] - largest), row->model_mean[k],
                          1 / sqrt(row->model_precision[k]));
            }
        }
    }
    return blend;
}

/* Sums count in units of the largest term so far, so that none is lost far from the top. */
static void raise(struct place *place, double exponent)
{
    double shrink = exp(place->largest - exponent);

    place->value *= shrink;
    place->slope *= shrink;
    place->bend *= shrink;
    place->largest = exponent;
}

static inline void add_models(struct place *place, const struct row *row, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        double away = place->effect - row->model_mean[k], precision = row->model_precision[k];
        double exponent = row->model_weight[k] - away * away * precision / 2, term;

        if (exponent >= place->largest - NOTHING) {
            if (exponent > place->largest) {
                raise(place, exponent);
            }
            term = exp(exponent - place->largest) * sqrt(precision);
            place->value += term;
            place->slope -= term * precision * away;
            place->bend += term * precision * (precision * away * away - 1);
        }
    }
}

static void evaluate(const struct models *models, struct places *places)
{
    for (size_t p = 0; p < places->count; p++) {
        places->all[p] = (struct place){.effect = places->all[p].effect, .largest = -INFINITY};
    }
    for (size_t i = 0; i < models->first_count; i++) {
        fill_row(models, i);
        for (size_t p = 0; p < places->count; p++) {
            add_models(&places->all[p], &models->row, models->second_count);
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
