#include "lesson/truth.h"

#include "base/array.h"
#include "base/i18n.h"
#include "chart/study_charts.h"
#include "gwas/rows.h"
#include "lesson/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_KIND, CELL_EXPOSURE, CELL_OUTCOME, CELL_EFFECT, CELL_APPARENT, CELLS };

static const char *const names[CELLS] = {"kind", "exposure", "outcome", "effect", "apparent"};

static double number_of(const char *cell)
{
    char *end;
    double value = strtod(cell, &end);
    return end == cell || *end != '\0' ? NAN : value;
}

static bool read_rows(struct rows *rows, struct arena *arena, struct array *found,
                      struct error *error)
{
    size_t columns[CELLS];
    const char *const *cells;
    enum read_result result = READ_END;
    if (!rows_find_columns(rows, names, CELLS, columns,
                           _("found no such column; a file of truth has kind, exposure, "
                             "outcome, effect and apparent"),
                           error)) {
        return false;
    }
    while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
        if (strcmp(cells[columns[CELL_KIND]], "trait") == 0) {
            *(struct truth_row *)array_add(found) =
                (struct truth_row){arena_text(arena, cells[columns[CELL_EXPOSURE]]),
                                   arena_text(arena, cells[columns[CELL_OUTCOME]]),
                                   number_of(cells[columns[CELL_EFFECT]]),
                                   number_of(cells[columns[CELL_APPARENT]])};
        }
    }
    return result == READ_END;
}

bool truth_read(const char *path, struct arena *arena, struct truth_table *table,
                struct error *error)
{
    struct array found = ARRAY_OF(struct truth_row);
    struct rows *rows;
    *table = (struct truth_table){0};
    if (!rows_open(path, &rows, error)) {
        return false;
    }
    bool is_read = read_rows(rows, arena, &found, error);
    rows_close(rows);
    if (is_read && found.count > 0) {
        struct truth_row *kept = arena_get(arena, found.count, sizeof *kept);
        memcpy(kept, found.items, found.count * sizeof *kept);
        *table = (struct truth_table){kept, found.count};
    }
    array_destroy(&found);
    return is_read;
}

struct truth_effects truth_of(const struct truth_table *table, const struct pair *pair)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct truth_row *row = &table->rows[i];
        if (strcmp(row->exposure, pair->exposure->key) == 0 &&
            strcmp(row->outcome, pair->outcome->key) == 0) {
            return (struct truth_effects){row->effect, row->apparent};
        }
    }
    return (struct truth_effects){NAN, NAN};
}

/* The line of a true effect; NaN in `kind` of a chart that has no place for it. */
static bool line_of(const struct chart *chart, double effect, struct mark *line)
{
    *line = (struct mark){.kind = MARK_LINE,
                          .x = NAN,
                          .y = NAN,
                          .weight = NAN,
                          .series = MARK_DOTTED,
                          .label = _("truth")};
    if (strcmp(chart->key, "scatter") == 0) {
        line->x_upper = chart->x.upper;
        line->y_upper = effect * chart->x.upper;
    } else if (strcmp(chart->key, "funnel") == 0 || strcmp(chart->key, "density") == 0) {
        line->x_lower = line->x_upper = effect;
        line->y_upper = chart->y.upper;
    } else if (chart->row_count > 0 && chart->y.lower == chart->y.upper &&
               chart->grid_count == 0 && !chart->is_flow) {
        line->x = line->x_lower = line->x_upper = effect;
        line->y_lower = line->y_upper = NAN;
    } else {
        return false;
    }
    return true;
}

/* Whether a variant reaches the outcome past the exposure; one whose push is none does not. */
static bool is_pleiotropic(const struct scenario_truth *truth, size_t j)
{
    return truth->is_invalid[j] && truth->pleiotropy[j] != 0;
}

static void dim_invalid(struct chart *chart, const struct quantity_source *source)
{
    const struct pair *pair = source->analysis->pair;
    for (size_t i = 0; i < chart->mark_count; i++) {
        struct mark *mark = &chart->marks[i];
        bool is_of_variant = mark->of.kind == OF_VARIANT && mark->of.index < pair->count;
        mark->is_dimmed |= is_of_variant && is_pleiotropic(source->truth, mark->of.index);
    }
}

void truth_draw(struct chart *chart, const struct quantity_source *source, struct arena *arena)
{
    double effect = source->truth != NULL ? source->truth->effect : source->effect;
    struct mark line;
    if (isfinite(effect) && line_of(chart, effect, &line)) {
        struct mark *marks = arena_get(arena, chart->mark_count + 1, sizeof *marks);
        if (chart->mark_count > 0) {
            memcpy(marks, chart->marks, chart->mark_count * sizeof *marks);
        }
        marks[chart->mark_count] = line;
        chart->marks = marks;
        chart->mark_count++;
    }
    if (source->truth != NULL) {
        dim_invalid(chart, source);
    }
}

/* What the simulation knows, or the file. */
static const char *known(const struct lesson_step *step, const struct quantity_source *source,
                         struct arena *arena)
{
    size_t invalid = 0;
    if (step->scene.chart != NULL && study_charts_find(step->scene.chart) != NULL) {
        return isnan(source->effect) ? _("These are real data: nobody knows the truth.")
                                     : _("What is true of each pair of this made-up study "
                                         "stands in its file of truth.");
    }
    if (source->truth == NULL) {
        return isnan(source->effect)
                   ? _("These are real data: nobody knows the truth. That is why we check.")
                   : arena_format(arena, _("The true effect in this made-up study is %s."),
                                  words_number(source->effect, -1, arena));
    }
    for (size_t j = 0; j < source->analysis->pair->count; j++) {
        invalid += is_pleiotropic(source->truth, j);
    }
    const char *effect = words_number(source->truth->effect, -1, arena);
    if (invalid == 0) {
        return arena_format(arena, _("The true effect is %s. Every variant is valid."), effect);
    }
    return arena_format(arena, _("The true effect is %s. %zu of %zu variants are invalid."),
                        effect, invalid, source->analysis->pair->count);
}

const char *truth_sentence(const struct lesson_step *step, const struct quantity_source *source,
                           struct arena *arena)
{
    if (source->analysis == NULL) {
        return "";
    }
    const char *own = step->truth == NULL ? NULL : words_filled(step->truth, source, arena);
    return own == NULL ? known(step, source, arena)
                       : arena_format(arena, "%s\n%s", own, known(step, source, arena));
}
