/*
 * The room src/gwas: numbers, columns, and tables that are read.
 */
#include "base/map.h"
#include "reading.h"
#include <float.h>

START_TEST(numbers_are_decimal)
{
    static const char *const bad[] = {"abc", "0x10", "1,5", "1e",    "1e+", "--1", "1.2.3",
                                      "5x",  "+",    "1 2", "nanx",  "e5",  ".e1", "1d5",
                                      "-",   "infx", "0x",  "1_000", "½"};
    static const struct {
        const char *cell;
        double value;
    } good[] = {{"1e+06", 1e6},
                {"-9", -9},
                {".5", 0.5},
                {"5.", 5},
                {"+0.25", 0.25},
                {"1E-5", 1e-5},
                {"0.1", 0.1},
                {"123456789012345678901234567890", 123456789012345678901234567890.0},
                {"0.12345678901234567890123", 0.12345678901234567890123},
                {"2.2250738585072014e-308", DBL_MIN},
                {"1e-400", 0},
                {"9007199254740993", 9007199254740993.0},
                {"8.5e23", 8.5e23},
                {"-Inf", -INFINITY},
                {" 7 ", 7}};
    double value;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!rows_number(bad[i], &value), "%s", bad[i]);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(rows_number(good[i].cell, &value), "%s", good[i].cell);
        ck_assert_msg(value == good[i].value, "%s: %.17g", good[i].cell, value);
    }
    ck_assert(rows_number("NA", &value) && isnan(value));
}
END_TEST

/* Decimals of all shapes read as strtod reads them, to the last bit. */
START_TEST(numbers_equal_strtod)
{
    uint64_t state = 12345;

    for (int i = 0; i < 200000; i++) {
        char cell[64];
        double value;
        int exponent;

        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        exponent = (int)(state >> 33) % 60 - 30;
        snprintf(cell, sizeof cell, "%.*ge%d", 1 + i % 18, (double)(state >> 11) / 3e15,
                 exponent);
        if (strchr(cell, 'e') != strrchr(cell, 'e')) {
            continue;
        }
        ck_assert(rows_number(cell, &value));
        ck_assert_msg(value == strtod(cell, NULL), "%s", cell);
    }
}
END_TEST

START_TEST(missing_has_four_spellings)
{
    ck_assert(rows_is_missing("", false) && rows_is_missing("NA", false));
    ck_assert(rows_is_missing("NaN", false) && rows_is_missing(".", false));
    ck_assert(!rows_is_missing("-", false) && rows_is_missing("-", true));
    ck_assert(!rows_is_missing("-9", true) && !rows_is_missing("NAD", true));
    ck_assert(!rows_is_missing("0", false));
}
END_TEST

START_TEST(tiny_probabilities_keep_their_digits)
{
    double p, neglog10_p;

    ck_assert(rows_probability("1e-400", &p, &neglog10_p));
    ck_assert_double_eq(p, 0);
    ck_assert_double_eq_tol(neglog10_p, 400, 1e-12);
    ck_assert(rows_probability("0.00025e-9999", &p, &neglog10_p));
    ck_assert_double_eq_tol(neglog10_p, 9999 - log10(0.00025), 1e-9);
    ck_assert(rows_probability("3e-310", &p, &neglog10_p));
    ck_assert_double_eq_tol(neglog10_p, 310 - log10(3), 1e-12);
    ck_assert(rows_probability("0.01", &p, &neglog10_p));
    ck_assert_double_eq_tol(neglog10_p, 2, 1e-15);
    ck_assert(rows_probability("1", &p, &neglog10_p));
    ck_assert(neglog10_p == 0 && !signbit(neglog10_p));
    ck_assert(rows_probability("0", &p, &neglog10_p) && isinf(neglog10_p));
    ck_assert(rows_probability("NA", &p, &neglog10_p) && isnan(p) && isnan(neglog10_p));
    ck_assert(!rows_probability("1e-5x", &p, &neglog10_p));
}
END_TEST

static void check_mibiogen(const char *name)
{
    char *path = source_path(name);
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, NULL);
    const struct gwas_row *rows = reading.table.rows.items;

    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_uint_eq(reading.table.read, 3);
    ck_assert_str_eq(rows[0].trait, "class.X.id.1");
    ck_assert_ptr_eq(rows[0].trait, rows[1].trait);
    ck_assert_str_eq(rows[2].trait, "class.Y.id.2");
    ck_assert_str_eq(row(&reading, 0)->variant, "rs182549");
    ck_assert_str_eq(row(&reading, 0)->effect_allele, "T");
    ck_assert_str_eq(row(&reading, 0)->other_allele, "C");
    ck_assert_double_eq(row(&reading, 0)->beta, -0.15);
    ck_assert_double_eq(row(&reading, 0)->position, 136616754);
    ck_assert(isnan(row(&reading, 0)->eaf));
    ck_assert_str_eq(row(&reading, 1)->effect_allele, "AT");
    ck_assert_str_eq(row(&reading, 1)->chromosome, "2");
    ck_assert_double_eq(row(&reading, 1)->position, 1e6);
    ck_assert_double_eq(row(&reading, 1)->n, 7738.5);
    ck_assert_double_eq(row(&reading, 1)->p, 0);
    ck_assert_double_eq_tol(row(&reading, 1)->neglog10_p, 400, 1e-9);
    ck_assert_int_eq(row(&reading, 1)->line, 3);
    /* A missing P comes from z = 5. */
    ck_assert_double_eq_tol(row(&reading, 2)->p, 5.733031437583878e-07, 1e-18);
    ck_assert(isnan(row(&reading, 2)->n));
    /* z = 7.5 does not bear out 1e-400. */
    ck_assert_uint_eq(reading.table.strange_p, 1);
    done(&reading);
    memory_free(path);
}

START_TEST(mibiogen_is_read)
{
    check_mibiogen("data/mibiogen.tsv");
    check_mibiogen("data/mibiogen.tsv.gz");
}
END_TEST

START_TEST(bad_rows_drop_with_reasons)
{
    char *path = source_path("data/odd.csv");
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, NULL);
    char *warning = gwas_warning("odd.csv", &reading.table);

    ck_assert_uint_eq(reading.table.read, 16);
    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_uint_eq(reading.table.duplicates, 2);
    ck_assert_uint_eq(reading.table.repaired_p, 3);
    ck_assert_uint_eq(dropped(&reading, DROP_DUPLICATE), 1);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_ID), 2);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_BETA), 2);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_SE), 1);
    ck_assert_uint_eq(dropped(&reading, DROP_SE_NOT_POSITIVE), 2);
    ck_assert_uint_eq(dropped(&reading, DROP_P_RANGE), 1);
    ck_assert_uint_eq(dropped(&reading, DROP_EAF_RANGE), 1);
    ck_assert_uint_eq(dropped(&reading, DROP_ALLELES), 1);
    ck_assert_str_eq(row(&reading, 0)->gene, "BRCA1, \"near\"");
    /* P of 0, from z = 10. */
    ck_assert_double_eq_tol(row(&reading, 0)->p, 1.523970604832e-23, 1e-33);
    ck_assert_double_eq_tol(row(&reading, 0)->neglog10_p, 22.8170234, 1e-6);
    ck_assert_str_eq(row(&reading, 1)->other_allele, "C");
    ck_assert_str_eq(row(&reading, 2)->effect_allele, "I");
    ck_assert_str_eq(row(&reading, 2)->gene, "two\nlines");
    ck_assert_int_eq(row(&reading, 2)->line, 17);
    ck_assert_ptr_nonnull(strstr(warning, "odd.csv: 11 of 16 rows dropped"));
    ck_assert_ptr_nonnull(strstr(warning, "2 SE not positive"));
    ck_assert_ptr_nonnull(strstr(warning, "2 repeated rows counted once"));
    memory_free(warning);
    memory_free(path);
    done(&reading);
}
END_TEST

START_TEST(nothing_to_say_is_no_warning)
{
    struct reading reading = read_good(made_text(HEADER GOOD_ROW), FORM_ASSOCIATIONS, NULL);

    ck_assert_ptr_null(gwas_warning("x", &reading.table));
    done(&reading);
}
END_TEST

START_TEST(positions_are_whole_numbers)
{
    struct reading reading =
        read_good(made_text("SNP chr pos effect_allele other_allele beta se\n"
                            "rs1 1 5.5 A G 0.1 0.1\nrs2 1 -5 A G 0.1 0.1\n"
                            "rs3 1 1e+06 A G 0.1 0.1\nrs4 1 NA A G 0.1 0.1\n"
                            "NA chr1 77 T G 0.1 0.1\nNA 1 NA T G 0.1 0.1\n"),
                  FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(dropped(&reading, DROP_POSITION), 2);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_ID), 1);
    ck_assert_double_eq(row(&reading, 0)->position, 1e6);
    ck_assert(isnan(row(&reading, 1)->position));
    ck_assert_str_eq(row(&reading, 2)->variant, "1:77:G:T");
    done(&reading);
}
END_TEST

START_TEST(delimiters_are_found)
{
    static const char *const texts[] = {
        "\xef\xbb\xbfSNP\teffect_allele\tbeta\tse\r\n\r\nrs1\tA\t0.1\t0.2\r\n",
        "\"SNP\",\"effect_allele\",\"beta\",\"se\"\n\"rs1\",\"A\",0.1,0.2",
        "SNP;effect_allele;beta;se\nrs1; A ;0.1;0.2\n\n",
        "  SNP   effect_allele beta  se \n rs1 A  0.1   0.2  \n",
        "\"SNP\" \"effect_allele\" \"beta\" \"se\"\n\"rs1\" \"A\" 0.1 0.2\n",
        "\"SNP\"\t\"effect_allele\"\t\"beta\"\t\"se\"\n\"rs1\"\t\"A\"\t0.1\t0.2\n",
        "#snp\tEffect Allele\tBETA\tS.E.\nrs1\ta\t0.1\t0.2\n",
        "rsid\tA1\tb\tSTD_ERR\nrs1\tA\t0.1\t0.2\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading reading = read_good(made_text(texts[i]), FORM_ASSOCIATIONS, NULL);

        ck_assert_uint_eq(reading.table.rows.count, 1);
        ck_assert_str_eq(row(&reading, 0)->variant, "rs1");
        ck_assert_str_eq(row(&reading, 0)->effect_allele, "A");
        ck_assert_ptr_null(row(&reading, 0)->other_allele);
        ck_assert_double_eq(row(&reading, 0)->beta, 0.1);
        ck_assert_double_eq(row(&reading, 0)->se, 0.2);
        done(&reading);
    }
}
END_TEST

START_TEST(harmonised_tables_are_read)
{
    char *path = source_path("golden/corners/small2.csv");
    struct reading reading = read_good(path, FORM_HARMONISED, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_str_eq(both(&reading, 1)->x.variant, "L2");
    ck_assert_double_eq(both(&reading, 1)->x.beta, -0.044);
    ck_assert_double_eq(both(&reading, 1)->y.se, 0.03);
    ck_assert(both(&reading, 1)->mr_keep);
    ck_assert_ptr_null(both(&reading, 1)->exposure);
    ck_assert_ptr_null(both(&reading, 1)->x.effect_allele);
    done(&reading);
    memory_free(path);
    path = source_path("golden/ieu_bmi_chd/input.csv");
    reading = read_good(path, FORM_HARMONISED, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 79);
    ck_assert_double_eq(both(&reading, 0)->x.n, 338903);
    ck_assert_double_eq(both(&reading, 0)->y.n, 184305);
    ck_assert_double_eq(both(&reading, 0)->x.eaf, 0.225);
    ck_assert_double_eq(both(&reading, 0)->y.eaf, 0.225);
    ck_assert_str_eq(both(&reading, 0)->y.effect_allele, "G");
    ck_assert_double_eq(both(&reading, 0)->y.p, 0.139538);
    done(&reading);
    memory_free(path);
}
END_TEST

START_TEST(harmonised_pairs_and_keep)
{
    struct reading reading = read_good(
        made_text("exposure\toutcome\tid.exposure\tdirection\tbeta.exposure\tse.exposure\t"
                  "eaf.exposure\tbeta.outcome\tse.outcome\tmr_keep\n"
                  "E1\tO\tx\tforward\t0.1\t0.1\t0.2\t0.3\t0.1\tTRUE\n"
                  "E1\tO\tx\tforward\t0.1\t0.1\t0.2\t0.3\t0.1\tF\n"
                  "E2\tO\tx\treverse\t0.1\t0.1\t0.2\t0.3\t0.1\t0\n"
                  "E2\tO\tx\treverse\t0.1\t0.1\t0.2\tNA\t0.1\t1\n"),
        FORM_HARMONISED, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_str_eq(both(&reading, 0)->exposure, "E1");
    ck_assert_str_eq(both(&reading, 0)->outcome, "O");
    ck_assert_str_eq(both(&reading, 2)->direction, "reverse");
    ck_assert_str_eq(both(&reading, 1)->x.variant, "row 2");
    ck_assert(both(&reading, 0)->mr_keep && !both(&reading, 1)->mr_keep);
    ck_assert(!both(&reading, 2)->mr_keep);
    ck_assert_double_eq(both(&reading, 0)->x.eaf, 0.2);
    ck_assert(isnan(both(&reading, 0)->y.eaf));
    ck_assert_uint_eq(dropped(&reading, DROP_NO_BETA), 1);
    done(&reading);
    expect_refused(made_text("bx sx by sy mr_keep\n1 1 1 1 maybe\n"), FORM_HARMONISED, NULL, 2,
                   "write TRUE or FALSE");
}
END_TEST

START_TEST(suffixed_names_serve_one_trait)
{
    char *path = source_path("golden/harmonise/input_outcome.csv");
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, NULL);
    const struct gwas_row *rows = reading.table.rows.items;

    ck_assert_str_eq(rows[0].trait, "outcome");
    ck_assert_str_eq(row(&reading, 1)->effect_allele, "G");
    ck_assert_double_eq(row(&reading, 0)->beta, 0.2);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_BETA), 1);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_SE), 1);
    /* rs085 has no effect allele, rs032 one allele twice; rs902 stands twice with other
     * figures. */
    ck_assert_uint_eq(dropped(&reading, DROP_ALLELES), 2);
    ck_assert_uint_eq(dropped(&reading, DROP_DUPLICATE), 1);
    done(&reading);
    memory_free(path);
}
END_TEST

START_TEST(columns_can_be_chosen)
{
    static const char *const chosen[] = {"beta=EFFECT.2", "p=Q"};
    static const char *const unknown[] = {"betta=EFFECT.2"};
    static const char *const absent[] = {"beta=EFFECT.9"};
    static const char text[] = "SNP EA NEA beta EFFECT.2 se Q\nrs1 A G 1 2 0.1 0.5\n";
    struct gwas_options options = {.overrides = chosen, .override_count = 2};
    struct reading reading = read_good(made_text(text), FORM_ASSOCIATIONS, &options);

    ck_assert_double_eq(row(&reading, 0)->beta, 2);
    ck_assert_double_eq(row(&reading, 0)->p, 0.5);
    done(&reading);
    options = (struct gwas_options){.overrides = unknown, .override_count = 1};
    expect_refused(made_text(text), FORM_ASSOCIATIONS, &options, -1, "--col betta=EFFECT.2");
    options.overrides = absent;
    expect_refused(made_text(text), FORM_ASSOCIATIONS, &options, 1, "EFFECT.9");
    ck_assert_str_eq(column_role_key(COLUMN_BETA), "beta");
    ck_assert_str_eq(column_role_key(COLUMN_OUTCOME_SE), "outcome_se");
}
END_TEST

/* Rows below a threshold or of a list; what is not wanted is not judged. */
START_TEST(only_wanted_rows_are_kept)
{
    static const char text[] = HEADER GOOD_ROW "rs2\tA\tG\t0.3\t0.1\t0.01\t0.5\n"
                                               "rs3\tA\tG\t0.3\t0.1\t0.1\t1e-5\n"
                                               "rs4\tA\tG\t0.3\tNA\t0.01\t0.5\n"
                                               "rs5\tA\tG\t0.3\t0.1\t0.01\tNA\n";
    struct gwas_options options = {.wanted.most_p = 1e-5};
    struct reading reading = read_good(made_text(text), FORM_ASSOCIATIONS, &options);
    struct map *list = map_create();

    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs1");
    ck_assert_str_eq(row(&reading, 1)->variant, "rs5");
    ck_assert_uint_eq(reading.table.unwanted, 3);
    ck_assert_uint_eq(reading.table.dropped.count, 0);
    done(&reading);
    ck_assert(map_set(list, "rs3", 0));
    ck_assert(map_set(list, "rs9", 0));
    options.wanted.variants = list;
    reading = read_good(made_text(text), FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 3);
    done(&reading);
    options.wanted.most_p = 0;
    reading = read_good(made_text(text), FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs3");
    done(&reading);
    map_destroy(list);
}
END_TEST

START_TEST(standard_input_is_read)
{
    struct reading reading;

    ck_assert_ptr_nonnull(freopen(made_text(HEADER GOOD_ROW), "r", stdin));
    reading = read_good("-", FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 1);
    done(&reading);
}
END_TEST

START_TEST(ranks_and_units_have_keys)
{
    enum trait_unit unit;

    ck_assert_str_eq(trait_rank_key(RANK_GENUS), "genus");
    ck_assert_int_eq(trait_rank_of("phylum"), RANK_PHYLUM);
    ck_assert_int_eq(trait_rank_of("tribe"), RANK_NONE);
    ck_assert_str_eq(trait_unit_key(UNIT_LOG_ODDS), "log-odds");
    ck_assert(trait_unit_of("sd", &unit) && unit == UNIT_SD);
    ck_assert(!trait_unit_of("SD!", &unit));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {numbers_are_decimal,
                                  numbers_equal_strtod,
                                  missing_has_four_spellings,
                                  tiny_probabilities_keep_their_digits,
                                  mibiogen_is_read,
                                  bad_rows_drop_with_reasons,
                                  nothing_to_say_is_no_warning,
                                  positions_are_whole_numbers,
                                  delimiters_are_found,
                                  harmonised_tables_are_read,
                                  harmonised_pairs_and_keep,
                                  suffixed_names_serve_one_trait,
                                  columns_can_be_chosen,
                                  only_wanted_rows_are_kept,
                                  standard_input_is_read,
                                  ranks_and_units_have_keys};

    return run_tests("gwas", tests, sizeof tests / sizeof *tests);
}
