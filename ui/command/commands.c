#include "ui/command/command.h"
#include <string.h>

static const struct command *const commands[] = {
    &command_explore, &command_run,   &command_mr,       &command_harmonise, &command_clump,
    &command_columns, &command_plot,  &command_simulate, &command_new,       &command_cache,
    &command_help,    &command_index, &command_mv,       &command_mediate,   &command_learn,
    &command_report,  &command_merge, &command_overlap,
};

const struct command *const *commands_all(size_t *count)
{
    *count = sizeof commands / sizeof commands[0];
    return commands;
}

const struct command *commands_find(const char *name)
{
    for (size_t i = 1; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}
