#include "base/i18n.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <string.h>

static bool run(const struct options *options, struct error *error);

const struct command command_harmonise = {
    .name = "harmonise",
    .operands = "-x FILE -y FILE [--action 1|2|3]",
    .shows = N_("an exposure and an outcome on the same alleles, as a table that mr reads"),
    .least = 0,
    .most = 0,
    .accepts = OPTION_SET(OPTION_X) | OPTION_SET(OPTION_Y) | OPTION_SET(OPTION_ACTION),
    .run = run,
};

static bool check(const struct options *options, struct error *error)
{
    if (options->x == NULL || options->y == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no %s FILE; write harmonise -x EXPOSURE -y OUTCOME"),
                         options->x == NULL ? "-x" : "-y");
    }
    if (strcmp(options->x, "-") == 0 && strcmp(options->y, "-") == 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found standard input for both files; name one of them"));
    }
    return true;
}

static bool run(const struct options *options, struct error *error)
{
    struct gwas_options reading = load_reading(options);
    struct study *study;
    if (!check(options, error) || !study_load_two_files(options->x, options->y, options->action,
                                                        &reading, &study, error)) {
        return false;
    }
    if (!load_regions(study, error)) {
        return false;
    }
    load_warn(options, study);
    /* pairs alone rest on no method */
    const struct table_kind *kind =
        options->table != NULL ? options->table : tables_find("harmonised");
    struct results *results = options->table == NULL ? load_main_results(options, study)
                                                     : load_results(options, study, kind);
    struct text text = {0};
    table_print(kind, results, options->format, &text);
    results_destroy(results);
    study_destroy(study);
    return output_print(&text, error);
}
