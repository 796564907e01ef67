#include "base/i18n.h"
#include "base/memory.h"
#include "study/parts.h"
#include "ui/command/command.h"
#include "ui/command/run_tables.h"

static bool merge(const struct options *options, struct error *error);

const struct command command_merge = {
    .name = "merge",
    .operands = "DIR... -o DIR",
    .shows = N_("the shards of a run (run --shard K/N) as the tables of the whole study"),
    .least = 1,
    .most = SIZE_MAX,
    .accepts = OPTION_SET(OPTION_OUTPUT),
    .run = merge,
};

/* The folder with a shard's parts of a slice; the caller frees it. */
static char *place_of(const char *shard, size_t slice)
{
    const struct folder folder = {.path = shard};
    char *parts = folder_path(&folder, PARTS_FOLDER);
    char *place = parts_slice_folder(parts, slice);
    memory_free(parts);
    return place;
}

static bool gather(const struct options *options, size_t slice, struct parts_merged *merged,
                   struct error *error)
{
    size_t count = options->operand_count;
    char **folders = memory_get(count, sizeof *folders);
    for (size_t i = 0; i < count; i++) {
        folders[i] = place_of(options->operands[i], slice);
    }
    bool is_merged = parts_merge((const char *const *)folders,
                                 (const char *const *)options->operands, count, merged, error);
    for (size_t i = 0; i < count; i++) {
        memory_free(folders[i]);
    }
    memory_free(folders);
    return is_merged;
}

/* The folder is made once the first slice is known to be good. */
static bool merge_slice(struct run_tables *tables, size_t slice, bool *is_open,
                        struct error *error)
{
    struct parts_merged merged;
    if (!gather(tables->options, slice, &merged, error)) {
        return false;
    }
    if (tables->only == NULL && merged.table != NULL) {
        tables->only = tables_find(merged.table);
    }
    bool is_good = *is_open;
    if (!is_good) {
        *is_open = true;
        is_good = run_tables_begin(tables, error);
    }
    is_good = is_good && run_tables_take(tables, merged.results, error);
    parts_merged_end(&merged);
    return is_good;
}

static bool merge(const struct options *options, struct error *error)
{
    struct run_tables tables = {.options = options, .only = options->table};
    bool is_open = false, is_written = true;
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o DIR; say where the tables go"));
    }
    char *first = place_of(options->operands[0], 0);
    size_t slices = parts_slices(first);
    memory_free(first);
    tables.slices = slices == 0 ? 1 : slices;
    for (size_t slice = 0; slice < tables.slices && is_written; slice++) {
        is_written = merge_slice(&tables, slice, &is_open, error);
    }
    is_written = is_written && run_tables_finish(&tables, error);
    bool is_done = is_written && run_tables_say(&tables, "", error);
    if (is_open) {
        run_tables_end(&tables);
    }
    return is_done;
}
