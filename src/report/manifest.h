/*
 * What a folder of tables came from: the program, seed, settings and methods, and checksums of
 * every file read and written. In: results and files. Out: a table of items, the same for the
 * same run on any day and machine.
 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include "base/array.h"
#include "report/table.h"

/* A file that was written, by its name in its folder. */
struct manifest_output {
    char *name;
    size_t bytes;
    uint32_t crc32;
};

/* Gives every file of the study its checksum, each once; reads them whole. */
MUST_USE bool manifest_sum_inputs(struct study *study, struct error *error);

/* Appends the manifest as TSV. `outputs` holds struct manifest_output; `shard` is "2/5", or
 * NULL. */
void manifest_print(const struct results *results, const struct array *outputs,
                    const char *shard, struct text *text);

#endif
