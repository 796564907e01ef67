#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/input.h"
#include "ui/explorer/views.h"
#include <string.h>

struct prompt_view {
    struct view base;
    enum prompt_kind kind;
    const struct action *action;
    char *text;
};

static struct prompt_view *self(struct view *view)
{
    return (struct prompt_view *)view;
}

/* The actions whose name begins with what is typed: their names, up to a line. */
static const char *matching_names(const char *text, struct arena *arena)
{
    const struct action *all = actions_all();
    const char *names = "";
    size_t length = strlen(text);
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if (strncmp(all[i].name, text, length) == 0) {
            names = arena_format(arena, "%s  %s%s%s", names, all[i].name,
                                 all[i].argument == NULL ? "" : " ",
                                 all[i].argument == NULL ? "" : all[i].argument);
        }
    }
    return names;
}

static const char *lead(const struct prompt_view *view)
{
    switch (view->kind) {
    case PROMPT_SEARCH:
        return "/";
    case PROMPT_FILTER:
        return _("only rows with: ");
    case PROMPT_FILE:
        return _("file: ");
    case PROMPT_SETTING:
        return _("set: ");
    case PROMPT_COMMAND:
        break;
    }
    return ":";
}

/* It takes the place of the key line, below the area of views. */
static void draw(struct view *base, const struct drawing *drawing)
{
    const struct prompt_view *view = self(base);
    struct canvas *canvas = drawing->canvas;
    struct drawing line = *drawing;
    line.area = (struct rectangle){0, canvas->rows - 1, canvas->columns, 1};
    canvas_fill(canvas, 0, canvas->rows - 1, canvas->columns, ROLE_TEXT, " ");
    size_t at = 1 + draw_text(&line, 1, 0, ROLE_KEY, lead(view));
    at += draw_text(&line, at, 0, ROLE_TITLE, view->text);
    canvas->cursor_column = at < canvas->columns ? at : canvas->columns - 1;
    canvas->cursor_row = canvas->rows - 1;
    if (view->kind == PROMPT_COMMAND) {
        draw_text(&line, at + 1, 0, ROLE_DIM, matching_names(view->text, drawing->scratch));
    } else {
        draw_text(&line, at + 3, 0, ROLE_DIM, _("Enter: done   Esc: as before"));
    }
}

/* Tab fills in as far as all matching names agree. */
static void complete(struct prompt_view *view)
{
    const struct action *all = actions_all();
    const char *common = NULL;
    size_t length = strlen(view->text), agreed = 0;
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if (strncmp(all[i].name, view->text, length) != 0) {
            continue;
        }
        size_t same = 0;
        while (common != NULL && same < agreed && common[same] == all[i].name[same]) {
            same++;
        }
        agreed = common == NULL ? strlen(all[i].name) : same;
        common = common == NULL ? all[i].name : common;
    }
    if (common != NULL && agreed >= length) {
        memory_free(view->text);
        view->text = memory_copy_bytes(common, agreed);
    }
}

static struct effect accept(const struct prompt_view *view)
{
    if (view->kind == PROMPT_COMMAND) {
        return effect_text(EFFECT_COMMAND, view->text);
    }
    struct effect effect = effect_text(EFFECT_DO, view->text);
    effect.action = view->action;
    return effect;
}

static struct effect type(struct view *base, struct state *state, const char *key)
{
    (void)state;
    struct prompt_view *view = self(base);
    if (strcmp(key, "Enter") == 0) {
        return accept(view);
    }
    if (strcmp(key, "Esc") == 0 || strcmp(key, "^C") == 0 ||
        (strcmp(key, "Backspace") == 0 && *view->text == '\0')) {
        return effect_of(EFFECT_LEAVE);
    }
    if (strcmp(key, "Tab") == 0 && view->kind == PROMPT_COMMAND) {
        complete(view);
        return effect_none();
    }
    if (!input_type(&view->text, key)) {
        return effect_unhandled();
    }
    return view->kind == PROMPT_SEARCH ? effect_text(EFFECT_LOOK, view->text) : effect_none();
}

static struct effect act(struct view *view, struct state *state, const struct order *order)
{
    (void)view;
    (void)state;
    return order->action->id == ACT_BACK ? effect_of(EFFECT_LEAVE) : effect_unhandled();
}

static struct place save(const struct view *base)
{
    (void)base;
    return (struct place){0};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)base;
    (void)state;
    (void)place;
}

static void destroy(struct view *base)
{
    memory_free(self(base)->text);
    memory_free(base);
}

static const struct view_kind prompt_view_kind = {
    .key = "prompt",
    .bit = IN_PROMPT,
    .is_dialogue = true,
    .draw = draw,
    .act = act,
    .type = type,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *prompt_view_create(enum prompt_kind kind, const struct action *action,
                                const char *text)
{
    struct prompt_view *view = memory_get(1, sizeof *view);
    view->base.kind = &prompt_view_kind;
    view->kind = kind;
    view->action = action;
    view->text = memory_copy_text(text == NULL ? "" : text);
    return &view->base;
}
