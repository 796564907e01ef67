#include "chart/counted.h"

#include "base/i18n.h"
#include "base/map.h"
#include "chart/build.h"
#include "chart/flow_counts.h"
#include "chart/range.h"
#include "chart/taxa.h"
#include "chart/words.h"
#include "instrument/instrument.h"
#include <math.h>
#include <string.h>

enum { TAXON, DISEASE, EFFECT, P, Q, VARIANTS, CHECKS, PAIR_COLUMNS };

static const struct chart_column pair_columns[PAIR_COLUMNS] = {
    [TAXON] = {.heading = N_("taxon")},
    [DISEASE] = {.heading = N_("with"), .priority = 5},
    [EFFECT] = {.heading = "", .priority = 2},
    [P] = {.heading = "p", .is_right = true, .is_after = true},
    [Q] = {.heading = "q", .priority = 1, .is_right = true, .is_after = true},
    [VARIANTS] = {.heading = "J", .priority = 3, .is_right = true, .is_after = true},
    [CHECKS] = {.heading = N_("checks"), .priority = 4, .is_after = true},
};

enum { VARIANT, EXPOSURE, PLACE, STRENGTH, F, ROW_COLUMNS };

static const struct chart_column row_columns[ROW_COLUMNS] = {
    [VARIANT] = {.heading = N_("variant")},
    [EXPOSURE] = {.heading = N_("exposure")},
    [PLACE] = {.heading = N_("position"), .priority = 2},
    [STRENGTH] = {.heading = "p", .is_right = true},
    [F] = {.heading = "F", .priority = 1, .is_right = true},
};

static const char *checks_of(const struct results *results, size_t pair, struct arena *arena)
{
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    char *text = arena_get(arena, 2 * count + 1, 1);
    for (size_t i = 0, at = 0; i < count; i++) {
        char mark =
            diagnostic_mark(diagnostics[i], results_judge(results, pair, diagnostics[i]));
        if (mark == '.') { /* a dot in the middle, as everywhere */
            memcpy(text + at, "\xc2\xb7", 2);
            at += 2;
        } else {
            text[at++] = mark;
        }
    }
    return text;
}

static void add_pair(struct build *build, const struct family *family, size_t index)
{
    const struct results *results = family->results;
    const struct pair *pair = results->study->pairs[index];
    const struct estimate *estimate = family_main(results, index);
    struct arena *arena = build->arena;
    struct mark mark = chart_taxa_mark(results, index);
    mark.of = family_identity(results, index);
    size_t place = estimate == NULL ? CHART_NO_MARK : build_mark(build, mark);
    struct chart_row *row = build_row(build, ROW_DATA, mark.of, place);
    const struct analysis *analysis = results->pairs[index].analysis;
    row->cells[TAXON] = words_trait(study_taxon(pair), arena);
    row->cells[DISEASE] = family->diseases > 1 ? study_disease(pair)->name : NULL;
    row->cells[VARIANTS] =
        analysis == NULL ? "-" : arena_format(arena, "%zu", analysis->pair->count);
    row->cells[CHECKS] = checks_of(results, index, arena);
    if (estimate == NULL) {
        row->cells[EFFECT] =
            analysis == NULL ? _("not computed") : words_status(analysis->main.status);
        return;
    }
    row->cells[EFFECT] = words_interval(estimate, family->is_exponential, ", ", arena);
    row->cells[P] = chart_p(estimate->p, estimate->neglog10_p, arena);
    row->cells[Q] = chart_p(results->pairs[index].q, -log10(results->pairs[index].q), arena);
}

static void set_axis(struct build *build, const struct family *family)
{
    struct axis *x = &build->chart->x;
    struct range range = range_start(0);
    for (size_t i = 0; i < build->marks.count; i++) {
        const struct mark *mark = array_at(&build->marks, i);
        range_add(&range, mark->x, mark->x_lower, mark->x_upper);
        range_must(&range, mark->x);
    }
    x->title = build->chart->scale;
    x->is_exponential = family->is_exponential;
    x->below = family->is_exponential ? _("lower odds") : _("lower");
    x->above = family->is_exponential ? _("higher odds") : _("higher");
    range_finish(&range, x);
    chart_ticks(x, 6, build->arena);
}

static struct build list_pairs(const struct family *family, int step, struct arena *arena)
{
    struct build build = build_start("counted", pair_columns, PAIR_COLUMNS, arena);
    build.chart->scale = family_scale(family, arena);
    build.chart->columns[EFFECT].heading = words_interval_heading(
        family->is_exponential, family->results->options.settings.level, arena);
    size_t tested;
    const size_t *by_p = family_by_p(family, &tested, arena);
    for (size_t i = 0; i < tested; i++) {
        if (flow_counts_pair(family->results, by_p[i], step)) {
            add_pair(&build, family, by_p[i]);
        }
    }
    for (size_t i = 0; i < family->count; i++) {
        if (family_estimate(family, i) == NULL &&
            flow_counts_pair(family->results, family->pairs[i], step)) {
            add_pair(&build, family, family->pairs[i]);
        }
    }
    set_axis(&build, family);
    return build;
}

static void add_row(struct build *build, const struct pair *pair, size_t index,
                    const struct harmonised *from)
{
    const struct association *x = from->x_read == NULL ? &from->x : from->x_read;
    struct arena *arena = build->arena;
    struct chart_row *row =
        build_row(build, ROW_DATA, (struct identity){OF_ASSOCIATION, from->x.variant, index},
                  CHART_NO_MARK);
    row->cells[VARIANT] = from->x.variant;
    row->cells[EXPOSURE] = words_trait(pair->exposure, arena);
    row->cells[PLACE] = x->chromosome == NULL || isnan(x->position)
                            ? "-"
                            : arena_format(arena, "%s:%.0f", x->chromosome, x->position);
    row->cells[STRENGTH] = chart_p(x->p, x->neglog10_p, arena);
    row->cells[F] = chart_number(instrument_f(x), 1, arena);
}

static struct build list_rows(const struct family *family, int step, struct arena *arena)
{
    struct build build = build_start("counted", row_columns, ROW_COLUMNS, arena);
    size_t *pairs, count = flow_counts_exposures(family, &pairs, arena);
    for (size_t i = 0; i < count; i++) {
        const struct pair *pair = family->results->study->pairs[pairs[i]];
        bool *counted = arena_get(arena, pair->row_count, sizeof *counted);
        flow_counts_rows(pair, step, counted, arena);
        for (size_t j = 0; j < pair->row_count; j++) {
            if (counted[j]) {
                add_row(&build, pair, pairs[i], &pair->rows[j]);
            }
        }
    }
    build.chart->scale = _("associations with the exposure");
    build.chart->x.null = NAN;
    return build;
}

static void add_exposure(struct build *build, const struct trait *trait)
{
    struct chart_row *row =
        build_row(build, ROW_DATA, (struct identity){OF_TAXON, trait->key, 0}, CHART_NO_MARK);
    row->cells[EXPOSURE] = trait->key;
    row->cells[VARIANT] = words_trait(trait, build->arena);
}

static struct map *with_instruments(const struct family *family, struct arena *arena)
{
    size_t *pairs, count = flow_counts_exposures(family, &pairs, arena);
    struct map *with = map_create();
    for (size_t i = 0; i < count; i++) {
        map_set(with, family->results->study->pairs[pairs[i]]->exposure->key, i);
    }
    return with;
}

static struct build list_exposures(const struct family *family, int step, struct arena *arena)
{
    const struct study *study = family->results->study;
    bool forward = family->direction == FORWARD;
    struct trait *const *traits = forward ? study->exposures : study->outcomes;
    size_t count = forward ? study->exposure_count : study->outcome_count, unused;
    struct build build = build_start("counted", row_columns, ROW_COLUMNS, arena);
    struct map *with = with_instruments(family, arena);
    for (size_t i = 0; i < count; i++) {
        bool is_other =
            !forward && family->disease != NULL && strcmp(family->disease, traits[i]->key) != 0;
        bool has = map_get(with, traits[i]->key, &unused);
        if (!is_other && (step == FLOW_EXPOSURES || !has)) {
            add_exposure(&build, traits[i]);
        }
    }
    map_destroy(with);
    build.chart->columns[VARIANT].heading = _("exposure");
    build.chart->columns[EXPOSURE].heading = _("key");
    build.chart->scale = _("exposures");
    build.chart->x.null = NAN;
    return build;
}

struct chart *counted_chart(const struct results *results, enum direction direction,
                            const char *disease, struct identity number,
                            const struct chart_options *options, struct arena *arena)
{
    int step = flow_counts_step(number);
    if (step >= FLOW_STEPS) {
        return NULL;
    }
    struct family family = family_of(results, direction, disease, options, arena);
    struct build build = (step <= FLOW_WITHOUT       ? list_exposures
                          : step <= FLOW_PALINDROMIC ? list_rows
                                                     : list_pairs)(&family, step, arena);
    build.chart->level = results->options.settings.level;
    build.chart->title = arena_format(arena, "%zu %s · %s", build.rows.count,
                                      flow_counts_words(step), family_words(&family, arena));
    build_note(&build, build.rows.count == 0 ? _("There is nothing to list.") : NULL);
    build.chart->sentence = build.chart->title;
    return build_finish(&build, step > FLOW_PALINDROMIC ? EFFECT : EXPOSURE);
}
