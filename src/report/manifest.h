/*
 * What a folder of tables came from: the program, seed, settings and methods, and checksums of
 * every file read and written. In: results and files. Out: a list of items, the same for the
 * same run of the same files at the same paths.
 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include "base/array.h"
#include "report/table.h"

/* The name of its file. */
#define MANIFEST_NAME "manifest.json"

/* A file that was written, by its name in its folder. */
struct manifest_output {
    char *name;
    struct checksum sum;
};

struct manifest {
    const struct results_options *options;
    const char *title;           /* of the study */
    const struct array *inputs;  /* struct study_file, with their sums */
    const struct array *outputs; /* struct manifest_output */
    const struct array *asked;   /* struct study_asked */
    enum table_format format;    /* of the tables */
    const char *shard;           /* "2/5", or NULL */
};

/* Gives every file of the study its checksum: that of `known` (struct study_file) where it is
 * there, and else what checksum_in_passing gives. */
MUST_USE bool manifest_sum_inputs(struct study *study, const struct array *known,
                                  struct error *error);
/* The file of a path, or NULL. */
const struct study_file *manifest_find(const struct array *files, const char *path);

/* Appends the manifest as JSON: a list of items. */
void manifest_print(const struct manifest *manifest, struct text *text);

#endif
