/*
 * Opening another study from inside, over the present one.
 * In: an order with a folder or file; a study that was loaded. Out: views; the loop on the new
 * study, the earlier one kept as it was until the person comes back.
 */
#ifndef UI_EXPLORER_OPENING_H
#define UI_EXPLORER_OPENING_H

#include "ui/explorer/loop.h"

struct effect opening_act(struct loop *loop, const struct order *order);

/* Goes on with the study, which becomes the loop's. */
void opening_enter(struct loop *loop, struct study *study);
/* Back to the study before; there must be one. */
void opening_leave(struct loop *loop);

#endif
