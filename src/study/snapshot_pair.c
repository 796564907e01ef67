#include "base/map.h"
#include "study/snapshot.h"

static void add_association(struct text *bytes, const struct association *side)
{
    pack_text(bytes, side->variant);
    pack_text(bytes, side->more_ids);
    pack_text(bytes, side->chromosome);
    pack_text(bytes, side->effect_allele);
    pack_text(bytes, side->other_allele);
    pack_text(bytes, side->gene);
    const double numbers[] = {side->position, side->eaf,        side->beta, side->se,
                              side->p,        side->neglog10_p, side->n,    side->info};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        pack_number(bytes, numbers[i]);
    }
    pack_count(bytes, (uint64_t)side->line);
}

static void take_association(struct unpack *from, struct association *side, struct arena *arena)
{
    side->variant = unpack_text(from, arena);
    side->more_ids = unpack_text(from, arena);
    side->chromosome = unpack_text(from, arena);
    side->effect_allele = unpack_text(from, arena);
    side->other_allele = unpack_text(from, arena);
    side->gene = unpack_text(from, arena);
    double *const numbers[] = {&side->position, &side->eaf,        &side->beta, &side->se,
                               &side->p,        &side->neglog10_p, &side->n,    &side->info};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i] = unpack_number(from);
    }
    side->line = (long)unpack_count(from);
}

/* What is yes or no of a row, bit by bit. */
enum { IN_OUTCOME = 1, FLIPPED = 2, COMPLEMENTED = 4, REMOVED = 8 };
enum { PALINDROMIC = 16, AMBIGUOUS = 32, KEPT = 64, FLAGS = 128 };

static unsigned flags_of(const struct harmonised *row)
{
    return (row->y_read != NULL ? IN_OUTCOME : 0U) | (row->is_flipped ? FLIPPED : 0U) |
           (row->is_complemented ? COMPLEMENTED : 0U) | (row->is_removed ? REMOVED : 0U) |
           (row->is_palindromic ? PALINDROMIC : 0U) | (row->is_ambiguous ? AMBIGUOUS : 0U) |
           (row->keep ? KEPT : 0U);
}

static void set_flags(struct harmonised *row, size_t flags)
{
    row->x_read = &row->x;
    row->y_read = (flags & IN_OUTCOME) != 0 ? &row->y : NULL;
    row->is_flipped = (flags & FLIPPED) != 0;
    row->is_complemented = (flags & COMPLEMENTED) != 0;
    row->is_removed = (flags & REMOVED) != 0;
    row->is_palindromic = (flags & PALINDROMIC) != 0;
    row->is_ambiguous = (flags & AMBIGUOUS) != 0;
    row->keep = (flags & KEPT) != 0;
}

static void add_row(struct text *bytes, const struct harmonised *row)
{
    pack_count(bytes, flags_of(row));
    pack_count(bytes, row->reason);
    add_association(bytes, &row->x);
    add_association(bytes, &row->y);
    pack_text(bytes, row->proxy);
    pack_number(bytes, row->proxy_r2);
    pack_text(bytes, row->region == NULL ? NULL : row->region->name);
    pack_text(bytes, row->region == NULL ? NULL : row->region->marked);
}

static void take_region(struct unpack *from, struct harmonised *row, struct arena *arena)
{
    const char *name = unpack_text(from, arena), *marked = unpack_text(from, arena);
    if (name != NULL) {
        struct region_bounds *region = arena_get(arena, 1, sizeof *region);
        region->name = name;
        region->marked = marked;
        row->region = region;
    }
}

static void take_row(struct unpack *from, struct harmonised *row, struct arena *arena)
{
    set_flags(row, unpack_below(from, FLAGS));
    row->reason = (enum reason)unpack_below(from, REASONS);
    take_association(from, &row->x, arena);
    take_association(from, &row->y, arena);
    row->proxy = unpack_text(from, arena);
    row->proxy_r2 = unpack_number(from);
    take_region(from, row, arena);
    from->is_broken |= row->x.variant == NULL;
}

void snapshot_add_pair(struct text *bytes, const struct pair *pair,
                       const struct snapshot_traits *traits)
{
    pack_count(bytes, snapshot_place(traits, pair, true));
    pack_count(bytes, snapshot_place(traits, pair, false));
    pack_count(bytes, pair->direction);
    pack_count(bytes, pair->row_count);
    for (size_t i = 0; i < pair->row_count; i++) {
        add_row(bytes, &pair->rows[i]);
    }
    pack_count(bytes, pair->count);
    pack_count(bytes, pair->ld != NULL);
    for (size_t i = 0; pair->ld != NULL && i < pair->count * pair->count; i++) {
        pack_number(bytes, pair->ld[i]);
    }
}

static const struct trait *take_place(struct unpack *from, const struct snapshot_traits *traits)
{
    size_t place = unpack_below(from, traits->traits.count);
    return from->is_broken ? NULL : *(const struct trait **)array_at(&traits->traits, place);
}

static struct pair *take_ld(struct unpack *from, struct pair *pair, struct arena *arena)
{
    size_t cells = pair->count * pair->count;
    if (unpack_below(from, 2) == 0) {
        return from->is_broken ? NULL : pair;
    }
    from->is_broken |= cells > (size_t)(from->end - from->at) / sizeof(double);
    double *ld = arena_get(arena, from->is_broken ? 0 : cells, sizeof *ld);
    for (size_t i = 0; i < cells && !from->is_broken; i++) {
        ld[i] = unpack_number(from);
    }
    return from->is_broken ? NULL : pair_with_ld(arena, pair, ld);
}

struct pair *snapshot_take_pair(struct unpack *from, const struct snapshot_traits *traits,
                                struct arena *arena)
{
    const struct trait *exposure = take_place(from, traits);
    const struct trait *outcome = take_place(from, traits);
    enum direction direction = (enum direction)unpack_below(from, REVERSE + 1);
    size_t count = unpack_length(from, sizeof(struct association));
    struct harmonised *rows = arena_get(arena, count, sizeof *rows);
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        take_row(from, &rows[i], arena);
    }
    size_t used = (size_t)unpack_count(from);
    if (from->is_broken) {
        return NULL;
    }
    struct pair *pair = pair_create(arena, exposure, outcome, direction, rows, count);
    from->is_broken = pair->count != used;
    pair = from->is_broken ? NULL : take_ld(from, pair, arena);
    return pair;
}
