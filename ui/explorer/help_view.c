#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/input.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"
#include <string.h>

/* From here on a row holds every sentence. */
enum { WIDE = 106 };

/* The actions of the view below, narrowed by what is typed; Enter does the chosen one. */
struct help_view {
    struct view base;
    unsigned below; /* enum view_bit */
    char *filter;
    const struct action *shown[ACTION_COUNT];
    struct list list;
    struct rectangle box;
};

static struct help_view *self(struct view *view)
{
    return (struct help_view *)view;
}

static bool matches(const struct action *action, const char *filter)
{
    return text_contains_fold(action->name, filter) ||
           text_contains_fold(gettext(action->full), filter);
}

static void follow(struct help_view *view)
{
    const struct action *all = actions_all();
    size_t count = 0;
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if ((all[i].views & view->below) != 0 && matches(&all[i], view->filter)) {
            view->shown[count++] = &all[i];
        }
    }
    list_fit(&view->list, count, view->list.height > 0 ? view->list.height : 1);
}

static void draw_action(const struct drawing *drawing, const struct action *action, size_t row)
{
    char *keys = keymap_keys_text(&drawing->state->keymap, action);
    size_t names = drawing->area.columns >= 76 ? 15 : 0;
    draw_fit(drawing, 2, row, 17, ROLE_KEY, keys);
    if (names > 0) {
        draw_format(drawing, 20, row, ROLE_DIM, ":%s", action->name);
    }
    draw_fit(drawing, 20 + names, row, drawing->area.columns - 21 - names, ROLE_TEXT,
             gettext(action->full));
    memory_free(keys);
}

/* What the chosen one does, in full, where rows are too narrow for such sentences. Returns the
 * rows it takes. */
static size_t draw_chosen(const struct help_view *view, const struct drawing *inside)
{
    size_t columns = inside->area.columns, rows = 3;
    if (columns >= WIDE || inside->area.rows < 2 * rows) {
        return 0;
    }
    struct drawing part = draw_part(inside, inside->area.rows - rows, rows);
    draw_rule(&part, 0);
    if (view->list.count > 0) {
        (void)draw_block(&part, 2, 1, columns - 3, rows - 1, ROLE_TEXT,
                         gettext(view->shown[view->list.cursor]->full));
    }
    return rows;
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct help_view *view = self(base);
    struct rectangle box = drawing->area;
    if (box.columns > 110) {
        box.column += (box.columns - 108) / 2;
        box.columns = 108;
    }
    struct drawing inside = *drawing;
    inside.area = draw_box(drawing, box, _("Keys"));
    view->box = inside.area;
    follow(view);
    size_t at =
        2 + draw_text(&inside, 2, 0, ROLE_DIM,
                      draw_keys(&inside, _("type to filter, {open} does it, {back} closes: ")));
    at += draw_text(&inside, at, 0, ROLE_TITLE, view->filter);
    size_t foot = draw_chosen(view, &inside);
    list_fit(&view->list, view->list.count, inside.area.rows - 1 - foot);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_action(&inside, view->shown[row], i + 1);
            if (row == view->list.cursor) {
                draw_selected(&inside, i + 1);
            }
        }
    }
}

static struct effect choose(const struct help_view *view)
{
    if (view->list.count == 0) {
        return effect_none();
    }
    return (struct effect){.kind = EFFECT_DO, .action = view->shown[view->list.cursor]};
}

/* Letters narrow the list, so only keys with names move in it. */
static struct effect type(struct view *base, struct state *state, const char *key)
{
    (void)state;
    struct help_view *view = self(base);
    if (strcmp(key, "Esc") == 0 && *view->filter != '\0') {
        *view->filter = '\0';
        return effect_none();
    }
    if (*view->filter == '\0' && (strcmp(key, "?") == 0 || strcmp(key, "q") == 0)) {
        return effect_of(EFFECT_BACK);
    }
    if (input_type(&view->filter, key)) {
        view->list.cursor = 0;
        follow(view);
        return effect_none();
    }
    return effect_unhandled();
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    (void)state;
    struct help_view *view = self(base);
    follow(view);
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
    (void)column;
    struct help_view *view = self(base);
    size_t at = row < 2 ? (size_t)-1 : list_row_at(&view->list, row - 2);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    return again ? choose(view) : effect_none();
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct help_view *view = (const struct help_view *)base;
    return arena_format(scratch, "%zu/%zu", view->list.count == 0 ? 0 : view->list.cursor + 1,
                        view->list.count);
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct help_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *base)
{
    memory_free(self(base)->filter);
    memory_free(base);
}

static const struct view_kind help_view_kind = {
    .key = "help",
    .bit = IN_HELP,
    .is_dialogue = true,
    .draw = draw,
    .position = position,
    .act = act,
    .type = type,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *help_view_create(unsigned below)
{
    struct help_view *view = memory_get(1, sizeof *view);
    view->base.kind = &help_view_kind;
    view->below = below;
    view->filter = memory_copy_text("");
    follow(view);
    return &view->base;
}
