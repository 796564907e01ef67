/*
 * One line of delimited text cut into cells.
 * In: a line, its delimiter. Out: cells in place, without blanks and quotes around them.
 * White space and tabs are cut here; commas and semicolons with quotes go through libcsv, which
 * also joins the lines of a quoted cell that holds line ends.
 */
#ifndef GWAS_CELLS_H
#define GWAS_CELLS_H

#include "base/array.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct csv_parser;

/* Zero-initialised by cells_create; the cells last given are items of `cells`. */
struct cells {
    char delimiter;      /* tab, comma, semicolon, or a space for any white space */
    struct array cells;  /* const char *; borrowed from the line or from `quoted` */
    struct array starts; /* size_t; where the cells begin in `quoted` */
    struct text quoted;  /* what libcsv gave, each cell with a NUL behind */
    struct csv_parser *parser;
    bool is_open; /* a quoted cell goes on in the next line */
    bool is_new;  /* libcsv ended a row */
};

/* A cutter for lines like `header`, whose delimiter it takes. Ended with cells_destroy. */
struct cells *cells_create(const char *header);
void cells_destroy(struct cells *cells);

/*
 * Cuts a line (written to). False when it ends within a quoted cell: then call again with the
 * next line.
 */
bool cells_cut(struct cells *cells, char *line, size_t length);

#endif
