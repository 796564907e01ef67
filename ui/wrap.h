/*
 * Prose in lines. In: a text and columns. Out: how many lines it takes, or the lines; where
 * they end is text_line's matter (base/text.h).
 */
#ifndef UI_WRAP_H
#define UI_WRAP_H

#include "base/text.h"

/* How many lines a text takes. */
size_t wrap_count(const char *text, size_t columns);

/* Adds a text in lines of `columns`, each with `indent` spaces before it. */
void wrap_add(struct text *out, const char *text, size_t columns, size_t indent);

#endif
