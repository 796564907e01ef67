#include "chart/order.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/words.h"
#include "instrument/regions.h"
#include "numeric/sort.h"
#include <math.h>
#include <string.h>

static struct shown_variant shown(const struct analysis *analysis, size_t j, bool is_excluded)
{
    return (struct shown_variant){&analysis->singles[j], analysis->pair,
                                  build_variant(analysis->pair, j), is_excluded};
}

/* All variants; those of `full` that are not in `analysis` were excluded. Both keep file order.
 */
static size_t gather(const struct analysis *analysis, const struct analysis *full,
                     struct shown_variant *all)
{
    size_t used = 0;
    for (size_t i = 0; i < full->pair->count; i++) {
        bool is_used =
            used < analysis->pair->count &&
            strcmp(pair_variant(full->pair, i), pair_variant(analysis->pair, used)) == 0;
        all[i] = is_used ? shown(analysis, used, false) : shown(full, i, true);
        used += is_used;
    }
    return full->pair->count - used;
}

static double key_of(const struct shown_variant *variant, enum order_by by, double excluded_key)
{
    const struct single_variant *single = variant->single;
    double key = by == ORDER_EFFECT        ? single->b
                 : by == ORDER_STUDENTISED ? fabs(single->studentised)
                                           : single->q_share;
    if (variant->is_excluded && by != ORDER_EFFECT) {
        return excluded_key;
    }
    return isnan(key) ? -INFINITY : key;
}

static void sort_by(const struct shown_variant *all, struct ranked *ranked, size_t count,
                    enum order_by by, double excluded_key)
{
    for (size_t i = 0; i < count; i++) {
        ranked[i].value =
            by == ORDER_FILE ? 0 : key_of(&all[ranked[i].index], by, excluded_key);
    }
    sort_ranked(ranked, count);
}

struct order order_of(const struct analysis *analysis, const struct chart_options *options,
                      enum order_by by, struct arena *arena)
{
    const struct analysis *full = options->full == NULL ? analysis : options->full;
    size_t count = full->pair->count;
    struct shown_variant *all = arena_get(arena, count, sizeof *all);
    struct ranked *ranked = arena_get(arena, count, sizeof *ranked);
    struct order order = {.excluded = gather(analysis, full, all), .count = count};
    size_t most = ORDER_FOLDED + order.excluded;
    for (size_t i = 0; i < count; i++) {
        ranked[i].index = i;
    }
    if (options->fold && count > most) {
        /* the excluded always show */
        sort_by(all, ranked, count, by == ORDER_STUDENTISED ? by : ORDER_Q, INFINITY);
        order.count = most;
        order.hidden = count - most;
    }
    sort_by(all, ranked, order.count, by, -INFINITY);
    order.variants = arena_get(arena, order.count, sizeof *order.variants);
    for (size_t i = 0; i < order.count; i++) {
        order.variants[i] = all[ranked[i].index];
        if (!order.variants[i].is_excluded) {
            order.most_weight = fmax(order.most_weight, order.variants[i].single->weight_share);
        }
    }
    return order;
}

const char *order_gene(const struct shown_variant *variant)
{
    const struct pair *pair = variant->pair;
    const struct harmonised *row = &pair->rows[pair->row[variant->of.index]];
    return row->region != NULL ? row->region->marked : row->x.gene;
}

static const char *order_words(enum order_by by)
{
    return by == ORDER_EFFECT        ? _("by effect")
           : by == ORDER_Q           ? _("by share of Q")
           : by == ORDER_STUDENTISED ? _("by studentised residual")
                                     : _("in file order");
}

const char *order_title(const struct analysis *analysis, const struct chart_options *options,
                        enum order_by by, bool exponential, struct arena *arena)
{
    return arena_format(arena, _("%s · %s · %s"), words_used(analysis, options->full, arena),
                        order_words(by), words_scale(analysis->pair, exponential, arena));
}

const char *order_hidden(const struct order *order, struct arena *arena)
{
    return order->hidden == 0
               ? NULL
               : arena_format(arena, _("… %zu more, z shows all"), order->hidden);
}
