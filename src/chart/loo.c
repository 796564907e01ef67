#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/notes.h"
#include "chart/order.h"
#include "chart/words.h"
#include "numeric/sort.h"
#include <math.h>

enum { WITHOUT, EFFECT, SHIFT, P, SAYS, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [WITHOUT] = {.heading = N_("without")},
    [EFFECT] = {.heading = "", .priority = 2},
    [SHIFT] = {.heading = N_("shift (SE)"), .priority = 3, .is_right = true, .is_after = true},
    [P] = {.heading = N_("p"), .priority = 1, .is_right = true, .is_after = true},
    [SAYS] = {.heading = "", .priority = 4, .is_after = true},
};

/* The variants to show, *hidden of them folded away: those that shift the estimate most stay.
 */
static struct ranked *choose(const struct analysis *analysis,
                             const struct chart_options *options, size_t *count, size_t *hidden,
                             struct arena *arena)
{
    *count = analysis->leave_one_out_count > 0 ? analysis->leave_one_out_count - 1 : 0;
    *hidden = 0;
    struct ranked *all = arena_get(arena, *count, sizeof *all);
    for (size_t j = 0; j < *count; j++) {
        double shift = fabs(notes_shift(analysis, j));
        all[j] = (struct ranked){isnan(shift) ? -1 : shift, j};
    }
    if (options->fold && *count > ORDER_FOLDED) {
        sort_ranked(all, *count);
        *hidden = *count - ORDER_FOLDED;
        *count = ORDER_FOLDED;
    }
    for (size_t i = 0; i < *count; i++) {
        double b = options->by_effect ? analysis->leave_one_out[all[i].index].b : 0;
        all[i].value = isnan(b) ? -INFINITY : b;
    }
    sort_ranked(all, *count);
    return all;
}

static struct chart_row *add_row(struct build *build, const struct estimate *estimate,
                                 enum row_kind kind, const char *label, struct identity of,
                                 bool exponential)
{
    size_t mark = build_estimate(build, estimate, of);
    struct chart_row *row = build_row(build, kind, of, mark);
    row->cells[WITHOUT] = label;
    if (!words_has_value(estimate)) {
        row->cells[EFFECT] = words_status(estimate->status);
        return row;
    }
    row->cells[EFFECT] = words_interval(estimate, exponential, ", ", build->arena);
    row->cells[P] = chart_p(estimate->p, estimate->neglog10_p, build->arena);
    return row;
}

static const char *signed_number(double value, struct arena *arena)
{
    return arena_format(arena, "%s%s", value > 0 ? "+" : "", chart_number(value, 2, arena));
}

static void add_without(struct build *build, const struct analysis *analysis, size_t j,
                        bool exponential)
{
    const struct estimate *without = &analysis->leave_one_out[j];
    const char *id = pair_variant(analysis->pair, j);
    struct chart_row *row =
        add_row(build, without, ROW_DATA, id, build_variant(analysis->pair, j), exponential);
    row->cells[SHIFT] = signed_number(notes_shift(analysis, j), build->arena);
    if (row->mark != CHART_NO_MARK && without->contains_null != analysis->main.contains_null) {
        row->cells[SAYS] = without->contains_null ? _("null within") : _("null outside");
    }
}

static const char *sentence_of(const struct analysis *analysis, bool exponential,
                               struct arena *arena)
{
    double shift;
    size_t j = notes_largest_shift(analysis, &shift);
    const char *largest =
        j == CHART_NO_MARK
            ? NULL
            : arena_format(arena,
                           _("leaving out %s shifts it most, by %s standard "
                             "errors"),
                           pair_variant(analysis->pair, j), signed_number(shift, arena));
    return notes_join(notes_main(analysis, exponential, arena), "; ", largest, arena);
}

static const char *title_of(const struct analysis *analysis, const struct analysis *full,
                            bool exponential, struct arena *arena)
{
    const char *variants = words_used(analysis, full, arena);
    const char *scale = words_scale(analysis->pair, exponential, arena);
    if (analysis->leave_one_out_count < 2) {
        return arena_format(arena, "%s · %s", variants, scale);
    }
    return arena_format(arena, _("%s · %s without each in turn · %s"), variants,
                        words_method(analysis->main.method), scale);
}

static void add_notes(struct build *build, const struct analysis *analysis)
{
    build_note(build, notes_nothing(analysis, build->arena));
    if (analysis->pair->count > 0 && analysis->leave_one_out_count < 2) {
        build_note(build, _("Leaving one out needs three variants."));
    } else if (analysis->pair->count > 0) {
        build_note(build, _("Leaving out any variant costs power: judge by the shift, in "
                            "standard errors of the whole, and not by a lost p alone."));
    }
}

static struct chart *loo_chart(const struct analysis *analysis,
                               const struct chart_options *options, struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct build build = build_start("loo", columns, COLUMNS, arena);
    size_t count, hidden;
    struct ranked *shown = choose(analysis, options, &count, &hidden, arena);
    build.chart->columns[EFFECT].heading =
        words_interval_heading(exponential, analysis->settings.level, arena);
    build.chart->title = title_of(analysis, options->full, exponential, arena);
    for (size_t i = 0; i < count; i++) {
        add_without(&build, analysis, shown[i].index, exponential);
    }
    if (hidden > 0) {
        build_row(&build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[WITHOUT] =
            arena_format(arena, _("… %zu more, z shows all"), hidden);
    }
    if (analysis->pair->count > 0) {
        build_row(&build, ROW_SPACE, build_nothing, CHART_NO_MARK);
        add_row(&build, &analysis->main, ROW_SUMMARY, _("All"),
                build_method(analysis->main.method), exponential);
        build_guide(&build, analysis->main.b, _("All"));
    }
    if (options->full != NULL && options->full->pair->count > analysis->pair->count) {
        add_row(&build, &options->full->main, ROW_SUMMARY,
                arena_format(arena, _("  all %zu variants"), options->full->pair->count),
                build_nothing, exponential);
    }
    build_axis(&build, analysis->pair, exponential, analysis->settings.level);
    add_notes(&build, analysis);
    build.chart->sentence = sentence_of(analysis, exponential, arena);
    return build_finish(&build, EFFECT);
}

const struct chart_kind chart_of_leave_one_out = {
    .key = "loo",
    .name = N_("Leave-one-out"),
    .brief = N_("LOO"),
    .shows = N_("The estimate without each variant in turn, and how far it shifts."),
    .least = 3,
    .function = loo_chart,
};
