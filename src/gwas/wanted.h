/*
 * Which rows of a table are asked for, made ready for asking of every row: first at the sieve,
 * which passes over most, then of the association that a row became, which decides.
 * In: struct gwas_wanted. Out: yes or no.
 */
#ifndef GWAS_WANTED_H
#define GWAS_WANTED_H

#include "gwas/gwas.h"

struct wanted;

/* Borrows nothing but the list of places; the caller ends it with wanted_destroy. */
struct wanted *wanted_create(const struct gwas_wanted *asked);
void wanted_destroy(struct wanted *wanted);

/* Whether an association, as it was read, is asked for. */
bool wanted_has(const struct wanted *wanted, const struct association *association);

/* Sets up the sieve of `rows`, where the columns allow one; `wanted` must outlive rows. */
void wanted_sieve(const struct wanted *wanted, struct rows *rows,
                  const struct columns *columns);

#endif
