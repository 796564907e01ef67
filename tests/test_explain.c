/*
 * How a table is understood, in words, and the build that its positions are on.
 */
#include "dialect_writers.h"
#include "gwas/explain.h"
#include "reading.h"
#include <math.h>

static struct builds *known(void)
{
    struct builds *builds;
    struct error error = {0};
    const char *folder = getenv("TAXAMR_DATADIR");
    struct text path = {0};

    text_addf(&path, "%s/known-positions.tsv", folder == NULL ? "data" : folder);
    ck_assert_msg(builds_read(path.bytes, &builds, &error), "%s", path.bytes);
    text_drop(&path);
    return builds;
}

/* What a table of the dialects' samples, or a text, is explained as. */
static struct array explain(const char *path, struct arena *arena)
{
    struct array lines = ARRAY_OF(struct explain_line);
    struct builds *builds = known();
    struct gwas_options options = {0};
    struct rows *rows;
    struct columns columns;
    struct error error = {0};

    ck_assert(rows_open(path, &rows, &error));
    ck_assert(columns_find(rows, FORM_ASSOCIATIONS, NULL, 0, &columns, &error));
    explain_columns(rows, &columns, FORM_ASSOCIATIONS, arena, &lines);
    (void)!explain_content(path, &options, builds, arena, &lines, &error);
    error_clear(&error);
    rows_close(rows);
    builds_destroy(builds);
    return lines;
}

/* Whether a line of that role, of no column, says something. */
static bool says(const struct array *lines, const char *role, const char *words)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct explain_line *line = array_at(lines, i);

        if (line->column == NULL && strcmp(line->role, role) == 0 &&
            strstr(line->why, words) != NULL) {
            return true;
        }
    }
    return false;
}

static void expect(const char *table, const char *role, const char *words)
{
    struct arena *arena = arena_create();
    struct array lines = explain(made_text(table), arena);

    ck_assert_msg(says(&lines, role, words), "%s: no %s of %s", table, words, role);
    array_destroy(&lines);
    arena_destroy(arena);
    unlink(made_path);
}

/* Where a comma may be a decimal one, what could be thousands is still no count. */
START_TEST(commas_are_decimal_where_cells_are_parted_otherwise)
{
    double value, p, neglog10_p;

    ck_assert(rows_comma_number("-0,10209", false, &value) && value == -0.10209);
    ck_assert(rows_comma_number("1,234", false, &value) && value == 1.234);
    ck_assert(rows_comma_number("1234,5", true, &value) && value == 1234.5);
    ck_assert(!rows_comma_number("386,533", true, &value));
    ck_assert(!rows_comma_number("1,386,533", false, &value));
    ck_assert(!rows_comma_number("1.386,5", false, &value));
    ck_assert(rows_comma_probability("1,5e-400", &p, &neglog10_p) && p == 0);
    ck_assert(fabs(neglog10_p - (400 - log10(1.5))) < 1e-9);
}
END_TEST

START_TEST(what_is_derived_is_said)
{
    expect("rsid EA NEA OR SE P\nrs1 A G 2 .1 4e-12\n", "beta", "logarithm");
    expect("rsid EA NEA OR SE P\nrs1 A G 2 .1 4e-12\n", "se", "as those of their logarithms");
    expect("rsid EA NEA OR SE P\nrs1 A G 2 .2 4e-12\n", "se", "as those of the ratios");
    expect("rsid EA NEA OR L95 U95\nrs1 A G 2 1 3\n", "se", "95% interval");
    expect("rsid EA NEA OR L95 U95\nrs1 A G 2 1 3\n", "pval", "effect and SE");
    expect("rsid EA NEA OR P\nrs1 A G 2 .01\n", "se", "z of P");
    expect("SNP A1 A2 N Z FRQ\nrs1 A G 100 5 .5\n", "beta", "per SD of the trait");
    expect("SNP A1 A2 N Z FRQ\nrs1 A G 100 5 .5\n", "unit", "SD");
    expect("rsid EA NEA beta SE mlogp\nrs1 A G 2 1 1.3\n", "pval", "-log10 P");
    expect("rsid EA beta SE\nrs1 A 2 1\n", "other_allele", "missing");
    expect("rsid EA beta SE\nrs1 A 2 1\n", "eaf", "missing");
    expect("rsid EA beta SE\nrs1 A 2 1\n", "dialect", "none");
    expect("chr pos EA NEA beta SE\n1 5 A G 2 1\n", "variant", "alphabetical");
    expect("rsid A1 A2 beta SE\nrs1 A G 2 1\n", "effect", "--col effect_allele=A2");
    expect("rsid REF ALT A1 beta SE\nrs1 A G A 2 1\n", "other_allele", "of REF and ALT");
    expect("CHROM GENPOS ID ALLELE0 ALLELE1 BETA SE LOG10P\n1 1 a A G 2 1 3\n", "effect",
           "ALLELE1 is the effect allele, though");
    expect("CHR POS MarkerID Allele1 Allele2 AF_Allele2 BETA SE p.value\n1 1 a A G .1 2 1 .5\n",
           "effect", "Allele2 is the effect allele, not Allele1");
}
END_TEST

/* What is printed for a shell as an option, as the option comes out of it. */
static const char *unquoted(const char *override, struct arena *arena)
{
    const char *text = override + strlen("--col ");
    char *quoted = arena_text(arena, text), *out = quoted;

    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '\'') {
            *out++ = *at;
        }
    }
    *out = '\0';
    return quoted;
}

/* The overrides of the columns that play a role, all of them. */
static size_t overrides_of(const struct array *lines, const char **overrides, size_t most,
                           struct arena *arena)
{
    size_t count = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const struct explain_line *line = array_at(lines, i);

        if (line->column != NULL && line->override != NULL) {
            ck_assert_uint_lt(count, most);
            overrides[count++] = unquoted(line->override, arena);
        }
    }
    return count;
}

static void same_row(const char *header, const struct association *one,
                     const struct association *other)
{
    ck_assert_msg(one->beta == other->beta && one->se == other->se &&
                      one->neglog10_p == other->neglog10_p &&
                      strcmp(one->effect_allele, other->effect_allele) == 0 &&
                      (one->n == other->n || isnan(one->n)) &&
                      (one->eaf == other->eaf || isnan(one->eaf)),
                  "%s: %g %g, then %g %g", header, one->beta, one->se, other->beta, other->se);
}

/* In every dialect the overrides that are printed, all given, change nothing. */
START_TEST(overrides_are_exact)
{
    static const struct truth truth = {"rs5", "3", 1234, "T", "C", 0.25, 0.1, 0.02, 3000};

    for (size_t i = 0; i < writer_count; i++) {
        const char *overrides[32];
        struct gwas_options options = {.overrides = overrides};
        struct arena *arena = arena_create();
        struct text text = {0};

        text_addf(&text, "%s\n", writers[i].header);
        writer_add(&text, &truth, writers[i].row);
        struct array lines = explain(made_text(text.bytes), arena);
        options.override_count = overrides_of(&lines, overrides, 32, arena);
        struct reading plain = read_good(made_path, FORM_ASSOCIATIONS, NULL);
        struct reading chosen = read_good(made_path, FORM_ASSOCIATIONS, &options);
        same_row(writers[i].header, row(&plain, 0), row(&chosen, 0));
        gwas_table_destroy(&plain.table);
        arena_destroy(plain.arena);
        done(&chosen);
        array_destroy(&lines);
        arena_destroy(arena);
        text_drop(&text);
    }
}
END_TEST

START_TEST(effects_that_are_ratios_are_told)
{
    expect("rsid EA NEA beta SE\nr1 A G 1.1 .1\nr2 A G .9 .1\nr3 A G 1.2 .1\nr4 A G .8 .1\n"
           "r5 A G 1.1 .1\nr6 A G .9 .1\nr7 A G 1.2 .1\nr8 A G .8 .1\n",
           "beta", "as odds ratios are");
}
END_TEST

START_TEST(builds_are_told_by_position)
{
    expect("rsid chr pos EA NEA beta SE\nrs182549 2 136616754 T C 1 1\n", "build",
           "GRCh37: 1 of 1");
    expect("rsid chr pos EA NEA beta SE\nrs182549 chr2 135859184 T C 1 1\n", "build",
           "GRCh38: 1 of 1");
    expect("chr pos EA NEA beta SE\n2 135859184 T C 1 1\n", "build", "GRCh38: 1 of 1");
    expect("rsid chr pos EA NEA beta SE\nrs182549 2 136333224 T C 1 1\n", "build",
           "of 1 known positions 0 fit GRCh37 and 0 GRCh38");
    expect("rsid chr pos EA NEA beta SE\nrs1 2 5 T C 1 1\n", "build", "no known position");
    expect("chr pos ref alt beta_EUR se_EUR\n2 5 T C 1 1\n", "build", "GRCh37 by the format");
    expect("chr pos ref alt beta_EUR se_EUR\n2 135859184 T C 1 1\n", "build",
           "though the format has GRCh37");
    expect("rsid chr pos EA NEA beta SE\nrs182549 2 x T C 1 1\n", "build", "unknown: ");
}
END_TEST

/* The table itself: on each chromosome, and never at one place on both builds. */
START_TEST(known_positions_are_whole)
{
    struct builds *builds = known();
    struct rows *rows;
    struct error error = {0};
    const char *const *cells;
    struct text path = {0};
    size_t count = 0;
    char seen[23] = {0};

    text_addf(&path, "%s/known-positions.tsv",
              getenv("TAXAMR_DATADIR") == NULL ? "data" : getenv("TAXAMR_DATADIR"));
    ck_assert(rows_open(path.bytes, &rows, &error));
    while (rows_next(rows, &cells, &error) == READ_ROW) {
        double on_37, on_38;

        ck_assert(rows_number(cells[2], &on_37) && rows_number(cells[3], &on_38));
        ck_assert(on_37 > 0 && on_38 > 0 && on_37 != on_38);
        ck_assert_int_eq(strncmp(cells[0], "rs", 2), 0);
        seen[atoi(cells[1])] = 1;
        count++;
    }
    ck_assert_uint_eq(map_count(builds_ids(builds)), count);
    for (int i = 1; i <= 22; i++) {
        ck_assert_msg(seen[i], "chromosome %d", i);
    }
    rows_close(rows);
    text_drop(&path);
    builds_destroy(builds);
}
END_TEST

START_TEST(tables_of_positions_can_be_bad)
{
    static const char *const texts[] = {"rsid\tchr\nrs1\t1\n",
                                        "rsid\tchr\tgrch37\tgrch38\nrs1\t1\tx\t2\n",
                                        "rsid\tchr\tgrch37\tgrch38\nrs1\tchromosome\t1\t2\n"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct builds *builds;
        struct error error = {0};

        ck_assert(!builds_read(made_text(texts[i]), &builds, &error));
        ck_assert_ptr_nonnull(strstr(error.text, "install the program anew"));
        error_clear(&error);
        unlink(made_path);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {what_is_derived_is_said,
                                  overrides_are_exact,
                                  effects_that_are_ratios_are_told,
                                  builds_are_told_by_position,
                                  known_positions_are_whole,
                                  tables_of_positions_can_be_bad,
                                  commas_are_decimal_where_cells_are_parted_otherwise};

    return run_tests("explain", tests, sizeof tests / sizeof *tests);
}
