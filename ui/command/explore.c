#include "ui/command/explore.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "ui/command/command.h"
#include "ui/command/language.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/taxa.h"
#include "ui/explorer/explorer.h"
#include "ui/folders.h"
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
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_SCRIPT) | OPTION_SET(OPTION_SIZE) |
               OPTION_SET(OPTION_FRESH) | OPTION_SET(OPTION_NO_CONFIG) |
               OPTION_SET(OPTION_ERROR_CORRELATION),
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

/* What a person wishes is for the terminal: pipes and scripts give everyone the same. */
static void read_config(const struct options *options, struct config *config)
{
    bool is_wanted = options->script == NULL && output_is_terminal() &&
                     !options_has(options, OPTION_NO_CONFIG);
    char *path = is_wanted ? folders_path(FOLDER_CONFIG, "taxamr.conf") : NULL;
    config_read(config, path);
    memory_free(path);
    if (config->language != NULL && !options_has(options, OPTION_LANG)) {
        language_choose(config->language);
    }
}

/* Only for the terminal, likewise. */
static char *path_to_keep(const struct options *options, const char *name)
{
    return options->script == NULL ? load_study_path(name) : NULL;
}

static bool explore(const struct options *options, const struct explore_what *what,
                    const struct study *study, struct config *config, struct error *error)
{
    char *path = what->lesson == NULL ? path_to_keep(options, what->study) : NULL;
    char *data = load_installed_path("");
    struct explorer_options asked = {
        .ascii = wants_ascii(options) || config->ascii == CONFIG_YES,
        .color = wants_color(options) && config->color != CONFIG_NO,
        .mouse = config->mouse != CONFIG_NO,
        .threads = options->threads,
        .results = load_asked(options, study),
        .script = options->script,
        .config = config,
        .data = data,
        .lesson = what->lesson,
        .study_path = path,
        .is_fresh = options_has(options, OPTION_FRESH),
        .columns = options->size_columns,
        .rows = options->size_rows};
    bool is_done = explorer_run(study, &asked, error);
    memory_free(data);
    memory_free(path);
    return is_done;
}

/* Whether there is a terminal to draw on; one that cannot place its cursor is said. */
static bool can_draw(const struct options *options)
{
    bool is_terminal = output_is_terminal(), can_place = is_terminal && terminal_can_draw();
    if (is_terminal && !can_place && !options_has(options, OPTION_QUIET)) {
        output_complain(_("this terminal cannot place its cursor: the taxa as text; for the "
                          "explorer set TERM to what the terminal is, for example xterm"));
    }
    return can_place;
}

static bool show(const struct options *options, const struct explore_what *what,
                 struct config *config, struct error *error)
{
    struct study *study;
    if (!load_study(options, what->study, &study, error)) {
        return false;
    }
    bool is_screen = options->script != NULL || can_draw(options);
    bool is_done = is_screen ? explore(options, what, study, config, error)
                             : print_taxa(options, study, error);
    study_destroy(study);
    return is_done;
}

bool explore_run(const struct options *options, const struct explore_what *what,
                 struct error *error)
{
    struct config config;
    read_config(options, &config);
    bool is_done = show(options, what, &config, error);
    config_end(&config);
    return is_done;
}

static bool run(const struct options *options, struct error *error)
{
    struct explore_what what = {.study =
                                    options->operand_count > 0 ? options->operands[0] : NULL};
    return check(what.study, error) && explore_run(options, &what, error);
}
