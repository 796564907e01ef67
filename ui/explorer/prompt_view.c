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
    char *typed; /* before lines of earlier were taken back; NULL: none was */
    size_t back; /* how many of them */
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
    case PROMPT_COMMAND:
        break;
    }
    return ":";
}

/* What is wrong with the text, in one or two lines above it. */
static void draw_hint(const struct drawing *drawing, const char *hint)
{
    struct canvas *canvas = drawing->canvas;
    size_t width = canvas->columns - 2, rows = draw_width(drawing, hint) / (width - 8) + 1;
    rows = rows < 4 ? rows : 4;
    struct drawing block = *drawing;
    block.area = (struct rectangle){1, canvas->rows - 1 - rows, width, rows};
    for (size_t i = 0; i < rows; i++) {
        canvas_fill(canvas, 0, block.area.row + i, canvas->columns, ROLE_TEXT, " ");
    }
    (void)draw_wrapped(&block, 0, 0, ROLE_WARNING, hint);
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
    if (drawing->state->hint != NULL) {
        draw_hint(drawing, drawing->state->hint);
    } else if (view->kind == PROMPT_COMMAND) {
        draw_text(&line, at + 1, 0, ROLE_DIM, matching_names(view->text, drawing->scratch));
    } else {
        bool has_earlier = recall_at(&drawing->state->recall[view->kind], 1) != NULL;
        draw_text(&line, at + 3, 0, ROLE_DIM,
                  has_earlier ? _("Enter: done   Esc: as before   ↑: typed before")
                              : _("Enter: done   Esc: as before"));
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

/* What the view below does with a text that is not finished. */
static struct effect tell_below(const struct prompt_view *view)
{
    switch (view->kind) {
    case PROMPT_SEARCH:
        return effect_text(EFFECT_LOOK, view->text);
    case PROMPT_FILTER:
        return effect_text(EFFECT_TRY, view->text);
    default:
        return effect_none();
    }
}

/* Takes back a line typed earlier, or later; after the last comes what was being typed. */
static struct effect walk(struct prompt_view *view, const struct state *state, bool is_back)
{
    const struct recall *recall = &state->recall[view->kind];
    size_t back = is_back ? view->back + 1 : view->back - 1;
    const char *line = back == 0 ? view->typed : recall_at(recall, back);
    if (line == NULL || (!is_back && view->back == 0)) {
        return effect_none();
    }
    char *copy = memory_copy_text(line);
    if (view->back == 0) {
        memory_free(view->typed);
        view->typed = view->text;
    } else {
        memory_free(view->text);
    }
    view->text = copy;
    view->back = back;
    return tell_below(view);
}

static struct effect accept(const struct prompt_view *view, struct state *state)
{
    if (view->kind == PROMPT_FILTER && state->hint != NULL) {
        return effect_none();
    }
    recall_add(&state->recall[view->kind], view->text);
    if (view->kind == PROMPT_COMMAND) {
        return effect_text(EFFECT_COMMAND, view->text);
    }
    struct effect effect = effect_text(EFFECT_DO, view->text);
    effect.action = view->action;
    return effect;
}

static struct effect type(struct view *base, struct state *state, const char *key)
{
    struct prompt_view *view = self(base);
    if (strcmp(key, "Enter") == 0) {
        return accept(view, state);
    }
    if (strcmp(key, "Up") == 0 || strcmp(key, "Down") == 0) {
        return walk(view, state, strcmp(key, "Up") == 0);
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
    return tell_below(view);
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
    memory_free(self(base)->typed);
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
