/*
 * How the dialects of the field write an association: a header, and a row whose {names} stand
 * for what is true of a variant. In: a truth and a row's template. Out: a line of a file.
 */
#ifndef TESTS_DIALECT_WRITERS_H
#define TESTS_DIALECT_WRITERS_H

#include "base/text.h"
#include <stddef.h>

/* What is true of a variant in a trait. */
struct truth {
    const char *variant, *chromosome;
    double position;
    const char *effect, *other;
    double eaf, beta, se, n;
};

/* What a sample cannot hold, or holds otherwise. */
enum lacks {
    LACKS_OTHER = 1,
    LACKS_PLACE = 2,
    LACKS_EAF = 4,
    LACKS_N = 8,
    ON_38 = 16,        /* positions are on GRCh38 */
    LACKS_IDS = 32,    /* ids are places */
    FROM_Z = 64,       /* beta and SE are per SD of the trait */
    LACKS_FIRST = 128, /* its first row is of its own kind, */
    LACKS_LAST = 256   /* or its last */
};

struct writer {
    const char *dialect, *header, *row; /* dialect NULL: none that is known */
    int lacks;
};

extern const struct writer writers[];
extern const size_t writer_count;

/* Adds the row of a truth, with its line end. */
void writer_add(struct text *text, const struct truth *truth, const char *row);

#endif
