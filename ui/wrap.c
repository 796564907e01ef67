#include "ui/wrap.h"

#include <string.h>

/* Signs that stand at no line's start, and at no line's end. */
static const char *const no_start[] = {"，", "。", "；", "：", "！", "？", "、", "）", "》",
                                       "”",  "’",  "」", "%",  ",",  ".",  ")",  ";",  ":"};
static const char *const no_end[] = {"（", "《", "“", "‘", "「", "("};

static bool is_among(const char *const *signs, size_t count, const char *at, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(signs[i]) == length && strncmp(signs[i], at, length) == 0) {
            return true;
        }
    }
    return false;
}

/* One grapheme of a text. */
struct piece {
    const char *at;
    size_t length;
    int width;
};

static struct piece piece_at(const char *text, size_t left)
{
    struct piece piece = {.at = text};
    piece.length = text_grapheme(text, left, &piece.width);
    return piece;
}

/* Whether a line may end between two graphemes that are no spaces. */
static bool may_part(struct piece before, struct piece after)
{
    return (before.width == 2 || after.width == 2) &&
           !is_among(no_start, sizeof no_start / sizeof *no_start, after.at, after.length) &&
           !is_among(no_end, sizeof no_end / sizeof *no_end, before.at, before.length);
}

size_t wrap_line(const char *text, size_t columns)
{
    size_t total = strcspn(text, "\n"), used = 0, at = 0, end = 0;
    struct piece before = {.length = 0};
    while (at < total) {
        struct piece piece = piece_at(text + at, total - at);
        bool is_space = *piece.at == ' ';
        if (is_space || (at > 0 && *before.at != ' ' && may_part(before, piece))) {
            end = at;
        }
        used += (size_t)piece.width;
        if (used > columns && !is_space) {
            return end > 0 ? end : at > 0 ? at : piece.length;
        }
        at += piece.length;
        before = piece;
    }
    return total;
}

const char *wrap_next(const char *rest, size_t length)
{
    rest += length;
    rest += strspn(rest, " ");
    return *rest == '\n' ? rest + 1 : rest;
}

size_t wrap_count(const char *text, size_t columns)
{
    size_t lines = 0;
    for (; *text != '\0'; lines++) {
        text = wrap_next(text, wrap_line(text, columns));
    }
    return lines;
}

void wrap_add(struct text *out, const char *text, size_t columns, size_t indent)
{
    while (*text != '\0') {
        size_t length = wrap_line(text, columns);
        for (size_t i = 0; length > 0 && i < indent; i++) {
            text_add(out, " ");
        }
        text_add_bytes(out, text, length);
        text_add(out, "\n");
        text = wrap_next(text, length);
    }
}
