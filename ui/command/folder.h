/*
 * A folder that a command fills with files, alone, and what becomes of it when it cannot.
 * In: a path, texts. Out: files that are there whole or not at all; on failure what was written
 * is taken back. What a killed run left half written is removed at the start.
 */
#ifndef UI_COMMAND_FOLDER_H
#define UI_COMMAND_FOLDER_H

#include "base/array.h"
#include "base/error.h"
#include "base/text.h"
#include "base/write.h"

/* Start with {0} but the path. */
struct folder {
    const char *path;
    bool is_new;
    int lock;             /* the open folder: no other run is in it */
    struct array written; /* struct manifest_output (report/manifest.h) */
};

/* Makes the folder, takes it for this process alone and sweeps it. */
MUST_USE bool folder_open(struct folder *folder, const char *path, struct error *error);

/* A file of that name; the text is emptied. */
MUST_USE bool folder_write(struct folder *folder, const char *name, struct text *text,
                           struct error *error);

/* The same from a source of pieces, which never is in memory whole. */
MUST_USE bool folder_write_stream(struct folder *folder, const char *name, write_source *source,
                                  void *context, struct error *error);

/* The path of a name in it; the caller frees it. */
char *folder_path(const struct folder *folder, const char *name);

/* Without is_kept the files written are removed, and the folder when it is new and empty. */
void folder_close(struct folder *folder, bool is_kept);

#endif
