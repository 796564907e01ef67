#include "base/i18n.h"
#include "report/table_mediation.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <string.h>

static bool run(const struct options *options, struct error *error);

const struct command command_mediate = {
    .name = "mediate",
    .operands = "[STUDY]",
    .shows =
        N_("what goes from each exposure of a study through each of its mediators: totals, "
           "direct and indirect effects, proportions"),
    .least = 0,
    .most = 1,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_ERROR_CORRELATION),
    .run = run,
};

static bool check(const struct study *study, struct error *error)
{
    return study->through != NULL ||
           error_set(error, ERROR_DATA, study->title, 0, NULL,
                     _("found no mediator in this study; give its study file a section "
                       "mediator, or see data/gut-inflammation-insomnia for an example"));
}

/* Methods of several exposures are run where their estimates are asked for. */
static struct mediations_options asked(const struct options *options, const struct study *study,
                                       const char *key)
{
    struct mediations_options asked = {.settings = load_asked(options, study).settings};

    if (strcmp(key, "estimates") == 0 || strcmp(key, "mediation_estimates") == 0) {
        asked.methods = (const struct mv_method *const *)options->mv_methods.items;
        asked.method_count = options->mv_methods.count;
    }
    return asked;
}

static bool print(const struct options *options, const struct study *study, struct error *error)
{
    const char *key = options->table == NULL ? "mediation" : options->table->key;
    const struct mediations_options how = asked(options, study, key);
    struct job_pool *pool = job_pool_create(options->threads);
    struct mediations *mediations = mediations_of(study, &how, pool);
    struct text text = {0};
    bool is_printed = table_mediation_print(key, mediations, options->format, &text);

    mediations_destroy(mediations);
    job_pool_destroy(pool);
    if (!is_printed) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --table %s, which mediate does not have; take one of "
                           "mediation, network, estimates, ledger"),
                         key);
    }
    return output_print(&text, error);
}

static bool run(const struct options *options, struct error *error)
{
    struct study *study;
    const char *name =
        options->operand_count > 0 ? options->operands[0] : "gut-inflammation-insomnia";

    if (!load_study(options, name, &study, error)) {
        return false;
    }
    bool is_done =
        check(study, error) &&
        load_check_orientation(options, 2 + study->through->covariate_count, error) &&
        print(options, study, error);
    study_destroy(study);
    return is_done;
}
