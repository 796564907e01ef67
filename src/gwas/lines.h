/*
 * A stream of lines out of a file as people have it: plain, gzip, BGZF or zstd, or standard
 * input for "-". In: a path. Out: lines without their ends, one at a time, with their numbers.
 * Refuses directories, NUL bytes, UTF-16, truncated or corrupt data and rubbish behind them.
 */
#ifndef GWAS_LINES_H
#define GWAS_LINES_H

#include "base/error.h"
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct lines;
struct sieve;

/* What reading gave. */
enum read_result { READ_ROW, READ_END, READ_ERROR };

/* The longest line and the longest cell that are read; longer ones refuse the file. */
#define LINES_LONGEST ((size_t)16 << 20)
#define LINES_LONGEST_CELL ((size_t)64 << 10)

/* Opens path; on true *lines is the caller's, ended with lines_close. */
MUST_USE bool lines_open(const char *path, struct lines **lines, struct error *error);
/* The same out of bytes in memory, copied; `name` is for messages. */
MUST_USE bool lines_open_bytes(const char *name, const char *bytes, size_t length,
                               struct lines **lines, struct error *error);
void lines_close(struct lines *lines);

/* Adds the bytes of the file that were read so far to *consumed (NULL: nowhere), and all that
 * are read from now on. */
void lines_count_bytes(struct lines *lines, _Atomic uint64_t *consumed);

/* The next line: *text (NUL-terminated, borrowed until the next call; may be written to). */
MUST_USE enum read_result lines_next(struct lines *lines, char **text, size_t *length,
                                     struct error *error);

/* How many threads may work ahead: 0 as many as processors, 1 none. To be said before much is
 * read. */
void lines_threads(struct lines *lines, size_t threads);

/* From now on lines_next_left passes over rows that `sieve` does not leave (borrowed). */
void lines_sieve(struct lines *lines, const struct sieve *sieve);

/* As lines_next, the next line that is left; lines_skipped says how many rows were passed over
 * before it, all together. lines_next still gives the very next line. */
MUST_USE enum read_result lines_next_left(struct lines *lines, char **text, size_t *length,
                                          struct error *error);
size_t lines_skipped(const struct lines *lines);

/* What the first bytes say: text of any kind, a VCF, or a BCF, which has no lines. */
enum lines_kind { LINES_TEXT, LINES_VCF, LINES_BCF };
enum lines_kind lines_kind(const struct lines *lines);

/* The number of the line last given, from 1; and the name of the file for messages. */
long lines_number(const struct lines *lines);
const char *lines_name(const struct lines *lines);

#endif
