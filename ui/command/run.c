#include "base/i18n.h"
#include "base/job.h"
#include "base/memory.h"
#include "study/parts.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/run_tables.h"
#include "ui/command/tested.h"

static bool run(const struct options *options, struct error *error);

const struct command command_run = {
    .name = "run",
    .operands = "[STUDY] -o DIR",
    .shows = N_("every pair of a study, every table as a file DIR/TABLE.tsv"),
    .least = 0,
    .most = 1,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_OUTPUT) | OPTION_SET(OPTION_LD) |
               OPTION_SET(OPTION_SHARD),
    .run = run,
};

/* All that a run has in hand. */
struct running {
    const struct options *options;
    struct study *study; /* whole */
    struct results_options asked;
    struct parts *parts;
    struct results *results; /* of the shard */
    struct folder folder;
};

static bool is_shard(const struct options *options)
{
    return options_has(options, OPTION_SHARD);
}

static void note_file(struct study *study, const char *path, const char *end)
{
    if (path != NULL) {
        struct study_file *file = array_add(&study->files);
        file->path = arena_format(study->arena, "%s%s", path, end);
    }
}

/* What a study reads besides its tables. */
static void note_files(const struct options *options, const char *name, struct study *study)
{
    char *file = load_study_path(name), *regions = load_installed_path("regions.tsv");
    note_file(study, file, "");
    note_file(study, study->regions.count > 0 ? regions : NULL, "");
    note_file(study, options->ld, "");
    note_file(study, options->bfile, ".bed");
    note_file(study, options->bfile, ".bim");
    note_file(study, options->bfile, ".fam");
    memory_free(file);
    memory_free(regions);
}

static bool compute(struct running *running, struct error *error)
{
    struct job_pool *pool = job_pool_create(running->options->threads);
    bool is_done = parts_run(running->parts, pool, &running->results, error);
    job_pool_destroy(pool);
    return is_done;
}

static bool write_tables(struct running *running, struct error *error)
{
    const struct options *options = running->options;
    struct text shard = {0};
    text_addf(&shard, "%zu/%zu", options->shard.shard, options->shard.count);
    struct run_tables tables = {.options = options,
                                .only = options->table,
                                .shard = is_shard(options) ? shard.bytes : NULL,
                                .results = running->results};
    bool is_written = run_tables_write(&tables, &running->folder, error);
    text_drop(&shard);
    return is_written;
}

/* What of a run that was stopped served again. */
static void add_taken_over(const struct running *running, struct text *text)
{
    struct parts_count count = parts_count_of(running->parts);
    if (count.taken_over > 0) {
        text_addf(text, _("parts: %zu, taken over from a run that was stopped: %zu\n"),
                  count.parts, count.taken_over);
    }
    if (count.outdated > 0) {
        text_addf(text, _("parts of other data or settings, computed anew: %zu\n"),
                  count.outdated);
    }
}

static bool say(const struct running *running, struct error *error)
{
    struct text text = {0};
    const struct parts_shard *shard = &running->options->shard;
    add_taken_over(running, &text);
    if (is_shard(running->options)) {
        text_addf(&text,
                  _("shard %zu of %zu; when all are there: taxamr merge DIR... -o DIR\n"),
                  shard->shard, shard->count);
    } else {
        tested_say(running->results, &text);
    }
    bool is_said = run_tables_say(running->options, running->results, &running->folder,
                                  text.length == 0 ? "" : text.bytes, error);
    text_drop(&text);
    return is_said;
}

/* A shard's parts stay for the merge; others have served. */
static bool finish(struct running *running, const char *folder, struct error *error)
{
    const struct options *options = running->options;
    if (is_shard(options)) {
        return parts_finish(running->parts, options->table == NULL ? NULL : options->table->key,
                            error);
    }
    parts_remove(folder);
    return true;
}

static bool run_in_folder(struct running *running, struct error *error)
{
    char *folder = folder_path(&running->folder, PARTS_FOLDER);
    struct parts_shard all = {1, 1};
    running->parts =
        parts_begin(running->study, &running->asked,
                    is_shard(running->options) ? running->options->shard : all, folder);
    bool is_done = compute(running, error) && write_tables(running, error) &&
                   finish(running, folder, error);
    if (!is_done) {
        parts_remove(folder);
    }
    memory_free(folder);
    return is_done;
}

static bool run_study(struct running *running, struct error *error)
{
    bool is_written = folder_open(&running->folder, running->options->output, error) &&
                      run_in_folder(running, error);
    bool is_done = is_written && say(running, error);
    folder_close(&running->folder, is_written);
    results_destroy(running->results);
    parts_end(running->parts);
    return is_done;
}

static bool run(const struct options *options, struct error *error)
{
    struct running running = {.options = options};
    const char *name = options->operand_count > 0 ? options->operands[0] : NULL;
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o DIR; say where the tables go"));
    }
    if (!load_study(options, name, &running.study, error)) {
        return false;
    }
    note_files(options, name, running.study);
    running.asked = load_asked_tables(options, running.study, options->table);
    bool is_done = manifest_sum_inputs(running.study, error) && run_study(&running, error);
    study_destroy(running.study);
    return is_done;
}
