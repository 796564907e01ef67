/*
 * Results as tables: rows of named columns, written as TSV, CSV or JSON.
 * In: a study and its results. Out: text through a writer. A kind of table is one function and
 * one row in tables.c; its column names are a contract and only grow.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/error.h"
#include "base/text.h"
#include "study/results.h"

enum table_format { TABLE_TSV, TABLE_CSV, TABLE_JSON };

/* The format of a name ("tsv", "csv", "json"); false when unknown. */
bool table_format_of(const char *name, enum table_format *format);
/* The name of a format, which is also how its files end. */
const char *table_format_key(enum table_format format);

struct table_writer;

/* Cells of the present row, in the order of the kind's columns. Missing numbers print NA (TSV,
 * CSV) or null (JSON). */
void table_text(struct table_writer *writer, const char *text);
void table_number(struct table_writer *writer, double value);
void table_probability(struct table_writer *writer, double p, double neglog10_p);
void table_flag(struct table_writer *writer, bool value);
void table_end_row(struct table_writer *writer);

/* Rows that rest on all outcomes at once, of which a study in slices (study/slices.h) has one
 * after the other: they stand before the others. What is kept lives in the arena. */
struct table_gatherer {
    void *(*begin)(struct arena *arena);
    void (*take)(void *gathered, const struct results *results);
    void (*fill)(const void *gathered, struct table_writer *writer);
    void (*end)(void *gathered);
};

struct table_kind {
    const char *key;            /* "estimates": of --table, and the name of its file */
    const char *const *columns; /* NULL-terminated */
    const char *shows;          /* one sentence, N_() */
    void (*fill)(const struct results *results, struct table_writer *writer); /* NULL: no rows
                                                              but those of the gatherer */
    bool is_of_study; /* its rows rest on the whole study, not on a pair each */
    const struct table_gatherer *gatherer; /* NULL: it has no such rows */
    bool needs_mediators; /* it has no row in a study without them, and no file */
};
const struct table_kind *const *tables_all(size_t *count);
const struct table_kind *tables_find(const char *key);

/* The whole table as text appended to `text`: header and rows. Text cells are cleaned; a CSV
 * cell that starts like a formula gets a leading apostrophe. The tables of a study with made-up
 * effects end in a column `simulated_outcome`; before it, where variants were left out by hand,
 * stand their ids in `excluded_by_hand`. */
void table_print(const struct table_kind *kind, const struct results *results,
                 enum table_format format, struct text *text);

/* The same for rows that are no study's results: `fill` gets them as given. */
void table_print_rows(const char *const *columns,
                      void (*fill)(const void *rows, struct table_writer *writer),
                      const void *rows, enum table_format format, struct text *text);

/* The same where effects may be made up, which ends the rows in `simulated_outcome`. */
void table_print_rows_of(bool is_simulated, const char *const *columns,
                         void (*fill)(const void *rows, struct table_writer *writer),
                         const void *rows, enum table_format format, struct text *text);

/* A column that the caller adds at the end of each row, before those two. */
struct table_extra {
    const char *name;
    /* The cell of a row with this exposure and outcome (NULL where its table has none); NULL:
     * missing. */
    const char *(*cell)(const void *context, const char *exposure, const char *outcome);
    const void *context;
};

/* table_print with such a column; NULL: without. */
void table_print_with(const struct table_kind *kind, const struct results *results,
                      enum table_format format, const struct table_extra *extra,
                      struct text *text);

/* The same, of whose rows only one pair's are printed, as they are among all of the study:
 * those whose `exposure` or `trait`, `outcome` and `direction` are the pair's. A ledger's row
 * that is of no outcome is of every pair of its trait. */
void table_print_pair(const struct table_kind *kind, const struct results *results,
                      const struct pair *pair, const struct table_extra *extra,
                      struct text *text);

/* Where the rows of a table stand: those of no direction, then forward, then reverse ones. */
enum table_segment { SEGMENT_NEITHER, SEGMENT_FORWARD, SEGMENT_REVERSE, SEGMENTS };

/* Takes text that was printed when there is much of it, and empties it. */
typedef void table_sink(void *context, enum table_segment segment, struct text *text);

/* table_print into segments[0], which the sink empties now and then. Of results without
 * variants left out by hand, as those of table_print_segments are. */
void table_print_flowing(const struct table_kind *kind, const struct results *results,
                         enum table_format format, struct text *segments, table_sink *sink,
                         void *context);

/* The rows alone, appended to a text for each segment, so that tables of several slices of a
 * study can be put together: opening, segment by segment those of all slices, closing. In JSON
 * each row begins with a comma, which the first of all must lose. */
void table_print_segments(const struct table_kind *kind, const struct results *results,
                          enum table_format format, struct text *segments, table_sink *sink,
                          void *context);
/* The gathered rows alone; *has_rows: whether there are any. */
void table_print_gathered(const struct table_kind *kind, bool is_simulated,
                          enum table_format format, const void *gathered, struct text *text,
                          bool *has_rows);
void table_print_ends(const struct table_kind *kind, bool is_simulated,
                      enum table_format format, bool has_rows, struct text *opening,
                      struct text *closing);

#endif
