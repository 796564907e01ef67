#include "base/i18n.h"
#include "base/text.h"
#include "gwas/policy.h"
#include "gwas/reader.h"
#include <string.h>

static bool read_keep(const struct reader *reader, bool *keep, struct error *error)
{
    static const struct {
        const char *word;
        bool keep;
    } words[] = {{"TRUE", true},   {"T", true},  {"1", true},
                 {"FALSE", false}, {"F", false}, {"0", false}};
    const char *cell = record_cell(&reader->record, COLUMN_MR_KEEP);

    *keep = cell == NULL;
    if (cell == NULL || record_is_missing(cell, true)) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_equal_fold(cell, words[i].word)) {
            *keep = words[i].keep;
            return true;
        }
    }
    return record_fail(&reader->record, COLUMN_MR_KEEP, _("TRUE or FALSE"), error);
}

/* A harmonised table needs no ids: a row is then called by its number. */
static void name_row(struct reader *reader, struct association *association)
{
    bool has_ids = reader->table->columns.of[COLUMN_VARIANT] != COLUMN_NONE;

    if (association->variant == NULL) {
        association->variant = record_made_id(&reader->record, association);
    }
    if (association->variant == NULL && !has_ids) {
        association->variant = arena_format(reader->arena, "row %zu", reader->table->read);
    }
}

/* The outcome's side: on the exposure's alleles and place where the table has them once. */
static void share(const struct association *x, struct association *y)
{
    y->variant = x->variant;
    y->chromosome = x->chromosome;
    y->position = x->position;
    y->gene = x->gene;
    y->line = x->line;
    if (y->effect_allele == NULL && y->other_allele == NULL) {
        y->effect_allele = x->effect_allele;
        y->other_allele = x->other_allele;
    }
}

static enum gwas_drop check_both(const struct gwas_harmonised_row *row)
{
    struct policy_needs needs = {.id = true};
    enum gwas_drop reason = policy_check(&row->x, needs);

    return reason != DROP_NONE ? reason : policy_check(&row->y, needs);
}

/* A cohort stands in a column of its side, or of the taxon's or the disease's. */
static void read_cohorts(struct reader *reader, struct gwas_harmonised_row *row)
{
    bool is_reverse = row->direction != NULL && strcmp(row->direction, "reverse") == 0;
    const char *taxon = record_text(&reader->record, COLUMN_TAXON_COHORT);
    const char *disease = record_text(&reader->record, COLUMN_DISEASE_COHORT);
    const char *exposure = record_text(&reader->record, COLUMN_EXPOSURE_COHORT);
    const char *outcome = record_text(&reader->record, COLUMN_OUTCOME_COHORT);

    row->exposure_cohort = exposure != NULL ? exposure : is_reverse ? disease : taxon;
    row->outcome_cohort = outcome != NULL ? outcome : is_reverse ? taxon : disease;
}

bool reader_harmonised_row(struct reader *reader, struct error *error)
{
    struct gwas_harmonised_row row = {0};
    enum gwas_drop reason;

    row.exposure = record_text(&reader->record, COLUMN_TRAIT);
    row.outcome = record_text(&reader->record, COLUMN_OUTCOME);
    row.direction = record_text(&reader->record, COLUMN_DIRECTION);
    read_cohorts(reader, &row);
    if (!record_exposure(&reader->record, &row.x, error) ||
        !record_outcome(&reader->record, &row.y, error) ||
        !read_keep(reader, &row.mr_keep, error)) {
        return false;
    }
    name_row(reader, &row.x);
    share(&row.x, &row.y);
    reason = check_both(&row);
    if ((row.exposure == NULL && record_cell(&reader->record, COLUMN_TRAIT) != NULL) ||
        (row.outcome == NULL && record_cell(&reader->record, COLUMN_OUTCOME) != NULL)) {
        reason = DROP_NO_ID;
    }
    if (reason != DROP_NONE) {
        reader_drop(reader, row.exposure, row.x.variant, reason);
        return true;
    }
    reader_mend(reader, &row.x);
    reader_mend(reader, &row.y);
    *(struct gwas_harmonised_row *)array_add(&reader->table->rows) = row;
    return true;
}
