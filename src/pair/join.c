#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "pair/harmonise.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

#define NONE ((size_t)-1)

/* The outcome's rows that have an exposure's id: one list an id. */
struct candidates {
    struct map *ids; /* lower-case id -> list */
    size_t *first;   /* by list: a row of the outcome, or NONE */
    size_t *next;    /* by row of the outcome */
    struct text fold;
};

static const char *fold(struct candidates *candidates, const char *id)
{
    candidates->fold.length = 0;
    for (const char *at = id; *at != '\0'; at++) {
        char lower = (char)tolower((unsigned char)*at);

        text_add_bytes(&candidates->fold, &lower, 1);
    }
    text_add(&candidates->fold, "");
    return candidates->fold.bytes;
}

static bool find_list(struct candidates *candidates, const char *id, size_t *list)
{
    return *id != '\0' && map_get(candidates->ids, fold(candidates, id), list);
}

static void enter_ids(struct candidates *candidates, const struct association *const *x,
                      size_t count)
{
    candidates->ids = map_create();
    candidates->first = memory_get(count, sizeof *candidates->first);
    for (size_t i = 0; i < count; i++) {
        size_t list;

        candidates->first[i] = NONE;
        if (!find_list(candidates, x[i]->variant, &list) && *x[i]->variant != '\0') {
            map_set(candidates->ids, fold(candidates, x[i]->variant),
                    map_count(candidates->ids));
        }
    }
}

/* From the last row to the first, so that lists are in file order. */
static void enter_outcome(struct candidates *candidates, const struct association *y,
                          size_t count)
{
    candidates->next = memory_get(count, sizeof *candidates->next);
    for (size_t i = count; i-- > 0;) {
        size_t list;

        if (find_list(candidates, y[i].variant, &list)) {
            candidates->next[i] = candidates->first[list];
            candidates->first[list] = i;
        }
    }
}

static int rank_of(const struct harmonised *row)
{
    return row->is_removed ? 0 : row->is_complemented ? 1 : 2;
}

static struct harmonised absent(const struct association *x)
{
    return (struct harmonised){
        .x = *x,
        .x_read = x,
        .y = {.variant = x->variant,
              .position = NAN,
              .eaf = NAN,
              .beta = NAN,
              .se = NAN,
              .p = NAN,
              .neglog10_p = NAN,
              .n = NAN},
        .reason = REASON_NOT_IN_OUTCOME,
    };
}

/* The candidate whose alleles fit best; the first of equals. */
static struct harmonised choose(const struct candidates *candidates, size_t first,
                                const struct association *x, const struct association *y,
                                enum harmonise_action action, struct arena *arena)
{
    struct harmonised best = harmonise_one(x, &y[first], action, arena);

    for (size_t i = candidates->next[first]; i != NONE; i = candidates->next[i]) {
        struct harmonised row = harmonise_one(x, &y[i], action, arena);

        if (rank_of(&row) > rank_of(&best)) {
            best = row;
        }
    }
    return best;
}

void harmonise_join(const struct association *const *x, size_t x_count,
                    const struct association *y, size_t y_count, enum harmonise_action action,
                    struct arena *arena, struct harmonised **rows)
{
    struct candidates candidates = {0};
    struct harmonised *joined = arena_get(arena, x_count, sizeof *joined);

    enter_ids(&candidates, x, x_count);
    enter_outcome(&candidates, y, y_count);
    for (size_t i = 0; i < x_count; i++) {
        size_t list;
        bool is_there =
            find_list(&candidates, x[i]->variant, &list) && candidates.first[list] != NONE;

        joined[i] = is_there
                        ? choose(&candidates, candidates.first[list], x[i], y, action, arena)
                        : absent(x[i]);
    }
    map_destroy(candidates.ids);
    memory_free(candidates.first);
    memory_free(candidates.next);
    text_drop(&candidates.fold);
    *rows = joined;
}
