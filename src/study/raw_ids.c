#include "study/raw_ids.h"
#include "base/memory.h"
#include "study/reference.h"
#include <ctype.h>

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

static void add_proxy(void *context, const struct proxy *proxy)
{
    add(context, proxy->id);
}

struct raw_ids raw_ids_of(const struct array *sides, const struct references *references)
{
    struct raw_ids ids = {
        .forms = map_create(), .folded = map_create(), .hash = MAP_HASH_START};
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);
        for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
            for (size_t k = 0; k < side->chosen[j].count; k++) {
                add(&ids, side->chosen[j].instruments[k]->variant);
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
}

bool raw_ids_have(const struct raw_ids *ids, const char *variant)
{
    size_t place;
    char *lower = with_case(variant, tolower);
    bool is_there = map_get(ids->folded, lower, &place);
    memory_free(lower);
    return is_there;
}
