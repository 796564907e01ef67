/*
 * What the checks say of one taxon, below the table of taxa: beside the methods, and where a
 * sentence is too long for that, across the screen below them.
 * In: an analysis and a rectangle. Out: cells; a sentence is cut only where no row is free.
 */
#ifndef UI_EXPLORER_TAXA_CHECKS_H
#define UI_EXPLORER_TAXA_CHECKS_H

#include "ui/explorer/draw.h"

struct taxa_check {
    char letter;
    const char *sign; /* failed, cannot be judged, not run */
    const char *said;
    const char *full; /* with the check's name before it */
    enum role role;
};

struct taxa_checks {
    const struct taxa_check *checks;
    size_t count;
    size_t column;      /* where they begin beside the methods */
    size_t first, last; /* rows for methods and checks */
};

/* What each says, in the drawing's memory. */
struct taxa_checks taxa_checks_of(const struct drawing *drawing,
                                  const struct analysis *analysis, size_t pair);

/* All of them across the screen, in their order and with their names, from row `first` on;
 * false when the rows do not hold them. */
bool taxa_checks_named(const struct taxa_checks *checks, const struct drawing *drawing,
                       bool is_drawn);

/* How many of `wanted` methods leave the sentences whole; fewer than `least` are not tried. */
size_t taxa_checks_methods(const struct taxa_checks *checks, const struct drawing *drawing,
                           size_t wanted, size_t least);

/* Draws them around so many methods. */
void taxa_checks_draw(const struct taxa_checks *checks, const struct drawing *drawing,
                      size_t methods);

#endif
