#include "ui/explorer/settings_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <string.h>

static struct settings_view *self(struct view *view)
{
    return (struct settings_view *)view;
}

static struct settings_row here(const struct settings_view *view)
{
    return settings_row_at(view->list.cursor);
}

/* Moves, past headings in the direction of the step. */
static bool move(struct settings_view *view, const struct order *order)
{
    size_t before = view->list.cursor;
    list_fit(&view->list, settings_row_count(), view->list.height > 0 ? view->list.height : 1);
    if (!list_move(&view->list, order)) {
        return false;
    }
    if (here(view).kind == SETTINGS_HEAD) {
        view->list.cursor += view->list.cursor < before ? (size_t)-1 : 1;
    }
    return true;
}

/* A line as it would stand in a script. */
static struct effect command(const char *name, struct text *argument)
{
    struct text line = {0};
    text_addf(&line, "%s %s", name, argument->bytes);
    struct effect effect = effect_text(EFFECT_COMMAND, line.bytes);
    text_drop(&line);
    text_drop(argument);
    return effect;
}

/* All that are chosen and this one, or without it, in the order of the table. */
static struct effect toggle(const struct state *state, const struct method *method)
{
    struct text list = {0};
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (asked_has(&state->chosen, methods[i]) != (methods[i] == method)) {
            text_addf(&list, "%s%s", list.length > 0 ? "," : "", methods[i]->key);
        }
    }
    text_add(&list, list.length == 0 ? "none" : "");
    return command("use-methods", &list);
}

/* The choice after the present one, round the end. */
static struct effect next_choice(const struct state *state, size_t index)
{
    const char *const *choices = asked_choices(index);
    struct text value = {0}, line = {0};
    size_t next = 0;
    asked_say(&state->chosen, index, &value);
    for (size_t i = 0; choices[i] != NULL; i++) {
        next = strcmp(choices[i], value.bytes) == 0 && choices[i + 1] != NULL ? i + 1 : next;
    }
    text_addf(&line, "%s %s", asked_key(index), choices[next]);
    text_drop(&value);
    return command("set", &line);
}

static struct effect open_menu(const struct state *state, size_t index)
{
    const char *const *choices = asked_choices(index);
    struct text value = {0};
    char *values[8];
    size_t count = 0, chosen = 0;
    asked_say(&state->chosen, index, &value);
    for (; count < 8 && choices[count] != NULL; count++) {
        struct text line = {0};
        text_addf(&line, "%s %s", asked_key(index), choices[count]);
        values[count] = text_take(&line);
        chosen = strcmp(choices[count], value.bytes) == 0 ? count : chosen;
    }
    struct view *menu = menu_view_create(asked_key(index), action_named("set"),
                                         (const char *const *)values, choices, count, chosen);
    for (size_t i = 0; i < count; i++) {
        memory_free(values[i]);
    }
    text_drop(&value);
    return effect_open(menu);
}

static struct effect open_prompt(const struct state *state, size_t index)
{
    struct text line = {0}, value = {0};
    asked_say(&state->chosen, index, &value);
    bool is_from_data = strcmp(value.bytes, _("from data")) == 0;
    text_addf(&line, "%s %s", asked_key(index), is_from_data ? "" : value.bytes);
    struct view *prompt = prompt_view_create(PROMPT_SETTING, action_named("set"), line.bytes);
    text_drop(&line);
    text_drop(&value);
    return effect_open(prompt);
}

/* Space: the next choice; Enter asks. */
static struct effect choose(const struct settings_view *view, const struct state *state,
                            bool asks)
{
    struct settings_row row = here(view);
    size_t count;
    switch (row.kind) {
    case SETTINGS_RUN:
        return (struct effect){.kind = EFFECT_DO, .action = action_named("compute")};
    case SETTINGS_METHOD:
        return toggle(state, methods_all(&count)[row.index]);
    case SETTINGS_VALUE:
        if (asked_choices(row.index) == NULL) {
            return open_prompt(state, row.index);
        }
        return asks ? open_menu(state, row.index) : next_choice(state, row.index);
    case SETTINGS_HEAD:
        break;
    }
    return effect_none();
}

/* "D", "A" and "N", or the words. */
static struct effect choose_many(const struct order *order)
{
    const char *word = order->argument != NULL ? order->argument
                       : order->key == NULL    ? "D"
                                               : order->key;
    struct text list = {0};
    text_add(&list, strchr("aA", word[0]) != NULL   ? "all"
                    : strchr("nN", word[0]) != NULL ? "none"
                                                    : "default");
    return command("use-methods", &list);
}

static struct effect select_row(struct settings_view *view, const struct order *order)
{
    for (size_t i = 0; order->argument != NULL && i < settings_row_count(); i++) {
        const char *key = settings_row_key(settings_row_at(i));
        if (key != NULL && strcmp(key, order->argument) == 0) {
            view->list.cursor = i;
            return effect_none();
        }
    }
    return effect_refuse(_("no method or setting has the name “%s”"),
                         order->argument == NULL ? "" : order->argument);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct settings_view *view = self(base);
    if (move(view, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return choose(view, state, true);
    case ACT_CHOOSE:
        return choose(view, state, false);
    case ACT_CHOOSE_MANY:
        return choose_many(order);
    case ACT_SELECT:
        return select_row(view, order);
    case ACT_SETTINGS:
        return effect_none();
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct settings_view *view = self(base);
    size_t at = row < 1 ? (size_t)-1 : list_row_at(&view->list, row - 1);
    if (at == (size_t)-1 || settings_row_at(at).kind == SETTINGS_HEAD) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    return again ? choose(view, state, true) : effect_none();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    size_t count = state->chosen.methods.count;
    return arena_format(scratch,
                        ngettext("Methods and settings\t%zu method chosen",
                                 "Methods and settings\t%zu methods chosen", count),
                        count);
}

static const char *sentence(const struct view *view, const struct state *state,
                            struct arena *scratch)
{
    (void)view;
    struct text text = {0};
    asked_say_difference(&state->chosen, &state->given, &text);
    const char *said =
        text.length == 0 ? _("Methods and settings are those taxamr was started with.")
                         : arena_format(scratch, _("Changed since the start: %s."), text.bytes);
    text_drop(&text);
    return said;
}

/* The row as a line of a script. */
static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    struct settings_row row = here((const struct settings_view *)base);
    struct text text = {0};
    if (row.kind == SETTINGS_VALUE) {
        text_addf(&text, "set %s ", asked_key(row.index));
        asked_say(&state->chosen, row.index, &text);
    } else {
        text_add(&text, "use-methods ");
        asked_say_methods(&state->chosen, &text);
    }
    const char *copy = arena_text(scratch, text.bytes);
    text_drop(&text);
    return copy;
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct settings_view *)base)->list.cursor};
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

static const struct view_kind settings_view_kind = {
    .key = "settings",
    .bit = IN_SETTINGS,
    .draw = settings_view_draw,
    .title = title,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *settings_view_create(void)
{
    struct settings_view *view = memory_get(1, sizeof *view);
    view->base.kind = &settings_view_kind;
    return &view->base;
}
