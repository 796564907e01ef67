#include "chart/several.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/range.h"
#include "chart/words.h"
#include <math.h>

enum { NAME, EFFECT, P, STRENGTH, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [NAME] = {.heading = N_("exposure")},
    [EFFECT] = {.heading = "", .priority = 1},
    [P] = {.heading = "p", .priority = 2, .is_right = true, .is_after = true},
    [STRENGTH] = {.heading = "F", .priority = 3, .is_right = true, .is_after = true},
};

static struct chart_row *add(struct build *build, const struct mv_estimate *estimate,
                             size_t effect_at, struct identity of, const char *name,
                             bool exponential)
{
    const struct estimate *effect = &estimate->effects[effect_at];
    struct estimate shown = *effect;
    size_t mark;
    struct chart_row *row;

    shown.status = estimate->status;
    mark = build_estimate(build, &shown, of);
    row = build_row(build, ROW_DATA, of, mark);
    row->cells[NAME] = name;
    row->cells[EFFECT] = mark == CHART_NO_MARK
                             ? words_status(estimate->status)
                             : words_interval(&shown, exponential, ", ", build->arena);
    row->cells[P] =
        mark == CHART_NO_MARK ? NULL : chart_p(shown.p, shown.neglog10_p, build->arena);
    return row;
}

static void add_exposure(struct build *build, const struct together *several, size_t exposure,
                         bool exponential)
{
    const char *name = several->design.exposures[exposure];
    const struct mv_strength *strength = &several->strengths[exposure];
    struct identity of = {OF_TAXON, name, exposure};

    if (build->rows.count > 0) {
        build_row(build, ROW_SPACE, build_nothing, CHART_NO_MARK);
    }
    add(build, &several->alone[exposure], 0, of,
        arena_format(build->arena, _("%s alone"), name), exponential)
        ->cells[STRENGTH] = chart_number(strength->f_mean, 1, build->arena);
    add(build, together_main(several), exposure, of, _("  with the others"), exponential)
        ->cells[STRENGTH] = chart_number(strength->f_conditional, 1, build->arena);
}

static void set_axis(struct build *build, const struct together *several, bool exponential)
{
    struct chart *chart = build->chart;
    struct range range = range_start(0);

    for (size_t i = 0; i < build->marks.count; i++) {
        const struct mark *mark = array_at(&build->marks, i);

        range_add(&range, mark->x, mark->x_lower, mark->x_upper);
    }
    chart->scale = exponential ? _("odds ratio of the outcome per unit of exposure")
                               : _("effect on the outcome per unit of exposure");
    chart->level = several->settings.level;
    chart->x.title = chart->scale;
    chart->x.null = 0;
    chart->x.is_exponential = exponential;
    range_finish(&range, &chart->x);
    chart_ticks(&chart->x, 7, build->arena);
}

/* How many exposures exclude no effect. */
static size_t count_clear(const struct together *several, bool is_alone)
{
    const struct mv_estimate *together = together_main(several);
    size_t count = 0;

    for (size_t k = 0; k < several->design.exposure_count; k++) {
        const struct mv_estimate *estimate = is_alone ? &several->alone[k] : together;

        count += estimate->status == ESTIMATE_DONE &&
                 !estimate->effects[is_alone ? 0 : k].contains_null;
    }
    return count;
}

static const char *sentence_of(const struct together *several, struct arena *arena)
{
    size_t exposures = several->design.exposure_count;

    return arena_format(
        arena,
        _("Exposures whose interval excludes no effect: %zu of %zu alone, %zu with "
          "the others held, on %s."),
        count_clear(several, true), exposures, count_clear(several, false),
        words_variants(several->design.count, arena));
}

struct chart *several_chart(const struct together *several, bool exponential,
                            struct arena *arena)
{
    struct build build = build_start("several", columns, COLUMNS, arena);

    build.chart->columns[EFFECT].heading =
        words_interval_heading(exponential, several->settings.level, arena);
    for (size_t k = 0; k < several->design.exposure_count; k++) {
        add_exposure(&build, several, k, exponential);
    }
    set_axis(&build, several, exponential);
    build.chart->title =
        arena_format(arena, _("IVW on the same %s: each alone, and with the others held"),
                     words_variants(several->design.count, arena));
    build.chart->sentence = sentence_of(several, arena);
    build_note(&build, _("F alone is the mean; with the others it is what they leave of it."));
    return build_finish(&build, EFFECT);
}
