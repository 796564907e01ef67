#include "base/i18n.h"
#include "base/text.h"
#include "gwas/dialects.h"
#include "gwas/vcf.h"
#include "study/detect_parts.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

/* A table under way. */
struct looking {
    struct rows *rows;
    struct columns columns;
    size_t cases_column;
    struct detect_sample sample;
};

static bool is_named(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        const char *at = name, *wanted = *names;
        while (*at != '\0' && (strchr("._ -#", *at) != NULL ||
                               tolower((unsigned char)*at) == (unsigned char)*wanted)) {
            wanted += strchr("._ -#", *at) == NULL;
            at++;
        }
        if (*at == '\0' && *wanted == '\0') {
            return true;
        }
    }
    return false;
}

static size_t find_column(const struct rows *rows, const char *const *names)
{
    for (size_t i = 0; i < rows_columns(rows); i++) {
        if (is_named(rows_column(rows, i), names)) {
            return i;
        }
    }
    return COLUMN_NONE;
}

/* NaN where there is no such column or no number. */
static double number_in(const char *const *cells, size_t column)
{
    double value = NAN;
    bool is_number = column != COLUMN_NONE && (rows_number(cells[column], &value) ||
                                               rows_comma_number(cells[column], true, &value));
    return is_number ? value : NAN;
}

static void look_at_row(struct looking *looking, const char *const *cells, struct arena *arena)
{
    const size_t *of = looking->columns.of;
    double n = of[COLUMN_N] != COLUMN_NONE
                   ? number_in(cells, of[COLUMN_N])
                   : number_in(cells, of[COLUMN_CASES]) + number_in(cells, of[COLUMN_CONTROLS]);
    size_t trait = of[COLUMN_TRAIT];
    bool has_trait = trait != COLUMN_NONE && !rows_is_missing(cells[trait], true);
    /* a spread is the same by the other allele's frequency */
    size_t frequency = of[COLUMN_EAF] != COLUMN_NONE ? COLUMN_EAF : COLUMN_MAF;
    detect_look(&looking->sample, number_in(cells, of[frequency]),
                number_in(cells, of[COLUMN_SE]), n, has_trait ? cells[trait] : NULL, arena);
    looking->sample.cases =
        fmax(looking->sample.cases, number_in(cells, looking->cases_column));
}

static void look(struct looking *looking, struct arena *arena)
{
    const char *const *cells;
    struct error ignored = {0};
    size_t count = 0;
    while (count++ < DETECT_ROWS && rows_next(looking->rows, &cells, &ignored) == READ_ROW) {
        look_at_row(looking, cells, arena);
    }
    error_clear(&ignored);
}

static bool has_role(const struct looking *looking, enum column_role role)
{
    return looking->columns.of[role] != COLUMN_NONE;
}

static void guess(struct detected *found, enum trait_unit unit, const char *reason)
{
    found->unit = unit;
    found->unit_reason = reason;
}

/* What the columns say, before any figure. */
static bool guess_by_columns(struct detected *found, const struct looking *looking,
                             struct arena *arena)
{
    const struct dialect *dialect = looking->columns.dialect;
    if (dialect != NULL && dialect->unit != UNIT_UNKNOWN) {
        guess(found, dialect->unit, arena_format(arena, _("as %s has it"), dialect->name));
    } else if (!has_role(looking, COLUMN_BETA) && has_role(looking, COLUMN_ODDS_RATIO)) {
        guess(found, UNIT_LOG_ODDS, _("there is a column of odds ratios"));
    } else if (!has_role(looking, COLUMN_BETA) && has_role(looking, COLUMN_Z)) {
        guess(found, UNIT_SD, _("effects are made of Z, N and EAF"));
    }
    return found->unit_reason != NULL;
}

static void take_lines(struct detected *found, const struct looking *looking,
                       struct arena *arena)
{
    struct array lines = ARRAY_OF(struct explain_line);
    explain_columns(looking->rows, &looking->columns, FORM_ASSOCIATIONS, arena, &lines);
    detect_keep_lines(found, &lines, arena);
    array_destroy(&lines);
}

static void conclude(struct detected *found, struct looking *looking, struct arena *arena)
{
    detect_taxon(found, &looking->sample, arena);
    take_lines(found, looking, arena);
    if (!guess_by_columns(found, looking, arena)) {
        detect_unit(found, &looking->sample, arena);
    }
}

static bool detect_table(struct lines *lines, const char *const *overrides, size_t count,
                         struct arena *arena, struct detected *found, struct error *error)
{
    static const char *const cases[] = {"ncase", "ncases", "ncas",        "nca",
                                        "cases", "n1",     "totalncases", NULL};
    struct looking *looking = arena_get(arena, 1, sizeof *looking);
    if (!rows_open_lines(lines, &looking->rows, error)) {
        return false;
    }
    bool is_found = columns_find(looking->rows, FORM_ASSOCIATIONS, overrides, count,
                                 &looking->columns, error);
    if (is_found) {
        looking->sample.n = looking->sample.cases = NAN;
        looking->cases_column = has_role(looking, COLUMN_CASES)
                                    ? looking->columns.of[COLUMN_CASES]
                                    : find_column(looking->rows, cases);
        looking->sample.is_binary = looking->cases_column != COLUMN_NONE;
        look(looking, arena);
        conclude(found, looking, arena);
    }
    rows_close(looking->rows);
    return is_found;
}

bool detect_file(const char *path, const char *const *overrides, size_t count,
                 struct arena *arena, struct detected *found, struct error *error)
{
    struct lines *lines;
    *found = (struct detected){.path = arena_text(arena, path)};
    if (!vcf_open_lines(path, &lines, error)) {
        return false;
    }
    return lines_kind(lines) == LINES_VCF
               ? detect_vcf(lines, overrides, count, arena, found, error)
               : detect_table(lines, overrides, count, arena, found, error);
}

/* The fields of a VCF that an override can name. */
static bool list_fields(struct lines *lines, struct arena *arena, struct array *names,
                        struct error *error)
{
    static const char before[] = "FORMAT/";
    struct array explained = ARRAY_OF(struct explain_line);
    bool is_read = vcf_describe(lines, arena, &explained, NULL, error);
    for (size_t i = 0; i < explained.count; i++) {
        const struct explain_line *line = array_at(&explained, i);
        if (strncmp(line->column, before, sizeof before - 1) == 0) {
            *(const char **)array_add(names) = line->column + sizeof before - 1;
        }
    }
    array_destroy(&explained);
    lines_close(lines);
    return is_read;
}

static bool list_header(struct lines *lines, struct arena *arena, struct array *names,
                        struct error *error)
{
    struct rows *rows;
    if (!rows_open_lines(lines, &rows, error)) {
        return false;
    }
    for (size_t i = 0; i < rows_columns(rows); i++) {
        *(const char **)array_add(names) = arena_text(arena, rows_column(rows, i));
    }
    rows_close(rows);
    return true;
}

bool detect_columns(const char *path, struct arena *arena, struct array *names,
                    struct error *error)
{
    struct lines *lines;
    if (!vcf_open_lines(path, &lines, error)) {
        return false;
    }
    return lines_kind(lines) == LINES_VCF ? list_fields(lines, arena, names, error)
                                          : list_header(lines, arena, names, error);
}
