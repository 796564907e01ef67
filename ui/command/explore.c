#include "base/i18n.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/taxa.h"
#include "ui/explorer/explorer.h"
#include "ui/terminal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool run(const struct options *options, struct error *error);

const struct command command_explore = {
    .name = "",
    .operands = "[STUDY] [--script FILE [--size WxH]]",
    .shows = N_("the explorer; without a terminal the taxa table, once, as text"),
    .least = 0,
    .most = 1,
    .accepts = OPTION_SET(OPTION_SCRIPT) | OPTION_SET(OPTION_SIZE),
    .run = run,
};

/* A bare word that is no study is more likely a command written wrong than a missing file. */
static bool check(const char *name, struct error *error)
{
    struct stat status;
    if (name == NULL || strpbrk(name, "/.") != NULL || stat(name, &status) == 0 ||
        load_is_study(name)) {
        return true;
    }
    return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found '%s', which is no command and no study; see taxamr --help"),
                     name);
}

static bool wants_color(const struct options *options)
{
    const char *refusal = getenv("NO_COLOR");
    return !options_has(options, OPTION_NO_COLOR) && (refusal == NULL || refusal[0] == '\0');
}

static bool explore(const struct options *options, const struct study *study,
                    struct error *error)
{
    struct explorer_options asked = {.ascii = wants_ascii(options),
                                     .color = wants_color(options),
                                     .mouse = true,
                                     .threads = options->threads,
                                     .results = load_asked(options, study),
                                     .script = options->script,
                                     .columns = options->size_columns,
                                     .rows = options->size_rows};
    return explorer_run(study, &asked, error);
}

static bool run(const struct options *options, struct error *error)
{
    const char *name = options->operand_count > 0 ? options->operands[0] : NULL;
    struct study *study;
    if (!check(name, error) || !load_study(options, name, &study, error)) {
        return false;
    }
    bool is_terminal = options->script == NULL && output_is_terminal();
    bool can_draw = !is_terminal || terminal_can_draw();
    if (!can_draw && !options_has(options, OPTION_QUIET)) {
        output_complain(_("this terminal cannot place its cursor: the taxa as text; for the "
                          "explorer set TERM to what the terminal is, for example xterm"));
    }
    bool is_screen = options->script != NULL || (is_terminal && can_draw);
    bool is_done = (is_screen ? explore : print_taxa)(options, study, error);
    study_destroy(study);
    return is_done;
}
