#include "chart/study_charts.h"

#include "base/i18n.h"
#include "base/map.h"
#include "chart/build.h"
#include "chart/cell.h"
#include "chart/family.h"
#include "chart/words.h"
#include "numeric/sort.h"
#include <math.h>
#include <string.h>

enum { TAXON, COLUMNS };

static const struct chart_column columns[COLUMNS] = {[TAXON] = {.heading = N_("taxon")}};

/* So few columns have room for a shade beside the signs. */
enum { SHADED_MOST = 4 };

/* Which cell a pair has: its taxon's row, its disease's and direction's column. */
struct places {
    const struct study *study;
    struct map *rows; /* keys of taxa */
    size_t last;      /* the row found last: pairs follow the order of taxa */
    size_t column[2]; /* of a direction within a disease; CHART_NO_MARK: not there */
    size_t per_disease;
    size_t *same;   /* how many other taxa have exactly a taxon's instruments */
    size_t *row_of; /* where a taxon stands after sorting */
};

static size_t taxon_of(struct places *places, const char *key)
{
    const struct study *study = places->study;
    size_t next = places->last + 1, found = CHART_NO_MARK;
    if (next < study->exposure_count && strcmp(study->exposures[next]->key, key) == 0) {
        places->last = next;
        return next;
    }
    if (map_get(places->rows, key, &found)) {
        places->last = found;
        return found;
    }
    return CHART_NO_MARK;
}

static size_t disease_of(const struct study *study, const char *key, size_t hint)
{
    for (size_t i = 0; i < study->outcome_count; i++) {
        size_t at = (hint + i) % study->outcome_count;
        const char *other = study->outcomes[at]->key;
        if (other == key || strcmp(other, key) == 0) {
            return at;
        }
    }
    return CHART_NO_MARK;
}

static void set_cell(struct mark *mark, const struct results *results, size_t pair)
{
    mark->of = family_identity(results, pair);
    cell_set(mark, family_main(results, pair), results->pairs[pair].q);
}

static struct places places_of(const struct study *study, struct arena *arena)
{
    struct places places = {.study = study, .rows = map_create(), .last = CHART_NO_MARK};
    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        bool has = study->has_direction[direction];
        places.column[direction] = has ? places.per_disease++ : CHART_NO_MARK;
    }
    places.same = arena_get(arena, study->exposure_count, sizeof *places.same);
    places.row_of = arena_get(arena, study->exposure_count, sizeof *places.row_of);
    for (size_t i = 0; i < study->exposure_count; i++) {
        map_set(places.rows, study->exposures[i]->key, i);
    }
    return places;
}

/* Ranks taxa by the largest -log10 p among their pairs. */
static void rank(struct places *places, const struct results *results, bool by_p,
                 struct ranked *ranked)
{
    for (size_t i = 0; i < places->study->exposure_count; i++) {
        ranked[i] = (struct ranked){-1, i};
    }
    for (size_t i = 0; by_p && i < places->study->pair_count; i++) {
        const struct estimate *estimate = family_main(results, i);
        size_t taxon = taxon_of(places, study_taxon(places->study->pairs[i])->key);
        if (estimate != NULL && taxon != CHART_NO_MARK) {
            ranked[taxon].value = fmax(ranked[taxon].value, estimate->neglog10_p);
        }
    }
    sort_ranked(ranked, places->study->exposure_count);
    for (size_t i = 0; i < places->study->exposure_count; i++) {
        places->row_of[ranked[i].index] = i;
    }
}

static void fill_cells(struct places *places, const struct results *results, struct mark *cells,
                       size_t width)
{
    size_t disease = 0;
    for (size_t i = 0; i < places->study->pair_count; i++) {
        const struct pair *pair = places->study->pairs[i];
        size_t taxon = taxon_of(places, study_taxon(pair)->key);
        size_t at = disease_of(places->study, study_disease(pair)->key, disease);
        if (taxon == CHART_NO_MARK || at == CHART_NO_MARK ||
            places->column[pair->direction] == CHART_NO_MARK) {
            continue;
        }
        disease = at;
        size_t column = at * places->per_disease + places->column[pair->direction];
        size_t same = pair->direction == FORWARD ? results->pairs[i].same_set : 0;
        places->same[taxon] = same > places->same[taxon] ? same : places->same[taxon];
        set_cell(&cells[places->row_of[taxon] * width + column], results, i);
    }
}

static struct chart_grid *grid_of(const struct study *study, const struct places *places,
                                  size_t width, struct arena *arena)
{
    struct chart_grid *grid = arena_get(arena, width, sizeof *grid);
    for (size_t i = 0; i < width; i++) {
        size_t within = i % places->per_disease;
        bool forward = places->column[FORWARD] == within;
        grid[i].group = study->outcomes[i / places->per_disease]->name;
        grid[i].heading = words_direction(forward ? FORWARD : REVERSE);
        grid[i].brief = forward ? _("fwd") : _("rev");
    }
    return grid;
}

static void add_row(struct build *build, const struct places *places, size_t taxon,
                    size_t first)
{
    const struct trait *trait = places->study->exposures[taxon];
    struct chart_row *row =
        build_row(build, ROW_DATA, (struct identity){OF_TAXON, trait->key, 0}, first);
    row->cells[TAXON] = words_trait(trait, build->arena);
    if (places->same[taxon] > 0) {
        row->cells[TAXON] =
            arena_format(build->arena, "%s ≡%zu", row->cells[TAXON], places->same[taxon]);
    }
}

static const char *sentence_of(const struct results *results, struct arena *arena)
{
    struct results_count both = {0};
    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        struct results_count count = results_count_of(results, NULL, (enum direction)direction);
        both.tested += count.tested;
        both.nominal += count.nominal;
        both.significant += count.significant;
        both.expected += count.expected;
    }
    return family_tests(both, arena);
}

static void add_words(struct build *build, const struct results *results, bool by_p,
                      bool is_shaded)
{
    struct arena *arena = build->arena;
    size_t count = results->study->exposure_count;
    const char *rows = arena_format(arena, ngettext("%zu row", "%zu rows", count), count);
    build->chart->title =
        arena_format(arena, "%s · %s", rows, by_p ? _("by their least p") : _("in file order"));
    build->chart->scale = _("sign of the effect");
    build->chart->level = results->options.settings.level;
    build->chart->sentence = sentence_of(results, arena);
    build_note(build, build->chart->sentence);
    build_note(build, cell_legend(build->chart->level, arena));
    if (is_shaded) {
        build_note(build, _("shade: p below .5, .05, .001, .0001"));
    }
}

static struct chart *map_chart(const struct results *results, enum direction direction,
                               const char *disease, const struct chart_options *options,
                               struct arena *arena)
{
    (void)direction;
    (void)disease;
    const struct study *study = results->study;
    struct places places = places_of(study, arena);
    size_t width = study->outcome_count * places.per_disease;
    struct build build = build_start("map", columns, COLUMNS, arena);
    struct mark *cells = cells_empty(study->exposure_count * width, arena);
    struct ranked *ranked = arena_get(arena, study->exposure_count, sizeof *ranked);
    rank(&places, results, options->by_effect, ranked);
    fill_cells(&places, results, cells, width);
    for (size_t i = 0; i < study->exposure_count; i++) {
        add_row(&build, &places, ranked[i].index, width > 0 ? i * width : CHART_NO_MARK);
    }
    add_words(&build, results, options->by_effect, width <= SHADED_MOST);
    map_destroy(places.rows);
    build.chart->x.null = NAN;
    struct chart *chart = build_finish(&build, TAXON);
    chart->marks = cells;
    chart->mark_count = study->exposure_count * width;
    chart->grid = grid_of(study, &places, width, arena);
    chart->grid_count = width;
    return chart;
}

const struct study_chart_kind chart_of_map = {
    .key = "map",
    .name = N_("Map"),
    .shows = N_("Every taxon with every outcome, in both directions: which way, how surely."),
    .is_of_direction = true,
    .is_of_study = true,
    .function = map_chart,
};
