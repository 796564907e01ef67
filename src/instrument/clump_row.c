#include "instrument/clump_row.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/record.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* P from effect and SE where the table gives none, or 0; from Z only where it has no column of
 * P at all. */
static bool mend_p(struct clump_reader *reader, struct clump_variant *variant,
                   struct error *error)
{
    double beta, se, z;
    size_t column;

    if (!isnan(variant->p) && !isinf(variant->neglog10_p)) {
        return true;
    }
    if (!record_number(&reader->record, COLUMN_BETA, &beta, error) ||
        !record_number(&reader->record, COLUMN_SE, &se, error) ||
        !record_number(&reader->record, COLUMN_Z, &z, error)) {
        return false;
    }
    if (isfinite(beta) && se > 0 && isfinite(se)) {
        z = beta / se;
    } else if (columns_p(&reader->columns, &column) != SCALE_NONE) {
        return true;
    }
    if (isfinite(z)) {
        reader->recomputed += !isnan(variant->p);
        variant->p = tail_normal_two_sided(z);
        variant->neglog10_p = tail_normal_two_sided_neglog10(z);
    }
    return true;
}

/* P on whichever scale the table has; one that is surely too large needs no logarithm. */
static bool read_p(struct clump_reader *reader, struct clump_variant *variant,
                   struct error *error)
{
    const char *cell = record_cell(&reader->record, COLUMN_P);
    enum column_role role;

    if (cell != NULL && rows_number(cell, &variant->p) && variant->p > reader->settings->p &&
        variant->p <= 1) {
        variant->neglog10_p = 0;
        return true;
    }
    if (!record_p(&reader->columns, reader->record.cells, &variant->p, &variant->neglog10_p,
                  &role)) {
        return record_fail(&reader->record, role, _("a number or NA"), error);
    }
    return mend_p(reader, variant, error);
}

/* A chromosome and a position, borrowed from the row. */
static bool read_place(struct clump_reader *reader, struct clump_variant *variant,
                       struct error *error)
{
    const char *chromosome = record_cell(&reader->record, COLUMN_CHROMOSOME);

    if (chromosome != NULL && !record_is_missing(chromosome, true)) {
        variant->chromosome = chromosome;
    }
    if (reader->has_reference && variant->id != NULL) {
        /* it only helps to find what has another id there */
        const char *cell = record_cell(&reader->record, COLUMN_POSITION);

        variant->position = NAN;
        if (cell != NULL && !rows_number(cell, &variant->position)) {
            variant->position = NAN;
        }
        return true;
    }
    return record_number(&reader->record, COLUMN_POSITION, &variant->position, error);
}

static const char *allele_of(const struct clump_reader *reader, enum column_role role)
{
    const char *cell = record_cell(&reader->record, role);

    return cell == NULL || record_is_missing(cell, true) ? NULL : cell;
}

static bool is_placed(const struct clump_variant *variant)
{
    return variant->chromosome != NULL && variant->position >= 0 && variant->position < 1e10;
}

/* Without ids a place and both alleles in alphabetical order make one, as everywhere. */
static const char *make_id(const struct clump_reader *reader,
                           const struct clump_variant *variant)
{
    const char *one = variant->effect, *other = variant->other;
    bool is_turned;

    if (one == NULL || other == NULL || !is_placed(variant)) {
        return NULL;
    }
    is_turned = strcmp(one, other) > 0;
    return arena_format(reader->clump->arena, "%s:%.0f:%s:%s",
                        plink_chromosome(variant->chromosome), variant->position,
                        is_turned ? other : one, is_turned ? one : other);
}

static const char *read_id(const struct clump_reader *reader)
{
    const char *id = record_cell(&reader->record, COLUMN_VARIANT);

    return id == NULL || record_is_missing(id, true) ? NULL : id;
}

static enum clump_drop reason_of(const struct clump_reader *reader,
                                 const struct clump_variant *variant)
{
    if (isnan(variant->p)) {
        return DROP_P;
    }
    if (!(variant->p >= 0 && variant->p <= 1)) {
        return DROP_RANGE;
    }
    if (!reader->has_reference && !is_placed(variant)) {
        return DROP_PLACE;
    }
    return DROPS;
}

static void note_smallest(struct clump_reader *reader, const struct clump_variant *variant)
{
    if (variant->p < reader->smallest) {
        reader->smallest = variant->p;
        memory_free(reader->whose);
        reader->whose = memory_copy_text(variant->id);
    }
}

static bool fail_trait(const struct clump_reader *reader, const char *trait,
                       struct error *error)
{
    return error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
                     rows_column(reader->rows, reader->columns.of[COLUMN_TRAIT]),
                     _("found a second trait, %s, behind %s; give one trait a file"), trait,
                     reader->trait);
}

bool clump_row_trait(struct clump_reader *reader, struct error *error)
{
    const char *trait = record_cell(&reader->record, COLUMN_TRAIT);

    if (trait == NULL) {
        return true;
    }
    if (reader->trait == NULL) {
        reader->trait = memory_copy_text(trait);
    }
    return strcmp(trait, reader->trait) == 0 || fail_trait(reader, trait, error);
}

/* A row that is whole, of a variant that is not wanted: nothing else of it matters. */
static bool is_passed_over(const struct clump_reader *reader,
                           const struct clump_variant *variant)
{
    return reader->has_reference && variant->id != NULL && variant->p > reader->settings->p &&
           variant->p <= 1;
}

/* Another test than ADD, as of a covariate, whose P is not that of the variant's effect; or a
 * fit that failed. Both are counted. */
static bool is_no_result(struct clump_reader *reader)
{
    if (record_is_other_test(&reader->record)) {
        reader->other_tests++;
        return true;
    }
    if (record_is_failed(&reader->record)) {
        reader->dropped[DROP_FIT]++;
        return true;
    }
    return false;
}

bool clump_row_take(struct clump_reader *reader, struct error *error)
{
    struct clump_variant variant = {.id = read_id(reader)};
    enum clump_drop reason;

    if (is_no_result(reader)) {
        return true;
    }
    if (!read_p(reader, &variant, error)) {
        return false;
    }
    if (is_passed_over(reader, &variant)) {
        note_smallest(reader, &variant);
        return true;
    }
    variant.effect = allele_of(reader, COLUMN_EFFECT_ALLELE);
    variant.other = allele_of(reader, COLUMN_OTHER_ALLELE);
    if (!read_place(reader, &variant, error)) {
        return false;
    }
    reason = reason_of(reader, &variant);
    if (reason == DROPS) {
        variant.id = variant.id == NULL ? make_id(reader, &variant) : variant.id;
        reason = variant.id == NULL ? DROP_ID : DROPS;
    }
    if (reason != DROPS) {
        reader->dropped[reason]++;
        return true;
    }
    note_smallest(reader, &variant);
    if (variant.p <= reader->settings->p) {
        clump_keep(reader->clump, reader->places, &variant, reader->read);
    }
    return true;
}
