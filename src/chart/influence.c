#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/notes.h"
#include "chart/order.h"
#include "chart/words.h"
#include "numeric/tail.h"
#include <math.h>

enum { VARIANT, NEAR, STUDENTISED, COOK, WEIGHT, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [VARIANT] = {.heading = N_("variant")},
    [NEAR] = {.heading = N_("near"), .priority = 4},
    [STUDENTISED] = {.heading = N_("student."), .priority = 1, .is_right = true},
    [COOK] = {.heading = N_("Cook's D"), .priority = 2, .is_after = true, .is_bar = true},
    [WEIGHT] = {.heading = N_("weight"), .priority = 3, .is_after = true, .is_bar = true},
};

/* Residuals beyond these are rare, and very rare. */
#define RARE 2
#define VERY_RARE 3

/* The axis reaches no further: what lies beyond ends in an arrow. */
#define REACH 12

/* A stalk from no residual to a variant's, filled beyond the first line. */
static size_t add_stalk(struct build *build, const struct shown_variant *variant,
                        double largest)
{
    double residual = variant->single->studentised;
    bool is_rare = fabs(residual) > RARE;

    if (!isfinite(residual)) {
        return CHART_NO_MARK;
    }
    return build_mark(build, (struct mark){.kind = MARK_INTERVAL,
                                           .of = variant->of,
                                           .x = residual,
                                           .x_lower = fmin(residual, 0),
                                           .x_upper = fmax(residual, 0),
                                           .y = NAN,
                                           .y_lower = NAN,
                                           .y_upper = NAN,
                                           .weight = variant->single->weight_share / largest,
                                           .contains_null = !is_rare});
}

static void add_variant(struct build *build, const struct shown_variant *variant,
                        double largest, double most_cook)
{
    const struct single_variant *single = variant->single;
    struct arena *arena = build->arena;
    size_t mark = variant->is_excluded ? CHART_NO_MARK : add_stalk(build, variant, largest);
    struct chart_row *row = build_row(build, ROW_DATA, variant->of, mark);

    row->cells[VARIANT] = variant->of.key;
    row->cells[NEAR] = order_gene(variant);
    if (variant->is_excluded) {
        row->cells[STUDENTISED] = _("excluded");
        return;
    }
    row->cells[STUDENTISED] = chart_number(single->studentised, 2, arena);
    row->cells[WEIGHT] = words_percent(single->weight_share, arena);
    row->shares[WEIGHT] = single->weight_share;
    row->cells[COOK] = chart_number(single->cook, 2, arena);
    if (isfinite(single->cook) && most_cook > 0) {
        row->shares[COOK] = single->cook / most_cook;
    }
}

static double most_cook_of(const struct analysis *analysis)
{
    double most = 0;

    for (size_t j = 0; j < analysis->pair->count; j++) {
        most = fmax(most, analysis->singles[j].cook);
    }
    return most;
}

/* Lines at both sides of no residual, even about it. */
static void set_axis(struct build *build, const struct analysis *analysis)
{
    struct axis *axis = &build->chart->x;
    double most = VERY_RARE + 0.5;

    for (size_t j = 0; j < analysis->pair->count; j++) {
        most = fmax(most, fmin(1.05 * fabs(analysis->singles[j].studentised), REACH));
    }
    *axis = (struct axis){.title = _("studentised residual around IVW"),
                          .lower = -most,
                          .upper = most,
                          .below = _("below the line"),
                          .above = _("above the line")};
    build->chart->scale = axis->title;
    build->chart->level = analysis->settings.level;
    chart_ticks(axis, 7, build->arena);
    for (int side = -1; side <= 1; side += 2) {
        build_guide(build, side * RARE, NULL);
        build_guide(build, side * VERY_RARE, NULL);
    }
}

/* How many residuals lie beyond a line. */
static size_t count_beyond(const struct analysis *analysis, double line)
{
    size_t count = 0;

    for (size_t j = 0; j < analysis->pair->count; j++) {
        count += fabs(analysis->singles[j].studentised) > line;
    }
    return count;
}

static const char *beyond_note(const struct analysis *analysis, struct arena *arena)
{
    double count = (double)analysis->pair->count, df = count - 2;

    if (analysis->pair->count < 3) {
        return _("Studentised residuals need three variants.");
    }
    return arena_format(
        arena,
        _("Beyond 2: %zu of %zu, where chance (t on %.0f df) gives about %.1f; beyond 3: %zu"),
        count_beyond(analysis, RARE), analysis->pair->count, df,
        count * tail_t_two_sided(RARE, df), count_beyond(analysis, VERY_RARE));
}

/* The variant that moves the whole fit most. */
static const char *cook_note(const struct analysis *analysis, struct arena *arena)
{
    double most = most_cook_of(analysis);

    for (size_t j = 0; most > 0 && j < analysis->pair->count; j++) {
        if (analysis->singles[j].cook == most) {
            return arena_format(
                arena,
                _("Largest Cook's distance: %s, %s; above %s, 4 over the number of "
                  "variants, look twice"),
                pair_variant(analysis->pair, j), chart_number(most, 2, arena),
                chart_number(4 / (double)analysis->pair->count, 2, arena));
        }
    }
    return NULL;
}

static struct chart *influence_chart(const struct analysis *analysis,
                                     const struct chart_options *options, struct arena *arena)
{
    struct order order = order_of(analysis, options, ORDER_STUDENTISED, arena);
    struct build build = build_start("influence", columns, COLUMNS, arena);
    double most_cook = most_cook_of(analysis);

    build.chart->title =
        arena_format(arena, _("%s · by studentised residual around IVW · lines at 2 and 3"),
                     words_used(analysis, options->full, arena));
    for (size_t i = 0; i < order.count; i++) {
        add_variant(&build, &order.variants[i], order.most_weight, most_cook);
    }
    if (order.hidden > 0) {
        build_row(&build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[VARIANT] =
            order_hidden(&order, arena);
    }
    set_axis(&build, analysis);
    build_note(&build, notes_nothing(analysis, arena));
    if (analysis->pair->count > 0) {
        build_note(&build, beyond_note(analysis, arena));
        build_note(&build, cook_note(analysis, arena));
        build_note(&build, notes_influence(analysis, arena));
        build_note(&build, notes_regions(analysis, arena));
    }
    build.chart->sentence =
        analysis->pair->count == 0
            ? notes_nothing(analysis, arena)
            : notes_join(beyond_note(analysis, arena), "; ", cook_note(analysis, arena), arena);
    return build_finish(&build, STUDENTISED);
}

const struct chart_kind chart_of_influence = {
    .key = "influence",
    .name = N_("Influence"),
    .brief = N_("Influence"),
    .shows = N_("Which variants lie far from the line of the others, and which of them move "
                "it."),
    .least = 3,
    .function = influence_chart,
};
