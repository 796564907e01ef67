/*
 * The options of a command line that change what comes out, for a study's manifest.
 * In: options as they were given. Out: items of study/asked.h, with which the run can be
 * repeated from any folder.
 */
#ifndef UI_COMMAND_ASKING_H
#define UI_COMMAND_ASKING_H

#include "study/study.h"
#include "ui/command/options.h"

/* Notes the study's file, NULL where there is none, and the options. */
void asking_note(const struct options *options, const char *file, struct study *study);

#endif
