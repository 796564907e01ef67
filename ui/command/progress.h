/*
 * A bar for what takes a while, on standard error where that is a terminal.
 * In: how far the reading of a study is. Out: one line, written over itself and wiped at the
 * end; nothing on a pipe or under --quiet.
 */
#ifndef UI_COMMAND_PROGRESS_H
#define UI_COMMAND_PROGRESS_H

#include "study/study.h"
#include "ui/command/options.h"

struct progress {
    bool is_shown; /* there is a terminal, and somebody wants it */
    bool is_drawn; /* a line stands there now */
    bool is_ascii;
    size_t width;
    double start, last; /* seconds of a clock that only goes forward */
};

struct progress progress_begin(const struct options *options);

/* A study_progress_function; `context` is a struct progress. Draws at most ten times a second,
 * and not in the first half second: what is quick needs no bar. */
void progress_show(void *context, const struct study_progress *progress);

/* The same for other work: what it is, and the share that is done, 0 to 1. */
void progress_show_share(struct progress *progress, const char *what, double share);

/* Wipes the line. */
void progress_end(struct progress *progress);

/* The line itself, at most `width` columns, without an end: for progress_show. */
void progress_line(struct text *text, const struct study_progress *progress, double seconds,
                   size_t width, bool is_ascii);

#endif
