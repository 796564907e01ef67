/*
 * Rows of cells out of delimited text: tab, comma, semicolon or white space, found from the
 * header line; quoted CSV through libcsv. In: a path. Out: a header, then rows with as many
 * cells. A ragged row is an error that names its line.
 */
#ifndef GWAS_ROWS_H
#define GWAS_ROWS_H

#include "gwas/lines.h"
#include "gwas/sieve.h"

struct rows;

/* The most columns that are read; more refuse the file. */
#define ROWS_MOST_COLUMNS ((size_t)10000)

/* Opens path and reads its header; on true *rows is the caller's, ended with rows_close. */
MUST_USE bool rows_open(const char *path, struct rows **rows, struct error *error);
/* The same of lines that are open already; they are the rows' from now on, also on false. */
MUST_USE bool rows_open_lines(struct lines *lines, struct rows **rows, struct error *error);
void rows_close(struct rows *rows);

/* Adds the bytes of the file that were read so far to *consumed (NULL: nowhere), and all that
 * are read from now on. */
void rows_count_bytes(struct rows *rows, _Atomic uint64_t *consumed);

/* How many threads may work ahead: 0 as many as processors, 1 none. Right behind rows_open. */
void rows_threads(struct rows *rows, size_t threads);

/*
 * From now on rows_next passes over rows that the sieve does not leave; its delimiter and
 * number of columns are filled in here, its ids are borrowed until rows_close. rows_skipped
 * says how many rows were passed over so far.
 */
void rows_sieve(struct rows *rows, const struct sieve *sieve);
size_t rows_skipped(const struct rows *rows);

/* The header: number of columns and the name of each, borrowed until rows_close. */
size_t rows_columns(const struct rows *rows);

/* Where the columns of `count` names are. Fails on the first that the header lacks, in the
 * words given. */
MUST_USE bool rows_find_columns(const struct rows *rows, const char *const *names, size_t count,
                                size_t *columns, const char *words, struct error *error);

const char *rows_column(const struct rows *rows, size_t column);

/*
 * The next row: *cells has rows_columns cells, borrowed until the next call. READ_ERROR on a
 * ragged row; the caller may go on reading after clearing the error (--skip-bad-rows).
 */
MUST_USE enum read_result rows_next(struct rows *rows, const char *const **cells,
                                    struct error *error);

/*
 * Whether reading may go on after READ_ERROR: yes behind a row that was wrong in itself, no
 * behind a stream that broke.
 */
bool rows_can_go_on(const struct rows *rows);

/* Line of the row last given, and file name, for messages. */
long rows_line(const struct rows *rows);
const char *rows_name(const struct rows *rows);

/* Whether a cell means missing: empty, NA, NaN, "."; for text columns also "-". */
bool rows_is_missing(const char *cell, bool is_text);

/* Whether a comma may be a decimal one: the cells are parted by semicolons or tabs. */
bool rows_may_have_commas(const struct rows *rows);

/*
 * A cell as a number. Missing gives NaN and true. Refuses hex, decimal commas and trailing junk
 * (false, no error set).
 */
MUST_USE bool rows_number(const char *cell, double *value);

/*
 * A cell as a probability: also sets -log10, which survives digits below the smallest double
 * ("1e-400" gives p 0 and 400). False when it is not a number.
 */
MUST_USE bool rows_probability(const char *cell, double *p, double *neglog10_p);

/* The same of cells with a decimal comma and no point. With `is_count` what may be thousands
 * ("386,533") is refused. */
MUST_USE bool rows_comma_number(const char *cell, bool is_count, double *value);
MUST_USE bool rows_comma_probability(const char *cell, double *p, double *neglog10_p);

#endif
