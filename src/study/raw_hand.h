/*
 * The rows of a table to the traits that they belong to.
 * In: what a reading gave. Out: each trait's associations, copied into the study's arena.
 */
#ifndef STUDY_RAW_HAND_H
#define STUDY_RAW_HAND_H

#include "study/raw_ids.h"
#include "study/raw_read.h"

/* Gives the rows that serve a role to their traits, which are made where they are new: called
 * after the file where rows name none, and always for an outcome. */
MUST_USE bool raw_hand_out(struct loader *loader, const struct raw_reading *reading,
                           const struct raw_ids *ids, enum role role);

#endif
