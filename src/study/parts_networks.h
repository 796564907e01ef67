/*
 * What goes through a study's mediators, in parts as its pairs are (parts.h). Private to this
 * room.
 * In: a study, the pairs of a shard. Out: networks with their triples, a few a part, as bytes
 * that stand behind a part's head; back from them, where their data are the same; and those of
 * several shards as one.
 */
#ifndef STUDY_PARTS_NETWORKS_H
#define STUDY_PARTS_NETWORKS_H

#include "base/pack.h"
#include "study/mediations.h"
#include "study/results.h"

struct parts_networks;

/* Those whose exposure and outcome are a pair of `own`, `place` being that of each of its pairs
 * in the whole: own->through has only these from now on. NULL: none are asked for. */
struct parts_networks *parts_networks_begin(const struct study *whole,
                                            const struct results_options *options,
                                            struct study *own, const size_t *place,
                                            struct arena *arena);
void parts_networks_end(struct parts_networks *networks);

/* How many parts; of NULL none. */
size_t parts_networks_count(const struct parts_networks *networks);

/* Comes before what is below. */
void parts_networks_start(struct parts_networks *networks, struct job_pool *pool);

/* A part from bytes: all of it, or false where they are of other data. */
MUST_USE bool parts_networks_take(struct parts_networks *networks, size_t part,
                                  struct unpack *from);
bool parts_networks_has(const struct parts_networks *networks, size_t part);
void parts_networks_run(struct parts_networks *networks, size_t part, struct job_pool *pool);
void parts_networks_add(const struct parts_networks *networks, size_t part, struct text *bytes);

/* All parts together, borrowed; of NULL: NULL. */
const struct mediations *parts_networks_finish(struct parts_networks *networks);

/* Goes on from `sum` with the data of all networks of a study. */
uint32_t parts_networks_sum(const struct study *study, uint32_t sum);

/* A part of any shard, into mediations of a study that was taken from a snapshot; `pairs` are
 * the whole's, NULL where they have not come. Breaks `from` where it makes no sense. */
void parts_networks_merge(struct unpack *from, struct pair *const *pairs, size_t pair_count,
                          const struct mediations *mediations);
/* Whether all have come. */
bool parts_networks_are_whole(const struct mediations *mediations);

#endif
