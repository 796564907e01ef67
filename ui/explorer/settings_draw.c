#include "ui/explorer/settings_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include <string.h>

enum { MARK_AT = 2, KEY_AT = 6, VALUE_AT = 33, SHOWS_AT = 60, FOOT = 3 };

static size_t method_count(void)
{
    size_t count;
    (void)methods_all(&count);
    return count;
}

/* One row to run, three headings. */
size_t settings_row_count(void)
{
    return 1 + 3 + method_count() + ASKED_COUNT;
}

struct settings_row settings_row_at(size_t row)
{
    size_t lengths[] = {SETTINGS, method_count(), PARAMETERS};
    if (row == 0) {
        return (struct settings_row){SETTINGS_RUN, 0};
    }
    size_t group = 0, at = row - 1;
    while (group < 2 && at > lengths[group]) {
        at -= lengths[group++] + 1;
    }
    if (at == 0) {
        return (struct settings_row){SETTINGS_HEAD, group};
    }
    return (struct settings_row){group == 1 ? SETTINGS_METHOD : SETTINGS_VALUE,
                                 group == 2 ? SETTINGS + at - 1 : at - 1};
}

const char *settings_row_key(struct settings_row row)
{
    size_t count;
    return row.kind == SETTINGS_VALUE    ? asked_key(row.index)
           : row.kind == SETTINGS_METHOD ? methods_all(&count)[row.index]->key
                                         : NULL;
}

static const char *value_text(const struct asked *asked, size_t index, struct arena *arena)
{
    struct text text = {0};
    asked_say(asked, index, &text);
    const char *copy = arena_text(arena, text.bytes);
    text_drop(&text);
    return copy;
}

/* With a star where it is not what was computed. */
static void draw_value(const struct drawing *drawing, size_t index, size_t row)
{
    const struct state *state = drawing->state;
    struct arena *arena = drawing->scratch;
    const char *value = value_text(&state->chosen, index, arena);
    bool is_new = strcmp(value, value_text(&state->shown, index, arena)) != 0;
    draw_text(drawing, KEY_AT, row, ROLE_TEXT, asked_key(index));
    size_t at =
        VALUE_AT + draw_text(drawing, VALUE_AT, row, is_new ? ROLE_KEY : ROLE_TITLE, value);
    draw_text(drawing, at + 1, row, ROLE_KEY, is_new ? "*" : "");
    if (drawing->area.columns >= 100) {
        draw_fit(drawing, SHOWS_AT, row, drawing->area.columns - SHOWS_AT - 1, ROLE_DIM,
                 asked_shows(index));
    }
}

static void draw_method(const struct drawing *drawing, const struct method *method, size_t row)
{
    const struct state *state = drawing->state;
    bool is_chosen = asked_has(&state->chosen, method),
         is_new = is_chosen != asked_has(&state->shown, method);
    size_t at = MARK_AT + draw_text(drawing, MARK_AT, row, is_new ? ROLE_KEY : ROLE_TITLE,
                                    is_chosen ? "[x]" : "[ ]");
    draw_text(drawing, at, row, ROLE_KEY, is_new ? "*" : "");
    draw_text(drawing, KEY_AT, row, ROLE_TEXT, method->key);
    draw_fit(drawing, VALUE_AT, row, drawing->area.columns - VALUE_AT - 1, ROLE_DIM,
             method->name);
}

static void draw_row(const struct drawing *drawing, struct settings_row row, size_t line)
{
    static const char *const heads[] = {N_("SETTINGS"), N_("METHODS"), N_("OF SINGLE METHODS")};
    size_t count;
    switch (row.kind) {
    case SETTINGS_RUN:
        draw_text(drawing, MARK_AT, line, ROLE_TITLE, _("Run again with what is chosen here"));
        break;
    case SETTINGS_HEAD:
        draw_text(drawing, MARK_AT, line, ROLE_HEADING, gettext(heads[row.index]));
        break;
    case SETTINGS_VALUE:
        draw_value(drawing, row.index, line);
        break;
    case SETTINGS_METHOD:
        draw_method(drawing, methods_all(&count)[row.index], line);
        break;
    }
}

/* What is chosen but not computed. */
static void draw_difference(const struct drawing *drawing)
{
    const struct state *state = drawing->state;
    struct text text = {0};
    asked_say_difference(&state->chosen, &state->shown, &text);
    bool is_same = text.length == 0;
    const char *said =
        is_same ? _("The results are of these methods and settings.")
                : arena_format(drawing->scratch, _("* not computed yet: %s; {compute} runs"),
                               text.bytes);
    draw_fit(drawing, 1, 0, drawing->area.columns - 2, is_same ? ROLE_DIM : ROLE_KEY,
             draw_keys(drawing, said));
    text_drop(&text);
}

static const char *value_help(size_t index, struct arena *arena)
{
    struct text allowed = {0};
    asked_say_allowed(index, &allowed);
    const char *help =
        arena_format(arena, _("%s: %s. {open} edits: %s; \"default\" is the usual value."),
                     asked_key(index), asked_shows(index), allowed.bytes);
    text_drop(&allowed);
    return help;
}

static void draw_foot(const struct drawing *drawing, struct settings_row row)
{
    size_t count;
    struct drawing foot = draw_part(drawing, drawing->area.rows - FOOT, FOOT);
    const char *text =
        _("Every pair is computed again; what is shown until then is new already.");
    if (row.kind == SETTINGS_VALUE) {
        text = draw_keys(drawing, value_help(row.index, drawing->scratch));
    } else if (row.kind == SETTINGS_METHOD) {
        const struct method *method = methods_all(&count)[row.index];
        text = gettext(method->assumes);
    }
    draw_rule(&foot, 0);
    struct drawing lines = draw_part(&foot, 1, FOOT - 1);
    lines.area.column += 2;
    lines.area.columns -= 3;
    (void)draw_wrapped(&lines, 0, 0, ROLE_DIM, text);
}

void settings_view_draw(struct view *base, const struct drawing *drawing)
{
    struct settings_view *view = (struct settings_view *)base;
    size_t rows = drawing->area.rows;
    list_fit(&view->list, settings_row_count(), rows > FOOT + 2 ? rows - FOOT - 1 : 1);
    draw_difference(drawing);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_row(drawing, settings_row_at(row), i + 1);
        if (row == view->list.cursor) {
            draw_selected(drawing, i + 1);
        }
    }
    draw_foot(drawing, settings_row_at(view->list.cursor));
}
