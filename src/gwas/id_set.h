/*
 * A set of ids that is asked about every row of a file: bytes -> in it or not, without regard
 * to case. In: ids. Out: no for almost all that are not in it, yes for all that are.
 */
#ifndef GWAS_ID_SET_H
#define GWAS_ID_SET_H

#include "gwas/scan.h"
#include <stdbool.h>
#include <stddef.h>

struct id_set;

/* Bytes that must be readable from the start of what is looked up. */
#define ID_SET_BEHIND 16

/* An empty set for about so many ids; the caller ends it with id_set_destroy. */
struct id_set *id_set_create(size_t count);
void id_set_destroy(struct id_set *set);

void id_set_add(struct id_set *set, const char *id);

/* Whether it may be in the set: no is certain, a yes is hardly ever wrong. */
bool id_set_has(const struct id_set *set, const char *id, size_t length);

/* The same of a string, behind which nothing need be readable. */
bool id_set_has_text(const struct id_set *set, const char *id);

/* Whether a cell may be more than the id that its bytes are: missing, quoted, with blanks
 * around, or several ids. */
bool id_set_is_odd(const char *cell, size_t length);

/* Marks those of `count` cells that are odd or may be in the set. */
void id_set_mark(const struct id_set *set, const char *text, const struct scan_cell *cells,
                 size_t count, bool *marks);

#endif
