#include "ui/explorer/lesson_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/words.h"
#include "ui/explorer/lesson_open.h"
#include <stdlib.h>
#include <string.h>

static struct lesson_view *self(struct view *view)
{
    return (struct lesson_view *)view;
}

const struct lesson_step *lesson_view_step(const struct lesson_view *view)
{
    return &view->lesson.steps[view->step];
}

size_t lesson_view_answers(const struct lesson_view *view)
{
    const struct lesson_step *step = lesson_view_step(view);
    return step->number != NULL ? 1 : step->choice_count;
}

size_t lesson_view_slider(const struct lesson_view *view)
{
    size_t answers = lesson_view_answers(view);
    return lesson_view_step(view)->slider_count == 0 ? LESSON_NO_SLIDER
           : view->focus < answers                   ? 0
                                                     : view->focus - answers;
}

static void forget_answer(struct lesson_view *view)
{
    memory_free(view->answer);
    view->answer = NULL;
    view->verdict = ANSWER_NONE;
}

/* Brings on a step: nothing answered, nothing revealed. */
static bool go_to(struct lesson_view *view, size_t step, struct error *error)
{
    view->step = step;
    view->focus = view->first = 0;
    view->is_at_end = false;
    view->is_revealed = view->is_chart_alone = false;
    view->page = PAGE_TEXT;
    view->paint = (struct paint_state){.selected = {.kind = OF_NOTHING}};
    forget_answer(view);
    return board_set(view->board, &view->lesson, lesson_view_step(view), error);
}

static struct effect turn_to(struct lesson_view *view, size_t step)
{
    struct error error = {0};
    return go_to(view, step, &error) ? effect_none() : effect_error(&error);
}

/* A presenter goes from screen to screen of a step; one without a chart has no such screen. */
static bool turn_page(struct lesson_view *view, int way)
{
    bool has_chart = lesson_view_step(view)->scene.chart != NULL;
    int page = (int)view->page + way;
    page += page == PAGE_CHART && !has_chart ? way : 0;
    if (!view->is_presenting || page < 0 || page >= LESSON_PAGES) {
        return false;
    }
    view->page = (enum lesson_page)page;
    view->first = 0;
    return true;
}

static struct effect next(struct lesson_view *view)
{
    if (turn_page(view, 1)) {
        return effect_none();
    }
    if (view->step + 1 == view->lesson.step_count) {
        return effect_message("%s", _("this was the last step; {learn} lists the lessons"));
    }
    return turn_to(view, view->step + 1);
}

static struct effect previous(struct lesson_view *view)
{
    if (turn_page(view, -1)) {
        return effect_none();
    }
    if (view->step == 0) {
        return effect_message("%s", _("this is the first step"));
    }
    struct effect effect = turn_to(view, view->step - 1);
    view->page = PAGE_QUESTION;
    return effect;
}

/* A number is typed; a choice is the one in focus, or that of the key. */
static struct effect begin_answer(const struct lesson_view *view, const struct order *order)
{
    bool is_digit = order->key != NULL && order->key[0] >= '1' && order->key[0] <= '9';
    if (lesson_view_step(view)->number != NULL) {
        return effect_open(prompt_view_create(PROMPT_ANSWER, order->action, ""));
    }
    struct text text = {0};
    size_t answers = lesson_view_answers(view);
    size_t focus = view->focus < answers ? view->focus : 0;
    text_addf(&text, "%zu", is_digit ? (size_t)(order->key[0] - '0') : focus + 1);
    return (struct effect){
        .kind = EFFECT_DO, .text = text_take(&text), .action = order->action};
}

static struct effect answer(struct lesson_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return begin_answer(view, order);
    }
    const struct lesson_step *step = lesson_view_step(view);
    enum verdict_on_answer verdict =
        answer_judge(step, board_source(view->board), order->argument);
    if (verdict == ANSWER_NONE) {
        return step->number != NULL
                   ? effect_refuse(_("“%s” is no number; write one, as 0.25"), order->argument)
                   : effect_refuse(_("“%s” is none of the choices; there are %zu"),
                                   order->argument, step->choice_count);
    }
    forget_answer(view);
    view->answer = memory_copy_text(order->argument);
    view->verdict = verdict;
    view->focus = step->number != NULL ? 0 : (size_t)atoi(order->argument) - 1;
    view->is_at_end = true; /* there stands the reaction */
    view->page = PAGE_QUESTION;
    return effect_none();
}

/* "invalid 0.3". */
static struct effect slide(struct lesson_view *view, const struct order *order)
{
    const struct lesson_step *step = lesson_view_step(view);
    const char *text = order->argument == NULL ? "" : order->argument;
    size_t length = strcspn(text, " ");
    char *end;
    double value = strtod(text + length, &end);
    for (size_t i = 0; i < step->slider_count && *end == '\0' && end != text + length; i++) {
        const char *key = step->sliders[i].field->key;
        if (strlen(key) == length && strncmp(key, text, length) == 0) {
            view->focus = lesson_view_answers(view) + i;
            view->is_at_end = false;
            (void)board_slide(view->board, i, value);
            return effect_none();
        }
    }
    return effect_refuse(_("“%s” moves no slider of this step; write its name and a number"),
                         text);
}

/* As a line of a script says it, so that what was done can be played again. */
static struct effect nudge(struct lesson_view *view, int steps)
{
    size_t slider = lesson_view_slider(view);
    if (slider == LESSON_NO_SLIDER) {
        return effect_message("%s", _("nothing moves in this step; {step-next} goes on"));
    }
    view->focus = lesson_view_answers(view) + slider;
    (void)board_nudge(view->board, slider, steps);
    struct text text = {0};
    text_addf(&text, "%s ", lesson_view_step(view)->sliders[slider].field->key);
    text_add_number(&text, board_slider(view->board, slider));
    return (struct effect){
        .kind = EFFECT_DO, .text = text_take(&text), .action = action_named("slide")};
}

/* Through what can be in focus; at its end the words scroll. */
static struct effect step_focus(struct lesson_view *view, bool is_down)
{
    size_t count = lesson_view_answers(view) + lesson_view_step(view)->slider_count;
    view->is_at_end = false;
    if (is_down && view->focus + 1 < count) {
        view->focus++;
    } else if (is_down) {
        view->first += view->cut > 0;
    } else if (view->first > 0) {
        view->first--;
        view->focus -= view->focus > 0;
    } else {
        view->focus -= view->focus > 0;
    }
    return effect_none();
}

static struct effect reveal(struct lesson_view *view)
{
    view->is_revealed = !view->is_revealed;
    view->is_at_end = view->is_revealed;
    return effect_none();
}

static struct effect present(struct lesson_view *view)
{
    view->is_presenting = !view->is_presenting;
    view->page = PAGE_TEXT;
    view->first = 0;
    return effect_none();
}

/* Esc leaves what was switched on first. */
static struct effect back(struct lesson_view *view)
{
    if (view->is_presenting || view->is_chart_alone) {
        view->is_presenting = view->is_chart_alone = false;
        return effect_none();
    }
    return effect_of(EFFECT_BACK);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    (void)state;
    struct lesson_view *view = self(base);
    switch (order->action->id) {
    case ACT_UP:
    case ACT_DOWN:
        return step_focus(view, order->action->id == ACT_DOWN);
    case ACT_LEFT:
        return nudge(view, -1);
    case ACT_RIGHT:
        return nudge(view, 1);
    case ACT_STEP_NEXT:
        return next(view);
    case ACT_STEP_BACK:
        return previous(view);
    case ACT_ANSWER:
        return answer(view, order);
    case ACT_SLIDE:
        return slide(view, order);
    case ACT_REVEAL:
        return reveal(view);
    case ACT_PRESENT:
        return present(view);
    case ACT_NEXT_TAB:
        view->is_chart_alone = !view->is_chart_alone;
        return effect_none();
    case ACT_FOLD:
        board_fold(view->board);
        return effect_none();
    case ACT_BACK:
        return back(view);
    default:
        return effect_unhandled();
    }
}

/* What is made up says so, as every title does. */
static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)state;
    const struct lesson_view *view = (const struct lesson_view *)base;
    return arena_format(scratch, _("Lesson: %s%s\t%s"), view->lesson.title,
                        board_is_simulated(view->board) ? _("  SIMULATED") : "",
                        board_title(view->board, scratch));
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct lesson_view *view = (const struct lesson_view *)base;
    return arena_format(scratch, _("step %zu/%zu"), view->step + 1, view->lesson.step_count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    (void)scratch;
    const struct lesson_view *view = (const struct lesson_view *)base;
    const struct chart *chart = board_chart(view->board, view->is_revealed);
    return chart == NULL ? NULL : chart->sentence;
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct lesson_view *view = (const struct lesson_view *)base;
    const char *ask =
        words_filled(lesson_view_step(view)->ask, board_source(view->board), scratch);
    char *said = keymap_said(&state->keymap, ask);
    ask = arena_text(scratch, said);
    memory_free(said);
    return ask;
}

static bool is_bare(const struct view *base)
{
    return ((const struct lesson_view *)base)->is_presenting;
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct lesson_view *)base)->step};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    struct lesson_view *view = self(base);
    struct error error = {0};
    if (place.tab < view->lesson.step_count && place.tab != view->step) {
        (void)go_to(view, place.tab, &error);
        error_clear(&error);
    }
}

static void destroy(struct view *base)
{
    struct lesson_view *view = self(base);
    board_destroy(view->board);
    memory_free(view->answer);
    arena_destroy(view->arena);
    memory_free(view);
}

static const struct view_kind lesson_view_kind = {
    .key = "lesson",
    .bit = IN_LESSON,
    .draw = lesson_view_draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .is_bare = is_bare,
    .act = act,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *lesson_view_create(const char *path, const char *data, struct error *error)
{
    struct lesson_view *view = memory_get(1, sizeof *view);
    view->base.kind = &lesson_view_kind;
    view->arena = arena_create();
    view->board = board_create(data);
    if (!lesson_read(path, view->arena, &view->lesson, error) ||
        !lesson_knows_keys(&view->lesson, error) || !go_to(view, 0, error)) {
        destroy(&view->base);
        return NULL;
    }
    return &view->base;
}
