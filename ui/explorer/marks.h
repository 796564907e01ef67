/*
 * Taxa that a person marked, by their keys: they stay marked however rows are sorted, filtered
 * or turned round.
 * In: keys that the study owns. Out: whether one is marked, and all of them in the order in
 * which they were marked.
 */
#ifndef UI_EXPLORER_MARKS_H
#define UI_EXPLORER_MARKS_H

#include "base/array.h"
#include <stdbool.h>

struct marks {
    struct array keys; /* const char *; begin with {0} */
};

/* Whether a taxon is marked; how many are. */
bool marks_has(const struct marks *marks, const char *key);
size_t marks_count(const struct marks *marks);
/* The key of a mark, by its place in the order of marking. */
const char *marks_at(const struct marks *marks, size_t index);

/* Marks or unmarks one (what is so already stays), unmarks all, frees the list. Keys are
 * borrowed. */
void marks_add(struct marks *marks, const char *key);
void marks_remove(struct marks *marks, const char *key);
void marks_clear(struct marks *marks);
void marks_end(struct marks *marks);

#endif
