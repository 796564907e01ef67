/*
 * What was left out by hand, as a list of named steps that can be walked back and forth.
 * In: a variant to leave out or take back. Out: the set of variants now left out.
 */
#ifndef UI_EXPLORER_HISTORY_H
#define UI_EXPLORER_HISTORY_H

#include "base/array.h"
#include "study/results.h"

struct history {
    struct array steps;    /* struct history_step */
    size_t done;           /* of the steps; the rest were undone */
    struct array excluded; /* const char *: ids, borrowed from the steps */
    size_t group;          /* number of the last command; its steps are undone together */
};

struct history_step {
    char *variant;
    bool exclude; /* or restore */
    size_t group;
};

/* Nothing is left out; frees the steps. */
void history_begin(struct history *history);
void history_end(struct history *history);

/* Leaves a variant out, or takes it back; forgets steps that were undone. */
void history_toggle(struct history *history, const char *variant);
/* Takes all back in one step. */
void history_restore_all(struct history *history);

/* Walks one command back or forth; false when there is none. */
bool history_undo(struct history *history);
bool history_redo(struct history *history);
bool history_can_undo(const struct history *history);
bool history_can_redo(const struct history *history);

/* Whether a variant is left out now, by its id. */
bool history_is_excluded(const struct history *history, const char *variant);
/* Borrowed until the next change. */
struct exclusions history_exclusions(const struct history *history);

#endif
