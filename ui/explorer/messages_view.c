#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

/* What was said so far, newest last, after the warnings about the study's files. */
struct messages_view {
    struct view base;
    struct list list;
    bool is_placed;
};

static struct messages_view *self(struct view *view)
{
    return (struct messages_view *)view;
}

static size_t count_of(const struct state *state)
{
    return state->study->warnings.count + state->messages.count;
}

static const char *message_at(const struct state *state, size_t row)
{
    size_t warnings = state->study->warnings.count;
    return row < warnings ? *(char **)array_at(&state->study->warnings, row)
                          : *(char **)array_at(&state->messages, row - warnings);
}

/* The message under the cursor in full, where its line does not hold it; returns its rows. */
static size_t draw_chosen(const struct messages_view *view, const struct drawing *drawing)
{
    size_t columns = drawing->area.columns - 3, count = count_of(drawing->state);
    size_t at = view->list.cursor < count ? view->list.cursor : count - 1;
    const char *text = count == 0 ? "" : message_at(drawing->state, at);
    size_t lines = draw_lines(drawing, columns, text), most = drawing->area.rows / 2;
    if (lines < 2 || most < 2) {
        return 0;
    }
    size_t rows = lines + 1 < most ? lines + 1 : most;
    struct drawing part = draw_part(drawing, drawing->area.rows - rows, rows);
    draw_rule(&part, 0);
    (void)draw_block(&part, 2, 1, columns, rows - 1, ROLE_TEXT, text);
    return rows;
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct messages_view *view = self(base);
    size_t count = count_of(drawing->state);
    if (!view->is_placed) {
        view->list.cursor = count == 0 ? 0 : count - 1;
        view->is_placed = true;
    }
    list_fit(&view->list, count, drawing->area.rows - draw_chosen(view, drawing));
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        bool is_warning = row < drawing->state->study->warnings.count;
        draw_fit(drawing, 2, i, drawing->area.columns - 3,
                 is_warning ? ROLE_WARNING : ROLE_TEXT, message_at(drawing->state, row));
        if (row == view->list.cursor) {
            draw_selected(drawing, i);
        }
    }
    if (count == 0) {
        draw_text(drawing, 2, 0, ROLE_DIM, _("nothing was said so far"));
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct messages_view *view = self(base);
    list_fit(&view->list, count_of(state), view->list.height > 0 ? view->list.height : 1);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    return order->action->id == ACT_BACK ? effect_of(EFFECT_BACK) : effect_unhandled();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    (void)state;
    (void)scratch;
    return _("Messages");
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)scratch;
    const struct messages_view *view = (const struct messages_view *)base;
    return view->list.cursor < count_of(state) ? message_at(state, view->list.cursor) : NULL;
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct messages_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *view)
{
    memory_free(view);
}

static const struct view_kind messages_view_kind = {
    .key = "messages",
    .bit = IN_MESSAGES,
    .draw = draw,
    .title = title,
    .line = line,
    .act = act,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *messages_view_create(void)
{
    struct messages_view *view = memory_get(1, sizeof *view);
    view->base.kind = &messages_view_kind;
    return &view->base;
}
