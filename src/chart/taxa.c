#include "chart/taxa.h"

#include "base/i18n.h"
#include "chart/range.h"
#include <math.h>
#include <string.h>

static bool belongs(const struct pair *pair, enum direction direction, const char *disease)
{
    return pair->direction == direction &&
           (disease == NULL || strcmp(study_disease(pair)->key, disease) == 0);
}

struct mark chart_taxa_mark(const struct results *results, size_t pair)
{
    struct mark mark = {.kind = MARK_INTERVAL,
                        .of = {OF_PAIR, NULL, pair},
                        .x = NAN,
                        .x_lower = NAN,
                        .x_upper = NAN,
                        .y = NAN,
                        .y_lower = NAN,
                        .y_upper = NAN,
                        .weight = NAN};
    const struct analysis *analysis = results->pairs[pair].analysis;
    if (analysis != NULL && analysis->main.status == ESTIMATE_DONE) {
        mark.x = analysis->main.b;
        mark.x_lower = analysis->main.lower;
        mark.x_upper = analysis->main.upper;
        mark.contains_null = analysis->main.contains_null;
    }
    return mark;
}

static const char *title_of(enum trait_unit unit, bool is_odds)
{
    if (is_odds) {
        return unit == UNIT_SD ? _("odds ratio per SD") : _("odds ratio per unit");
    }
    return unit == UNIT_LOG_ODDS ? _("effect per log odds")
           : unit == UNIT_SD     ? _("effect per SD")
                                 : _("effect per unit");
}

struct axis chart_taxa_axis(const struct results *results, enum direction direction,
                            const char *disease, struct arena *arena)
{
    struct axis axis = {.null = 0, .is_exponential = true};
    struct range range = range_start(0);
    enum trait_unit unit = UNIT_UNKNOWN;
    size_t count = 0;
    for (size_t i = 0; i < results->study->pair_count; i++) {
        const struct pair *pair = results->study->pairs[i];
        if (belongs(pair, direction, disease)) {
            struct mark mark = chart_taxa_mark(results, i);
            range_add(&range, mark.x, mark.x_lower, mark.x_upper);
            axis.is_exponential &= pair->outcome->unit == UNIT_LOG_ODDS;
            unit = pair->exposure->unit;
            count++;
        }
    }
    axis.is_exponential &= count > 0;
    axis.title = title_of(unit, axis.is_exponential);
    axis.below = axis.is_exponential ? _("lower odds") : _("lower");
    axis.above = axis.is_exponential ? _("higher odds") : _("higher");
    range_finish(&range, &axis);
    chart_ticks(&axis, 6, arena);
    return axis;
}
