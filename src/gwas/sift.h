/*
 * A table of which few rows are asked for, read trait by trait: every policy sees all rows of a
 * trait, then those that nobody asks for go, and their texts.
 * In: struct gwas_options.kept; the rows of a table. Out: the rows asked for, and the first of
 * each trait, by which it is known. A trait whose rows do not stand together needs all rows of
 * the table at once: the caller reads it again without, and sifts it whole.
 */
#ifndef GWAS_SIFT_H
#define GWAS_SIFT_H

#include "gwas/gwas.h"

struct sift;

/* Whether the options ask for it, and the path can be read again. */
bool sift_is_asked(const struct gwas_options *options, const char *path);

/* What is given has its texts in `arena`, which is borrowed, as is `kept`. */
struct sift *sift_create(const struct gwas_wanted *kept, struct arena *arena);
void sift_destroy(struct sift *sift);

/* Where the texts of the present trait's rows are until sift_rows. */
struct arena *sift_texts(const struct sift *sift);

/* Where repeated rows are noted, which a table has behind all that it dropped. */
struct array *sift_repeated(struct sift *sift);

/* Whether the rows that are read are of this trait. */
bool sift_is_at(const struct sift *sift, const char *trait);

/* From now on they are, its name being one of sift_texts; false where it was given before. */
MUST_USE bool sift_begin(struct sift *sift, const char *trait);

/* Gives what is asked for of the rows of the present trait, which are those from `first` on and
 * were seen by all policies. Texts of sift_texts are gone. */
void sift_rows(struct sift *sift, struct gwas_table *table, size_t first);

/* The same of a whole table, whose texts stay. */
void sift_whole(const struct gwas_wanted *kept, struct gwas_table *table);

#endif
