#include "gwas/column_needs.h"
#include "gwas/dialects.h"

static bool has_role(const struct columns *columns, enum column_role role)
{
    return columns->of[role] != COLUMN_NONE;
}

static bool has_any_p(const struct columns *columns)
{
    return has_role(columns, COLUMN_P) || has_role(columns, COLUMN_NEGLOG10_P) ||
           has_role(columns, COLUMN_LN_P);
}

/* An effect on its own scale, without its SE. */
static bool has_effect(const struct columns *columns)
{
    return has_role(columns, COLUMN_BETA) || has_role(columns, COLUMN_ODDS_RATIO);
}

/* What an odds ratio and its P say together tells the SE. */
static bool is_ratio_with_p(const struct columns *columns)
{
    return !has_role(columns, COLUMN_BETA) && has_role(columns, COLUMN_ODDS_RATIO) &&
           has_any_p(columns);
}

static bool has_z(const struct columns *columns)
{
    return has_role(columns, COLUMN_Z);
}

static bool has_se(const struct columns *columns)
{
    return has_role(columns, COLUMN_SE) || has_role(columns, COLUMN_CI_TEXT) ||
           (has_role(columns, COLUMN_CI_LOWER) && has_role(columns, COLUMN_CI_UPPER));
}

static bool has_n(const struct columns *columns)
{
    return has_role(columns, COLUMN_N) ||
           (has_role(columns, COLUMN_CASES) && has_role(columns, COLUMN_CONTROLS));
}

bool columns_have_genotypes(const struct columns *columns)
{
    return has_role(columns, COLUMN_GENOTYPES_0) && has_role(columns, COLUMN_GENOTYPES_1) &&
           has_role(columns, COLUMN_GENOTYPES_2);
}

static bool has_eaf(const struct columns *columns)
{
    return has_role(columns, COLUMN_EAF) ||
           (has_role(columns, COLUMN_MINOR_ALLELE) && has_role(columns, COLUMN_MAF)) ||
           columns_have_genotypes(columns);
}

static bool has_alleles_elsewhere(const struct columns *columns)
{
    return has_role(columns, COLUMN_SNP_ALLELE) ||
           (columns->dialect != NULL && columns->dialect->has_alleles_in_id);
}

bool columns_need(const struct columns *columns, enum column_role role)
{
    bool is_from_z = !has_effect(columns) && has_z(columns);

    switch (role) {
    case COLUMN_EFFECT_ALLELE:
        return !has_alleles_elsewhere(columns);
    case COLUMN_BETA:
        return !has_effect(columns) && !has_z(columns);
    case COLUMN_SE:
        return !has_se(columns) && !has_z(columns) && !is_ratio_with_p(columns);
    case COLUMN_N:
        return is_from_z && !has_n(columns);
    case COLUMN_EAF:
        return is_from_z && !has_eaf(columns);
    case COLUMN_VARIANT:
        /* Where there are chromosome and position, these stand for an id. */
        return !has_role(columns, COLUMN_SNP_ALLELE) &&
               (!has_role(columns, COLUMN_CHROMOSOME) || !has_role(columns, COLUMN_POSITION));
    default:
        return false;
    }
}

/* REF is the other allele only where ALT is the effect's; beside an allele of another column it
 * depends on the row. */
static bool is_other_by_row(const struct columns *columns)
{
    const size_t *of = columns->of;

    return has_role(columns, COLUMN_REF) && has_role(columns, COLUMN_ALT) &&
           of[COLUMN_OTHER_ALLELE] == of[COLUMN_REF] &&
           of[COLUMN_EFFECT_ALLELE] != of[COLUMN_ALT] &&
           !columns->is_chosen[COLUMN_OTHER_ALLELE];
}

void columns_forget_spare(struct columns *columns)
{
    size_t *of = columns->of;
    bool has_given_se = of[COLUMN_SE] != COLUMN_NONE || columns->is_chosen[COLUMN_SE];

    if (is_other_by_row(columns)) {
        of[COLUMN_OTHER_ALLELE] = COLUMN_NONE;
    }
    if (has_effect(columns) && has_given_se && !columns->is_chosen[COLUMN_Z]) {
        of[COLUMN_Z] = COLUMN_NONE;
    }
    if (of[COLUMN_OTHER_ALLELE] != COLUMN_NONE) {
        of[COLUMN_REF] = of[COLUMN_ALT] = COLUMN_NONE;
    }
    if (of[COLUMN_EAF] != COLUMN_NONE) {
        of[COLUMN_MINOR_ALLELE] = of[COLUMN_MAF] = COLUMN_NONE;
        of[COLUMN_GENOTYPES_0] = of[COLUMN_GENOTYPES_1] = of[COLUMN_GENOTYPES_2] = COLUMN_NONE;
    }
    if (of[COLUMN_N] != COLUMN_NONE) {
        of[COLUMN_CASES] = of[COLUMN_CONTROLS] = COLUMN_NONE;
    }
}

enum column_scale columns_p(const struct columns *columns, size_t *column)
{
    static const struct {
        enum column_role role;
        enum column_scale scale;
    } roles[] = {
        {COLUMN_P, SCALE_P}, {COLUMN_NEGLOG10_P, SCALE_NEGLOG10}, {COLUMN_LN_P, SCALE_LN_OR_P}};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (has_role(columns, roles[i].role)) {
            *column = columns->of[roles[i].role];
            return roles[i].scale;
        }
    }
    *column = COLUMN_NONE;
    return SCALE_NONE;
}
