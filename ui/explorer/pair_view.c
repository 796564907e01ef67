#include "ui/explorer/pair_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/list.h"
#include "ui/explorer/pair_tabs.h"
#include <stdlib.h>
#include <string.h>

static struct pair_view *self(struct view *view)
{
    return (struct pair_view *)view;
}

/* From where the next frame would show the cursor: keys may come faster than frames. */
static void move(struct pair_view *view, const struct state *state, long steps)
{
    const struct chart *chart = pair_view_chart(view, state);
    if (chart != NULL) {
        pair_view_stand(view, state, chart);
    }
    size_t row = chart == NULL ? CHART_NO_MARK : pair_view_row(view, chart);
    int step = steps < 0 ? -1 : 1;
    for (; chart != NULL && steps != 0; steps -= step) {
        size_t next = pair_view_next(chart, row, row == CHART_NO_MARK ? 1 : step);
        if (next == CHART_NO_MARK) {
            break;
        }
        row = next;
    }
    if (chart != NULL) {
        pair_view_go(view, chart, row);
    }
}

/* A tab by its number or its chart's key. */
static bool find_tab(const char *text, size_t *tab)
{
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    char *end;
    size_t number = strtoul(text, &end, 10);
    number = *end == '\0' ? number : 0;
    for (size_t i = 0; i < count; i++) {
        if (number == i + 1 || strcmp(kinds[i]->key, text) == 0) {
            *tab = i;
            return true;
        }
    }
    return false;
}

/* The cursor goes back to the variant it was on, wherever the chart has variants. */
static void change_tab(struct pair_view *view, size_t tab)
{
    view->tab = tab;
    view->paint.first_row = 0;
    view->paint.selected =
        (struct identity){view->variant == NULL ? OF_NOTHING : OF_VARIANT, view->variant, 0};
}

static struct effect go_to_tab(struct pair_view *view, const char *text)
{
    size_t tab;
    if (text == NULL || !find_tab(text, &tab)) {
        return effect_refuse(_("there is no chart “%s”"), text == NULL ? "" : text);
    }
    change_tab(view, tab);
    return effect_none();
}

static struct effect turn_tab(struct pair_view *view, size_t step)
{
    size_t count;
    (void)charts_all(&count);
    change_tab(view, (view->tab + count + step) % count);
    return effect_none();
}

static struct effect open_row(const struct pair_view *view)
{
    if (view->paint.selected.kind == OF_VARIANT) {
        return effect_open(variant_view_create(view->taxon, view->paint.selected.key));
    }
    if (view->paint.selected.kind == OF_METHOD) {
        return effect_open(methods_view_create(view->taxon, view->paint.selected.key));
    }
    return effect_refuse("%s", _("this row stands for no single variant"));
}

static bool has_text(const struct chart_row *row, const char *text)
{
    return row->of.key != NULL && text_contains_fold(row->of.key, text);
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct pair_view *view = self(base);
    const struct chart *chart = pair_view_chart(view, state);
    size_t found = CHART_NO_MARK, count = chart == NULL ? 0 : chart->row_count;
    size_t start = count == 0 ? 0 : pair_view_row(view, chart);
    start = start == CHART_NO_MARK ? 0 : start;
    for (size_t i = 0; i < count && found == CHART_NO_MARK; i++) {
        size_t row = list_turn(start, i, step, count);
        found = has_text(&chart->rows[row], text) ? row : CHART_NO_MARK;
    }
    if (found != CHART_NO_MARK) {
        pair_view_go(view, chart, found);
    }
    return found != CHART_NO_MARK;
}

/* A variant or a method by its key. */
static struct effect select_row(struct pair_view *view, const struct state *state,
                                const char *key)
{
    const struct chart *chart = pair_view_chart(view, state);
    size_t found = CHART_NO_MARK;
    for (size_t i = 0; key != NULL && chart != NULL && i < chart->row_count; i++) {
        const char *other = chart->rows[i].of.key;
        found = found == CHART_NO_MARK && other != NULL && strcmp(other, key) == 0 ? i : found;
    }
    if (found != CHART_NO_MARK) {
        pair_view_go(view, chart, found);
    }
    return found != CHART_NO_MARK
               ? effect_none()
               : effect_refuse(_("this chart has no row “%s”"), key == NULL ? "" : key);
}

static bool has_variant(const struct pair *pair, const char *variant)
{
    for (size_t i = 0; pair != NULL && i < pair->row_count; i++) {
        if (strcmp(pair->rows[i].x.variant, variant) == 0) {
            return true;
        }
    }
    return false;
}

static struct effect exclude(const struct pair_view *view, const struct state *state,
                             const struct order *order)
{
    size_t index;
    struct identity at = view->paint.selected;
    const char *variant = order->argument != NULL ? order->argument
                          : at.kind == OF_VARIANT ? at.key
                                                  : NULL;
    if (variant == NULL) {
        return effect_refuse("%s", _("this row stands for no single variant"));
    }
    if (!has_variant(pair_view_pair(view, state, &index), variant)) {
        return effect_refuse(_("the pair has no variant “%s”"), variant);
    }
    return effect_text(EFFECT_TOGGLE, variant);
}

static struct effect change_order(struct pair_view *view)
{
    view->by_effect = !view->by_effect;
    return effect_message("%s", view->by_effect ? _("variants by effect")
                                                : _("variants as in the file"));
}

static struct effect change_fold(struct pair_view *view)
{
    view->is_unfolded = !view->is_unfolded;
    return effect_message("%s", view->is_unfolded
                                    ? _("every variant is shown")
                                    : _("of many variants those with the largest share of Q "
                                        "are shown"));
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct pair_view *view = self(base);
    /* A page key leaves something of the screen for context. */
    long steps = list_lines(order, view->area.rows > 8 ? view->area.rows - 6 : 2);
    if (steps != 0) {
        move(view, state, steps);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_TAB:
        return go_to_tab(view, order->argument != NULL ? order->argument : order->key);
    case ACT_LEFT:
    case ACT_PREVIOUS_TAB:
        return turn_tab(view, (size_t)-1);
    case ACT_RIGHT:
    case ACT_NEXT_TAB:
        return turn_tab(view, 1);
    case ACT_EXCLUDE:
        return exclude(view, state, order);
    case ACT_SORT:
        return change_order(view);
    case ACT_FOLD:
        return change_fold(view);
    case ACT_SELECT:
        return select_row(view, state, order->argument);
    case ACT_LEDGER:
        return effect_open(ledger_view_create(view->taxon->key));
    default:
        return effect_unhandled();
    }
}

static void click_tab(struct pair_view *view, size_t column)
{
    struct arena *scratch = arena_create();
    struct pair_tabs tabs = pair_tabs_of(view->tab, view->area.columns, scratch);
    size_t tab = pair_tabs_at(&tabs, column);
    if (tab != PAIR_NO_TAB) {
        change_tab(view, tab);
    }
    arena_destroy(scratch);
}

/* The row of a chart that a cell of it stands for. */
static size_t row_at(const struct chart *chart, const struct paint_map *map, size_t column,
                     size_t row)
{
    bool is_inside = row < map->area.rows && column >= map->area.column &&
                     column < map->area.column + map->area.columns;
    size_t at = is_inside ? map->row[row] : CHART_NO_MARK;
    size_t mark = is_inside ? map->mark[row * map->area.columns + column - map->area.column]
                            : CHART_NO_MARK;
    for (size_t i = 0; at == CHART_NO_MARK && mark != CHART_NO_MARK && i < chart->row_count;
         i++) {
        at = identity_equal(chart->rows[i].of, chart->marks[mark].of) ? i : at;
    }
    return at;
}

/* The chart is painted once more, on nothing, to ask its map what stands at the place. */
static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    struct pair_view *view = self(base);
    if (row == 0) {
        click_tab(view, column);
        return effect_none();
    }
    struct arena *arena = arena_create();
    const struct chart *chart = pair_view_chart(view, state);
    struct effect effect = effect_none();
    if (chart != NULL && view->area.rows > 0) {
        struct canvas *canvas = canvas_create(view->area.column + view->area.columns,
                                              view->area.row + view->area.rows, state->ascii);
        struct paint_map map = painter_draw(canvas, view->area, chart, &view->paint, arena);
        size_t at = row_at(chart, &map, column, row - 1);
        if (at != CHART_NO_MARK && chart->rows[at].of.kind != OF_NOTHING) {
            bool again = identity_equal(chart->rows[at].of, view->paint.selected);
            pair_view_go(view, chart, at);
            effect = again ? open_row(view) : effect;
        }
        canvas_destroy(canvas);
    }
    arena_destroy(arena);
    return effect;
}

static struct place save(const struct view *base)
{
    const struct pair_view *view = (const struct pair_view *)base;
    struct identity at = view->paint.selected;
    return (struct place){.taxon = view->taxon->key,
                          .variant = at.kind == OF_VARIANT ? at.key : NULL,
                          .other = at.kind == OF_METHOD ? at.key : NULL,
                          .tab = view->tab};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct pair_view *view = self(base);
    const struct trait *taxon = place.taxon == NULL ? NULL : state_taxon(state, place.taxon);
    view->taxon = taxon == NULL ? view->taxon : taxon;
    view->tab = place.tab;
    view->paint.selected =
        (struct identity){place.variant != NULL ? OF_VARIANT
                          : place.other != NULL ? OF_METHOD
                                                : OF_NOTHING,
                          place.variant != NULL ? place.variant : place.other, 0};
}

static void destroy(struct view *base)
{
    arena_destroy(self(base)->made->arena);
    memory_free(self(base)->made);
    memory_free(base);
}

static void wants(const struct view *base, const struct state *state, struct array *pairs)
{
    size_t index;
    if (pair_view_pair((const struct pair_view *)base, state, &index) != NULL) {
        *(size_t *)array_add(pairs) = index;
    }
}

static const struct chart *figure(const struct view *base, const struct state *state,
                                  struct arena *arena)
{
    (void)arena;
    return pair_view_chart((const struct pair_view *)base, state);
}

static const struct view_kind pair_view_kind = {
    .key = "pair",
    .bit = IN_PAIR,
    .draw = pair_view_draw,
    .title = pair_view_title,
    .position = pair_view_position,
    .sentence = pair_view_sentence,
    .line = pair_view_line,
    .table = pair_view_table,
    .chart = pair_view_picture,
    .figure = figure,
    .act = act,
    .click = click,
    .wants = wants,
    .search = search,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *pair_view_create(const struct trait *taxon, const char *variant)
{
    struct pair_view *view = memory_get(1, sizeof *view);
    view->base.kind = &pair_view_kind;
    view->made = memory_get(1, sizeof *view->made);
    view->taxon = taxon;
    if (variant != NULL) {
        (void)find_tab("forest", &view->tab);
        view->paint.selected = (struct identity){OF_VARIANT, variant, 0};
        view->variant = variant;
    }
    return &view->base;
}
