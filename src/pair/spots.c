#include "pair/spots.h"
#include "base/memory.h"
#include "gwas/place.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A place, and the first of the outcome's rows there. */
struct spot {
    double position;
    const char *chromosome;
    size_t first;
};

struct spots {
    struct spot *spots; /* by position, then by chromosome; each once */
    size_t count;
    size_t *next; /* by row of the outcome */
};

static bool has_place(const struct association *association)
{
    return association->chromosome != NULL && !isnan(association->position);
}

static int compare(const void *first, const void *second)
{
    const struct spot *one = first, *other = second;

    if (one->position != other->position) {
        return one->position < other->position ? -1 : 1;
    }
    return strcmp(one->chromosome, other->chromosome);
}

static void sort_once(struct spots *spots)
{
    size_t kept = 0;

    qsort(spots->spots, spots->count, sizeof *spots->spots, compare);
    for (size_t i = 0; i < spots->count; i++) {
        if (kept == 0 || compare(&spots->spots[kept - 1], &spots->spots[i]) != 0) {
            spots->spots[kept++] = spots->spots[i];
        }
    }
    spots->count = kept;
}

struct spots *spots_create(const struct association *const *x, const bool *is_found,
                           size_t count)
{
    struct spots *spots = memory_get(1, sizeof *spots);

    spots->spots = memory_get(count, sizeof *spots->spots);
    for (size_t i = 0; i < count; i++) {
        if (!is_found[i] && has_place(x[i])) {
            spots->spots[spots->count++] =
                (struct spot){x[i]->position, place_chromosome(x[i]->chromosome), SPOT_NONE};
        }
    }
    if (spots->count == 0) {
        spots_destroy(spots);
        return NULL;
    }
    sort_once(spots);
    return spots;
}

void spots_destroy(struct spots *spots)
{
    if (spots != NULL) {
        memory_free(spots->spots);
        memory_free(spots->next);
        memory_free(spots);
    }
}

static struct spot *find(const struct spots *spots, const struct association *association)
{
    struct spot spot = {association->position, association->chromosome, SPOT_NONE};

    if (!has_place(association)) {
        return NULL;
    }
    spot.chromosome = place_chromosome(association->chromosome);
    return bsearch(&spot, spots->spots, spots->count, sizeof spot, compare);
}

void spots_enter(struct spots *spots, const struct association *y, size_t count)
{
    spots->next = memory_get(count, sizeof *spots->next);
    for (size_t i = count; i-- > 0;) {
        struct spot *spot = find(spots, &y[i]);

        spots->next[i] = SPOT_NONE;
        if (spot != NULL) {
            spots->next[i] = spot->first;
            spot->first = i;
        }
    }
}

size_t spots_first(const struct spots *spots, const struct association *x)
{
    const struct spot *spot = find(spots, x);

    return spot == NULL ? SPOT_NONE : spot->first;
}

size_t spots_next(const struct spots *spots, size_t row)
{
    return spots->next[row];
}
