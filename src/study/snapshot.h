/*
 * A study and what was computed of it as bytes, so that another process can go on from there.
 * In: a loaded study, analyses. Out: bytes; and back, a study without its files' associations
 * and the same analyses, from which every table comes out the same to the last byte.
 */
#ifndef STUDY_SNAPSHOT_H
#define STUDY_SNAPSHOT_H

#include "base/pack.h"
#include "study/mediations.h"
#include "study/results.h"

/* The traits of a study's pairs, each once in each of its roles. */
struct snapshot_traits {
    struct array traits; /* const struct trait * */
    struct map *places;
};
struct snapshot_traits snapshot_traits_of(const struct study *study);
void snapshot_traits_end(struct snapshot_traits *traits);
/* The place of one side of a pair of that study. */
size_t snapshot_place(const struct snapshot_traits *traits, const struct pair *pair,
                      bool is_exposure);

/* The files read, by path and checksum; adds them to the study's. */
void snapshot_add_files(struct text *bytes, const struct array *files);
void snapshot_take_files(struct unpack *from, struct study *study);

/* What was asked for (asked.h); the same. */
void snapshot_add_asked(struct text *bytes, const struct study *study);
void snapshot_take_asked(struct unpack *from, struct study *study);

/* What stands above the pairs: title, seed, traits, also those without a pair, mediators
 * without their networks; with_ledger: the ledger. */
void snapshot_add_study(struct text *bytes, const struct study *study,
                        const struct snapshot_traits *traits, bool with_ledger);
/* NULL where the bytes are broken; else the caller's, ended with study_destroy, and without
 * pairs. */
struct study *snapshot_take_study(struct unpack *from, struct snapshot_traits *traits);

void snapshot_add_pair(struct text *bytes, const struct pair *pair,
                       const struct snapshot_traits *traits);
/* In `arena`; NULL where the bytes are broken. */
struct pair *snapshot_take_pair(struct unpack *from, const struct snapshot_traits *traits,
                                struct arena *arena);

/* What the methods said; diagnostics are computed again, which gives the same. */
void snapshot_add_analysis(struct text *bytes, const struct analysis *analysis);
struct analysis *snapshot_take_analysis(struct unpack *from, const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena);

/* Mediators and covariates, and how many networks there are, which more than `most` cannot be;
 * NULL: none. In `arena`; the networks and triples taken are empty. */
void snapshot_add_through(struct text *bytes, const struct through *through);
const struct through *snapshot_take_through(struct unpack *from, size_t most,
                                            struct arena *arena);

/* What tables say of the designs of one network and its triples, whose traits are those of the
 * pair `total` of exposure and outcome. Taken in `arena` into its place in what
 * snapshot_take_through gave. */
void snapshot_add_designs(struct text *bytes, const struct through *through, size_t network);
void snapshot_take_designs(struct unpack *from, const struct through *through, size_t network,
                           struct pair *total, struct arena *arena);

/* What came of one network and its triples, taken into its place; mediators and methods are the
 * same. */
void snapshot_add_mediated(struct text *bytes, const struct mediations *mediations,
                           size_t network);
void snapshot_take_mediated(struct unpack *from, const struct mediations *mediations,
                            size_t network);

/* What the methods were asked: which, and their settings. Lists are in `arena`; false where the
 * bytes are broken or name a method that this version does not have. */
void snapshot_add_options(struct text *bytes, const struct results_options *options);
MUST_USE bool snapshot_take_options(struct unpack *from, struct results_options *options,
                                    struct arena *arena);

#endif
