/*
 * Running a command line through the shell and reading what it said.
 * In: a line for sh, in which `taxamr` is the program under test. Out: standard output,
 * standard error and exit status.
 */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

struct said {
    char *out;
    char *err;
    int status; /* 256 and up: killed by a signal */
};

/* Runs `line` in a fresh folder, with `taxamr` in the PATH and ROOT naming the source tree. The
 * caller ends it with said_drop. */
struct said program_say(const char *line);
void said_drop(struct said *said);

/* What a line prints when all is well, for the caller to free; and one that prints nothing. */
char *program_prints(const char *line);
void program_is_silent(const char *line);

/* The folder that lines run in: made once, removed by program_clean. */
const char *program_folder(void);
void program_clean(void);

/* The whole of a file as text, or NULL. The caller frees it. */
char *program_file(const char *path);

#endif
