#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/table.h"
#include "ui/explorer/choosing.h"
#include <string.h>

static void open_view(struct loop *loop, struct view *view)
{
    const struct view *below = loop_top(loop);
    loop->before = below->kind->save(below);
    *(struct view **)array_add(&loop->stack) = view;
}

static void close_top(struct loop *loop)
{
    if (loop->stack.count > 1) {
        struct view *view = loop_top(loop);
        view->kind->destroy(view);
        loop->stack.count--;
    }
}

/* While it is typed: always from where the person was, so that fewer letters go back. */
static void look(struct loop *loop, const char *text)
{
    struct view *screen = loop_screen(loop);
    screen->kind->restore(screen, &loop->state, loop->before);
    if (screen->kind->search != NULL && *text != '\0') {
        (void)screen->kind->search(screen, &loop->state, text, 0);
    }
}

static void leave(struct loop *loop)
{
    close_top(loop);
    struct view *screen = loop_screen(loop);
    screen->kind->restore(screen, &loop->state, loop->before);
}

static void say_error(struct loop *loop, struct error *error)
{
    char *text = error_message(error);
    state_say(&loop->state, text);
    loop->is_refused = true;
    memory_free(text);
    error_clear(error);
}

static enum table_format format_of(const char *path)
{
    enum table_format format = TABLE_TSV;
    const char *dot = strrchr(path, '.');
    if (dot != NULL && !table_format_of(dot + 1, &format)) {
        format = TABLE_TSV;
    }
    return format;
}

/* The note on the row's taxon, which is its exposure or, in reverse, its outcome. */
static const char *note_cell(const void *notes, const char *exposure, const char *outcome)
{
    const char *note = notes_of(notes, exposure);
    return note != NULL ? note : notes_of(notes, outcome);
}

static bool has_column(const struct table_kind *table, const char *name)
{
    size_t i = 0;
    while (table->columns[i] != NULL && strcmp(table->columns[i], name) != 0) {
        i++;
    }
    return table->columns[i] != NULL;
}

/* The table of estimates has a column `note` of its own. */
static const char *note_column(const struct table_kind *table)
{
    return has_column(table, "note") ? "taxon_note" : "note";
}

static void export_table(struct loop *loop, const char *kind, const char *path)
{
    const struct table_kind *table = tables_find(kind);
    struct error error = {0};
    struct text text = {0};
    if (table == NULL || !state_is_complete(&loop->state)) {
        state_say(&loop->state, _("there is no such table yet"));
        return;
    }
    struct table_extra extra = {note_column(table), note_cell, &loop->state.notes};
    bool has_notes = loop->state.notes.items.count > 0 && has_column(table, "exposure");
    table_print_with(table, state_results(&loop->state), format_of(path),
                     has_notes ? &extra : NULL, &text);
    if (report_write_file(path, text.bytes, text.length, &error)) {
        struct effect effect = effect_message(_("table %s written to %s"), kind, path);
        state_say(&loop->state, effect.text);
        memory_free(effect.text);
    } else {
        say_error(loop, &error);
    }
    text_drop(&text);
}

static void copy(struct loop *loop, const char *text)
{
    struct effect effect = effect_message(_("copied: %s"), text);
    if (loop->terminal != NULL) {
        terminal_copy(loop->terminal, text);
    }
    state_say(&loop->state, effect.text);
    memory_free(effect.text);
}

static void say_toggled(struct loop *loop, const char *variant)
{
    bool excluded = history_is_excluded(&loop->state.history, variant);
    struct effect effect = effect_message(
        excluded ? _("%s left out of every estimate; u undoes") : _("%s taken back"), variant);
    state_say(&loop->state, effect.text);
    memory_free(effect.text);
}

static void toggle(struct loop *loop, const char *variant)
{
    history_toggle(&loop->state.history, variant);
    loop_follow_exclusions(loop);
    say_toggled(loop, variant);
}

/* The form has done its work; Esc stops what runs. */
static void run(struct loop *loop)
{
    if (loop_top(loop)->kind->bit == IN_SETTINGS) {
        close_top(loop);
    }
    choosing_say_run(&loop->state);
    loop_compute(loop);
}

static void say(struct loop *loop, const struct effect *effect)
{
    state_say(&loop->state, effect->text == NULL ? "" : effect->text);
    loop->is_refused = effect->kind == EFFECT_REFUSE;
}

/* A dialogue's choice is done in the view below it. */
static void do_below(struct loop *loop, const struct effect *effect)
{
    if (loop_top(loop)->kind->is_dialogue) {
        close_top(loop);
    }
    if (effect->kind == EFFECT_COMMAND) {
        loop_command(loop, effect->text);
    } else {
        loop_do(loop, effect->action, effect->text, NULL);
    }
}

void loop_perform(struct loop *loop, struct effect effect)
{
    switch (effect.kind) {
    case EFFECT_NONE:
    case EFFECT_UNHANDLED:
        break;
    case EFFECT_OPEN:
        open_view(loop, effect.view);
        break;
    case EFFECT_BACK:
        close_top(loop);
        break;
    case EFFECT_RUN:
        run(loop);
        break;
    case EFFECT_TOGGLE:
        toggle(loop, effect.text);
        break;
    case EFFECT_CANCEL:
        loop_cancel(loop);
        break;
    case EFFECT_MESSAGE:
    case EFFECT_REFUSE:
        say(loop, &effect);
        break;
    case EFFECT_EXPORT:
        export_table(loop, effect.key, effect.text);
        break;
    case EFFECT_COPY:
        copy(loop, effect.text);
        break;
    case EFFECT_DO:
    case EFFECT_COMMAND:
        do_below(loop, &effect);
        break;
    case EFFECT_LOOK:
        look(loop, effect.text);
        break;
    case EFFECT_LEAVE:
        leave(loop);
        break;
    case EFFECT_QUIT:
        loop->is_over = true;
        break;
    }
    memory_free(effect.text);
}
