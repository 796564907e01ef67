#include "base/map.h"
#include "base/text.h"
#include "study/choose_sides.h"
#include <ctype.h>
#include <math.h>

/* The outcome's rows by id, lower case; made when a first row is missing. */
static const char *lower(const char *id, struct arena *arena)
{
    char *copy = arena_text(arena, id);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return copy;
}

static struct map *ids_of(const struct trait *outcome, struct arena *scratch)
{
    struct map *ids = map_create();
    for (size_t i = outcome->count; i-- > 0;) {
        map_set(ids, lower(outcome->associations[i].variant, scratch), i);
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

/* Tries the outcome's rows with the id of a proxy; there may be several, of other alleles. */
static bool try_proxy(const struct loader *loader, const struct reference_place *place,
                      const struct proxy *proxy, const struct trait *outcome, size_t first,
                      struct harmonised *row)
{
    struct study *study = loader->study;
    for (size_t i = first; i < outcome->count; i++) {
        const struct association *y = &outcome->associations[i];
        struct association under;
        if (!text_equal_fold(y->variant, proxy->id) ||
            !translate(place, proxy, row->x_read, y, study->action, &under)) {
            continue;
        }
        struct association *kept = arena_get(study->arena, 1, sizeof *kept);
        *kept = under;
        struct harmonised made = harmonise_one(row->x_read, kept, study->action, study->arena);
        if (made.keep) {
            made.y_read = y;
            made.proxy = y->variant;
            made.proxy_r2 = proxy->r2;
            *row = made;
            return true;
        }
    }
    return false;
}

static void fill_row(const struct loader *loader, const struct choose_settings *settings,
                     const struct trait *outcome, const struct map *ids, struct arena *scratch,
                     struct harmonised *row)
{
    const struct reference_place *place =
        references_find(loader->references, settings->reference, row->x_read);
    for (size_t i = 0; place != NULL && i < place->proxy_count; i++) {
        const struct proxy *proxy = &place->proxies[i];
        size_t first;
        if (!(proxy->r2 >= settings->proxies)) {
            return;
        }
        if (map_get(ids, lower(proxy->id, scratch), &first) &&
            try_proxy(loader, place, proxy, outcome, first, row)) {
            return;
        }
    }
}

void sides_use_proxies(const struct loader *loader, const struct choose_settings *settings,
                       const struct trait *outcome, struct harmonised *rows, size_t count)
{
    struct arena *scratch = arena_create();
    struct map *ids = NULL;
    for (size_t i = 0; i < count && !isnan(settings->proxies); i++) {
        if (rows[i].reason == REASON_NOT_IN_OUTCOME) {
            ids = ids == NULL ? ids_of(outcome, scratch) : ids;
            fill_row(loader, settings, outcome, ids, scratch, &rows[i]);
        }
    }
    map_destroy(ids);
    arena_destroy(scratch);
}
