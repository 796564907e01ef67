#include "lesson/parse.h"

#include "base/i18n.h"
#include "chart/study_charts.h"
#include "lesson/words.h"
#include <string.h>

/* A list's items in the arena; the list is empty afterwards. */
static void *keep(struct making *making, struct array *list, size_t *count)
{
    *count = list->count;
    void *items = arena_get(making->arena, list->count + 1, list->item_size);
    if (list->count > 0) {
        memcpy(items, list->items, list->count * list->item_size);
    }
    array_clear(list);
    return items;
}

static void keep_lists(struct making *making)
{
    struct lesson_step *step = making->step;
    step->scene = making->scene;
    step->choices = keep(making, &making->choices, &step->choice_count);
    step->sliders = keep(making, &making->sliders, &step->slider_count);
    step->facts = keep(making, &making->facts, &step->fact_count);
    step->scene.without = keep(making, &making->without, &step->scene.without_count);
}

static bool check_question(struct making *making)
{
    const struct lesson_step *step = making->step;
    bool is_choice = step->choice_count > 0, is_number = step->number != NULL;
    if (step->text == NULL || step->ask == NULL || step->right == NULL || step->wrong == NULL) {
        return MAKING_REFUSE(making, step->line,
                             _("found a step that lacks one of text, ask, right and wrong; "
                               "write all four"));
    }
    if (is_choice == is_number) {
        return MAKING_REFUSE(making, step->line,
                             _("found a step whose question has no answer, or two kinds; write "
                               "either choices or a number"));
    }
    if (is_choice &&
        (step->correct == (size_t)-1 || step->choice_count < 2 || step->choice_count > 9)) {
        return MAKING_REFUSE(making, step->line,
                             _("found %zu choices; write two to nine, the right one as "
                               "\"correct:\" among \"choice:\""),
                             step->choice_count);
    }
    return true;
}

static bool check_scene(struct making *making)
{
    const struct lesson_step *step = making->step;
    const struct lesson_scene *scene = &step->scene;
    bool is_of_study = scene->chart != NULL && (study_charts_find(scene->chart) != NULL ||
                                                strcmp(scene->chart, LESSON_PATH) == 0);
    bool is_nothing = scene->study == NULL && scene->scenario.instruments == 0;
    if (is_nothing) {
        return MAKING_REFUSE(making, step->line,
                             _("found a step with nothing to show; write \"study: NAME\" or "
                               "\"simulate:\" in it or above it"));
    }
    if (scene->study == NULL && is_of_study) {
        return MAKING_REFUSE(making, step->line,
                             _("found the chart %s of a simulated pair; it needs a study"),
                             scene->chart);
    }
    if (scene->study == NULL && scene->without_count > 0) {
        return MAKING_REFUSE(making, step->line,
                             _("found variants left out of a simulated pair; they are left out "
                               "of a study's pair only"));
    }
    return scene->study == NULL || step->slider_count == 0 ||
           MAKING_REFUSE(making, step->line,
                         _("found a slider, but the step shows a study, which does not move; "
                           "write \"simulate:\", or leave the slider out"));
}

/* Every name in braces of every text of the step. */
static bool check_texts(struct making *making)
{
    const struct lesson_step *step = making->step;
    const char *const texts[] = {step->heading, step->text,  step->ask,
                                 step->right,   step->wrong, step->truth};
    bool is_good = true;
    for (size_t i = 0; is_good && i < sizeof texts / sizeof *texts; i++) {
        const char *bad = texts[i] == NULL ? NULL : words_wrong_name(texts[i], making->arena);
        is_good = bad == NULL ||
                  MAKING_REFUSE(making, step->line,
                                _("found {%s} in the texts of this step; write a name of a "
                                  "number in the braces, and if need be a colon and how many "
                                  "decimals"),
                                bad);
    }
    return is_good;
}

bool making_finish_step(struct making *making)
{
    if (making->step == NULL) {
        return true;
    }
    keep_lists(making);
    return check_question(making) && check_scene(making) && check_texts(making);
}
