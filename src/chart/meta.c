#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/family.h"
#include "chart/words.h"
#include "study/meta.h"
#include <math.h>

enum { COHORT, EFFECT, WEIGHT, P, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [COHORT] = {.heading = N_("cohort")},
    [EFFECT] = {.heading = "", .priority = 2},
    [WEIGHT] = {.heading = N_("weight"), .priority = 4, .is_after = true, .is_bar = true},
    [P] = {.heading = "p", .priority = 3, .is_after = true},
};

/* Lines of figures under the plot; more say themselves beside it only. */
enum { MOST_NOTES = 3 };

/* The parts of the chart under way. */
struct forest {
    struct build build;
    const struct results *results;
    bool exponential;
    size_t same_sign, cohorts, pooled; /* for the sentence */
    struct arena *arena;
};

static bool is_shown(const struct study *study, const struct meta_group *group,
                     enum direction direction, const char *disease)
{
    for (size_t i = 0; i < group->count; i++) {
        if (!family_has(study->pairs[group->member[i]], direction, disease)) {
            return false;
        }
    }
    return true;
}

static size_t add_mark(struct forest *forest, double b, double lower, double upper,
                       bool contains_null, struct identity of, double weight)
{
    return build_mark(&forest->build, (struct mark){.kind = MARK_INTERVAL,
                                                    .of = of,
                                                    .x = b,
                                                    .x_lower = lower,
                                                    .x_upper = upper,
                                                    .y = NAN,
                                                    .y_lower = NAN,
                                                    .y_upper = NAN,
                                                    .weight = weight,
                                                    .contains_null = contains_null,
                                                    .is_summary = isnan(weight)});
}

static const char *cohort_text(const struct meta *meta, const struct pair *pair,
                               struct arena *arena)
{
    const char *exposure = pair->exposure->cohort, *outcome = pair->outcome->cohort;
    exposure = exposure == NULL ? pair->exposure->name : exposure;
    outcome = outcome == NULL ? pair->outcome->name : outcome;
    switch (meta->group->across) {
    case META_EXPOSURE_COHORTS:
        return exposure;
    case META_OUTCOME_COHORTS:
        return outcome;
    case META_ALL_COHORTS:
        break;
    }
    return arena_format(arena, "%s · %s", exposure, outcome);
}

static void add_item(struct forest *forest, const struct meta *meta,
                     const struct meta_item *item)
{
    const struct pair *pair = forest->results->study->pairs[item->pair];
    struct identity of = family_identity(forest->results, item->pair);
    size_t mark = add_mark(forest, item->b, item->lower, item->upper, item->contains_null, of,
                           meta->refusal == NULL ? item->weight : 0);
    struct chart_row *row = build_row(&forest->build, ROW_DATA, of, mark);
    row->cells[COHORT] = cohort_text(meta, pair, forest->arena);
    row->cells[EFFECT] = chart_interval(item->b, item->lower, item->upper, item->contains_null,
                                        forest->exponential, forest->arena);
    row->cells[P] = chart_p(item->p, item->neglog10_p, forest->arena);
    if (meta->refusal == NULL) {
        row->cells[WEIGHT] = words_percent(item->weight, forest->arena);
        row->shares[WEIGHT] = item->weight;
    }
}

static struct chart_row *add_fit(struct forest *forest, const struct meta *meta,
                                 enum meta_model model)
{
    const struct meta_fit *fit = &meta->fits[model];
    size_t mark = add_mark(forest, fit->b, fit->lower, fit->upper, fit->contains_null,
                           build_nothing, NAN);
    struct chart_row *row = build_row(&forest->build, ROW_SUMMARY, build_nothing, mark);
    row->cells[COHORT] = meta_model_name(model);
    row->cells[EFFECT] = chart_interval(fit->b, fit->lower, fit->upper, fit->contains_null,
                                        forest->exponential, forest->arena);
    row->cells[P] = chart_p(fit->p, fit->neglog10_p, forest->arena);
    return row;
}

/* "c Actinobacteria", by the name that a trait has in all cohorts. */
static const char *trait_text(const struct trait *trait, struct arena *arena)
{
    struct trait plain = *trait;
    plain.name = trait_shared_name(trait);
    return words_trait(&plain, arena);
}

static const char *heading_of(const struct meta *meta, struct arena *arena)
{
    const struct pair *first = meta->group->first;
    return arena_format(arena, "%s → %s", trait_text(first->exposure, arena),
                        trait_text(first->outcome, arena));
}

/* "Q 2.5 on 2 df, p .29 · I² 19% · tau .04 · same sign 2 of 3". */
static const char *figures_of(const struct meta *meta, struct arena *arena)
{
    return arena_format(
        arena, _("%s: Q %s on %.0f df, p %s · I² %s · tau %s · same sign %zu of %zu"),
        heading_of(meta, arena), chart_number(meta->q, 1, arena), meta->q_df,
        chart_p(meta->q_p, -log10(meta->q_p), arena), words_percent(meta->i2, arena),
        chart_number(sqrt(meta->fits[META_REML].tau2), 3, arena), meta->same_sign, meta->count);
}

static void add_group(struct forest *forest, const struct meta_group *group)
{
    struct meta meta = meta_of(forest->results, group, forest->arena);
    if (forest->build.rows.count > 0) {
        build_row(&forest->build, ROW_SPACE, build_nothing, CHART_NO_MARK);
    }
    build_row(&forest->build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[COHORT] =
        heading_of(&meta, forest->arena);
    for (size_t i = 0; i < meta.count; i++) {
        add_item(forest, &meta, &meta.items[i]);
    }
    if (meta.refusal != NULL) {
        build_note(&forest->build,
                   arena_format(forest->arena, _("%s: %s"), heading_of(&meta, forest->arena),
                                meta.refusal));
        return;
    }
    add_fit(forest, &meta, META_FIXED)->cells[WEIGHT] = arena_format(
        forest->arena, "Q p %s", chart_p(meta.q_p, -log10(meta.q_p), forest->arena));
    add_fit(forest, &meta, META_REML)->cells[WEIGHT] =
        arena_format(forest->arena, "I² %s", words_percent(meta.i2, forest->arena));
    if (forest->pooled < MOST_NOTES) {
        build_note(&forest->build, figures_of(&meta, forest->arena));
    }
    forest->same_sign += meta.same_sign;
    forest->cohorts += meta.count;
    forest->pooled++;
}

/* Of every question the largest group that is shown; one after the other. */
static const struct meta_group *add_groups(struct forest *forest, enum direction direction,
                                           const char *disease, bool adds)
{
    const struct study *study = forest->results->study;
    struct meta_groups groups = meta_groups_of(study, forest->arena);
    const struct meta_group *first = NULL;
    for (size_t g = 0, end; g < groups.count; g = end) {
        const struct meta_group *largest = NULL;
        for (end = g;
             end < groups.count && groups.groups[end].question == groups.groups[g].question;
             end++) {
            const struct meta_group *group = &groups.groups[end];
            if (is_shown(study, group, direction, disease) &&
                (largest == NULL || group->count > largest->count)) {
                largest = group;
            }
        }
        first = first == NULL ? largest : first;
        if (largest != NULL && adds) {
            add_group(forest, largest);
        }
        forest->exponential &=
            largest == NULL || largest->first->outcome->unit == UNIT_LOG_ODDS;
    }
    return first;
}

/* A pair called by what its traits are called in all cohorts. */
static const struct pair *plain_pair(const struct pair *pair, struct arena *arena)
{
    struct pair *plain = arena_get(arena, 1, sizeof *plain);
    struct trait *traits = arena_get(arena, 2, sizeof *traits);
    traits[0] = *pair->exposure;
    traits[1] = *pair->outcome;
    traits[0].name = trait_shared_name(pair->exposure);
    traits[1].name = trait_shared_name(pair->outcome);
    *plain = *pair;
    plain->exposure = &traits[0];
    plain->outcome = &traits[1];
    return plain;
}

static const char *sentence_of(const struct forest *forest, struct arena *arena)
{
    return forest->pooled == 0
               ? _("No taxon has estimates from two cohorts that can be put together.")
               : arena_format(arena,
                              _("%zu questions asked of several cohorts: %zu of %zu estimates "
                                "have the sign of their pooled effect."),
                              forest->pooled, forest->same_sign, forest->cohorts);
}

static struct chart *meta_chart(const struct results *results, enum direction direction,
                                const char *disease, const struct chart_options *options,
                                struct arena *arena)
{
    struct forest forest = {build_start("meta", columns, COLUMNS, arena),
                            results,
                            options->odds_ratio,
                            0,
                            0,
                            0,
                            arena};
    struct chart *chart = forest.build.chart;
    double level = results->options.settings.level;
    const struct meta_group *first = add_groups(&forest, direction, disease, false);
    forest.exponential &= first != NULL;
    (void)add_groups(&forest, direction, disease, true);
    chart->columns[EFFECT].heading = words_interval_heading(forest.exponential, level, arena);
    if (first != NULL) {
        build_axis(&forest.build, plain_pair(first->first, arena), forest.exponential, level);
    }
    chart->sentence = sentence_of(&forest, arena);
    chart->title =
        arena_format(arena, _("cohorts, and put together · %s CI"), words_level(level, arena));
    if (forest.pooled == 0) {
        build_note(&forest.build, chart->sentence);
    }
    return build_finish(&forest.build, EFFECT);
}

const struct study_chart_kind chart_of_meta = {
    .key = "meta",
    .name = N_("Cohorts"),
    .shows = N_("Every taxon in every cohort, and what fixed and random effects make of all."),
    .is_of_direction = true,
    .function = meta_chart,
};
