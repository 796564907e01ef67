#include "gwas/gwas.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/duplicates.h"
#include "gwas/policy.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

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

/* A reading under way. Texts that repeat from row to row are kept once. */
struct reader {
    const struct gwas_options *options;
    struct arena *arena;
    struct rows *rows;
    struct gwas_table *table;
    const char *const *cells;
    const char *last[COLUMN_ROLES];
    size_t told; /* bytes of the file, to who watches */
};

/* Reads the row in reader->cells. False on a cell that is not what its column holds. */
typedef bool read_row(struct reader *reader, struct error *error);

static const char *cell_of(const struct reader *reader, enum column_role role)
{
    size_t column = reader->table->columns.of[role];

    return column == COLUMN_NONE ? NULL : reader->cells[column];
}

static bool fail_cell(const struct reader *reader, enum column_role role, const char *wanted,
                      struct error *error)
{
    char *shown = text_fit(cell_of(reader, role), 40, true);

    error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
              rows_column(reader->rows, reader->table->columns.of[role]),
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown, wanted);
    memory_free(shown);
    return false;
}

static bool read_number(const struct reader *reader, enum column_role role, double *value,
                        struct error *error)
{
    const char *cell = cell_of(reader, role);

    *value = NAN;
    return cell == NULL || rows_number(cell, value) ||
           fail_cell(reader, role, _("a number or NA"), error);
}

static const char *read_text(struct reader *reader, enum column_role role)
{
    const char *cell = cell_of(reader, role);

    if (cell == NULL || rows_is_missing(cell, true)) {
        return NULL;
    }
    if (reader->last[role] == NULL || strcmp(reader->last[role], cell) != 0) {
        reader->last[role] = arena_text(reader->arena, cell);
    }
    return reader->last[role];
}

static const char *read_allele(struct reader *reader, enum column_role role)
{
    static const char bases[][2] = {"A", "C", "G", "T"};
    const char *cell = cell_of(reader, role);
    char *copy;

    if (cell == NULL || rows_is_missing(cell, true)) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (toupper((unsigned char)*cell) == *bases[i] && cell[1] == '\0') {
            return bases[i];
        }
    }
    copy = arena_text(reader->arena, cell);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return copy;
}

/* "chr7" and "7" are one chromosome. */
static const char *read_chromosome(struct reader *reader)
{
    const char *text = read_text(reader, COLUMN_CHROMOSOME);
    bool has_prefix = text != NULL && tolower((unsigned char)text[0]) == 'c' &&
                      tolower((unsigned char)text[1]) == 'h' &&
                      tolower((unsigned char)text[2]) == 'r' && text[3] != '\0';

    return has_prefix ? text + 3 : text;
}

/* The numbers and alleles of one side. */
static bool read_side(struct reader *reader, const struct side *side,
                      struct association *association, struct error *error)
{
    const char *p = cell_of(reader, side->p);

    association->effect_allele = read_allele(reader, side->effect_allele);
    association->other_allele = read_allele(reader, side->other_allele);
    association->p = NAN;
    association->neglog10_p = NAN;
    if (p != NULL && !rows_probability(p, &association->p, &association->neglog10_p)) {
        return fail_cell(reader, side->p, _("a number or NA"), error);
    }
    if (!read_number(reader, side->eaf, &association->eaf, error) ||
        !read_number(reader, side->beta, &association->beta, error) ||
        !read_number(reader, side->se, &association->se, error) ||
        !read_number(reader, side->n, &association->n, error)) {
        return false;
    }
    if (!(association->n > 0) || isinf(association->n)) {
        association->n = NAN;
    }
    return true;
}

/* Without an id, chromosome, position and both alleles in alphabetical order make one. */
static const char *made_id(struct reader *reader, const struct association *association)
{
    const char *one = association->effect_allele;
    const char *other = association->other_allele;

    if (association->chromosome == NULL || isnan(association->position) || one == NULL ||
        other == NULL) {
        return NULL;
    }
    return arena_format(reader->arena, "%s:%.0f:%s:%s", association->chromosome,
                        association->position, strcmp(one, other) < 0 ? one : other,
                        strcmp(one, other) < 0 ? other : one);
}

/* What both sides of a row share. */
static bool read_place(struct reader *reader, struct association *association,
                       struct error *error)
{
    association->line = rows_line(reader->rows);
    association->variant = read_text(reader, COLUMN_VARIANT);
    association->chromosome = read_chromosome(reader);
    association->gene = read_text(reader, COLUMN_GENE);
    return read_number(reader, COLUMN_POSITION, &association->position, error);
}

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

static bool is_wanted(const struct gwas_wanted *wanted, const struct association *association)
{
    struct association mended = *association;
    size_t place;

    if (wanted->most_p > 0) {
        (void)policy_mend(&mended);
        if (mended.neglog10_p > -log10(wanted->most_p)) {
            return true;
        }
    }
    if (wanted->variants != NULL && association->variant != NULL) {
        return map_get(wanted->variants, association->variant, &place);
    }
    return !(wanted->most_p > 0) && wanted->variants == NULL;
}

static bool read_association_row(struct reader *reader, struct error *error)
{
    struct association association = {0};
    const char *trait = read_text(reader, COLUMN_TRAIT);
    enum gwas_drop reason;
    struct gwas_row *row;

    if (!read_place(reader, &association, error) ||
        !read_side(reader, &exposure_side, &association, error)) {
        return false;
    }
    if (association.variant == NULL) {
        association.variant = made_id(reader, &association);
    }
    if (!is_wanted(&reader->options->wanted, &association)) {
        reader->table->unwanted++;
        return true;
    }
    reason = policy_check(&association, (struct policy_needs){.id = true, .alleles = true});
    if (trait == NULL && cell_of(reader, COLUMN_TRAIT) != NULL) {
        reason = DROP_NO_ID;
    }
    if (reason != DROP_NONE) {
        drop(reader, trait, association.variant, reason);
        return true;
    }
    mend(reader, &association);
    row = array_add(&reader->table->rows);
    row->trait = trait;
    row->association = association;
    return true;
}

static bool read_keep(const struct reader *reader, bool *keep, struct error *error)
{
    static const struct {
        const char *word;
        bool keep;
    } words[] = {{"TRUE", true},   {"T", true},  {"1", true},
                 {"FALSE", false}, {"F", false}, {"0", false}};
    const char *cell = cell_of(reader, COLUMN_MR_KEEP);

    *keep = cell == NULL;
    if (cell == NULL || rows_is_missing(cell, true)) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_equal_fold(cell, words[i].word)) {
            *keep = words[i].keep;
            return true;
        }
    }
    return fail_cell(reader, COLUMN_MR_KEEP, _("TRUE or FALSE"), error);
}

/* A harmonised table needs no ids: a row is then called by its number. */
static void name_row(struct reader *reader, struct association *association)
{
    bool has_ids = reader->table->columns.of[COLUMN_VARIANT] != COLUMN_NONE;

    if (association->variant == NULL) {
        association->variant = made_id(reader, association);
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

static bool read_harmonised_row(struct reader *reader, struct error *error)
{
    struct gwas_harmonised_row row = {0};
    enum gwas_drop reason;

    row.exposure = read_text(reader, COLUMN_TRAIT);
    row.outcome = read_text(reader, COLUMN_OUTCOME);
    row.direction = read_text(reader, COLUMN_DIRECTION);
    if (!read_place(reader, &row.x, error) ||
        !read_side(reader, &exposure_side, &row.x, error) ||
        !read_side(reader, &outcome_side, &row.y, error) ||
        !read_keep(reader, &row.mr_keep, error)) {
        return false;
    }
    name_row(reader, &row.x);
    share(&row.x, &row.y);
    reason = check_both(&row);
    if ((row.exposure == NULL && cell_of(reader, COLUMN_TRAIT) != NULL) ||
        (row.outcome == NULL && cell_of(reader, COLUMN_OUTCOME) != NULL)) {
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

enum { ROWS_UNWATCHED = 256 };

/* Tells how far it is; false when it was asked to stop. */
static bool keep_on(struct reader *reader, struct error *error)
{
    struct gwas_watch *watch = reader->options->watch;

    if (watch == NULL || reader->table->read % ROWS_UNWATCHED != 0) {
        return true;
    }
    size_t taken = rows_taken(reader->rows);
    atomic_fetch_add(&watch->taken, taken - reader->told);
    reader->told = taken;
    return !atomic_load(&watch->is_stopped) ||
           error_set(error, ERROR_DATA, rows_name(reader->rows), 0, NULL,
                     _("reading was stopped"));
}

/* One row, or a bad one that is dropped because the user said so. */
static enum read_result next(struct reader *reader, read_row *read, struct error *error)
{
    enum read_result result = rows_next(reader->rows, &reader->cells, error);

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
    drop(reader, NULL, NULL, DROP_BAD_ROW);
    return READ_ROW;
}

static bool read_rows(struct reader *reader, enum column_form form, struct error *error)
{
    read_row *read = form == FORM_HARMONISED ? read_harmonised_row : read_association_row;
    enum read_result result;

    if (!columns_find(reader->rows, form, reader->options->overrides,
                      reader->options->override_count, &reader->table->columns, error)) {
        return false;
    }
    do {
        result = keep_on(reader, error) ? next(reader, read, error) : READ_ERROR;
    } while (result == READ_ROW);
    if (result == READ_ERROR) {
        return false;
    }
    duplicates_remove(reader->table, form == FORM_HARMONISED);
    return policy_accept(rows_name(reader->rows), reader->table, error);
}

static bool read_table(const char *path, enum column_form form,
                       const struct gwas_options *options, struct arena *arena,
                       struct gwas_table *table, struct error *error)
{
    static const struct gwas_options no_options;
    struct reader reader = {
        .options = options == NULL ? &no_options : options, .arena = arena, .table = table};
    bool is_read;

    *table = (struct gwas_table){.dropped = ARRAY_OF(struct gwas_dropped)};
    if (form == FORM_HARMONISED) {
        table->rows = ARRAY_OF(struct gwas_harmonised_row);
    } else {
        table->rows = ARRAY_OF(struct gwas_row);
    }
    is_read = rows_open(path, &reader.rows, error) && read_rows(&reader, form, error);
    rows_close(reader.rows);
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
