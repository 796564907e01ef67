/*
 * Tables of a study that is computed slice by slice: the rows of each slice wait in files of
 * their own, and become tables when all are there.
 * In: results of one slice after the other. Out: tables as a run of one slice writes them, and
 * never more than one slice in memory.
 */
#ifndef UI_COMMAND_SEGMENTS_H
#define UI_COMMAND_SEGMENTS_H

#include "ui/command/run_tables.h"

/* The rows of a slice's results, into `place`, a folder that is made. */
MUST_USE bool segments_write(const struct run_tables *tables, const struct results *results,
                             const char *place, struct error *error);

/* The tables of a study of one slice; long ones wait in `place` until they are done. */
MUST_USE bool segments_write_whole(struct run_tables *tables, const struct results *results,
                                   const char *place, struct error *error);

/* The tables of all slices, whose places are those of parts_slice_folder in `rows`. */
MUST_USE bool segments_join(struct run_tables *tables, const char *rows, struct error *error);

#endif
