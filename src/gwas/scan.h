/*
 * Where cells and lines end in delimited text, 64 bytes at a time: the part of reading that
 * every byte of a file goes through. In: text, its delimiter. Out: the places of the ends, in
 * order. Built twice, for AVX2 and for any machine with 64-bit words; both give the same.
 */
#ifndef GWAS_SCAN_H
#define GWAS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that must be readable behind the text; room that must be behind the ends. */
#define SCAN_BEHIND 64

/* What goes from one piece of a text to the next, and what was met on the way. */
struct scan {
    char delimiter;    /* tab, comma, semicolon, or a space for any white space */
    bool is_blank;     /* white space: the last byte was some, or a line's end; so at a start */
    bool has_nul;      /* set when a NUL byte is met, */
    bool has_quote;    /* and a double quote */
    size_t cell_count; /* ends of cells that were put behind `cells`, */
    size_t line_count; /* and of lines behind `lines` */
};

/*
 * Scans text[from] up to text[to]. Puts the place of each end of a cell or line behind the
 * cell_count first of `cells`, and those of line ends behind the line_count first of `lines`
 * too. With white space a cell ends at the first blank behind it; several count once.
 */
typedef void scan_function(struct scan *scan, const char *text, size_t from, size_t to,
                           uint32_t *cells, uint32_t *lines);

/* The one for any machine, and the fastest one for this. */
scan_function scan_portable;
scan_function *scan_fastest(void);

#endif
