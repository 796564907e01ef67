/*
 * The explorer: a study on the terminal, or replayed from a script without one.
 * In: a study and how to show it. Out: screens; files that a person asks for. explorer.c holds
 * the one loop: only it opens views, starts jobs and writes files.
 */
#ifndef UI_EXPLORER_EXPLORER_H
#define UI_EXPLORER_EXPLORER_H

#include "base/error.h"
#include "study/results.h"
#include "ui/config.h"

struct explorer_options {
    bool ascii;
    bool color;
    bool mouse;
    size_t threads;
    struct results_options results;
    const char *script;     /* path of a script of named actions; NULL: on the terminal */
    struct config *config;  /* of the person; NULL: none. Gains complaints about keys */
    const char *data;       /* folder of what is installed; NULL: none */
    const char *lesson;     /* to begin with, as `learn` takes it; NULL: none */
    const char *study_path; /* by which things are kept; NULL: nothing is */
    bool is_fresh;          /* not at the last place */
    size_t columns, rows;   /* of a script's screen; 0: 100x30 */
};

/* Runs until a person quits or the script ends. */
MUST_USE bool explorer_run(const struct study *study, const struct explorer_options *options,
                           struct error *error);

/* The taxa screen as plain text with every row, for a pipe. The caller frees it. */
char *explorer_taxa_text(const struct results *results, size_t width, bool ascii);

#endif
