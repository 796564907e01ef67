#include "base/i18n.h"
#include "base/memory.h"
#include "instrument/genotype.h"
#include "study/choose_sides.h"
#include "study/ld_take.h"
#include <math.h>
#include <string.h>

/* Farther apart, and on other chromosomes, what few people show of LD is noise: it counts as 0. */
static const double REACH = 1e7;

/* The variants of a pair that the reference has, and how their effect alleles stand there. */
struct placed {
    const struct reference_place **places;
    struct ld_entry *entries;
    int *sides; /* 1: the effect allele is A1 */
    size_t count;
};

static struct placed place_rows(const struct loader *loader, const char *prefix,
                                const struct pair *pair, struct arena *scratch)
{
    struct placed placed = {
        .places = arena_get(scratch, pair->row_count, sizeof(struct reference_place *)),
        .entries = arena_get(scratch, pair->row_count, sizeof(struct ld_entry)),
        .sides = arena_get(scratch, pair->row_count, sizeof(int))};
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct association *x = &pair->rows[i].x;
        const struct reference_place *place =
            references_find(loader->references, prefix, pair->rows[i].x_read);
        if (!pair_is_usable(&pair->rows[i]) || place == NULL || place->variant.id == NULL) {
            continue;
        }
        /* palindromic letters are taken as on one strand where frequencies do not tell */
        int side = reference_side(x, place->variant.first, place->variant.second,
                                  place->first_share, false);
        if (side == 0) {
            side = reference_side(x, place->variant.first, place->variant.second,
                                  place->first_share, true);
        }
        if (side != 0) {
            placed.places[placed.count] = place;
            placed.sides[placed.count] = side;
            placed.entries[placed.count++] =
                (struct ld_entry){x->variant, x->effect_allele, x->other_allele};
        }
    }
    return placed;
}

static double correlation(const struct reference_place *one, const struct genotype_masks *masks,
                          const struct reference_place *other)
{
    struct genotype_table table;
    if (strcmp(one->variant.chromosome, other->variant.chromosome) != 0 ||
        fabs(one->variant.position - other->variant.position) > REACH) {
        return 0;
    }
    genotype_count(masks, plink_genotypes(other->plink, other->variant.index), &table);
    return genotype_r(&table);
}

/* Those that do not vary among the founders have no correlations: they go. */
static void drop_constant(struct placed *placed)
{
    size_t kept = 0;
    for (size_t i = 0; i < placed->count; i++) {
        double share = placed->places[i]->first_share;
        if (share > 0 && share < 1) {
            placed->places[kept] = placed->places[i];
            placed->sides[kept] = placed->sides[i];
            placed->entries[kept++] = placed->entries[i];
        }
    }
    placed->count = kept;
}

static struct ld *ld_of(struct placed *placed, struct arena *scratch)
{
    drop_constant(placed);
    size_t count = placed->count;
    double *r = arena_get(scratch, count * count, sizeof *r);
    for (size_t i = 0; i < count; i++) {
        const struct reference_place *one = placed->places[i];
        struct genotype_masks masks =
            genotype_masks_of(plink_people_on(one->plink, one->variant.chromosome), scratch);
        genotype_fill(&masks, plink_genotypes(one->plink, one->variant.index));
        for (size_t k = 0; k <= i; k++) {
            double found = i == k ? 1 : correlation(one, &masks, placed->places[k]);
            r[i * count + k] = r[k * count + i] =
                i == k ? 1 : placed->sides[i] * placed->sides[k] * found;
        }
    }
    return ld_make(placed->entries, count, r);
}

static struct pair *correlate(struct ld_taking *taking, const struct loader *loader,
                              const char *prefix, const struct pair *pair)
{
    struct arena *scratch = arena_create();
    struct placed placed = place_rows(loader, prefix, pair, scratch);
    taking->ld = ld_of(&placed, scratch);
    struct pair *with = ld_take_pair(taking, pair);
    ld_destroy(taking->ld);
    arena_destroy(scratch);
    return with;
}

static void warn(struct loader *loader, const char *prefix, const struct ld_taking *taking)
{
    size_t absent = map_count(taking->absent);
    if (absent > 0) {
        *(const char **)array_add(&loader->study->warnings) = arena_format(
            loader->study->arena,
            ngettext("%s: %zu variant has no LD in this reference and is left out of its pairs "
                     "(see the ledger)",
                     "%s: %zu variants have no LD in this reference and are left out of their "
                     "pairs (see the ledger)",
                     (unsigned long)absent),
            prefix, absent);
    }
}

static bool correlate_side(struct loader *loader, const struct side *side,
                           enum direction direction, struct array *pairs)
{
    struct choose_settings settings = sides_settings(loader, side->section);
    struct ld_taking taking = {.study = loader->study,
                               .path = settings.reference,
                               .error = loader->error,
                               .is_reference = true};
    bool is_good = true;
    if (!settings.correlations) {
        return true;
    }
    ld_taking_begin(&taking);
    for (size_t i = 0; i < pairs->count && is_good; i++) {
        struct pair **pair = array_at(pairs, i);
        size_t j = 0, count = side->as_exposure.traits.count;
        while (j < count && trait_list_at(&side->as_exposure, j) != (*pair)->exposure) {
            j++;
        }
        if (j < count && (*pair)->direction == direction) {
            *pair = correlate(&taking, loader, settings.reference, *pair);
            is_good = *pair != NULL;
        }
    }
    if (is_good) {
        warn(loader, settings.reference, &taking);
    }
    ld_taking_end(&taking);
    return is_good;
}

bool sides_correlate(struct loader *loader, struct array *pairs)
{
    for (size_t i = 0; i < loader->taxa.count; i++) {
        if (!correlate_side(loader, array_at(&loader->taxa, i), FORWARD, pairs)) {
            return false;
        }
    }
    for (size_t i = 0; i < loader->diseases.count; i++) {
        if (!correlate_side(loader, array_at(&loader->diseases, i), REVERSE, pairs)) {
            return false;
        }
    }
    return true;
}
