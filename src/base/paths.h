/*
 * What stands at a path, and the folders that must be there before a file is written.
 * In: a path. Out: whether anything is there; a file's folders, made for their owner alone.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/error.h"

/* Whether there is anything at a path; whether it is a folder. */
bool paths_exist(const char *path);
bool paths_is_folder(const char *path);

/* Makes the folders that a path stands in. */
MUST_USE bool paths_make(const char *path, struct error *error);

#endif
