/*
 * Which of the associations that are strong enough stand for an exposure.
 * In: what a study file or a command line asks for: filters, regions, a PLINK reference to clump
 * by, proxies. Out: fewer instruments, and each one removed in the ledger with its reason.
 * Nothing is done that is not asked for.
 */
#ifndef STUDY_CHOOSE_H
#define STUDY_CHOOSE_H

#include "base/error.h"
#include <stdbool.h>

/* NaN or NULL: not asked for. */
struct choose_settings {
    const char *reference; /* prefix of a PLINK 1 set */
    double clump_p;        /* an index variant has at most this P */
    double clump_r2;       /* with the reference; without, distance alone decides */
    double clump_kb;       /* CHOOSE_KB where only r2 is asked for */
    double proxies;        /* least r2 of a proxy */
    double min_maf, min_info, min_f;
    const char *exclude_regions; /* names with commas between them, or "all" */
    double build;                /* 37 or 38, of the positions */
    bool correlations;           /* pairs get LD from the reference */
};

/* The distance of clumping where none is asked for, in thousand base pairs. */
#define CHOOSE_KB 10000
/* How far off a proxy may lie, in base pairs. */
#define CHOOSE_PROXY_REACH 500000

struct choose_settings choose_nothing(void);

/* What `over` asks for, and else what `base` does. */
struct choose_settings choose_over(const struct choose_settings *base,
                                   const struct choose_settings *over);

/* Whether anything is asked for that needs instruments and associations apart. */
bool choose_is_asked(const struct choose_settings *settings);
bool choose_is_clumped(const struct choose_settings *settings);

/* Fails where what is asked for does not go together: `where` is the study file, or NULL. */
MUST_USE bool choose_check(const struct choose_settings *settings, const char *where,
                           struct error *error);

#endif
