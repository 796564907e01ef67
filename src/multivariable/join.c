#include "multivariable/join.h"
#include "base/map.h"
#include "base/text.h"
#include "instrument/instrument.h"
#include "instrument/match.h"
#include <math.h>
#include <string.h>

#define NONE ((size_t)-1)

/* An instrument of at least one exposure. */
struct candidate {
    const struct association *lead; /* where its P is smallest */
    const struct trait *owner;
    double neglog10_p;
    bool *is_own;       /* one an exposure: an instrument of it */
    size_t next;        /* one of the same id on other alleles, or NONE */
    enum reason reason; /* REASON_KEPT: an index variant */
    const char *index;  /* that it gave way to */
    double r2;
};

struct join {
    const struct join_trait *exposures;
    size_t exposure_count;
    const struct join_trait *outcome;
    const struct join_settings *settings;
    struct arena *arena;
    struct candidate *candidates;
    size_t count;
    struct array ledger; /* struct ledger_entry */
};

static void note(struct join *join, const struct candidate *one, enum stage stage,
                 enum reason reason, const char *into)
{
    *(struct ledger_entry *)array_add(&join->ledger) =
        (struct ledger_entry){.trait = one->owner->key,
                              .outcome = into,
                              .variant = one->lead->variant,
                              .direction = FORWARD,
                              .stage = stage,
                              .reason = reason,
                              .other = one->index,
                              .r2 = one->r2};
}

/* The candidate of this id and these alleles, or NONE; *last is the last one of this id. */
static size_t find(const struct join *join, const struct map *places, const char *id,
                   const struct association *one, size_t *last)
{
    size_t at;

    *last = NONE;
    if (!map_get(places, id, &at)) {
        return NONE;
    }
    for (; at != NONE; at = join->candidates[at].next) {
        const struct association *lead = join->candidates[at].lead;

        if (match_alleles(one->effect_allele, one->other_allele, lead->effect_allele,
                          lead->other_allele) != MATCH_NONE) {
            return at;
        }
        *last = at;
    }
    return NONE;
}

static size_t add_candidate(struct join *join, struct map *places, const char *id, size_t last)
{
    size_t at = join->count++;
    struct candidate *added = &join->candidates[at];

    if (last == NONE) {
        map_set(places, id, at);
    } else {
        join->candidates[last].next = at;
    }
    *added = (struct candidate){
        .neglog10_p = -INFINITY,
        .next = NONE,
        .reason = REASON_KEPT,
        .r2 = NAN,
        .is_own = arena_get(join->arena, join->exposure_count, sizeof *added->is_own)};
    return at;
}

static void gather_of(struct join *join, size_t exposure, struct map *places)
{
    const struct join_trait *from = &join->exposures[exposure];

    for (size_t i = 0; i < from->instrument_count; i++) {
        const struct association *one = from->instruments[i];
        const char *id = arena_lower(join->arena, one->variant);
        double p = instrument_neglog10_p(one);
        size_t last, at = find(join, places, id, one, &last);
        struct candidate *candidate;

        at = at == NONE ? add_candidate(join, places, id, last) : at;
        candidate = &join->candidates[at];
        candidate->is_own[exposure] = true;
        if (candidate->lead == NULL || p > candidate->neglog10_p) {
            candidate->lead = one;
            candidate->owner = from->trait;
            candidate->neglog10_p = p;
        }
    }
}

/* The instruments of all, each once: one id on other alleles is another variant. */
static void gather(struct join *join)
{
    struct map *places = map_create();
    size_t most = 0;

    for (size_t k = 0; k < join->exposure_count; k++) {
        most += join->exposures[k].instrument_count;
    }
    join->candidates = arena_get(join->arena, most, sizeof *join->candidates);
    for (size_t k = 0; k < join->exposure_count; k++) {
        gather_of(join, k, places);
    }
    map_destroy(places);
}

/* Why a candidate cannot be clumped; else it is added to the clumps. */
static enum reason add(const struct join *join, size_t at, struct clump *clump)
{
    const struct association *one = join->candidates[at].lead;
    struct clump_variant variant = {.id = one->variant,
                                    .chromosome = one->chromosome,
                                    .position = one->position,
                                    .neglog10_p = join->candidates[at].neglog10_p,
                                    .order = at,
                                    .tag = at};

    variant.p = isnan(one->p) ? pow(10, -variant.neglog10_p) : one->p;
    if (join->settings->plink != NULL) {
        if (!join->settings->place(join->settings->context, one, &variant)) {
            return REASON_NOT_IN_REFERENCE;
        }
    } else if (variant.chromosome == NULL || !(variant.position >= 0)) {
        return REASON_NO_POSITION;
    }
    *(struct clump_variant *)array_add(&clump->variants) = variant;
    return REASON_KEPT;
}

/* How the ledger names an index variant: by its alleles, too, where the one that gave way has
 * the same id. */
static const char *index_name(const struct join *join, const struct association *index,
                              const struct association *one)
{
    if (!text_equal_fold(index->variant, one->variant) || index->effect_allele == NULL) {
        return index->variant;
    }
    return index->other_allele == NULL
               ? arena_format(join->arena, "%s (%s)", index->variant, index->effect_allele)
               : arena_format(join->arena, "%s (%s/%s)", index->variant, index->effect_allele,
                              index->other_allele);
}

static void take_fates(struct join *join, const struct clump *clump)
{
    bool is_by_distance = join->settings->plink == NULL;

    for (size_t i = 0; i < clump->variants.count; i++) {
        const struct clump_variant *variant = array_at(&clump->variants, i);
        struct candidate *candidate = &join->candidates[variant->tag];

        if (variant->fate == CLUMP_CLAIMED) {
            candidate->reason = is_by_distance ? REASON_NEAR : REASON_IN_LD;
            candidate->index =
                index_name(join, join->candidates[variant->index->tag].lead, candidate->lead);
            candidate->r2 = variant->r2;
        }
    }
}

/* All together, so that a variant of one exposure gives way to a stronger one of another. */
static void thin(struct join *join)
{
    const struct clump_settings asked = {
        .p = 1, .r2 = join->settings->r2, .kb = join->settings->kb, .wants_r2 = true};
    struct clump *clump = clump_create();

    for (size_t i = 0; i < join->count; i++) {
        join->candidates[i].reason = add(join, i, clump);
    }
    clump_find(clump, join->settings->plink, &asked, NULL);
    take_fates(join, clump);
    clump_destroy(clump);
}

/* Leaves the index variants, and tells the ledger of the others. */
static void keep_indices(struct join *join)
{
    size_t kept = 0;

    for (size_t i = 0; i < join->count; i++) {
        const struct candidate one = join->candidates[i];

        if (one.reason == REASON_KEPT) {
            join->candidates[kept++] = one;
        } else {
            note(join, &one, STAGE_INSTRUMENT, one.reason, NULL);
        }
    }
    join->count = kept;
}

static const struct join_trait *trait_at(const struct join *join, size_t k)
{
    return k < join->exposure_count ? &join->exposures[k] : join->outcome;
}

/* Every trait's effects at the candidates; the outcome's behind those of the exposures. */
static struct harmonised **harmonise_all(const struct join *join)
{
    struct arena *arena = join->arena;
    const struct association **leads = arena_get(arena, join->count, sizeof *leads);
    struct harmonised **rows = arena_get(arena, join->exposure_count + 1, sizeof *rows);

    for (size_t i = 0; i < join->count; i++) {
        leads[i] = join->candidates[i].lead;
    }
    for (size_t k = 0; k <= join->exposure_count; k++) {
        const struct join_trait *trait = trait_at(join, k);

        harmonise_join(leads, join->count, trait->associations, trait->count,
                       join->settings->action, arena, &rows[k]);
    }
    return rows;
}

/* Whether every trait has a variant; the ledger says who has not, and why. */
static bool is_everywhere(struct join *join, struct harmonised *const *rows, size_t at)
{
    const struct candidate *one = &join->candidates[at];
    bool is_whole = true;

    for (size_t k = 0; k <= join->exposure_count; k++) {
        const struct harmonised *row = &rows[k][at];

        if (!pair_is_usable(row)) {
            note(join, one, STAGE_HARMONISE,
                 row->reason == REASON_KEPT ? REASON_MISSING_NUMBER : row->reason,
                 trait_at(join, k)->trait->key);
            is_whole = false;
        }
    }
    if (is_whole) {
        note(join, one, STAGE_HARMONISE, REASON_KEPT, join->outcome->trait->key);
    }
    return is_whole;
}

/* The sample size of a trait: of its whole GWAS, or the largest of its rows. */
static double size_of(const struct join_trait *trait)
{
    double n = trait->trait->n;

    for (size_t i = 0; isnan(trait->trait->n) && i < trait->count; i++) {
        n = fmax(n, trait->associations[i].n);
    }
    return n;
}

/* A design of `count` variants to be filled. */
static struct design open_design(const struct join *join, size_t count)
{
    size_t columns = join->exposure_count;
    struct arena *arena = join->arena;
    const char **exposures = arena_get(arena, columns, sizeof *exposures);
    double *n = arena_get(arena, columns, sizeof *n);
    double *correlation = arena_get(arena, columns * columns, sizeof *correlation);

    for (size_t k = 0; k < columns; k++) {
        exposures[k] = join->exposures[k].trait->key;
        n[k] = size_of(&join->exposures[k]);
        correlation[k * columns + k] = 1;
    }
    return (struct design){.outcome = join->outcome->trait->key,
                           .exposures = exposures,
                           .exposure_count = columns,
                           .count = count,
                           .n = n,
                           .outcome_n = size_of(join->outcome),
                           .correlation = correlation};
}

static void fill(const struct join *join, struct harmonised *const *rows, const size_t *from,
                 size_t count, struct joined *joined)
{
    size_t columns = join->exposure_count;
    struct arena *arena = join->arena;
    const char **variants = arena_get(arena, count, sizeof *variants);
    double *x = arena_get(arena, count * columns, sizeof *x);
    double *sx = arena_get(arena, count * columns, sizeof *sx);
    double *p = arena_get(arena, count * columns, sizeof *p);
    double *y = arena_get(arena, count, sizeof *y), *sy = arena_get(arena, count, sizeof *sy);

    joined->leads = arena_get(arena, count, sizeof(struct association *));
    for (size_t j = 0; j < count; j++) {
        joined->leads[j] = join->candidates[from[j]].lead;
        variants[j] = joined->leads[j]->variant;
        for (size_t k = 0; k < columns; k++) {
            x[j * columns + k] = rows[k][from[j]].y.beta;
            sx[j * columns + k] = rows[k][from[j]].y.se;
            p[j * columns + k] = rows[k][from[j]].y.p;
        }
        y[j] = rows[columns][from[j]].y.beta;
        sy[j] = rows[columns][from[j]].y.se;
    }
    joined->design = open_design(join, count);
    joined->design.variants = variants;
    joined->design.x = x;
    joined->design.sx = sx;
    joined->design.p = p;
    joined->design.y = y;
    joined->design.sy = sy;
}

/* How many of the design's variants are instruments of each exposure. */
static void count_own(const struct join *join, const size_t *from, size_t count,
                      struct joined *joined)
{
    joined->own = arena_get(join->arena, join->exposure_count, sizeof *joined->own);
    for (size_t j = 0; j < count; j++) {
        for (size_t k = 0; k < join->exposure_count; k++) {
            joined->own[k] += join->candidates[from[j]].is_own[k];
        }
    }
}

static void take_ledger(struct join *join, struct joined *joined)
{
    size_t count = join->ledger.count;

    joined->ledger = arena_get(join->arena, count, sizeof *joined->ledger);
    joined->ledger_count = count;
    if (count > 0) {
        memcpy(joined->ledger, join->ledger.items, count * sizeof *joined->ledger);
    }
    array_destroy(&join->ledger);
}

void join_traits(const struct join_trait *exposures, size_t exposure_count,
                 const struct join_trait *outcome, const struct join_settings *settings,
                 struct arena *arena, struct joined *joined)
{
    struct join join = {.exposures = exposures,
                        .exposure_count = exposure_count,
                        .outcome = outcome,
                        .settings = settings,
                        .arena = arena,
                        .ledger = ARRAY_OF(struct ledger_entry)};
    struct harmonised **rows;
    size_t *from, count = 0;

    gather(&join);
    if (!isnan(settings->kb)) {
        thin(&join);
    }
    keep_indices(&join);
    rows = harmonise_all(&join);
    from = arena_get(arena, join.count, sizeof *from);
    for (size_t i = 0; i < join.count; i++) {
        if (is_everywhere(&join, rows, i)) {
            from[count++] = i;
        }
    }
    fill(&join, rows, from, count, joined);
    count_own(&join, from, count, joined);
    take_ledger(&join, joined);
}
