#include "ui/explorer/variant_near.h"

#include "base/i18n.h"
#include "base/map.h"
#include "base/text.h"
#include "chart/chart.h"
#include "ui/explorer/variant_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double NEAR = 1e7;

struct neighbour {
    const char *variant;
    double distance; /* bases */
    size_t others;   /* traits besides this one that it stands for */
    bool is_own;     /* it stands for this trait */
};

struct looking {
    const struct harmonised *row;
    const struct pair *own;
    struct map *places;
    struct array found; /* struct neighbour */
};

static void take_row(struct looking *looking, const struct pair *pair,
                     const struct harmonised *row)
{
    const struct association *here = &looking->row->x;
    double distance = fabs(row->x.position - here->position);
    size_t place;
    if (!row->keep || !(distance <= NEAR) || row->x.chromosome == NULL ||
        strcmp(row->x.chromosome, here->chromosome) != 0 ||
        text_equal_fold(row->x.variant, here->variant)) {
        return;
    }
    if (!map_get(looking->places, row->x.variant, &place)) {
        place = looking->found.count;
        map_set(looking->places, row->x.variant, place);
        *(struct neighbour *)array_add(&looking->found) =
            (struct neighbour){.variant = row->x.variant, .distance = distance};
    }
    struct neighbour *neighbour = array_at(&looking->found, place);
    bool is_own = pair == looking->own;
    neighbour->is_own = neighbour->is_own || is_own;
    neighbour->others += !is_own;
}

static void look(struct looking *looking, const struct study *study)
{
    const char *disease = study_disease(looking->own)->key;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        if (pair->direction != looking->own->direction ||
            strcmp(study_disease(pair)->key, disease) != 0) {
            continue;
        }
        for (size_t j = 0; j < pair->row_count; j++) {
            take_row(looking, pair, &pair->rows[j]);
        }
    }
}

static int compare(const void *left, const void *right)
{
    const struct neighbour *one = left, *other = right;
    int order = (one->distance > other->distance) - (one->distance < other->distance);
    return order != 0 ? order : strcmp(one->variant, other->variant);
}

static const char *correlation(const struct looking *looking, const char *variant,
                               struct arena *arena)
{
    const struct pair *pair = looking->own;
    size_t here = variant_index(pair, looking->row->x.variant),
           there = variant_index(pair, variant);
    if (pair->ld == NULL || here == VARIANT_NONE || there == VARIANT_NONE) {
        return "";
    }
    return arena_format(arena, _(", r %s"),
                        chart_number(pair->ld[here * pair->count + there], 2, arena));
}

static const char *one_words(const struct looking *looking, const struct neighbour *neighbour,
                             struct arena *arena)
{
    const char *whose = !neighbour->is_own
                            ? arena_format(arena,
                                           ngettext("of %zu other trait", "of %zu other traits",
                                                    neighbour->others),
                                           neighbour->others)
                            : _("of this trait too");
    bool is_far = neighbour->distance >= 1e6;
    return arena_format(arena, is_far ? _("%s (%.1f Mb, %s%s)") : _("%s (%.0f kb, %s%s)"),
                        neighbour->variant, neighbour->distance / (is_far ? 1e6 : 1e3), whose,
                        correlation(looking, neighbour->variant, arena));
}

static const char *all_words(struct looking *looking, size_t named, struct arena *arena)
{
    size_t count = looking->found.count;
    if (count == 0) {
        return _("Within 10 Mb no other instrument.");
    }
    const char *words = _("Within 10 Mb:");
    qsort(looking->found.items, count, looking->found.item_size, compare);
    for (size_t i = 0; i < count && i < named; i++) {
        words = arena_format(arena, _("%s%s %s"), words, i > 0 ? _(",") : "",
                             one_words(looking, array_at(&looking->found, i), arena));
    }
    if (count > named) {
        words = arena_format(arena, _("%s, %zu more"), words, count - named);
    }
    return arena_format(arena, _("%s. %s"), words,
                        looking->own->ld == NULL ? _("LD unknown.") : "");
}

const char *variant_near_words(const struct state *state, size_t pair,
                               const struct harmonised *row, size_t named, struct arena *arena)
{
    if (row->x.chromosome == NULL || isnan(row->x.position)) {
        return _("Its position is not known: what lies near it is not, either.");
    }
    struct looking looking = {row, state->study->pairs[pair], map_create(),
                              ARRAY_OF(struct neighbour)};
    look(&looking, state->study);
    const char *words = all_words(&looking, named, arena);
    map_destroy(looking.places);
    array_destroy(&looking.found);
    return words;
}
