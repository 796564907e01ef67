/*
 * All tables of results as files of one folder, with the manifest and the script for R.
 * In: results. Out: files; what people are told of them.
 */
#ifndef UI_COMMAND_RUN_TABLES_H
#define UI_COMMAND_RUN_TABLES_H

#include "report/manifest.h"
#include "ui/command/folder.h"
#include "ui/command/options.h"

/* What is written: every table, or `only`; of a shard ("2/5", else NULL) those that need no
 * other shard. The manifest and the script stand beside all tables, not beside `only`. */
struct run_tables {
    const struct options *options;
    const struct table_kind *only;
    const char *shard;
    const struct results *results;
};
MUST_USE bool run_tables_write(const struct run_tables *tables, struct folder *folder,
                               struct error *error);

/* The folder, the numbers of tables and pairs, and `more` lines. */
MUST_USE bool run_tables_say(const struct options *options, const struct results *results,
                             const struct folder *folder, const char *more,
                             struct error *error);

/* The name of the folder of parts (study/parts.h) in that of a run. */
#define PARTS_FOLDER "parts"

#endif
