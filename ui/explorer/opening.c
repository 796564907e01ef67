#include "ui/explorer/opening.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/columns_view.h"
#include "ui/explorer/opening_files.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

bool opening_is_no_file(const char *path, struct effect *refusal)
{
    struct stat status;
    if (stat(path, &status) != 0 || S_ISREG(status.st_mode)) {
        return false;
    }
    *refusal = effect_refuse(_("%s is not a file"), path);
    return true;
}

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
    reading_destroy(loop->reading);
    loop->reading = NULL;
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

/* Where the files are chosen it stands, too. */
static void fail(struct loop *loop, struct error *error)
{
    struct view *top = loop_screen(loop);
    char *message = error_message(error);
    if (top->kind->bit == IN_COLUMNS) {
        columns_view_fail(top, message);
    }
    loop->is_refused = true;
    /* It was not done. */
    if (loop->log.count > 0 && loop->log.count == loop->read_lines) {
        memory_free(*(char **)array_at(&loop->log, --loop->log.count));
        memory_free(loop->logged_at);
        loop->logged_at = NULL;
    }
    state_say(&loop->state, message);
    memory_free(message);
    error_clear(error);
}

void opening_poll(struct loop *loop)
{
    struct reading *reading = loop->reading;
    struct error error = {0};
    loop->state.is_reading = reading != NULL && !reading_is_over(reading);
    if (reading == NULL || loop->state.is_reading) {
        loop->state.read = reading == NULL ? NAN : reading_progress(reading);
        return;
    }
    if (loop_top(loop)->kind->is_dialogue) {
        return; /* what is typed is not for another study */
    }
    struct study *study = reading_take(reading, &error);
    bool is_of_files = reading_is_of_files(reading);
    loop->reading = NULL;
    reading_destroy(reading);
    if (study == NULL) {
        fail(loop, &error);
        return;
    }
    if (is_of_files) {
        opening_keep_simulated(study, loop->state.study);
        opening_end(loop->state.opening);
        loop->state.opening = NULL;
    }
    opening_enter(loop, study);
}

/* A key waits so long for the study before it is said that files are being read. */
static const double AT_ONCE = 0.05;

void opening_read(struct loop *loop, struct reading *reading)
{
    if (loop->reading != NULL) {
        reading_destroy(reading);
        loop_perform(loop, effect_refuse("%s", _("files are being read; {back} stops it")));
        return;
    }
    loop->reading = reading;
    loop->read_lines = loop->log.count;
    reading_start(reading, loop->reader);
    if (loop->reads_at_once) {
        while (!reading_wait(reading, 1)) {
        }
    } else {
        (void)reading_wait(reading, AT_ONCE);
    }
    opening_poll(loop);
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
