#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include <math.h>

/* A ratio against its precision: with no directional pleiotropy they spread evenly around the
 * estimate, the wider the lower they stand. */
static void add_variant(struct build *build, const struct shown_variant *variant,
                        bool exponential)
{
    const struct single_variant *single = variant->single;
    struct plane_point point = {.x = single->b,
                                .y = 1 / single->se,
                                .across = NAN,
                                .up = NAN,
                                .is_hollow = single->contains_null,
                                .is_dimmed = variant->is_excluded};

    point.figures = chart_interval(single->b, single->lower, single->upper,
                                   single->contains_null, exponential, build->arena);
    if (isfinite(point.x) && isfinite(point.y)) {
        plane_point(build, variant->of, &point);
    }
}

/* Upright lines of the estimates, and the borders that single ratios keep to around the main
 * one when nothing but chance moves them. */
static void add_lines(struct build *build, const struct analysis *analysis)
{
    const struct estimate *chosen[PLANE_MOST_SERIES];
    size_t count = plane_estimates(analysis, chosen);
    double top = build->chart->y.upper;

    for (size_t i = 0; i < count; i++) {
        plane_estimate(build, chosen[i], (unsigned)i + 1, (struct plane_place){chosen[i]->b, 0},
                       (struct plane_place){chosen[i]->b, top});
    }
}

/* Room for the borders at the middle of the plot, where most ratios stand. */
static void widen(struct build *build, const struct analysis *analysis, double reach)
{
    struct axis *x = &build->chart->x;
    double half = reach / (0.5 * build->chart->y.upper);

    if (isfinite(half) && isfinite(analysis->main.b)) {
        x->lower = fmin(x->lower, analysis->main.b - half);
        x->upper = fmax(x->upper, analysis->main.b + half);
    }
}

enum { BORDER_PIECES = 40 };

static void add_borders(struct build *build, double middle, double reach)
{
    double top = build->chart->y.upper;

    for (int side = -1; side <= 1 && isfinite(middle); side += 2) {
        for (int i = 1; i < BORDER_PIECES; i++) {
            double low = top * i / BORDER_PIECES, high = top * (i + 1) / BORDER_PIECES;
            plane_line(build, middle + side * reach / low, low, middle + side * reach / high,
                       high, MARK_FAINT, NULL);
        }
    }
}

static const char *sentence_of(const struct analysis *analysis, bool exponential,
                               struct arena *arena)
{
    return notes_join(notes_main(analysis, exponential, arena), "; ",
                      notes_intercept(analysis, arena), arena);
}

static struct chart *funnel_chart(const struct analysis *analysis,
                                  const struct chart_options *options, struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct order order = order_of(analysis, options, ORDER_EFFECT, arena);
    struct build build = plane_start("funnel", arena);
    struct chart *chart = build.chart;

    chart->scale = words_scale(analysis->pair, exponential, arena);
    chart->level = analysis->settings.level;
    chart->x.is_exponential = exponential;
    chart->title = arena_format(arena,
                                _("%s · precision upwards · curves: where %s of ratios "
                                  "fall by chance"),
                                words_used(analysis, options->full, arena),
                                words_level(analysis->settings.level, arena));
    for (size_t i = 0; i < order.count; i++) {
        add_variant(&build, &order.variants[i], exponential);
    }
    plane_axis(&build, PLANE_X, chart->scale, 0, false);
    plane_axis(&build, PLANE_Y, _("precision (1 / standard error)"), NAN, true);
    double reach = (analysis->main.upper - analysis->main.b) / analysis->main.se;
    widen(&build, analysis, reach);
    add_borders(&build, analysis->main.b, reach);
    add_lines(&build, analysis);
    build_note(&build, notes_nothing(analysis, arena));
    build_note(&build, analysis->pair->count == 0 ? NULL : notes_intercept(analysis, arena));
    chart->sentence = sentence_of(analysis, exponential, arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_funnel = {
    .key = "funnel",
    .name = N_("Funnel"),
    .brief = N_("Funnel"),
    .shows = N_("Each variant's ratio against its precision: a lopsided funnel is directional "
                "pleiotropy."),
    .least = 3,
    .function = funnel_chart,
};
