/*
 * Files being read into a study while the person goes on.
 * In: what is to be read. Out: how far it is, and in the end a study or an error. It can be
 * stopped at any time.
 */
#ifndef UI_EXPLORER_READING_H
#define UI_EXPLORER_READING_H

#include "base/job.h"
#include "ui/explorer/opening_files.h"

struct reading;

/* A study file; the two sides; one harmonised table. What is given is copied. */
struct reading *reading_of_study(const char *path);
struct reading *reading_of_sides(const struct opening *opening);
struct reading *reading_of_harmonised(const struct source *source);

/* Begins, on a thread of the pool, which must outlive it. */
void reading_start(struct reading *reading, struct job_pool *pool);

/* Waits until it is over, but not longer than so many seconds; true when it is. */
bool reading_wait(struct reading *reading, double seconds);
bool reading_is_over(struct reading *reading);

/* Asks it to stop: it is over soon, without a study. */
void reading_stop(struct reading *reading);

/* The share of all bytes that was read, 0 to 1; NaN where that is unknown. */
double reading_progress(struct reading *reading);

/* Whether single files were chosen, and no study file. */
bool reading_is_of_files(const struct reading *reading);

/* The study, then the caller's; NULL and the error where there is none. It must be over. */
struct study *reading_take(struct reading *reading, struct error *error);

/* Stops it where it is not over, and waits for that. NULL is nothing. */
void reading_destroy(struct reading *reading);

#endif
