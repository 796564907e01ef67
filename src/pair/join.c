#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/place.h"
#include "gwas/record_parts.h"
#include "pair/alleles.h"
#include "pair/harmonise.h"
#include "pair/spots.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

#define NONE ((size_t)-1)

/* The outcome's rows that have an exposure's id: one list an id. */
struct candidates {
    struct map *ids; /* lower-case id -> list */
    size_t *first;   /* by list: a row of the outcome, or NONE */
    size_t *next;    /* by row of the outcome */
    struct text fold, one;
};

/* The id in lower case: into one buffer, as every row of a GWAS is looked up. */
static const char *fold(struct candidates *candidates, const char *id)
{
    candidates->fold.length = 0;
    text_add(&candidates->fold, id);
    for (char *at = candidates->fold.bytes; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
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

/* The list of a row of the outcome, by its id or by another of its ids. */
static bool find_row(struct candidates *candidates, const struct association *y, size_t *list)
{
    const char *more = y->more_ids, *id;
    size_t length;

    if (find_list(candidates, y->variant, list)) {
        return true;
    }
    while (more != NULL && (length = record_next_id(&more, &id)) > 0) {
        candidates->one.length = 0;
        text_add_bytes(&candidates->one, id, length);
        if (find_list(candidates, candidates->one.bytes, list)) {
            return true;
        }
    }
    return false;
}

/* From the last row to the first, so that lists are in file order. */
static void enter_outcome(struct candidates *candidates, const struct association *y,
                          size_t count)
{
    candidates->next = memory_get(count, sizeof *candidates->next);
    for (size_t i = count; i-- > 0;) {
        size_t list;

        if (find_row(candidates, &y[i], &list)) {
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

/* Where x is in the outcome by its id; NONE when it is not. */
static size_t find_first(struct candidates *candidates, const struct association *x)
{
    size_t list;

    return find_list(candidates, x->variant, &list) ? candidates->first[list] : NONE;
}

/* Both alleles the same, as they stand or swapped. */
static bool are_same_alleles(const struct association *x, const struct association *y)
{
    return (alleles_equal(x->effect_allele, y->effect_allele) &&
            alleles_equal(x->other_allele, y->other_allele)) ||
           (alleles_equal(x->effect_allele, y->other_allele) &&
            alleles_equal(x->other_allele, y->effect_allele));
}

static bool same_place(const struct association *x, const struct association *y)
{
    return x->position == y->position &&
           strcmp(place_chromosome(x->chromosome), place_chromosome(y->chromosome)) == 0;
}

/* Whether the variants that were found by their ids bear out that both sides count positions on
 * one build: nine in ten of those with places on both sides. */
static bool is_one_build(const struct association *const *x, size_t x_count,
                         const struct association *y, const size_t *first)
{
    size_t same = 0, all = 0;

    for (size_t i = 0; i < x_count; i++) {
        const struct association *other = first[i] == NONE ? NULL : &y[first[i]];

        if (other != NULL && other->chromosome != NULL && x[i]->chromosome != NULL &&
            !isnan(other->position) && !isnan(x[i]->position)) {
            all++;
            same += same_place(x[i], other);
        }
    }
    return 10 * same >= 9 * all;
}

/* The outcome's row at the place of x that has its alleles; NONE when there is none. */
static size_t find_by_place(const struct spots *spots, const struct association *x,
                            const struct association *y)
{
    for (size_t i = spots_first(spots, x); i != SPOT_NONE; i = spots_next(spots, i)) {
        if (are_same_alleles(x, &y[i])) {
            return i;
        }
    }
    return NONE;
}

/* Ids first; what the outcome does not have by its id is looked for by place and alleles. */
static struct spots *find_all(struct candidates *candidates, const struct association *const *x,
                              size_t x_count, const struct association *y, size_t y_count,
                              size_t *first)
{
    bool *is_found = memory_get(x_count, sizeof *is_found);
    struct spots *spots = NULL;

    for (size_t i = 0; i < x_count; i++) {
        first[i] = find_first(candidates, x[i]);
        is_found[i] = first[i] != NONE;
    }
    if (is_one_build(x, x_count, y, first)) {
        spots = spots_create(x, is_found, x_count);
    }
    if (spots != NULL) {
        spots_enter(spots, y, y_count);
    }
    memory_free(is_found);
    return spots;
}

static struct harmonised join_one(const struct candidates *candidates,
                                  const struct spots *spots, size_t first,
                                  const struct association *x, const struct association *y,
                                  enum harmonise_action action, struct arena *arena)
{
    size_t place = NONE;

    if (first != NONE) {
        return choose(candidates, first, x, y, action, arena);
    }
    if (spots != NULL) {
        place = find_by_place(spots, x, y);
    }
    return place == NONE ? absent(x) : harmonise_one(x, &y[place], action, arena);
}

void harmonise_join(const struct association *const *x, size_t x_count,
                    const struct association *y, size_t y_count, enum harmonise_action action,
                    struct arena *arena, struct harmonised **rows)
{
    struct candidates candidates = {0};
    struct harmonised *joined = arena_get(arena, x_count, sizeof *joined);
    size_t *first = memory_get(x_count, sizeof *first);
    struct spots *spots;

    enter_ids(&candidates, x, x_count);
    enter_outcome(&candidates, y, y_count);
    spots = find_all(&candidates, x, x_count, y, y_count, first);
    for (size_t i = 0; i < x_count; i++) {
        joined[i] = join_one(&candidates, spots, first[i], x[i], y, action, arena);
    }
    spots_destroy(spots);
    map_destroy(candidates.ids);
    memory_free(candidates.first);
    memory_free(candidates.next);
    memory_free(first);
    text_drop(&candidates.fold);
    text_drop(&candidates.one);
    *rows = joined;
}
