/*
 * Folders that must be there before a file is written.
 * In: the path of a file. Out: its folders, made for their owner alone.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/error.h"

/* Makes the folders that a path stands in. */
MUST_USE bool paths_make(const char *path, struct error *error);

#endif
