#include "base/map.h"
#include "base/text.h"
#include "pair/spots.h"
#include "study/choose_sides.h"
#include <math.h>

/* Where an outcome's rows are to be found; made when a first row is missing. */
struct outcome_rows {
    const struct trait *outcome;
    struct map *ids;     /* lower case: the first row */
    struct spots *spots; /* NULL: positions are those of another build, or not known */
    struct arena *scratch;
};

static struct map *ids_of(const struct trait *outcome, struct arena *scratch)
{
    struct map *ids = map_create();
    for (size_t i = outcome->count; i-- > 0;) {
        map_set(ids, arena_lower(scratch, outcome->associations[i].variant), i);
    }
    return ids;
}

/* The outcome's effect at the proxy, under the instrument's alleles. False where their alleles
 * cannot be brought together. */
static bool translate(const struct reference_place *place, const struct proxy *proxy,
                      const struct association *x, const struct association *y,
                      enum harmonise_action action, struct association *under)
{
    bool is_forward = action == ACTION_FORWARD;
    int of_x, of_y;
    if (x->effect_allele == NULL || x->other_allele == NULL) {
        return false;
    }
    of_x = reference_side(x, place->variant.first, place->variant.second, place->first_share,
                          is_forward);
    of_y = reference_side(y, proxy->first, proxy->second, proxy->first_share, is_forward);
    if (of_x == 0 || of_y == 0 || proxy->r == 0) {
        return false;
    }
    bool is_same = of_x * of_y * (proxy->r > 0 ? 1 : -1) > 0;
    *under = *y;
    under->effect_allele = is_same ? x->effect_allele : x->other_allele;
    under->other_allele = is_same ? x->other_allele : x->effect_allele;
    return true;
}

/* Tries a row of the outcome. */
static bool try_row(const struct loader *loader, const struct reference_place *place,
                    const struct proxy *proxy, const struct association *y,
                    struct harmonised *row)
{
    struct study *study = loader->study;
    struct association under;
    if (!translate(place, proxy, row->x_read, y, study->action, &under)) {
        return false;
    }
    struct association *kept = arena_get(study->arena, 1, sizeof *kept);
    *kept = under;
    struct harmonised made = harmonise_one(row->x_read, kept, study->action, study->arena);
    if (made.keep) {
        made.y_read = y;
        made.proxy = arena_text(study->arena, proxy->id);
        made.proxy_r2 = proxy->r2;
        *row = made;
    }
    return made.keep;
}

/* Tries the outcome's rows with the id of a proxy, of which there may be several, of other
 * alleles; and where there is none, those at its place. */
static bool try_proxy(const struct loader *loader, const struct reference_place *place,
                      const struct proxy *proxy, const struct outcome_rows *rows,
                      struct harmonised *row)
{
    const struct association *y = rows->outcome->associations;
    struct association spot = {.chromosome = proxy->chromosome, .position = proxy->position};
    size_t first;
    if (map_get(rows->ids, arena_lower(rows->scratch, proxy->id), &first)) {
        for (size_t i = first; i < rows->outcome->count; i++) {
            if (text_equal_fold(y[i].variant, proxy->id) &&
                try_row(loader, place, proxy, &y[i], row)) {
                return true;
            }
        }
        return false;
    }
    for (size_t i = rows->spots == NULL ? SPOT_NONE : spots_first(rows->spots, &spot);
         i != SPOT_NONE; i = spots_next(rows->spots, i)) {
        if (try_row(loader, place, proxy, &y[i], row)) {
            return true;
        }
    }
    return false;
}

static void fill_row(const struct loader *loader, const struct choose_settings *settings,
                     const struct outcome_rows *rows, struct harmonised *row)
{
    const struct reference_place *place =
        references_find(loader->references, settings->reference, row->x_read);
    for (size_t i = 0; place != NULL && i < place->proxy_count; i++) {
        if (!(place->proxies[i].r2 >= settings->proxies) ||
            try_proxy(loader, place, &place->proxies[i], rows, row)) {
            return;
        }
    }
}

/* Whether outcome and reference count positions on one build, as far as instruments with equal
 * ids tell: nine in ten of them. */
static bool is_one_build(const struct loader *loader, const struct choose_settings *settings,
                         const struct harmonised *rows, size_t count)
{
    size_t same = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        const struct association *y = rows[i].y_read;
        const struct reference_place *place =
            y == NULL || isnan(y->position) || !text_equal_fold(y->variant, rows[i].x.variant)
                ? NULL
                : references_find(loader->references, settings->reference, rows[i].x_read);
        if (place != NULL) {
            all++;
            same += y->position == place->variant.position;
        }
    }
    return 10 * same >= 9 * all;
}

/* The places of all proxies of what is missing. */
static struct spots *spots_of(const struct loader *loader,
                              const struct choose_settings *settings,
                              const struct harmonised *rows, size_t count,
                              struct arena *scratch)
{
    struct array places = ARRAY_OF(const struct association *);
    for (size_t i = 0; i < count; i++) {
        const struct reference_place *place =
            rows[i].reason != REASON_NOT_IN_OUTCOME
                ? NULL
                : references_find(loader->references, settings->reference, rows[i].x_read);
        for (size_t j = 0; place != NULL && j < place->proxy_count; j++) {
            struct association *spot = arena_get(scratch, 1, sizeof *spot);
            spot->chromosome = place->proxies[j].chromosome;
            spot->position = place->proxies[j].position;
            *(const struct association **)array_add(&places) = spot;
        }
    }
    const bool *is_found = arena_get(scratch, places.count, sizeof *is_found);
    struct spots *spots =
        spots_create((const struct association *const *)places.items, is_found, places.count);
    array_destroy(&places);
    return spots;
}

static void begin(struct outcome_rows *outcome, const struct loader *loader,
                  const struct choose_settings *settings, const struct harmonised *rows,
                  size_t count)
{
    outcome->ids = ids_of(outcome->outcome, outcome->scratch);
    if (is_one_build(loader, settings, rows, count)) {
        outcome->spots = spots_of(loader, settings, rows, count, outcome->scratch);
    }
    if (outcome->spots != NULL) {
        spots_enter(outcome->spots, outcome->outcome->associations, outcome->outcome->count);
    }
}

void sides_use_proxies(const struct loader *loader, const struct choose_settings *settings,
                       const struct trait *outcome, struct harmonised *rows, size_t count)
{
    struct outcome_rows found = {.outcome = outcome, .scratch = arena_create()};
    for (size_t i = 0; i < count && !isnan(settings->proxies); i++) {
        if (rows[i].reason == REASON_NOT_IN_OUTCOME) {
            if (found.ids == NULL) {
                begin(&found, loader, settings, rows, count);
            }
            fill_row(loader, settings, &found, &rows[i]);
        }
    }
    spots_destroy(found.spots);
    map_destroy(found.ids);
    arena_destroy(found.scratch);
}
