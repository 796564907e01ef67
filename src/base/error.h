/*
 * What went wrong, where, and what the reader can do about it.
 * In: the place (file, line, column) and words. Out: one cleaned line for a person.
 * Input can fail, statistics cannot: a function that reads or writes returns bool and fills a
 * struct error; the first error wins, so a cause is never hidden by its consequences.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* Makes the compiler complain when a result that says "failed" is dropped. */
#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(nth, first) __attribute__((format(printf, nth, first)))

enum error_code {
    ERROR_NONE,
    ERROR_DATA,   /* the data are wrong: exit status 1 */
    ERROR_SYSTEM, /* the machine refused (a file, a disk): exit status 1 */
    ERROR_USAGE,  /* the command line is wrong: exit status 2 */
};

/* Zero-initialise; error_clear when done. All strings belong to the error. */
struct error {
    enum error_code code;
    char *file;   /* NULL when no file is concerned */
    long line;    /* 1-based; 0 when no line is concerned */
    char *column; /* name of the column; NULL when none is concerned */
    char *text;   /* "found X; do Y", as given: not yet cleaned */
};

/*
 * Records an error unless one is recorded already. file and column may be NULL, line 0.
 * `format` says what was found and, after "; ", what to do. Returns false always, so that a
 * caller can write `return error_set(...)`. Copies everything.
 */
bool error_set(struct error *error, enum error_code code, const char *file, long line,
               const char *column, const char *format, ...) PRINTF_LIKE(6, 7);

/* error_set for a failed system call: appends the meaning of errno. Returns false. */
bool error_set_errno(struct error *error, const char *file, const char *what);

/*
 * The error as one line, "FILE: line N, column NAME: found X; do Y", control characters made
 * visible, at most 1,000 bytes. The caller frees it with memory_free.
 */
char *error_message(const struct error *error);

/* Frees the strings and makes the error empty again. */
void error_clear(struct error *error);

#endif
