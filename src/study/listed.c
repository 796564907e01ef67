#include "study/listed.h"
#include "base/map.h"
#include "gwas/place.h"
#include <math.h>
#include <stdio.h>

struct listed listed_begin(void)
{
    return (struct listed){map_create(), map_create()};
}

void listed_end(struct listed *listed)
{
    map_destroy(listed->ids);
    map_destroy(listed->places);
}

void listed_add(struct listed *listed, const struct association *association)
{
    char place[64];

    map_set(listed->ids, association->variant, 0);
    if (association->chromosome != NULL && !isnan(association->position)) {
        snprintf(place, sizeof place, "%s:%.0f", place_chromosome(association->chromosome),
                 association->position);
        map_set(listed->places, place, 0);
    }
}

struct gwas_wanted listed_wanted(const struct listed *listed)
{
    return (struct gwas_wanted){.variants = listed->ids,
                                .places =
                                    map_count(listed->places) == 0 ? NULL : listed->places};
}
