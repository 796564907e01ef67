#include "study/clades.h"
#include "base/map.h"
#include "base/text.h"
#include <math.h>

/* Names a taxon by its cohort and everything above it, down to a rank. False where that rank
 * has no name. */
static bool name_of(const struct trait *taxon, enum trait_rank rank, struct text *name)
{
    name->length = 0;
    if (taxon->lineage[rank] == NULL) {
        return false;
    }
    text_addf(name, "%s\x1f%d", taxon->cohort == NULL ? "" : taxon->cohort, (int)rank);
    for (enum trait_rank above = RANK_KINGDOM; above <= rank; above++) {
        text_addf(name, "\x1f%s", taxon->lineage[above] == NULL ? "" : taxon->lineage[above]);
    }
    return true;
}

/* The first tested pair of each taxon. */
static struct map *places_of(const struct results *results, const struct test_family *family)
{
    struct map *places = map_create();
    struct text name = {0};
    for (size_t i = family->count; i-- > 0;) {
        const struct trait *taxon = study_taxon(results->study->pairs[family->member[i]]);
        if (!isnan(family->p[i]) && name_of(taxon, taxon->rank, &name)) {
            map_set(places, name.bytes, i);
        }
    }
    text_drop(&name);
    return places;
}

static size_t parent_of(const struct trait *taxon, const struct map *places, size_t none,
                        struct text *name)
{
    size_t parent;
    for (enum trait_rank rank = taxon->rank; rank-- > RANK_KINGDOM;) {
        if (name_of(taxon, rank, name) && map_get(places, name->bytes, &parent)) {
            return parent;
        }
    }
    return none;
}

size_t *clades_parents(const struct results *results, const struct test_family *family,
                       struct arena *arena)
{
    size_t *parents = arena_get(arena, family->count, sizeof *parents);
    struct map *places = places_of(results, family);
    struct text name = {0};
    for (size_t i = 0; i < family->count; i++) {
        const struct trait *taxon = study_taxon(results->study->pairs[family->member[i]]);
        parents[i] = parent_of(taxon, places, family->count, &name);
    }
    text_drop(&name);
    map_destroy(places);
    return parents;
}
