/*
 * The results of a study, slice by slice, as files of one folder: all tables, the manifest, the
 * script for R. In: results of one slice after the other. Out: files; what people are told.
 */
#ifndef UI_COMMAND_RUN_TABLES_H
#define UI_COMMAND_RUN_TABLES_H

#include "report/manifest.h"
#include "ui/command/folder.h"
#include "ui/command/options.h"
#include "ui/command/tested.h"

/* What is written: every table, or `only`; of a shard ("2/5", else NULL) those that need no
 * other shard. The manifest and the script stand beside all tables, not beside `only`. */
struct run_tables {
    const struct options *options;
    const struct table_kind *only;
    const char *shard;
    size_t slices; /* of the study (study/slices.h) */

    size_t slice; /* that comes next; what is below is gathered from those before */
    struct folder folder;
    struct arena *arena;
    const char *title;
    bool is_simulated, has_mediators;
    struct array inputs; /* struct study_file */
    struct array wishes; /* struct study_asked (study/asked.h) */
    struct results_options asked;
    size_t pairs;
    struct tested tested;
    void **gathered; /* of each kind of tables_all with a gatherer, of all slices */
};

/* Opens the folder; on failure, too, the caller ends it. */
MUST_USE bool run_tables_begin(struct run_tables *tables, struct error *error);

/* The next slice. */
MUST_USE bool run_tables_take(struct run_tables *tables, const struct results *results,
                              struct error *error);

/* Whatever waits for the last slice; then all files take their places. */
MUST_USE bool run_tables_finish(struct run_tables *tables, struct error *error);

/* The folder, the numbers of tables and pairs, `more` lines, and unless it is a shard what the
 * tests showed. */
MUST_USE bool run_tables_say(const struct run_tables *tables, const char *more,
                             struct error *error);

/* What did not come to a finish is removed; what an earlier run left stays. */
void run_tables_end(struct run_tables *tables);

/* The kinds of table that are written; the caller frees the list. */
const struct table_kind **run_tables_kinds(const struct run_tables *tables, size_t *count);

/* What was gathered of all slices for a kind of table; NULL where nothing is. */
void *run_tables_gathered(const struct run_tables *tables, const struct table_kind *kind);

/* The name of the folder of parts (study/parts.h) in that of a run. */
#define PARTS_FOLDER "parts"

#endif
