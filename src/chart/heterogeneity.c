#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/notes.h"
#include "chart/order.h"
#include "chart/words.h"
#include <math.h>

enum { VARIANT, NEAR, SHARE, RATIO, WEIGHT, STUDENTISED, COOK, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [VARIANT] = {.heading = N_("variant")},
    [NEAR] = {.heading = N_("near"), .priority = 6},
    [SHARE] = {.heading = N_("share of Q"), .priority = 1, .is_bar = true},
    [RATIO] = {.heading = "", .priority = 5},
    [WEIGHT] = {.heading = N_("weight"), .priority = 4, .is_after = true, .is_bar = true},
    [STUDENTISED] = {.heading = N_("student."),
                     .priority = 2,
                     .is_right = true,
                     .is_after = true},
    [COOK] = {.heading = N_("Cook"), .priority = 3, .is_right = true, .is_after = true},
};

static void add_variant(struct build *build, const struct shown_variant *variant,
                        double largest, bool exponential)
{
    const struct single_variant *single = variant->single;
    struct arena *arena = build->arena;
    size_t mark = build_single(build, single, variant->of, largest);
    struct chart_row *row = build_row(build, ROW_DATA, variant->of, mark);
    row->cells[VARIANT] = variant->of.key;
    row->cells[NEAR] = order_gene(variant);
    row->cells[RATIO] = chart_interval(single->b, single->lower, single->upper,
                                       single->contains_null, exponential, arena);
    if (variant->is_excluded) {
        row->cells[SHARE] = _("excluded");
        if (mark != CHART_NO_MARK) {
            ((struct mark *)array_at(&build->marks, mark))->is_dimmed = true;
        }
        return;
    }
    row->cells[SHARE] = words_percent(single->q_share, arena);
    row->shares[SHARE] = single->q_share;
    row->cells[WEIGHT] = words_percent(single->weight_share, arena);
    row->shares[WEIGHT] = single->weight_share;
    row->cells[STUDENTISED] = chart_number(single->studentised, 2, arena);
    row->cells[COOK] = chart_number(single->cook, 2, arena);
}

static void add_whole(struct build *build, const struct analysis *analysis, bool exponential)
{
    const struct estimate *estimate = &analysis->main;
    struct identity of = build_method(estimate->method);
    build_row(build, ROW_SPACE, build_nothing, CHART_NO_MARK);
    size_t mark = build_estimate(build, estimate, of);
    struct chart_row *row = build_row(build, ROW_SUMMARY, of, mark);
    row->cells[VARIANT] = words_method(estimate->method);
    row->cells[RATIO] = mark == CHART_NO_MARK
                            ? words_status(estimate->status)
                            : words_interval(estimate, exponential, ", ", build->arena);
    build_guide(build, estimate->b, words_method(estimate->method));
}

static const char *sentence_of(const struct analysis *analysis, struct arena *arena)
{
    const char *count = words_variants(analysis->pair->count, arena);
    if (analysis->pair->count == 0) {
        return notes_nothing(analysis, arena);
    }
    const char *q = notes_q(analysis, arena);
    return notes_join(
        notes_join(count, "; ", q == NULL ? _("heterogeneity cannot be judged") : q, arena),
        "; ", notes_largest(analysis, arena), arena);
}

static struct chart *heterogeneity_chart(const struct analysis *analysis,
                                         const struct chart_options *options,
                                         struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct order order = order_of(analysis, options, ORDER_Q, arena);
    struct build build = build_start("heterogeneity", columns, COLUMNS, arena);
    build.chart->columns[RATIO].heading =
        words_interval_heading(exponential, analysis->settings.level, arena);
    build.chart->title = order_title(analysis, options, ORDER_Q, exponential, arena);
    for (size_t i = 0; i < order.count; i++) {
        add_variant(&build, &order.variants[i], order.most_weight, exponential);
    }
    if (order.hidden > 0) {
        build_row(&build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[VARIANT] =
            order_hidden(&order, arena);
    }
    if (analysis->pair->count > 0) {
        add_whole(&build, analysis, exponential);
    }
    build_axis(&build, analysis->pair, exponential, analysis->settings.level);
    build_note(&build, notes_nothing(analysis, arena));
    if (analysis->pair->count > 0) {
        build_note(&build, notes_heterogeneity(analysis, arena));
        build_note(&build, notes_heterogeneity_egger(analysis, arena));
        build_note(&build, notes_intercept(analysis, arena));
        build_note(&build, notes_influence(analysis, arena));
        build_note(&build, notes_regions(analysis, arena));
    }
    build.chart->sentence = sentence_of(analysis, arena);
    return build_finish(&build, RATIO);
}

const struct chart_kind chart_of_heterogeneity = {
    .key = "heterogeneity",
    .name = N_("Heterogeneity"),
    .brief = N_("Q"),
    .shows = N_("How far the variants disagree, and which of them does most of it."),
    .least = 2,
    .function = heterogeneity_chart,
};
