/*
 * Notes of a person on taxa, kept with the study.
 * In: a taxon's key and one line of text. Out: the line, clean; all of them as a file's text.
 */
#ifndef UI_EXPLORER_NOTES_H
#define UI_EXPLORER_NOTES_H

#include "base/array.h"
#include <stdbool.h>

/* Begin with {0}. */
struct notes {
    struct array items; /* struct note; its order is that of writing */
};

struct note {
    char *taxon, *text;
};

void notes_end(struct notes *notes);

/* The note on a taxon, or NULL; borrowed until the next change. */
const char *notes_of(const struct notes *notes, const char *taxon);

/* Sets it, made clean and cut to one line of 500 characters; an empty one is taken away. */
void notes_set(struct notes *notes, const char *taxon, const char *text);

/* A file's text for a study, to be freed; takes one in, or false when it is no such file or of
 * another study. */
char *notes_text(const struct notes *notes, const char *study);
bool notes_take(struct notes *notes, const char *text, const char *study);

#endif
