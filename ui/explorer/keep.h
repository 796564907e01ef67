/*
 * What the explorer keeps between sessions: the last place in a study, lines of the command
 * line, notes on taxa. In: a loop on a terminal. Out: files below the XDG folders, each written
 * beside itself and renamed. Scripts neither read nor write them. A damaged or foreign file is
 * as if it were not there.
 */
#ifndef UI_EXPLORER_KEEP_H
#define UI_EXPLORER_KEEP_H

#include "ui/explorer/loop.h"

/* Takes in what was kept, and goes to the last place unless --fresh. Nothing is kept of a study
 * without a path, or without a home. */
void keep_begin(struct loop *loop);

/* Writes the notes, when one was changed. */
MUST_USE bool keep_notes(struct loop *loop, struct error *error);

/* Writes the place and the lines, when a person leaves. */
MUST_USE bool keep_end(struct loop *loop, struct error *error);

/* The place as text, a header and actions that lead there; going there, false when the text is
 * damaged, of another version or of another study. */
char *keep_place_text(const struct loop *loop, const char *study);
bool keep_place_take(struct loop *loop, const char *text, const char *study);

#endif
