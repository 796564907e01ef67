/*
 * Many tables read side by side, each into memory of its own.
 * In: paths and what is wanted of each. Out: a table each, from its file or from what was kept
 * of it, whatever the number of threads; or the error of the first in order that has one.
 */
#ifndef STUDY_RAW_READ_H
#define STUDY_RAW_READ_H

#include "study/sides.h"

/* A trait's two roles in pairs. */
enum role { ROLE_EXPOSURE, ROLE_OUTCOME };

/* One table to read. raw_read fills the last four. */
struct raw_reading {
    struct side *side;
    const char *path;
    const char *only; /* the trait of rows that name none */
    bool serves[2];   /* which roles its rows are for */
    bool is_disease;  /* it has one trait, the section's, however its rows name it */
    bool is_table;    /* it holds what is needed and nothing else */
    bool is_whole;    /* every row is read; otherwise options.wanted says which */
    struct gwas_options options;
    struct arena *arena; /* of the table's texts */
    struct gwas_table table;
    bool is_read;
    bool was_kept; /* it came from the cache */
};

/* What all reading of a study has in common. */
struct raw_reader {
    const struct study_loading *loading;
    struct study_progress done; /* by passes that are over; all_* of all passes */
};

/*
 * Reads all. `ids` stands for the list of variants in options.wanted, if there is one. On false
 * nothing is left to free; on true the caller ends each with raw_reading_end.
 */
MUST_USE bool raw_read(struct raw_reader *reader, struct array *readings, uint64_t ids,
                       struct error *error);
void raw_reading_end(struct raw_reading *reading);

/* The size of a file; 0 where there is none. */
double raw_file_size(const char *path);

#endif
