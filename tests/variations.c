#include "variations.h"

/* Rows of the pair's variants that may be written to. */
static struct harmonised *copy_rows(const struct pair *pair, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, pair->count, sizeof *rows);

    for (size_t j = 0; j < pair->count; j++) {
        rows[j] = pair->rows[pair->row[j]];
    }
    return rows;
}

static struct pair *pair_like(const struct pair *pair, const struct harmonised *rows,
                              struct arena *arena)
{
    return pair_create(arena, pair->exposure, pair->outcome, pair->direction, rows,
                       pair->count);
}

struct pair *variation_known(const struct pair *pair, double n, double eaf, struct arena *arena)
{
    struct harmonised *rows = copy_rows(pair, arena);

    for (size_t j = 0; j < pair->count; j++) {
        rows[j].x.n = rows[j].y.n = n;
        rows[j].x.eaf = rows[j].y.eaf = eaf;
    }
    return pair_like(pair, rows, arena);
}

static void flip(struct association *association)
{
    const char *allele = association->effect_allele;

    association->effect_allele = association->other_allele;
    association->other_allele = allele;
    association->beta = -association->beta;
    association->eaf = 1 - association->eaf;
}

struct pair *variation_flipped(const struct pair *pair, size_t first, size_t step,
                               struct arena *arena)
{
    struct harmonised *rows = copy_rows(pair, arena);

    for (size_t j = first; j < pair->count; j += step) {
        flip(&rows[j].x);
        flip(&rows[j].y);
    }
    return pair_like(pair, rows, arena);
}

struct pair *variation_scaled(const struct pair *pair, double x, double y, struct arena *arena)
{
    struct harmonised *rows = copy_rows(pair, arena);

    for (size_t j = 0; j < pair->count; j++) {
        rows[j].x.beta *= x;
        rows[j].x.se *= x;
        rows[j].y.beta *= y;
        rows[j].y.se *= y;
    }
    return pair_like(pair, rows, arena);
}

struct pair *variation_reversed(const struct pair *pair, struct arena *arena)
{
    struct harmonised *rows = copy_rows(pair, arena), *turned;

    turned = arena_get(arena, pair->count, sizeof *turned);
    for (size_t j = 0; j < pair->count; j++) {
        turned[j] = rows[pair->count - 1 - j];
    }
    return pair_like(pair, turned, arena);
}

struct pair *variation_shuffled(const struct pair *pair, struct random_stream *stream,
                                struct arena *arena)
{
    struct harmonised *rows = copy_rows(pair, arena);

    for (size_t j = pair->count; j > 1; j--) {
        size_t other = random_below(stream, j);
        struct harmonised held = rows[j - 1];

        rows[j - 1] = rows[other];
        rows[other] = held;
    }
    return pair_like(pair, rows, arena);
}
