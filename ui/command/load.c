#include "ui/command/load.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "study/slices.h"
#include "study/through.h"
#include "ui/command/output.h"
#include "ui/command/progress.h"
#include "ui/folders.h"
#include <stdlib.h>
#include <string.h>

#ifndef DATADIR
#define DATADIR "/usr/local/share/taxamr"
#endif
/* Where the studies are before the program is installed. */
#ifndef SOURCE_DATADIR
#define SOURCE_DATADIR "data"
#endif

#define DEFAULT_STUDY "gut-insomnia"

struct gwas_options load_reading(const struct options *options)
{
    return (struct gwas_options){.overrides = (const char *const *)options->columns.items,
                                 .override_count = options->columns.count,
                                 .skip_bad_rows = options->skip_bad_rows,
                                 .threads = options->threads};
}

static const char *data_folder(void)
{
    const char *folder = getenv("TAXAMR_DATADIR");
    if (folder != NULL) {
        return folder;
    }
    return paths_is_folder(DATADIR) || !paths_is_folder(SOURCE_DATADIR) ? DATADIR
                                                                        : SOURCE_DATADIR;
}

char *load_installed_path(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", data_folder(), name);
    return text_take(&path);
}

/* The caller frees the path. What is in the way of a person comes before what is installed. */
static char *study_path(const char *name)
{
    if (name == NULL) {
        return load_installed_path(DEFAULT_STUDY);
    }
    char *installed = load_installed_path(name);
    if (strchr(name, '/') != NULL || paths_exist(name) || !paths_exist(installed)) {
        memory_free(installed);
        return memory_copy_text(name);
    }
    return installed;
}

char *load_study_path(const char *name)
{
    char *path = study_path(name);
    struct text file = {0};
    text_addf(&file, "%s%s", path, paths_is_folder(path) ? "/study.conf" : "");
    char *real = realpath(file.bytes, NULL), *copy = memory_copy_text(real);
    free(real);
    memory_free(path);
    text_drop(&file);
    return copy;
}

bool load_is_study(const char *name)
{
    char *path = study_path(name);
    const char *end = strrchr(path, '.');
    bool is_study = paths_is_folder(path) || (end != NULL && strcmp(end, ".conf") == 0);
    memory_free(path);
    return is_study;
}

void load_warn(const struct options *options, const struct study *study)
{
    for (size_t i = 0; i < study->warnings.count; i++) {
        if (!options_has(options, OPTION_QUIET)) {
            output_complain(*(char **)array_at(&study->warnings, i));
        }
    }
}

/* Those of --ld, and whether the errors' can be as they are asked for; the study is ended where
 * they are refused. */
static bool load_correlations(const struct options *options, struct study *study,
                              struct error *error)
{
    double between = options->settings.parameters[PARAMETER_MV_CORRELATION];
    if ((options->ld == NULL || study_take_ld(study, options->ld, error)) &&
        (study->through != NULL
             ? through_check_correlations(study, between, error)
             : options->error_correlation == NULL || /* which nothing has read of pairs */
                   study_take_correlations(study, options->error_correlation, error))) {
        return true;
    }
    study_destroy(study);
    return false;
}

char *load_cache_folder(void)
{
    return folders_path(FOLDER_CACHE, "tables");
}

/* NULL where there shall be none. The caller frees it. */
static char *open_cache(const struct options *options)
{
    return options_has(options, OPTION_NO_CACHE) ? NULL : load_cache_folder();
}

/* What the command line asks for, over what the study file does. */
static struct choose_settings choosing_of(const struct options *options)
{
    struct choose_settings choosing = choose_nothing();
    const struct {
        enum option_id option;
        double value, *place;
    } numbers[] = {{OPTION_P1, options->p1, &choosing.clump_p},
                   {OPTION_R2, options->r2, &choosing.clump_r2},
                   {OPTION_KB, options->kb, &choosing.clump_kb},
                   {OPTION_PROXIES, options->proxies, &choosing.proxies},
                   {OPTION_MIN_MAF, options->min_maf, &choosing.min_maf},
                   {OPTION_MIN_INFO, options->min_info, &choosing.min_info},
                   {OPTION_MIN_F, options->min_f, &choosing.min_f}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (options_has(options, numbers[i].option)) {
            *numbers[i].place = numbers[i].value;
        }
    }
    choosing.reference = options->bfile;
    choosing.exclude_regions = options->exclude_regions;
    return choosing;
}

/* `loading` says how much of it. */
static bool read_study(const struct options *options, const char *path,
                       struct study_loading loading, struct study **study, struct error *error)
{
    char *cache = open_cache(options);
    char *regions = load_installed_path("regions.tsv");
    struct choose_settings choosing = choosing_of(options);
    struct progress progress = progress_begin(options);
    loading.reading = load_reading(options);
    loading.pool = job_pool_create(options->threads);
    loading.cache = cache;
    loading.progress = progress_show;
    loading.context = &progress;
    loading.choosing = &choosing;
    loading.regions = paths_exist(regions) ? regions : NULL;
    loading.error_correlation = options->error_correlation;
    bool is_loaded = study_load_with(path, &loading, study, error);
    progress_end(&progress);
    job_pool_destroy(loading.pool);
    memory_free(regions);
    memory_free(cache);
    return is_loaded;
}

/* Correlations of a file are checked against all pairs at once. */
bool load_slices(const struct options *options, const char *name, size_t *count,
                 struct error *error)
{
    char *path = study_path(name);
    bool is_read = slices_count(path, count, error);
    *count = options->ld != NULL ? 1 : *count;
    memory_free(path);
    return is_read;
}

static bool load_as(const struct options *options, const char *name,
                    struct study_loading loading, struct study **study, struct error *error)
{
    char *path = study_path(name);
    bool is_loaded = read_study(options, path, loading, study, error) &&
                     load_correlations(options, *study, error);
    memory_free(path);
    if (is_loaded) {
        load_warn(options, *study);
    }
    return is_loaded;
}

bool load_study(const struct options *options, const char *name, struct study **study,
                struct error *error)
{
    return load_as(options, name, (struct study_loading){0}, study, error);
}

bool load_study_slice(const struct options *options, const char *name, size_t slice,
                      size_t slices, struct study **study, struct error *error)
{
    struct study_loading loading = {
        .slice = slice, .slice_count = slices, .is_for_pairs = true};
    return load_as(options, name, loading, study, error);
}

bool load_regions(struct study *study, struct error *error)
{
    char *path = load_installed_path("regions.tsv");
    bool is_read = !paths_exist(path) || study_take_regions(study, path, error);
    memory_free(path);
    if (!is_read) {
        study_destroy(study);
    }
    return is_read;
}

bool load_pairs(const struct options *options, const char *path, struct study **study,
                struct error *error)
{
    struct gwas_options reading = load_reading(options);
    if (!study_load_harmonised(path, &reading, study, error) || !load_regions(*study, error) ||
        !load_correlations(options, *study, error)) {
        return false;
    }
    load_warn(options, *study);
    return true;
}

/* Leave-one-out costs as many runs as there are variants: only where its table is asked for, of
 * methods named. That of IVW alone is there anyway. */
static void ask_left_out(const struct options *options, struct results_options *asked)
{
    const struct method *const *named =
        (const struct method *const *)options->named_methods.items;
    size_t count = options->named_methods.count;
    bool is_main = count == 1 && named[0] == methods_find("ivw");
    if (options->table == tables_find("leaveoneout") && !is_main) {
        asked->left_out = named;
        asked->left_out_count = count;
    }
}

struct results_options load_asked(const struct options *options, const struct study *study)
{
    struct results_options asked = {.methods =
                                        (const struct method *const *)options->methods.items,
                                    .method_count = options->methods.count,
                                    .settings = options->settings};
    if (!options_has(options, OPTION_SEED)) {
        asked.settings.seed = study->seed;
    }
    ask_left_out(options, &asked);
    return asked;
}

static struct results *compute(const struct options *options, const struct study *study,
                               const struct results_options *asked)
{
    struct job_pool *pool = job_pool_create(options->threads);
    struct results *results = results_finish(results_start(study, asked, pool));
    job_pool_destroy(pool);
    return results;
}

struct results_options load_asked_tables(const struct options *options,
                                         const struct study *study,
                                         const struct table_kind *kind)
{
    struct results_options asked = load_asked(options, study);
    asked.settings.wants_presso = kind == NULL || kind == tables_find("presso");
    asked.wants_mediations = kind == NULL || kind->needs_mediators;
    return asked;
}

struct results *load_results(const struct options *options, const struct study *study,
                             const struct table_kind *kind)
{
    struct results_options asked = load_asked_tables(options, study, kind);
    return compute(options, study, &asked);
}

struct results *load_main_results(const struct options *options, const struct study *study)
{
    struct results_options asked = load_asked(options, study);
    asked.method_count = 0;
    return compute(options, study, &asked);
}

bool load_check_orientation(const struct options *options, size_t exposures,
                            struct error *error)
{
    double asked = options->settings.parameters[PARAMETER_MV_ORIENTATION];

    return asked <= (double)exposures ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found mv_orientation=%g with %zu exposures; write a number from 1 to "
                       "%zu"),
                     asked, exposures, exposures);
}
