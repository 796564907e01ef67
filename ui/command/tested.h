/*
 * How many tests a study made, what they showed, and what chance alone would show.
 * In: results. Out: lines of text for people.
 */
#ifndef UI_COMMAND_TESTED_H
#define UI_COMMAND_TESTED_H

#include "base/text.h"
#include "study/corrections.h"

/* Start with {0}; end with tested_end. */
struct tested {
    struct correction_hits all; /* over all families */
    size_t families;
    struct text lines;   /* one a direction and disease */
    struct text unasked; /* one a disease without an instrument, where it was to have one */
};

/* Adds results, of a study or of one slice after the other. */
void tested_take(struct tested *tested, const struct results *results);

/* One line a direction and disease; of many families one for all. */
void tested_say(const struct tested *tested, struct text *text);
void tested_end(struct tested *tested);

#endif
