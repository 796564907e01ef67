/*
 * Lines that were typed before, a list for each kind of prompt.
 * In: lines as they were accepted. Out: the one before, the one after, as arrows walk them. A
 * line stands in its list once, where it was typed last.
 */
#ifndef UI_EXPLORER_RECALL_H
#define UI_EXPLORER_RECALL_H

#include "base/array.h"

struct recall {
    struct array lines; /* char *, oldest first; begin with {0} */
};

/* Keeps a copy; empty lines are not kept. */
void recall_add(struct recall *recall, const char *line);

/* The line `back` steps before now, 1 the last; NULL where there is none. */
const char *recall_at(const struct recall *recall, size_t back);

void recall_end(struct recall *recall);

#endif
