#include "base/text.h"
#include <stdbool.h>
#include <string.h>
#include <uchar.h>

/* A line neither begins with the first nor ends with the second: the commonest marks of the
 * Chinese and English rules (Unicode line breaking, UAX 14: CL, CP, EX, IS and OP, QU). */
static const char32_t closing[] = U"，。：；？！、）》」”’…,.:;?!)%";
static const char32_t opening[] = U"（《「“‘([";

static bool is_among(uint32_t code, const char32_t *codes)
{
    while (*codes != 0 && *codes != code) {
        codes++;
    }
    return *codes != 0;
}

/* A grapheme by its first code point. */
struct grapheme {
    uint32_t code;
    int width;
};

/* Whether a line may end between two graphemes without a space: beside a wide letter. */
static bool may_part(struct grapheme one, struct grapheme next)
{
    return (one.width == 2 || next.width == 2) && one.code != ' ' && next.code != ' ' &&
           !is_among(one.code, opening) && !is_among(next.code, closing);
}

size_t text_line(const char *text, size_t columns, size_t *next)
{
    struct grapheme before = {' ', 1}, here;
    size_t used = 0, at = 0, end = 0, total = strcspn(text, "\n");
    while (at < total) {
        size_t taken = text_grapheme(text + at, total - at, &here.width);
        (void)text_decode(text + at, total - at, &here.code);
        end = at > 0 && (here.code == ' ' || may_part(before, here)) ? at : end;
        if (at > 0 && used + (size_t)here.width > columns) {
            break;
        }
        used += (size_t)here.width;
        before = here;
        at += taken;
    }
    end = at == total || end == 0 ? at : end;
    *next = end + strspn(text + end, " ");
    *next += text[*next] == '\n';
    return end;
}
