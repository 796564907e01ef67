/*
 * Files that are there whole or not at all.
 * In: bytes and a path. Out: a file, written beside the path first, flushed to disk, then
 * renamed; on failure nothing is left. A link stays, and the file it leads to is written. What
 * is there and no file (a pipe, a device), or open already (/dev/stdout), is written into as it
 * is.
 */
#ifndef BASE_WRITE_H
#define BASE_WRITE_H

#include "base/error.h"
#include "base/text.h"
#include <signal.h>
#include <stddef.h>

/* What stands between a name and six letters or digits until the file is whole. */
#define WRITE_TEMPORARY ".taxamr-"

/* All of the bytes to a file that is open; errno says why not. */
MUST_USE bool write_all(int file, const void *bytes, size_t length);

/* A file of these bytes. */
MUST_USE bool write_whole(const char *path, const void *bytes, size_t length,
                          struct error *error);

/* A file of several pieces, one behind the other. */
struct write_piece {
    const void *bytes;
    size_t length;
};
/* Gives the next piece, which lives until the next call; false behind the last. Its bytes are
 * NULL where it cannot, and errno says why. It allocates nothing. */
typedef bool write_source(void *context, struct write_piece *piece);
/* Bytes behind those of a file, which is made where there is none; what is there is not whole
 * until the caller says so. */
MUST_USE bool write_more(const char *path, const void *bytes, size_t length,
                         struct error *error);
MUST_USE bool write_stream(const char *path, write_source *source, void *context,
                           struct error *error);
/* The same up to the renaming, which is the caller's: the name beside the path, freed by the
 * caller; NULL on failure. So that no signal leaves the file behind, the caller holds them. */
MUST_USE char *write_beside(const char *path, write_source *source, void *context,
                            struct error *error);
/* Adds where a path leads through links, whether or not a file is there: what can be renamed
 * to. A link to a folder, a pipe or a device is not followed. */
MUST_USE bool write_follow(const char *path, struct text *place, struct error *error);
/* Signals that end the program wait until they are released with the set before; those of a
 * fault do not, blocked they would end it without their handler. */
void write_hold_signals(sigset_t *before);
void write_release_signals(const sigset_t *before);
MUST_USE bool write_pieces(const char *path, const struct write_piece *pieces, size_t count,
                           struct error *error);
/* The same without waiting for the disk: for what bears a checksum and can be made again. */
MUST_USE bool write_unflushed(const char *path, const struct write_piece *pieces, size_t count,
                              struct error *error);

#endif
