#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

/* The radial plot's points, at modified second-order weights around the main estimate (Bowden
 * et al. 2018, Int J Epidemiol 47:1264). */
struct radial {
    size_t count;
    double *x, *y, *w;
    struct line_fit ivw, egger;
};

static struct radial radial_of(const struct pair *pair, double b, struct arena *arena)
{
    struct radial radial = {.count = pair->count,
                            .x = arena_get(arena, pair->count, sizeof(double)),
                            .y = arena_get(arena, pair->count, sizeof(double)),
                            .w = arena_get(arena, pair->count, sizeof(double))};

    for (size_t j = 0; j < pair->count; j++) {
        double spread = hypot(pair->sy[j], b * pair->sx[j]);
        double sign = pair->bx[j] < 0 ? -1 : 1;
        radial.x[j] = sign * pair->bx[j] / spread;
        radial.y[j] = sign * pair->by[j] / spread;
        radial.w[j] = 1;
    }
    radial.ivw = regression_through_origin(radial.x, radial.y, radial.w, pair->count);
    radial.egger = regression_with_intercept(radial.x, radial.y, radial.w, pair->count);
    return radial;
}

static bool is_outlier(const struct radial *radial, size_t j)
{
    double distance = radial->y[j] - radial->ivw.slope * radial->x[j];

    return tail_chi_square(distance * distance, 1) < 0.05;
}

static size_t add_points(struct build *build, const struct analysis *analysis,
                         const struct radial *radial)
{
    size_t outliers = 0;

    for (size_t j = 0; j < radial->count; j++) {
        double distance = radial->y[j] - radial->ivw.slope * radial->x[j];
        struct plane_point point = {.x = radial->x[j],
                                    .y = radial->y[j],
                                    .across = NAN,
                                    .up = NAN,
                                    .is_hollow = !is_outlier(radial, j)};
        point.figures =
            arena_format(build->arena, _("contribution to Q %s, p %s"),
                         chart_number(distance * distance, 2, build->arena),
                         chart_p(tail_chi_square(distance * distance, 1), NAN, build->arena));
        plane_point(build, build_variant(analysis->pair, j), &point);
        outliers += is_outlier(radial, j);
    }
    return outliers;
}

static void add_lines(struct build *build, const struct radial *radial)
{
    double end = build->chart->x.upper, b = radial->ivw.slope;
    double reach = quantile_normal(0.975);

    plane_line(build, 0, reach, end, b * end + reach, MARK_DOTTED, NULL);
    plane_line(build, 0, -reach, end, b * end - reach, MARK_DOTTED, NULL);
    plane_line(build, 0, 0, end, b * end, 1, _("IVW radial"));
    if (radial->count > 2 && isfinite(radial->egger.slope)) {
        plane_line(build, 0, radial->egger.intercept, end,
                   radial->egger.intercept + radial->egger.slope * end, 2,
                   _("MR Egger radial"));
    }
}

static const char *outliers_note(size_t outliers, const struct analysis *analysis,
                                 struct arena *arena)
{
    return arena_format(arena,
                        _("Outliers at p < .05: %zu of %zu, where chance alone gives %.1f"),
                        outliers, analysis->pair->count, 0.05 * (double)analysis->pair->count);
}

static struct chart *radial_chart(const struct analysis *analysis,
                                  const struct chart_options *options, struct arena *arena)
{
    struct build build = plane_start("radial", arena);
    struct chart *chart = build.chart;
    bool can_be_drawn = analysis->pair->count > 1 && analysis->main.status == ESTIMATE_DONE;
    struct radial radial = {0};
    size_t outliers = 0;

    chart->scale = words_scale(analysis->pair, false, arena);
    chart->level = analysis->settings.level;
    chart->title = arena_format(
        arena, _("%s · the slope is the effect · filled: beyond the dotted lines, p < .05"),
        words_used(analysis, options->full, arena));
    if (can_be_drawn) {
        radial = radial_of(analysis->pair, analysis->main.b, arena);
        outliers = add_points(&build, analysis, &radial);
    }
    plane_axis(&build, PLANE_X, _("square root of the weight"), NAN, true);
    plane_axis(&build, PLANE_Y, _("ratio times square root of the weight"), 0, true);
    if (can_be_drawn) {
        add_lines(&build, &radial);
        build_note(&build, outliers_note(outliers, analysis, arena));
        build_note(&build, notes_heterogeneity(analysis, arena));
    }
    build_note(&build, notes_nothing(analysis, arena));
    chart->sentence =
        notes_join(notes_main(analysis, false, arena), "; ",
                   can_be_drawn ? outliers_note(outliers, analysis, arena) : NULL, arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_radial = {
    .key = "radial",
    .name = N_("Radial"),
    .brief = N_("Radial"),
    .shows = N_("Each variant by its weight: its distance from the line is its share of the "
                "heterogeneity."),
    .least = 2,
    .function = radial_chart,
};
