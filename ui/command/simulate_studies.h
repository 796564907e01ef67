/*
 * The studies of a stated model, for `simulate`.
 * In: options whose operands are NAME=VALUE. Out: their tables on standard output or in a
 * folder, or how methods do on them.
 */
#ifndef UI_COMMAND_SIMULATE_STUDIES_H
#define UI_COMMAND_SIMULATE_STUDIES_H

#include "ui/command/options.h"

/* Whether the operands are choices of a model, or there are none. */
bool simulate_is_studies(const struct options *options);

MUST_USE bool simulate_studies(const struct options *options, struct error *error);

/* The names of choices with what each is, for --help. */
void simulate_describe(struct text *text);

#endif
