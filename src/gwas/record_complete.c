#include "gwas/record_complete.h"
#include "gwas/dialects.h"
#include "gwas/record_parts.h"
#include <math.h>
#include <string.h>

/* EAF from the numbers of people with no, one and two effect alleles. */
static bool count_genotypes(const struct record *record, double *eaf, struct error *error)
{
    double none, one, two;

    if (!record_number(record, COLUMN_GENOTYPES_0, &none, error) ||
        !record_number(record, COLUMN_GENOTYPES_1, &one, error) ||
        !record_number(record, COLUMN_GENOTYPES_2, &two, error)) {
        return false;
    }
    if (isnan(*eaf) && none + one + two > 0) {
        *eaf = (one + 2 * two) / (2 * (none + one + two));
    }
    return true;
}

bool record_complete_counts(struct record *record, struct association *association,
                            struct error *error)
{
    const char *minor = record_cell(record, COLUMN_MINOR_ALLELE);
    double cases, controls, frequency;

    if (!record_number(record, COLUMN_CASES, &cases, error) ||
        !record_number(record, COLUMN_CONTROLS, &controls, error) ||
        !record_number(record, COLUMN_MAF, &frequency, error) ||
        !count_genotypes(record, &association->eaf, error)) {
        return false;
    }
    if (isnan(association->n)) {
        association->n = cases + controls;
    }
    if (isnan(association->eaf) && minor != NULL) {
        association->eaf =
            derive_eaf(association->effect_allele, association->other_allele, minor, frequency);
    }
    return true;
}

/* Whether an allele is one of several, parted by commas. */
static bool is_among(const char *allele, const char *alleles)
{
    size_t length = strlen(allele);

    for (const char *at = alleles;; at++) {
        size_t part = strcspn(at, ",");

        if (part == length && strncmp(at, allele, length) == 0) {
            return true;
        }
        at += part;
        if (*at == '\0') {
            return false;
        }
    }
}

/* Of REF and ALT the one that is not the effect's; NULL where the effect's is neither. Without
 * an ALT any other than REF stands beside it. */
static const char *other_of(const char *effect, const char *ref, const char *alt)
{
    if (strcmp(effect, ref) == 0) {
        return alt;
    }
    return alt == NULL || is_among(effect, alt) ? ref : NULL;
}

void record_complete_alleles(struct record *record, struct association *association)
{
    const struct dialect *dialect = record->columns->dialect;
    const char *pair = record_cell(record, COLUMN_SNP_ALLELE);
    const char *ref = record_read_allele(record, COLUMN_REF);
    const char *alt = record_read_allele(record, COLUMN_ALT);

    if (pair != NULL) {
        record_snp_allele(record->arena, pair, association);
    }
    if (association->other_allele == NULL && association->effect_allele != NULL &&
        ref != NULL) {
        association->other_allele = other_of(association->effect_allele, ref, alt);
    }
    if (association->variant != NULL) {
        record_use_id(record->arena, dialect != NULL && dialect->has_alleles_in_id,
                      association);
    }
}
