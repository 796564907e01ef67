#include "ui/command/run_tables.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "report/repeat.h"
#include "study/asked.h"
#include "study/parts.h"
#include "ui/command/output.h"
#include "ui/command/segments.h"
#include <string.h>

/* In the folder, where rows of slices wait. */
#define ROWS_FOLDER "rows"

const struct table_kind **run_tables_kinds(const struct run_tables *tables, size_t *count)
{
    size_t all;
    const struct table_kind *const *kinds = tables_all(&all);
    const struct table_kind **chosen = memory_get(all, sizeof(struct table_kind *));
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        bool has_rows = !kinds[i]->needs_mediators || tables->has_mediators;
        bool is_asked = tables->only == NULL ? has_rows : tables->only == kinds[i];
        bool is_partial = tables->shard != NULL && kinds[i]->is_of_study;
        if (is_asked && !is_partial) {
            chosen[(*count)++] = kinds[i];
        }
    }
    return chosen;
}

static void forget_rows(const struct run_tables *tables)
{
    char *rows = folder_path(&tables->folder, ROWS_FOLDER);
    parts_remove(rows);
    memory_free(rows);
}

/* Only slices have to be gathered: one alone prints its tables whole. */
static void begin_gathering(struct run_tables *tables)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    tables->gathered = arena_get(tables->arena, count, sizeof *tables->gathered);
    for (size_t i = 0; i < count && tables->slices > 1; i++) {
        if (kinds[i]->gatherer != NULL) {
            tables->gathered[i] = kinds[i]->gatherer->begin(tables->arena);
        }
    }
}

static void end_gathering(struct run_tables *tables)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (tables->gathered[i] != NULL) {
            kinds[i]->gatherer->end(tables->gathered[i]);
        }
    }
}

void *run_tables_gathered(const struct run_tables *tables, const struct table_kind *kind)
{
    size_t count, place = 0;
    const struct table_kind *const *kinds = tables_all(&count);
    while (kinds[place] != kind) {
        place++;
    }
    return tables->gathered[place];
}

bool run_tables_begin(struct run_tables *tables, struct error *error)
{
    tables->arena = arena_create();
    begin_gathering(tables);
    tables->inputs = ARRAY_OF(struct study_file);
    tables->wishes = ARRAY_OF(struct study_asked);
    if (!folder_open(&tables->folder, tables->options->output, error)) {
        return false;
    }
    forget_rows(tables);
    return true;
}

void run_tables_end(struct run_tables *tables)
{
    if (tables->folder.lock >= 0) {
        forget_rows(tables);
    }
    folder_close(&tables->folder);
    array_destroy(&tables->inputs);
    array_destroy(&tables->wishes);
    tested_end(&tables->tested);
    end_gathering(tables);
    arena_destroy(tables->arena);
}

static const struct method *const *copy_methods(const struct results_options *options,
                                                struct arena *arena)
{
    const struct method **methods =
        arena_get(arena, options->method_count, sizeof(struct method *));
    for (size_t i = 0; i < options->method_count; i++) {
        methods[i] = options->methods[i];
    }
    return methods;
}

/* Slices but the first have none. */
static void keep_wishes(struct run_tables *tables, const struct study *study)
{
    for (size_t i = 0; i < study->asked.count; i++) {
        const struct study_asked *asked = array_at(&study->asked, i);
        *(struct study_asked *)array_add(&tables->wishes) = (struct study_asked){
            arena_text(tables->arena, asked->item), arena_text(tables->arena, asked->name),
            arena_text(tables->arena, asked->value)};
    }
}

/* What the manifest says is known before the results are gone. */
static void account_for(struct run_tables *tables, const struct results *results)
{
    const struct study *study = results->study;
    for (size_t i = 0; i < study->files.count; i++) {
        struct study_file file = *(const struct study_file *)array_at(&study->files, i);
        if (manifest_find(&tables->inputs, file.path) == NULL) {
            file.path = arena_text(tables->arena, file.path);
            *(struct study_file *)array_add(&tables->inputs) = file;
        }
    }
    keep_wishes(tables, study);
    tables->title = arena_text(tables->arena, study->title);
    tables->is_simulated = study->is_simulated;
    tables->has_mediators = study->through != NULL;
    tables->asked = results->options;
    tables->asked.methods = copy_methods(&results->options, tables->arena);
    tables->pairs += study->pair_count;
    if (tables->shard == NULL) {
        tested_take(&tables->tested, results);
    }
}

bool run_tables_take(struct run_tables *tables, const struct results *results,
                     struct error *error)
{
    account_for(tables, results);
    size_t slice = tables->slice++;
    char *rows = folder_path(&tables->folder, ROWS_FOLDER);
    char *place = parts_slice_folder(rows, slice);
    bool is_written = tables->slices == 1 ? segments_write_whole(tables, results, place, error)
                                          : segments_write(tables, results, place, error);
    memory_free(place);
    memory_free(rows);
    return is_written;
}

static bool join(struct run_tables *tables, struct error *error)
{
    char *rows = folder_path(&tables->folder, ROWS_FOLDER);
    bool is_joined = tables->slices == 1 || segments_join(tables, rows, error);
    memory_free(rows);
    return is_joined;
}

/* It reads TSV, and a part of a study is not worth repeating. */
static bool write_script(struct run_tables *tables, struct error *error)
{
    struct text text = {0};
    if (tables->options->format != TABLE_TSV || tables->shard != NULL) {
        return true;
    }
    repeat_print(&tables->asked, &text);
    return folder_write(&tables->folder, REPEAT_NAME, &text, error);
}

static bool write_manifest(struct run_tables *tables, struct error *error)
{
    const struct manifest manifest = {.options = &tables->asked,
                                      .title = tables->title,
                                      .inputs = &tables->inputs,
                                      .outputs = &tables->folder.written,
                                      .asked = &tables->wishes,
                                      .format = tables->options->format,
                                      .shard = tables->shard};
    struct text text = {0};
    manifest_print(&manifest, &text);
    return folder_write(&tables->folder, MANIFEST_NAME, &text, error);
}

/* Files that this run did not write. */
struct others {
    size_t count;
    struct text first; /* its name */
};

static void count_other(const struct folder *folder, const char *name, struct others *others)
{
    if (folder_has_other(folder, name)) {
        text_add(&others->first, others->count == 0 ? name : "");
        others->count++;
    }
}

/* Tables that an earlier run left and this one did not replace: nobody could tell them apart.
 */
static void say_others(const struct run_tables *tables)
{
    static const enum table_format formats[] = {TABLE_TSV, TABLE_CSV, TABLE_JSON};
    size_t kinds;
    const struct table_kind *const *all = tables_all(&kinds);
    struct others others = {0};
    struct text line = {0};
    for (size_t i = 0; i < kinds * (sizeof formats / sizeof formats[0]); i++) {
        struct text name = {0};
        text_addf(&name, "%s.%s", all[i % kinds]->key, table_format_key(formats[i / kinds]));
        count_other(&tables->folder, name.bytes, &others);
        text_drop(&name);
    }
    count_other(&tables->folder, REPEAT_NAME, &others);
    if (others.count > 0 && !options_has(tables->options, OPTION_QUIET)) {
        text_addf(&line,
                  _("%1$s: files of an earlier run stand beside the new ones: %2$zu, as %3$s; "
                    "remove them or take another folder"),
                  tables->folder.path, others.count, others.first.bytes);
        output_complain(line.bytes);
    }
    text_drop(&line);
    text_drop(&others.first);
}

bool run_tables_finish(struct run_tables *tables, struct error *error)
{
    bool is_written =
        join(tables, error) && (tables->only != NULL ||
                                (write_script(tables, error) && write_manifest(tables, error)));
    if (!is_written || !folder_keep(&tables->folder, error)) {
        return false;
    }
    say_others(tables);
    return true;
}

/* Without what stands beside the tables. */
static size_t tables_in(const struct folder *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < folder->written.count; i++) {
        const struct manifest_output *output = array_at(&folder->written, i);
        count +=
            strcmp(output->name, MANIFEST_NAME) != 0 && strcmp(output->name, REPEAT_NAME) != 0;
    }
    return count;
}

bool run_tables_say(const struct run_tables *tables, const char *more, struct error *error)
{
    struct text text = {0};
    if (options_has(tables->options, OPTION_QUIET)) {
        return true;
    }
    char *clean = text_clean(tables->folder.path);
    text_addf(&text, _("%s: tables: %zu, pairs: %zu%s\n"), clean, tables_in(&tables->folder),
              tables->pairs, tables->is_simulated ? _(", simulated outcome") : "");
    memory_free(clean);
    text_add(&text, more);
    tested_say(&tables->tested, &text);
    return output_print(&text, error);
}
