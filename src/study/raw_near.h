/*
 * A warning where instruments out of a whole GWAS were not clumped: they stand near each other,
 * are in LD, and count as independent.
 */
#ifndef STUDY_RAW_NEAR_H
#define STUDY_RAW_NEAR_H

#include "study/sides.h"

/* Warns of each section of whole GWAS that was not clumped and has a trait with two instruments
 * within a million base pairs. */
void raw_warn_near(struct loader *loader, const struct array *sides);

#endif
