/*
 * The bytes of a file as they lie on the disk, in order, or of standard input for "-".
 * In: a path. Out: a window of bytes not taken yet, refilled by large reads. What decompresses
 * takes from its front.
 */
#ifndef GWAS_INPUT_H
#define GWAS_INPUT_H

#include "base/error.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define INPUT_SIZE ((size_t)128 << 10)

struct input {
    int file;
    char *name; /* for messages */
    unsigned char *bytes;
    size_t begin, end;          /* what of bytes is not taken yet */
    bool is_at_end;             /* the file has no more */
    bool is_regular;            /* it can be read at any place */
    off_t start;                /* where it was when it was opened */
    uint64_t read;              /* bytes that came into the window so far */
    _Atomic uint64_t *consumed; /* grows with them; or NULL */
};

/* Opens path; whatever it says, the caller ends it with input_close. */
MUST_USE bool input_open(struct input *input, const char *path, struct error *error);
void input_close(struct input *input);

/* Sees to `count` bytes (at most INPUT_SIZE) in the window, fewer only at the end. */
MUST_USE bool input_need(struct input *input, size_t count, struct error *error);

/* How many bytes stand in the window, and the first of them. */
size_t input_left(const struct input *input);
const unsigned char *input_at(const struct input *input);

/* Up to `size` bytes from `place` of a regular file, counted from where it was opened; fewer
 * only at its end. Any thread may ask. */
MUST_USE bool input_read_at(const struct input *input, char *bytes, size_t size, off_t place,
                            size_t *got, struct error *error);

#endif
