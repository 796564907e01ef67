#include "ui/explorer/opening.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/opening_files.h"
#include <string.h>
#include <sys/stat.h>

struct effect opening_act(struct loop *loop, const struct order *order)
{
    struct state *state = &loop->state;
    struct stat status;
    if (order->argument == NULL) {
        const char *folder = state->study->folder;
        bool is_there = folder != NULL && stat(folder, &status) == 0 && S_ISDIR(status.st_mode);
        return effect_open(files_view_create(is_there ? folder : "."));
    }
    if (stat(order->argument, &status) != 0) {
        return effect_refuse(_("%s: there is no such file"), order->argument);
    }
    if (S_ISDIR(status.st_mode)) {
        return effect_open(files_view_create(order->argument));
    }
    if (!S_ISREG(status.st_mode)) {
        return effect_refuse(_("%s is neither a file nor a folder"), order->argument);
    }
    return columns_view_choose(state, order->argument);
}

static void stop(struct loop *loop)
{
    loop_cancel(loop);
    loop->is_stopping = false;
    loop_wait(loop);
}

/* How the person wants to see things goes with them; what was done to a study stays with it. */
static void move_habits(struct state *to, struct state *from)
{
    to->mouse = from->mouse;
    to->ascii = from->ascii;
    to->has_preview = from->has_preview;
    to->preview = from->preview;
    to->keymap = from->keymap;
    to->typed = from->typed;
    from->keymap = (struct keymap){0};
    from->typed = (struct typed){0};
}

static void begin(struct loop *loop, struct study *study, struct state *before)
{
    state_begin(&loop->state, study);
    move_habits(&loop->state, before);
    loop->state.given = asked_of(&loop->options->results);
    loop->state.chosen = asked_copy(&loop->state.given);
    loop->state.shown = asked_copy(&loop->state.given);
    loop->full = loop->part = NULL;
    loop->stack = ARRAY_OF(struct view *);
    *(struct view **)array_add(&loop->stack) = taxa_view_create(&loop->state);
    loop->opened = study;
}

static void forget_places(struct loop *loop)
{
    loop->before = (struct place){0};
    memory_free(loop->logged_at);
    loop->logged_at = NULL;
    array_clear(&loop->keys);
    loop->changes = 0;
}

void opening_enter(struct loop *loop, struct study *study)
{
    stop(loop);
    loop->state.status = NULL;
    struct earlier_study *left = array_add(&loop->earlier);
    *left = (struct earlier_study){loop->state, loop->stack, loop->opened,
                                   loop->full,  loop->part,  loop->is_kept};
    begin(loop, study, &left->state);
    /* The place, notes and lines that are kept are those of the study that it began with. */
    loop->is_kept = false;
    forget_places(loop);
    loop_compute(loop);
    struct effect said = effect_message(
        _("%s opened (pairs: %zu, warnings: %zu); {back} goes back to the study before"),
        study->title, study->pair_count, study->warnings.count);
    state_say(&loop->state, said.text);
    memory_free(said.text);
}

void opening_leave(struct loop *loop)
{
    struct earlier_study *earlier = array_at(&loop->earlier, loop->earlier.count - 1);
    stop(loop);
    move_habits(&earlier->state, &loop->state);
    for (size_t i = 0; i < loop->stack.count; i++) {
        struct view *view = *(struct view **)array_at(&loop->stack, i);
        view->kind->destroy(view);
    }
    array_destroy(&loop->stack);
    /* Before the study that they are of. */
    loop_forget_results(loop);
    state_end(&loop->state);
    study_destroy(loop->opened);
    loop->state = earlier->state;
    loop->stack = earlier->stack;
    loop->opened = earlier->opened;
    loop->full = earlier->full;
    loop->part = earlier->part;
    loop->is_kept = earlier->is_kept;
    loop->earlier.count--;
    forget_places(loop);
}
