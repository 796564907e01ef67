#include "multivariable/network_totals.h"
#include "base/map.h"
#include "base/text.h"
#include "instrument/match.h"
#include <math.h>

/* One variant of one pair: which it is, and what the estimate gains by a unit of the effect on
 * the outcome. */
struct part {
    size_t variant;
    const char *allele, *other_allele; /* the first one counts; NULL: not known */
    double weight, sx, sy;
};

/* One total effect of trait `from` on trait `to`. */
struct total {
    size_t from, to;
    double b;
    struct part *parts;
    size_t count;
};

/* All of a network that are there. */
struct totals {
    const struct network_totals *of;
    struct total *totals;
    size_t count;
    const struct part **at; /* by variant: of the total that is held against others */
    size_t variants;
};

static void fill_parts(struct total *total, const struct pair *pair, struct map *ids,
                       struct arena *scratch)
{
    double whole = 0;

    total->count = pair->count;
    total->parts = arena_get(scratch, pair->count, sizeof *total->parts);
    for (size_t j = 0; j < pair->count; j++) {
        struct part *part = &total->parts[j];
        double slope = pair->bx[j] / (pair->sy[j] * pair->sy[j]);

        if (!map_get(ids, pair_variant(pair, j), &part->variant)) {
            part->variant = map_count(ids);
            map_set(ids, pair_variant(pair, j), part->variant);
        }
        part->allele = pair->rows[pair->row[j]].x.effect_allele;
        part->other_allele = pair->rows[pair->row[j]].x.other_allele;
        part->sx = pair->sx[j];
        part->sy = pair->sy[j];
        part->weight = slope;
        whole += slope * pair->bx[j];
    }
    for (size_t j = 0; j < pair->count; j++) {
        total->parts[j].weight /= whole;
    }
}

static struct totals totals_of(const struct network_totals *of, struct arena *scratch)
{
    struct totals totals = {of, arena_get(scratch, of->count * of->count, sizeof(struct total)),
                            0, NULL, 0};
    struct map *ids = map_create();

    for (size_t i = 0; i < of->count * of->count; i++) {
        if (of->pairs[i] != NULL && i / of->count != i % of->count) {
            struct total *total = &totals.totals[totals.count++];

            *total = (struct total){.from = i / of->count, .to = i % of->count, .b = of->b[i]};
            fill_parts(total, of->pairs[i], ids, scratch);
        }
    }
    totals.variants = map_count(ids);
    totals.at = arena_get(scratch, totals.variants, sizeof *totals.at);
    map_destroy(ids);
    return totals;
}

/* The covariance of the errors of two estimates at one variant, each e_to - b e_from. */
static double shared(const struct network_totals *of, const struct total *one,
                     const struct part *here, const struct total *other,
                     const struct part *there)
{
    const double *r = of->correlation;
    size_t count = of->count;
    double from = one->b * here->sx, from_other = other->b * there->sx;

    return here->sy * there->sy * r[one->to * count + other->to] -
           here->sy * from_other * r[one->to * count + other->from] -
           from * there->sy * r[one->from * count + other->to] +
           from * from_other * r[one->from * count + other->from];
}

/* match_alleles may miss the other allele of its first side alone. */
static enum match match_of(const struct part *here, const struct part *there)
{
    if (here->allele == NULL || there->allele == NULL) {
        return MATCH_UNKNOWN;
    }
    if (here->other_allele == NULL && there->other_allele == NULL) {
        return text_equal_fold(here->allele, there->allele) ? MATCH_SAME : MATCH_SWAPPED;
    }
    if (there->other_allele == NULL) {
        return match_of(there, here);
    }
    return match_alleles(here->allele, here->other_allele, there->allele, there->other_allele);
}

/* Errors have the sign of the allele that counts; two variants at one place share none. */
static double sign_of(const struct part *here, const struct part *there)
{
    enum match match = match_of(here, there);

    return match == MATCH_NONE ? 0 : match == MATCH_SWAPPED ? -1 : 1;
}

/* With the total whose parts stand in totals->at. */
static double covariance_of(const struct totals *totals, const struct total *one,
                            const struct total *other)
{
    double sum = 0;

    for (size_t j = 0; j < other->count; j++) {
        const struct part *there = &other->parts[j], *here = totals->at[there->variant];

        if (here != NULL) {
            sum += sign_of(here, there) * here->weight * there->weight *
                   shared(totals->of, one, here, other, there);
        }
    }
    return sum;
}

static void place(const struct totals *totals, const struct total *total, bool is_there)
{
    for (size_t j = 0; j < total->count; j++) {
        totals->at[total->parts[j].variant] = is_there ? &total->parts[j] : NULL;
    }
}

/* Of each with each, as errors make them. */
static void fill_model(const struct totals *totals, double *covariance)
{
    size_t count = totals->of->count, cells = count * count;

    for (size_t i = 0; i < totals->count; i++) {
        const struct total *one = &totals->totals[i];

        place(totals, one, true);
        for (size_t k = 0; k < totals->count; k++) {
            const struct total *other = &totals->totals[k];

            covariance[(one->from * count + one->to) * cells + other->from * count +
                       other->to] = covariance_of(totals, one, other);
        }
        place(totals, one, false);
    }
}

/* To the standard errors that the estimates have. */
static void scale(const struct network_totals *of, double *covariance, struct arena *scratch)
{
    size_t cells = of->count * of->count;
    double *shares = arena_get(scratch, cells, sizeof *shares);

    for (size_t i = 0; i < cells; i++) {
        double variance = covariance[i * cells + i];

        shares[i] = variance > 0 ? fmin(1, of->se[i] / sqrt(variance)) : 0;
    }
    for (size_t i = 0; i < cells * cells; i++) {
        covariance[i] *= shares[i / cells] * shares[i % cells];
    }
    for (size_t i = 0; i < cells; i++) {
        covariance[i * cells + i] = covariance[i * cells + i] > 0 ? of->se[i] * of->se[i] : 0;
    }
}

void network_covariance(const struct network_totals *of, double *covariance,
                        struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    struct totals totals = totals_of(of, scratch);
    size_t cells = of->count * of->count;

    for (size_t i = 0; i < cells * cells; i++) {
        covariance[i] = 0;
    }
    fill_model(&totals, covariance);
    scale(of, covariance, scratch);
    arena_reset(scratch, mark);
}
