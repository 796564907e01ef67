#include "ui/command/run_tables.h"
#include "base/i18n.h"
#include "base/job.h"
#include "base/memory.h"
#include "report/repeat.h"
#include "ui/command/output.h"
#include <string.h>
#include <unistd.h>

/* Tables on their way to files; each is printed into a text of its own. */
struct printing {
    const struct table_kind **kinds;
    size_t count;
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

static void choose(const struct run_tables *tables, struct printing *printing)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    printing->kinds = memory_get(count, sizeof(struct table_kind *));
    for (size_t i = 0; i < count; i++) {
        bool is_asked = tables->only == NULL || tables->only == kinds[i];
        if (is_asked && !(tables->shard != NULL && kinds[i]->is_of_study)) {
            printing->kinds[printing->count++] = kinds[i];
        }
    }
}

static bool write_table(const struct printing *printing, size_t i, struct folder *folder,
                        struct error *error)
{
    struct text name = {0};
    text_addf(&name, "%s.%s", printing->kinds[i]->key, table_format_key(printing->format));
    bool is_written = folder_write(folder, name.bytes, &printing->texts[i], error);
    text_drop(&name);
    return is_written;
}

/* Printed side by side, written one after the other, so that errors come in their order. */
static bool write_all_tables(const struct run_tables *tables, struct folder *folder,
                             struct error *error)
{
    const struct options *options = tables->options;
    struct printing printing = {.results = tables->results, .format = options->format};
    choose(tables, &printing);
    printing.texts = memory_get(printing.count, sizeof *printing.texts);
    struct job_pool *pool = job_pool_create(options->threads);
    job_run(pool, printing.count, print_one, &printing);
    job_pool_destroy(pool);
    bool is_written = true;
    for (size_t i = 0; i < printing.count; i++) {
        is_written = is_written && write_table(&printing, i, folder, error);
        text_drop(&printing.texts[i]);
    }
    memory_free(printing.texts);
    memory_free(printing.kinds);
    return is_written;
}

static bool write_script(const struct run_tables *tables, struct folder *folder,
                         struct error *error)
{
    struct text text = {0};
    if (tables->options->format != TABLE_TSV || tables->shard != NULL) {
        return true; /* it reads TSV, and a part of a study is not worth repeating */
    }
    repeat_print(tables->results, &text);
    return folder_write(folder, "repeat.R", &text, error);
}

/* Last: a folder with a manifest is complete. */
static bool write_manifest(const struct run_tables *tables, struct folder *folder,
                           struct error *error)
{
    struct text text = {0};
    manifest_print(tables->results, &folder->written, tables->shard, &text);
    return folder_write(folder, "manifest.tsv", &text, error);
}

bool run_tables_write(const struct run_tables *tables, struct folder *folder,
                      struct error *error)
{
    char *manifest = folder_path(folder, "manifest.tsv");
    if (tables->only == NULL) {
        (void)unlink(manifest);
    }
    memory_free(manifest);
    return write_all_tables(tables, folder, error) &&
           (tables->only != NULL ||
            (write_script(tables, folder, error) && write_manifest(tables, folder, error)));
}

/* Without what stands beside the tables. */
static size_t tables_in(const struct folder *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < folder->written.count; i++) {
        const struct manifest_output *output = array_at(&folder->written, i);
        count +=
            strcmp(output->name, "manifest.tsv") != 0 && strcmp(output->name, "repeat.R") != 0;
    }
    return count;
}

bool run_tables_say(const struct options *options, const struct results *results,
                    const struct folder *folder, const char *more, struct error *error)
{
    const struct study *study = results->study;
    struct text text = {0};
    if (options_has(options, OPTION_QUIET)) {
        return true;
    }
    char *clean = text_clean(folder->path);
    text_addf(&text, _("%s: tables: %zu, pairs: %zu%s\n"), clean, tables_in(folder),
              study->pair_count, study->is_simulated ? _(", simulated outcome") : "");
    memory_free(clean);
    text_add(&text, more);
    return output_print(&text, error);
}
