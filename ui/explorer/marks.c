#include "ui/explorer/marks.h"

#include <string.h>

static size_t index_of(const struct marks *marks, const char *key)
{
    size_t index = 0;
    while (index < marks->keys.count && strcmp(marks_at(marks, index), key) != 0) {
        index++;
    }
    return index;
}

bool marks_has(const struct marks *marks, const char *key)
{
    return index_of(marks, key) < marks->keys.count;
}

size_t marks_count(const struct marks *marks)
{
    return marks->keys.count;
}

const char *marks_at(const struct marks *marks, size_t index)
{
    return *(const char **)array_at(&marks->keys, index);
}

void marks_add(struct marks *marks, const char *key)
{
    if (marks->keys.item_size == 0) {
        marks->keys = ARRAY_OF(const char *);
    }
    if (!marks_has(marks, key)) {
        *(const char **)array_add(&marks->keys) = key;
    }
}

void marks_remove(struct marks *marks, const char *key)
{
    size_t index = index_of(marks, key);
    if (index == marks->keys.count) {
        return;
    }
    for (size_t i = index + 1; i < marks->keys.count; i++) {
        *(const char **)array_at(&marks->keys, i - 1) = marks_at(marks, i);
    }
    marks->keys.count--;
}

void marks_clear(struct marks *marks)
{
    marks->keys.count = 0;
}

void marks_end(struct marks *marks)
{
    if (marks->keys.item_size != 0) {
        array_destroy(&marks->keys);
    }
}
