/*
 * A study in the making: what each section of its file became.
 * In: sections, and tables as they are read. Out: traits in both of their roles, and the
 * instruments of each. Private to this room: tables.c reads tables that hold what is needed and
 * nothing else, raw.c whole GWAS.
 */
#ifndef STUDY_SIDES_H
#define STUDY_SIDES_H

#include "study/build.h"

struct references;

/* The instruments of one trait. */
struct chosen {
    const struct association **instruments;
    size_t count;
};

/* What a section became: its traits when they are exposures, and when they are outcomes. The
 * two are apart because their associations come from different files. */
struct side {
    const struct plan_section *section;
    struct trait_list as_exposure; /* with instruments */
    struct trait_list as_outcome;  /* with effects at the other side's instruments */
    struct chosen *chosen;         /* of each of as_exposure; NULL: not chosen yet */
};

/* All that loading has in hand. */
struct loader {
    struct study *study;
    const struct plan *plan;
    const struct study_loading *loading;
    struct array taxa;             /* struct side, of exposure sections */
    struct array diseases;         /* struct side, of outcome sections */
    struct array between;          /* struct side, of mediators, and behind them covariates */
    struct references *references; /* reference.h */
    struct error *error;
};

/* How the tables of a section are read: as asked, with the section's columns before those of
 * the command line, which win. In the study's arena. */
struct gwas_options sides_reading(const struct loader *loader,
                                  const struct plan_section *section);

/* Adds a table's traits to a list: the whole table, read as above. */
MUST_USE bool sides_read_table(struct loader *loader, const struct plan_section *section,
                               const char *path, struct trait_list *list);

/* The same traits without associations, for the other role; what is there already stays. */
void sides_copy_traits(const struct trait_list *from, struct trait_list *to,
                       struct arena *arena);

/* Unit, sample size and cohort of every trait as its section has them. */
void sides_describe_all(struct trait_list *list, const struct plan_section *section,
                        bool is_simulated);

/* A single trait is called as its section says; of many, each keeps its own key. */
void sides_name_single(struct trait_list *list, const struct plan_section *section);

/* Every trait once, however many pairs it is in, so that the ledger says it once. False when
 * what is asked for cannot be done. */
MUST_USE bool sides_choose(struct loader *loader, struct array *sides,
                           enum direction direction);

/* What is known of traits in one role holds in the other: adds those that it lacks. Then both
 * are measured as the section says. */
void sides_describe(struct loader *loader, struct side *side);

/* Frees a list of sides (struct side); their traits stay in the study's arena. */
void sides_end(struct array *sides);

/* Reads the sections of a study that names whole GWAS (raw.c), or none (tables.c). */
MUST_USE bool raw_read_sections(struct loader *loader);
MUST_USE bool tables_read_sections(struct loader *loader);

#endif
