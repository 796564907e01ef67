/*
 * Where a line of prose ends: at spaces, and between Chinese characters, but never before a
 * full stop or behind an opening bracket. In: a text and columns. Out: bytes of its first line.
 */
#ifndef UI_WRAP_H
#define UI_WRAP_H

#include "base/text.h"

/* Bytes of the first line; at least one grapheme of a text that is not empty. A '\n' ends a
 * line. */
size_t wrap_line(const char *text, size_t columns);

/* What stands between two lines: spaces, and one '\n'. */
const char *wrap_next(const char *rest, size_t length);

/* How many lines a text takes. */
size_t wrap_count(const char *text, size_t columns);

/* Adds a text in lines of `columns`, each with `indent` spaces before it. */
void wrap_add(struct text *out, const char *text, size_t columns, size_t indent);

#endif
