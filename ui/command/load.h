/*
 * From operands to results: what most commands start with.
 * In: options. Out: a loaded study, its warnings on standard error, and what the methods say.
 */
#ifndef UI_COMMAND_LOAD_H
#define UI_COMMAND_LOAD_H

#include "study/results.h"
#include "ui/command/options.h"

/* The path of something that is installed with the program; the caller frees it. */
char *load_installed_path(const char *name);

/* How tables are to be read; borrows from options. */
struct gwas_options load_reading(const struct options *options);

/* Where tables of whole GWAS are kept (study/raw_cache.h); NULL without a home. The caller
 * frees it. */
char *load_cache_folder(void);

/* The study of a path or of the name of one that is installed; NULL: gut-insomnia. Warnings go
 * to standard error. The caller ends it with study_destroy. */
MUST_USE bool load_study(const struct options *options, const char *name, struct study **study,
                         struct error *error);
/* How many slices it has (study/slices.h), and one of them, from 0, with what its pairs rest on
 * alone. */
MUST_USE bool load_slices(const struct options *options, const char *name, size_t *count,
                          struct error *error);
MUST_USE bool load_study_slice(const struct options *options, const char *name, size_t slice,
                               size_t slices, struct study **study, struct error *error);
/* The study that a harmonised table is. */
MUST_USE bool load_pairs(const struct options *options, const char *path, struct study **study,
                         struct error *error);
/* Marks the variants of pairs that lie in pleiotropic regions; the study is ended where the
 * table of these cannot be read. Only between loading and the first results. */
MUST_USE bool load_regions(struct study *study, struct error *error);
/* The study file of such a name as an absolute path without links; NULL where there is none.
 * The caller frees it. */
char *load_study_path(const char *name);
/* Whether a name is that of a study: a folder, a study file, or an installed one. */
bool load_is_study(const char *name);

/* The warnings of a study, unless --quiet. */
void load_warn(const struct options *options, const struct study *study);

/* Methods and settings as asked for; the seed is the study's own unless given. */
struct results_options load_asked(const struct options *options, const struct study *study);

/* The same with what a kind of table needs; NULL: any. */
struct results_options load_asked_tables(const struct options *options,
                                         const struct study *study,
                                         const struct table_kind *kind);

/* Every pair, with what a kind of table (NULL: any) needs, computed on as many threads as asked
 * for. The caller ends it with results_destroy. */
struct results *load_results(const struct options *options, const struct study *study,
                             const struct table_kind *kind);

/* The same with the main estimate and the diagnostics alone, which every analysis has: for what
 * shows no other method. */
struct results *load_main_results(const struct options *options, const struct study *study);

/* Fails where --set mv_orientation names an exposure beyond those that a design has. */
MUST_USE bool load_check_orientation(const struct options *options, size_t exposures,
                                     struct error *error);

#endif
