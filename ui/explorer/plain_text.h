/*
 * What the screen of plain words says, as paragraphs.
 * In: the state, and of what: a pair, a taxon, the study with the claims about it. Out: heads
 * and paragraphs, whose texts live in an arena.
 */
#ifndef UI_EXPLORER_PLAIN_TEXT_H
#define UI_EXPLORER_PLAIN_TEXT_H

#include "base/array.h"
#include "ui/canvas.h"
#include "ui/explorer/state.h"

enum plain_scope { PLAIN_OF_PAIR, PLAIN_OF_TAXON, PLAIN_OF_STUDY, PLAIN_SCOPES };

/* "pair", as :plain takes it; PLAIN_SCOPES when it is none. */
enum plain_scope plain_scope_of(const char *word);

struct plain_paragraph {
    enum role role;
    size_t indent;
    const char *text;
};

/* `taxon` may be NULL for the study. Adds struct plain_paragraph. */
void plain_text_add(struct array *paragraphs, const struct state *state, enum plain_scope scope,
                    const struct trait *taxon, struct arena *arena);

#endif
