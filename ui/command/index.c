#include "gwas/index.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_index = {
    .name = "index",
    .operands = "FILE",
    .shows =
        N_("a side index of a plain or BGZF file, for look-ups of variants in milliseconds"),
    .least = 1,
    .most = 1,
    .accepts = 0,
    .run = run,
};

static bool run(const struct options *options, struct error *error)
{
    struct gwas_options reading = load_reading(options);
    struct index_made made;
    struct text text = {0};
    char *path;

    if (!index_make(options->operands[0], &reading, &made, error)) {
        return false;
    }
    path = text_clean(made.path);
    text_addf(&text, _("%s: %zu rows, %zu ids\n"), path, made.rows, made.ids);
    memory_free(path);
    memory_free(made.path);
    return output_print(&text, error);
}
