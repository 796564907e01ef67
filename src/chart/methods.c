#include "chart/kinds.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/notes.h"
#include "chart/order.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

enum { METHOD, VARIANTS, EFFECT, P, NOTE, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [METHOD] = {.heading = N_("method")},
    [VARIANTS] = {.heading = N_("nsnp"), .priority = 3, .is_right = true},
    [EFFECT] = {.heading = "", .priority = 2},
    [P] = {.heading = N_("p"), .priority = 1, .is_right = true, .is_after = true},
    [NOTE] = {.heading = N_("note"), .priority = 4, .is_after = true},
};

static void add_method(struct build *build, const struct estimate *estimate, const char *label,
                       struct identity of, bool exponential)
{
    struct arena *arena = build->arena;
    size_t mark = build_estimate(build, estimate, of);
    struct chart_row *row = build_row(build, ROW_DATA, of, mark);
    row->cells[METHOD] = label;
    row->cells[VARIANTS] = arena_format(arena, "%zu", estimate->variants);
    row->cells[NOTE] = estimate->note;
    if (!words_has_value(estimate)) {
        row->cells[EFFECT] = words_status(estimate->status);
        row->cells[P] = estimate->status == ESTIMATE_DONE
                            ? chart_p(estimate->p, estimate->neglog10_p, arena)
                            : "-";
        return;
    }
    row->cells[EFFECT] = words_interval(estimate, exponential, ", ", arena);
    row->cells[P] = chart_p(estimate->p, estimate->neglog10_p, arena);
}

/* The same method's estimate of all variants, NULL when nothing is excluded. */
static const struct estimate *full_estimate(const struct analysis *analysis,
                                            const struct analysis *full, size_t i)
{
    if (full == NULL || full->pair->count <= analysis->pair->count) {
        return NULL;
    }
    for (size_t k = 0; k < full->estimate_count; k++) {
        if (full->estimates[k].method == analysis->estimates[i].method) {
            return &full->estimates[k];
        }
    }
    return NULL;
}

/* How many of the methods that have a value exclude the null, and on which side. */
static const char *sentence_of(const struct analysis *analysis, bool exponential,
                               struct arena *arena)
{
    size_t done = 0, below = 0, above = 0;
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        if (estimate->status == ESTIMATE_DONE) {
            done++;
            below += !estimate->contains_null && estimate->b < 0;
            above += !estimate->contains_null && estimate->b > 0;
        }
    }
    const char *count = arena_format(
        arena, _("methods that exclude no effect: %zu of %zu (%zu below, %zu above)"),
        below + above, done, below, above);
    return notes_join(notes_main(analysis, exponential, arena), "; ",
                      analysis->pair->count == 0 ? NULL : count, arena);
}

/* A method for fewer variants than there are has nothing to say and no room to say it in. */
static bool is_for_fewer(const struct method *method, size_t variants)
{
    return method->most > 0 && variants > method->most;
}

static struct chart *methods_chart(const struct analysis *analysis,
                                   const struct chart_options *options, struct arena *arena)
{
    bool exponential = words_exponential(analysis->pair, options);
    struct build build = build_start("methods", columns, COLUMNS, arena);
    size_t used = analysis->pair->count;
    build.chart->columns[EFFECT].heading =
        words_interval_heading(exponential, analysis->settings.level, arena);
    build.chart->title =
        arena_format(arena, _("%s · %s"), words_used(analysis, options->full, arena),
                     words_scale(analysis->pair, exponential, arena));
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        if (is_for_fewer(estimate->method, used)) {
            continue;
        }
        add_method(&build, estimate, estimate->method->name, build_method(estimate->method),
                   exponential);
        const struct estimate *whole = full_estimate(analysis, options->full, i);
        if (whole != NULL) {
            add_method(&build, whole,
                       arena_format(arena, _("  all %zu variants"), options->full->pair->count),
                       build_nothing, exponential);
        }
    }
    build_axis(&build, analysis->pair, exponential, analysis->settings.level);
    build_note(&build, notes_nothing(analysis, arena));
    if (used > 0) {
        build_note(&build, notes_heterogeneity(analysis, arena));
        build_note(&build, notes_intercept(analysis, arena));
    }
    build.chart->sentence = sentence_of(analysis, exponential, arena);
    return build_finish(&build, EFFECT);
}

const struct chart_kind chart_of_methods = {
    .key = "methods",
    .name = N_("Methods"),
    .brief = N_("Methods"),
    .shows = N_("What each method says of the same variants."),
    .least = 1,
    .function = methods_chart,
};
