/*
 * What is to be said of each file, however many times it was read.
 * In: tables as they come. Out: one entry a file in the study, with one warning, and dropped
 * rows once in the ledger.
 */
#ifndef STUDY_RAW_ACCOUNT_H
#define STUDY_RAW_ACCOUNT_H

#include "study/raw_read.h"

/* Files in the order in which they were read first. Begin with ARRAY_OF(struct raw_account). */
struct raw_account {
    const char *path;
    const char *owner;       /* the trait of rows that name none */
    struct gwas_table table; /* without rows; counts are the largest of all readings */
    size_t times;
};

/* Adds what a reading found; texts are copied into the arena. */
void raw_account_add(struct array *accounts, const struct raw_reading *reading,
                     struct arena *arena);

/* Tells the study, and ends the accounts. */
void raw_account_close(struct array *accounts, struct study *study);

#endif
