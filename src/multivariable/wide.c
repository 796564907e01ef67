#include "multivariable/wide.h"
#include "base/array.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/rows.h"
#include "instrument/ld.h"
#include "numeric/cholesky.h"
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define NO_COLUMN SIZE_MAX

enum part { PART_BETA, PART_SE, PART_P, PART_N, PARTS };

/* How columns of a trait begin; behind it stand an underscore or a dot and the trait's name. */
static const struct {
    const char *start;
    enum part part;
} starts[] = {{"beta", PART_BETA}, {"b", PART_BETA}, {"se", PART_SE},       {"pval", PART_P},
              {"p", PART_P},       {"n", PART_N},    {"samplesize", PART_N}};

/* A trait's columns. */
struct wide_trait {
    const char *name;
    size_t column[PARTS];
};

/* A row that is complete. */
struct wide_row {
    struct association place; /* variant and alleles alone */
    const double *x, *sx, *p;
    double y, sy;
};

struct wide {
    const char *path;
    struct rows *rows;
    struct arena *arena;
    struct array exposures; /* struct wide_trait */
    struct wide_trait outcome;
    size_t variant, effect_allele, other_allele, keep;
    double *n;          /* the largest, by exposure; the outcome's behind them */
    struct array found; /* struct wide_row */
    size_t dropped;
};

static struct wide_trait trait_named(const char *name)
{
    return (struct wide_trait){name, {NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN}};
}

/* "beta_LDL" is the beta of LDL. */
static const char *split(const char *name, enum part *part)
{
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i].start), at = 0;

        while (at < length && tolower((unsigned char)name[at]) == starts[i].start[at]) {
            at++;
        }
        if (at == length && (name[at] == '_' || name[at] == '.') && name[at + 1] != '\0') {
            *part = starts[i].part;
            return name + at + 1;
        }
    }
    return NULL;
}

static struct wide_trait *trait_of(struct wide *wide, const char *name)
{
    if (text_equal_fold(name, "outcome")) {
        return &wide->outcome;
    }
    for (size_t i = 0; i < wide->exposures.count; i++) {
        struct wide_trait *trait = array_at(&wide->exposures, i);

        if (strcmp(trait->name, name) == 0) {
            return trait;
        }
    }
    *(struct wide_trait *)array_add(&wide->exposures) =
        trait_named(arena_text(wide->arena, name));
    return array_at(&wide->exposures, wide->exposures.count - 1);
}

static bool take_column(struct wide *wide, size_t column, struct error *error)
{
    static const char *const variants[] = {"SNP", "rsid", "variant", "variant_id"};
    const char *header = rows_column(wide->rows, column);
    enum part part = PARTS;
    const char *name = split(header, &part);
    struct wide_trait *trait;

    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (text_equal_fold(header, variants[i])) {
            wide->variant = column;
        }
    }
    wide->effect_allele =
        text_equal_fold(header, "effect_allele") ? column : wide->effect_allele;
    wide->other_allele = text_equal_fold(header, "other_allele") ? column : wide->other_allele;
    wide->keep = text_equal_fold(header, "mr_keep") ? column : wide->keep;
    if (name == NULL) {
        return true;
    }
    trait = trait_of(wide, name);
    if (trait->column[part] != NO_COLUMN) {
        return error_set(error, ERROR_DATA, wide->path, 1, header,
                         _("found this column twice; name one of them differently"));
    }
    trait->column[part] = column;
    return true;
}

/* Every trait has beta and SE; a name with neither is none of ours. */
static bool check_trait(const struct wide *wide, const struct wide_trait *trait,
                        struct error *error)
{
    static const char *const needed[] = {[PART_BETA] = "beta", [PART_SE] = "se"};

    for (int part = PART_BETA; part <= PART_SE; part++) {
        if (trait->column[part] == NO_COLUMN) {
            return error_set(error, ERROR_DATA, wide->path, 1, NULL,
                             _("found no column %s_%s; a wide table has beta_NAME and se_NAME "
                               "for every exposure and for the outcome"),
                             needed[part], trait->name);
        }
    }
    return true;
}

/* Columns such as p_het or n_cohorts begin like a trait's and belong to none. */
static void forget_others(struct wide *wide)
{
    size_t kept = 0;

    for (size_t i = 0; i < wide->exposures.count; i++) {
        struct wide_trait trait = *(struct wide_trait *)array_at(&wide->exposures, i);

        if (trait.column[PART_BETA] != NO_COLUMN || trait.column[PART_SE] != NO_COLUMN) {
            *(struct wide_trait *)array_at(&wide->exposures, kept++) = trait;
        }
    }
    wide->exposures.count = kept;
}

static bool read_header(struct wide *wide, struct error *error)
{
    wide->variant = wide->effect_allele = wide->other_allele = wide->keep = NO_COLUMN;
    wide->outcome = trait_named("outcome");
    for (size_t i = 0; i < rows_columns(wide->rows); i++) {
        if (!take_column(wide, i, error)) {
            return false;
        }
    }
    forget_others(wide);
    if (wide->exposures.count == 0) {
        return error_set(
            error, ERROR_DATA, wide->path, 1, NULL,
            _("found no exposure; a wide table has beta_NAME and se_NAME for every "
              "exposure and for the outcome"));
    }
    for (size_t i = 0; i < wide->exposures.count; i++) {
        if (!check_trait(wide, array_at(&wide->exposures, i), error)) {
            return false;
        }
    }
    return check_trait(wide, &wide->outcome, error);
}

/* NaN where there is no such column or no value. */
static bool read_cell(const struct wide *wide, const char *const *cells, size_t column,
                      double *value, struct error *error)
{
    char *shown;

    *value = NAN;
    if (column == NO_COLUMN || rows_number(cells[column], value)) {
        return true;
    }
    shown = text_fit(cells[column], 40, true);
    error_set(error, ERROR_DATA, wide->path, rows_line(wide->rows),
              rows_column(wide->rows, column), _("found \"%s\"; write a number or NA"), shown);
    memory_free(shown);
    return false;
}

static bool read_trait(struct wide *wide, const char *const *cells,
                       const struct wide_trait *trait, size_t place, double values[PARTS],
                       struct error *error)
{
    for (int part = 0; part < PARTS; part++) {
        if (!read_cell(wide, cells, trait->column[part], &values[part], error)) {
            return false;
        }
    }
    wide->n[place] = fmax(wide->n[place], values[PART_N]);
    return true;
}

static bool is_usable(const double values[PARTS])
{
    return isfinite(values[PART_BETA]) && values[PART_SE] > 0 && isfinite(values[PART_SE]);
}

static const char *read_text(const struct wide *wide, const char *const *cells, size_t column)
{
    return column == NO_COLUMN || rows_is_missing(cells[column], true)
               ? NULL
               : arena_text(wide->arena, cells[column]);
}

static bool read_row(struct wide *wide, const char *const *cells, struct error *error)
{
    size_t count = wide->exposures.count;
    double *numbers = arena_get(wide->arena, 3 * count, sizeof *numbers), values[PARTS];
    struct wide_row row = {.x = numbers, .sx = numbers + count, .p = numbers + 2 * count};
    bool is_whole = wide->keep == NO_COLUMN || (!text_equal_fold(cells[wide->keep], "FALSE") &&
                                                strcmp(cells[wide->keep], "0") != 0);

    for (size_t k = 0; k < count; k++) {
        if (!read_trait(wide, cells, array_at(&wide->exposures, k), k, values, error)) {
            return false;
        }
        is_whole = is_whole && is_usable(values);
        numbers[k] = values[PART_BETA];
        numbers[count + k] = values[PART_SE];
        numbers[2 * count + k] = values[PART_P];
    }
    if (!read_trait(wide, cells, &wide->outcome, count, values, error)) {
        return false;
    }
    row.y = values[PART_BETA];
    row.sy = values[PART_SE];
    row.place.variant = read_text(wide, cells, wide->variant);
    row.place.effect_allele = read_text(wide, cells, wide->effect_allele);
    row.place.other_allele = read_text(wide, cells, wide->other_allele);
    if (row.place.variant == NULL) {
        row.place.variant =
            arena_format(wide->arena, "row %zu", wide->found.count + wide->dropped + 1);
    }
    if (is_whole && is_usable(values)) {
        *(struct wide_row *)array_add(&wide->found) = row;
    } else {
        wide->dropped++;
    }
    return true;
}

static bool read_rows(struct wide *wide, struct error *error)
{
    const char *const *cells;
    enum read_result result;

    wide->n = arena_get(wide->arena, wide->exposures.count + 1, sizeof *wide->n);
    for (size_t k = 0; k <= wide->exposures.count; k++) {
        wide->n[k] = NAN;
    }
    while ((result = rows_next(wide->rows, &cells, error)) == READ_ROW) {
        if (!read_row(wide, cells, error)) {
            return false;
        }
    }
    return result == READ_END;
}

static void fill(const struct wide *wide, struct design *design)
{
    size_t count = wide->found.count, columns = wide->exposures.count;
    struct arena *arena = wide->arena;
    const char **exposures = arena_get(arena, columns, sizeof *exposures);
    const char **variants = arena_get(arena, count, sizeof *variants);
    double *x = arena_get(arena, count * columns, sizeof *x);
    double *sx = arena_get(arena, count * columns, sizeof *sx);
    double *p = arena_get(arena, count * columns, sizeof *p);
    double *y = arena_get(arena, count, sizeof *y), *sy = arena_get(arena, count, sizeof *sy);

    for (size_t k = 0; k < columns; k++) {
        exposures[k] = ((const struct wide_trait *)array_at(&wide->exposures, k))->name;
    }
    for (size_t j = 0; j < count; j++) {
        const struct wide_row *row = array_at(&wide->found, j);

        variants[j] = row->place.variant;
        memcpy(&x[j * columns], row->x, columns * sizeof *x);
        memcpy(&sx[j * columns], row->sx, columns * sizeof *sx);
        memcpy(&p[j * columns], row->p, columns * sizeof *p);
        y[j] = row->y;
        sy[j] = row->sy;
    }
    *design =
        (struct design){"outcome", exposures, columns, variants,         count, x,   sx, y,
                        sy,        p,         wide->n, wide->n[columns], NULL,  NULL};
}

/* A bare square has the table's variants in their order. */
static bool name_ld(const struct wide *wide, struct ld *ld, const char *path,
                    struct error *error)
{
    const char **ids;

    if (ld_has_names(ld)) {
        return true;
    }
    if (ld_count(ld) != wide->found.count || wide->dropped > 0) {
        return error_set(error, ERROR_DATA, path, 1, NULL,
                         _("found a square of %zu without names where the table has %zu usable "
                           "variants; write their ids into a first line"),
                         ld_count(ld), wide->found.count);
    }
    ids = arena_get(wide->arena, wide->found.count, sizeof *ids);
    for (size_t j = 0; j < wide->found.count; j++) {
        ids[j] = ((const struct wide_row *)array_at(&wide->found, j))->place.variant;
    }
    ld_name(ld, ids);
    return true;
}

/* Keeps the rows that the file has; their places. */
static struct ld_place *match(struct wide *wide, const struct ld *ld)
{
    struct ld_place *places = arena_get(wide->arena, wide->found.count, sizeof *places);
    size_t kept = 0;

    for (size_t j = 0; j < wide->found.count; j++) {
        struct wide_row row = *(struct wide_row *)array_at(&wide->found, j);

        places[kept] = ld_find(ld, &row.place);
        if (places[kept].match == LD_FOUND) {
            *(struct wide_row *)array_at(&wide->found, kept++) = row;
        }
    }
    wide->dropped += wide->found.count - kept;
    wide->found.count = kept;
    return places;
}

static bool take_ld(struct wide *wide, const struct ld *ld, const char *path, double **matrix,
                    struct error *error)
{
    struct ld_place *places = match(wide, ld);
    size_t count = wide->found.count;
    double *root = arena_get(wide->arena, count * count, sizeof *root);

    *matrix = arena_get(wide->arena, count * count, sizeof **matrix);
    for (size_t i = 0; i < count * count; i++) {
        double r = ld_correlation(ld, &places[i / count], &places[i % count]);

        (*matrix)[i] = i / count == i % count ? 1 : isnan(r) ? 0 : r;
        root[i] = (*matrix)[i];
    }
    return cholesky_factor(root, count) == count ||
           error_set(error, ERROR_DATA, path, 0, NULL,
                     _("the correlations between the variants are not positive definite; keep "
                       "one of variants that stand for each other"));
}

static bool read_table(struct wide *wide, const char *ld_path, struct design *design,
                       struct error *error)
{
    struct ld *ld = NULL;
    double *matrix = NULL;
    bool is_read = read_header(wide, error) && read_rows(wide, error);

    if (is_read && ld_path != NULL) {
        is_read = ld_read(ld_path, &ld, error) && name_ld(wide, ld, ld_path, error) &&
                  take_ld(wide, ld, ld_path, &matrix, error);
        ld_destroy(ld);
    }
    if (is_read) {
        fill(wide, design);
        design->ld = matrix;
    }
    return is_read;
}

bool wide_read(const char *path, const char *ld, struct arena *arena, struct design *design,
               size_t *dropped, struct error *error)
{
    struct wide wide = {.path = path,
                        .arena = arena,
                        .exposures = ARRAY_OF(struct wide_trait),
                        .found = ARRAY_OF(struct wide_row)};
    bool is_read = rows_open(path, &wide.rows, error) && read_table(&wide, ld, design, error);

    rows_close(wide.rows);
    array_destroy(&wide.exposures);
    array_destroy(&wide.found);
    *dropped = wide.dropped;
    return is_read;
}
