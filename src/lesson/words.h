/*
 * The texts of a lesson with its numbers filled in: "{ivw.or:2}" becomes "1.56".
 * In: a text and where numbers are read. Out: the text for a person.
 */
#ifndef LESSON_WORDS_H
#define LESSON_WORDS_H

#include "lesson/quantity.h"

/* The first name in braces that is none, or NULL; in `arena`. */
const char *words_wrong_name(const char *text, struct arena *arena);

/* The action of the next "{key.reveal}" in *text, which moves on behind it; NULL: there is
 * none. In `arena`. */
const char *words_next_key(const char **text, struct arena *arena);

/* The text with every number in its place, in `arena`; "-" stands for one that is not known. Of
 * "{key.reveal}" the name of the action stays in its braces. */
const char *words_filled(const char *text, const struct quantity_source *source,
                         struct arena *arena);

/* A number for people: so many decimals, or without them (negative) three figures and never
 * more than needed; in `arena`. */
const char *words_number(double value, int decimals, struct arena *arena);

#endif
