#include "base/i18n.h"
#include "chart/study_charts.h"
#include "config.h"
#include "estimate/estimate.h"
#include "multivariable/multivariable.h"
#include "report/table.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .shows = N_("what can be asked, or what one command takes"),
    .least = 0,
    .most = 1,
    .accepts = 0,
    .run = run,
};

static void add_usage(const struct command *command, struct text *text)
{
    text_addf(text, "  taxamr%s%s %s\n", command->name[0] == '\0' ? "" : " ", command->name,
              command->operands);
    text_addf(text, "      %s\n", _(command->shows));
}

static void add_methods(struct text *text)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(text, "  %-26s %s%s\n", methods[i]->key, methods[i]->name,
                  methods[i]->is_default ? " *" : "");
    }
}

static void add_mv_methods(struct text *text)
{
    size_t count;
    const struct mv_method *const *methods = mv_methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(text, "  %-26s %s%s\n", methods[i]->key, methods[i]->name,
                  methods[i]->is_default ? " *" : "");
    }
}

static void add_parameters(struct text *text)
{
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *parameter = parameters_get((enum parameter_id)i);
        text_addf(text, "  %-20s %s", parameter->key, _(parameter->shows));
        for (size_t j = 0; parameter->choices != NULL && parameter->choices[j] != NULL; j++) {
            text_addf(text, "%s%s%s", j == 0 ? ": " : ", ", parameter->choices[j],
                      (double)j == parameter->usual ? " *" : "");
        }
        text_add(text, "\n");
    }
}

static void add_tables(struct text *text)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(text, "  %-15s %s\n", kinds[i]->key, _(kinds[i]->shows));
    }
}

static void add_charts(struct text *text)
{
    size_t count;
    const struct chart_kind *const *of_pairs = charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(text, "  %-15s %s\n", of_pairs[i]->key, _(of_pairs[i]->shows));
    }
    const struct study_chart_kind *const *of_study = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(text, "  %-15s %s\n", of_study[i]->key, _(of_study[i]->shows));
    }
    text_addf(text, "  %-15s %s\n", "path",
              _("What goes from an exposure through a mediator, of a study that has one."));
}

void help_of_program(struct text *text)
{
    size_t count;
    const struct command *const *commands = commands_all(&count);
    text_addf(text, "%s\n\n",
              _("taxamr: does a gut microbe change the risk of a disease, or the disease the "
                "microbe?"));
    for (size_t i = 0; i < count; i++) {
        add_usage(commands[i], text);
    }
    text_addf(text, "\n%s\n", _("Common options:"));
    options_describe(COMMON_OPTIONS, text);
    text_addf(text, "\n%s\n", _("Methods (* in the default set):"));
    add_methods(text);
    text_addf(text, "\n%s\n",
              _("Methods of mv, for several exposures (* in the default set):"));
    add_mv_methods(text);
    text_addf(text, "\n%s\n", _("Choices of single methods, for --set (* when not set):"));
    add_parameters(text);
    text_addf(text, "\n%s\n", _("Tables:"));
    add_tables(text);
    text_addf(text, "\n%s\n", _("Kinds of plot, from flow on of a whole study:"));
    add_charts(text);
    text_addf(text, "\n%s\n",
              _("Without STUDY a command takes gut-insomnia, whose outcome is simulated.\n"
                "Exit status: 0 done, 1 the data are wrong, 2 the command line is wrong."));
}

void help_of_command(const struct command *command, struct text *text)
{
    add_usage(command, text);
    if (command->accepts != 0) {
        text_addf(text, "\n%s\n", _("Options:"));
        options_describe(command->accepts, text);
    }
    text_addf(text, "\n%s\n", _("Common options:"));
    options_describe(COMMON_OPTIONS, text);
    if (command == &command_mv || command == &command_mediate) {
        text_addf(text, "\n%s\n",
                  _("Methods of mv, for several exposures (* in the default set):"));
        add_mv_methods(text);
    }
    if (command == &command_plot) {
        text_addf(text, "\n%s\n", _("Kinds of plot, from flow on of a whole study:"));
        add_charts(text);
    }
}

void help_version(struct text *text)
{
    text_addf(text, "taxamr %s\n", PACKAGE_VERSION);
}

static bool run(const struct options *options, struct error *error)
{
    struct text text = {0};
    if (options->operand_count == 0) {
        help_of_program(&text);
        return output_print(&text, error);
    }
    const struct command *command = commands_find(options->operands[0]);
    if (command == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no command '%s' in this version; see taxamr --help"),
                         options->operands[0]);
    }
    help_of_command(command, &text);
    return output_print(&text, error);
}
