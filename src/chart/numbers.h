/*
 * Numbers for people: few digits, and never a digit too few.
 * In: numbers. Out: texts in an arena. What a printed number says of the null or of .05 is what
 * the unrounded number says.
 */
#ifndef CHART_NUMBERS_H
#define CHART_NUMBERS_H

#include "base/arena.h"
#include <stdbool.h>

/* chart_interval with `between` the ends instead of ", ". */
const char *numbers_interval(const double ends[3], bool contains_null, bool exponential,
                             const char *between, struct arena *arena);

/*
 * Texts of the form "b (lower, upper)", padded with spaces in front of each number so that they
 * line up below each other. Other texts stay as they are; NULL is allowed.
 */
void numbers_align(const char **texts, size_t count, struct arena *arena);

#endif
