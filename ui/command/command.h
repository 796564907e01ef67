/*
 * The commands of the program: one a file, listed in commands.c.
 * In: options. Out: text on standard output, or an error. The table feeds the command line,
 * --help and the manual page.
 */
#ifndef UI_COMMAND_COMMAND_H
#define UI_COMMAND_COMMAND_H

#include "ui/command/options.h"

struct command {
    const char *name;     /* "mr"; empty for the explorer, which needs none */
    const char *operands; /* "FILE", as --help shows it */
    const char *shows;    /* one sentence, N_() */
    size_t least, most;   /* number of operands */
    uint64_t accepts;     /* a set of options, beside the common ones */
    bool (*run)(const struct options *options, struct error *error);
};

/* What every command takes; one that has no use for a value does not mind it. */
#define COMMON_OPTIONS                                                                         \
    (OPTION_SET(OPTION_METHODS) | OPTION_SET(OPTION_TABLE) | OPTION_SET(OPTION_FORMAT) |       \
     OPTION_SET(OPTION_LEVEL) | OPTION_SET(OPTION_SEED) | OPTION_SET(OPTION_THREADS) |         \
     OPTION_SET(OPTION_BOOT) | OPTION_SET(OPTION_PRESSO_SIMS) | OPTION_SET(OPTION_PARAMETER) | \
     OPTION_SET(OPTION_CONVENTION) | OPTION_SET(OPTION_COL) |                                  \
     OPTION_SET(OPTION_SKIP_BAD_ROWS) | OPTION_SET(OPTION_WIDTH) | OPTION_SET(OPTION_ASCII) |  \
     OPTION_SET(OPTION_NO_COLOR) | OPTION_SET(OPTION_LANG) | OPTION_SET(OPTION_QUIET) |        \
     OPTION_SET(OPTION_NO_CACHE) | OPTION_SET(OPTION_HELP) | OPTION_SET(OPTION_VERSION))

extern const struct command command_explore;
extern const struct command command_run;
extern const struct command command_mr;
extern const struct command command_harmonise;
extern const struct command command_clump;
extern const struct command command_columns;
extern const struct command command_index;
extern const struct command command_plot;
extern const struct command command_simulate;
extern const struct command command_new;
extern const struct command command_cache;
extern const struct command command_mv;
extern const struct command command_learn;
extern const struct command command_mediate;
extern const struct command command_report;
extern const struct command command_merge;
extern const struct command command_overlap;
extern const struct command command_help;

/* Every command, the explorer first. Static. */
const struct command *const *commands_all(size_t *count);

/* The command of a name, or NULL. */
const struct command *commands_find(const char *name);

/* All that can be asked, or what one command takes, as text. */
void help_of_program(struct text *text);
void help_of_command(const struct command *command, struct text *text);
void help_version(struct text *text);

#endif
