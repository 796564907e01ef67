/*
 * The results of a study in parts on the disk, a few pairs each: a computation that was killed
 * goes on from them, and shards that were computed apart come together by them.
 * In: a study, options, a folder. Out: files written as pairs are done, each whole or not at
 * all and with a checksum; results, of which what lay there already is not computed again. A
 * part counts only where its pairs' data and all settings are the same to the last byte.
 */
#ifndef STUDY_PARTS_H
#define STUDY_PARTS_H

#include "base/job.h"
#include "study/results.h"

/* Which taxa: number `shard`, from 1, of `count`. The taxa are dealt out one after the other,
 * in the order of the study's pairs, and each brings its pairs of both directions. */
struct parts_shard {
    size_t shard, count;
    size_t slices; /* of the study (slices.h), which `study` below is one of */
};

struct parts;

/* `study` and `options` must outlive it; the caller ends it with parts_end. */
struct parts *parts_begin(const struct study *study, const struct results_options *options,
                          struct parts_shard shard, const char *folder);
void parts_end(struct parts *parts);

/* How many parts there are; of those how many lay there already and how many were written, and
 * how many files lay there whose data or settings were other ones: known behind parts_run. */
struct parts_count {
    size_t parts, taken_over, written, outdated;
};
struct parts_count parts_count_of(const struct parts *parts);

/* The results of the shard, which borrow from `parts`: the caller ends them first. False where
 * a part cannot be written. */
MUST_USE bool parts_run(struct parts *parts, struct job_pool *pool, struct results **results,
                        struct error *error);

/* Says in the folder that all parts are there, for parts_merge. `table` is the key of the only
 * table asked for, or NULL. */
MUST_USE bool parts_finish(const struct parts *parts, const char *table, struct error *error);

/* Where the parts of a slice of a study are in the folder of all; the caller frees it. */
char *parts_slice_folder(const char *folder, size_t slice);

/* No slice of the folder of all counts as finished any more: a merge refuses it until parts_run
 * has been through all of them. */
void parts_unfinish(const char *folder);

/* Removes the folder of all and what parts_run left in it; what else is there stays. */
void parts_remove(const char *folder);

/* How many slices a finished shard has, by the folder of its first; 0 where it is not one. */
size_t parts_slices(const char *folder);

/* Several shards as one: what came of them, ended with parts_merged_end. */
struct parts_merged {
    struct study *study;
    struct results *results;
    struct mediations *mediations; /* or NULL */
    struct results_options options;
    const char *table; /* or NULL */
    struct arena *arena;
};

/* `folders` are those of the shards, in any order, `names` what people call them. Refuses
 * shards that are missing, twice there, unfinished, broken, or made with other settings, data
 * or another version, by their names. */
MUST_USE bool parts_merge(const char *const *folders, const char *const *names, size_t count,
                          struct parts_merged *merged, struct error *error);
void parts_merged_end(struct parts_merged *merged);

#endif
