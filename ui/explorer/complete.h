/*
 * What may follow in the command line: names of actions, and their arguments where they are
 * known (charts, columns, taxa, variants, files).
 * In: the study and a line as far as it was typed. Out: candidates, and the line filled in as
 * far as they agree.
 */
#ifndef UI_EXPLORER_COMPLETE_H
#define UI_EXPLORER_COMPLETE_H

#include "base/arena.h"
#include "ui/explorer/state.h"

struct completion {
    size_t start;       /* where in the line the word begins that is completed */
    struct array words; /* const char *, in an arena: what it may become */
};

/* Of a command line; of the path of a file. The caller ends it with array_destroy(&.words). */
struct completion complete_command(const struct state *state, const char *line,
                                   struct arena *arena);
struct completion complete_file(const char *path, struct arena *arena);

/* The line with all that the words agree on; a lone word ends in a space where more may follow.
 * The caller frees it. */
char *complete_filled(const struct completion *completion, const char *line);

/* "  funnel  forest", for showing; in the arena. */
const char *complete_list(const struct completion *completion, struct arena *arena);

#endif
