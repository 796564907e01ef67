#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"
#include <string.h>

struct menu_view {
    struct view base;
    char *title;
    const struct action *action;
    char **values, **labels;
    struct list list;
    struct rectangle box; /* inside, when drawn last */
};

static struct menu_view *self(struct view *view)
{
    return (struct menu_view *)view;
}

/* Where labels are cut, the chosen one stands below them in full: so many rows. */
static size_t foot_rows(const struct menu_view *view, const struct drawing *drawing,
                        size_t columns)
{
    size_t most = 0;
    for (size_t i = 0; i < view->list.count && columns > 4; i++) {
        bool is_cut = draw_width(drawing, view->labels[i]) > columns - 2;
        size_t lines = is_cut ? draw_lines(drawing, columns - 3, view->labels[i]) : 0;
        most = lines > most ? lines : most;
    }
    return most > 0 ? most + 1 : 0;
}

static struct rectangle place_box(const struct menu_view *view, const struct drawing *drawing)
{
    size_t width = text_width(view->title) + 6;
    for (size_t i = 0; i < view->list.count; i++) {
        size_t label = text_width(view->labels[i]) + 6;
        width = label > width ? label : width;
    }
    width = width < drawing->area.columns ? width : drawing->area.columns;
    size_t rows = view->list.count + 2 + foot_rows(view, drawing, width - 2);
    rows = rows < drawing->area.rows ? rows : drawing->area.rows;
    return (struct rectangle){drawing->area.column + (drawing->area.columns - width) / 2,
                              drawing->area.row + (drawing->area.rows - rows) / 2, width, rows};
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct menu_view *view = self(base);
    struct drawing inside = *drawing;
    inside.area = draw_box(drawing, place_box(view, drawing), view->title);
    view->box = inside.area;
    size_t foot = foot_rows(view, drawing, inside.area.columns);
    foot = foot < inside.area.rows ? foot : 0;
    size_t rows = inside.area.rows - foot;
    list_fit(&view->list, view->list.count, rows);
    if (foot > 0) {
        struct drawing part = draw_part(&inside, rows, foot);
        draw_rule(&part, 0);
        (void)draw_block(&part, 2, 1, part.area.columns - 3, foot - 1, ROLE_TEXT,
                         view->labels[view->list.cursor] +
                             strspn(view->labels[view->list.cursor], " "));
    }
    for (size_t i = 0; i < rows; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_fit(&inside, 2, i, inside.area.columns - 2, ROLE_TEXT, view->labels[row]);
            if (row == view->list.cursor) {
                draw_selected(&inside, i);
            }
        }
    }
}

static struct effect choose(const struct menu_view *view)
{
    struct effect effect = effect_text(EFFECT_DO, view->values[view->list.cursor]);
    effect.action = view->action;
    return effect;
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    (void)state;
    struct menu_view *view = self(base);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return choose(view);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)state;
    struct menu_view *view = self(base);
    size_t line = row + 1;
    if (line < view->box.row || line >= view->box.row + view->box.rows ||
        column < view->box.column || column >= view->box.column + view->box.columns) {
        return effect_of(EFFECT_BACK);
    }
    size_t at = list_row_at(&view->list, line - view->box.row);
    if (at == (size_t)-1) {
        return effect_none();
    }
    view->list.cursor = at;
    return choose(view);
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct menu_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *base)
{
    struct menu_view *view = self(base);
    for (size_t i = 0; i < view->list.count; i++) {
        memory_free(view->values[i]);
        memory_free(view->labels[i]);
    }
    memory_free(view->values);
    memory_free(view->labels);
    memory_free(view->title);
    memory_free(view);
}

static const struct view_kind menu_view_kind = {
    .key = "menu",
    .bit = IN_MENU,
    .is_dialogue = true,
    .draw = draw,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *menu_view_create(const char *title, const struct action *action,
                              const char *const *values, const char *const *labels,
                              size_t count, size_t chosen)
{
    struct menu_view *view = memory_get(1, sizeof *view);
    view->base.kind = &menu_view_kind;
    view->title = memory_copy_text(title);
    view->action = action;
    view->values = memory_get(count, sizeof *view->values);
    view->labels = memory_get(count, sizeof *view->labels);
    for (size_t i = 0; i < count; i++) {
        view->values[i] = memory_copy_text(values[i]);
        view->labels[i] = memory_copy_text(labels[i]);
    }
    view->list.count = count;
    view->list.cursor = chosen;
    return &view->base;
}
