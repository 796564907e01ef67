/*
 * One file of parts: bytes with what they are in front and a checksum behind.
 * Private to this room.
 */
#ifndef STUDY_PARTS_FILE_H
#define STUDY_PARTS_FILE_H

#include "base/error.h"
#include "base/pack.h"

/* What a part holds, said behind its head. */
enum parts_kind { PARTS_PAIRS, PARTS_NETWORKS, PARTS_KINDS };

/* Writes and empties `bytes`. */
MUST_USE bool parts_file_write(const char *path, struct text *bytes, struct error *error);

/* All that was written; NULL where there is no such file, or it is broken or of another
 * version. The caller frees *bytes with memory_free. */
MUST_USE bool parts_file_read(const char *path, char **bytes, struct unpack *from);

/* "FOLDER/NAME"; "FOLDER/part-00012"; "FOLDER/shard". The caller frees it. */
char *parts_file_join(const char *folder, const char *name);
char *parts_file_path(const char *folder, size_t part);
char *parts_file_end_path(const char *folder);

/* Removes from a slice's folder what is known, or of that only what a killed run left half
 * written. */
void parts_file_sweep(const char *folder, bool takes_all);

#endif
