/*
 * Lines typed into the command line, for Up and Down, over sessions.
 * In: lines. Out: the same, oldest first, none twice, at most 500.
 */
#ifndef UI_EXPLORER_TYPED_H
#define UI_EXPLORER_TYPED_H

#include "base/array.h"

enum { TYPED_MOST = 500 };

/* Begin with {0}. */
struct typed {
    struct array lines; /* char * */
};

void typed_end(struct typed *typed);

/* A line that is there already becomes the newest; an empty one is none. */
void typed_add(struct typed *typed, const char *line);

/* Line `index`, of typed->lines.count. */
const char *typed_line(const struct typed *typed, size_t index);

/* A file's text, to be freed; the lines of one (NULL, or no such file: none). */
char *typed_text(const struct typed *typed);
void typed_take(struct typed *typed, const char *text);

#endif
