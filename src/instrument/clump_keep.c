#include "instrument/clump_parts.h"
#include "instrument/match.h"
#include <string.h>

/* The variant of this id and these alleles, or where it would be counted; its key in *key. */
static bool find(const struct clump *clump, const struct map *places,
                 const struct clump_variant *variant, const char **key, size_t *place)
{
    const struct clump_variant *kept;

    *key = variant->id;
    if (!map_get(places, *key, place)) {
        return false;
    }
    kept = clump_at(clump, *place);
    if (match_alleles(variant->effect, variant->other, kept->effect, kept->other) !=
        MATCH_NONE) {
        return true;
    }
    *key = arena_format(clump->arena, "%s\t%s\t%s", variant->id, variant->effect,
                        variant->other == NULL ? "" : variant->other);
    return map_get(places, *key, place);
}

void clump_keep(struct clump *clump, struct map *places, const struct clump_variant *variant,
                size_t order)
{
    struct clump_variant *kept;
    const char *key, *id = NULL;
    size_t place;

    if (find(clump, places, variant, &key, &place)) {
        kept = clump_at(clump, place);
        if (!(variant->neglog10_p > kept->neglog10_p)) {
            return;
        }
    } else {
        id = arena_text(clump->arena, variant->id);
        map_set(places, key == variant->id ? id : key, clump->variants.count);
        kept = array_add(&clump->variants);
    }
    *kept = *variant;
    kept->id = id == NULL ? arena_text(clump->arena, variant->id) : id;
    kept->chromosome = arena_text(clump->arena, variant->chromosome);
    kept->effect = arena_text(clump->arena, variant->effect);
    kept->other = arena_text(clump->arena, variant->other);
    kept->order = order;
}
