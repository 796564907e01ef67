#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/family.h"
#include "chart/words.h"
#include "instrument/instrument.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* In the order of tabs. */
static const struct study_chart_kind *const kinds[] = {
    &chart_of_flow,      &chart_of_map,  &chart_of_volcano,  &chart_of_qq,
    &chart_of_manhattan, &chart_of_meta, &chart_of_circular, &chart_of_published,
};

const struct study_chart_kind *const *study_charts_all(size_t *count)
{
    *count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct study_chart_kind *study_charts_find(const char *key)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i]->key, key) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

static const char *pair_figures(const struct results *results, size_t index,
                                const struct chart_options *options, struct arena *arena)
{
    const struct pair *pair = results->study->pairs[index];
    const struct estimate *estimate = family_main(results, index);
    const struct pair_result *result = &results->pairs[index];
    const char *taxon = words_trait(study_taxon(pair), arena);
    const char *side = arena_format(arena, pair->direction == FORWARD ? _("on %s") : _("of %s"),
                                    study_disease(pair)->name);
    if (estimate == NULL) {
        return arena_format(arena, _("%s · no estimate: %s · %s"), taxon,
                            result->analysis == NULL
                                ? _("not computed")
                                : words_status(result->analysis->main.status),
                            side);
    }
    bool is_odds = words_exponential(pair, options);
    return arena_format(arena, "%s · %s %s · p %s · q %s · %s · %s", taxon,
                        is_odds ? "OR" : "b", words_interval(estimate, is_odds, ", ", arena),
                        chart_p(estimate->p, estimate->neglog10_p, arena),
                        chart_p(result->q, -log10(result->q), arena),
                        words_variants(estimate->variants, arena), side);
}

static const struct harmonised *row_of(const struct pair *pair, const char *variant)
{
    for (size_t i = 0; i < pair->row_count; i++) {
        if (pair->rows[i].x.variant == variant) {
            return &pair->rows[i];
        }
    }
    return NULL;
}

static const char *association_figures(const struct results *results, struct identity of,
                                       struct arena *arena)
{
    const struct pair *pair = results->study->pairs[of.index];
    const struct harmonised *row = row_of(pair, of.key);
    if (row == NULL) {
        return "";
    }
    const struct association *x = row->x_read == NULL ? &row->x : row->x_read;
    const char *place = x->chromosome == NULL || isnan(x->position)
                            ? _("no position")
                            : arena_format(arena, "chr%s:%.0f", x->chromosome, x->position);
    return arena_format(arena, "%s · %s%s%s · %s · p %s · F %s · %s", of.key, place,
                        x->gene == NULL ? "" : " ", x->gene == NULL ? "" : x->gene,
                        words_trait(pair->exposure, arena), chart_p(x->p, x->neglog10_p, arena),
                        chart_number(instrument_f(x), 0, arena),
                        gettext(reason_text(row->reason)));
}

const char *study_charts_figures(const struct results *results, struct identity of,
                                 const struct chart_options *options, struct arena *arena)
{
    switch (of.kind) {
    case OF_PAIR:
        return pair_figures(results, of.index, options, arena);
    case OF_ASSOCIATION:
        return association_figures(results, of, arena);
    default:
        return "";
    }
}
