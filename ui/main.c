#include "base/i18n.h"
#include "base/memory.h"
#include "numeric/start.h"
#include "ui/command/command.h"
#include "ui/command/language.h"
#include "ui/command/output.h"
#include "ui/terminal.h"
#include <string.h>
#include <unistd.h>

/* Nothing may be allocated here; gettext gives the English where it cannot. Files are whole or
 * not there at any moment (write_file.c), so that none is left to remove. */
static void on_exhaustion(void)
{
    const char *words = _("taxamr: found no memory left; close other programs\n");
    terminal_restore_for_exit();
    ssize_t written = write(STDERR_FILENO, words, strlen(words));
    (void)written;
    _exit(1);
}

/* The first operand is the command if it is the name of one; otherwise a study to explore. */
static const struct command *take_command(struct options *options)
{
    const struct command *command =
        options->operand_count == 0 ? NULL : commands_find(options->operands[0]);
    if (command == NULL) {
        return &command_explore;
    }
    options->operands++;
    options->operand_count--;
    return command;
}

static bool check_operands(const struct command *command, const struct options *options,
                           struct error *error)
{
    if (options->operand_count < command->least) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found too little behind `%s`; write taxamr %s %s"), command->name,
                         command->name, command->operands);
    }
    if (options->operand_count > command->most) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found '%s' left over; see taxamr --help"),
                         options->operands[command->most]);
    }
    return true;
}

static bool print_help(const struct command *command, struct error *error)
{
    struct text text = {0};
    if (command == &command_explore) {
        help_of_program(&text);
    } else {
        help_of_command(command, &text);
    }
    return output_print(&text, error);
}

static bool print_version(struct error *error)
{
    struct text text = {0};
    help_version(&text);
    return output_print(&text, error);
}

static bool run(struct options *options, struct error *error)
{
    const struct command *command = take_command(options);
    if (options_has(options, OPTION_VERSION)) {
        return print_version(error);
    }
    if (options_has(options, OPTION_HELP)) {
        return print_help(command, error);
    }
    const char *name = command->name[0] == '\0' ? "taxamr" : command->name;
    return options_check(options, COMMON_OPTIONS | command->accepts, name, error) &&
           check_operands(command, options, error) && command->run(options, error);
}

static int complain(struct error *error)
{
    int status = error->code == ERROR_USAGE ? 2 : 1;
    char *message = error_message(error);
    output_complain(message);
    memory_free(message);
    error_clear(error);
    return status;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct options options = {0};
    output_start();
    memory_on_exhaustion(on_exhaustion);
    numeric_start();
    language_start();
    bool is_done = options_read(&options, argc, argv, &error) && run(&options, &error) &&
                   output_finish(&error);
    options_destroy(&options);
    return is_done ? 0 : complain(&error);
}
