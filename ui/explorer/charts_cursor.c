#include "ui/explorer/charts_view.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/list.h"
#include <string.h>

/* The cells of a grid, and otherwise the rows of a chart, are what the cursor stands on. */
size_t study_cursor_count(const struct chart *chart)
{
    return chart->grid_count > 0 ? chart->mark_count : chart->row_count;
}

struct identity study_cursor_of(const struct chart *chart, size_t at)
{
    return chart->grid_count > 0 ? chart->marks[at].of : chart->rows[at].of;
}

size_t study_cursor_at(const struct charts_view *view, const struct chart *chart)
{
    size_t count = study_cursor_count(chart);
    for (size_t i = 0; view->paint.selected.kind != OF_NOTHING && i < count; i++) {
        if (identity_equal(study_cursor_of(chart, i), view->paint.selected)) {
            return i;
        }
    }
    return CHART_NO_MARK;
}

const char *study_cursor_spot(const struct state *state, struct identity of,
                              struct arena *arena)
{
    if (of.kind != OF_PAIR && of.kind != OF_ASSOCIATION) {
        return of.key;
    }
    const struct pair *pair = state->study->pairs[of.index];
    const char *what = of.kind == OF_PAIR ? study_taxon(pair)->key : of.key;
    return arena_format(arena, "%s %s %s", what,
                        of.kind == OF_PAIR ? study_disease(pair)->key : pair->exposure->key,
                        direction_key(pair->direction));
}

void study_cursor_set(struct charts_view *view, const struct state *state, struct identity of)
{
    struct arena *arena = arena_create();
    const char *spot = study_cursor_spot(state, of, arena);
    view->paint.selected = of;
    memory_free(view->spot);
    view->spot = spot == NULL ? NULL : memory_copy_text(spot);
    arena_destroy(arena);
}

/* The next place that stands for something, `step` places on; `from` where there is none. */
static size_t next(const struct chart *chart, size_t from, size_t step, bool is_back)
{
    size_t count = study_cursor_count(chart);
    for (size_t at = from; is_back ? at >= step : at + step < count;) {
        at = is_back ? at - step : at + step;
        if (study_cursor_of(chart, at).kind != OF_NOTHING) {
            return at;
        }
    }
    return from;
}

/* Along a row of cells, not past its ends. */
static size_t next_column(const struct chart *chart, size_t from, bool is_back)
{
    size_t at = next(chart, from, 1, is_back);
    return at / chart->grid_count == from / chart->grid_count ? at : from;
}

void study_cursor_move(struct charts_view *view, const struct state *state,
                       const struct chart *chart, int rows, int columns)
{
    size_t at = study_cursor_at(view, chart);
    size_t width = chart->grid_count > 0 ? chart->grid_count : 1;
    if (at == CHART_NO_MARK) {
        return;
    }
    for (size_t before = CHART_NO_MARK; rows != 0 && at != before; rows -= rows < 0 ? -1 : 1) {
        before = at;
        at = next(chart, at, width, rows < 0);
    }
    if (columns != 0 && chart->grid_count > 0) {
        at = next_column(chart, at, columns < 0);
    }
    study_cursor_set(view, state, study_cursor_of(chart, at));
}

/* How much another identity is like the one that was left: the same taxon, and the same
 * disease. */
static int likeness(const struct state *state, struct identity of, struct identity other)
{
    if (of.kind != OF_PAIR || other.kind != OF_PAIR) {
        return 0;
    }
    const struct pair *one = state->study->pairs[of.index];
    const struct pair *two = state->study->pairs[other.index];
    if (strcmp(study_taxon(one)->key, study_taxon(two)->key) != 0) {
        return 0;
    }
    return 1 + (strcmp(study_disease(one)->key, study_disease(two)->key) == 0);
}

void study_cursor_stand(struct charts_view *view, const struct state *state,
                        const struct chart *chart)
{
    size_t count = study_cursor_count(chart), best = CHART_NO_MARK;
    int most = -1;
    if (study_cursor_at(view, chart) != CHART_NO_MARK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct identity of = study_cursor_of(chart, i);
        int like = of.kind == OF_NOTHING ? -1 : likeness(state, view->paint.selected, of);
        if (like > most) {
            most = like;
            best = i;
        }
    }
    struct identity nothing = {OF_NOTHING, NULL, 0};
    study_cursor_set(view, state,
                     best == CHART_NO_MARK ? nothing : study_cursor_of(chart, best));
}

static bool has_text(const struct state *state, struct identity of, const char *text)
{
    if (of.kind != OF_PAIR && of.kind != OF_ASSOCIATION) {
        return of.key != NULL && text_contains_fold(of.key, text);
    }
    /* A pair is called by its taxon's name. */
    return text_contains_fold(of.key, text) ||
           text_contains_fold(study_taxon(state->study->pairs[of.index])->key, text);
}

size_t study_cursor_find(const struct chart *chart, const struct state *state, const char *text,
                         size_t start, int step)
{
    size_t count = study_cursor_count(chart);
    for (size_t i = 0; i < count; i++) {
        size_t at = list_turn(start, i, step, count);
        if (has_text(state, study_cursor_of(chart, at), text)) {
            return at;
        }
    }
    return CHART_NO_MARK;
}
