#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/export.h"
#include "ui/explorer/opening.h"
#include <string.h>

void loop_begin(struct loop *loop, const struct study *study,
                const struct explorer_options *options)
{
    *loop = (struct loop){.options = options};
    state_begin(&loop->state, study);
    loop->state.mouse = options->mouse;
    if (options->config != NULL) {
        loop->state.odds_ratio = options->config->odds_ratio != CONFIG_NO;
        keymap_take(&loop->state.keymap, options->config);
    }
    loop->stack = ARRAY_OF(struct view *);
    loop->keys = ARRAY_OF(struct frame_key);
    loop->log = ARRAY_OF(char *);
    loop->earlier = ARRAY_OF(struct earlier_study);
    loop->scratch = arena_create();
    loop->dropped = ARRAY_OF(struct results_job *);
    loop->pool = job_pool_create(options->threads);
    loop->hands = job_pool_create(options->threads);
    loop->reader = job_pool_create(1);
    loop->reads_at_once = true;
    loop->state.given = asked_of(&options->results);
    loop->state.chosen = asked_copy(&loop->state.given);
    loop->state.shown = asked_copy(&loop->state.given);
    *(struct view **)array_add(&loop->stack) = taxa_view_create(&loop->state);
}

static void drop_top(struct loop *loop)
{
    struct view *view = loop_top(loop);
    view->kind->destroy(view);
    loop->stack.count--;
}

void loop_end(struct loop *loop)
{
    reading_destroy(loop->reading);
    while (loop->stack.count > 0) {
        drop_top(loop);
    }
    while (loop->earlier.count > 0) {
        opening_leave(loop);
        while (loop->stack.count > 0) {
            drop_top(loop);
        }
    }
    array_destroy(&loop->earlier);
    for (size_t i = 0; i < loop->log.count; i++) {
        memory_free(*(char **)array_at(&loop->log, i));
    }
    memory_free(loop->logged_at);
    array_destroy(&loop->log);
    array_destroy(&loop->stack);
    array_destroy(&loop->keys);
    arena_destroy(loop->scratch);
    canvas_destroy(loop->canvas);
    loop_end_computing(loop);
    job_pool_destroy(loop->pool);
    job_pool_destroy(loop->hands);
    job_pool_destroy(loop->reader);
    state_end(&loop->state);
}

struct view *loop_view(const struct loop *loop, size_t index)
{
    return *(struct view **)array_at(&loop->stack, index);
}

struct view *loop_top(const struct loop *loop)
{
    return loop_view(loop, loop->stack.count - 1);
}

static size_t screen_index(const struct loop *loop)
{
    size_t index = loop->stack.count - 1;
    while (index > 0 && loop_view(loop, index)->kind->is_dialogue) {
        index--;
    }
    return index;
}

struct view *loop_screen(const struct loop *loop)
{
    return loop_view(loop, screen_index(loop));
}

static void fit_canvas(struct loop *loop, size_t columns, size_t rows, bool ascii)
{
    struct canvas *canvas = loop->canvas;
    if (canvas != NULL && canvas->columns == columns && canvas->rows == rows &&
        canvas->ascii == ascii) {
        canvas_clear(canvas);
        return;
    }
    canvas_destroy(canvas);
    loop->canvas = canvas_create(columns, rows, ascii);
}

void loop_draw(struct loop *loop, size_t columns, size_t rows, bool ascii)
{
    fit_canvas(loop, columns, rows, ascii);
    arena_reset(loop->scratch, (struct arena_mark){0});
    array_clear(&loop->keys);
    loop->state.ascii = ascii;
    loop->is_too_small = frame_too_small(loop->canvas, &loop->state, loop->scratch);
    if (loop->is_too_small) {
        return;
    }
    size_t first = screen_index(loop);
    struct view *screen = loop_view(loop, first);
    bool is_bare = screen->kind->is_bare != NULL && screen->kind->is_bare(screen);
    bool has_hint = !is_bare && frame_hint(loop->canvas, &loop->state, loop->scratch);
    loop->rows = is_bare ? rows : rows - 2 - has_hint;
    struct drawing drawing = {
        loop->canvas, {0, !is_bare, columns, loop->rows}, &loop->state, loop->scratch};
    screen->kind->draw(screen, &drawing);
    if (!is_bare) {
        frame_title(loop->canvas, &loop->state, screen, loop->scratch);
    }
    if (!is_bare || loop->state.status != NULL) {
        frame_key_line(loop->canvas, &loop->state, loop_top(loop), &loop->keys, loop->scratch);
    }
    for (size_t i = first + 1; i < loop->stack.count; i++) {
        struct view *view = loop_view(loop, i);
        view->kind->draw(view, &drawing);
    }
}

/* Actions that only move, or only concern the terminal, are not part of what was done. */
static bool is_logged(const struct loop *loop, const struct order *order)
{
    enum action_id id = order->action->id;
    bool asks = order->argument == NULL &&
                (id == ACT_SEARCH || id == ACT_FILTER || id == ACT_SNAPSHOT || id == ACT_NOTE ||
                 id == ACT_CHART || id == ACT_COUNTS || id == ACT_LEARN || id == ACT_ANSWER ||
                 (id == ACT_SORT &&
                  (loop_top(loop)->kind->bit & (IN_TAXA | IN_BOTH | IN_OUTCOMES)) != 0));
    asks = asks || (id == ACT_EXPORT && export_asks(order->argument));
    return !loop_top(loop)->kind->is_dialogue && !asks && id > ACT_LAST && id != ACT_SELECT &&
           id != ACT_QUIT && id != ACT_SAVE_SCRIPT && id != ACT_MOUSE && id != ACT_REDRAW &&
           id != ACT_CHOOSE && id != ACT_CHOOSE_MANY &&
           !(id == ACT_OPEN && loop_top(loop)->kind->bit == IN_SETTINGS) && id != ACT_SUSPEND &&
           id != ACT_COMMAND && id != ACT_HELP;
}

/* One line whatever a key out of a file holds: one that cannot be named is not found again,
 * and nothing in it is a line of its own. */
void loop_log(struct loop *loop, const char *name, const char *argument)
{
    struct text line = {0};
    text_add(&line, name);
    if (argument != NULL) {
        char *clean = text_clean(argument);
        text_addf(&line, " %s", text_is_clean(argument) ? argument : clean);
        memory_free(clean);
    }
    *(char **)array_add(&loop->log) = text_take(&line);
}

/* What :select takes to come back to a place of a view; NULL: nothing. */
static const char *spot_of(unsigned view, struct place place, struct arena *scratch)
{
    switch (view) {
    case IN_TAXA:
    case IN_BOTH:
    case IN_COMPARE:
        return place.taxon;
    case IN_METHODS:
    case IN_CHARTS:
        return place.other;
    case IN_OUTCOMES:
        return place.taxon == NULL ? NULL
                                   : arena_format(scratch, "%s %s", place.taxon,
                                                  direction_key((enum direction)place.tab));
    case IN_PAIR:
        return place.variant != NULL ? place.variant : place.other;
    default:
        return NULL;
    }
}

/* Where the cursor was goes first, by identity: rows may stand elsewhere next time. */
static void log_order(struct loop *loop, const struct order *order)
{
    if (!is_logged(loop, order)) {
        return;
    }
    const struct view *view = loop_top(loop);
    struct place place = view->kind->save(view);
    const char *at = spot_of(view->kind->bit, place, loop->scratch);
    if (at != NULL && (loop->logged_at == NULL || strcmp(loop->logged_at, at) != 0)) {
        loop_log(loop, "select", at);
    }
    memory_free(loop->logged_at);
    enum action_id id = order->action->id;
    bool is_still =
        id != ACT_OPEN && id != ACT_BACK && id != ACT_JUMP_BACK && id != ACT_JUMP_FORWARD;
    loop->logged_at = is_still ? memory_copy_text(at) : NULL;
    bool by_key = order->action->id == ACT_TAB && order->argument == NULL;
    bool is_taken_away = order->action->id == ACT_NOTE && *order->argument == '\0';
    loop_log(loop, order->action->name,
             by_key          ? order->key
             : is_taken_away ? "-"
                             : order->argument);
}

/* What was refused was not done. */
static void forget_log(struct loop *loop, size_t lines)
{
    while (loop->log.count > lines) {
        memory_free(*(char **)array_at(&loop->log, --loop->log.count));
        memory_free(loop->logged_at);
        loop->logged_at = NULL;
    }
}

/* Esc backs out of one thing, the first of these that is there. The last is the view's own. */
static struct effect step_back(struct loop *loop, const struct order *order)
{
    struct view *top = loop_top(loop);
    if (!top->kind->is_dialogue && loop->reading != NULL) {
        reading_stop(loop->reading);
        return effect_none();
    }
    if (!top->kind->is_dialogue && loop->state.is_running) {
        return effect_of(EFFECT_CANCEL);
    }
    return top->kind->act(top, &loop->state, order);
}

void loop_do(struct loop *loop, const struct action *action, const char *argument,
             const char *key)
{
    struct view *top = loop_top(loop);
    struct order order = {action, argument, key};
    const char *reason = NULL;
    if ((action->views & top->kind->bit) == 0) {
        loop_perform(loop, effect_refuse(_("“%s” is not for this screen"), action->name));
        return;
    }
    if (action->is_enabled != NULL && !action->is_enabled(&loop->state, top, &reason)) {
        loop_perform(loop, effect_refuse("%s: %s", action->name, reason));
        return;
    }
    size_t lines = loop->log.count;
    log_order(loop, &order);
    const struct study *study = loop->state.study;
    struct jump *here = jumps_is_jump(action->id) ? loop_here(loop) : NULL;
    struct effect effect = action->id == ACT_BACK ? step_back(loop, &order)
                                                  : top->kind->act(top, &loop->state, &order);
    effect = effect.kind == EFFECT_UNHANDLED ? loop_general(loop, &order) : effect;
    /* A file that is asked for, or asked whether to write over it, is not written yet. */
    bool only_asks =
        effect.kind == EFFECT_OPEN && (action->id == ACT_EXPORT || action->id == ACT_SNAPSHOT);
    if (effect.kind == EFFECT_REFUSE || only_asks) {
        forget_log(loop, lines);
    }
    loop_perform(loop, effect);
    if (here != NULL && loop->state.study != study) {
        /* Its texts are another study's. */
        jump_destroy(here);
    } else if (here != NULL) {
        struct jump *now = loop_here(loop);
        jumps_leave(&loop->state.jumps, here, now);
        jump_destroy(now);
    }
}

/* What is not seen is not done, but for leaving. */
static void key_unseen(struct loop *loop, const char *key)
{
    const struct action *action = keymap_action(&loop->state.keymap, key, IN_TAXA);
    enum action_id id = action == NULL ? ACTION_COUNT : action->id;
    if (id == ACT_QUIT) {
        loop_perform(loop, effect_of(EFFECT_QUIT));
    } else if (id == ACT_SUSPEND || id == ACT_REDRAW) {
        loop_do(loop, action, NULL, key);
    }
}

void loop_key(struct loop *loop, const char *key)
{
    if (loop->is_too_small) {
        key_unseen(loop, key);
        return;
    }
    loop->state.status = NULL;
    loop->is_told = false;
    struct view *top = loop_top(loop);
    if (top->kind->type != NULL) {
        struct effect effect = top->kind->type(top, &loop->state, key);
        if (effect.kind != EFFECT_UNHANDLED) {
            loop_perform(loop, effect);
            return;
        }
    }
    const struct action *action = keymap_action(&loop->state.keymap, key, top->kind->bit);
    if (action != NULL) {
        loop_do(loop, action, NULL, key);
    } else if (top->kind->type == NULL && strcmp(key, "Space") != 0) {
        loop_perform(loop,
                     effect_message(_("the key %s does nothing here; {help} lists all"), key));
    }
}

void loop_text(struct loop *loop, const char *text)
{
    if (loop->is_too_small) {
        return;
    }
    struct view *top = loop_top(loop);
    if (top->kind->type != NULL) {
        struct effect effect = top->kind->type(top, &loop->state, text);
        if (effect.kind != EFFECT_UNHANDLED) {
            loop_perform(loop, effect);
        }
    } else if (!loop->is_told) {
        loop->is_told = true;
        loop_perform(
            loop,
            effect_message("%s", _("pasted text has no place here; {search} and {command} open "
                                   "a line for it")));
    }
}

void loop_click(struct loop *loop, size_t column, size_t row)
{
    if (loop->is_too_small) {
        return;
    }
    loop->state.status = NULL;
    struct view *top = loop_top(loop);
    if (loop->canvas != NULL && row + 1 == loop->canvas->rows) {
        for (size_t i = 0; i < loop->keys.count; i++) {
            const struct frame_key *key = array_at(&loop->keys, i);
            if (column >= key->first && column <= key->last) {
                loop_do(loop, key->action, NULL, NULL);
                return;
            }
        }
    } else if (loop_grips(loop, row)) {
        loop->is_dragging = true;
    } else if (row > 0 && top->kind->click != NULL) {
        loop_perform(loop, top->kind->click(top, &loop->state, column, row - 1));
    }
}

void loop_command(struct loop *loop, const char *line)
{
    line += strspn(line, " \t:");
    size_t length = strcspn(line, " \t");
    if (length == 0) {
        return;
    }
    char *name = memory_copy_bytes(line, length);
    char *argument = memory_copy_text(line + length + strspn(line + length, " \t"));
    for (size_t end = strlen(argument); end > 0 && strchr(" \t", argument[end - 1]) != NULL;) {
        argument[--end] = '\0';
    }
    const struct action *action = action_named(name);
    if (action == NULL) {
        loop_perform(loop, effect_refuse(_("there is no action “%s”; {help} lists all"), name));
    } else {
        loop_do(loop, action, *argument == '\0' ? NULL : argument, NULL);
    }
    memory_free(argument);
    memory_free(name);
}
