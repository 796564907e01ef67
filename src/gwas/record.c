#include "gwas/record.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/dialects.h"
#include "gwas/place.h"
#include "gwas/record_complete.h"
#include "gwas/record_parts.h"
#include <ctype.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* What PLINK and GEMMA write where a number is missing; no position is below 0. */
#define NO_PLACE (-9)

/* Which roles make one side of a row. */
struct side {
    enum column_role effect_allele, other_allele, eaf, beta, se, p, n;
};

static const struct side exposure_side = {COLUMN_EFFECT_ALLELE,
                                          COLUMN_OTHER_ALLELE,
                                          COLUMN_EAF,
                                          COLUMN_BETA,
                                          COLUMN_SE,
                                          COLUMN_P,
                                          COLUMN_N};
static const struct side outcome_side = {
    COLUMN_OUTCOME_EFFECT_ALLELE,
    COLUMN_OUTCOME_OTHER_ALLELE,
    COLUMN_OUTCOME_EAF,
    COLUMN_OUTCOME_BETA,
    COLUMN_OUTCOME_SE,
    COLUMN_OUTCOME_P,
    COLUMN_OUTCOME_N,
};

bool record_is_missing(const char *cell, bool is_text)
{
    return rows_is_missing(cell, is_text) || strcmp(cell, "#NA") == 0 ||
           strcmp(cell, "N/A") == 0 || strcmp(cell, "#N/A") == 0 || strcmp(cell, "NR") == 0 ||
           strcmp(cell, "-") == 0 || strcmp(cell, "None") == 0 || text_equal_fold(cell, "NULL");
}

const char *record_cell(const struct record *record, enum column_role role)
{
    size_t column = record->columns->of[role];

    return column == COLUMN_NONE ? NULL : record->cells[column];
}

bool record_fail(const struct record *record, enum column_role role, const char *wanted,
                 struct error *error)
{
    char *shown = text_fit(record_cell(record, role), 40, true);

    error_set(error, ERROR_DATA, rows_name(record->rows), rows_line(record->rows),
              rows_column(record->rows, record->columns->of[role]),
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown, wanted);
    memory_free(shown);
    return false;
}

/* Whole numbers, in which a comma may part thousands. */
static bool is_count(enum column_role role)
{
    return role == COLUMN_N || role == COLUMN_OUTCOME_N || role == COLUMN_CASES ||
           role == COLUMN_CONTROLS || role == COLUMN_POSITION || role == COLUMN_GENOTYPES_0 ||
           role == COLUMN_GENOTYPES_1 || role == COLUMN_GENOTYPES_2;
}

static bool take_number(const struct columns *columns, const char *cell, enum column_role role,
                        double *value)
{
    if (rows_number(cell, value) ||
        (columns->has_commas && rows_comma_number(cell, is_count(role), value))) {
        return true;
    }
    *value = NAN;
    return record_is_missing(cell, false);
}

static bool take_probability(const struct columns *columns, const char *cell, double *p,
                             double *neglog10_p)
{
    if (rows_probability(cell, p, neglog10_p) ||
        (columns->has_commas && rows_comma_probability(cell, p, neglog10_p))) {
        return true;
    }
    *p = *neglog10_p = NAN;
    return record_is_missing(cell, false);
}

bool record_number(const struct record *record, enum column_role role, double *value,
                   struct error *error)
{
    const char *cell = record_cell(record, role);

    *value = NAN;
    return cell == NULL || take_number(record->columns, cell, role, value) ||
           record_fail(record, role, _("a number or NA"), error);
}

const char *record_text(struct record *record, enum column_role role)
{
    const char *cell = record_cell(record, role);

    if (cell == NULL || record_is_missing(cell, true)) {
        return NULL;
    }
    if (record->last[role] == NULL || strcmp(record->last[role], cell) != 0) {
        record->last[role] = arena_text(record->arena, cell);
    }
    return record->last[role];
}

const char *record_read_allele(struct record *record, enum column_role role)
{
    const char *cell = record_cell(record, role);

    return cell == NULL || (record_is_missing(cell, true) && strcmp(cell, "-") != 0)
               ? NULL
               : record_allele(record->arena, cell, strlen(cell));
}

static const char *read_chromosome(struct record *record)
{
    const char *text = record_text(record, COLUMN_CHROMOSOME);

    return text == NULL ? NULL : place_chromosome(text);
}

bool record_is_other_test(const struct record *record)
{
    const char *cell = record_cell(record, COLUMN_TEST);

    return cell != NULL && !record_is_missing(cell, true) && !text_equal_fold(cell, "ADD");
}

bool record_is_failed(const struct record *record)
{
    const char *cell = record_cell(record, COLUMN_ERROR_CODE);
    const struct dialect *dialect = record->columns->dialect;

    return cell != NULL && !record_is_missing(cell, true) &&
           (dialect == NULL || dialect->failure == NULL ||
            text_contains_fold(cell, dialect->failure));
}

/* A P that is missing, 0 or below the smallest normal double tells less than its logarithm. */
static bool tells(double p)
{
    return p >= DBL_MIN || p < 0;
}

/* P off another scale: |x| is -log10 P, or x < 0 is ln P. */
static void rescale(double x, enum column_role role, double *p, double *neglog10_p)
{
    if (role == COLUMN_LN_P && x >= 0) {
        *p = x;
        *neglog10_p = 0.0 - log10(x);
        return;
    }
    *neglog10_p = role == COLUMN_LN_P ? -x * M_LOG10E : fabs(x);
    *p = pow(10, -*neglog10_p);
}

bool record_p(const struct columns *columns, const char *const *cells, double *p,
              double *neglog10_p, enum column_role *role)
{
    static const enum column_role others[] = {COLUMN_NEGLOG10_P, COLUMN_LN_P};
    size_t column = columns->of[COLUMN_P];

    *p = *neglog10_p = NAN;
    *role = COLUMN_P;
    if (column != COLUMN_NONE && !take_probability(columns, cells[column], p, neglog10_p)) {
        return false;
    }
    for (size_t i = 0; i < 2 && !tells(*p); i++) {
        double x = NAN;

        column = columns->of[others[i]];
        *role = others[i];
        if (column != COLUMN_NONE && !take_number(columns, cells[column], others[i], &x)) {
            return false;
        }
        if (!isnan(x)) {
            rescale(x, others[i], p, neglog10_p);
            return true;
        }
    }
    return true;
}

static bool read_p(const struct record *record, struct association *association,
                   struct error *error)
{
    enum column_role role;

    return record_p(record->columns, record->cells, &association->p, &association->neglog10_p,
                    &role) ||
           record_fail(record, role, _("a number or NA"), error);
}

/* The numbers and alleles of one side, as they stand. */
static bool read_side(struct record *record, const struct side *side,
                      struct association *association, struct error *error)
{
    association->effect_allele = record_read_allele(record, side->effect_allele);
    association->other_allele = record_read_allele(record, side->other_allele);
    return record_number(record, side->eaf, &association->eaf, error) &&
           record_number(record, side->beta, &association->beta, error) &&
           record_number(record, side->se, &association->se, error) &&
           record_number(record, side->n, &association->n, error);
}

static void clean_n(struct association *association)
{
    if (!(association->n > 0) || isinf(association->n)) {
        association->n = NAN;
    }
}

const char *record_made_id(struct record *record, const struct association *association)
{
    const char *one = association->effect_allele;
    const char *other = association->other_allele;

    if (association->chromosome == NULL || isnan(association->position) || one == NULL ||
        other == NULL) {
        return NULL;
    }
    return arena_format(record->arena, "%s:%.0f:%s:%s", association->chromosome,
                        association->position, strcmp(one, other) < 0 ? one : other,
                        strcmp(one, other) < 0 ? other : one);
}

/* What both sides of a row share. */
static bool read_place(struct record *record, struct association *association,
                       struct error *error)
{
    const char *ids = record_text(record, COLUMN_VARIANT);

    association->line = rows_line(record->rows);
    association->variant =
        ids == NULL ? NULL
                    : record_one_id(record->arena, ids, record->wanted, &association->more_ids);
    association->chromosome = read_chromosome(record);
    association->gene = record_text(record, COLUMN_GENE);
    if (!record_number(record, COLUMN_INFO, &association->info, error) ||
        !record_number(record, COLUMN_POSITION, &association->position, error)) {
        return false;
    }
    if (association->position == NO_PLACE) {
        association->chromosome = NULL;
        association->position = NAN;
    }
    return true;
}

bool record_exposure(struct record *record, struct association *association,
                     struct error *error)
{
    if (!read_place(record, association, error) ||
        !read_side(record, &exposure_side, association, error) ||
        !read_p(record, association, error)) {
        return false;
    }
    clean_n(association);
    return true;
}

bool record_outcome(struct record *record, struct association *association, struct error *error)
{
    const char *p = record_cell(record, COLUMN_OUTCOME_P);

    if (!read_side(record, &outcome_side, association, error)) {
        return false;
    }
    association->p = association->neglog10_p = NAN;
    if (p != NULL &&
        !take_probability(record->columns, p, &association->p, &association->neglog10_p)) {
        return record_fail(record, COLUMN_OUTCOME_P, _("a number or NA"), error);
    }
    clean_n(association);
    return true;
}

static bool read_figures(const struct record *record, const struct association *association,
                         struct derive_figures *figures, struct error *error)
{
    const char *text = record_cell(record, COLUMN_CI_TEXT);

    *figures = (struct derive_figures){.beta = association->beta,
                                       .se = association->se,
                                       .n = association->n,
                                       .eaf = association->eaf,
                                       .neglog10_p = association->neglog10_p};
    if (!record_number(record, COLUMN_ODDS_RATIO, &figures->odds_ratio, error) ||
        !record_number(record, COLUMN_CI_LOWER, &figures->lower, error) ||
        !record_number(record, COLUMN_CI_UPPER, &figures->upper, error) ||
        !record_number(record, COLUMN_Z, &figures->z, error)) {
        return false;
    }
    if (text != NULL) {
        record_interval(text, figures);
    }
    if (isnan(figures->se) && record_cell(record, COLUMN_SE) != NULL &&
        !(isnan(figures->beta) && isnan(figures->odds_ratio))) {
        /* Where others have their SE a missing one is not made up. */
        figures->neglog10_p = figures->z = NAN;
    }
    return true;
}

bool record_association(struct record *record, struct association *association,
                        struct error *error)
{
    struct derive_figures figures;

    if (!read_place(record, association, error) ||
        !read_side(record, &exposure_side, association, error) ||
        !read_p(record, association, error)) {
        return false;
    }
    record_complete_alleles(record, association);
    if (!record_complete_counts(record, association, error)) {
        return false;
    }
    clean_n(association);
    if (!read_figures(record, association, &figures, error)) {
        return false;
    }
    record->se = derive_effect(&figures, &association->beta, &association->se);
    record->evidence =
        record->se == DERIVE_GIVEN_RATIO ? derive_evidence(&figures, association->beta) : 0;
    if (association->variant == NULL) {
        association->variant = record_made_id(record, association);
    }
    return true;
}
