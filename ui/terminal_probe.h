/*
 * How wide the terminal draws box glyphs: they are of ambiguous width, two columns in some
 * Chinese terminals. In: a descriptor in raw mode. Out: one or two columns, or no answer.
 */
#ifndef UI_TERMINAL_PROBE_H
#define UI_TERMINAL_PROBE_H

#include "base/text.h"
#include <stdbool.h>

/*
 * Prints a box glyph, asks where the cursor is, and removes it again. Waits at most
 * `milliseconds`. What was typed meanwhile is added to `typed`. Returns the columns, 0 when
 * there was no answer.
 */
int probe_width(int input, int output, int milliseconds, struct text *typed);

/*
 * Finds a cursor report ESC [ row ; column R in `length` bytes: its start and end, and the
 * column. False when there is none.
 */
bool probe_find_report(const char *bytes, size_t length, size_t *start, size_t *end,
                       int *column);

#endif
