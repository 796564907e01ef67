#include "base/i18n.h"
#include "base/memory.h"
#include "study/parts.h"
#include "ui/command/command.h"
#include "ui/command/run_tables.h"
#include "ui/command/tested.h"

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

/* The tables of the whole study, as `run` writes them. */
static bool write_all(const struct options *options, const struct parts_merged *merged,
                      struct folder *folder, struct error *error)
{
    const struct table_kind *only = merged->table == NULL ? NULL : tables_find(merged->table);
    struct run_tables tables = {.options = options,
                                .only = options->table != NULL ? options->table : only,
                                .results = merged->results};
    struct text text = {0};
    if (!run_tables_write(&tables, folder, error)) {
        return false;
    }
    tested_say(merged->results, &text);
    bool is_said = run_tables_say(options, merged->results, folder,
                                  text.length == 0 ? "" : text.bytes, error);
    text_drop(&text);
    return is_said;
}

static bool gather(const struct options *options, struct parts_merged *merged,
                   struct error *error)
{
    size_t count = options->operand_count;
    char **folders = memory_get(count, sizeof *folders);
    for (size_t i = 0; i < count; i++) {
        const struct folder folder = {.path = options->operands[i]};
        folders[i] = folder_path(&folder, PARTS_FOLDER);
    }
    bool is_merged = parts_merge((const char *const *)folders,
                                 (const char *const *)options->operands, count, merged, error);
    for (size_t i = 0; i < count; i++) {
        memory_free(folders[i]);
    }
    memory_free(folders);
    return is_merged;
}

static bool merge(const struct options *options, struct error *error)
{
    struct parts_merged merged;
    struct folder folder;
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o DIR; say where the tables go"));
    }
    if (!gather(options, &merged, error)) {
        return false;
    }
    bool is_written = folder_open(&folder, options->output, error) &&
                      write_all(options, &merged, &folder, error);
    folder_close(&folder, is_written);
    parts_merged_end(&merged);
    return is_written;
}
