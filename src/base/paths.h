/*
 * What stands at a path, the folders that must be there before a file is written, and what a
 * path is called from the root.
 * In: a path. Out: whether anything is there; a file's folders, made; a path.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/error.h"

/* Whether there is anything at a path; whether it is a folder. */
bool paths_exist(const char *path);
bool paths_is_folder(const char *path);

/* Folders that are new are their owner's alone, or as the umask says. */
enum paths_for { PATHS_FOR_OWNER, PATHS_FOR_ALL };

/* Makes the folders that a path stands in. */
MUST_USE bool paths_make(const char *path, enum paths_for whom, struct error *error);

/* The path from the root, of something that need not be there; "-" stays, and so does it where
 * the working folder is not known. The caller frees it. */
char *paths_absolute(const char *path);

#endif
