/*
 * What a person wishes of every session: the file taxamr.conf, read by libconfuse, never
 * written. In: a path. Out: choices, keys for actions, and one sentence for everything that
 * could not be taken; the rest is taken all the same. Command line and environment go before.
 */
#ifndef UI_CONFIG_H
#define UI_CONFIG_H

#include "base/array.h"
#include <stdbool.h>

enum config_choice { CONFIG_UNSAID, CONFIG_NO, CONFIG_YES };

/* `action = "key key"` of the section keys; the action is one of the table. */
struct config_binding {
    char *action, *keys;
    long line;
};

struct config {
    char *path;
    enum config_choice ascii, color, mouse, odds_ratio;
    char *language;          /* "en", "zh"; NULL: not said */
    struct array bindings;   /* struct config_binding, in the order of the file */
    struct array complaints; /* char *, "FILE: line N: found X; do Y" */
};

/* A file that is not there is one that says nothing. The caller ends it with config_end. */
void config_read(struct config *config, const char *path);
void config_end(struct config *config);

/* Adds a complaint about a line. */
void config_complain(struct config *config, long line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
