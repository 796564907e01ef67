#include "ui/explorer/input.h"

#include "base/memory.h"
#include "base/text.h"
#include <string.h>

static void cut_last(char *text)
{
    size_t at = 0, last = 0, length = strlen(text);
    while (at < length) {
        int width;
        last = at;
        at += text_grapheme(text + at, length - at, &width);
    }
    text[last] = '\0';
}

static void cut_word(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ') {
        text[--length] = '\0';
    }
    while (length > 0 && text[length - 1] != ' ') {
        text[--length] = '\0';
    }
}

static void append(char **text, const char *more)
{
    size_t length = strlen(*text), extra = strlen(more);
    *text = memory_resize(*text, length + extra + 1, 1);
    memcpy(*text + length, more, extra + 1);
}

/* One character that prints: keys with longer names ("Up", "^R") do not type. */
static bool is_printable(const char *key)
{
    uint32_t code;
    size_t length = strlen(key);
    return length > 0 && text_decode(key, length, &code) == length && code >= 0x20 &&
           code != 0x7f && !(code >= 0x80 && code < 0xa0);
}

bool input_type(char **text, const char *key)
{
    if (strcmp(key, "Backspace") == 0 || strcmp(key, "Delete") == 0) {
        cut_last(*text);
    } else if (strcmp(key, "^U") == 0) {
        **text = '\0';
    } else if (strcmp(key, "^W") == 0) {
        cut_word(*text);
    } else if (strcmp(key, "Space") == 0) {
        append(text, " ");
    } else if (is_printable(key)) {
        append(text, key);
    } else {
        return false;
    }
    return true;
}
