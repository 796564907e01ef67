#include "chart/path.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/words.h"
#include <math.h>

enum { LABEL, EFFECT, P, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [LABEL] = {.heading = N_("effect")},
    [EFFECT] = {.heading = N_("estimate"), .is_after = true},
    [P] = {.heading = "p", .priority = 1, .is_right = true, .is_after = true},
};

static const char *value_text(double b, double lower, double upper, bool contains_null,
                              struct arena *arena)
{
    return isnan(b) ? _("not known")
                    : chart_interval(b, lower, upper, contains_null, false, arena);
}

/* An arrow, and the row that says the same. */
static void add_arrow(struct build *build, struct chart_path *path, enum path_arrow at,
                      const char *label, const struct estimate *estimate)
{
    struct arena *arena = build->arena;
    const char *text = value_text(estimate->b, estimate->lower, estimate->upper,
                                  estimate->contains_null, arena);
    struct chart_row *row = build_row(build, ROW_DATA, build_nothing,
                                      build_estimate(build, estimate, build_nothing));

    row->cells[LABEL] = label;
    row->cells[EFFECT] = text;
    row->cells[P] =
        isnan(estimate->p) ? NULL : chart_p(estimate->p, estimate->neglog10_p, arena);
    path->arrows[at] = (struct chart_arrow){.label = label,
                                            .text = text,
                                            .is_known = estimate->status == ESTIMATE_DONE,
                                            .contains_null = estimate->contains_null,
                                            .is_negative = estimate->b < 0};
}

/* "indirect effect a b: 0.061 (0.050, 0.072), by drawing 0.051 to 0.072". */
static void note_value(struct build *build, const char *label, const struct mediated *value)
{
    struct arena *arena = build->arena;

    if (isnan(value->b)) {
        return;
    }
    build_note(build, arena_format(arena, _("%s: %s; by drawing %s to %s"), label,
                                   value_text(value->b, value->lower, value->upper,
                                              value->contains_null, arena),
                                   chart_number(value->boot_lower, 3, arena),
                                   chart_number(value->boot_upper, 3, arena)));
}

/* A share can be told of where it is one: at most the whole, and surely not nothing. */
static bool is_share(const struct mediated *proportion)
{
    return !isnan(proportion->b) && proportion->b <= 1 && !proportion->contains_null;
}

static const char *sentence_of(const struct mediated_triple *of, struct arena *arena)
{
    const struct mediation *mediation = &of->mediation;
    const char *exposure = of->triple->exposure->name, *mediator = of->triple->mediator->name;

    if (mediation->status != ESTIMATE_DONE) {
        return arena_format(arena, _("What goes from %s through %s is not known: %s."),
                            exposure, mediator, mediation->note);
    }
    if (!is_share(&mediation->proportion)) {
        return arena_format(arena, _("From %s through %s: %s of a total effect of %s."),
                            exposure, mediator, chart_number(mediation->product.b, 3, arena),
                            chart_number(mediation->total.b, 3, arena));
    }
    return arena_format(arena, _("%s of the effect of %s goes through %s (%s to %s)."),
                        words_percent(mediation->proportion.b, arena), exposure, mediator,
                        words_percent(mediation->proportion.lower, arena),
                        words_percent(mediation->proportion.upper, arena));
}

static void add_notes(struct build *build, const struct mediation *mediation)
{
    note_value(build, _("indirect effect, a b"), &mediation->product);
    note_value(build, _("indirect effect, c - c'"), &mediation->difference);
    note_value(build, _("proportion mediated, a b / c"), &mediation->proportion);
    build_note(build, mediation->note);
}

struct chart *path_chart(const struct mediated_triple *of, double level, struct arena *arena)
{
    const struct mediation *mediation = &of->mediation;
    struct build build = build_start("path", columns, COLUMNS, arena);
    struct chart *chart = build.chart;
    struct chart_path *path = arena_get(arena, 1, sizeof *path);

    chart->title =
        arena_format(arena, _("%s · effects with %s intervals; dashed: the interval holds 0"),
                     words_variants(mediation->variants, arena), words_level(level, arena));
    chart->scale = _("effect");
    chart->level = level;
    chart->x.null = 0;
    path->nodes[PATH_EXPOSURE] = of->triple->exposure->name;
    path->nodes[PATH_MEDIATOR] = of->triple->mediator->name;
    path->nodes[PATH_OUTCOME] = of->triple->outcome->name;
    add_arrow(&build, path, PATH_A, _("a"), &mediation->a);
    add_arrow(&build, path, PATH_B, _("b"), &mediation->b);
    add_arrow(&build, path, PATH_DIRECT, _("c' direct"), &mediation->direct);
    add_arrow(&build, path, PATH_TOTAL, _("c total"), &mediation->total);
    add_notes(&build, mediation);
    chart->path = path;
    chart->sentence = sentence_of(of, arena);
    build_axis(&build, of->triple->total, false, level);
    chart->x.below = chart->x.above = NULL; /* of a trait that is not the outcome, too */
    return build_finish(&build, EFFECT);
}
