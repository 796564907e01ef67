/*
 * One variant's screen: what was read, what harmonising did, what it does to the estimate, and
 * every other taxon that it stands for. Its rows are those taxa.
 */
#ifndef UI_EXPLORER_VARIANT_VIEW_H
#define UI_EXPLORER_VARIANT_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

struct variant_view {
    struct view base;
    const struct trait *taxon;
    const char *variant; /* of the study */
    const char *other;   /* key of the taxon at the cursor; NULL the first */
    size_t other_pair;   /* its pair's place, where other is not NULL */
    struct list list;
    size_t first_line; /* of the rows, when drawn last */
};

/* A taxon that the variant stands for, and the outcome; NULL: the one that is shown. */
struct variant_service {
    const struct trait *taxon, *disease;
    size_t pair, row; /* in the study; in the pair's rows */
};

/* The row of the variant in its pair, or NULL; the pair's place. */
const struct harmonised *variant_view_row(const struct variant_view *view,
                                          const struct state *state, size_t *pair);

/* Other taxa that the variant is kept for, with the outcome shown first, then with others:
 * *count of them, in `arena`. */
struct variant_service *variant_services(const struct variant_view *view,
                                         const struct state *state, struct arena *arena,
                                         size_t *count);

void variant_view_draw(struct view *view, const struct drawing *drawing);

#endif
