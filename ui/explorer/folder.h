/*
 * What a folder holds: folders first, then files that look like text, by name.
 * In: a path. Out: entries with sizes, or an error.
 */
#ifndef UI_EXPLORER_FOLDER_H
#define UI_EXPLORER_FOLDER_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include <stdbool.h>

struct folder_entry {
    const char *name; /* as on the disk */
    bool is_folder;
    bool is_gzip;
    double size; /* bytes */
};

/* Adds entries (struct folder_entry, names in `arena`); hidden ones, files that cannot be read
 * and files that are neither text nor gzip are left out, *left_out of them. */
MUST_USE bool folder_read(const char *path, struct arena *arena, struct array *entries,
                          size_t *left_out, struct error *error);

/* The folder above, and a path inside; the caller frees them. */
char *folder_above(const char *path);
char *folder_inside(const char *path, const char *name);

#endif
