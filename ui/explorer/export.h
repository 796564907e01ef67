/*
 * Writing what is under the eyes to files: the table as it is shown, the chart as text, the
 * tables of one pair or of the study.
 * In: an order "[over] KIND FILE". Out: a menu or a question where something is missing, else a
 * file and a message that says what it holds. An existing file is written over only when that
 * was said.
 */
#ifndef UI_EXPLORER_EXPORT_H
#define UI_EXPLORER_EXPORT_H

#include "ui/explorer/loop.h"

struct effect export_act(struct loop *loop, const struct order *order);

/* What can be written, by number from 0: "table", "chart" ...; NULL behind the last. */
const char *export_kind_key(size_t kind);

/* Whether the order asks for something before it writes. */
bool export_asks(const char *argument);

/* Whether a file is said to be written over: takes the word off *file. */
bool export_takes_over(const char **file);
/* Whether something stands at a path that writing would destroy. */
bool export_is_there(const char *path);
/* Asks whether to write over a file, or says how to; `what` stands before its name in the
 * argument of the order's action, as "table ". */
struct effect export_ask_over(const struct loop *loop, const struct order *order,
                              const char *what, const char *file);

#endif
