#include "base/i18n.h"
#include "chart/notes.h"
#include "instrument/regions.h"
#include <string.h>

static const struct region_bounds *region_of(const struct pair *pair, size_t j)
{
    return pair->rows[pair->row[j]].region;
}

static bool is_first(const struct pair *pair, size_t j)
{
    for (size_t i = 0; i < j; i++) {
        const struct region_bounds *other = region_of(pair, i);
        if (other != NULL && strcmp(other->name, region_of(pair, j)->name) == 0) {
            return false;
        }
    }
    return true;
}

static size_t count_of(const struct pair *pair, const char *name)
{
    size_t count = 0;
    for (size_t j = 0; j < pair->count; j++) {
        const struct region_bounds *region = region_of(pair, j);
        count += region != NULL && strcmp(region->name, name) == 0;
    }
    return count;
}

const char *notes_regions(const struct analysis *analysis, struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    const char *words = NULL;
    for (size_t j = 0; j < pair->count; j++) {
        const struct region_bounds *region = region_of(pair, j);
        if (region != NULL && is_first(pair, j)) {
            words = notes_join(words, _("; "),
                               arena_format(arena, _("%s (%zu): %s"), region->name,
                                            count_of(pair, region->name), regions_why(region)),
                               arena);
        }
    }
    return words == NULL
               ? NULL
               : arena_format(arena, _("! acts on many traits, so look at it without: %s"),
                              words);
}
