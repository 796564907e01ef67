/*
 * LD scores as the program ldsc writes them, a folder of N.l2.ldscore.gz (columns CHR, SNP, BP
 * and L2) and N.l2.M_5_50 for each chromosome N.
 * In: the folder. Out: the scores in the order of the genome, and how many common markers they
 * are sums over. The choice of variants is that of the files (HapMap 3, mostly).
 */
#ifndef LDSCORE_SCORES_H
#define LDSCORE_SCORES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"

#define SCORES_CHROMOSOMES 22

struct scores {
    size_t count;
    const double *scores; /* by chromosome, then position; in the arena */
    struct map *places;   /* ids in lower case to places in them */
    double markers;       /* M: of all chromosomes together */
    int chromosomes;      /* that there are files of */
};

/*
 * Reads the folder. Chromosomes are those from 1 on that it has; fails where it has none, where
 * one is missing below another, and where M is. On true the caller ends *scores with
 * scores_drop.
 */
MUST_USE bool scores_read(const char *folder, struct arena *arena, struct scores *scores,
                          struct error *error);
void scores_drop(struct scores *scores);

#endif
