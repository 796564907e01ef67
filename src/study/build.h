/*
 * The steps that every way of loading a study shares.
 * In: tables as they are read. Out: notes of files, warnings and dropped rows in the study, and
 * traits by key with their associations. Private to this room.
 */
#ifndef STUDY_BUILD_H
#define STUDY_BUILD_H

#include "base/map.h"
#include "study/plan.h"
#include "study/study.h"

/* A study without anything in it, its arena made. */
struct study *study_create(void);

/*
 * Notes a table that was read: the file, a warning about dropped rows, and a ledger entry for
 * each of them (under `owner` where a row names no trait; NULL: under the file's name).
 */
void study_note_table(struct study *study, const char *path, const struct gwas_table *table,
                      const char *owner);

/* Adds one ledger entry. */
void study_note(struct study *study, struct ledger_entry entry);

/* Traits in order, found by key. Begin with trait_list_create, end with trait_list_destroy. */
struct trait_list {
    struct array traits; /* struct trait * */
    struct map *keys;
};
struct trait_list trait_list_create(void);
void trait_list_destroy(struct trait_list *list);

/* The trait of a key, made (in `arena`, named by its key) when it is new. */
struct trait *trait_list_get(struct trait_list *list, const char *key, struct arena *arena);
struct trait *trait_list_at(const struct trait_list *list, size_t index);

/* The traits as a plain array in `arena`. */
struct trait **trait_list_take(const struct trait_list *list, struct arena *arena);

/* Copies into the trait what a section says of it: cohort, unit, n, cases. */
void trait_describe(struct trait *trait, const struct plan_section *section);

/*
 * Reads a table of associations and gives each trait its own, in file order; rows without a
 * trait column go to `only`. Traits that are new are added.
 */
MUST_USE bool trait_list_read(struct trait_list *list, struct study *study, const char *path,
                              const char *only, const struct gwas_options *options,
                              struct error *error);

/* Reads a table of taxa: keys, names, ranks, lineage, sample sizes; adds a trait a row. */
MUST_USE bool taxonomy_read(struct trait_list *list, struct study *study, const char *path,
                            struct error *error);

/* The associations of a trait that stand for it as an exposure; those too weak go to the
 * ledger. *chosen has *count pointers, in the study's arena. */
void study_choose(struct study *study, const struct trait *trait,
                  const struct instrument_settings *settings, enum direction direction,
                  const struct association ***chosen, size_t *count);

/* Adds a pair of chosen instruments and the outcome's associations, harmonised. */
void study_add_pair(struct study *study, struct array *pairs, const struct trait *exposure,
                    const struct association *const *chosen, size_t count,
                    const struct trait *outcome, enum direction direction);

/* Hands the pairs to the study and fills the ledger from them. */
void study_take_pairs(struct study *study, const struct array *pairs);

/* Marks the rows of pairs that lie in pleiotropic regions. Only while loading. */
void study_mark_regions(struct study *study);

/* Fills a study from a plan that names a harmonised table; `plan` NULL: a table alone. */
MUST_USE bool study_fill_harmonised(struct study *study, const char *path,
                                    const struct plan *plan, const struct gwas_options *options,
                                    struct error *error);

#endif
