/*
 * The policy on bad rows: what real GWAS files contain drops a row, with its reason.
 * In: an association as read. Out: why it must go, or DROP_NONE; P made whole where it is
 * missing or 0; whether a whole file must be refused for what it lost.
 */
#ifndef GWAS_POLICY_H
#define GWAS_POLICY_H

#include "gwas/gwas.h"

/* What an association of this table must have beyond effect and SE. */
struct policy_needs {
    bool id;
    bool alleles;
};

/* Why the association must go. An infinite SE counts as missing. */
enum gwas_drop policy_check(const struct association *association, struct policy_needs needs);

/* What policy_mend found and did. */
enum policy_p { P_FINE, P_RECOMPUTED, P_STRANGE };

/* Fills a missing P from effect and SE, replaces a P of 0, and looks for a contradiction. */
enum policy_p policy_mend(struct association *association);

/* The error of a file whose rows are all of another TEST than ADD. False. */
bool policy_fail_tests(const char *path, size_t rows, struct error *error);

/*
 * Whether what was dropped shows that the file is not what it seems: of 1,000 rows or more over
 * one in twenty for one reason, or no row left.
 */
MUST_USE bool policy_accept(const char *path, const struct gwas_table *table,
                            struct error *error);

#endif
