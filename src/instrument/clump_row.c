#include "instrument/clump_row.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/record.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

static const char *cell_of(const struct clump_reader *reader, enum column_role role)
{
    size_t column = reader->columns.of[role];

    return column == COLUMN_NONE ? NULL : reader->cells[column];
}

static bool fail_cell(const struct clump_reader *reader, enum column_role role,
                      struct error *error)
{
    char *shown = text_fit(cell_of(reader, role), 40, true);

    error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
              rows_column(reader->rows, reader->columns.of[role]),
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown, _("a number or NA"));
    memory_free(shown);
    return false;
}

static bool read_number(const struct clump_reader *reader, enum column_role role, double *value,
                        struct error *error)
{
    const char *cell = cell_of(reader, role);

    *value = NAN;
    if (cell == NULL || rows_number(cell, value)) {
        return true;
    }
    *value = NAN;
    return record_is_missing(cell, false) || fail_cell(reader, role, error);
}

/* P from effect and SE where the table gives none, or 0. */
static bool mend_p(struct clump_reader *reader, struct clump_variant *variant,
                   struct error *error)
{
    double beta, se;

    if (!isnan(variant->p) && !isinf(variant->neglog10_p)) {
        return true;
    }
    if (!read_number(reader, COLUMN_BETA, &beta, error) ||
        !read_number(reader, COLUMN_SE, &se, error)) {
        return false;
    }
    if (isfinite(beta) && se > 0 && isfinite(se)) {
        reader->recomputed += !isnan(variant->p);
        variant->p = tail_normal_two_sided(beta / se);
        variant->neglog10_p = tail_normal_two_sided_neglog10(beta / se);
    }
    return true;
}

/* P on whichever scale the table has; one that is surely too large needs no logarithm. */
static bool read_p(struct clump_reader *reader, struct clump_variant *variant,
                   struct error *error)
{
    const char *cell = cell_of(reader, COLUMN_P);
    enum column_role role;

    if (cell != NULL && rows_number(cell, &variant->p) && variant->p > reader->settings->p &&
        variant->p <= 1) {
        variant->neglog10_p = 0;
        return true;
    }
    if (!record_p(&reader->columns, reader->cells, &variant->p, &variant->neglog10_p, &role)) {
        return fail_cell(reader, role, error);
    }
    return mend_p(reader, variant, error);
}

/* A chromosome and a position, borrowed from the row. */
static bool read_place(struct clump_reader *reader, struct clump_variant *variant,
                       struct error *error)
{
    const char *chromosome = cell_of(reader, COLUMN_CHROMOSOME);

    if (chromosome != NULL && !rows_is_missing(chromosome, true)) {
        variant->chromosome = chromosome;
    }
    if (reader->has_reference && variant->id != NULL) {
        /* it only helps to find what has another id there */
        const char *cell = cell_of(reader, COLUMN_POSITION);

        variant->position = NAN;
        if (cell != NULL && !rows_number(cell, &variant->position)) {
            variant->position = NAN;
        }
        return true;
    }
    return read_number(reader, COLUMN_POSITION, &variant->position, error);
}

static const char *allele_of(const struct clump_reader *reader, enum column_role role)
{
    const char *cell = cell_of(reader, role);

    return cell == NULL || rows_is_missing(cell, true) ? NULL : cell;
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
    const char *id = cell_of(reader, COLUMN_VARIANT);

    return id == NULL || rows_is_missing(id, true) ? NULL : id;
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
    const char *trait = cell_of(reader, COLUMN_TRAIT);

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

/* The P of another test than ADD, as of a covariate, is not that of the variant's effect. */
static bool is_other_test(const struct clump_reader *reader)
{
    const struct record record = {.columns = &reader->columns, .cells = reader->cells};

    return record_is_other_test(&record);
}

bool clump_row_take(struct clump_reader *reader, struct error *error)
{
    struct clump_variant variant = {.id = read_id(reader)};
    enum clump_drop reason;

    if (is_other_test(reader)) {
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
