/*
 * Where a person's own files are: the XDG base folders.
 * In: a kind of folder and a name. Out: a path under it, small files as text. What is damaged,
 * too large or no plain file is as if it were not there.
 */
#ifndef UI_FOLDERS_H
#define UI_FOLDERS_H

#include "base/error.h"
#include <stddef.h>

enum folder { FOLDER_CONFIG, FOLDER_STATE, FOLDER_DATA, FOLDER_CACHE };

/* "$XDG_STATE_HOME/taxamr/NAME", or below ~ where the variable is not an absolute path. NULL
 * without a home. The caller frees it. */
char *folders_path(enum folder folder, const char *name);

/* A file of text of at most `most` bytes, or NULL. The caller frees it. */
char *folders_read(const char *path, size_t most);

/* 16 digits that stand for a text, the same in every session: names of files. FNV-1a, 64 bits
 * (Fowler, Noll and Vo). The caller frees it. */
char *folders_digest(const char *text);

#endif
