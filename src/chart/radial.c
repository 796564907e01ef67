#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "diagnose/influence.h"
#include "estimate/radial.h"
#include "numeric/tail.h"
#include <math.h>

/* The points of the radial plot (Bowden et al. 2018, Int J Epidemiol 47:1264). */
static bool is_outlier(const struct radial_plot *plot, size_t j)
{
    return tail_chi_square(plot->q[j], 1) < 0.05;
}

static void add_points(struct build *build, const struct analysis *analysis,
                       const struct radial_plot *plot)
{
    for (size_t j = 0; j < analysis->pair->count; j++) {
        struct plane_point point = {.x = plot->root_weight[j],
                                    .y = plot->value[j],
                                    .across = NAN,
                                    .up = NAN,
                                    .is_hollow = !is_outlier(plot, j)};
        point.figures =
            arena_format(build->arena, _("contribution to Q %s, p %s"),
                         chart_number(plot->q[j], 2, build->arena),
                         chart_p(tail_chi_square(plot->q[j], 1), NAN, build->arena));
        plane_point(build, build_variant(analysis->pair, j), &point);
    }
}

/* MR Egger on the points as they are drawn. */
static struct line_fit egger_of(const struct radial_plot *plot, size_t count,
                                struct arena *arena)
{
    double *weights = arena_get(arena, count, sizeof *weights);

    for (size_t j = 0; j < count; j++) {
        weights[j] = 1;
    }
    return regression_with_intercept(plot->root_weight, plot->value, weights, count);
}

static void add_lines(struct build *build, const struct radial_plot *plot, size_t count)
{
    double end = build->chart->x.upper, b = plot->line.slope;
    double reach = quantile_normal(0.975);
    struct line_fit egger = egger_of(plot, count, build->arena);

    plane_line(build, 0, reach, end, b * end + reach, MARK_DOTTED, NULL);
    plane_line(build, 0, -reach, end, b * end - reach, MARK_DOTTED, NULL);
    plane_line(build, 0, 0, end, b * end, 1, _("IVW radial"));
    if (count > 2 && isfinite(egger.slope)) {
        plane_line(build, 0, egger.intercept, end, egger.intercept + egger.slope * end, 2,
                   _("MR Egger radial"));
    }
}

static const char *outliers_note(const struct analysis *analysis, struct arena *arena)
{
    const struct radial_outlier *of = influence_radial_of(analysis->pair, arena);
    size_t count = analysis->pair->count, outliers = 0, strict = 0;

    for (size_t j = 0; j < count; j++) {
        outliers += of[j].is_outlier;
        strict += of[j].is_outlier_bonferroni;
    }
    return arena_format(arena,
                        _("Outliers at p < .05: %zu of %zu, where chance alone gives %.1f; "
                          "after Bonferroni: %zu"),
                        outliers, count, 0.05 * (double)count, strict);
}

static struct chart *radial_chart(const struct analysis *analysis,
                                  const struct chart_options *options, struct arena *arena)
{
    struct build build = plane_start("radial", arena);
    struct chart *chart = build.chart;
    struct radial_plot plot;
    bool can_be_drawn = radial_usual(analysis->pair, arena, &plot);

    chart->scale = words_scale(analysis->pair, false, arena);
    chart->level = analysis->settings.level;
    chart->title = arena_format(
        arena, _("%s · the slope is the effect · filled: beyond the dotted lines, p < .05"),
        words_used(analysis, options->full, arena));
    if (can_be_drawn) {
        add_points(&build, analysis, &plot);
    }
    plane_axis(&build, PLANE_X, _("square root of the weight"), NAN, true);
    plane_axis(&build, PLANE_Y, _("ratio times square root of the weight"), 0, true);
    if (can_be_drawn) {
        add_lines(&build, &plot, analysis->pair->count);
        build_note(&build, outliers_note(analysis, arena));
        build_note(&build, notes_heterogeneity(analysis, arena));
    }
    build_note(&build, notes_nothing(analysis, arena));
    chart->sentence = notes_join(notes_main(analysis, false, arena), "; ",
                                 can_be_drawn ? outliers_note(analysis, arena) : NULL, arena);
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
