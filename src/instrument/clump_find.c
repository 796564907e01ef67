#include "base/memory.h"
#include "instrument/clump_parts.h"
#include "instrument/haplotype.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* What variants are ranked by: P, and where doubles end -log10 P with its sign turned. */
struct rank {
    double p, beyond;
    size_t order;
    struct clump_variant *variant;
};

static struct rank rank_of(struct clump_variant *variant)
{
    bool is_tiny = variant->p < DBL_MIN;

    return (struct rank){is_tiny ? 0 : variant->p, is_tiny ? -variant->neglog10_p : 0,
                         variant->order, variant};
}

/* Smaller P first. */
static int compare_rank(const void *one, const void *other)
{
    const struct rank *a = one, *b = other;

    if (a->p != b->p) {
        return a->p < b->p ? -1 : 1;
    }
    if (a->beyond != b->beyond) {
        return a->beyond < b->beyond ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static int compare_place(const void *one, const void *other)
{
    const struct clump_variant *a = one, *b = other;

    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->position != b->position) {
        return a->position < b->position ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* What is asked of a variant first, small, as it is gone through from many sides; those that
 * are free are chained, and a chain ends at the place behind the last. */
struct spot {
    double position;
    struct haplotype_odds odds;
    uint32_t left, right; /* the next free ones */
};

/* What is asked of it then. */
struct genotypes {
    const unsigned char *row;
    struct genotype_tally tally;
    struct haplotype_margin margin;
};

/* One chromosome's variants by position; what is found goes into the variants alone. */
struct chromosome {
    struct clump_variant *variants;
    size_t count;
};

struct search {
    const struct plink *plink;
    const struct clump_settings *settings;
    double radius; /* base pairs */
    struct array chromosomes;
};

/* A chromosome under way. */
struct field {
    const struct search *search;
    const struct chromosome *of;
    struct spot *spots; /* and one behind the last, which both ends of the chain lead to */
    struct genotypes *genotypes; /* NULL without a reference */
    struct genotype_masks masks; /* of an index variant */
};

static void unchain(const struct field *field, size_t at)
{
    const struct spot *spot = &field->spots[at];

    field->spots[spot->left].right = spot->right;
    field->spots[spot->right].left = spot->left;
}

static void count(const struct field *field, const struct genotypes *one,
                  const struct genotypes *other, struct genotype_table *table)
{
    genotype_count_tallied(&field->masks, &one->tally, other->row, &other->tally, table);
    genotype_turn(table, one->tally.is_turned, other->tally.is_turned);
}

/* Whether r2 with the index variant, whose genotypes the masks are, is larger than the limit:
 * by the least that settles it. */
static bool exceeds(const struct field *field, const struct genotypes *one,
                    const struct genotypes *other)
{
    double limit = field->search->settings->r2;
    struct genotype_table table;

    if (one->tally.is_whole && other->tally.is_whole) {
        struct genotype_pair pair = genotype_pair_of(&field->masks, other->row);
        enum haplotype_side side = haplotype_settle(&one->tally, &one->margin, &other->tally,
                                                    &other->margin, &pair, limit);

        if (side != HAPLOTYPE_UNSETTLED) {
            return side == HAPLOTYPE_ABOVE;
        }
    }
    count(field, one, other, &table);
    return haplotype_exceeds(&table, limit);
}

static double r2_between(const struct field *field, size_t index, size_t at)
{
    struct genotype_table table;

    if (field->genotypes == NULL || !field->search->settings->wants_r2) {
        return NAN;
    }
    count(field, &field->genotypes[index], &field->genotypes[at], &table);
    return fmin(1, haplotype_r2(&table));
}

static bool belongs(const struct field *field, size_t index, size_t at)
{
    double limit = field->search->settings->r2;

    return field->genotypes == NULL ||
           (haplotype_may_exceed(field->spots[index].odds, field->spots[at].odds, limit) &&
            exceeds(field, &field->genotypes[index], &field->genotypes[at]));
}

static void claim(const struct field *field, size_t index, size_t at)
{
    if (belongs(field, index, at)) {
        struct clump_variant *variant = &field->of->variants[at];

        variant->fate = CLUMP_CLAIMED;
        variant->index = &field->of->variants[index];
        variant->r2 = r2_between(field, index, at);
        unchain(field, at);
    }
}

/* Claims what is free on either side of an index variant, as far as the radius reaches. */
static void claim_around(struct field *field, size_t index)
{
    const struct spot *spots = field->spots;
    double position = spots[index].position, radius = field->search->radius;

    field->of->variants[index].fate = CLUMP_INDEX;
    unchain(field, index);
    if (field->genotypes != NULL) {
        genotype_fill(&field->masks, field->genotypes[index].row);
    }
    for (size_t i = spots[index].left;
         i < field->of->count && position - spots[i].position <= radius; i = spots[i].left) {
        claim(field, index, i);
    }
    for (size_t i = spots[index].right;
         i < field->of->count && spots[i].position - position <= radius; i = spots[i].right) {
        claim(field, index, i);
    }
}

/* One person in so many may be missing for bounds to hold. */
#define SPARED 200

static void take_genotypes(struct field *field, struct arena *scratch)
{
    const struct plink *plink = field->search->plink;
    const struct plink_people *people = plink_people_on(plink, field->of->variants->chromosome);

    field->masks = genotype_masks_of(people, scratch);
    field->genotypes = arena_get(scratch, field->of->count, sizeof *field->genotypes);
    for (size_t i = 0; i < field->of->count; i++) {
        struct genotypes *one = &field->genotypes[i];

        one->row = plink_genotypes(plink, field->of->variants[i].row);
        one->tally = genotype_tally_of(people, one->row);
        one->margin = haplotype_margin_of(&one->tally);
        field->spots[i].odds = haplotype_odds_of(&one->tally, one->tally.people / SPARED);
    }
}

static struct field open_field(const struct search *search, const struct chromosome *of,
                               struct arena *scratch)
{
    struct field field = {.search = search, .of = of};
    uint32_t count = (uint32_t)of->count;

    field.spots = arena_get(scratch, of->count + 1, sizeof *field.spots);
    for (uint32_t i = 0; i <= count; i++) {
        field.spots[i].left = i == 0 ? count : i - 1;
        field.spots[i].right = i == count ? 0 : i + 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        field.spots[i].position = of->variants[i].position;
        of->variants[i].r2 = NAN;
    }
    if (search->plink != NULL) {
        take_genotypes(&field, scratch);
    }
    return field;
}

static void find_on_chromosome(void *context, size_t which, size_t worker)
{
    const struct search *search = context;
    const struct chromosome *of = array_at(&search->chromosomes, which);
    struct arena *scratch = arena_create();
    struct field field = open_field(search, of, scratch);
    struct rank *ranks = arena_get(scratch, of->count, sizeof *ranks);

    (void)worker;
    for (size_t i = 0; i < of->count; i++) {
        ranks[i] = rank_of(&of->variants[i]);
    }
    qsort(ranks, of->count, sizeof *ranks, compare_rank);
    for (size_t i = 0; i < of->count; i++) {
        if (ranks[i].variant->fate == CLUMP_OPEN) {
            claim_around(&field, (size_t)(ranks[i].variant - of->variants));
        }
    }
    arena_destroy(scratch);
}

static void count_chromosomes(struct clump *clump)
{
    struct map *groups = map_create();
    const struct clump_variant *before = NULL;

    for (size_t i = 0; i < clump->variants.count; i++) {
        struct clump_variant *variant = clump_at(clump, i);
        const char *code;

        if (before != NULL && before->chromosome == variant->chromosome) {
            variant->group = before->group;
            continue;
        }
        before = variant;
        code = plink_chromosome(variant->chromosome);
        if (!map_get(groups, code, &variant->group)) {
            variant->group = map_count(groups);
            map_set(groups, code, variant->group);
        }
    }
    map_destroy(groups);
}

/* Tables and references mostly are in this order already. */
static void sort_by_place(struct clump *clump)
{
    for (size_t i = 1; i < clump->variants.count; i++) {
        if (compare_place(clump_at(clump, i - 1), clump_at(clump, i)) > 0) {
            qsort(clump->variants.items, clump->variants.count, clump->variants.item_size,
                  compare_place);
            return;
        }
    }
}

static struct array split(struct clump *clump)
{
    struct array chromosomes = ARRAY_OF(struct chromosome);
    struct chromosome *last = NULL;

    count_chromosomes(clump);
    sort_by_place(clump);
    for (size_t i = 0; i < clump->variants.count; i++) {
        struct clump_variant *variant = clump_at(clump, i);

        if (last == NULL || last->variants->group != variant->group) {
            last = array_add(&chromosomes);
            last->variants = variant;
        }
        last->count++;
    }
    return chromosomes;
}

/* The index variants of all chromosomes by P. */
static void gather_indices(struct clump *clump)
{
    struct array ranks = ARRAY_OF(struct rank);

    for (size_t i = 0; i < clump->variants.count; i++) {
        if (clump_at(clump, i)->fate == CLUMP_INDEX) {
            *(struct rank *)array_add(&ranks) = rank_of(clump_at(clump, i));
        }
    }
    if (ranks.count > 0) {
        qsort(ranks.items, ranks.count, ranks.item_size, compare_rank);
    }
    for (size_t i = 0; i < ranks.count; i++) {
        *(struct clump_variant **)array_add(&clump->indices) =
            ((const struct rank *)array_at(&ranks, i))->variant;
    }
    array_destroy(&ranks);
}

void clump_find(struct clump *clump, const struct plink *plink,
                const struct clump_settings *settings, struct job_pool *pool)
{
    /* 250 kb reach 249,999 base pairs, as in PLINK; a product just below a whole is that */
    struct search search = {.plink = plink,
                            .settings = settings,
                            .radius = floor(settings->kb * 1000 * (1 + 0x1p-44) - 1)};

    search.chromosomes = split(clump);
    job_run(pool, search.chromosomes.count, find_on_chromosome, &search);
    array_destroy(&search.chromosomes);
    gather_indices(clump);
}
