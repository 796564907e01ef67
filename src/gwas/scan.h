/*
 * Where lines end in delimited text, whether they have as many cells as they should, and where
 * the few cells stand that are wanted of them: the part of reading that every byte of a file
 * goes through. Ends of cells are kept as bits, one a byte of text, and counted rather than
 * listed, so that columns nobody wants cost next to nothing. In: text that begins with a line.
 * Out: its lines, in order. Built twice, for AVX2 and BMI2 and for any machine with 64-bit
 * words; both give the same.
 */
#ifndef GWAS_SCAN_H
#define GWAS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest text that is scanned at once. */
#define SCAN_MOST ((size_t)64 << 10)

/* What lines are looked at for. */
struct scan_wanted {
    char delimiter;       /* tab, comma, semicolon, or a space for any white space */
    size_t columns;       /* cells of a whole line */
    const size_t *wanted; /* which of them are wanted, from 0, */
    size_t count;         /* and how many */
};

/* A line; it begins behind the one before it. */
struct scan_line {
    uint32_t stop; /* the place of its line feed */
    bool is_whole; /* it has as many cells as it should */
};

/* A cell, without blanks before it or the carriage return of the line's end. */
struct scan_cell {
    uint32_t start, stop;
};

/* What was found. */
struct scan {
    struct scan_line *lines;
    size_t line_count;
    bool is_doubtful;        /* NUL bytes are there, or quotes that may hold delimiters */
    size_t whole_count;      /* lines that are whole */
    struct scan_cell *cells; /* of the whole lines; the first wanted one of each, then `most` */
    size_t most;             /* further on the second one of each, and so on */
    uint64_t *ends;          /* a bit for each byte: a cell ends here; lowest byte first, */
    uint32_t *before;        /* how many end before each 64 bytes, */
    uint32_t *starts; /* and where whole lines begin; these count from the text's start */
};

/* Room for scans that want this; the caller ends it with scan_destroy. */
struct scan *scan_create(const struct scan_wanted *wanted);
void scan_destroy(struct scan *scan);

/* The cells of the wanted column number `index`, one of each whole line. */
const struct scan_cell *scan_cells(const struct scan *scan, size_t index);

/*
 * Scans text[from] up to text[to], SCAN_MOST bytes at most. Lines that do not end there are not
 * told, nor are lines behind some thousands. Places count from text[0]. With white space a
 * cell ends at the first blank behind it; several count once, and those at the line's end not.
 */
typedef void scan_function(struct scan *scan, const struct scan_wanted *wanted,
                           const char *text, size_t from, size_t to);

/* The one for any machine, and the fastest one for this. */
scan_function scan_portable;
scan_function *scan_fastest(void);

#endif
