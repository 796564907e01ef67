#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/complete.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/input.h"
#include "ui/explorer/views.h"
#include <string.h>

struct prompt_view {
    struct view base;
    enum prompt_kind kind;
    const struct action *action;
    char *prefix; /* of the argument; NULL none */
    char *text;
    size_t back; /* lines gone back among those typed before */
    char *draft; /* what was typed before going back; NULL: not gone back */
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

static struct completion completion_of(const struct prompt_view *view,
                                       const struct state *state, struct arena *arena)
{
    return view->kind == PROMPT_FILE ? complete_file(view->text, arena)
                                     : complete_command(state, view->text, arena);
}

/* Actions with what they take; behind the name of one, what it may be given. */
static const char *what_follows(const struct prompt_view *view, const struct drawing *drawing)
{
    if (strchr(view->text, ' ') == NULL) {
        return matching_names(view->text, drawing->scratch);
    }
    struct completion completion = completion_of(view, drawing->state, drawing->scratch);
    const char *list = complete_list(&completion, drawing->scratch);
    array_destroy(&completion.words);
    return list;
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
    case PROMPT_NAME:
        return _("name: ");
    case PROMPT_ANSWER:
        return _("answer: ");
    case PROMPT_NOTE:
        return _("note: ");
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
    (void)draw_block(&block, 0, 0, width, rows, ROLE_WARNING, hint);
}

/* The end of a text that is longer than its room: there it is being typed. */
static const char *tail(const char *text, size_t columns)
{
    size_t left = strlen(text), width = text_width(text);
    while (width > columns) {
        int wide;
        size_t taken = text_grapheme(text, left, &wide);
        text += taken;
        left -= taken;
        width -= (size_t)wide;
    }
    return text;
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
    size_t most = canvas->columns > at + 1 ? canvas->columns - at - 1 : 1;
    at += draw_text(&line, at, 0, ROLE_TITLE, tail(view->text, most));
    canvas->cursor_column = at < canvas->columns ? at : canvas->columns - 1;
    canvas->cursor_row = canvas->rows - 1;
    if (drawing->state->hint != NULL) {
        draw_hint(drawing, drawing->state->hint);
    } else if (view->kind == PROMPT_COMMAND) {
        size_t room = canvas->columns > at + 2 ? canvas->columns - at - 2 : 0;
        draw_fit(&line, at + 1, 0, room, ROLE_DIM, what_follows(view, drawing));
    } else {
        draw_text(&line, at + 3, 0, ROLE_DIM, _("Enter: done   Esc: as before"));
    }
}

static void set_text(struct prompt_view *view, char *text)
{
    memory_free(view->text);
    view->text = text;
}

/* Tab fills in as far as all that may follow agrees. */
static void complete(struct prompt_view *view, const struct state *state)
{
    struct arena *arena = arena_create();
    struct completion completion = completion_of(view, state, arena);
    set_text(view, complete_filled(&completion, view->text));
    array_destroy(&completion.words);
    arena_destroy(arena);
}

/* The lines typed in this kind of prompt; NULL: none are kept. */
static struct typed *typed_of(const struct prompt_view *view, struct state *state)
{
    switch (view->kind) {
    case PROMPT_COMMAND:
        return &state->typed;
    case PROMPT_SEARCH:
        return &state->searches;
    case PROMPT_FILTER:
        return &state->filters;
    case PROMPT_FILE:
        return &state->files;
    case PROMPT_NOTE:
    case PROMPT_SETTING:
    case PROMPT_NAME:
    case PROMPT_ANSWER:
        break;
    }
    return NULL;
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

/* Up and Down: lines typed before, and back to the one that was being typed. */
static void go_back(struct prompt_view *view, struct state *state, bool is_older)
{
    const struct typed *typed = typed_of(view, state);
    size_t count = typed == NULL ? 0 : typed->lines.count;
    if (is_older ? view->back == count : view->back == 0) {
        return;
    }
    if (view->back == 0) {
        memory_free(view->draft);
        view->draft = memory_copy_text(view->text);
    }
    view->back = is_older ? view->back + 1 : view->back - 1;
    set_text(view, memory_copy_text(view->back == 0 ? view->draft
                                                    : typed_line(typed, count - view->back)));
}

/* Keys of some kinds of prompt alone. */
static bool type_special(struct prompt_view *view, struct state *state, const char *key)
{
    bool is_command = view->kind == PROMPT_COMMAND;
    if (strcmp(key, "Tab") == 0 && (is_command || view->kind == PROMPT_FILE)) {
        complete(view, state);
    } else if (strcmp(key, "Up") == 0 || strcmp(key, "^P") == 0) {
        go_back(view, state, true);
    } else if (strcmp(key, "Down") == 0 || strcmp(key, "^N") == 0) {
        go_back(view, state, false);
    } else {
        return false;
    }
    return true;
}

static struct effect accept(const struct prompt_view *view, struct state *state)
{
    if (view->kind == PROMPT_FILTER && state->hint != NULL) {
        return effect_none();
    }
    struct typed *typed = typed_of(view, state);
    if (typed != NULL) {
        typed_add(typed, view->text);
    }
    if (view->kind == PROMPT_COMMAND) {
        return effect_text(EFFECT_COMMAND, view->text);
    }
    struct text argument = {0};
    text_add(&argument, view->prefix == NULL ? "" : view->prefix);
    text_add(&argument, view->text);
    return (struct effect){
        .kind = EFFECT_DO, .text = text_take(&argument), .action = view->action};
}

static struct effect type(struct view *base, struct state *state, const char *key)
{
    struct prompt_view *view = self(base);
    if (strcmp(key, "Enter") == 0) {
        return accept(view, state);
    }
    if (strcmp(key, "Esc") == 0 || strcmp(key, "^C") == 0 ||
        (strcmp(key, "Backspace") == 0 && *view->text == '\0')) {
        return effect_of(EFFECT_LEAVE);
    }
    if (type_special(view, state, key)) {
        return tell_below(view);
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
    memory_free(self(base)->prefix);
    memory_free(self(base)->text);
    memory_free(self(base)->draft);
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

struct view *prompt_view_create_with(enum prompt_kind kind, const struct action *action,
                                     const char *prefix, const char *text)
{
    struct view *view = prompt_view_create(kind, action, text);
    self(view)->prefix = memory_copy_text(prefix);
    return view;
}
