/*
 * What is written of taxa, as tables that are built into the program: data/taxa and
 * data/published.tsv.
 * In: a table and a row. Out: its cells, NULL for NA; a citation in words. Private to this
 * room.
 */
#ifndef STUDY_FACTS_H
#define STUDY_FACTS_H

#include "base/arena.h"
#include "gwas/association.h"
#include <stdbool.h>
#include <stddef.h>

enum facts_table { FACTS_CARDS, FACTS_FOUND, FACTS_PUBLISHED, FACTS_SOURCES };

/* How many rows a table has below its header. */
size_t facts_count(enum facts_table table);

/* A cell as a copy in `arena`; NULL where it is NA or not there. */
const char *facts_cell(enum facts_table table, size_t row, size_t column, struct arena *arena);
/* The same as a number, NaN. */
double facts_number(enum facts_table table, size_t row, size_t column, struct arena *arena);

/* Whether the language in use is Chinese, which has columns of its own. */
bool facts_is_chinese(void);

/* The row whose first two cells are a rank and the name of a taxon at it, from `start` on;
 * names are equal whatever their case, spaces and points. (size_t)-1: there is none. */
size_t facts_find(enum facts_table table, enum trait_rank rank, const char *name, size_t start);

/* "Louis and Flint 2017, Environ Microbiol 19:29, doi:10.1111/1462-2920.13589" of each key in a
 * list, semicolons between. */
const char *facts_sources(const char *keys, struct arena *arena);
/* The short form, "Louis and Flint 2017", of one key. */
const char *facts_source(const char *key, struct arena *arena);

#endif
