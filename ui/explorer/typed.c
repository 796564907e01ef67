#include "ui/explorer/typed.h"

#include "base/memory.h"
#include "base/text.h"
#include <string.h>

#define HEADER "taxamr commands 1\n"

static void drop(struct typed *typed, size_t index)
{
    char **line = array_at(&typed->lines, index);
    memory_free(*line);
    memmove(line, line + 1, (typed->lines.count - index - 1) * sizeof *line);
    typed->lines.count--;
}

void typed_end(struct typed *typed)
{
    while (typed->lines.count > 0) {
        drop(typed, typed->lines.count - 1);
    }
    array_destroy(&typed->lines);
}

const char *typed_line(const struct typed *typed, size_t index)
{
    return *(char **)array_at(&typed->lines, index);
}

void typed_add(struct typed *typed, const char *line)
{
    char *clean = text_clean(line + strspn(line, " \t:"));
    for (size_t i = typed->lines.count; i-- > 0;) {
        if (strcmp(typed_line(typed, i), clean) == 0) {
            drop(typed, i);
        }
    }
    if (*clean == '\0') {
        memory_free(clean);
        return;
    }
    if (typed->lines.item_size == 0) {
        typed->lines = ARRAY_OF(char *);
    }
    if (typed->lines.count == TYPED_MOST) {
        drop(typed, 0);
    }
    *(char **)array_add(&typed->lines) = clean;
}

char *typed_text(const struct typed *typed)
{
    struct text text = {0};
    text_add(&text, HEADER);
    for (size_t i = 0; i < typed->lines.count; i++) {
        text_addf(&text, "%s\n", typed_line(typed, i));
    }
    return text_take(&text);
}

void typed_take(struct typed *typed, const char *text)
{
    if (text == NULL || strncmp(text, HEADER, strlen(HEADER)) != 0) {
        return;
    }
    char *copy = memory_copy_text(text + strlen(HEADER)), *rest = copy, *line;
    while ((line = strtok_r(rest, "\r\n", &rest)) != NULL) {
        typed_add(typed, line);
    }
    memory_free(copy);
}
