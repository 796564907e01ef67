#include "base/memory.h"
#include "instrument/clump_parts.h"
#include "instrument/haplotype.h"
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct clump *clump_create(void)
{
    struct clump *clump = memory_get(1, sizeof *clump);

    clump->arena = arena_create();
    clump->variants = ARRAY_OF(struct clump_variant);
    clump->indices = ARRAY_OF(struct clump_variant *);
    clump->absent = ARRAY_OF(struct clump_variant);
    clump->warnings = ARRAY_OF(char *);
    return clump;
}

void clump_destroy(struct clump *clump)
{
    for (size_t i = 0; i < clump->warnings.count; i++) {
        memory_free(*(char **)array_at(&clump->warnings, i));
    }
    array_destroy(&clump->warnings);
    array_destroy(&clump->indices);
    array_destroy(&clump->absent);
    array_destroy(&clump->variants);
    arena_destroy(clump->arena);
    memory_free(clump);
}

void clump_warn(struct clump *clump, const char *format, ...)
{
    va_list values, again;
    char *warning;
    int length;

    va_start(values, format);
    va_copy(again, values);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    warning = memory_get(length < 0 ? 1 : (size_t)length + 1, 1);
    if (length >= 0) {
        vsnprintf(warning, (size_t)length + 1, format, values);
    }
    va_end(values);
    *(char **)array_add(&clump->warnings) = warning;
}

struct clump_variant *clump_at(const struct clump *clump, size_t i)
{
    return array_at(&clump->variants, i);
}

/* Smaller P first; where doubles end, -log10 goes on. */
static int compare_p(const struct clump_variant *one, const struct clump_variant *other)
{
    double a = one->p, b = other->p;

    if (a < DBL_MIN && b < DBL_MIN) {
        a = other->neglog10_p;
        b = one->neglog10_p;
    }
    if (a != b) {
        return a < b ? -1 : 1;
    }
    return (one->order > other->order) - (one->order < other->order);
}

static int compare_rank(const void *one, const void *other)
{
    return compare_p(*(struct clump_variant *const *)one,
                     *(struct clump_variant *const *)other);
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

/* Whether a variant belongs to the index variant whose masks these are. */
static bool belongs(const struct search *search, const struct genotype_masks *masks,
                    const struct clump_variant *index, struct clump_variant *variant)
{
    struct genotype_table table;

    variant->r2 = NAN;
    if (search->plink == NULL) {
        return true;
    }
    genotype_count_tallied(masks, &index->tally,
                           plink_genotypes(search->plink, variant->row), &variant->tally,
                           &table);
    genotype_turn(&table, index->tally.is_turned, variant->tally.is_turned);
    if (!haplotype_exceeds(&table, search->settings->r2)) {
        return false;
    }
    variant->r2 = search->settings->wants_r2 ? haplotype_r2(&table) : NAN;
    return true;
}

/* Claims what is free on one side of an index variant, as far as the radius reaches. */
static void claim(const struct search *search, const struct genotype_masks *masks,
                  const struct chromosome *of, const struct clump_variant *index, int step)
{
    /* below 0 a place wraps round beyond the count */
    for (size_t i = (size_t)(index - of->variants) + (size_t)step; i < of->count;
         i += (size_t)step) {
        struct clump_variant *variant = &of->variants[i];

        if (fabs(variant->position - index->position) > search->radius) {
            return;
        }
        if (variant->fate == CLUMP_OPEN && belongs(search, masks, index, variant)) {
            variant->fate = CLUMP_CLAIMED;
            variant->index = index;
        }
    }
}

static void claim_around(const struct search *search, struct genotype_masks *masks,
                         const struct chromosome *of, struct clump_variant *index)
{
    index->fate = CLUMP_INDEX;
    if (search->plink != NULL) {
        genotype_fill(masks, plink_genotypes(search->plink, index->row));
    }
    claim(search, masks, of, index, -1);
    claim(search, masks, of, index, 1);
}

/* Room for an index variant's genotypes; and which allele is the rarer, of each variant. */
static struct genotype_masks prepare(const struct plink *plink, const struct chromosome *of,
                                     struct arena *scratch)
{
    const struct plink_people *people = plink_people_on(plink, of->variants->chromosome);

    for (size_t i = 0; i < of->count; i++) {
        struct clump_variant *variant = &of->variants[i];

        variant->tally = genotype_tally_of(people, plink_genotypes(plink, variant->row));
    }
    return genotype_masks_of(people, scratch);
}

static void find_on_chromosome(void *context, size_t which, size_t worker)
{
    const struct search *search = context;
    const struct chromosome *of = array_at(&search->chromosomes, which);
    struct arena *scratch = arena_create();
    struct clump_variant **ranks = arena_get(scratch, of->count, sizeof *ranks);
    struct genotype_masks masks = {0};

    (void)worker;
    if (search->plink != NULL) {
        masks = prepare(search->plink, of, scratch);
    }
    for (size_t i = 0; i < of->count; i++) {
        ranks[i] = &of->variants[i];
    }
    qsort(ranks, of->count, sizeof *ranks, compare_rank);
    for (size_t i = 0; i < of->count; i++) {
        if (ranks[i]->fate == CLUMP_OPEN) {
            claim_around(search, &masks, of, ranks[i]);
        }
    }
    arena_destroy(scratch);
}

static void count_chromosomes(struct clump *clump)
{
    struct map *groups = map_create();

    for (size_t i = 0; i < clump->variants.count; i++) {
        struct clump_variant *variant = clump_at(clump, i);
        const char *code = plink_chromosome(variant->chromosome);

        if (!map_get(groups, code, &variant->group)) {
            variant->group = map_count(groups);
            map_set(groups, code, variant->group);
        }
    }
    map_destroy(groups);
}

static struct array split(struct clump *clump)
{
    struct array chromosomes = ARRAY_OF(struct chromosome);
    struct chromosome *last = NULL;

    count_chromosomes(clump);
    if (clump->variants.count > 0) {
        qsort(clump->variants.items, clump->variants.count, clump->variants.item_size,
              compare_place);
    }
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
    for (size_t i = 0; i < clump->variants.count; i++) {
        if (clump_at(clump, i)->fate == CLUMP_INDEX) {
            *(struct clump_variant **)array_add(&clump->indices) = clump_at(clump, i);
        }
    }
    if (clump->indices.count > 0) {
        qsort(clump->indices.items, clump->indices.count, sizeof(struct clump_variant *),
              compare_rank);
    }
}
