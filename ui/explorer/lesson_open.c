#include "ui/explorer/lesson_open.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/shelf.h"
#include "lesson/words.h"
#include "ui/explorer/opening.h"
#include "ui/explorer/views.h"
#include <string.h>

static struct effect open_path(const char *path, const char *data)
{
    struct error error = {0};
    struct effect refusal;
    if (opening_is_no_file(path, &refusal)) {
        return refusal;
    }
    struct view *view = lesson_view_create(path, data, &error);
    return view == NULL ? effect_error(&error) : effect_open(view);
}

static struct effect open_list(const struct shelf *shelf, const struct order *order)
{
    const char **keys = memory_get(shelf->count + 1, sizeof *keys);
    const char **titles = memory_get(shelf->count + 1, sizeof *titles);
    for (size_t i = 0; i < shelf->count; i++) {
        keys[i] = shelf->lessons[i].key;
        titles[i] = shelf->lessons[i].title;
    }
    struct effect effect = effect_open(
        menu_view_create(_("lessons"), order->action, keys, titles, shelf->count, 0));
    memory_free(keys);
    memory_free(titles);
    return effect;
}

static struct effect open_key(const struct shelf *shelf, const char *key, const char *data)
{
    const struct lesson *lesson = shelf_find(shelf, key);
    return lesson == NULL ? effect_refuse(_("there is no lesson “%s”; {learn} lists all"), key)
                          : open_path(lesson->path, data);
}

struct effect lesson_open(const char *data, const struct order *order)
{
    struct error error = {0};
    struct shelf shelf;
    const char *name = order->argument;
    if (name != NULL && strpbrk(name, "/.") != NULL) {
        return open_path(name, data == NULL ? "." : data);
    }
    if (data == NULL) {
        return effect_refuse("%s", _("no lessons are installed"));
    }
    struct text folder = {0};
    text_addf(&folder, "%s/lessons", data);
    bool is_read = shelf_read(folder.bytes, I18N_LANGUAGE, &shelf, &error);
    struct effect effect = !is_read       ? effect_error(&error)
                           : name == NULL ? open_list(&shelf, order)
                                          : open_key(&shelf, name, data);
    shelf_drop(&shelf);
    text_drop(&folder);
    return effect;
}

static const char *wrong_key(const struct lesson_step *step, struct arena *arena)
{
    const char *const texts[] = {step->heading, step->text,  step->ask,
                                 step->right,   step->wrong, step->truth};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *rest = texts[i] == NULL ? "" : texts[i], *name;
        while ((name = words_next_key(&rest, arena)) != NULL) {
            if (action_named(name) == NULL) {
                return name;
            }
        }
    }
    return NULL;
}

bool lesson_knows_keys(const struct lesson *lesson, struct error *error)
{
    struct arena *arena = arena_create();
    bool is_good = true;
    for (size_t i = 0; i < lesson->step_count && is_good; i++) {
        const char *wrong = wrong_key(&lesson->steps[i], arena);
        is_good = wrong == NULL ||
                  error_set(error, ERROR_DATA, lesson->path, lesson->steps[i].line, NULL,
                            _("found {key.%s} in the texts of this step; write the name of an "
                              "action there, as {key.reveal}"),
                            wrong);
    }
    arena_destroy(arena);
    return is_good;
}
