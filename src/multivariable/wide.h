/*
 * Wide tables: one row a variant, beta and SE of every exposure and of the outcome side by
 * side. In: a path. Out: the names and numbers of a design, as they stand there.
 */
#ifndef MULTIVARIABLE_WIDE_H
#define MULTIVARIABLE_WIDE_H

#include "multivariable/design.h"

/* Fills all of a design but `correlation`. `ld` is a file of correlations between variants, or
 * NULL; variants that it does not have are left out and counted, like rows that lack a number.
 */
MUST_USE bool wide_read(const char *path, const char *ld, struct arena *arena,
                        struct design *design, size_t *dropped, struct error *error);

#endif
