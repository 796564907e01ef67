#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/choosing.h"
#include "ui/explorer/opening.h"
#include <string.h>

static void open_view(struct loop *loop, struct view *view)
{
    const struct view *below = loop_top(loop);
    loop->before = below->kind->save(below);
    *(struct view **)array_add(&loop->stack) = view;
}

static void say_hint(struct loop *loop, char *text)
{
    memory_free(loop->state.hint);
    loop->state.hint = text;
}

static void close_top(struct loop *loop)
{
    say_hint(loop, NULL);
    if (loop->stack.count > 1) {
        struct view *view = loop_top(loop);
        view->kind->destroy(view);
        loop->stack.count--;
    }
}

/* The last screen gives way to the study that was there before, if there was one. */
static void back(struct loop *loop)
{
    if (loop->stack.count > 1) {
        close_top(loop);
    } else if (loop->earlier.count > 0) {
        opening_leave(loop);
        if (!state_is_complete(&loop->state)) {
            loop_compute(loop);
        }
    } else {
        state_say(&loop->state, _("this is the first screen; {quit} leaves taxamr"));
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

static void try_filter(struct loop *loop, const char *text)
{
    struct view *screen = loop_screen(loop);
    if (screen->kind->narrow != NULL) {
        say_hint(loop, screen->kind->narrow(screen, &loop->state, text));
    }
}

static void leave(struct loop *loop)
{
    close_top(loop);
    try_filter(loop, NULL);
    struct view *screen = loop_screen(loop);
    screen->kind->restore(screen, &loop->state, loop->before);
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
        excluded ? _("%s left out of every estimate; {undo} undoes") : _("%s taken back"),
        variant);
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
    if (effect->kind == EFFECT_DO && effect->action->id == ACT_SEARCH) {
        /* What was seen while typing is one step from where it began. */
        struct view *screen = loop_screen(loop);
        screen->kind->restore(screen, &loop->state, loop->before);
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
        back(loop);
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
    case EFFECT_READ:
        opening_read(loop, effect.reading);
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
    case EFFECT_TRY:
        try_filter(loop, effect.text);
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
