/*
 * The taxa of a study as text, for pipes. In: a study. Out: the first screen with every row.
 */
#ifndef UI_COMMAND_TAXA_H
#define UI_COMMAND_TAXA_H

#include "study/study.h"
#include "ui/command/options.h"

MUST_USE bool print_taxa(const struct options *options, const struct study *study,
                         struct error *error);

/* Whether characters outside ASCII must not be used: asked for, or not to be written here. */
bool wants_ascii(const struct options *options);

#endif
