#include "base/i18n.h"
#include "base/job.h"
#include "base/memory.h"
#include "study/parts.h"
#include "ui/command/asking.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/run_tables.h"
#include <stdlib.h>

static bool run(const struct options *options, struct error *error);

const struct command command_run = {
    .name = "run",
    .operands = "[STUDY] -o DIR [--shard K/N]",
    .shows = N_("every pair of a study, every table as a file DIR/TABLE.tsv"),
    .least = 0,
    .most = 1,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_OUTPUT) | OPTION_SET(OPTION_LD) |
               OPTION_SET(OPTION_SHARD) | OPTION_SET(OPTION_ERROR_CORRELATION),
    .run = run,
};

/* All that a run has in hand. */
struct running {
    const struct options *options;
    const char *name; /* of the study, or NULL */
    struct run_tables tables;
    char *parts; /* the folder of all parts */
    bool is_open;
    struct parts_count count; /* over all slices */
};

/* One slice, computed; or the whole study, mostly. */
struct computed {
    struct study *study;
    struct results_options asked;
    struct parts *parts;
    struct results *results; /* of the shard */
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

static void end_computed(struct computed *computed)
{
    results_destroy(computed->results);
    parts_end(computed->parts);
    study_destroy(computed->study);
}

/* From the root: whoever reads of them later stands elsewhere. */
static void name_files(struct study *study)
{
    for (size_t i = 0; i < study->files.count; i++) {
        struct study_file *file = array_at(&study->files, i);
        char *real = realpath(file->path, NULL);
        file->path = real == NULL ? file->path : arena_text(study->arena, real);
        free(real);
    }
}

/* Once, since slices are made of the same. */
static void note_options(const struct running *running, size_t slice, struct study *study)
{
    char *file = load_study_path(running->name);
    if (slice == 0) {
        asking_note(running->options, file, study);
    }
    memory_free(file);
}

/* The folder is made once the study's first files are known to be good. */
static bool open_folder(struct running *running, struct error *error)
{
    if (!running->is_open) {
        running->is_open = true;
        if (!run_tables_begin(&running->tables, error)) {
            return false;
        }
        running->parts = folder_path(&running->tables.folder, PARTS_FOLDER);
        parts_unfinish(running->parts);
    }
    return true;
}

static bool load(struct running *running, size_t slice, struct computed *computed,
                 struct error *error)
{
    const struct options *options = running->options;
    if (!load_study_slice(options, running->name, slice, running->tables.slices,
                          &computed->study, error)) {
        computed->study = NULL;
        return false;
    }
    note_files(options, running->name, computed->study);
    name_files(computed->study);
    note_options(running, slice, computed->study);
    computed->asked = load_asked_tables(options, computed->study, options->table);
    return manifest_sum_inputs(computed->study, &running->tables.inputs, error) &&
           open_folder(running, error);
}

static bool compute(struct running *running, size_t slice, struct computed *computed,
                    struct error *error)
{
    struct parts_shard shard = running->options->shard;
    if (!is_shard(running->options)) {
        shard = (struct parts_shard){.shard = 1, .count = 1};
    }
    shard.slices = running->tables.slices;
    char *folder = parts_slice_folder(running->parts, slice);
    struct job_pool *pool = job_pool_create(running->options->threads);
    computed->parts = parts_begin(computed->study, &computed->asked, shard, folder);
    bool is_done = parts_run(computed->parts, pool, &computed->results, error);
    struct parts_count count = parts_count_of(computed->parts);
    running->count.parts += count.parts;
    running->count.taken_over += count.taken_over;
    running->count.written += count.written;
    running->count.outdated += count.outdated;
    job_pool_destroy(pool);
    memory_free(folder);
    return is_done;
}

static bool run_slice(struct running *running, size_t slice, struct error *error)
{
    struct computed computed = {0};
    const struct table_kind *only = running->options->table;
    bool is_done = load(running, slice, &computed, error) &&
                   compute(running, slice, &computed, error) &&
                   run_tables_take(&running->tables, computed.results, error) &&
                   (!is_shard(running->options) ||
                    parts_finish(computed.parts, only == NULL ? NULL : only->key, error));
    end_computed(&computed);
    return is_done;
}

/* What of a run that was stopped served again. */
static void add_taken_over(const struct running *running, struct text *text)
{
    const struct parts_count *count = &running->count;
    if (count->taken_over > 0) {
        text_addf(text, _("parts: %zu, taken over from an earlier run: %zu\n"), count->parts,
                  count->taken_over);
    }
    if (count->outdated > 0) {
        text_addf(
            text,
            count->taken_over == 0
                ? _("data or settings are not those of the earlier run: started over, parts "
                    "of it that did not serve: %zu\n")
                : _("parts of other data or settings, computed anew: %zu\n"),
            count->outdated);
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
    }
    bool is_said = run_tables_say(&running->tables, text.length == 0 ? "" : text.bytes, error);
    text_drop(&text);
    return is_said;
}

/* A run that failed while it went on leaves its parts alone. */
static void say_left(const struct running *running)
{
    struct text text = {0};
    size_t waiting = running->count.taken_over + running->count.written;
    if (waiting > 0 && !options_has(running->options, OPTION_QUIET)) {
        text_addf(&text,
                  _("%s: what was computed waits in its folder %s: the same command goes on "
                    "from there"),
                  running->tables.folder.path, PARTS_FOLDER);
        output_complain(text.bytes);
    }
    text_drop(&text);
}

/* The parts of a shard stay for the merge, those of a run that failed for the next one. */
static bool run_slices(struct running *running, struct error *error)
{
    bool is_done = true;
    for (size_t slice = 0; slice < running->tables.slices && is_done; slice++) {
        is_done = run_slice(running, slice, error);
    }
    is_done = is_done && run_tables_finish(&running->tables, error);
    bool is_worth = !is_done || is_shard(running->options);
    if (running->parts != NULL && !is_worth) {
        parts_remove(running->parts);
    }
    return is_done;
}

static bool run(const struct options *options, struct error *error)
{
    struct text shard = {0};
    struct running running = {.options = options,
                              .name = options->operand_count > 0 ? options->operands[0] : NULL};
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o DIR; say where the tables go"));
    }
    text_addf(&shard, "%zu/%zu", options->shard.shard, options->shard.count);
    running.tables = (struct run_tables){.options = options,
                                         .only = options->table,
                                         .shard = is_shard(options) ? shard.bytes : NULL};
    bool is_written = load_slices(options, running.name, &running.tables.slices, error) &&
                      run_slices(&running, error);
    bool is_done = is_written && say(&running, error);
    if (!is_written) {
        say_left(&running);
    }
    if (running.is_open) {
        run_tables_end(&running.tables);
    }
    memory_free(running.parts);
    text_drop(&shard);
    return is_done;
}
