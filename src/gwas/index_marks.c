#include "gwas/index_marks.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/index_file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 64

/* A wanted place. */
struct wanted_place {
    uint32_t chromosome;
    double position;
};

void index_marks_add(struct array *marks, const char *chromosome, double position,
                     uint32_t line, uint64_t place)
{
    struct index_mark *mark = marks->count == 0 ? NULL : array_at(marks, marks->count - 1);
    uint32_t hash;

    if (chromosome == NULL || isnan(position)) {
        if (mark != NULL) {
            mark->rows++;
            mark->lines = line - mark->line + 1;
        }
        return;
    }
    hash = index_hash(chromosome);
    if (mark == NULL || mark->chromosome != hash || mark->rows >= ROWS_MOST) {
        mark = array_add(marks);
        *mark = (struct index_mark){.chromosome = hash,
                                    .line = line,
                                    .least = position,
                                    .greatest = position,
                                    .place = place};
    }
    mark->rows++;
    mark->lines = line - mark->line + 1;
    mark->least = fmin(mark->least, position);
    mark->greatest = fmax(mark->greatest, position);
}

static int compare(const void *one, const void *other)
{
    const struct wanted_place *a = one, *b = other;

    if (a->chromosome != b->chromosome) {
        return a->chromosome < b->chromosome ? -1 : 1;
    }
    return (a->position > b->position) - (a->position < b->position);
}

/* The places in order; the caller frees them. */
static struct wanted_place *sorted(const struct map *places, size_t *count)
{
    struct wanted_place *all = memory_get(map_count(places) + 1, sizeof *all);
    size_t cursor = 0;
    const char *key;

    *count = 0;
    while (map_next(places, &cursor, &key)) {
        const char *colon = strrchr(key, ':');

        if (colon != NULL) {
            char *chromosome = memory_copy_bytes(key, (size_t)(colon - key));

            all[(*count)++] =
                (struct wanted_place){index_hash(chromosome), strtod(colon + 1, NULL)};
            memory_free(chromosome);
        }
    }
    qsort(all, *count, sizeof *all, compare);
    return all;
}

/* Whether a place lies between the ends of a mark. */
static bool holds(const struct index_mark *mark, const struct wanted_place *places,
                  size_t count)
{
    struct wanted_place least = {mark->chromosome, mark->least};
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&places[middle], &least) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && places[low].chromosome == mark->chromosome &&
           places[low].position <= mark->greatest;
}

void index_marks_find(const struct index_mark *marks, size_t count, const struct map *places,
                      struct array *found)
{
    size_t wanted;
    struct wanted_place *all = sorted(places, &wanted);

    for (size_t i = 0; i < count; i++) {
        if (holds(&marks[i], all, wanted)) {
            *(const struct index_mark **)array_add(found) = &marks[i];
        }
    }
    memory_free(all);
}
