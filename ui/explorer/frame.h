/*
 * What surrounds every view: the title line above, the key line below.
 * In: the state and the view. Out: cells, and which action each column of the key line does.
 */
#ifndef UI_EXPLORER_FRAME_H
#define UI_EXPLORER_FRAME_H

#include "ui/explorer/view.h"

/* The least screen that anything is drawn on. */
enum { FRAME_COLUMNS = 60, FRAME_ROWS = 16 };

/* A piece of the key line that does an action when clicked. */
struct frame_key {
    size_t first, last; /* columns */
    const struct action *action;
};

/* The title: the view's own, that the study is simulated, how many variants were left out by
 * hand, and what the view says at the right. */
void frame_title(struct canvas *canvas, const struct state *state, const struct view *view,
                 struct arena *scratch);

/* The key line: a message where there is one, otherwise keys; a gauge while computing. The
 * pieces are added to `keys` (struct frame_key). */
void frame_key_line(struct canvas *canvas, const struct state *state, const struct view *view,
                    struct array *keys, struct arena *scratch);

/* In a first session three keys worth knowing, above the key line, where there is room; false
 * when nothing was drawn. */
bool frame_hint(struct canvas *canvas, const struct state *state, struct arena *scratch);

/* Says what the screen needs, when it is too small; false when it is not. */
bool frame_too_small(struct canvas *canvas, const struct state *state, struct arena *scratch);

#endif
