#include "ui/explorer/recall.h"

#include "base/memory.h"
#include <string.h>

/* More than anyone walks with an arrow. */
static const size_t RECALL_MOST = 200;

static char **line_at(const struct recall *recall, size_t index)
{
    return array_at(&recall->lines, index);
}

static void drop(struct recall *recall, size_t index)
{
    memory_free(*line_at(recall, index));
    for (size_t i = index + 1; i < recall->lines.count; i++) {
        *line_at(recall, i - 1) = *line_at(recall, i);
    }
    recall->lines.count--;
}

void recall_add(struct recall *recall, const char *line)
{
    if (*line == '\0') {
        return;
    }
    char *copy = memory_copy_text(line);
    if (recall->lines.item_size == 0) {
        recall->lines = ARRAY_OF(char *);
    }
    for (size_t i = recall->lines.count; i-- > 0;) {
        if (strcmp(*line_at(recall, i), line) == 0) {
            drop(recall, i);
        }
    }
    if (recall->lines.count == RECALL_MOST) {
        drop(recall, 0);
    }
    *(char **)array_add(&recall->lines) = copy;
}

const char *recall_at(const struct recall *recall, size_t back)
{
    return back == 0 || back > recall->lines.count
               ? NULL
               : *line_at(recall, recall->lines.count - back);
}

void recall_end(struct recall *recall)
{
    for (size_t i = 0; i < recall->lines.count; i++) {
        memory_free(*line_at(recall, i));
    }
    if (recall->lines.item_size != 0) {
        array_destroy(&recall->lines);
    }
}
