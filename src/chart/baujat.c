#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include <math.h>

/* What leaving a variant out does to the estimate, squared and in the variance without it. */
static double influence_of(const struct analysis *analysis, size_t j)
{
    const struct estimate *without = &analysis->leave_one_out[j];
    double shift = (analysis->main.b - without->b) / without->se;

    return shift * shift;
}

static void add_variant(struct build *build, const struct analysis *analysis, size_t j)
{
    const struct single_variant *single = &analysis->singles[j];
    struct plane_point point = {.x = single->q_share * analysis->heterogeneity.q,
                                .y = influence_of(analysis, j),
                                .across = NAN,
                                .up = NAN,
                                .is_hollow = !(fabs(single->studentised) > 2)};

    point.figures = arena_format(build->arena, _("share of Q %s, studentised %s"),
                                 words_percent(single->q_share, build->arena),
                                 chart_number(single->studentised, 1, build->arena));
    if (isfinite(point.x) && isfinite(point.y)) {
        plane_point(build, build_variant(analysis->pair, j), &point);
    }
}

/* Source: Baujat, Mahe, Pignon and Hill 2002, Stat Med 21:2641. */
static struct chart *baujat_chart(const struct analysis *analysis,
                                  const struct chart_options *options, struct arena *arena)
{
    struct build build = plane_start("baujat", arena);
    struct chart *chart = build.chart;
    bool can_be_drawn = analysis->leave_one_out_count > analysis->pair->count;

    chart->scale = words_scale(analysis->pair, false, arena);
    chart->level = analysis->settings.level;
    chart->title = arena_format(arena, _("%s · filled: studentised residual beyond 2"),
                                words_used(analysis, options->full, arena));
    for (size_t j = 0; can_be_drawn && j < analysis->pair->count; j++) {
        add_variant(&build, analysis, j);
    }
    plane_axis(&build, PLANE_X, _("contribution to Cochran's Q"), NAN, true);
    plane_axis(&build, PLANE_Y, _("influence on the estimate"), NAN, true);
    build_note(&build, notes_nothing(analysis, arena));
    build_note(&build, !can_be_drawn && analysis->pair->count > 0
                           ? _("Leaving one out needs three variants.")
                           : NULL);
    build_note(&build, can_be_drawn ? notes_heterogeneity(analysis, arena) : NULL);
    build_note(&build, can_be_drawn ? notes_influence(analysis, arena) : NULL);
    chart->sentence = notes_join(notes_main(analysis, false, arena), "; ",
                                 notes_largest(analysis, arena), arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_baujat = {
    .key = "baujat",
    .name = N_("Baujat"),
    .brief = N_("Baujat"),
    .shows = N_("How much each variant adds to the heterogeneity, and how much it moves the "
                "estimate."),
    .least = 3,
    .function = baujat_chart,
};
