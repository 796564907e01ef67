#include "lesson/parse.h"

#include "base/i18n.h"
#include "chart/study_charts.h"
#include "estimate/methods.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What stands between exposure and outcome. */
static const char arrow[] = "->";

const char *making_word(struct making *making, const char **rest)
{
    *rest += strspn(*rest, " \n,");
    size_t length = strcspn(*rest, " \n,");
    const char *word = length == 0 ? NULL : arena_bytes(making->arena, *rest, length);
    *rest += length;
    return word;
}

bool keys_study(struct making *making, const struct entry *entry)
{
    struct lesson_scene *scene = &making->scene;
    scene->study = arena_text(making->arena, entry->value.bytes);
    scene->exposure = scene->outcome = NULL;
    scene->direction = FORWARD;
    scene->line = entry->line;
    return true;
}

/* "EXPOSURE -> OUTCOME", with "reverse" behind it where the disease is the exposure. */
bool keys_pair(struct making *making, const struct entry *entry)
{
    struct lesson_scene *scene = &making->scene;
    const char *rest = entry->value.bytes;
    const char *exposure = making_word(making, &rest), *sign = making_word(making, &rest);
    const char *outcome = making_word(making, &rest), *direction = making_word(making, &rest);
    bool is_reverse = direction != NULL && strcmp(direction, "reverse") == 0;
    if (outcome == NULL || strcmp(sign, arrow) != 0 || (direction != NULL && !is_reverse)) {
        return MAKING_REFUSE(making, entry->line,
                             _("found the pair \"%s\"; write the keys of both traits as "
                               "\"EXPOSURE -> OUTCOME\", and \"reverse\" behind them where "
                               "the disease is the exposure"),
                             entry->value.bytes);
    }
    scene->exposure = exposure;
    scene->outcome = outcome;
    scene->direction = is_reverse ? REVERSE : FORWARD;
    scene->line = entry->line;
    return scene->study != NULL ||
           MAKING_REFUSE(making, entry->line,
                         _("found a pair without a study; write \"study: NAME\" above it"));
}

/* A word of simulate: the seed, or a choice of the scenario. */
static bool take_choice(struct making *making, const struct entry *entry, const char *word)
{
    struct error error = {0};
    if (strncmp(word, "seed=", 5) == 0) {
        char *end;
        errno = 0;
        making->scene.seed = strtoull(word + 5, &end, 10);
        return (errno == 0 && *end == '\0' && word[5] >= '0' && word[5] <= '9') ||
               MAKING_REFUSE(making, entry->line, _("found %s; write a number behind seed="),
                             word);
    }
    if (scenario_take(&making->scene.scenario, word, &error)) {
        return true;
    }
    (void)MAKING_REFUSE(making, entry->line, "%s", error.text);
    error_clear(&error);
    return false;
}

bool keys_simulate(struct making *making, const struct entry *entry)
{
    struct lesson_scene *scene = &making->scene;
    struct error error = {0};
    scene->study = scene->exposure = scene->outcome = NULL;
    scene->direction = FORWARD;
    scene->scenario = scenario_usual();
    scene->seed = 1;
    scene->line = entry->line;
    const char *rest = entry->value.bytes, *word;
    while ((word = making_word(making, &rest)) != NULL) {
        if (!take_choice(making, entry, word)) {
            return false;
        }
    }
    if (scenario_check(&scene->scenario, &error)) {
        return true;
    }
    (void)MAKING_REFUSE(making, entry->line, "%s", error.text);
    error_clear(&error);
    return false;
}

bool keys_methods(struct making *making, const struct entry *entry)
{
    struct lesson_scene *scene = &making->scene;
    const char *rest = entry->value.bytes, *word;
    array_clear(&making->methods);
    while ((word = making_word(making, &rest)) != NULL) {
        const struct method *method = methods_find(word);
        if (method == NULL) {
            return MAKING_REFUSE(making, entry->line,
                                 _("found the method \"%s\", which there is not; see "
                                   "taxamr --help, or press M in the explorer"),
                                 word);
        }
        *(const struct method **)array_add(&making->methods) = method;
    }
    size_t size = making->methods.count * sizeof(const struct method *);
    const struct method **methods =
        arena_get(making->arena, making->methods.count + 1, sizeof(const struct method *));
    memcpy(methods, making->methods.items, size);
    scene->methods = methods;
    scene->method_count = making->methods.count;
    return true;
}

bool keys_chart(struct making *making, const struct entry *entry)
{
    const char *key = entry->value.bytes;
    bool is_none = strcmp(key, "none") == 0;
    making->scene.chart = is_none ? NULL : arena_text(making->arena, key);
    making->scene.line = entry->line;
    return is_none || charts_find(key) != NULL || study_charts_find(key) != NULL ||
           strcmp(key, LESSON_PATH) == 0 ||
           MAKING_REFUSE(making, entry->line,
                         _("found the chart \"%s\", which there is not; \"taxamr plot\" says "
                           "which there are, and none is none"),
                         key);
}

bool keys_without(struct making *making, const struct entry *entry)
{
    const char *rest = entry->value.bytes, *word;
    while ((word = making_word(making, &rest)) != NULL) {
        *(const char **)array_add(&making->without) = word;
    }
    return true;
}

bool keys_mark(struct making *making, const struct entry *entry)
{
    const char *rest = entry->value.bytes;
    making->scene.mark = making_word(making, &rest);
    return true;
}
