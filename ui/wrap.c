#include "ui/wrap.h"

size_t wrap_count(const char *text, size_t columns)
{
    size_t lines = 0, next;
    for (; *text != '\0'; lines++) {
        (void)text_line(text, columns, &next);
        text += next;
    }
    return lines;
}

void wrap_add(struct text *out, const char *text, size_t columns, size_t indent)
{
    while (*text != '\0') {
        size_t next, length = text_line(text, columns, &next);
        for (size_t i = 0; length > 0 && i < indent; i++) {
            text_add(out, " ");
        }
        text_add_bytes(out, text, length);
        text_add(out, "\n");
        text += next;
    }
}
