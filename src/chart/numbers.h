/*
 * Numbers for people: few digits, and never a digit too few.
 * In: numbers. Out: texts in an arena. What a printed number says of the null or of .05 is what
 * the unrounded number says.
 */
#ifndef CHART_NUMBERS_H
#define CHART_NUMBERS_H

#include "base/arena.h"
#include "estimate/estimate.h"
#include <stdbool.h>

/* chart_interval with `between` the ends instead of ", ". */
const char *numbers_interval(const double ends[3], bool contains_null, bool exponential,
                             const char *between, struct arena *arena);

/* "b (lower to upper; lower to upper)" of an interval in pieces, each of which says for itself
 * whether it holds the null; of more than NUMBERS_MOST_PIECES "b (lower to upper in 5 pieces)".
 */
enum { NUMBERS_MOST_PIECES = 3 };
const char *numbers_pieces(double b, const struct interval_piece *pieces, size_t count,
                           bool exponential, struct arena *arena);

/*
 * Texts of the form "b (lower, upper)", padded with spaces in front of each number so that they
 * line up below each other. Other texts stay as they are; NULL is allowed.
 */
void numbers_align(const char **texts, size_t count, struct arena *arena);

#endif
