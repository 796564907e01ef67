#include "study/reference.h"
#include "base/array.h"
#include "base/memory.h"
#include "base/text.h"
#include "instrument/genotype.h"
#include "instrument/match.h"
#include <math.h>
#include <string.h>

/* A palindromic variant whose rarer allele is commoner than this tells no strand. */
static const double MOST_PALINDROMIC = 0.3;

struct opened {
    const char *prefix;
    struct plink *plink;
};

struct references {
    struct arena *arena;
    struct array opened; /* struct opened */
    struct array places; /* struct reference_place * */
    struct array owners; /* size_t: of places, in `opened` */
    struct map *keys;
};

struct references *references_create(void)
{
    struct references *references = memory_get(1, sizeof *references);
    references->arena = arena_create();
    references->opened = ARRAY_OF(struct opened);
    references->places = ARRAY_OF(struct reference_place *);
    references->owners = ARRAY_OF(size_t);
    references->keys = map_create();
    return references;
}

void references_destroy(struct references *references)
{
    if (references == NULL) {
        return;
    }
    for (size_t i = 0; i < references->opened.count; i++) {
        plink_close(((struct opened *)array_at(&references->opened, i))->plink);
    }
    array_destroy(&references->opened);
    array_destroy(&references->places);
    array_destroy(&references->owners);
    map_destroy(references->keys);
    arena_destroy(references->arena);
    memory_free(references);
}

static size_t find_opened(const struct references *references, const char *prefix)
{
    size_t i = 0;
    while (i < references->opened.count &&
           strcmp(((struct opened *)array_at(&references->opened, i))->prefix, prefix) != 0) {
        i++;
    }
    return i;
}

bool references_open(struct references *references, const char *prefix, struct plink **plink,
                     struct error *error)
{
    size_t at = find_opened(references, prefix);
    if (at < references->opened.count) {
        *plink = ((struct opened *)array_at(&references->opened, at))->plink;
        return true;
    }
    if (!plink_open(prefix, plink, error)) {
        return false;
    }
    *(struct opened *)array_add(&references->opened) =
        (struct opened){arena_text(references->arena, prefix), *plink};
    return true;
}

/* The caller frees it. */
static char *key_of(const struct references *references, const char *prefix,
                    const struct association *instrument)
{
    struct text key = {0};
    text_addf(&key, "%zu\t%s\t%s\t%s", find_opened(references, prefix), instrument->variant,
              instrument->effect_allele == NULL ? "" : instrument->effect_allele,
              instrument->other_allele == NULL ? "" : instrument->other_allele);
    return text_take(&key);
}

static double share_of(const struct plink *plink, const struct plink_variant *variant)
{
    struct genotype_tally tally = genotype_tally_of(plink_people_on(plink, variant->chromosome),
                                                    plink_genotypes(plink, variant->index));
    double first = 2.0 * tally.count[0] + tally.count[1];
    return first / (first + 2.0 * tally.count[2] + tally.count[1]);
}

struct reference_place *references_add(struct references *references, const char *prefix,
                                       const struct association *instrument,
                                       const struct plink_variant *variant)
{
    struct reference_place *place = references_find(references, prefix, instrument);
    if (place != NULL) {
        return place;
    }
    size_t at = find_opened(references, prefix);
    char *key = key_of(references, prefix, instrument);
    place = arena_get(references->arena, 1, sizeof *place);
    place->plink = ((struct opened *)array_at(&references->opened, at))->plink;
    place->variant = *variant;
    place->first_share = variant->id == NULL ? NAN : share_of(place->plink, variant);
    map_set(references->keys, key, references->places.count);
    *(struct reference_place **)array_add(&references->places) = place;
    *(size_t *)array_add(&references->owners) = at;
    memory_free(key);
    return place;
}

static struct reference_place *place_at(const struct references *references, size_t i)
{
    return *(struct reference_place **)array_at(&references->places, i);
}

struct reference_place *references_find(const struct references *references, const char *prefix,
                                        const struct association *instrument)
{
    size_t at;
    char *key = key_of(references, prefix, instrument);
    bool is_there = map_get(references->keys, key, &at);
    memory_free(key);
    return is_there ? place_at(references, at) : NULL;
}

void references_each_proxy(const struct references *references,
                           void (*visit)(void *context, const struct proxy *proxy),
                           void *context)
{
    for (size_t i = 0; i < references->places.count; i++) {
        const struct reference_place *place = place_at(references, i);
        for (size_t k = 0; k < place->proxy_count; k++) {
            visit(context, &place->proxies[k]);
        }
    }
}

bool references_find_proxies(struct references *references, const char *prefix, double least,
                             double reach, struct error *error)
{
    size_t owner = find_opened(references, prefix), count = 0;
    struct reference_place **places =
        memory_get(references->places.count, sizeof(struct reference_place *));
    struct plink *plink = ((struct opened *)array_at(&references->opened, owner))->plink;
    for (size_t i = 0; i < references->places.count; i++) {
        struct reference_place *place = place_at(references, i);
        if (*(size_t *)array_at(&references->owners, i) == owner && place->is_chosen &&
            place->variant.id != NULL && place->proxies == NULL) {
            places[count++] = place;
        }
    }
    bool is_good = count == 0 || proxies_search(plink, places, count, least, reach,
                                                references->arena, error);
    memory_free(places);
    return is_good;
}

static bool is_low(double share)
{
    return share < 0.5;
}

int reference_side(const struct association *association, const char *first,
                   const char *second, double first_share, bool is_forward)
{
    const char *effect = association->effect_allele, *other = association->other_allele;
    enum match match = match_alleles(effect, other, first, second);
    if (match != MATCH_SAME && match != MATCH_SWAPPED) {
        return 0;
    }
    int side = match == MATCH_SAME ? 1 : -1;
    if (is_forward || !match_is_palindromic(first, second)) {
        return side;
    }
    double share = side > 0 ? first_share : 1 - first_share;
    if (isnan(association->eaf) || isnan(share) || fmin(share, 1 - share) >= MOST_PALINDROMIC ||
        association->eaf == 0.5) {
        return 0;
    }
    return is_low(share) == is_low(association->eaf) ? side : -side;
}
