/*
 * One pair out of a study, by --exposure, --outcome and --direction.
 * In: keys or names, without regard to case. Out: the pair, or what there is to choose from.
 */
#ifndef UI_COMMAND_CHOOSE_H
#define UI_COMMAND_CHOOSE_H

#include "study/study.h"
#include "ui/command/options.h"

/* The pair that was asked for, borrowed from the study; NULL with an error when there is none
 * or there are several. */
const struct pair *choose_pair(const struct options *options, const struct study *study,
                               struct error *error);

#endif
