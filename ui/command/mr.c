#include "base/i18n.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_mr = {
    .name = "mr",
    .operands = "FILE",
    .shows = N_("the pairs of a harmonised table: estimates, or another table"),
    .least = 1,
    .most = 1,
    .accepts = OPTION_SET(OPTION_LD),
    .run = run,
};

static bool run(const struct options *options, struct error *error)
{
    struct study *study;
    if (!load_pairs(options, options->operands[0], &study, error)) {
        return false;
    }
    const struct table_kind *kind =
        options->table != NULL ? options->table : tables_find("estimates");
    struct results *results = load_results(options, study, kind);
    struct text text = {0};
    table_print(kind, results, options->format, &text);
    results_destroy(results);
    study_destroy(study);
    return output_print(&text, error);
}
