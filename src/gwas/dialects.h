/*
 * The dialects of the field: the programs and archives whose tables are known by their headers.
 * A table and nothing else: a new dialect is a new row. In: the names of a header, as they are
 * compared (column_names.h). Out: the dialect, and which of its names plays a role.
 */
#ifndef GWAS_DIALECTS_H
#define GWAS_DIALECTS_H

#include "gwas/association.h"
#include "gwas/columns.h"

/* What the SE beside an odds ratio is the standard error of. */
enum dialect_se {
    SE_BY_CONTENT, /* not documented: P, or the interval, tells */
    SE_OF_LOG,     /* of the log odds ratio */
};

struct dialect {
    const char *key;  /* "plink2" */
    const char *name; /* of the program or archive, not translated */
    /* Names that must be there, between blanks; a|b is either, ^a must be the
     * first column, "*" stands for a suffix, and a: is a alone or before a colon. */
    const char *signature;
    /* "role=name|name ...": of a role the first name that is there; roles that are not named go
     * by the names that all tables share. NULL: all of them. */
    const char *columns;
    const char *suffixes; /* what "*" stands for, best first, between blanks; NULL: nothing */
    const char *source;   /* where the format is documented */
    const char *effect;   /* whose effect it is, and what is easily mistaken; N_() */
    const char *scale;    /* what is known of the effect's unit; N_(), or NULL */
    enum trait_unit unit; /* where the format fixes it */
    int build;            /* 37 or 38 where the format fixes it; 0 */
    enum dialect_se se;
    const char *failure;    /* error_code cells of failed rows hold this, whatever its case;
                             * NULL: anything */
    const char *advice;     /* how to get a file with what an effect lacks; N_(), or NULL */
    bool has_alleles_in_id; /* ids are chr:pos:other:effect, and there are no allele columns */
    bool has_gaps;          /* rows without an effect are a normal part of it */
    bool is_ambiguous;      /* which allele is the effect's is assumed, not documented */
};

/* In the order in which they are looked for: programs, then archives, then what is told by no
 * more than the names of its alleles. The last of each table has no key. */
extern const struct dialect dialect_programs[];
extern const struct dialect dialect_archives[];

/* One after the other, from 0 on; NULL behind the last. */
const struct dialect *dialect_at(size_t index);

/* A header: names as they are compared. */
struct dialect_names {
    char **names;
    size_t count;
};

/* The first dialect whose signature the header has; NULL when none. */
const struct dialect *dialect_find(const struct dialect_names *names);

/* The column that plays a role in a dialect, COLUMN_NONE when it is not there. */
size_t dialect_column(const struct dialect *dialect, const struct dialect_names *names,
                      enum column_role role);

/* Whether a dialect says by which names a role goes. */
bool dialect_has_role(const struct dialect *dialect, enum column_role role);

#endif
