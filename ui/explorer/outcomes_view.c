#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "ui/explorer/list.h"
#include "ui/explorer/outcomes_draw.h"
#include "ui/explorer/shown.h"
#include "ui/explorer/views.h"
#include <string.h>

/* Outcomes in both directions, and what each shows: one row a family of tests. The cursor is an
 * outcome and a direction. */
struct outcomes_view {
    struct view base;
    struct array rows; /* struct outcomes_row */
    struct list list;
    const char *outcome; /* key, of the study; NULL: what is shown elsewhere */
    enum direction direction;
    struct filters filters;
    enum outcomes_sort sort;
    bool is_turned;
};

static struct outcomes_view *self(struct view *view)
{
    return (struct outcomes_view *)view;
}

static const struct outcomes_row *row_at(const struct outcomes_view *view, size_t row)
{
    return row < view->rows.count ? array_at(&view->rows, row) : NULL;
}

static void note_cursor(struct outcomes_view *view)
{
    const struct outcomes_row *row = row_at(view, view->list.cursor);
    if (row != NULL) {
        view->outcome = row->trait->key;
        view->direction = row->direction;
    }
}

static void follow(struct outcomes_view *view, const struct state *state)
{
    const struct filter *filter = filters_ruling(&view->filters);
    outcomes_rows(state, view->sort, view->is_turned, filter, &view->rows);
    for (size_t i = 0; view->outcome != NULL && i < view->rows.count; i++) {
        const struct outcomes_row *row = row_at(view, i);
        if (row->direction == view->direction && strcmp(row->trait->key, view->outcome) == 0) {
            view->list.cursor = i;
        }
    }
    list_fit(&view->list, view->rows.count,
             view->list.height > 0 ? view->list.height : view->rows.count);
}

/* The study's title, or which rows are shown and in which order. */
static void draw_shown(const struct outcomes_view *view, const struct drawing *drawing)
{
    const struct filter *filter = filters_ruling(&view->filters);
    struct arena *arena = drawing->scratch;
    const char *text = drawing->state->study->title;
    if (filter != NULL) {
        text = arena_format(arena, _("%zu with “%s”; {back} shows all"), view->rows.count,
                            filter->text);
    } else if (view->sort != OUTCOMES_FILE) {
        text = arena_format(arena, view->is_turned ? _("by %s, turned round") : _("by %s"),
                            outcomes_sort_name(view->sort));
    }
    draw_fit(drawing, 2, 0, drawing->area.columns - 3, ROLE_DIM, draw_keys(drawing, text));
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct outcomes_view *view = self(base);
    struct outcomes_layout layout = outcomes_layout_of(drawing);
    size_t rows = drawing->area.rows, foot = 4;
    view->list.height = rows > foot + 2 ? rows - foot - 2 : 1;
    follow(view, drawing->state);
    draw_shown(view, drawing);
    outcomes_draw_heads(drawing, &layout, 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        outcomes_draw_row(drawing, &layout, row_at(view, row), i + 2);
        if (row == view->list.cursor) {
            draw_selected(drawing, i + 2);
        }
    }
    const struct outcomes_row *here = row_at(view, view->list.cursor);
    if (here != NULL) {
        outcomes_draw_trait(drawing, here->trait, rows - foot);
    }
}

static struct effect choose(const struct outcomes_view *view, struct state *state)
{
    const struct outcomes_row *row = row_at(view, view->list.cursor);
    if (row == NULL) {
        return effect_none();
    }
    state->outcome = row->outcome;
    state->direction = row->direction;
    return effect_of(EFFECT_BACK);
}

static struct effect sort_menu(const struct outcomes_view *view, const struct order *order)
{
    const char *values[OUTCOMES_SORTS], *labels[OUTCOMES_SORTS];
    for (int i = 0; i < OUTCOMES_SORTS; i++) {
        values[i] = outcomes_sort_key((enum outcomes_sort)i);
        labels[i] = outcomes_sort_name((enum outcomes_sort)i);
    }
    return effect_open(menu_view_create(_("sort by"), order->action, values, labels,
                                        OUTCOMES_SORTS, (size_t)view->sort));
}

/* The same column again turns round. */
static struct effect sort_order(struct outcomes_view *view, const struct order *order)
{
    enum outcomes_sort sort;
    if (order->argument == NULL) {
        return sort_menu(view, order);
    }
    if (!outcomes_sort_of(order->argument, &sort)) {
        return effect_refuse(_("there is no column “%s”"), order->argument);
    }
    view->is_turned = sort == view->sort && sort != OUTCOMES_FILE && !view->is_turned;
    view->sort = sort;
    return effect_message(view->is_turned ? _("by %s, turned round") : _("by %s"),
                          outcomes_sort_name(sort));
}

static struct effect filter(struct outcomes_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(
            prompt_view_create(PROMPT_FILTER, order->action, view->filters.set.text));
    }
    size_t count;
    const struct expression_column *columns = outcomes_columns(&count);
    char *said = filters_set(&view->filters, order->argument, columns, count);
    struct effect effect = said == NULL ? effect_none() : effect_refuse("%s", said);
    memory_free(said);
    return effect;
}

static char *narrow(struct view *base, const struct state *state, const char *text)
{
    struct outcomes_view *view = self(base);
    size_t count;
    const struct expression_column *columns = outcomes_columns(&count);
    char *said = filters_try(&view->filters, text, columns, count);
    follow(view, state);
    return said;
}

static struct effect back(struct outcomes_view *view)
{
    size_t count;
    const struct expression_column *columns = outcomes_columns(&count);
    if (view->filters.set.text == NULL) {
        return effect_of(EFFECT_BACK);
    }
    (void)filters_set(&view->filters, NULL, columns, count);
    return effect_none();
}

/* "KEY", or "KEY reverse". */
static struct effect select_row(struct outcomes_view *view, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    for (size_t i = 0; i < view->rows.count && length > 0; i++) {
        const struct outcomes_row *row = row_at(view, i);
        size_t key = strlen(row->trait->key);
        bool is_way =
            length == key || (length > key && text[key] == ' ' &&
                              strcmp(text + key + 1, direction_key(row->direction)) == 0);
        if (is_way && strncmp(row->trait->key, text, key) == 0) {
            view->list.cursor = i;
            note_cursor(view);
            return effect_none();
        }
    }
    return effect_refuse(_("there is no outcome “%s” here"), text == NULL ? "" : text);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct outcomes_view *view = self(base);
    follow(view, state);
    if (list_move(&view->list, order)) {
        note_cursor(view);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return choose(view, state);
    case ACT_BACK:
        return back(view);
    case ACT_SELECT:
        return select_row(view, order->argument);
    case ACT_SORT:
        return sort_order(view, order);
    case ACT_FILTER:
        return filter(view, order);
    case ACT_REVERSE:
        view->direction = view->direction == FORWARD ? REVERSE : FORWARD;
        return effect_unhandled();
    default:
        return effect_unhandled();
    }
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct outcomes_view *view = self(base);
    follow(view, state);
    size_t count = view->rows.count;
    for (size_t i = 0; i < count; i++) {
        size_t offset = step < 0 ? count - 1 - i : i + (size_t)step;
        size_t row = (view->list.cursor + offset) % count;
        if (text_contains_fold(row_at(view, row)->trait->name, text)) {
            view->list.cursor = row;
            note_cursor(view);
            return true;
        }
    }
    return false;
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct outcomes_view *view = self(base);
    size_t at = row < 2 ? (size_t)-1 : list_row_at(&view->list, row - 2);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    note_cursor(view);
    return again ? choose(view, state) : effect_none();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    size_t count = state->study->outcome_count;
    return arena_format(scratch, "%s\t%zu %s", _("Outcomes and directions"), count,
                        ngettext("outcome", "outcomes", count));
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct outcomes_view *view = (const struct outcomes_view *)base;
    return arena_format(scratch, "%zu/%zu", view->rows.count == 0 ? 0 : view->list.cursor + 1,
                        view->rows.count);
}

static const char *sentence(const struct view *view, const struct state *state,
                            struct arena *scratch)
{
    (void)view;
    return arena_format(scratch, _("The study has %zu outcomes and %zu exposures."),
                        state->study->outcome_count, state->study->exposure_count);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    (void)scratch;
    const struct outcomes_view *view = (const struct outcomes_view *)base;
    const struct outcomes_row *row = row_at(view, view->list.cursor);
    return row == NULL ? NULL : row->trait->key;
}

/* Rows as they are shown. */
static bool table(const struct view *base, const struct state *state, struct text *text)
{
    const struct outcomes_view *view = (const struct outcomes_view *)base;
    struct array rows = ARRAY_OF(struct outcomes_row);
    outcomes_rows(state, view->sort, view->is_turned, filters_ruling(&view->filters), &rows);
    size_t start = text->length;
    text_add(text, "outcome\tdirection\ttested\tnominal\texpected\tsignificant\n");
    for (size_t i = 0; i < rows.count; i++) {
        const struct outcomes_row *row = array_at(&rows, i);
        shown_cell(text, row->trait->key, "");
        text_addf(text, "\t%s\t%zu\t%zu\t%g\t%zu\n", direction_key(row->direction),
                  row->count.tested, row->count.nominal, row->count.expected,
                  row->count.significant);
    }
    shown_end_columns(state, start, text);
    array_destroy(&rows);
    return true;
}

static struct place save(const struct view *base)
{
    const struct outcomes_view *view = (const struct outcomes_view *)base;
    return (struct place){.taxon = view->outcome, .tab = (size_t)view->direction};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct outcomes_view *view = self(base);
    view->outcome = place.taxon;
    view->direction = place.tab == (size_t)REVERSE ? REVERSE : FORWARD;
    follow(view, state);
}

static void destroy(struct view *base)
{
    struct outcomes_view *view = self(base);
    array_destroy(&view->rows);
    filters_end(&view->filters);
    memory_free(view);
}

static const struct view_kind outcomes_view_kind = {
    .key = "outcomes",
    .bit = IN_OUTCOMES,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .table = table,
    .act = act,
    .click = click,
    .search = search,
    .narrow = narrow,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *outcomes_view_create(const struct state *state)
{
    struct outcomes_view *view = memory_get(1, sizeof *view);
    view->base.kind = &outcomes_view_kind;
    view->rows = ARRAY_OF(struct outcomes_row);
    view->direction = state->direction;
    view->outcome = state_disease(state) == NULL ? NULL : state_disease(state)->key;
    follow(view, state);
    return &view->base;
}
