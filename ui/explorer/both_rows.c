#include "ui/explorer/both_rows.h"

#include "base/i18n.h"
#include "base/map.h"
#include "base/text.h"
#include "chart/chart.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key, *name;
} sorts[BOTH_SORTS] = {
    [BOTH_FILE] = {"file", N_("order of the file")},
    [BOTH_NAME] = {"taxon", N_("name of the taxon")},
    [BOTH_FORWARD] = {"forward", N_("p forward")},
    [BOTH_REVERSE] = {"reverse", N_("p reverse")},
};

const char *both_sort_key(enum both_sort sort)
{
    return sorts[sort].key;
}

const char *both_sort_name(enum both_sort sort)
{
    return gettext(sorts[sort].name);
}

bool both_sort_of(const char *key, enum both_sort *sort)
{
    for (int i = 0; i < BOTH_SORTS; i++) {
        if (text_equal_fold(sorts[i].key, key)) {
            *sort = (enum both_sort)i;
            return true;
        }
    }
    return false;
}

const struct estimate *both_estimate(const struct state *state, const struct both_row *row,
                                     enum direction direction)
{
    const struct analysis *analysis =
        row->pair[direction] == BOTH_NONE ? NULL : state_analysis(state, row->pair[direction]);
    return analysis == NULL || analysis->main.status != ESTIMATE_DONE ? NULL : &analysis->main;
}

/* One row a taxon that has a pair in either direction, in the order of the study's pairs. */
static void collect(const struct state *state, const char *filter, struct array *rows)
{
    const struct study *study = state->study;
    const struct trait *disease = state_disease(state);
    struct map *places = map_create();
    for (size_t i = 0; disease != NULL && i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        const struct trait *taxon = study_taxon(pair);
        size_t place;
        if (strcmp(study_disease(pair)->key, disease->key) != 0 ||
            (filter != NULL && !text_contains_fold(taxon->name, filter) &&
             !text_contains_fold(taxon->key, filter))) {
            continue;
        }
        if (!map_get(places, taxon->key, &place)) {
            place = rows->count;
            map_set(places, taxon->key, place);
            /* Pairs in reverse point to traits of their own. */
            const struct trait *known =
                pair->direction == FORWARD ? taxon : state_taxon(state, taxon->key);
            *(struct both_row *)array_add(rows) =
                (struct both_row){known == NULL ? taxon : known, {BOTH_NONE, BOTH_NONE}};
        }
        ((struct both_row *)array_at(rows, place))->pair[pair->direction] = i;
    }
    map_destroy(places);
}

struct sortable {
    struct both_row row;
    double number;
    size_t place;
    bool by_name;
};

static int compare(const void *left, const void *right)
{
    const struct sortable *one = left, *other = right;
    if (one->by_name) {
        int order = strcmp(one->row.taxon->name, other->row.taxon->name);
        return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
    }
    if (isnan(one->number) != isnan(other->number)) {
        return isnan(one->number) ? 1 : -1;
    }
    int order = (one->number > other->number) - (one->number < other->number);
    return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
}

static void sort_rows(const struct state *state, enum both_sort sort, struct array *rows)
{
    struct arena *arena = arena_create();
    struct sortable *sorted = arena_get(arena, rows->count, sizeof *sorted);
    for (size_t i = 0; i < rows->count; i++) {
        const struct both_row *row = array_at(rows, i);
        const struct estimate *estimate =
            both_estimate(state, row, sort == BOTH_REVERSE ? REVERSE : FORWARD);
        double number = estimate == NULL           ? NAN
                        : estimate->neglog10_p > 0 ? -estimate->neglog10_p
                                                   : estimate->p;
        sorted[i] = (struct sortable){*row, number, i, sort == BOTH_NAME};
    }
    qsort(sorted, rows->count, sizeof *sorted, compare);
    for (size_t i = 0; i < rows->count; i++) {
        *(struct both_row *)array_at(rows, i) = sorted[i].row;
    }
    arena_destroy(arena);
}

void both_rows(const struct state *state, enum both_sort sort, const char *filter,
               struct array *rows)
{
    array_clear(rows);
    collect(state, filter, rows);
    if (sort != BOTH_FILE && rows->count > 0) {
        sort_rows(state, sort, rows);
    }
}

const char *both_verdict(const struct state *state, const struct both_row *row,
                         struct arena *arena)
{
    const struct estimate *forward = both_estimate(state, row, FORWARD),
                          *reverse = both_estimate(state, row, REVERSE);
    if (forward == NULL || reverse == NULL) {
        return state_results(state) == NULL         ? _("not computed yet")
               : forward == NULL && reverse == NULL ? _("neither direction has an estimate")
               : forward == NULL ? _("there is no estimate forward: nothing to compare")
                                 : _("there is no estimate in reverse: nothing to compare");
    }
    bool is_forward = forward->p < 0.05, is_reverse = reverse->p < 0.05;
    const char *words =
        is_forward && is_reverse ? _("both have p<.05: which way it goes stays open")
        : is_forward ? _("only forward has p<.05: the reverse shows nothing, which is no proof "
                         "that there is nothing")
        : is_reverse ? _("only the reverse has p<.05: the disease may act on the taxon")
                     : _("neither has p<.05");
    return arena_format(arena, _("forward p %s, reverse p %s: %s"),
                        chart_p(forward->p, forward->neglog10_p, arena),
                        chart_p(reverse->p, reverse->neglog10_p, arena), words);
}
