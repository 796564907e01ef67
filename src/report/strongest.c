#include "report/strongest.h"
#include "base/map.h"
#include "base/memory.h"
#include "chart/family.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ranked {
    double neglog10_p; /* -1: none */
    size_t pair;
};

static int by_strength(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    if (a->neglog10_p != b->neglog10_p) {
        return a->neglog10_p > b->neglog10_p ? -1 : 1;
    }
    return a->pair < b->pair ? -1 : a->pair > b->pair;
}

size_t *strongest_pairs(const struct results *results, struct arena *arena)
{
    size_t count = results->study->pair_count;
    struct ranked *all = memory_get(count, sizeof *all);
    size_t *order = arena_get(arena, count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        const struct estimate *main = family_main(results, i);
        bool is_known = main != NULL && !isnan(main->neglog10_p);
        all[i] = (struct ranked){is_known ? main->neglog10_p : -1, i};
    }
    qsort(all, count, sizeof *all, by_strength);
    for (size_t i = 0; i < count; i++) {
        order[i] = all[i].pair;
    }
    memory_free(all);
    return order;
}

/* The columns that say of which pair a row is. */
enum { EXPOSURE, OUTCOME, DIRECTION, NAMES };

/* A row, its pair's place in the order, and its own in the table. */
struct line {
    const char *at;
    size_t length, rank, place;
};

static int by_rank(const void *one, const void *other)
{
    const struct line *a = one, *b = other;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The text of a column of a row, with its length; NULL: there is none. */
static const char *cell_of(const char *row, size_t column, size_t *length)
{
    for (; column > 0; column--) {
        row += strcspn(row, "\t\n");
        if (*row != '\t') {
            return NULL;
        }
        row++;
    }
    *length = strcspn(row, "\t\n");
    return row;
}

static bool find_columns(const char *header, size_t columns[NAMES])
{
    static const char *const names[NAMES] = {"exposure", "outcome", "direction"};
    for (int name = 0; name < NAMES; name++) {
        const char *cell;
        size_t column = 0, length;
        while ((cell = cell_of(header, column, &length)) != NULL &&
               (length != strlen(names[name]) || strncmp(cell, names[name], length) != 0)) {
            column++;
        }
        if (cell == NULL) {
            return false;
        }
        columns[name] = column;
    }
    return true;
}

/* The rank of each pair by what its rows say of it. */
static struct map *ranks_of(const struct study *study, const size_t *order)
{
    struct map *ranks = map_create();
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[order[i]];
        char *exposure = text_clean(pair->exposure->key), *outcome;
        outcome = text_clean(pair->outcome->key);
        struct text name = {0};
        text_addf(&name, "%s\t%s\t%s\t", exposure, outcome, direction_key(pair->direction));
        map_set(ranks, name.bytes, i);
        text_drop(&name);
        memory_free(exposure);
        memory_free(outcome);
    }
    return ranks;
}

static size_t rank_of(const struct map *ranks, const char *row, const size_t columns[NAMES])
{
    struct text name = {0};
    size_t rank = SIZE_MAX;
    for (int i = 0; i < NAMES; i++) {
        size_t length = 0;
        const char *cell = cell_of(row, columns[i], &length);
        text_add_bytes(&name, cell == NULL ? "" : cell, length);
        text_add(&name, "\t");
    }
    (void)map_get(ranks, name.bytes, &rank);
    text_drop(&name);
    return rank;
}

/* Every row from `at` on. */
static struct array lines_of(const char *at, const struct map *ranks,
                             const size_t columns[NAMES])
{
    struct array lines = ARRAY_OF(struct line);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n"), place = lines.count;
        length += at[length] == '\n';
        *(struct line *)array_add(&lines) =
            (struct line){at, length, rank_of(ranks, at, columns), place};
        at += length;
    }
    return lines;
}

bool strongest_first(const struct study *study, const size_t *order, struct text *tsv)
{
    size_t columns[NAMES];
    if (tsv->length == 0 || !find_columns(tsv->bytes, columns)) {
        return false;
    }
    struct map *ranks = ranks_of(study, order);
    size_t header = strcspn(tsv->bytes, "\n") + 1;
    struct array lines = lines_of(tsv->bytes + header, ranks, columns);
    struct text sorted = {0};
    qsort(lines.items, lines.count, sizeof(struct line), by_rank);
    text_add_bytes(&sorted, tsv->bytes, header);
    for (size_t i = 0; i < lines.count; i++) {
        const struct line *line = array_at(&lines, i);
        text_add_bytes(&sorted, line->at, line->length);
    }
    array_destroy(&lines);
    map_destroy(ranks);
    text_drop(tsv);
    *tsv = sorted;
    return true;
}
