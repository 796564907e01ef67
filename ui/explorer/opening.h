/*
 * Opening another study from inside, over the present one.
 * In: an order with a folder or file; a study that was loaded. Out: views; the loop on the new
 * study, the earlier one kept as it was until the person comes back.
 */
#ifndef UI_EXPLORER_OPENING_H
#define UI_EXPLORER_OPENING_H

#include "ui/explorer/loop.h"
#include "ui/explorer/reading.h"

/* Whether what stands at a path is no file, whose reading would wait for ever; *refusal says
 * so. Where nothing stands, reading it says that. */
bool opening_is_no_file(const char *path, struct effect *refusal);

struct effect opening_act(struct loop *loop, const struct order *order);

/* Begins to read, in the background; small files are there at once. The reading becomes the
 * loop's. Only one goes on at a time. */
void opening_read(struct loop *loop, struct reading *reading);
/* Goes on with the study of what was read, once it is; says why there is none. */
void opening_poll(struct loop *loop);

/* Goes on with the study, which becomes the loop's. */
void opening_enter(struct loop *loop, struct study *study);
/* Back to the study before; there must be one. */
void opening_leave(struct loop *loop);

#endif
