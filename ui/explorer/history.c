#include "ui/explorer/history.h"

#include "base/memory.h"
#include <string.h>

void history_begin(struct history *history)
{
    *history = (struct history){.steps = ARRAY_OF(struct history_step),
                                .excluded = ARRAY_OF(const char *)};
}

static void forget_from(struct history *history, size_t first)
{
    for (size_t i = first; i < history->steps.count; i++) {
        struct history_step *step = array_at(&history->steps, i);
        memory_free(step->variant);
    }
    history->steps.count = first;
}

void history_end(struct history *history)
{
    forget_from(history, 0);
    array_destroy(&history->steps);
    array_destroy(&history->excluded);
}

static const char **place_of(const struct history *history, const char *variant)
{
    for (size_t i = 0; i < history->excluded.count; i++) {
        const char **id = array_at(&history->excluded, i);
        if (strcmp(*id, variant) == 0) {
            return id;
        }
    }
    return NULL;
}

static void apply(struct history *history, const char *variant, bool exclude)
{
    const char **place = place_of(history, variant);
    if (exclude && place == NULL) {
        *(const char **)array_add(&history->excluded) = variant;
    } else if (!exclude && place != NULL) {
        const char **end = array_at(&history->excluded, history->excluded.count - 1);
        memmove(place, place + 1, (size_t)(end - place) * sizeof *place);
        history->excluded.count--;
    }
}

/* From the start: ids in the set are borrowed from steps that may have gone. */
static void replay(struct history *history)
{
    array_clear(&history->excluded);
    for (size_t i = 0; i < history->done; i++) {
        const struct history_step *step = array_at(&history->steps, i);
        apply(history, step->variant, step->exclude);
    }
}

static void add_step(struct history *history, const char *variant, bool exclude)
{
    struct history_step *step = array_add(&history->steps);
    step->variant = memory_copy_text(variant);
    step->exclude = exclude;
    step->group = history->group;
    history->done = history->steps.count;
}

void history_toggle(struct history *history, const char *variant)
{
    bool exclude = !history_is_excluded(history, variant);
    char *copy = memory_copy_text(variant);
    forget_from(history, history->done);
    history->group++;
    add_step(history, copy, exclude);
    memory_free(copy);
    replay(history);
}

void history_restore_all(struct history *history)
{
    forget_from(history, history->done);
    history->group++;
    for (size_t i = 0; i < history->excluded.count; i++) {
        add_step(history, *(const char **)array_at(&history->excluded, i), false);
    }
    replay(history);
}

bool history_can_undo(const struct history *history)
{
    return history->done > 0;
}

bool history_can_redo(const struct history *history)
{
    return history->done < history->steps.count;
}

static size_t group_at(const struct history *history, size_t index)
{
    const struct history_step *step = array_at(&history->steps, index);
    return step->group;
}

bool history_undo(struct history *history)
{
    if (!history_can_undo(history)) {
        return false;
    }
    size_t group = group_at(history, history->done - 1);
    while (history->done > 0 && group_at(history, history->done - 1) == group) {
        history->done--;
    }
    replay(history);
    return true;
}

bool history_redo(struct history *history)
{
    if (!history_can_redo(history)) {
        return false;
    }
    size_t group = group_at(history, history->done);
    while (history_can_redo(history) && group_at(history, history->done) == group) {
        history->done++;
    }
    replay(history);
    return true;
}

bool history_is_excluded(const struct history *history, const char *variant)
{
    return place_of(history, variant) != NULL;
}

struct exclusions history_exclusions(const struct history *history)
{
    return (struct exclusions){.variants = history->excluded.items,
                               .count = history->excluded.count};
}
