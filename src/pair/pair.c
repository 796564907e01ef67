#include "pair/pair.h"
#include "numeric/cholesky.h"
#include <math.h>
#include <string.h>

bool pair_has_numbers(const struct association *association)
{
    return isfinite(association->beta) && isfinite(association->se) && association->se > 0;
}

bool pair_is_usable(const struct harmonised *row)
{
    return row->keep && pair_has_numbers(&row->x) && pair_has_numbers(&row->y);
}

/* The pair of the `count` rows that `row` lists. */
static struct pair *gather(struct arena *arena, const struct pair *like, const size_t *row,
                           size_t count)
{
    struct pair *pair = arena_get(arena, 1, sizeof *pair);
    double *bx = arena_get(arena, count, sizeof *bx);
    double *sx = arena_get(arena, count, sizeof *sx);
    double *by = arena_get(arena, count, sizeof *by);
    double *sy = arena_get(arena, count, sizeof *sy);

    for (size_t j = 0; j < count; j++) {
        const struct harmonised *from = &like->rows[row[j]];

        bx[j] = from->x.beta;
        sx[j] = from->x.se;
        by[j] = from->y.beta;
        sy[j] = from->y.se;
    }
    *pair = *like;
    pair->row = row;
    pair->count = count;
    pair->bx = bx;
    pair->sx = sx;
    pair->by = by;
    pair->sy = sy;
    return pair;
}

struct pair *pair_create(struct arena *arena, const struct trait *exposure,
                         const struct trait *outcome, enum direction direction,
                         const struct harmonised *rows, size_t row_count)
{
    const struct pair like = {.exposure = exposure,
                              .outcome = outcome,
                              .direction = direction,
                              .rows = rows,
                              .row_count = row_count};
    size_t *row = arena_get(arena, row_count, sizeof *row);
    size_t count = 0;

    for (size_t i = 0; i < row_count; i++) {
        if (pair_is_usable(&rows[i])) {
            row[count++] = i;
        }
    }
    return gather(arena, &like, row, count);
}

static const double *root_of(struct arena *arena, const double *ld, size_t count)
{
    double *root = arena_get(arena, count * count, sizeof *root);

    memcpy(root, ld, count * count * sizeof *root);
    return cholesky_factor(root, count) == count ? root : NULL;
}

struct pair *pair_with_ld(struct arena *arena, const struct pair *pair, const double *ld)
{
    struct pair *with = arena_get(arena, 1, sizeof *with);

    *with = *pair;
    with->ld = ld;
    with->ld_root = root_of(arena, ld, pair->count);
    return with;
}

/* The correlations between the `left` variants that are not excluded. */
static const double *ld_without(struct arena *arena, const struct pair *pair,
                                const bool *is_excluded, size_t left)
{
    double *ld = arena_get(arena, left * left, sizeof *ld), *at = ld;

    for (size_t i = 0; i < pair->count; i++) {
        for (size_t j = 0; !is_excluded[i] && j < pair->count; j++) {
            if (!is_excluded[j]) {
                *at++ = pair->ld[i * pair->count + j];
            }
        }
    }
    return ld;
}

/* Leaving one variant out, as diagnostics do for each, need not start again. */
static const double *root_without(struct arena *arena, const struct pair *pair,
                                  const bool *is_excluded, const struct pair *without)
{
    size_t left_out = 0;
    double *root;

    if (pair->ld_root == NULL || without->count + 1 != pair->count) {
        return root_of(arena, without->ld, without->count);
    }
    while (!is_excluded[left_out]) {
        left_out++;
    }
    root = arena_get(arena, without->count * without->count, sizeof *root);
    cholesky_without(pair->ld_root, pair->count, left_out, root,
                     arena_get(arena, 2 * pair->count, sizeof *root));
    return root;
}

struct pair *pair_without(struct arena *arena, const struct pair *pair, const bool *is_excluded)
{
    size_t *row = arena_get(arena, pair->count, sizeof *row);
    size_t count = 0;
    struct pair *without;

    for (size_t j = 0; j < pair->count; j++) {
        if (!is_excluded[j]) {
            row[count++] = pair->row[j];
        }
    }
    without = gather(arena, pair, row, count);
    if (pair->ld != NULL) {
        without->ld = ld_without(arena, pair, is_excluded, count);
        without->ld_root = root_without(arena, pair, is_excluded, without);
    }
    return without;
}

const char *pair_variant(const struct pair *pair, size_t j)
{
    return pair->rows[pair->row[j]].x.variant;
}

const char *direction_key(enum direction direction)
{
    return direction == FORWARD ? "forward" : "reverse";
}
