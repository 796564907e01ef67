#include "study/raw_ids.h"
#include "base/memory.h"
#include "gwas/place.h"
#include "study/reference.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>

/* The caller frees it. */
static char *with_case(const char *id, int (*change)(int))
{
    char *copy = memory_copy_text(id);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)change((unsigned char)*at);
    }
    return copy;
}

static void add(struct raw_ids *ids, const char *variant)
{
    char *lower = with_case(variant, tolower), *upper = with_case(variant, toupper);
    if (map_set(ids->folded, lower, 0)) {
        ids->hash = map_hash(map_hash(ids->hash, lower), "\n");
    }
    map_set(ids->forms, variant, 0);
    map_set(ids->forms, lower, 0);
    map_set(ids->forms, upper, 0);
    memory_free(lower);
    memory_free(upper);
}

/* The key of a place; false when the association has none. */
static bool key_of(const struct association *association, char *key, size_t size)
{
    if (association->chromosome == NULL || isnan(association->position)) {
        return false;
    }
    snprintf(key, size, "%s:%.0f", place_chromosome(association->chromosome),
             association->position);
    return true;
}

static void add_place(struct raw_ids *ids, const struct association *association)
{
    char key[64];
    if (key_of(association, key, sizeof key) && map_set(ids->places, key, 0)) {
        ids->hash = map_hash(map_hash(ids->hash, key), "\n");
    }
}

static void add_proxy(void *context, const struct proxy *proxy)
{
    add(context, proxy->id);
}

struct raw_ids raw_ids_of(const struct array *sides, const struct references *references)
{
    struct raw_ids ids = {.forms = map_create(),
                          .folded = map_create(),
                          .places = map_create(),
                          .hash = MAP_HASH_START};
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);
        for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
            for (size_t k = 0; k < side->chosen[j].count; k++) {
                add(&ids, side->chosen[j].instruments[k]->variant);
                add_place(&ids, side->chosen[j].instruments[k]);
            }
        }
    }
    references_each_proxy(references, add_proxy, &ids);
    return ids;
}

void raw_ids_destroy(struct raw_ids *ids)
{
    map_destroy(ids->forms);
    map_destroy(ids->folded);
    map_destroy(ids->places);
}

bool raw_ids_have(const struct raw_ids *ids, const struct association *association)
{
    size_t place;
    char key[64];
    char *lower = with_case(association->variant, tolower);
    bool is_there = map_get(ids->folded, lower, &place) ||
                    (key_of(association, key, sizeof key) && map_get(ids->places, key, &place));
    memory_free(lower);
    return is_there;
}
