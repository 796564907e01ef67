#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/notes.h"
#include "chart/order.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

enum { VARIANT, NEAR, RATIO, WEIGHT, SHARE, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [VARIANT] = {.heading = N_("variant")},
    [NEAR] = {.heading = N_("near"), .priority = 5},
    [RATIO] = {.heading = "", .priority = 2},
    [WEIGHT] = {.heading = N_("weight"), .priority = 3, .is_after = true, .is_bar = true},
    [SHARE] = {.heading = N_("share of Q"), .priority = 4, .is_after = true, .is_bar = true},
};

/* What the parts of this chart need to know. */
struct forest {
    struct build build;
    const struct analysis *analysis;
    const struct chart_options *options;
    bool exponential;
    struct arena *arena;
};

static void add_variant(struct forest *forest, const struct shown_variant *variant,
                        double largest)
{
    const struct single_variant *single = variant->single;
    size_t mark = build_single(&forest->build, single, variant->of, largest);
    struct chart_row *row = build_row(&forest->build, ROW_DATA, variant->of, mark);
    row->cells[VARIANT] = variant->of.key;
    row->cells[NEAR] = order_gene(variant);
    row->cells[RATIO] =
        chart_interval(single->b, single->lower, single->upper, single->contains_null,
                       forest->exponential, forest->arena);
    if (variant->is_excluded) {
        row->cells[WEIGHT] = _("excluded");
        if (mark != CHART_NO_MARK) {
            ((struct mark *)array_at(&forest->build.marks, mark))->is_dimmed = true;
        }
        return;
    }
    row->cells[WEIGHT] = words_percent(single->weight_share, forest->arena);
    row->shares[WEIGHT] = single->weight_share;
    if (forest->analysis->pair->count > 1) {
        row->cells[SHARE] = words_percent(single->q_share, forest->arena);
        row->shares[SHARE] = single->q_share;
    }
}

/* A row of several variants together: its interval and p, or why there is none. */
static struct chart_row *add_estimate(struct forest *forest, const struct estimate *estimate,
                                      const char *label, struct identity of)
{
    size_t mark = build_estimate(&forest->build, estimate, of);
    struct chart_row *row = build_row(&forest->build, ROW_SUMMARY, of, mark);
    row->cells[VARIANT] = label;
    if (!words_has_value(estimate)) {
        row->cells[RATIO] = words_status(estimate->status);
        return row;
    }
    row->cells[RATIO] = words_interval(estimate, forest->exponential, ", ", forest->arena);
    row->cells[WEIGHT] = arena_format(
        forest->arena, "p %s", chart_p(estimate->p, estimate->neglog10_p, forest->arena));
    return row;
}

static void add_prediction(struct forest *forest)
{
    const struct analysis *analysis = forest->analysis;
    double lower = analysis->prediction_lower, upper = analysis->prediction_upper;
    if (isnan(lower) || isnan(upper)) {
        return;
    }
    bool contains_null = lower <= 0 && 0 <= upper;
    size_t mark = build_mark(&forest->build, (struct mark){.kind = MARK_PREDICTION,
                                                           .x = analysis->main.b,
                                                           .x_lower = lower,
                                                           .x_upper = upper,
                                                           .y = NAN,
                                                           .y_lower = NAN,
                                                           .y_upper = NAN,
                                                           .weight = NAN,
                                                           .contains_null = contains_null,
                                                           .is_summary = true});
    struct chart_row *row = build_row(&forest->build, ROW_SUMMARY, build_nothing, mark);
    row->cells[VARIANT] = _("  next variant");
    row->cells[RATIO] = chart_interval(analysis->main.b, lower, upper, contains_null,
                                       forest->exponential, forest->arena);
    row->cells[WEIGHT] = _("prediction");
}

static void add_methods(struct forest *forest)
{
    static const char *const keys[] = {"egger", "weighted_median"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        for (size_t i = 0; i < forest->analysis->estimate_count; i++) {
            const struct estimate *estimate = &forest->analysis->estimates[i];
            if (estimate->method != NULL && strcmp(estimate->method->key, keys[k]) == 0) {
                add_estimate(forest, estimate, words_method(estimate->method),
                             build_method(estimate->method));
            }
        }
    }
}

/* IVW without the variant that moves it most. */
static void add_without(struct forest *forest)
{
    double shift;
    size_t j = notes_largest_shift(forest->analysis, &shift);
    if (j == CHART_NO_MARK) {
        return;
    }
    const struct estimate *without = &forest->analysis->leave_one_out[j];
    struct chart_row *row = add_estimate(
        forest, without,
        arena_format(forest->arena, _("%s out"), pair_variant(forest->analysis->pair, j)),
        build_nothing);
    if (row->mark != CHART_NO_MARK) {
        row->cells[SHARE] = without->contains_null ? _("null within") : _("null outside");
    }
}

static void add_summaries(struct forest *forest)
{
    const struct analysis *analysis = forest->analysis;
    const struct analysis *full = forest->options->full;
    build_row(&forest->build, ROW_SPACE, build_nothing, CHART_NO_MARK);
    if (analysis->pair->count > 0) {
        add_estimate(forest, &analysis->main, words_method(analysis->main.method),
                     build_method(analysis->main.method));
    }
    if (full != NULL && full->pair->count > analysis->pair->count) {
        struct chart_row *row = add_estimate(
            forest, &full->main,
            arena_format(forest->arena, _("  all %zu variants"), full->pair->count),
            build_nothing);
        row->cells[SHARE] = _("none excluded");
    }
    if (analysis->pair->count > 1) {
        add_prediction(forest);
        add_methods(forest);
        add_without(forest);
    }
}

static struct chart *forest_chart(const struct analysis *analysis,
                                  const struct chart_options *options, struct arena *arena)
{
    enum order_by by = options->by_effect ? ORDER_EFFECT : ORDER_FILE;
    struct order order = order_of(analysis, options, by, arena);
    struct forest forest = {build_start("forest", columns, COLUMNS, arena), analysis, options,
                            words_exponential(analysis->pair, options), arena};
    struct chart *chart = forest.build.chart;
    chart->columns[RATIO].heading =
        words_interval_heading(forest.exponential, analysis->settings.level, arena);
    chart->title = order_title(analysis, options, by, forest.exponential, arena);
    for (size_t i = 0; i < order.count; i++) {
        add_variant(&forest, &order.variants[i], order.most_weight);
    }
    if (order.hidden > 0) {
        build_row(&forest.build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[VARIANT] =
            order_hidden(&order, arena);
    }
    if (order.count > 0) {
        add_summaries(&forest);
    }
    build_axis(&forest.build, analysis->pair, forest.exponential, analysis->settings.level);
    build_note(&forest.build, notes_nothing(analysis, arena));
    if (analysis->pair->count > 0) {
        build_note(&forest.build, notes_heterogeneity(analysis, arena));
        build_note(&forest.build, notes_intercept(analysis, arena));
        build_note(&forest.build, notes_influence(analysis, arena));
        build_note(&forest.build, notes_regions(analysis, arena));
    }
    chart->sentence = notes_join(notes_main(analysis, forest.exponential, arena), "; ",
                                 notes_largest(analysis, arena), arena);
    return build_finish(&forest.build, RATIO);
}

const struct chart_kind chart_of_forest = {
    .key = "forest",
    .name = N_("Forest"),
    .brief = N_("Forest"),
    .shows = N_("Each variant's own ratio with its interval, and the methods below."),
    .least = 1,
    .function = forest_chart,
};
