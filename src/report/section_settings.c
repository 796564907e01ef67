/*
 * What it takes to get the same numbers again: the version, the seed, the settings of
 * the estimates.
 */
#include "base/i18n.h"
#include "config.h"
#include "report/sections.h"
#include <math.h>

static void row(struct text *page, const char *name, const char *value)
{
    html_row(page);
    html_row_heading(page, name);
    html_cell(page, value);
    html_row_end(page);
}

static const char *methods_list(const struct report *report)
{
    const struct results_options *options = &report->results->options;
    const char *list = "";
    for (size_t i = 0; i < options->method_count; i++) {
        list = arena_format(report->arena, "%s%s%s", list, i == 0 ? "" : ",",
                            options->methods[i]->key);
    }
    return list;
}

static const char *value_text(const struct parameter *parameter, double value,
                              struct arena *arena)
{
    return parameter->choices == NULL ? arena_format(arena, "%.6g", value)
                                      : parameter->choices[(size_t)value];
}

/* Parameters that are not as usual. */
static void parameter_rows(const struct report *report, struct text *page)
{
    const double *values = report->results->options.settings.parameters;
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *parameter = parameters_get((enum parameter_id)i);
        bool is_usual = isnan(values[i]) || values[i] == parameter->usual;
        if (!is_usual) {
            row(page, arena_format(report->arena, "--set %s", parameter->key),
                value_text(parameter, values[i], report->arena));
        }
    }
}

static void excluded_row(const struct report *report, struct text *page)
{
    const struct exclusions *exclusions = &report->results->options.exclusions;
    const char *list = NULL;
    for (size_t i = 0; i < exclusions->count; i++) {
        list = arena_format(report->arena, "%s%s%s", list == NULL ? "" : list,
                            list == NULL ? "" : ", ", exclusions->variants[i]);
    }
    if (list != NULL) {
        row(page, _("variants left out by hand"), list);
    }
}

void section_settings(struct report *report, struct text *page)
{
    const struct estimate_settings *settings = &report->results->options.settings;
    const char *const headings[] = {_("setting"), _("value"), NULL};
    struct arena *arena = report->arena;
    html_element(page, "p", NULL,
                 _("The same version, files and settings give the same numbers to the last "
                   "bit, whatever the number of threads."));
    html_table_begin(page, "settings-table", _("Settings"), headings, 0);
    row(page, "taxamr", PACKAGE_VERSION);
    row(page, "--seed", arena_format(arena, "%llu", (unsigned long long)settings->seed));
    row(page, "--methods", methods_list(report));
    row(page, "--level", arena_format(arena, "%g", settings->level));
    row(page, "--boot", arena_format(arena, "%zu", settings->boot));
    row(page, "--presso-sims", arena_format(arena, "%zu", settings->presso_sims));
    row(page, "--convention",
        settings->convention == CONVENTION_TWOSAMPLEMR ? "twosamplemr"
                                                       : "mendelianrandomization");
    row(page, _("action on palindromic variants"),
        arena_format(arena, "%d", (int)report->study->action));
    parameter_rows(report, page);
    excluded_row(report, page);
    html_table_end(page);
}
