#include "base/i18n.h"
#include "base/job.h"
#include "base/memory.h"
#include "base/write.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/tested.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static bool run(const struct options *options, struct error *error);

const struct command command_run = {
    .name = "run",
    .operands = "[STUDY] -o DIR",
    .shows = N_("every pair of a study, every table as a file DIR/TABLE.tsv"),
    .least = 0,
    .most = 1,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_OUTPUT) | OPTION_SET(OPTION_LD),
    .run = run,
};

/* Where the tables go, and what is to be taken back if one of them cannot be written. */
struct folder {
    const char *path;
    bool is_new;
    struct array written; /* char *, paths of files */
};

static bool folder_open(struct folder *folder, struct error *error)
{
    struct stat status;
    folder->is_new = mkdir(folder->path, 0777) == 0;
    if (folder->is_new) {
        return true;
    }
    if (errno != EEXIST) {
        return error_set_errno(error, folder->path, _("cannot make the folder"));
    }
    if (stat(folder->path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return true;
    }
    return error_set(error, ERROR_SYSTEM, folder->path, 0, NULL,
                     _("found a file where a folder should be; give another name behind -o"));
}

static void folder_close(struct folder *folder, bool is_kept)
{
    for (size_t i = 0; i < folder->written.count; i++) {
        char *path = *(char **)array_at(&folder->written, i);
        if (!is_kept) {
            unlink(path);
        }
        memory_free(path);
    }
    array_destroy(&folder->written);
    if (!is_kept && folder->is_new) {
        rmdir(folder->path);
    }
}

/* Tables on their way to files; each is printed into a text of its own. */
struct printing {
    const struct table_kind *const *kinds;
    const struct results *results;
    enum table_format format;
    struct text *texts;
};

static void print_one(void *context, size_t index, size_t worker)
{
    struct printing *printing = context;
    (void)worker;
    table_print(printing->kinds[index], printing->results, printing->format,
                &printing->texts[index]);
}

static bool write_table(struct folder *folder, const struct table_kind *kind,
                        enum table_format format, const struct text *text, struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/%s.%s", folder->path, kind->key, table_format_key(format));
    bool is_written = write_whole(path.bytes, text->bytes, text->length, error);
    if (is_written) {
        *(char **)array_add(&folder->written) = text_take(&path);
    }
    text_drop(&path);
    return is_written;
}

/* Whether a table has a file of its own. */
static bool is_written(const struct options *options, const struct study *study,
                       const struct table_kind *kind)
{
    return options->table != NULL || !kind->needs_mediators || study->through != NULL;
}

/* Printed side by side, written one after the other, so that errors come in their order. */
static bool write_tables(const struct options *options, const struct results *results,
                         struct folder *folder, struct error *error)
{
    size_t count;
    struct printing printing = {
        .kinds = tables_all(&count), .results = results, .format = options->format};
    if (options->table != NULL) {
        printing.kinds = &options->table;
        count = 1;
    }
    printing.texts = memory_get(count, sizeof *printing.texts);
    struct job_pool *pool = job_pool_create(options->threads);
    job_run(pool, count, print_one, &printing);
    job_pool_destroy(pool);
    bool is_good = true;
    for (size_t i = 0; i < count; i++) {
        is_good = is_good && (!is_written(options, results->study, printing.kinds[i]) ||
                              write_table(folder, printing.kinds[i], options->format,
                                          &printing.texts[i], error));
        text_drop(&printing.texts[i]);
    }
    memory_free(printing.texts);
    return is_good;
}

static bool say(const struct options *options, const struct results *results,
                const struct folder *folder, struct error *error)
{
    const struct study *study = results->study;
    struct text text = {0};
    if (options_has(options, OPTION_QUIET)) {
        return true;
    }
    char *clean = text_clean(folder->path);
    text_addf(&text, _("%s: tables: %zu, pairs: %zu%s\n"), clean, folder->written.count,
              study->pair_count, study->is_simulated ? _(", simulated outcome") : "");
    memory_free(clean);
    tested_say(results, &text);
    return output_print(&text, error);
}

static bool run(const struct options *options, struct error *error)
{
    struct study *study;
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o DIR; say where the tables go"));
    }
    const char *name = options->operand_count > 0 ? options->operands[0] : NULL;
    if (!load_study(options, name, &study, error)) {
        return false;
    }
    struct results *results = load_results(options, study, options->table);
    struct folder folder = {.path = options->output, .written = ARRAY_OF(char *)};
    bool is_done = folder_open(&folder, error);
    bool is_written = is_done && write_tables(options, results, &folder, error);
    is_done = is_written && say(options, results, &folder, error);
    folder_close(&folder, is_written);
    results_destroy(results);
    study_destroy(study);
    return is_done;
}
