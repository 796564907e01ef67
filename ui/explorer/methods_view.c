#include "ui/explorer/methods_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "estimate/formulas.h"
#include <string.h>

/* Columns of the list. */
enum { LIST = 30 };

static struct methods_view *self(struct view *view)
{
    return (struct methods_view *)view;
}

static const struct methods_row *row_at(const struct methods_view *view, size_t row)
{
    return array_at(&view->rows, row);
}

const struct method *methods_view_method(const struct methods_view *view)
{
    return view->list.cursor < view->rows.count ? row_at(view, view->list.cursor)->method
                                                : NULL;
}

static void fill_rows(struct methods_view *view)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (int group = GROUP_SINGLE; group <= GROUP_OTHER; group++) {
        *(struct methods_row *)array_add(&view->rows) =
            (struct methods_row){NULL, (enum method_group)group};
        for (size_t i = 0; i < count; i++) {
            if ((int)methods[i]->group == group) {
                *(struct methods_row *)array_add(&view->rows) =
                    (struct methods_row){methods[i], methods[i]->group};
            }
        }
    }
}

/* Headings are passed over: on in the same direction, or back from the first. */
static void leave_heading(struct methods_view *view, bool is_up)
{
    size_t *cursor = &view->list.cursor;
    while (*cursor < view->rows.count && row_at(view, *cursor)->method == NULL) {
        *cursor += is_up && *cursor > 0 ? (size_t)-1 : 1;
        is_up = is_up && *cursor > 0;
    }
}

static bool go_to(struct methods_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->rows.count; i++) {
        const struct method *method = row_at(view, i)->method;
        if (method != NULL && strcmp(method->key, key) == 0) {
            view->list.cursor = i;
            return true;
        }
    }
    return false;
}

bool methods_view_is_run(const struct state *state, const struct method *method)
{
    const struct results *results = state_results(state);
    for (size_t i = 0; results != NULL && i < results->options.method_count; i++) {
        if (results->options.methods[i] == method) {
            return true;
        }
    }
    return false;
}

static void draw_row(const struct methods_view *view, const struct drawing *drawing, size_t row,
                     size_t line)
{
    const struct methods_row *at = row_at(view, row);
    size_t columns = drawing->area.columns;
    if (at->method == NULL) {
        draw_fit(drawing, 1, line, columns - 1, ROLE_HEADING,
                 gettext(formulas_group(at->group)));
        return;
    }
    bool runs = methods_view_is_run(drawing->state, at->method);
    draw_text(drawing, 1, line, ROLE_KEY, at->method->is_default ? "●" : " ");
    draw_fit(drawing, 3, line, columns - 4, runs ? ROLE_TITLE : ROLE_TEXT, at->method->key);
}

static void draw_list(struct methods_view *view, const struct drawing *drawing)
{
    size_t rows = drawing->area.rows;
    /* The heading above the first method stays in sight. */
    view->list.first = view->list.cursor == 1 ? 0 : view->list.first;
    list_fit(&view->list, view->rows.count, rows > 1 ? rows - 1 : 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_row(view, drawing, row, i);
            if (row == view->list.cursor) {
                draw_selected(drawing, i);
            }
        }
    }
    draw_fit(drawing, 1, rows - 1, drawing->area.columns - 1, ROLE_DIM,
             _("● the usual choice"));
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct methods_view *view = self(base);
    struct drawing page = *drawing, list = *drawing;
    if (!view->is_page) {
        list.area.columns = LIST;
        draw_list(view, &list);
        page.area.column += LIST + 1;
        page.area.columns -= LIST + 2;
    } else {
        page.area.column += 2;
        page.area.columns -= 4;
    }
    view->has_more = methods_page_draw(view, &page);
}

static struct effect select_method(struct methods_view *view, const char *key)
{
    return go_to(view, key)
               ? effect_none()
               : effect_refuse(_("there is no method “%s”"), key == NULL ? "" : key);
}

static bool has_text(const void *view, size_t row, const char *text)
{
    const struct method *method = row_at(view, row)->method;
    return method != NULL &&
           (text_contains_fold(method->key, text) || text_contains_fold(method->name, text));
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    (void)state;
    struct methods_view *view = self(base);
    return list_search(&view->list, view->rows.count, step, text, has_text, view);
}

static struct effect back(struct methods_view *view)
{
    if (view->is_page) {
        view->is_page = false;
        return effect_none();
    }
    return effect_of(EFFECT_BACK);
}

/* Through a page that is longer than the screen. */
static bool scroll(struct methods_view *view, enum action_id id)
{
    enum { STEP = 4 };
    if (id == ACT_PAGE_DOWN) {
        view->skip += view->has_more ? STEP : 0;
    } else if (id == ACT_PAGE_UP) {
        view->skip -= view->skip < STEP ? view->skip : STEP;
    }
    return id == ACT_PAGE_DOWN || id == ACT_PAGE_UP;
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    (void)state;
    struct methods_view *view = self(base);
    list_fit(&view->list, view->rows.count, view->list.height > 0 ? view->list.height : 1);
    if (view->is_page && scroll(view, order->action->id)) {
        return effect_none();
    }
    view->skip = 0;
    if (list_move(&view->list, order)) {
        leave_heading(view, order->action->id == ACT_UP || order->action->id == ACT_PAGE_UP);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        view->is_page = !view->is_page;
        return effect_none();
    case ACT_BACK:
        return back(view);
    case ACT_SELECT:
        return select_method(view, order->argument);
    case ACT_METHODS:
        return order->argument == NULL ? back(view) : select_method(view, order->argument);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)state;
    struct methods_view *view = self(base);
    size_t at = view->is_page || column >= LIST ? (size_t)-1 : list_row_at(&view->list, row);
    if (at == (size_t)-1 || row_at(view, at)->method == NULL) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    view->is_page = again;
    return effect_none();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)base;
    (void)state;
    size_t count;
    (void)methods_all(&count);
    return arena_format(scratch, _("Methods\t%zu methods, bold ones were run"), count);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct methods_view *view = (const struct methods_view *)base;
    size_t at = 0, count = 0;
    for (size_t i = 0; i < view->rows.count; i++) {
        count += row_at(view, i)->method != NULL;
        at = i == view->list.cursor ? count : at;
    }
    return arena_format(scratch, "%zu/%zu", at, count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct methods_view *view = (const struct methods_view *)base;
    const struct method *method = methods_view_method(view);
    const char *answer = methods_page_answer(view, state, scratch);
    return method == NULL ? NULL
                          : arena_format(scratch, _("%s assumes: %s.%s%s"), method->name,
                                         gettext(method->assumes), answer == NULL ? "" : " ",
                                         answer == NULL ? "" : answer);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    const struct method *method = methods_view_method((const struct methods_view *)base);
    return method == NULL ? NULL
                          : arena_format(scratch, "%s\t%s\t%s", method->key, method->name,
                                         method->citation);
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    (void)state;
    const struct methods_view *view = (const struct methods_view *)base;
    text_add(text, "method\tname\tgroup\tdefault\trandom\tleast\tassumes\tsource\n");
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct method *method = row_at(view, i)->method;
        if (method != NULL) {
            text_addf(text, "%s\t%s\t%s\t%s\t%s\t%zu\t%s\t%s\n", method->key, method->name,
                      gettext(formulas_group(method->group)),
                      method->is_default ? "TRUE" : "FALSE",
                      method->is_random ? "TRUE" : "FALSE", method->least,
                      gettext(method->assumes), method->citation);
        }
    }
    return true;
}

static struct place save(const struct view *base)
{
    const struct methods_view *view = (const struct methods_view *)base;
    const struct method *method = methods_view_method(view);
    return (struct place){.taxon = view->taxon == NULL ? NULL : view->taxon->key,
                          .other = method == NULL ? NULL : method->key,
                          .tab = view->is_page};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    (void)go_to(self(base), place.other);
    self(base)->is_page = place.tab != 0;
}

static void destroy(struct view *base)
{
    array_destroy(&self(base)->rows);
    memory_free(base);
}

static const struct view_kind methods_view_kind = {
    .key = "methods",
    .bit = IN_METHODS,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .search = search,
    .table = table,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *methods_view_create(const struct trait *taxon, const char *method)
{
    struct methods_view *view = memory_get(1, sizeof *view);
    view->base.kind = &methods_view_kind;
    view->taxon = taxon;
    view->rows = ARRAY_OF(struct methods_row);
    fill_rows(view);
    if (!go_to(view, method) && !go_to(view, "ivw")) {
        leave_heading(view, false);
    }
    return &view->base;
}
