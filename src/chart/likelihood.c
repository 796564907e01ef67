#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/notes.h"
#include "chart/numbers.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "estimate/conmix.h"
#include <math.h>

/* A curve is this many straight pieces. */
enum { PIECES = 240 };

/* How many times the depth of the set the chart reaches down, at most. */
#define DEPTHS 5

/* The set and the null, with as much again on both sides. */
static void set_effects(struct axis *axis, const struct conmix_profile *profile)
{
    double lower = profile->pieces[0].lower, upper = profile->pieces[0].upper;

    for (size_t i = 0; i < profile->piece_count; i++) {
        upper = profile->pieces[i].upper;
    }
    if (isfinite(lower) && isfinite(upper)) {
        double least = fmin(lower, 0), most = fmax(upper, 0);
        double margin = fmax(0.5 * (upper - lower), 0.08 * (most - least));

        axis->lower = least - margin;
        axis->upper = most + margin;
    }
}

static void set_heights(struct axis *axis, const struct conmix_profile *profile)
{
    double down = fmin(profile->top, DEPTHS * profile->depth);

    axis->lower = -1.12 * down;
    axis->upper = 0.08 * down;
}

static void add_curve(struct build *build, const struct conmix_profile *profile)
{
    const struct axis *x = &build->chart->x;
    double step = (x->upper - x->lower) / PIECES;

    for (int i = 0; i < PIECES; i++) {
        double from = x->lower + step * i, to = from + step;

        plane_line(build, from, conmix_profile_at(profile, from), to,
                   conmix_profile_at(profile, to), 1, i == 0 ? _("profile") : NULL);
    }
}

/* The height of the set over all effects, its pieces drawn through. */
static void add_set(struct build *build, const struct conmix_profile *profile, double level)
{
    const struct axis *x = &build->chart->x;
    double height = -profile->depth;

    plane_line(build, x->lower, height, x->upper, height, MARK_DOTTED, NULL);
    for (size_t i = 0; i < profile->piece_count; i++) {
        plane_line(
            build, fmax(profile->pieces[i].lower, x->lower), height,
            fmin(profile->pieces[i].upper, x->upper), height, 2,
            i > 0 ? NULL
                  : arena_format(build->arena, _("%s set"), words_level(level, build->arena)));
    }
}

/* The ratios along the foot, filled where the variant counts as valid at the top. */
static void add_ratio(struct build *build, const struct analysis *analysis,
                      const struct conmix_profile *profile, size_t j, bool exponential)
{
    const struct single_variant *single = &analysis->singles[j];
    bool is_valid = conmix_is_valid(profile, j);
    struct plane_point point = {.x = single->b,
                                .y = build->chart->y.lower,
                                .across = NAN,
                                .up = NAN,
                                .is_hollow = !is_valid};

    point.figures =
        arena_format(build->arena, "%s, %s",
                     chart_interval(single->b, single->lower, single->upper,
                                    single->contains_null, exponential, build->arena),
                     is_valid ? _("counts as valid") : _("counts as invalid"));
    plane_point(build, build_variant(analysis->pair, j), &point);
}

static const char *set_note(const struct conmix_profile *profile, double level,
                            bool exponential, struct arena *arena)
{
    const char *set = numbers_pieces(profile->effect, profile->pieces, profile->piece_count,
                                     exponential, arena);

    if (profile->piece_count > 1) {
        return arena_format(arena, _("Contamination mixture %s: the %s set is in %zu pieces"),
                            set, words_level(level, arena), profile->piece_count);
    }
    return arena_format(arena, _("Contamination mixture %s, the %s set"), set,
                        words_level(level, arena));
}

static const char *depth_note(const struct conmix_profile *profile,
                              const struct analysis *analysis, struct arena *arena)
{
    size_t valid = 0;

    for (size_t j = 0; j < analysis->pair->count; j++) {
        valid += conmix_is_valid(profile, j);
    }
    return arena_format(
        arena, _("%zu of %zu variants count as valid at the top; the set reaches %s down"),
        valid, analysis->pair->count, chart_number(profile->depth, 2, arena));
}

static void draw(struct build *build, const struct analysis *analysis,
                 const struct conmix_profile *profile, bool exponential)
{
    double level = analysis->settings.level;

    set_effects(&build->chart->x, profile);
    set_heights(&build->chart->y, profile);
    for (size_t j = 0; j < analysis->pair->count; j++) {
        add_ratio(build, analysis, profile, j, exponential);
    }
    add_curve(build, profile);
    add_set(build, profile, level);
    build_note(build, set_note(profile, level, exponential, build->arena));
    build_note(build, depth_note(profile, analysis, build->arena));
}

/* Axes for a chart without a curve. */
static void set_axes(struct build *build, const char *scale, bool exponential)
{
    build->chart->x = (struct axis){
        .title = scale, .lower = -1, .upper = 1, .null = 0, .is_exponential = exponential};
    build->chart->y = (struct axis){
        .title = _("log likelihood below its top"), .lower = -1, .upper = 0.1, .null = NAN};
}

static struct chart *likelihood_chart(const struct analysis *analysis,
                                      const struct chart_options *options, struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct build build = plane_start("likelihood", arena);
    struct chart *chart = build.chart;
    struct conmix_profile profile;
    bool can_be_drawn = conmix_profile(analysis->pair, &analysis->settings, arena, &profile);

    chart->scale = words_scale(analysis->pair, exponential, arena);
    chart->level = analysis->settings.level;
    chart->title = arena_format(
        arena, _("%s · contamination mixture · filled: counts as valid at the top"),
        words_used(analysis, options->full, arena));
    set_axes(&build, chart->scale, exponential);
    build_note(&build, notes_nothing(analysis, arena));
    if (can_be_drawn) {
        draw(&build, analysis, &profile, exponential);
    } else if (analysis->pair->count > 0) {
        build_note(&build, _("The mixture needs two variants with effects on the exposure and "
                             "ratios that are not all 0."));
    }
    chart->sentence = notes_join(
        words_used(analysis, options->full, arena), "; ",
        can_be_drawn ? set_note(&profile, analysis->settings.level, exponential, arena)
                     : _("no likelihood of the contamination mixture"),
        arena);
    return plane_finish(&build);
}

const struct chart_kind chart_of_likelihood = {
    .key = "likelihood",
    .name = N_("Likelihood"),
    .brief = N_("Likelihood"),
    .shows = N_("How likely each effect is if some variants are invalid: the contamination "
                "mixture, with the set of effects near its top."),
    .least = 2,
    .function = likelihood_chart,
};
