#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/family.h"
#include "chart/plane.h"
#include "chart/words.h"
#include <math.h>

/* The level of both lines. */

static void add_point(struct build *build, const struct family *family, size_t pair)
{
    const struct estimate *estimate = family_main(family->results, pair);
    plane_point(build, family_identity(family->results, pair),
                &(struct plane_point){.x = estimate->b,
                                      .y = estimate->neglog10_p,
                                      .across = NAN,
                                      .up = NAN,
                                      .is_hollow = estimate->contains_null});
}

/*
 * The P that parts q < .05 from the others (Benjamini and Hochberg 1995): of n tests with k
 * such q it is .05 k / n, and .05 / n, which the smallest P would have needed, where k is 0.
 */
static double q_line(const struct family *family, size_t tested)
{
    size_t found = 0;
    for (size_t i = 0; i < family->count; i++) {
        found += family->results->pairs[family->pairs[i]].q < RESULTS_LEVEL;
    }
    return RESULTS_LEVEL * (double)(found > 0 ? found : 1) / (double)tested;
}

static void add_line(struct build *build, double p, unsigned series, const char *label)
{
    const struct axis *x = &build->chart->x;
    plane_line(build, x->lower, -log10(p), x->upper, -log10(p), series, label);
}

/* Each disease has its own q values, and so its own line: one is drawn, not twenty. */
static void add_lines(struct build *build, const struct family *family, size_t tested)
{
    struct arena *arena = build->arena;
    add_line(build, RESULTS_LEVEL, 2, "p .05");
    if (tested == 0) {
        return;
    }
    if (family->diseases > 1) {
        build_note(build, _("Each outcome has q values of its own, so that no one line is "
                            "drawn for them; choose an outcome."));
        return;
    }
    double p = q_line(family, tested);
    add_line(build, p, 1, arena_format(arena, "q .05 (p %s)", chart_p(p, -log10(p), arena)));
}

/* Both lines are seen whatever the points are. */
static void make_room(struct axis *y, double p)
{
    if (isfinite(p) && y->upper < -log10(p) * 1.1) {
        y->upper = -log10(p) * 1.1;
    }
}

static struct chart *volcano(const struct results *results, enum direction direction,
                             const char *disease, const struct chart_options *options,
                             struct arena *arena)
{
    struct family family = family_of(results, direction, disease, options, arena);
    struct build build = plane_start("volcano", arena);
    struct chart *chart = build.chart;
    size_t count;
    const size_t *pairs = family_by_p(&family, &count, arena);
    for (size_t i = 0; i < count; i++) {
        add_point(&build, &family, pairs[i]);
    }
    chart->scale = family_scale(&family, arena);
    chart->level = results->options.settings.level;
    chart->x.is_exponential = family.is_exponential;
    chart->title =
        arena_format(arena,
                     ngettext("%zu test · filled: the %s interval excludes no effect",
                              "%zu tests · filled: the %s interval excludes no effect", count),
                     count, words_level(chart->level, arena));
    plane_axis(&build, PLANE_X, chart->scale, 0, false);
    plane_axis(&build, PLANE_Y, _("-log10 p"), NAN, true);
    make_room(&chart->y, count == 0 ? RESULTS_LEVEL : q_line(&family, count));
    add_lines(&build, &family, count);
    chart->sentence = family_tests(results_count_of(results, disease, direction), arena);
    build_note(&build, chart->sentence);
    return plane_finish(&build);
}

const struct study_chart_kind chart_of_volcano = {
    .key = "volcano",
    .name = N_("Volcano"),
    .shows = N_("Every test by its effect and its p, with the lines of p and q .05."),
    .function = volcano,
};
