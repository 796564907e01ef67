/*
 * A line of text being typed. In: names of keys. Out: the text; it is never cut inside a
 * grapheme.
 */
#ifndef UI_EXPLORER_INPUT_H
#define UI_EXPLORER_INPUT_H

#include <stdbool.h>

/* Changes *text (owned, never NULL) by a key; false when the key does not type. */
bool input_type(char **text, const char *key);

#endif
