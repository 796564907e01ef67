/*
 * The explorer as commands start it. In: options, what to begin with. Out: a session on the
 * terminal or a script replayed; without either the taxa table as text.
 */
#ifndef UI_COMMAND_EXPLORE_H
#define UI_COMMAND_EXPLORE_H

#include "ui/command/options.h"

struct explore_what {
    const char *study;  /* name or path; NULL: gut-insomnia */
    const char *lesson; /* to begin with; "": the list of them; NULL: the study */
};

MUST_USE bool explore_run(const struct options *options, const struct explore_what *what,
                          struct error *error);

#endif
