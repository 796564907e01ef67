#include "gwas/gwas.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/dialects.h"
#include "gwas/duplicates.h"
#include "gwas/keep.h"
#include "gwas/part.h"
#include "gwas/policy.h"
#include "gwas/record.h"
#include "gwas/vcf.h"
#include "gwas/wanted.h"
#include <math.h>
#include <string.h>

/* A reading under way. */
struct reader {
    const struct gwas_options *options;
    struct arena *arena;
    struct rows *rows;
    struct gwas_table *table;
    struct record record;
    struct array ratios; /* size_t: rows whose SE is of an odds ratio, or of its log */
    double evidence;     /* above 0: of its log */
    struct wanted *wanted;
};

/* Reads the row in reader->record.cells. False on a cell that is not what its column holds. */
typedef bool read_row(struct reader *reader, struct error *error);

static void drop(struct reader *reader, const char *trait, const char *variant,
                 enum gwas_drop reason)
{
    struct gwas_dropped *dropped = array_add(&reader->table->dropped);

    dropped->trait = trait;
    dropped->variant = variant;
    dropped->line = rows_line(reader->rows);
    dropped->reason = reason;
}

static void mend(struct reader *reader, struct association *association)
{
    enum policy_p found = policy_mend(association);

    reader->table->repaired_p += found == P_RECOMPUTED;
    reader->table->strange_p += found == P_STRANGE;
}

/* Whose SE is open until the whole file was seen. */
static void note_ratio(struct reader *reader)
{
    const struct dialect *dialect = reader->table->columns.dialect;

    if (reader->record.se == DERIVE_GIVEN_RATIO &&
        (dialect == NULL || dialect->se != SE_OF_LOG)) {
        *(size_t *)array_add(&reader->ratios) = reader->table->rows.count;
        reader->evidence += reader->record.evidence;
    }
}

static enum gwas_drop judge(const struct reader *reader, const char *trait,
                            const struct association *association)
{
    if (record_is_failed(&reader->record)) {
        return DROP_FAILED;
    }
    if (trait == NULL && record_cell(&reader->record, COLUMN_TRAIT) != NULL) {
        return DROP_NO_ID;
    }
    return policy_check(association, (struct policy_needs){.id = true, .alleles = true});
}

/* Gives back what a row took that is not kept, and forgets the texts that it may have shared.
 */
static void forget(struct reader *reader, struct arena_mark before)
{
    arena_reset(reader->arena, before);
    memset(reader->record.last, 0, sizeof reader->record.last);
}

static bool read_association_row(struct reader *reader, struct error *error)
{
    struct association association = {0};
    struct arena_mark before = arena_mark(reader->arena);
    const char *trait = record_text(&reader->record, COLUMN_TRAIT);
    enum gwas_drop reason;
    struct gwas_row *row;

    if (record_is_other_test(&reader->record)) {
        reader->table->unwanted++;
        reader->table->other_tests++;
        return true;
    }
    if (!record_association(&reader->record, &association, error)) {
        return false;
    }
    if (!wanted_has(reader->wanted, &association)) {
        reader->table->unwanted++;
        forget(reader, before);
        return true;
    }
    reason = judge(reader, trait, &association);
    if (reason != DROP_NONE) {
        drop(reader, trait, association.variant, reason);
        return true;
    }
    note_ratio(reader);
    row = array_add(&reader->table->rows);
    row->trait = trait;
    row->association = association;
    return true;
}

/* What only the whole file tells: whether SE beside odds ratios are theirs or of their logs.
 * Then P is made whole. */
static void settle(struct reader *reader)
{
    for (size_t i = 0; i < reader->ratios.count && reader->evidence < 0; i++) {
        size_t index = *(size_t *)array_at(&reader->ratios, i);
        struct gwas_row *row = array_at(&reader->table->rows, index);

        row->association.se /= exp(row->association.beta);
        reader->table->ratio_se++;
    }
    for (size_t i = 0; i < reader->table->rows.count; i++) {
        mend(reader, &((struct gwas_row *)array_at(&reader->table->rows, i))->association);
    }
}

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

static bool read_harmonised_row(struct reader *reader, struct error *error)
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
        drop(reader, row.exposure, row.x.variant, reason);
        return true;
    }
    mend(reader, &row.x);
    mend(reader, &row.y);
    *(struct gwas_harmonised_row *)array_add(&reader->table->rows) = row;
    return true;
}

/* One row, or a bad one that is dropped because the user said so. */
static enum read_result next(struct reader *reader, read_row *read, struct error *error)
{
    enum read_result result = rows_next(reader->rows, &reader->record.cells, error);

    if (result == READ_END) {
        return result;
    }
    reader->table->read++;
    if (result == READ_ROW && read(reader, error)) {
        return READ_ROW;
    }
    if (!reader->options->skip_bad_rows || !rows_can_go_on(reader->rows)) {
        return READ_ERROR;
    }
    error_clear(error);
    drop(reader, NULL, result == READ_ROW ? record_text(&reader->record, COLUMN_VARIANT) : NULL,
         DROP_BAD_ROW);
    return READ_ROW;
}

static bool read_rows(struct reader *reader, enum column_form form, struct error *error)
{
    read_row *read = form == FORM_HARMONISED ? read_harmonised_row : read_association_row;
    enum read_result result = READ_ROW;

    if (!columns_find(reader->rows, form, reader->options->overrides,
                      reader->options->override_count, &reader->table->columns, error)) {
        return false;
    }
    reader->record = (struct record){.columns = &reader->table->columns,
                                     .rows = reader->rows,
                                     .arena = reader->arena,
                                     .wanted = reader->options->wanted.variants};
    if (form == FORM_ASSOCIATIONS) {
        wanted_sieve(reader->wanted, reader->rows, &reader->table->columns);
    }
    while (result == READ_ROW) {
        result =
            keep_going(reader->options, reader->table->read, rows_name(reader->rows), error);
        result = result == READ_ROW ? next(reader, read, error) : result;
    }
    if (result == READ_ERROR) {
        return false;
    }
    if (form == FORM_ASSOCIATIONS) {
        settle(reader);
    }
    reader->table->read += rows_skipped(reader->rows);
    reader->table->unwanted += rows_skipped(reader->rows);
    duplicates_remove(reader->table, form == FORM_HARMONISED);
    return policy_accept(rows_name(reader->rows), reader->table, error);
}

/* A table or, for associations, a VCF; `lines` are ended. */
static bool read_lines(struct reader *reader, struct lines *lines, enum column_form form,
                       bool is_part, struct error *error)
{
    bool is_read;

    if (form == FORM_ASSOCIATIONS && lines_kind(lines) == LINES_VCF) {
        return vcf_read_table(lines, reader->options, is_part, reader->arena, reader->table,
                              error);
    }
    is_read = rows_open_lines(lines, &reader->rows, error);
    if (is_read) {
        rows_count_bytes(reader->rows, keep_consumed(reader->options));
        rows_threads(reader->rows, reader->options->threads);
        is_read = read_rows(reader, form, error);
    }
    rows_close(reader->rows);
    return is_read;
}

/* The part of a file that an index gave. Its lines have their own numbers again. */
static bool read_part(struct reader *reader, const char *path, const struct part *part,
                      struct error *error)
{
    struct gwas_table *table = reader->table;
    struct lines *lines;
    bool is_read;

    table->read = table->unwanted = part->rows > part->picked ? part->rows - part->picked : 0;
    is_read = lines_open_bytes(path, part->text.bytes, part->text.length, &lines, error) &&
              read_lines(reader, lines, FORM_ASSOCIATIONS, true, error);
    for (size_t i = 0; i < table->rows.count; i++) {
        struct gwas_row *row = array_at(&table->rows, i);

        row->association.line = part_line(part, row->association.line);
    }
    for (size_t i = 0; i < table->dropped.count; i++) {
        struct gwas_dropped *dropped = array_at(&table->dropped, i);

        dropped->line = part_line(part, dropped->line);
    }
    error->line = is_read ? error->line : part_line(part, error->line);
    return is_read;
}

/* The whole file. */
static bool read_file(struct reader *reader, const char *path, enum column_form form,
                      struct error *error)
{
    struct lines *lines;
    bool is_open = form == FORM_ASSOCIATIONS ? vcf_open_lines(path, &lines, error)
                                             : lines_open(path, &lines, error);

    return is_open && read_lines(reader, lines, form, false, error);
}

static bool read_table(const char *path, enum column_form form,
                       const struct gwas_options *options, struct arena *arena,
                       struct gwas_table *table, struct error *error)
{
    static const struct gwas_options no_options;
    struct reader reader = {.options = options == NULL ? &no_options : options,
                            .arena = arena,
                            .table = table,
                            .ratios = ARRAY_OF(size_t)};
    struct part part;
    bool is_part, is_read;

    *table = (struct gwas_table){.dropped = ARRAY_OF(struct gwas_dropped)};
    if (form == FORM_HARMONISED) {
        table->rows = ARRAY_OF(struct gwas_harmonised_row);
    } else {
        table->rows = ARRAY_OF(struct gwas_row);
    }
    reader.wanted = wanted_create(&reader.options->wanted);
    is_part = part_find(path, reader.options, arena, &part) && form == FORM_ASSOCIATIONS;
    table->note = part.note;
    is_read = is_part ? read_part(&reader, path, &part, error)
                      : read_file(&reader, path, form, error);
    part_destroy(&part);
    array_destroy(&reader.ratios);
    wanted_destroy(reader.wanted);
    if (!is_read) {
        gwas_table_destroy(table);
    }
    return is_read;
}

bool gwas_read(const char *path, const struct gwas_options *options, struct arena *arena,
               struct gwas_table *table, struct error *error)
{
    return read_table(path, FORM_ASSOCIATIONS, options, arena, table, error);
}

bool gwas_read_harmonised(const char *path, const struct gwas_options *options,
                          struct arena *arena, struct gwas_table *table, struct error *error)
{
    return read_table(path, FORM_HARMONISED, options, arena, table, error);
}

void gwas_table_destroy(struct gwas_table *table)
{
    array_destroy(&table->rows);
    array_destroy(&table->dropped);
}
