/*
 * Figures that a variant's screen is made of.
 * In: an analysis and a variant. Out: what the estimate is without it, the taxa it stands for.
 */
#ifndef UI_EXPLORER_VARIANT_PARTS_H
#define UI_EXPLORER_VARIANT_PARTS_H

#include "ui/explorer/variant_view.h"

#define VARIANT_NONE ((size_t)-1)

/* The place of a variant in a pair, or VARIANT_NONE. */
size_t variant_index(const struct pair *pair, const char *variant);

/* The main estimate without variant j; false when no variant would be left. */
bool variant_without(const struct analysis *analysis, size_t j, struct estimate *without);

/* What must be known of a row: that a proxy stands for it, that it lies in a pleiotropic
 * region. Returns how many lines that took, from `line` on. */
size_t variant_draw_warnings(const struct drawing *drawing, const struct harmonised *row,
                             size_t line);

/* The taxa that the variant stands for, with the estimate with and without it. */
void variant_draw_services(struct variant_view *view, const struct drawing *drawing,
                           const struct variant_service *services, size_t count);

#endif
