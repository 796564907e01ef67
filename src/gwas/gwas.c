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
#include "gwas/reader.h"
#include "gwas/vcf.h"
#include <math.h>
#include <string.h>

/* Reads the row in reader->record.cells. False on a cell that is not what its column holds. */
typedef bool read_row(struct reader *reader, struct error *error);

void reader_drop(struct reader *reader, const char *trait, const char *variant,
                 enum gwas_drop reason)
{
    struct gwas_dropped *dropped = array_add(&reader->table->dropped);

    dropped->trait = trait;
    dropped->variant = variant;
    dropped->line = rows_line(reader->rows);
    dropped->reason = reason;
}

void reader_mend(struct reader *reader, struct association *association)
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
        reader->is_scattered = reader->sift != NULL;
    }
}

static enum gwas_drop judge(const struct reader *reader, const char *trait,
                            const struct association *association)
{
    const struct dialect *dialect = reader->table->columns.dialect;

    if (record_is_failed(&reader->record)) {
        return DROP_FAILED;
    }
    if (trait == NULL && record_cell(&reader->record, COLUMN_TRAIT) != NULL) {
        return DROP_NO_ID;
    }
    /* A row of nothing but an id is a gap, whatever else it lacks. */
    if (dialect != NULL && dialect->has_gaps && isnan(association->beta)) {
        return DROP_NO_BETA;
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

/* What only all rows tell: whether SE beside odds ratios are theirs or of their logs. Then P is
 * made whole, and repeated rows go. */
static void settle(struct reader *reader, bool is_harmonised)
{
    struct gwas_table *table = reader->table;

    for (size_t i = 0; i < reader->ratios.count && reader->evidence < 0; i++) {
        size_t index = *(size_t *)array_at(&reader->ratios, i);
        struct gwas_row *row = array_at(&table->rows, index);

        row->association.se /= exp(row->association.beta);
        table->ratio_se++;
    }
    for (size_t i = reader->settled; i < table->rows.count && !is_harmonised; i++) {
        reader_mend(reader, &((struct gwas_row *)array_at(&table->rows, i))->association);
    }
    duplicates_remove(table, reader->settled, is_harmonised,
                      reader->sift == NULL ? &table->dropped : sift_repeated(reader->sift));
    if (reader->sift != NULL) {
        sift_rows(reader->sift, table, reader->settled);
        memset(reader->record.last, 0, sizeof reader->record.last);
    }
    reader->settled = table->rows.count;
}

/* Whether the sift takes a row, which may be the first of a trait; *trait is a new text then.
 * What is to be known of odds ratios rests on all traits. */
static bool turn_to(struct reader *reader, const char **trait)
{
    if (*trait != NULL && !sift_is_at(reader->sift, *trait)) {
        settle(reader, false);
        *trait = record_text(&reader->record, COLUMN_TRAIT);
        reader->is_scattered = !sift_begin(reader->sift, *trait);
    }
    return !reader->is_scattered;
}

/* From now on rows that are not wanted are passed over. Not before a row of TEST ADD was seen:
 * a file without one is refused, whether a row of it is wanted or not. */
static void sieve(struct reader *reader)
{
    if (!reader->is_sieved) {
        wanted_sieve(reader->wanted, reader->rows, &reader->table->columns);
        reader->is_sieved = true;
    }
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
    if (reader->sift != NULL && !turn_to(reader, &trait)) {
        return true;
    }
    sieve(reader);
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
        reader_drop(reader, trait, association.variant, reason);
        return true;
    }
    note_ratio(reader);
    row = array_add(&reader->table->rows);
    row->trait = trait;
    row->association = association;
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
    reader_drop(reader, NULL,
                result == READ_ROW ? record_text(&reader->record, COLUMN_VARIANT) : NULL,
                DROP_BAD_ROW);
    return READ_ROW;
}

/* Behind all others that are dropped. */
static void give_repeated(struct reader *reader)
{
    const struct array *repeated = reader->sift == NULL ? NULL : sift_repeated(reader->sift);

    for (size_t i = 0; repeated != NULL && i < repeated->count; i++) {
        *(struct gwas_dropped *)array_add(&reader->table->dropped) =
            *(const struct gwas_dropped *)array_at(repeated, i);
    }
}

static bool read_rows(struct reader *reader, enum column_form form, struct error *error)
{
    read_row *read = form == FORM_HARMONISED ? reader_harmonised_row : read_association_row;
    enum read_result result = READ_ROW;

    if (!columns_find(reader->rows, form, reader->options->overrides,
                      reader->options->override_count, &reader->table->columns, error)) {
        return false;
    }
    reader->record = (struct record){.columns = &reader->table->columns,
                                     .rows = reader->rows,
                                     .arena = reader->sift == NULL ? reader->arena
                                                                   : sift_texts(reader->sift),
                                     .wanted = reader->options->wanted.variants};
    if (form == FORM_ASSOCIATIONS && reader->table->columns.of[COLUMN_TEST] == COLUMN_NONE) {
        sieve(reader);
    }
    while (result == READ_ROW && !reader->is_scattered) {
        result =
            keep_going(reader->options, reader->table->read, rows_name(reader->rows), error);
        result = result == READ_ROW ? next(reader, read, error) : result;
    }
    if (result == READ_ERROR || reader->is_scattered) {
        return result != READ_ERROR;
    }
    settle(reader, form == FORM_HARMONISED);
    give_repeated(reader);
    reader->table->read += rows_skipped(reader->rows);
    reader->table->unwanted += rows_skipped(reader->rows);
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

static bool read_table(struct reader *reader, const char *path, enum column_form form,
                       struct error *error)
{
    struct gwas_table *table = reader->table;
    struct part part;
    bool is_part, is_read;

    *table = (struct gwas_table){.dropped = ARRAY_OF(struct gwas_dropped)};
    if (form == FORM_HARMONISED) {
        table->rows = ARRAY_OF(struct gwas_harmonised_row);
    } else {
        table->rows = ARRAY_OF(struct gwas_row);
    }
    reader->ratios = ARRAY_OF(size_t);
    reader->wanted = wanted_create(&reader->options->wanted);
    is_part =
        part_find(path, reader->options, reader->arena, &part) && form == FORM_ASSOCIATIONS;
    table->note = part.note;
    is_read =
        is_part ? read_part(reader, path, &part, error) : read_file(reader, path, form, error);
    part_destroy(&part);
    array_destroy(&reader->ratios);
    wanted_destroy(reader->wanted);
    if (!is_read) {
        gwas_table_destroy(table);
    }
    return is_read;
}

static struct reader begin(const struct gwas_options *options, struct arena *arena,
                           struct gwas_table *table)
{
    static const struct gwas_options no_options;

    return (struct reader){
        .options = options == NULL ? &no_options : options, .arena = arena, .table = table};
}

/* Trait by trait; *is_done: whether that can be done. */
static bool read_sifted(const char *path, const struct gwas_options *options,
                        struct arena *arena, struct gwas_table *table, bool *is_done,
                        struct error *error)
{
    struct reader reader = begin(options, arena, table);
    struct arena_mark before = arena_mark(arena);
    bool is_read;

    reader.sift = sift_create(&options->kept, arena);
    is_read = read_table(&reader, path, FORM_ASSOCIATIONS, error);
    sift_destroy(reader.sift);
    *is_done = !reader.is_scattered;
    if (is_read && reader.is_scattered) {
        gwas_table_destroy(table);
        arena_reset(arena, before);
    }
    return is_read;
}

bool gwas_read(const char *path, const struct gwas_options *options, struct arena *arena,
               struct gwas_table *table, struct error *error)
{
    struct reader reader = begin(options, arena, table);
    bool is_asked = sift_is_asked(reader.options, path), is_done = false;

    if (is_asked && !read_sifted(path, options, arena, table, &is_done, error)) {
        return false;
    }
    if (!is_done && !read_table(&reader, path, FORM_ASSOCIATIONS, error)) {
        return false;
    }
    if (is_asked) {
        sift_whole(&options->kept, table);
    }
    return true;
}

bool gwas_read_harmonised(const char *path, const struct gwas_options *options,
                          struct arena *arena, struct gwas_table *table, struct error *error)
{
    struct reader reader = begin(options, arena, table);

    return read_table(&reader, path, FORM_HARMONISED, error);
}

void gwas_table_destroy(struct gwas_table *table)
{
    array_destroy(&table->rows);
    array_destroy(&table->dropped);
}
