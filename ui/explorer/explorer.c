#include "ui/explorer/explorer.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/command/output.h"
#include "ui/explorer/keep.h"
#include "ui/explorer/loop.h"
#include "ui/explorer/opening.h"

static void show(struct loop *loop)
{
    size_t columns, rows;
    terminal_size(loop->terminal, &columns, &rows);
    loop_draw(loop, columns, rows, terminal_is_ascii(loop->terminal));
    terminal_show(loop->terminal, loop->canvas);
}

static void wheel(struct loop *loop, const char *name)
{
    const struct action *action = action_named(name);
    loop->state.status = NULL;
    if ((action->views & loop_top(loop)->kind->bit) != 0) {
        loop_do(loop, action, "3", NULL);
    }
}

static void answer(struct loop *loop, const struct event *event)
{
    switch (event->kind) {
    case EVENT_KEY:
        loop_key(loop, event->key);
        break;
    case EVENT_TEXT:
        loop_text(loop, event->key);
        break;
    case EVENT_CLICK:
        loop_click(loop, event->column, event->row);
        break;
    case EVENT_DRAG:
    case EVENT_RELEASE:
        loop_drag(loop, event->row, event->kind == EVENT_RELEASE);
        break;
    case EVENT_WHEEL_UP:
        wheel(loop, "up");
        break;
    case EVENT_WHEEL_DOWN:
        wheel(loop, "down");
        break;
    case EVENT_SUSPEND:
        terminal_suspend(loop->terminal);
        break;
    case EVENT_END:
        loop->is_over = true;
        break;
    case EVENT_NONE:
    case EVENT_RESIZE:
        break;
    }
}

/* Keys that wait already are answered before the next frame: held keys never run ahead. */
static void turn(struct loop *loop)
{
    show(loop);
    struct event event = terminal_wait(loop->terminal, loop_patience(loop));
    answer(loop, &event);
    for (int i = 0; i < 64 && event.kind != EVENT_NONE && !loop->is_over; i++) {
        event = terminal_wait(loop->terminal, 0);
        answer(loop, &event);
    }
    loop_poll(loop);
}

/* What is wrong with the configuration: for the terminal's own lines, and for the first screen.
 */
static void say_complaints(struct loop *loop)
{
    const struct config *config = loop->options->config;
    size_t count = config == NULL ? 0 : config->complaints.count;
    for (size_t i = 0; i < count; i++) {
        const char *complaint = *(char **)array_at(&config->complaints, i);
        output_complain(complaint);
        state_say(&loop->state, complaint);
    }
    if (count > 1) {
        struct effect effect = effect_message(
            _("%s: %zu mistakes, the rest holds; ! lists them"), config->path, count);
        state_say(&loop->state, effect.text);
        memory_free(effect.text);
    }
}

/* What could not be kept is no reason to fail: the work is done. */
static void leave(struct loop *loop)
{
    struct error error = {0};
    while (loop->earlier.count > 0) {
        opening_leave(loop);
    }
    if (!keep_end(loop, &error)) {
        char *message = error_message(&error);
        output_complain(message);
        memory_free(message);
        error_clear(&error);
    }
}

static bool run_on_terminal(struct loop *loop, struct error *error)
{
    const struct explorer_options *options = loop->options;
    struct terminal_options wanted = {options->ascii, options->color, options->mouse};
    loop->reads_at_once = false;
    keep_begin(loop);
    say_complaints(loop);
    if (!terminal_open(&wanted, &loop->terminal, error)) {
        return false;
    }
    loop_compute(loop);
    while (!loop->is_over) {
        turn(loop);
    }
    terminal_close(loop->terminal);
    leave(loop);
    return true;
}

/* A lesson stands over the study until Esc. */
static void begin_lesson(struct loop *loop)
{
    const char *lesson = loop->options->lesson;
    if (lesson != NULL) {
        loop_do(loop, action_named("learn"), *lesson == '\0' ? NULL : lesson, NULL);
    }
}

bool explorer_run(const struct study *study, const struct explorer_options *options,
                  struct error *error)
{
    struct loop loop;
    loop_begin(&loop, study, options);
    begin_lesson(&loop);
    bool is_done = options->script != NULL ? loop_script(&loop, options->script, error)
                                           : run_on_terminal(&loop, error);
    loop_end(&loop);
    return is_done;
}
