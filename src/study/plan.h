/*
 * What a study file says, before any table is read.
 * In: the path of a folder or study file, read by libconfuse. Out: its keys as values, checked
 * one by one; an unknown or repeated key, or a value that is none, is an error with its line.
 * The keys are listed in plan.c; data/README.md explains each.
 */
#ifndef STUDY_PLAN_H
#define STUDY_PLAN_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "gwas/association.h"
#include "instrument/instrument.h"
#include "pair/harmonise.h"
#include "study/choose.h"
#include "study/plan_key.h"
#include <stdint.h>

/* The seed of a study that names none. */
#define PLAN_SEED 20250812

/* One `exposure "key" { ... }`, `outcome`, `mediator` or `covariate` likewise. Paths are
 * complete; NULL: not given. */
struct plan_section {
    const char *key; /* its title */
    const char *name;
    const char *cohort;
    const char *instruments;   /* associations that may stand for it */
    const char *associations;  /* its effects at the other side's instruments */
    struct plan_texts files;   /* whole GWAS, which serve as both where these are not given */
    struct plan_texts columns; /* "role=NAME", for all of its tables */
    const char *lineage;       /* taxa and their lineage */
    enum trait_unit unit;
    struct instrument_settings choice;
    struct choose_settings choosing; /* among them; what the whole file asks for included */
    bool has_choice;                 /* a threshold or "all" was given */
    double n, cases;                 /* NaN when not given */
    double prevalence;               /* of a binary trait, in the population; 0: not given */
    bool is_simulated;               /* its associations, not its instruments, are made up */
};

struct plan {
    const char *path;   /* of the study file */
    const char *folder; /* that it stands in */
    const char *title;
    const char *truth;
    const char *pairs; /* a harmonised table instead of instruments and associations */
    const char *error_correlation; /* file, of exposures, mediators and covariates */
    bool is_simulated;
    uint64_t seed;
    bool has_direction[2];
    enum harmonise_action action;
    struct choose_settings choosing; /* of sections that ask for nothing else */
    struct array exposures;          /* struct plan_section, in the order of the file */
    struct array outcomes;
    struct array mediators;  /* of which an exposure's effect may go through one */
    struct array covariates; /* adjusted for where mediators are */
};

/* Reads a plan; texts live in `arena`. On true the caller ends it with plan_destroy. */
MUST_USE bool plan_read(const char *path, struct arena *arena, struct plan *plan,
                        struct error *error);
void plan_destroy(struct plan *plan);

#endif
