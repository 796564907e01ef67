/*
 * Numbers in as few decimal digits as read back the same, fifteen at least before zeros at the
 * end go: what printf's %.15g, %.16g or %.17g gives. In: a double. Out: text.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stddef.h>

/* Room for any, with its end. */
#define DECIMAL_ROOM 40

/* Writes a finite number and its end; how many bytes stand before that. */
size_t decimal_print(double value, char out[DECIMAL_ROOM]);

#endif
