/*
 * Places that were left by a jump: opening, backing out, searching, turning the direction. As
 * in an editor, one step back leads to where the last jump began, one forward returns. In:
 * where the screens stood before an action. Out: places by identity, nothing by row.
 */
#ifndef UI_EXPLORER_JUMPS_H
#define UI_EXPLORER_JUMPS_H

#include "base/array.h"
#include "ui/explorer/action.h"

/* All screens of the stack, each with its place; the direction and outcome shown. */
struct jump;

struct jumps {
    struct array visited; /* struct jump *, oldest first; begin with {0} */
    size_t at;            /* where in it a person stands; the count: behind the last */
};

/* Whether an action may lead elsewhere, so that a person wants to return. */
bool jumps_is_jump(enum action_id id);

/* Keeps `here`, which is handed over, unless `now` is the same place. What had been left by
 * going back is forgotten. */
void jumps_leave(struct jumps *jumps, struct jump *here, const struct jump *now);

/* Whether there is a place one step (1 or -1) from here; that place, or NULL. Going back from
 * behind the last keeps `here`, which is handed over. The place stays the list's. */
bool jumps_can_go(const struct jumps *jumps, int step);
const struct jump *jumps_go(struct jumps *jumps, struct jump *here, int step);

void jump_destroy(struct jump *jump);
void jumps_end(struct jumps *jumps);

#endif
