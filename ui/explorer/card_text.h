/*
 * The card of a taxon as paragraphs.
 * In: a taxon and the state with the pair shown. Out: what it is and does, how many carry it,
 * what other studies found, and whether the pair's estimate has the same sign.
 */
#ifndef UI_EXPLORER_CARD_TEXT_H
#define UI_EXPLORER_CARD_TEXT_H

#include "ui/canvas.h"
#include "ui/explorer/state.h"

struct card_paragraph {
    enum role role;
    size_t indent;
    const char *text; /* "" for an empty line */
};

/* *count of them, in `arena`. */
const struct card_paragraph *card_text(const struct trait *taxon, const struct state *state,
                                       size_t *count, struct arena *arena);

#endif
