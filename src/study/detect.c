#include "study/detect.h"
#include "base/i18n.h"
#include "base/text.h"
#include "gwas/dialects.h"
#include "study/plan_path.h"
#include "study/taxon_name.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A microbe's GWAS rarely has enough variants below the usual threshold. */
#define P_USUAL 5e-8
#define P_MICROBES 1e-5

/* What the first rows show. */
struct sample {
    struct rows *rows;
    struct columns columns;
    size_t cases_column;
    double n, cases;
    double spread[DETECT_ROWS]; /* 2 f (1 - f) N SE^2: the variance of the trait */
    size_t spread_count;
    const char *trait;
    bool has_traits;
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
    return column != COLUMN_NONE && rows_number(cells[column], &value) ? value : NAN;
}

static void look_at_trait(struct sample *sample, const char *const *cells, struct arena *arena)
{
    size_t column = sample->columns.of[COLUMN_TRAIT];
    if (column == COLUMN_NONE || rows_is_missing(cells[column], true)) {
        return;
    }
    if (sample->trait == NULL) {
        sample->trait = arena_text(arena, cells[column]);
    }
    sample->has_traits = sample->has_traits || strcmp(sample->trait, cells[column]) != 0;
}

static void look_at_row(struct sample *sample, const char *const *cells, struct arena *arena)
{
    const size_t *of = sample->columns.of;
    double n = of[COLUMN_N] != COLUMN_NONE
                   ? number_in(cells, of[COLUMN_N])
                   : number_in(cells, of[COLUMN_CASES]) + number_in(cells, of[COLUMN_CONTROLS]);
    double eaf = number_in(cells, of[COLUMN_EAF]), se = number_in(cells, of[COLUMN_SE]);
    double spread = 2 * eaf * (1 - eaf) * n * se * se;
    sample->n = fmax(sample->n, n);
    sample->cases = fmax(sample->cases, number_in(cells, sample->cases_column));
    if (isfinite(spread) && spread > 0) {
        sample->spread[sample->spread_count++] = spread;
    }
    look_at_trait(sample, cells, arena);
}

static void look(struct sample *sample, struct arena *arena)
{
    const char *const *cells;
    struct error ignored = {0};
    size_t count = 0;
    while (count++ < DETECT_ROWS && rows_next(sample->rows, &cells, &ignored) == READ_ROW) {
        look_at_row(sample, cells, arena);
    }
    error_clear(&ignored);
}

static int compare(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* NaN where frequencies or sample sizes are missing. */
static double median_spread(struct sample *sample)
{
    if (sample->spread_count == 0) {
        return NAN;
    }
    qsort(sample->spread, sample->spread_count, sizeof sample->spread[0], compare);
    return sample->spread[sample->spread_count / 2];
}

static void guess(struct detected *found, enum trait_unit unit, const char *reason)
{
    found->unit = unit;
    found->unit_reason = reason;
}

/* From standard errors: a linear model has SE^2 = var / (2 f (1 - f) N), a logistic one the
 * same with 1 / (c (1 - c)) for var, where c is the share of cases (Willer et al. 2010; Pirinen
 * et al. 2013). */
static void guess_by_spread(struct detected *found, double spread, struct arena *arena)
{
    if (isnan(spread)) {
        guess(found, UNIT_UNKNOWN,
              _("nothing tells: there are no frequencies or sample sizes"));
    } else if (spread > 0.7 && spread < 1.4) {
        guess(found, UNIT_SD,
              arena_format(arena, _("SE fit a trait of SD 1 (its variance by them: %.2f)"),
                           spread));
    } else if (spread > 3.6) {
        guess(found, UNIT_LOG_ODDS,
              arena_format(arena,
                           _("SE fit log odds where %.0f%% are cases (or a trait of SD %.1f)"),
                           50 * (1 - sqrt(fmax(0, 1 - 4 / spread))), sqrt(spread)));
    } else {
        guess(found, UNIT_UNKNOWN,
              arena_format(arena,
                           _("SE fit a trait of SD %.2g: a scale of its own, or a linear model "
                             "of cases, which is \"linear\""),
                           sqrt(spread)));
    }
}

static bool has_role(const struct sample *sample, enum column_role role)
{
    return sample->columns.of[role] != COLUMN_NONE;
}

/* What the columns say, before any figure. */
static bool guess_by_columns(struct detected *found, const struct sample *sample,
                             struct arena *arena)
{
    const struct dialect *dialect = sample->columns.dialect;
    if (dialect != NULL && dialect->unit != UNIT_UNKNOWN) {
        guess(found, dialect->unit, arena_format(arena, _("as %s has it"), dialect->name));
    } else if (!has_role(sample, COLUMN_BETA) && has_role(sample, COLUMN_ODDS_RATIO)) {
        guess(found, UNIT_LOG_ODDS, _("there is a column of odds ratios"));
    } else if (!has_role(sample, COLUMN_BETA) && has_role(sample, COLUMN_Z)) {
        guess(found, UNIT_SD, _("effects are made of Z, N and EAF"));
    } else if (sample->cases_column != COLUMN_NONE) {
        guess(found, UNIT_LOG_ODDS, _("there is a column of cases"));
    }
    return found->unit_reason != NULL;
}

static void guess_unit(struct detected *found, struct sample *sample, struct arena *arena)
{
    double spread = median_spread(sample);
    if (guess_by_columns(found, sample, arena)) {
        return;
    }
    if (found->is_taxon && (isnan(spread) || spread < 3.6)) {
        guess(found, UNIT_SD,
              _("the name is that of a taxon, whose GWAS are per SD of abundance"));
    } else {
        guess_by_spread(found, spread, arena);
    }
}

static void take_lines(struct detected *found, const struct sample *sample, struct arena *arena)
{
    struct array lines = ARRAY_OF(struct explain_line);
    explain_columns(sample->rows, &sample->columns, FORM_ASSOCIATIONS, arena, &lines);
    struct explain_line *copy = arena_get(arena, lines.count, sizeof *copy);
    for (size_t i = 0; i < lines.count; i++) {
        copy[i] = *(const struct explain_line *)array_at(&lines, i);
        copy[i].column = arena_text(arena, copy[i].column);
    }
    found->lines = copy;
    found->line_count = lines.count;
    array_destroy(&lines);
}

static void conclude(struct detected *found, struct sample *sample, struct arena *arena)
{
    found->trait = sample->trait;
    found->has_traits = sample->has_traits;
    found->n = sample->n;
    found->cases = sample->cases;
    found->is_taxon = taxon_name_is(plan_path_stem(found->path, arena)) ||
                      (sample->trait != NULL && taxon_name_is(sample->trait));
    take_lines(found, sample, arena);
    guess_unit(found, sample, arena);
    found->p_threshold = found->is_taxon ? P_MICROBES : P_USUAL;
    found->p_reason = found->is_taxon
                          ? _("usual for microbes, of which few have variants below 5e-8")
                          : _("genome-wide significance; 1e-5 is usual for microbes");
}

bool detect_file(const char *path, const char *const *overrides, size_t count,
                 struct arena *arena, struct detected *found, struct error *error)
{
    static const char *const cases[] = {"ncase", "ncases", "ncas",        "nca",
                                        "cases", "n1",     "totalncases", NULL};
    struct sample *sample = arena_get(arena, 1, sizeof *sample);
    *found = (struct detected){.path = arena_text(arena, path)};
    if (!rows_open(path, &sample->rows, error)) {
        return false;
    }
    bool is_found = columns_find(sample->rows, FORM_ASSOCIATIONS, overrides, count,
                                 &sample->columns, error);
    if (is_found) {
        sample->n = sample->cases = NAN;
        sample->cases_column = has_role(sample, COLUMN_CASES)
                                   ? sample->columns.of[COLUMN_CASES]
                                   : find_column(sample->rows, cases);
        look(sample, arena);
        conclude(found, sample, arena);
    }
    rows_close(sample->rows);
    return is_found;
}
