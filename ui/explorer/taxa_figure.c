#include "ui/explorer/taxa_view.h"

#include "chart/counted.h"
#include "chart/flow_counts.h"

/* The forest of every taxon tested in the direction and with the outcome shown. */
const struct chart *taxa_view_figure(const struct view *view, const struct state *state,
                                     struct arena *arena)
{
    const struct results *results = state_results(state);
    const struct trait *disease = state_disease(state);
    struct chart_options options = {.odds_ratio = state->odds_ratio,
                                    .exclusions = history_exclusions(&state->history)};
    (void)view;
    return results == NULL
               ? NULL
               : counted_chart(results, state->direction, disease == NULL ? NULL : disease->key,
                               flow_counts_identity(FLOW_TESTED), &options, arena);
}
