#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "numeric/tail.h"
#include <math.h>

/* More error bars than this hide the points. */
enum { MOST_BARS = 20 };

/* Half the length of an error bar, in standard errors. */
static double reach_of(const struct analysis *analysis)
{
    return quantile_normal(0.5 + 0.5 * analysis->settings.level);
}

/* Every variant by the allele that raises the exposure, so that all stand right of zero. */
static void add_variant(struct build *build, const struct shown_variant *variant, double reach)
{
    const struct pair *pair = variant->pair;
    size_t j = variant->of.index;
    double sign = pair->bx[j] < 0 ? -1 : 1;
    struct plane_point point = {.x = sign * pair->bx[j],
                                .y = sign * pair->by[j],
                                .across = reach * pair->sx[j],
                                .up = reach * pair->sy[j],
                                .is_hollow = variant->single->contains_null,
                                .is_dimmed = variant->is_excluded};

    point.figures = arena_format(build->arena, _("exposure %s, outcome %s"),
                                 chart_number(point.x, 3, build->arena),
                                 chart_number(point.y, 3, build->arena));
    plane_point(build, variant->of, &point);
}

static double intercept_of(const struct estimate *estimate)
{
    bool has_one = estimate->method->group == GROUP_EGGER && isfinite(estimate->intercept);

    return has_one ? estimate->intercept : 0;
}

static void add_lines(struct build *build, const struct analysis *analysis)
{
    const struct estimate *chosen[PLANE_MOST_SERIES];
    size_t count = plane_estimates(analysis, chosen);
    double end = build->chart->x.upper;

    for (size_t i = 0; i < count; i++) {
        double intercept = intercept_of(chosen[i]);
        plane_estimate(build, chosen[i], (unsigned)i + 1, (struct plane_place){0, intercept},
                       (struct plane_place){end, intercept + chosen[i]->b * end});
    }
}

static const char *sentence_of(const struct analysis *analysis, struct arena *arena)
{
    return notes_join(notes_main(analysis, false, arena), "; ",
                      notes_intercept(analysis, arena), arena);
}

static struct chart *scatter_chart(const struct analysis *analysis,
                                   const struct chart_options *options, struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    struct order order = order_of(analysis, options, ORDER_EFFECT, arena);
    struct build build = plane_start("scatter", arena);

    build.chart->scale = words_scale(pair, false, arena);
    build.chart->level = analysis->settings.level;
    build.chart->bars_of_selected = order.count > MOST_BARS;
    build.chart->title = arena_format(
        arena,
        order.count > MOST_BARS ? _("%s · filled: ratio excludes no effect (%s) · cursor: bars")
                                : _("%s · filled: ratio excludes no effect · %s bars"),
        words_used(analysis, options->full, arena),
        words_level(analysis->settings.level, arena));
    for (size_t i = 0; i < order.count; i++) {
        add_variant(&build, &order.variants[i], reach_of(analysis));
    }
    plane_axis(&build, PLANE_X, _("effect on the exposure"), NAN, true);
    plane_axis(&build, PLANE_Y, _("effect on the outcome"), 0, true);
    add_lines(&build, analysis);
    build_note(&build, notes_nothing(analysis, arena));
    build_note(&build, pair->count == 0 ? NULL : notes_intercept(analysis, arena));
    build.chart->sentence = sentence_of(analysis, arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_scatter = {
    .key = "scatter",
    .name = N_("Scatter"),
    .brief = N_("Scatter"),
    .shows = N_("Each variant's effect on the outcome against that on the exposure, and a line "
                "for each method."),
    .least = 2,
    .function = scatter_chart,
};
