#include "ui/explorer/charts_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/flow_counts.h"
#include "ui/explorer/list.h"
#include <stdlib.h>
#include <string.h>

static struct charts_view *self(struct view *view)
{
    return (struct charts_view *)view;
}

/* What a page key leaves of the screen for context. */
static size_t page_of(const struct charts_view *view)
{
    return view->area.rows > 8 ? view->area.rows - 6 : 2;
}

static void move(struct charts_view *view, const struct state *state, int rows, int columns)
{
    const struct chart *chart = charts_view_chart(view, state);
    if (chart != NULL) {
        study_cursor_stand(view, state, chart);
        study_cursor_move(view, state, chart, rows, columns);
    }
}

/* What the cursor stands on stays: the next chart may have it too. */
static void change_tab(struct charts_view *view, size_t tab)
{
    view->tab = tab;
    view->paint.first_row = 0;
    view->number = (struct identity){OF_NOTHING, NULL, 0};
}

static bool find_tab(const char *text, size_t *tab)
{
    char *end;
    size_t count, number = strtoul(text, &end, 10);
    number = *end == '\0' ? number : 0;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (number == i + 1 || strcmp(kinds[i]->key, text) == 0) {
            *tab = i;
            return true;
        }
    }
    return false;
}

static struct effect go_to_tab(struct charts_view *view, const char *text)
{
    size_t tab;
    if (text == NULL || !find_tab(text, &tab)) {
        return effect_refuse(_("there is no chart “%s”"), text == NULL ? "" : text);
    }
    change_tab(view, tab);
    return effect_none();
}

static struct effect turn_tab(struct charts_view *view, size_t step)
{
    size_t count;
    (void)study_charts_all(&count);
    change_tab(view, (view->tab + count + step) % count);
    return effect_none();
}

/* In a grid to the next cell, otherwise to the next chart. */
static struct effect aside(struct charts_view *view, const struct state *state, int columns)
{
    const struct chart *chart = charts_view_chart(view, state);
    if (chart == NULL || chart->grid_count == 0) {
        return turn_tab(view, columns < 0 ? (size_t)-1 : 1);
    }
    move(view, state, 0, columns);
    return effect_none();
}

/* The state shows the direction and the outcome of the pair that is opened. */
static void follow_pair(struct state *state, const struct pair *pair)
{
    state->direction = pair->direction;
    for (size_t i = 0; i < state->study->outcome_count; i++) {
        if (strcmp(state->study->outcomes[i]->key, study_disease(pair)->key) == 0) {
            state->outcome = i;
        }
    }
}

static struct effect open_pair(struct state *state, struct identity at)
{
    const struct pair *pair = state->study->pairs[at.index];
    const struct trait *taxon = state_taxon(state, study_taxon(pair)->key);
    taxon = taxon == NULL ? study_taxon(pair) : taxon;
    follow_pair(state, pair);
    return effect_open(at.kind == OF_PAIR ? pair_view_create(taxon, NULL)
                                          : variant_view_create(taxon, at.key));
}

static struct effect open_number(struct charts_view *view, const struct state *state)
{
    int step = flow_counts_step(view->paint.selected);
    if (step >= FLOW_LEDGER) {
        return effect_open(ledger_view_create_counted(state->direction,
                                                      charts_view_disease(view, state), step));
    }
    view->number = view->paint.selected;
    view->paint = (struct paint_state){.first_row = 0};
    return effect_none();
}

static struct effect open_taxon(const struct state *state, const char *key)
{
    size_t index;
    const struct trait *taxon = state_taxon(state, key);
    if (state_pair(state, taxon, &index) == NULL) {
        return effect_refuse("%s", _("it has no pair in this direction"));
    }
    return effect_open(pair_view_create(taxon, NULL));
}

static struct effect open_place(struct charts_view *view, struct state *state)
{
    struct identity at = view->paint.selected;
    switch (at.kind) {
    case OF_PAIR:
    case OF_ASSOCIATION:
        return open_pair(state, at);
    case OF_COUNT:
        return open_number(view, state);
    case OF_TAXON:
        return open_taxon(state, at.key);
    default:
        return effect_refuse("%s", _("there is nothing here to open"));
    }
}

/* From a list to its number, which the cursor then stands on again. */
static struct effect back(struct charts_view *view, const struct state *state)
{
    if (view->number.kind == OF_NOTHING) {
        return effect_of(EFFECT_BACK);
    }
    struct identity number = view->number;
    change_tab(view, view->tab);
    study_cursor_set(view, state, number);
    return effect_none();
}

/* A place by what study_cursor_spot says of it, or by its first word alone. */
static struct effect select_place(struct charts_view *view, const struct state *state,
                                  const char *spot)
{
    struct arena *arena = arena_create();
    const struct chart *chart = charts_view_chart(view, state);
    size_t count = chart == NULL ? 0 : study_cursor_count(chart), found = CHART_NO_MARK;
    for (size_t i = 0; spot != NULL && i < count && found == CHART_NO_MARK; i++) {
        const char *other = study_cursor_spot(state, study_cursor_of(chart, i), arena);
        size_t length = strlen(spot);
        bool is_it = other != NULL && strncmp(other, spot, length) == 0 &&
                     (other[length] == '\0' || other[length] == ' ');
        found = is_it ? i : found;
    }
    if (found != CHART_NO_MARK) {
        study_cursor_set(view, state, study_cursor_of(chart, found));
    }
    arena_destroy(arena);
    return found != CHART_NO_MARK
               ? effect_none()
               : effect_refuse(_("this chart has no “%s”"), spot == NULL ? "" : spot);
}

static struct effect change_order(struct charts_view *view)
{
    view->by_p = !view->by_p;
    return effect_message("%s", view->by_p ? _("rows of the map by their least p")
                                           : _("rows of the map as in the file"));
}

static struct effect reverse(const struct charts_view *view)
{
    bool has_both = charts_view_kind_of(view)->is_of_study && view->number.kind == OF_NOTHING;
    return has_both ? effect_refuse("%s", _("the map shows both directions"))
                    : effect_unhandled();
}

static struct effect act_on_tabs(struct charts_view *view, const struct state *state,
                                 const struct order *order)
{
    switch (order->action->id) {
    case ACT_LEFT:
        return aside(view, state, -1);
    case ACT_RIGHT:
        return aside(view, state, 1);
    case ACT_TAB:
        return go_to_tab(view, order->argument != NULL ? order->argument : order->key);
    case ACT_PREVIOUS_TAB:
        return turn_tab(view, (size_t)-1);
    case ACT_NEXT_TAB:
        return turn_tab(view, 1);
    case ACT_FLOW:
    case ACT_MAP:
        return go_to_tab(view, order->action->name);
    case ACT_CHART:
        return order->argument == NULL ? effect_unhandled() : go_to_tab(view, order->argument);
    default:
        return effect_unhandled();
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct charts_view *view = self(base);
    int rows = (int)list_lines(order, page_of(view));
    if (rows != 0) {
        move(view, state, rows, 0);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_place(view, state);
    case ACT_BACK:
        return back(view, state);
    case ACT_SELECT:
        return select_place(view, state, order->argument);
    case ACT_SORT:
        return change_order(view);
    case ACT_REVERSE:
        return reverse(view);
    default:
        return act_on_tabs(view, state, order);
    }
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct charts_view *view = self(base);
    const struct chart *chart = charts_view_chart(view, state);
    size_t found = CHART_NO_MARK;
    if (chart != NULL && study_cursor_count(chart) > 0) {
        size_t at = study_cursor_at(view, chart);
        found = study_cursor_find(chart, state, text, at == CHART_NO_MARK ? 0 : at, step);
    }
    if (found != CHART_NO_MARK) {
        study_cursor_set(view, state, study_cursor_of(chart, found));
    }
    return found != CHART_NO_MARK;
}

/* What a cell of the chart stands for. */
static struct identity identity_at(const struct chart *chart, const struct paint_map *map,
                                   size_t column, size_t row)
{
    struct identity nothing = {OF_NOTHING, NULL, 0};
    bool is_inside = row < map->area.rows && column >= map->area.column &&
                     column < map->area.column + map->area.columns;
    if (!is_inside) {
        return nothing;
    }
    size_t cell = row * map->area.columns + column - map->area.column;
    if (map->mark[cell] != CHART_NO_MARK) {
        return chart->marks[map->mark[cell]].of;
    }
    size_t at = map->row_of != NULL ? map->row_of[cell] : map->row[row];
    return at != CHART_NO_MARK && chart->grid_count == 0 ? chart->rows[at].of : nothing;
}

/* The chart is painted once more, on nothing, to ask its map what stands at the place. */
static struct effect click_chart(struct charts_view *view, struct state *state,
                                 const struct chart *chart, size_t column, size_t row,
                                 struct arena *arena)
{
    struct canvas *canvas = canvas_create(view->area.column + view->area.columns,
                                          view->area.row + view->area.rows, state->ascii);
    struct paint_map map = painter_draw(canvas, view->area, chart, &view->paint, arena);
    struct identity of = identity_at(chart, &map, column, row);
    canvas_destroy(canvas);
    if (of.kind == OF_NOTHING) {
        return effect_none();
    }
    bool again = identity_equal(of, view->paint.selected);
    study_cursor_set(view, state, of);
    return again ? open_place(view, state) : effect_none();
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    struct charts_view *view = self(base);
    size_t tab = row == 0 ? charts_view_tab_at(view, column) : CHART_NO_MARK;
    if (row == 0) {
        change_tab(view, tab == CHART_NO_MARK ? view->tab : tab);
        return effect_none();
    }
    struct arena *arena = arena_create();
    const struct chart *chart = charts_view_chart(view, state);
    struct effect effect = chart == NULL || view->area.rows == 0
                               ? effect_none()
                               : click_chart(view, state, chart, column, row - 1, arena);
    arena_destroy(arena);
    return effect;
}

static struct place save(const struct view *base)
{
    const struct charts_view *view = (const struct charts_view *)base;
    return (struct place){.other = view->spot,
                          .tab = view->tab,
                          .of = view->paint.selected,
                          .counted = view->number};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct charts_view *view = self(base);
    if (place.tab != view->tab) {
        change_tab(view, place.tab);
    }
    view->number = place.counted;
    study_cursor_set(view, state, place.of);
}

static void destroy(struct view *base)
{
    struct charts_view *view = self(base);
    arena_destroy(view->made->arena);
    memory_free(view->made);
    memory_free(view->spot);
    memory_free(view);
}

static const struct chart *figure(const struct view *base, const struct state *state,
                                  struct arena *arena)
{
    (void)arena;
    return charts_view_chart((const struct charts_view *)base, state);
}

static const struct view_kind charts_view_kind = {
    .key = "charts",
    .bit = IN_CHARTS,
    .draw = charts_view_draw,
    .title = charts_view_title,
    .position = charts_view_position,
    .sentence = charts_view_sentence,
    .line = charts_view_line,
    .figure = figure,
    .act = act,
    .click = click,
    .search = search,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *charts_view_create(const char *chart)
{
    struct charts_view *view = memory_get(1, sizeof *view);
    view->base.kind = &charts_view_kind;
    view->made = memory_get(1, sizeof *view->made);
    (void)find_tab(chart, &view->tab);
    return &view->base;
}
