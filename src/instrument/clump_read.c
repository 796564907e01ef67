#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/rows.h"
#include "instrument/clump_parts.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* Why a row was dropped. */
enum drop { DROP_ID, DROP_P, DROP_RANGE, DROP_PLACE, DROP_BAD, DROPS };

/* A reading under way. */
struct reader {
    struct clump *clump;
    const struct gwas_options *options;
    const struct clump_settings *settings;
    bool has_reference;
    struct rows *rows;
    const char *const *cells;
    struct columns columns;
    struct map *places; /* of the ids that are kept */
    char *trait;
    size_t read, dropped[DROPS], recomputed;
    double smallest; /* P, and whose */
    char *whose;
};

static const char *cell_of(const struct reader *reader, enum column_role role)
{
    size_t column = reader->columns.of[role];

    return column == COLUMN_NONE ? NULL : reader->cells[column];
}

static bool fail_cell(const struct reader *reader, enum column_role role, struct error *error)
{
    char *shown = text_fit(cell_of(reader, role), 40, true);

    error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
              rows_column(reader->rows, reader->columns.of[role]),
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown, _("a number or NA"));
    memory_free(shown);
    return false;
}

static bool read_number(const struct reader *reader, enum column_role role, double *value,
                        struct error *error)
{
    const char *cell = cell_of(reader, role);

    *value = NAN;
    return cell == NULL || rows_number(cell, value) || fail_cell(reader, role, error);
}

/* P from effect and SE where the table gives none, or 0. */
static bool mend_p(struct reader *reader, struct clump_variant *variant, struct error *error)
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

/* A -log10 P, whatever its sign. */
static bool read_neglog10(struct reader *reader, struct clump_variant *variant,
                          struct error *error)
{
    double value;

    if (!read_number(reader, COLUMN_NEGLOG10_P, &value, error)) {
        return false;
    }
    variant->neglog10_p = fabs(value);
    variant->p = pow(10, -variant->neglog10_p);
    return true;
}

/* P on whichever scale the table has; one that is surely too large needs no logarithm. */
static bool read_p(struct reader *reader, struct clump_variant *variant, struct error *error)
{
    const char *cell = cell_of(reader, COLUMN_P);

    variant->p = variant->neglog10_p = NAN;
    if (cell != NULL && rows_number(cell, &variant->p) && variant->p > reader->settings->p &&
        variant->p <= 1) {
        variant->neglog10_p = 0;
        return true;
    }
    if (cell != NULL && !rows_probability(cell, &variant->p, &variant->neglog10_p)) {
        return fail_cell(reader, COLUMN_P, error);
    }
    if ((isnan(variant->p) || !(variant->p > 0)) &&
        cell_of(reader, COLUMN_NEGLOG10_P) != NULL && !isfinite(variant->neglog10_p) &&
        !read_neglog10(reader, variant, error)) {
        return false;
    }
    return mend_p(reader, variant, error);
}

/* A chromosome and a position, borrowed from the row. */
static bool read_place(struct reader *reader, struct clump_variant *variant,
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

static const char *allele_of(const struct reader *reader, enum column_role role)
{
    const char *cell = cell_of(reader, role);

    return cell == NULL || rows_is_missing(cell, true) ? NULL : cell;
}

static bool is_placed(const struct clump_variant *variant)
{
    return variant->chromosome != NULL && variant->position >= 0 && variant->position < 1e10;
}

/* Without ids a place and both alleles in alphabetical order make one, as everywhere. */
static const char *make_id(const struct reader *reader, const struct clump_variant *variant)
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

static const char *read_id(const struct reader *reader)
{
    const char *id = cell_of(reader, COLUMN_VARIANT);

    return id == NULL || rows_is_missing(id, true) ? NULL : id;
}

static enum drop reason_of(const struct reader *reader, const struct clump_variant *variant)
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

static void note_smallest(struct reader *reader, const struct clump_variant *variant)
{
    if (variant->p < reader->smallest) {
        reader->smallest = variant->p;
        memory_free(reader->whose);
        reader->whose = memory_copy_text(variant->id);
    }
}

static bool fail_trait(const struct reader *reader, const char *trait, struct error *error)
{
    return error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
                     rows_column(reader->rows, reader->columns.of[COLUMN_TRAIT]),
                     _("found a second trait, %s, behind %s; give one trait a file"), trait,
                     reader->trait);
}

static bool check_trait(struct reader *reader, struct error *error)
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

static bool take_row(struct reader *reader, struct error *error)
{
    struct clump_variant variant = {.id = read_id(reader)};
    enum drop reason;

    if (!read_p(reader, &variant, error)) {
        return false;
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

static enum read_result next(struct reader *reader, struct error *error)
{
    enum read_result result = rows_next(reader->rows, &reader->cells, error);

    if (result == READ_END) {
        return result;
    }
    reader->read++;
    if (result == READ_ROW && !check_trait(reader, error)) {
        return READ_ERROR;
    }
    if (result == READ_ROW && take_row(reader, error)) {
        return READ_ROW;
    }
    if (!reader->options->skip_bad_rows || !rows_can_go_on(reader->rows)) {
        return READ_ERROR;
    }
    error_clear(error);
    reader->dropped[DROP_BAD]++;
    return READ_ROW;
}

/* Roles that are needed elsewhere and here are only used where they are. */
static const enum column_role spared[] = {COLUMN_EFFECT_ALLELE, COLUMN_BETA, COLUMN_SE};

/* The spared roles from `first` up to `end` go to any column, and are then forgotten. */
static bool find_without(struct reader *reader, size_t first, size_t end, struct error *error)
{
    struct array overrides = ARRAY_OF(const char *);
    struct arena *arena = arena_create();
    bool is_found;

    for (size_t i = first; i < end; i++) {
        *(const char **)array_add(&overrides) = arena_format(
            arena, "%s=%s", column_role_key(spared[i]), rows_column(reader->rows, 0));
    }
    for (size_t i = 0; i < reader->options->override_count; i++) {
        *(const char **)array_add(&overrides) = reader->options->overrides[i];
    }
    is_found = columns_find(reader->rows, FORM_ASSOCIATIONS, overrides.items, overrides.count,
                            &reader->columns, error);
    for (size_t i = first; i < end; i++) {
        reader->columns.of[spared[i]] = COLUMN_NONE;
    }
    array_destroy(&overrides);
    arena_destroy(arena);
    return is_found;
}

/* With all that an association has, without its effect, without its alleles, or without both.
 */
static bool find_any(struct reader *reader, struct error *error)
{
    static const size_t without[][2] = {{0, 0}, {1, 3}, {0, 1}};
    struct error ignored = {0};

    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        bool is_found = find_without(reader, without[i][0], without[i][1], &ignored);

        error_clear(&ignored);
        if (is_found) {
            return true;
        }
    }
    return find_without(reader, 0, 3, error);
}

static bool fail_missing(const struct reader *reader, enum column_role role, const char *remedy,
                         struct error *error)
{
    return error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
                     column_role_key(role),
                     _("found no such column; name it with --col %s=NAME%s"),
                     column_role_key(role), remedy);
}

static bool find_columns(struct reader *reader, struct error *error)
{
    const size_t *of = reader->columns.of;

    if (!find_any(reader, error)) {
        return false;
    }
    if (of[COLUMN_P] == COLUMN_NONE && of[COLUMN_NEGLOG10_P] == COLUMN_NONE &&
        (of[COLUMN_BETA] == COLUMN_NONE || of[COLUMN_SE] == COLUMN_NONE)) {
        return fail_missing(reader, COLUMN_P, "", error);
    }
    for (int i = 0; i < 2 && !reader->has_reference; i++) {
        enum column_role role = i == 0 ? COLUMN_CHROMOSOME : COLUMN_POSITION;

        if (of[role] == COLUMN_NONE) {
            return fail_missing(reader, role, _(", or give a reference with --bfile"), error);
        }
    }
    return true;
}

static void warn_dropped(const struct reader *reader)
{
    static const char *const texts[DROPS] = {
        [DROP_ID] = N_("no usable id"),
        [DROP_P] = N_("no P"),
        [DROP_RANGE] = N_("P outside 0 to 1"),
        [DROP_PLACE] = N_("no chromosome or position"),
        [DROP_BAD] = N_("bad row"),
    };
    struct text text = {0};
    size_t all = 0;

    for (int i = 0; i < DROPS; i++) {
        all += reader->dropped[i];
        if (reader->dropped[i] > 0) {
            text_addf(&text, "%s%zu %s", text.length == 0 ? "" : ", ", reader->dropped[i],
                      _(texts[i]));
        }
    }
    if (all > 0) {
        clump_warn(reader->clump, _("%s: %zu of %zu rows dropped: %s"), rows_name(reader->rows),
                   all, reader->read, text.bytes);
    }
    if (reader->recomputed > 0) {
        clump_warn(reader->clump, "%s: %zu %s", rows_name(reader->rows), reader->recomputed,
                   _("P of 0 recomputed from effect and SE"));
    }
    text_drop(&text);
}

static bool finish(const struct reader *reader, struct error *error)
{
    if (reader->read == 0) {
        return error_set(error, ERROR_DATA, rows_name(reader->rows), 0, NULL,
                         _("found a header and no rows; give a table with rows"));
    }
    if (reader->whose == NULL) {
        return error_set(error, ERROR_DATA, rows_name(reader->rows), 0, NULL,
                         _("found no row with id and P among %zu; check the columns"),
                         reader->read);
    }
    warn_dropped(reader);
    if (reader->clump->variants.count == 0) {
        clump_warn(reader->clump, _("%s: no variant has P up to %g; the smallest is %g, of %s"),
                   rows_name(reader->rows), reader->settings->p, reader->smallest,
                   reader->whose);
    }
    return true;
}

static bool read_rows(struct reader *reader, struct error *error)
{
    enum read_result result = READ_ROW;

    if (!find_columns(reader, error)) {
        return false;
    }
    while (result == READ_ROW) {
        result = next(reader, error);
    }
    return result == READ_END && finish(reader, error);
}

bool clump_read(struct clump *clump, const char *path, const struct gwas_options *options,
                const struct clump_settings *settings, bool has_reference, struct error *error)
{
    static const struct gwas_options no_options;
    struct reader reader = {.clump = clump,
                            .options = options == NULL ? &no_options : options,
                            .settings = settings,
                            .has_reference = has_reference,
                            .smallest = INFINITY};
    bool is_read;

    reader.places = map_create();
    is_read = rows_open(path, &reader.rows, error) && read_rows(&reader, error);
    rows_close(reader.rows);
    map_destroy(reader.places);
    memory_free(reader.trait);
    memory_free(reader.whose);
    return is_read;
}
