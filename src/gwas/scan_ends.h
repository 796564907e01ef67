/*
 * The first step of a scan: text -> a bit for each byte where a cell ends, and the lines' ends.
 */
#ifndef GWAS_SCAN_ENDS_H
#define GWAS_SCAN_ENDS_H

#include "gwas/scan.h"

/* Lines that are told at most; there is room for two more. */
#define SCAN_LINES ((size_t)4096)

/* Fills lines, ends and before of `scan`; three words of 0 go behind the ends. */
typedef void scan_ends_function(struct scan *scan, const char *text, size_t from, size_t to,
                                char delimiter);

scan_ends_function scan_ends_portable;
scan_ends_function *scan_ends_fastest(void);

#endif
