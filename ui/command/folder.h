/*
 * A folder that a command fills with files, alone, and what becomes of it when it cannot.
 * In: a path, texts. Out: all files, or none: until they are kept they wait beside those of an
 * earlier run, which a failure leaves as they were. What a killed run left half written is
 * removed at the start.
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
    bool is_new, is_kept, is_holding;
    sigset_t before;      /* the signals of the time before it was held */
    int lock;             /* the open folder: no other run is in it */
    struct array written; /* struct manifest_output (report/manifest.h) */
    struct array waiting; /* of each its name until it is kept: char *, */
    struct array places;  /* and then: char * */
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

/* Puts all that was written in the place of what an earlier run left under these names, and
 * takes its manifest away where there is no new one; on failure all is as it was. */
MUST_USE bool folder_keep(struct folder *folder, struct error *error);

/* Whether there is a file of that name which this run did not write. */
bool folder_has_other(const struct folder *folder, const char *name);

/* What was not kept is removed, and the folder when it is new and empty. */
void folder_close(struct folder *folder);

#endif
