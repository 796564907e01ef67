#include "multivariable/mediation.h"
#include "base/i18n.h"
#include "base/map.h"
#include "multivariable/mediation_parts.h"
#include "multivariable/methods.h"
#include "multivariable/strength.h"
#include "numeric/tail.h"
#include <math.h>
#include <stdint.h>

enum { EXPOSURE, MEDIATOR }; /* places in the design */

/* Below it the direct effects lean towards each other. */
#define WEAK_F 10

#define NOWHERE SIZE_MAX

static const struct mediated unknown = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};

static void forget(struct mediation *mediation)
{
    mediation->product = mediation->difference = unknown;
    mediation->proportion = mediation->proportion_difference = unknown;
    mediation->total_b = mediation->total_direct = NAN;
    mediation->f_exposure = mediation->f_mediator = NAN;
    estimate_fail(&mediation->a, ESTIMATE_UNDEFINED, NULL);
    estimate_fail(&mediation->b, ESTIMATE_UNDEFINED, NULL);
    estimate_fail(&mediation->direct, ESTIMATE_UNDEFINED, NULL);
}

static void fail(struct mediation *mediation, enum estimate_status status, const char *note)
{
    mediation->status = status;
    mediation->note = note;
}

/* A value with its standard error: P and interval, normal. */
static struct mediated value_of(double b, double variance,
                                const struct estimate_settings *settings)
{
    struct estimate estimate = {.b = b, .se = sqrt(fmax(0, variance))};

    estimate_fill_normal(&estimate, settings);
    return (struct mediated){
        estimate.b,     estimate.se, estimate.p, estimate.neglog10_p,   estimate.lower,
        estimate.upper, NAN,         NAN,        estimate.contains_null};
}

static void add_note(struct mediation *mediation, const char *note, struct arena *arena)
{
    mediation->note = mediation->note == NULL
                          ? note
                          : arena_format(arena, _("%s; %s"), mediation->note, note);
}

static bool has_ld(const struct pair *pair)
{
    return pair->ld != NULL && pair->count > 1;
}

struct estimate mediation_univariable(const struct pair *pair,
                                      const struct estimate_settings *settings,
                                      struct arena *scratch, struct arena *arena)
{
    struct pair plain = *pair;
    struct estimate estimate;

    plain.ld = plain.ld_root = NULL;
    estimate = estimate_run(methods_find(pair->count == 1 ? "wald" : "ivw"), &plain, settings,
                            scratch, arena);
    if (has_ld(pair) && estimate.status == ESTIMATE_DONE) {
        const char *note = _("takes the variants as independent");

        estimate.note = estimate.note == NULL
                            ? note
                            : arena_format(arena, _("%s; %s"), estimate.note, note);
    }
    return estimate;
}

/* The residual variance by which an estimate's squared errors were scaled; never below 1. */
static double scale_of(double q, double df)
{
    return df > 0 && q > df ? q / df : 1;
}

static void place_once(struct map *places, const char *id, size_t at)
{
    size_t earlier;

    map_set(places, id, map_get(places, id, &earlier) ? NOWHERE : at);
}

/*
 * In which place of the pair each id stands, NOWHERE where it or the design has two variants of
 * that id: which is which the design does not say, and a covariance left out makes the errors
 * of the difference too large, not too small.
 */
static struct map *places_of(const struct pair *pair, const struct design *design)
{
    struct map *places = map_create(), *own = map_create();
    size_t at;

    for (size_t j = 0; j < design->count; j++) {
        place_once(own, design->variants[j], j);
    }
    for (size_t j = 0; j < pair->count; j++) {
        const char *id = pair_variant(pair, j);

        place_once(places, id, map_get(own, id, &at) && at == NOWHERE ? NOWHERE : j);
    }
    map_destroy(own);
    return places;
}

/*
 * (C X'W g)_k / (g'Wg) of exposure and mediator, g zero where the total effect has no variant.
 * The pair may have the other allele: then its effects have the other sign.
 */
static void add_covariances(const struct mediation_input *input, const struct linear_fit *fit,
                            struct mediation *mediation)
{
    const struct pair *pair = input->total;
    const struct design *design = input->design;
    size_t columns = design->exposure_count, at;
    struct map *places = places_of(pair, design);
    double whole = 0, sums[2] = {0, 0};

    for (size_t j = 0; j < pair->count; j++) {
        whole += pair->bx[j] * pair->bx[j] / (pair->sy[j] * pair->sy[j]);
    }
    for (size_t j = 0; j < design->count; j++) {
        const double *x = &design->x[j * columns];
        double w = 1 / (design->sy[j] * design->sy[j]);

        if (!map_get(places, design->variants[j], &at) || at == NOWHERE) {
            continue;
        }
        for (size_t k = 0; k < columns; k++) {
            double g = pair->bx[at] * x[EXPOSURE] < 0 ? -pair->bx[at] : pair->bx[at];

            sums[0] += fit->covariance[EXPOSURE * columns + k] * x[k] * w * g / whole;
            sums[1] += fit->covariance[MEDIATOR * columns + k] * x[k] * w * g / whole;
        }
    }
    map_destroy(places);
    mediation->total_direct = sums[0];
    mediation->total_b = sums[1];
}

/* The multivariable effects, and how they go with the total one. */
static bool fit_design(const struct mediation_input *input,
                       const struct estimate_settings *settings, struct arena *scratch,
                       struct arena *arena, struct mediation *mediation)
{
    struct mv_estimate both = mv_run(&mv_method_ivw, input->design, settings, scratch, arena);
    struct arena_mark mark = arena_mark(scratch);
    struct linear_fit fit;
    double shared;

    if (both.status != ESTIMATE_DONE || !mv_fit_ivw(input->design, scratch, &fit)) {
        arena_reset(scratch, mark);
        fail(mediation, both.status, both.note);
        return false;
    }
    mediation->direct = both.effects[EXPOSURE];
    mediation->b = both.effects[MEDIATOR];
    shared = fmin(scale_of(mediation->total.q, mediation->total.q_df),
                  both.note == NULL ? scale_of(both.q, both.q_df) : 1);
    add_covariances(input, &fit, mediation);
    mediation->total_b *= shared;
    mediation->total_direct *= shared;
    arena_reset(scratch, mark);
    return true;
}

static void fill_indirect(const struct estimate_settings *settings, struct mediation *mediation)
{
    const struct estimate *a = &mediation->a, *b = &mediation->b;
    const struct estimate *total = &mediation->total, *direct = &mediation->direct;

    if (a->status == ESTIMATE_DONE) {
        mediation->product = value_of(
            a->b * b->b, a->b * a->b * b->se * b->se + b->b * b->b * a->se * a->se, settings);
    }
    mediation->difference =
        value_of(total->b - direct->b,
                 total->se * total->se + direct->se * direct->se - 2 * mediation->total_direct,
                 settings);
}

/* Of an indirect effect, whose covariance with the total one is given. */
static struct mediated share_of(const struct mediation *mediation,
                                const struct mediated *indirect, double covariance,
                                const struct estimate_settings *settings)
{
    double c = mediation->total.b, share = indirect->b / c;
    double of_total = mediation->total.se * mediation->total.se;
    double variance =
        (indirect->se * indirect->se + share * share * of_total - 2 * share * covariance) /
        (c * c);

    return value_of(share, variance, settings);
}

/* Both proportions, or a sentence why there is none. */
static void fill_proportions(const struct estimate_settings *settings,
                             struct mediation *mediation)
{
    const struct estimate *total = &mediation->total;
    double of_difference = total->se * total->se - mediation->total_direct;

    if (isnan(mediation->product.b)) {
        return;
    }
    if (total->contains_null) {
        mediation->note = _("no proportion: the interval of the total effect holds 0");
        return;
    }
    if (mediation->product.b * total->b > 0) {
        mediation->proportion = share_of(mediation, &mediation->product,
                                         mediation->a.b * mediation->total_b, settings);
    } else {
        mediation->note =
            _("no proportion: the indirect and the total effect have opposite signs");
    }
    if (mediation->difference.b * total->b > 0) {
        mediation->proportion_difference =
            share_of(mediation, &mediation->difference, of_difference, settings);
    } else if (mediation->note == NULL) {
        mediation->note =
            _("no proportion by difference: it and the total effect have opposite signs");
    }
}

/* Adds a warning where the design does not tell exposure and mediator apart well. */
static void judge_strength(const struct mediation_input *input, struct arena *scratch,
                           struct arena *arena, struct mediation *mediation)
{
    struct arena_mark mark = arena_mark(scratch);
    struct mv_strength *strengths =
        arena_get(scratch, input->design->exposure_count, sizeof *strengths);
    bool is_weak = false;

    mv_strength_of(input->design, strengths, scratch);
    mediation->f_exposure = strengths[EXPOSURE].f_conditional;
    mediation->f_mediator = strengths[MEDIATOR].f_conditional;
    for (size_t k = 0; k < input->design->exposure_count; k++) {
        is_weak = is_weak || strengths[k].f_conditional < WEAK_F;
    }
    arena_reset(scratch, mark);
    if (is_weak) {
        add_note(mediation,
                 _("conditional F below 10: b and the direct effect may be biased by weak "
                   "variants"),
                 arena);
    }
}

struct mediation mediation_of(const struct mediation_input *input,
                              const struct estimate_settings *settings, struct arena *scratch,
                              struct arena *arena)
{
    struct mediation mediation = {.status = ESTIMATE_DONE, .variants = input->design->count};

    forget(&mediation);
    mediation.total = mediation_univariable(input->total, settings, scratch, arena);
    if (input->first != NULL) {
        mediation.a = mediation_univariable(input->first, settings, scratch, arena);
    }
    if (mediation.total.status != ESTIMATE_DONE ||
        (input->first != NULL && mediation.a.status != ESTIMATE_DONE)) {
        fail(&mediation, ESTIMATE_TOO_FEW,
             _("no variant of the exposure has an effect on mediator and outcome"));
    } else if (input->mediator_instruments == 0) {
        fail(&mediation, ESTIMATE_TOO_FEW, _("no variant stands for the mediator"));
    } else if (fit_design(input, settings, scratch, arena, &mediation)) {
        fill_indirect(settings, &mediation);
        fill_proportions(settings, &mediation);
        mediation_draw(input, settings, scratch, &mediation);
        judge_strength(input, scratch, arena, &mediation);
        if (has_ld(input->total)) {
            add_note(&mediation, _("takes the variants as independent"), arena);
        }
    }
    mediation.note = arena_text(arena, mediation.note);
    return mediation;
}
