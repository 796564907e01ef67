#include "lesson/parse.h"

#include "base/i18n.h"
#include "lesson/quantity.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct key {
    const char *name;
    bool in_head, in_step, may_repeat;
    key_function *take;
    size_t offset; /* of a text in the lesson or the step, where there is no function */
};

static key_function take_order, take_step, take_choice, take_correct, take_number,
    take_tolerance;

#define HEAD_TEXT(name)                                                                        \
    {                                                                                          \
#name, true, false, false, NULL, offsetof(struct lesson, name)                         \
    }
#define STEP_TEXT(name)                                                                        \
    {                                                                                          \
#name, false, true, false, NULL, offsetof(struct lesson_step, name)                    \
    }

/* What a scene is made of may stand in the head, for all steps. */
static const struct key keys[] = {
    HEAD_TEXT(title),
    HEAD_TEXT(about),
    {"order", true, false, false, take_order, 0},
    {"step", true, true, true, take_step, 0},
    STEP_TEXT(text),
    {"study", true, true, false, keys_study, 0},
    {"pair", true, true, false, keys_pair, 0},
    {"simulate", true, true, false, keys_simulate, 0},
    {"methods", true, true, false, keys_methods, 0},
    {"chart", true, true, false, keys_chart, 0},
    {"without", false, true, false, keys_without, 0},
    {"mark", false, true, false, keys_mark, 0},
    {"slider", false, true, true, keys_slider, 0},
    {"fact", false, true, true, keys_fact, 0},
    STEP_TEXT(ask),
    {"choice", false, true, true, take_choice, 0},
    {"correct", false, true, false, take_correct, 0},
    {"number", false, true, false, take_number, 0},
    {"tolerance", false, true, false, take_tolerance, 0},
    STEP_TEXT(right),
    STEP_TEXT(wrong),
    STEP_TEXT(truth),
};
#define KEYS (sizeof keys / sizeof *keys)

static bool take_order(struct making *making, const struct entry *entry)
{
    char *end;
    making->lesson->order = strtod(entry->value.bytes, &end);
    return *end == '\0' || MAKING_REFUSE(making, entry->line,
                                         _("found the order \"%s\"; write a number: lessons "
                                           "with smaller ones come first"),
                                         entry->value.bytes);
}

static bool take_step(struct making *making, const struct entry *entry)
{
    if (!making_finish_step(making)) {
        return false;
    }
    making->step = array_add(&making->steps);
    making->step->line = entry->line;
    making->step->heading = arena_text(making->arena, entry->value.bytes);
    making->step->correct = (size_t)-1;
    making->scene.mark = NULL;
    making->given = 0;
    return true;
}

static bool take_choice(struct making *making, const struct entry *entry)
{
    *(const char **)array_add(&making->choices) = arena_text(making->arena, entry->value.bytes);
    return true;
}

static bool take_correct(struct making *making, const struct entry *entry)
{
    making->step->correct = making->choices.count;
    return take_choice(making, entry);
}

static bool take_number(struct making *making, const struct entry *entry)
{
    struct arena *arena = making->arena;
    making->step->number = arena_text(arena, entry->value.bytes);
    return quantity_is_name(making->step->number) ||
           MAKING_REFUSE(making, entry->line,
                         _("found the number \"%s\"; write the name of one that is read off "
                           "the data: %s"),
                         entry->value.bytes, quantity_list(arena));
}

static bool take_tolerance(struct making *making, const struct entry *entry)
{
    char *end;
    double tolerance = strtod(entry->value.bytes, &end);
    making->step->tolerance = tolerance;
    return (*end == '\0' && tolerance >= 0 && isfinite(tolerance)) ||
           MAKING_REFUSE(making, entry->line,
                         _("found the tolerance \"%s\"; write how far an answer may be off, "
                           "as 0.01"),
                         entry->value.bytes);
}

static const struct key *key_named(const char *name)
{
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static const char *list_of_keys(struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < KEYS; i++) {
        list = arena_format(arena, "%s%s%s", list, i == 0 ? "" : ", ", keys[i].name);
    }
    return list;
}

/* Whether a key may stand here. */
static bool check(struct making *making, const struct entry *entry, const struct key *key)
{
    bool is_head = making->step == NULL;
    if (key == NULL) {
        return MAKING_REFUSE(making, entry->line,
                             _("found the key \"%s\", which lessons do not have; write one of "
                               "%s, or a space before a line of text that looks like one"),
                             entry->key, list_of_keys(making->arena));
    }
    if (is_head ? !key->in_head : !key->in_step) {
        return MAKING_REFUSE(making, entry->line,
                             is_head ? _("found %s before the first step; move it below a "
                                         "\"step:\"")
                                     : _("found %s in a step; move it to the top of the file"),
                             entry->key);
    }
    if ((making->given & 1UL << (key - keys)) != 0 && !key->may_repeat) {
        return MAKING_REFUSE(making, entry->line,
                             _("found %s a second time; leave one out, or begin a new step"),
                             entry->key);
    }
    return entry->value.length > 0 ||
           MAKING_REFUSE(making, entry->line, _("found %s with nothing behind it; say what"),
                         entry->key);
}

bool keys_take(struct making *making, const struct entry *entry)
{
    const struct key *key = key_named(entry->key);
    if (!check(making, entry, key)) {
        return false;
    }
    making->given |= 1UL << (key - keys);
    if (key->take != NULL) {
        return key->take(making, entry);
    }
    char *whole = making->step == NULL ? (char *)making->lesson : (char *)making->step;
    *(const char **)(void *)(whole + key->offset) =
        arena_text(making->arena, entry->value.bytes);
    return true;
}
