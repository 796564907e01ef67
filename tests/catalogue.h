/*
 * A catalogue of translations (PO) for tests that hold it against the program.
 * In: a PO file without wrapped lines, as msgcat --no-wrap writes it. Out: its messages, with
 * escapes as they stand there, so that each is one line.
 */
#ifndef TESTS_CATALOGUE_H
#define TESTS_CATALOGUE_H

#include "base/array.h"
#include <stdbool.h>

struct message {
    char *english;
    char *plural; /* empty where there is none */
    char *translation;
};

/* The messages of `path`, without the header; array_at gives a struct message *. The caller
 * ends them with catalogue_drop. */
struct array catalogue_read(const char *path);
void catalogue_drop(struct array *messages);

#endif
