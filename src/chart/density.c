#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "numeric/summary.h"
#include <math.h>

/* A curve is this many straight pieces. */
enum { PIECES = 120 };

/* The ratios as a smooth crowd: Gaussian kernels, of equal weight or by precision. */
struct crowd {
    const struct analysis *analysis;
    double bandwidth;
    bool is_weighted;
};

/* Bandwidth of the mode-based estimators at phi = 1 (Hartwig et al. 2017, Int J Epidemiol
 * 46:1985). */
static double bandwidth_of(const struct analysis *analysis, struct arena *arena)
{
    size_t count = analysis->pair->count;
    double *ratios = arena_get(arena, count, sizeof *ratios);
    double *work = arena_get(arena, count, sizeof *work);

    for (size_t j = 0; j < count; j++) {
        ratios[j] = analysis->singles[j].b;
    }
    double spread = fmin(summary_sd(ratios, count), summary_mad(ratios, count, work));
    return 0.9 * spread / pow((double)count, 0.2);
}

static double density_at(const struct crowd *crowd, double x)
{
    double sum = 0, total = 0;

    for (size_t j = 0; j < crowd->analysis->pair->count; j++) {
        const struct single_variant *single = &crowd->analysis->singles[j];
        double z = (x - single->b) / crowd->bandwidth;
        double weight = crowd->is_weighted ? 1 / (single->se * single->se) : 1;
        sum += weight * exp(-0.5 * z * z);
        total += weight;
    }
    return sum / (total * crowd->bandwidth * sqrt(2 * acos(-1)));
}

static double highest(const struct crowd *crowd, const struct axis *x)
{
    double most = 0;

    for (int i = 0; i <= PIECES; i++) {
        most = fmax(most, density_at(crowd, x->lower + (x->upper - x->lower) * i / PIECES));
    }
    return most;
}

static void add_curve(struct build *build, const struct crowd *crowd, unsigned series,
                      const char *label)
{
    const struct axis *x = &build->chart->x;
    double step = (x->upper - x->lower) / PIECES;

    for (int i = 0; i < PIECES; i++) {
        double from = x->lower + step * i, to = from + step;
        plane_line(build, from, density_at(crowd, from), to, density_at(crowd, to), series,
                   i == 0 ? label : NULL);
    }
}

static void add_ratio(struct build *build, const struct analysis *analysis, size_t j,
                      bool exponential)
{
    const struct single_variant *single = &analysis->singles[j];
    struct plane_point point = {
        .x = single->b, .y = 0, .across = NAN, .up = NAN, .is_hollow = single->contains_null};

    point.figures = chart_interval(single->b, single->lower, single->upper,
                                   single->contains_null, exponential, build->arena);
    if (isfinite(single->b)) {
        plane_point(build, build_variant(analysis->pair, j), &point);
    }
}

static void add_curves(struct build *build, const struct analysis *analysis, double bandwidth)
{
    struct crowd simple = {analysis, bandwidth, false}, weighted = {analysis, bandwidth, true};
    struct axis *x = &build->chart->x, *y = &build->chart->y;

    y->upper = 1.08 * fmax(highest(&simple, x), highest(&weighted, x));
    y->lower = -0.04 * y->upper;
    add_curve(build, &weighted, 1, _("weighted by precision"));
    add_curve(build, &simple, 2, _("every ratio alike"));
}

static struct chart *density_chart(const struct analysis *analysis,
                                   const struct chart_options *options, struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct build build = plane_start("density", arena);
    struct chart *chart = build.chart;
    size_t count = analysis->pair->count;
    double bandwidth = count > 2 ? bandwidth_of(analysis, arena) : NAN;

    chart->scale = words_scale(analysis->pair, exponential, arena);
    chart->level = analysis->settings.level;
    chart->x.is_exponential = exponential;
    chart->title = arena_format(arena, _("%s · bandwidth %s · the peak is the mode"),
                                words_used(analysis, options->full, arena),
                                chart_number(bandwidth, 3, arena));
    for (size_t j = 0; j < count; j++) {
        add_ratio(&build, analysis, j, exponential);
    }
    plane_axis(&build, PLANE_X, chart->scale, 0, false);
    plane_axis(&build, PLANE_Y, _("density of the ratios"), NAN, true);
    build_note(&build, notes_nothing(analysis, arena));
    if (bandwidth > 0) {
        add_curves(&build, analysis, bandwidth);
    } else if (count > 0) {
        build_note(&build, _("A density needs three variants whose ratios differ."));
    }
    chart->sentence = notes_main(analysis, exponential, arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_density = {
    .key = "density",
    .name = N_("Density"),
    .brief = N_("Density"),
    .shows = N_("Where the ratios crowd: what the mode-based estimates look for."),
    .least = 3,
    .function = density_chart,
};
