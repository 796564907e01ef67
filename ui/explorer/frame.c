#include "ui/explorer/frame.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/key_order.h"
#include "ui/glyphs.h"
#include <math.h>
#include <string.h>

/* Below it the hint would take what the views need. */
enum { HINT_ROWS = 20 };

/* Columns below which the title line says things in fewer words. */
enum { NARROW = 72 };

static struct drawing line_of(struct canvas *canvas, const struct state *state, size_t row,
                              struct arena *scratch)
{
    return (struct drawing){canvas, {0, row, canvas->columns, 1}, state, scratch};
}

/* Where the results are not of what the explorer was started with: of what, or that they are
 * not; NULL otherwise. */
static const char *settings_badge(const struct drawing *drawing)
{
    const struct state *state = drawing->state;
    struct text text = {0};
    asked_say_difference(&state->shown, &state->given, &text);
    const char *badge = text.length == 0 ? NULL : arena_text(drawing->scratch, text.bytes);
    text_drop(&text);
    return badge == NULL || draw_width(drawing, badge) <= 16 ? badge : _("own settings");
}

/* What must stand in every title, in fewer words on a narrow screen; returns the columns used,
 * or with `is_drawn` false those that it would use. */
static size_t draw_badges(const struct drawing *drawing, const struct view *view, size_t at,
                          bool is_drawn)
{
    const struct state *state = drawing->state;
    size_t excluded = history_exclusions(&state->history).count, start = at;
    bool is_narrow = drawing->area.columns < NARROW;
    const char *texts[3] = {NULL, NULL, settings_badge(drawing)};
    bool is_apart = view->kind->is_apart != NULL && view->kind->is_apart(view, state);
    if (state->study->is_simulated && !is_apart) {
        texts[0] = is_narrow ? _("SIMULATED") : _("SIMULATED outcome");
    }
    if (excluded > 0 && !is_apart) {
        texts[1] = is_narrow
                       ? arena_format(drawing->scratch, _("%zu left out"), excluded)
                       : arena_format(drawing->scratch, _("%zu left out by hand"), excluded);
    }
    for (size_t i = 0; i < 3; i++) {
        size_t width = texts[i] == NULL ? 0 : 2 + draw_width(drawing, texts[i]);
        if (is_drawn && width > 0) {
            (void)draw_text(drawing, at + 2, 0, ROLE_WARNING, texts[i]);
        }
        at += width;
    }
    return at - start;
}

void frame_title(struct canvas *canvas, const struct state *state, const struct view *view,
                 struct arena *scratch)
{
    struct drawing drawing = line_of(canvas, state, 0, scratch);
    const char *title =
        view->kind->title == NULL ? "" : view->kind->title(view, state, scratch);
    const char *tab = strchr(title, '\t');
    size_t left = tab == NULL ? strlen(title) : (size_t)(tab - title);
    const char *text = arena_bytes(scratch, title, left);
    /* A lesson shows other data than the study's, and says itself what is made up. */
    bool has_badges = view->kind->bit != IN_LESSON;
    size_t badges = has_badges ? draw_badges(&drawing, view, 0, false) : 0;
    size_t width = draw_width(&drawing, text);
    size_t room = canvas->columns > badges + 2 ? canvas->columns - badges - 2 : 1;
    draw_fit(&drawing, 1, 0, room, ROLE_TITLE, text);
    size_t at = 1 + (width < room ? width : room);
    at += has_badges ? draw_badges(&drawing, view, at, true) : 0;
    /* Parts stand two spaces apart; the last is kept longest. */
    for (const char *right = tab == NULL ? NULL : tab + 1; right != NULL;) {
        if (at + 2 + draw_width(&drawing, right) < canvas->columns) {
            draw_right(&drawing, 0, 0, canvas->columns - 1, ROLE_DIM, right);
            break;
        }
        const char *gap = strstr(right, "  ");
        right = gap == NULL ? NULL : gap + 2;
    }
}

/* A share as a bar; nothing of it where it is unknown. */
static const char *gauge(double share, struct arena *scratch)
{
    char bar[9] = "........";
    memset(bar, '#', isnan(share) ? 0 : (size_t)(fmin(fmax(share, 0), 1) * 8));
    return arena_text(scratch, bar);
}

/* Space at the right of the key line for a position or a gauge. */
static size_t draw_position(const struct drawing *drawing, const struct view *view)
{
    const struct state *state = drawing->state;
    const char *text = view->kind->position == NULL
                           ? NULL
                           : view->kind->position(view, state, drawing->scratch);
    if (state->is_reading) {
        text =
            draw_keys(drawing, arena_format(drawing->scratch, _("reading [%s]  {back} stops"),
                                            gauge(state->read, drawing->scratch)));
    } else if (state->is_running) {
        const char *bar = gauge(state->progress, drawing->scratch);
        text =
            isnan(state->remaining)
                ? arena_format(drawing->scratch, _("computing [%s]  {back} stops"), bar)
                : arena_format(drawing->scratch, _("computing [%s] %.0f s left  {back} stops"),
                               bar, ceil(state->remaining));
        text = draw_keys(drawing, text);
    }
    if (text == NULL) {
        return 0;
    }
    draw_right(drawing, 0, 0, drawing->area.columns - 1, ROLE_DIM, text);
    return draw_width(drawing, text) + 2;
}

/* One key and its word, where there is room; returns the columns used. */
static size_t draw_key(const struct drawing *drawing, const struct view *view,
                       const struct action *action, size_t at, size_t limit, struct array *keys)
{
    const struct state *state = drawing->state;
    const char *reason;
    char *key = keymap_key_text(&state->keymap, action);
    const char *word = gettext(action->brief);
    size_t width = draw_width(drawing, key) + 1 + draw_width(drawing, word);
    bool can = action->is_enabled == NULL || action->is_enabled(state, view, &reason);
    if (at + width >= limit) {
        width = 0;
    } else {
        size_t used = draw_text(drawing, at, 0, can ? ROLE_KEY : ROLE_DIM, key);
        draw_text(drawing, at + used + 1, 0, can ? ROLE_TEXT : ROLE_DIM, word);
        struct frame_key *piece = array_add(keys);
        *piece = (struct frame_key){at, at + width - 1, action};
    }
    memory_free(key);
    return width;
}

/* A message that one line does not hold takes a few lines more, over the view. */
static void draw_status(const struct drawing *line, size_t room)
{
    const char *text = line->state->status;
    if (draw_width(line, text) <= room) {
        (void)draw_text(line, 1, 0, ROLE_TITLE, text);
        return;
    }
    struct canvas *canvas = line->canvas;
    size_t rows = draw_width(line, text) / (canvas->columns - 8) + 1;
    rows = rows < 4 ? rows : 4;
    struct drawing block = *line;
    block.area = (struct rectangle){1, canvas->rows - rows, canvas->columns - 2, rows};
    for (size_t i = 0; i < rows; i++) {
        canvas_fill(canvas, 0, canvas->rows - rows + i, canvas->columns, ROLE_TEXT, " ");
    }
    (void)draw_block(&block, 0, 0, block.area.columns, rows, ROLE_TITLE, text);
}

void frame_key_line(struct canvas *canvas, const struct state *state, const struct view *view,
                    struct array *keys, struct arena *scratch)
{
    struct drawing drawing = line_of(canvas, state, canvas->rows - 1, scratch);
    size_t limit = canvas->columns - draw_position(&drawing, view), at = 1;
    if (state->status != NULL) {
        draw_status(&drawing, limit - 1);
        return;
    }
    /* Help stands at the end, and is never what there is no room for. */
    const struct action *help = &actions_all()[ACT_HELP], *ordered[ACTION_COUNT];
    bool has_help = (help->line & view->kind->bit) != 0;
    size_t kept = has_help ? draw_width(&drawing, gettext(help->brief)) + 5 : 0;
    size_t count = key_order(state, view, ordered);
    for (size_t i = 0; i < count; i++) {
        size_t used = draw_key(&drawing, view, ordered[i], at, limit - kept, keys);
        at += used > 0 ? used + 2 : 0;
    }
    if (has_help) {
        (void)draw_key(&drawing, view, help, at, limit, keys);
    }
}

bool frame_hint(struct canvas *canvas, const struct state *state, struct arena *scratch)
{
    if (!state->is_first_run || canvas->rows < HINT_ROWS) {
        return false;
    }
    const struct action *all = actions_all();
    struct drawing drawing = line_of(canvas, state, canvas->rows - 2, scratch);
    char *open = keymap_key_text(&state->keymap, &all[ACT_OPEN]);
    char *help = keymap_key_text(&state->keymap, &all[ACT_HELP]);
    char *quit = keymap_key_text(&state->keymap, &all[ACT_QUIT]);
    const char *text =
        arena_format(scratch, _("New here? %s opens the row, %s lists every key, %s leaves."),
                     open, help, quit);
    draw_fit(&drawing, 1, 0, canvas->columns - 2, ROLE_HEADING, text);
    memory_free(open);
    memory_free(help);
    memory_free(quit);
    return true;
}

bool frame_too_small(struct canvas *canvas, const struct state *state, struct arena *scratch)
{
    if (canvas->columns >= FRAME_COLUMNS && canvas->rows >= FRAME_ROWS) {
        return false;
    }
    struct drawing drawing = {canvas, {0, 0, canvas->columns, canvas->rows}, state, scratch};
    const char *sentence =
        arena_format(scratch,
                     _("taxamr needs %d columns and %d rows; this screen has "
                       "%zu and %zu. {quit} leaves."),
                     FRAME_COLUMNS, FRAME_ROWS, canvas->columns, canvas->rows);
    (void)draw_wrapped(&drawing, 0, 0, ROLE_TEXT, draw_keys(&drawing, sentence));
    return true;
}
