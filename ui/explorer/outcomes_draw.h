/*
 * The families of tests on the screen: headings, a line a family, and the trait at the cursor.
 * In: a drawing and a row (outcomes_rows.h). Out: cells; nothing is kept.
 */
#ifndef UI_EXPLORER_OUTCOMES_DRAW_H
#define UI_EXPLORER_OUTCOMES_DRAW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/outcomes_rows.h"

/* Where figures stand; the direction has its own column where there is room, and what chance
 * would give gives way first. */
struct outcomes_layout {
    size_t names, direction, tested, nominal, chance, significant;
    bool has_direction, has_chance;
};

/* The places for the width of a drawing. */
struct outcomes_layout outcomes_layout_of(const struct drawing *drawing);

void outcomes_draw_heads(const struct drawing *drawing, const struct outcomes_layout *layout,
                         size_t row);
/* One family of tests; one that is not computed yet says how far it is. */
void outcomes_draw_row(const struct drawing *drawing, const struct outcomes_layout *layout,
                       const struct outcomes_row *of, size_t row);

/* What is known of a trait, on four rows from `row` on. */
void outcomes_draw_trait(const struct drawing *drawing, const struct trait *trait, size_t row);

#endif
