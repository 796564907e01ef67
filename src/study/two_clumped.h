/*
 * One exposure and one outcome out of whole GWAS, the exposure's instruments clumped, those
 * that the outcome has before those that it lacks. In: two files, a threshold of P, distance
 * and r2. Out: a study of one pair. A variant that the outcome lacks stands for its place on
 * the genome only where no other does, and is not used as an instrument.
 */
#ifndef STUDY_TWO_CLUMPED_H
#define STUDY_TWO_CLUMPED_H

#include "study/study.h"

struct two_clumped {
    const char *exposure, *outcome; /* paths */
    struct gwas_options reading;
    enum harmonise_action action;
    double p;              /* instruments have a P below this */
    double r2, kb;         /* r2 only with a reference */
    const char *reference; /* PLINK 1 set; NULL: clumped by distance alone */
};

/* On true *study is the caller's, ended with study_destroy, its warnings say how it was
 * clumped. */
MUST_USE bool two_clumped_load(const struct two_clumped *asked, struct study **study,
                               struct error *error);

#endif
