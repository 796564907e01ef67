/*
 * How many tests a study made, what they showed, and what chance alone would show.
 * In: results. Out: lines of text for people.
 */
#ifndef UI_COMMAND_TESTED_H
#define UI_COMMAND_TESTED_H

#include "base/text.h"
#include "study/results.h"

/* One line a direction and disease; of many families one for all. */
void tested_say(const struct results *results, struct text *text);

#endif
