/*
 * Tables printed side by side, of which what is long waits on the disk, so that no table is in
 * memory whole. In: results, kinds of table, a folder. Out: of each segment a file, where there
 * was much of it, and the text that goes behind.
 */
#ifndef UI_COMMAND_FLOW_H
#define UI_COMMAND_FLOW_H

#include "report/table.h"

struct flow {
    const struct table_kind *kind;
    const char *place;          /* the folder, which is made when it is needed */
    struct text rest[SEGMENTS]; /* behind what is in the files */
    bool has_file[SEGMENTS];    /* there is one, called by flow_path */
    struct error error;         /* the first in writing */
    const struct results *results;
    enum table_format format;
    bool is_whole; /* the table in the first segment, not the rows by segment */
};

/* Prints all of them; false where a file could not be written, *error being that of the first
 * table. The caller ends each. */
MUST_USE bool flow_print(struct flow *flows, size_t count, size_t threads, struct error *error);
void flow_end(struct flow *flow);

/* The file of a segment; the caller frees the path. */
char *flow_path(const char *place, const struct table_kind *kind, int segment);

/* The folder, made. */
MUST_USE bool flow_make_place(const char *place, struct error *error);

#endif
