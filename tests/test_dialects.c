/*
 * The dialects: a sample of each is read and its values are what was put into it, and the same
 * associations written in each come back the same. Where the samples come from:
 * tests/data/README.md.
 */
#include "base/map.h"
#include "dialect_writers.h"
#include "gwas/column_names.h"
#include "gwas/derive.h"
#include "gwas/dialects.h"
#include "gwas/place.h"
#include "numeric/tail.h"
#include "reading.h"

/* What the samples were made of; positions on GRCh37. */
static const struct truth truths[] = {
    {"rs182549", "2", 136616754, "T", "C", 0.755, -0.1533, 0.0196, 7738},
    {"rs7531863", "1", 20245708, "T", "C", 0.2403, 0.0442, 0.0101, 21434},
    {"rs2286930", "22", 20128880, "A", "G", 0.0532, -0.0187, 0.0312, 21434},
    {"rs148116709", "1", 7821917, "CT", "C", 0.41, 0.00696, 0.00119, 386533},
    {"rs921896", "X", 32213962, "C", "T", 0.464, 0.0934, 0.0170, 7738},
};

static const struct sample {
    const char *file, *dialect;
    size_t count;
    int lacks;
    double tolerance; /* of beta and SE, relative */
} samples[] = {
    {"twosamplemr.csv", "twosamplemr", 5, LACKS_PLACE, 1e-15},
    {"mibiogen.txt", "mibiogen", 4, LACKS_EAF, 1e-15},
    {"ssf.tsv", "gwas-ssf", 5, LACKS_IDS, 1e-5},
    {"ssf-harmonised.tsv", "gwas-ssf-harmonised", 5, ON_38, 1e-15},
    {"ssf-z-score.tsv", "gwas-ssf", 5, FROM_Z, 1e-5},
    {"gwas-catalog-harmonised.tsv", "gwas-catalog-harmonised", 5, ON_38, 1e-5},
    {"trait.sumstats", "ldsc", 3, LACKS_PLACE | FROM_Z, 2e-3},
    {"bolt.stats", "bolt-lmm", 5, LACKS_N, 1e-15},
    {"saige.txt", "saige", 5, 0, 1e-15},
    {"saige-old.txt", "saige", 5, 0, 1e-15},
    {"fit_bin_Y1.regenie", "regenie", 5, LACKS_FIRST, 1e-15},
    {"assoc.fastGWA", "fastgwa", 5, 0, 1e-15},
    {"glmm.fastGWA", "fastgwa", 5, 0, 1e-15},
    {"trait.ma", "cojo", 5, LACKS_PLACE, 1e-15},
    {"metal.tbl", "metal", 5, LACKS_PLACE | LACKS_N, 1e-15},
    {"metal-zscore.tbl", "metal", 5, LACKS_PLACE | LACKS_IDS | FROM_Z, 1e-3},
    {"metal-logp.tbl", "metal", 5, LACKS_IDS, 1e-15},
    {"finngen.tsv", "finngen", 5, LACKS_FIRST | LACKS_IDS | LACKS_N | ON_38, 1e-15},
    {"finngen-r5.tsv", "finngen", 5, LACKS_N | ON_38, 1e-15},
    {"neale.tsv", "neale", 5, LACKS_IDS, 1e-5},
    {"pan-ukb.tsv", "pan-ukb", 5, LACKS_IDS | LACKS_N, 1e-15},
    {"pan-ukb-ln.tsv", "pan-ukb", 5, LACKS_IDS | LACKS_N, 1e-15},
    {"hgi.tsv", "hgi", 5, 0, 1e-4},
    {"gemma-lmm.assoc.txt", "gemma", 6, LACKS_N | LACKS_LAST, 1e-6},
    {"gemma-lm.assoc.txt", "gemma", 5, 0, 1e-6},
    {"snptest.out", "snptest", 5, 0, 1e-6},
    {"snptest-newml.out", "snptest", 5, 0, 1e-6},
    {"cardiogram-2015.txt", "cardiogram", 5, LACKS_N, 1e-15},
    {"cardiogram-2017.txt", "cardiogram", 5, 0, 1e-15},
    {"cardiogram-2011.txt", "cardiogram-2011", 5, LACKS_PLACE, 1e-15},
    {"merged.sumstats", "ldsc", 3, LACKS_PLACE | FROM_Z, 2e-3},
    {"free-form.txt", "allele1-allele2", 5, LACKS_EAF, 1e-15},
    {"free-form-or.csv", NULL, 5, LACKS_EAF | LACKS_N, 1e-5},
};

static struct reading read_sample(const char *name)
{
    struct text path = {0};
    char *whole;

    text_addf(&path, "data/dialects/%s", name);
    whole = source_path(path.bytes);
    struct reading reading = read_good(whole, FORM_ASSOCIATIONS, NULL);
    memory_free(whole);
    text_drop(&path);
    return reading;
}

static void near(const char *file, const char *what, double value, double wanted,
                 double tolerance)
{
    bool is_same = value == wanted || (isnan(value) && isnan(wanted)) ||
                   fabs(value - wanted) <= tolerance * fabs(wanted);

    ck_assert_msg(is_same, "%s: %s is %.15g, not %.15g", file, what, value, wanted);
}

static void check_effect(const struct sample *sample, const struct truth *truth,
                         const struct association *found)
{
    double z = truth->beta / truth->se;
    double spread = 2 * truth->eaf * (1 - truth->eaf);
    double se = sample->lacks & FROM_Z ? 1 / sqrt(spread * (truth->n + z * z)) : truth->se;

    near(sample->file, "beta", found->beta, z * se, sample->tolerance);
    near(sample->file, "se", found->se, se, sample->tolerance);
    near(sample->file, "-log10 P", found->neglog10_p, tail_normal_two_sided_neglog10(z), 4e-3);
    near(sample->file, "P", log10(found->p), -found->neglog10_p, 1e-9);
}

static void check_row(const struct sample *sample, const struct truth *truth,
                      const struct association *found)
{
    int lacks = sample->lacks;

    if (!(lacks & LACKS_IDS)) {
        ck_assert_msg(strcmp(found->variant, truth->variant) == 0, "%s: %s", sample->file,
                      found->variant);
    }
    ck_assert_msg(strcmp(found->effect_allele, truth->effect) == 0, "%s: %s", sample->file,
                  found->effect_allele);
    if (!(lacks & LACKS_OTHER)) {
        ck_assert_msg(found->other_allele != NULL &&
                          strcmp(found->other_allele, truth->other) == 0,
                      "%s: other allele of %s", sample->file, found->variant);
    }
    if (!(lacks & LACKS_PLACE)) {
        ck_assert_msg(strcmp(found->chromosome, truth->chromosome) == 0, "%s: chromosome %s",
                      sample->file, found->chromosome);
    }
    if (!(lacks & (LACKS_PLACE | ON_38))) {
        near(sample->file, "position", found->position, truth->position, 0);
    }
    near(sample->file, "eaf", found->eaf, lacks & LACKS_EAF ? NAN : truth->eaf,
         fmax(1e-3, 5e-4 / truth->eaf));
    near(sample->file, "n", found->n, lacks & LACKS_N ? NAN : truth->n, 0);
    check_effect(sample, truth, found);
}

START_TEST(samples_hold_what_was_put_in)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *sample = &samples[i];
        struct reading reading = read_sample(sample->file);
        const struct dialect *dialect = reading.table.columns.dialect;

        ck_assert_msg(reading.table.rows.count == sample->count, "%s: %zu rows", sample->file,
                      reading.table.rows.count);
        ck_assert_msg(sample->dialect == NULL
                          ? dialect == NULL
                          : dialect != NULL && strcmp(dialect->key, sample->dialect) == 0,
                      "%s: %s", sample->file, dialect == NULL ? "none" : dialect->key);
        size_t end = sample->count - (sample->lacks & LACKS_LAST ? 1 : 0);
        for (size_t k = sample->lacks & LACKS_FIRST ? 1 : 0; k < end; k++) {
            check_row(sample, &truths[k], row(&reading, k));
        }
        done(&reading);
    }
}
END_TEST

START_TEST(minus_log10_p_is_kept_where_p_is_0)
{
    struct reading finngen = read_sample("finngen.tsv");
    struct reading regenie = read_sample("fit_bin_Y1.regenie");

    ck_assert_double_eq_tol(row(&finngen, 0)->neglog10_p, 321.5, 1e-12);
    ck_assert_double_eq_tol(row(&regenie, 0)->neglog10_p, 400, 1e-12);
    ck_assert_double_eq(row(&regenie, 0)->p, 0);
    ck_assert_uint_eq(finngen.table.repaired_p, 0);
    /* a P that was cut off at the smallest double that there is, and one that kept its digits
     */
    struct reading cut =
        read_good(made_text("SNP EA NEA beta se P mlogp\nrs1 A G 1 .02 4.9e-324 544.7\n"
                            "rs2 A G 1 .02 1e-400 NA\nrs3 A G 1 .02 3e-320 NA\n"),
                  FORM_ASSOCIATIONS, NULL);
    ck_assert_double_eq(row(&cut, 0)->neglog10_p, 544.7);
    ck_assert_double_eq(row(&cut, 1)->neglog10_p, 400);
    ck_assert_double_eq_tol(row(&cut, 2)->neglog10_p, 320 - log10(3), 1e-12);
    done(&cut);
    /* Another test than ADD is no effect of one copy; a failed one has no effect. */
    ck_assert_uint_eq(regenie.table.unwanted, 1);
    ck_assert_uint_eq(dropped(&regenie, DROP_FAILED), 1);
    done(&finngen);
    done(&regenie);
}
END_TEST

/* Rows without a result are part of a format: counted, and no reason to refuse a file. */
START_TEST(rows_without_a_result_are_counted)
{
    struct reading snptest = read_sample("snptest.out"), ldsc = read_sample("merged.sumstats");
    struct reading gemma = read_sample("gemma-lmm.assoc.txt");

    ck_assert_uint_eq(snptest.table.read, 7);
    ck_assert_uint_eq(dropped(&snptest, DROP_NO_BETA), 1);
    ck_assert_uint_eq(dropped(&snptest, DROP_FAILED), 1);
    ck_assert_uint_eq(dropped(&ldsc, DROP_NO_BETA), 2);
    /* A variant of no annotation file has a result, and no place. */
    ck_assert_str_eq(row(&gemma, 5)->variant, "rs11591147");
    ck_assert_ptr_null(row(&gemma, 5)->chromosome);
    ck_assert(isnan(row(&gemma, 5)->position));
    done(&gemma);
    done(&ldsc);
    done(&snptest);
}
END_TEST

/* What is written in a column of errors is not always one. */
START_TEST(remarks_are_no_failures)
{
    struct reading reading = read_good(
        made_text("CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA SE CHISQ LOG10P EXTRA\n"
                  "1 5 rs1 G A .3 9 ADD .1 .05 4 1.34 REF_FIRTH\n"
                  "1 6 rs2 G A .3 9 ADD .1 .05 4 1.34 TEST_FAIL\n"),
        FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(dropped(&reading, DROP_FAILED), 1);
    done(&reading);
}
END_TEST

/* Words behind a # are no row, above the header and below the last row; elsewhere they are. */
START_TEST(remarks_are_no_rows)
{
    struct reading reading =
        read_good(made_text("# made of two studies\n#\nSNP EA NEA beta se\nrs1 A G 1 1\n"
                            "# done, at last\n# all is well that ends\n"),
                  FORM_ASSOCIATIONS, &(struct gwas_options){.skip_bad_rows = true});

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(dropped(&reading, DROP_BAD_ROW), 1);
    done(&reading);
    expect_bad("SNP\tEA\tNEA\tbeta\tse\n# a remark\n", 2, "found 1 cells");
    reading = read_good(made_text("# made of SNP and se by all of us\n# SNP EA NEA beta se\n"
                                  "rs1 A G 1 1\nrs2 A G 1 1\n"),
                        FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs1");
    done(&reading);
    reading = read_good(made_text("# SNP\tEA\tNEA\tbeta\tse\nrs1\tA\tG\t1\t1\n"),
                        FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 1);
    done(&reading);
}
END_TEST

/* Of people with a genotype, too: 12,345 are no 12.345. */
START_TEST(genotype_counts_are_counts)
{
    expect_bad("rsid\talleleA\talleleB\tall_AA\tall_AB\tall_BB\tfrequentist_add_pvalue\t"
               "frequentist_add_beta_1\tfrequentist_add_se_1\n"
               "rs1\tA\tG\t12,345\t6789\t1234\t0,5\t0,1\t0,01\n",
               2, "12,345");
}
END_TEST

START_TEST(several_rsids_are_one_variant)
{
    struct reading reading = read_sample("finngen.tsv");

    ck_assert_str_eq(row(&reading, 1)->variant, "rs1");
    ck_assert_str_eq(row(&reading, 1)->more_ids, "rs1,rs7531863");
    /* Without an rsid the place is the id. */
    ck_assert_str_eq(row(&reading, 2)->variant, "22:20141357:A:G");
    ck_assert_str_eq(row(&reading, 0)->gene, "MCM6,DARS1");
    done(&reading);
}
END_TEST

START_TEST(se_of_odds_ratios_is_told_by_p)
{
    struct reading ratio = read_sample("gwas-catalog.tsv");
    char *warning = gwas_warning("x", &ratio.table);
    struct reading logs = read_good(made_text("rsid EA NEA OR SE P\n"
                                              "rs1 A G 1.5 0.05 5.09e-16\n"
                                              "rs2 A G 0.7 0.05 9.79e-13\n"),
                                    FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(ratio.table.ratio_se, 5);
    for (size_t i = 0; i < 5; i++) {
        near("gwas-catalog", "beta", row(&ratio, i)->beta, 20 * truths[i].beta, 1e-6);
        near("gwas-catalog", "se", row(&ratio, i)->se, 20 * truths[i].se, 1e-6);
    }
    ck_assert_ptr_nonnull(strstr(warning, "5 SE beside odds ratios"));
    memory_free(warning);
    ck_assert_uint_eq(logs.table.ratio_se, 0);
    ck_assert_double_eq(row(&logs, 0)->se, 0.05);
    ck_assert_double_eq_tol(row(&logs, 1)->beta, log(0.7), 1e-15);
    done(&logs);
    done(&ratio);
}
END_TEST

/* What PLINK printed, and the same from its other columns. */
static void check_plink(const char *file, const char *dialect, size_t count, const char *other,
                        double beta, double se, double p, double n, double tolerance)
{
    struct reading reading = read_sample(file);
    const struct association *first = row(&reading, 0);

    ck_assert_str_eq(reading.table.columns.dialect->key, dialect);
    ck_assert_uint_eq(reading.table.rows.count, count);
    ck_assert_str_eq(first->variant, "rs7531863");
    ck_assert_str_eq(first->chromosome, "1");
    ck_assert_double_eq(first->position, 20245708);
    ck_assert_str_eq(first->effect_allele, "T");
    ck_assert(other == NULL ? first->other_allele == NULL
                            : strcmp(other, first->other_allele) == 0);
    near(file, "beta", first->beta, beta, 1e-9);
    near(file, "se", first->se, se, tolerance);
    near(file, "p", first->p, p, 1e-3);
    near(file, "n", first->n, n, 0);
    done(&reading);
}

START_TEST(plink_1_is_read)
{
    check_plink("a1.assoc", "plink1-assoc", 10, "C", log(1.022), 0.1499, 0.8823, NAN, 1e-12);
    check_plink("a1n.assoc", "plink1-assoc", 10, "C", log(1.022), 0.1499, 0.8823, NAN, 0.03);
    check_plink("l1.assoc.logistic", "plink1", 10, NULL, log(1.019), 0.1487, 0.8969, 489,
                1e-12);
    check_plink("l1n.assoc.logistic", "plink1", 10, NULL, log(1.022), log(1.022) / 0.1466,
                0.8834, 489, 1e-9);
    check_plink("q1.assoc.linear", "plink1", 10, NULL, -0.01879, 0.01879 / 0.2566, 0.7976, 489,
                1e-9);
}
END_TEST

START_TEST(plink_2_is_read)
{
    check_plink("p2.cc.glm.logistic.hybrid", "plink2", 9, "C", log(1.01946), 0.148715, 0.896888,
                489, 1e-12);
    check_plink("p2l.cc.glm.logistic.hybrid", "plink2", 10, "C", log(1.022), 0.148411,
                pow(10, -0.0538285), 489, 1e-12);
    check_plink("p2q.q.glm.linear", "plink2", 10, "C", -0.0187887, 0.0732349, 0.797632, 489,
                1e-12);
}
END_TEST

START_TEST(errors_and_reference_alleles_of_plink_2)
{
    struct reading reading = read_good(
        made_text(
            "#CHROM\tPOS\tID\tREF\tALT\tA1\tTEST\tOBS_CT\tOR\tLOG(OR)_SE\tZ_STAT\tP\tERRCODE\n"
            "1\t10\trs1\tC\tT\tC\tADD\t489\t2\t0.1\t6.93\t4e-12\t.\n"
            "1\t11\trs2\tC\tT\tT\tADD\t489\tNA\tNA\tNA\tNA\tCONST_ALLELE\n"),
        FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(dropped(&reading, DROP_FAILED), 1);
    ck_assert_str_eq(row(&reading, 0)->effect_allele, "C");
    ck_assert_str_eq(row(&reading, 0)->other_allele, "T");
    done(&reading);
}
END_TEST

START_TEST(tables_of_the_catalogue_are_read)
{
    struct reading reading = read_sample("gwas-catalog-associations.tsv");
    const struct gwas_row *rows = reading.table.rows.items;

    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_str_eq(rows[0].trait, "Insomnia");
    ck_assert_str_eq(row(&reading, 0)->effect_allele, "T");
    ck_assert_ptr_null(row(&reading, 0)->other_allele);
    near("associations", "beta", row(&reading, 0)->beta, -0.1533, 1e-12);
    near("associations", "se", row(&reading, 0)->se, 0.0768 / 2 / 1.959963984540054, 1e-9);
    near("associations", "beta", row(&reading, 1)->beta, log(1.12), 1e-12);
    near("associations", "se", row(&reading, 1)->se, log(1.16 / 1.08) / 2 / 1.959963984540054,
         1e-9);
    near("associations", "-log10 P", row(&reading, 1)->neglog10_p, 300, 1e-12);
    done(&reading);
}
END_TEST

START_TEST(the_dutch_microbiome_is_read)
{
    struct reading reading = read_sample("dutch-microbiome.tsv");
    const struct gwas_row *rows = reading.table.rows.items;

    ck_assert_str_eq(reading.table.columns.dialect->key, "dutch-microbiome");
    ck_assert_uint_eq(reading.table.rows.count, 6);
    ck_assert_ptr_nonnull(strstr(rows[0].trait, "f__Bifidobacteriaceae"));
    ck_assert_str_eq(row(&reading, 0)->gene, "MCM6 (intronic)");
    near("dmp", "eaf", row(&reading, 0)->eaf, 0.755024712587739, 0);
    near("dmp", "beta", row(&reading, 0)->beta, -0.15330176754511, 0);
    near("dmp", "n", row(&reading, 0)->n, 7738, 0);
    done(&reading);
}
END_TEST

START_TEST(gaps_of_a_dialect_refuse_nothing)
{
    struct text text = {0};
    text_add(&text, "chr\tpos\tref\talt\taf_EUR\tbeta_EUR\tse_EUR\tneglog10_pval_EUR\n");
    for (int i = 0; i < 1200; i++) {
        text_addf(&text,
                  i % 3 == 0 ? "1\t%d\tA\tG\tNA\tNA\tNA\tNA\n"
                             : "1\t%d\tA\tG\t0.2\t0.1\t0.05\t1.3\n",
                  i + 1);
    }
    struct reading reading = read_good(made_text(text.bytes), FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 800);
    ck_assert_uint_eq(dropped(&reading, DROP_NO_BETA), 400);
    done(&reading);
    text_drop(&text);
}
END_TEST

/* Effects that are per SD of a trait, so that Z, N and EAF tell them. */
static struct truth made_truth(size_t index)
{
    static const char *const alleles[][2] = {{"A", "G"}, {"T", "A"}, {"CTT", "C"}, {"G", "C"}};
    static const char *const names[] = {"rs11", "rs22", "rs33", "rs44", "rs55", "rs66", "rs77"};
    static const char *const chromosomes[] = {"1", "2", "X", "22", "10", "X", "9"};
    double z = 6.5 - 2.25 * (double)index, eaf = 0.013 + 0.16 * (double)index;
    double n = 1234 + 5000 * (double)index;
    double se = 1 / sqrt(2 * eaf * (1 - eaf) * (n + z * z));

    return (struct truth){names[index],
                          chromosomes[index],
                          1000 + 1e7 * (double)index,
                          alleles[index % 4][0],
                          alleles[index % 4][1],
                          eaf,
                          z * se,
                          se,
                          n};
}

#define MADE 6

START_TEST(every_dialect_comes_back)
{
    for (size_t w = 0; w < writer_count; w++) {
        const struct writer *writer = &writers[w];
        struct sample sample = {writer->header, writer->dialect, MADE, writer->lacks, 1e-12};
        struct text text = {0};

        text_addf(&text, "%s\n", writer->header);
        for (size_t i = 0; i < MADE; i++) {
            struct truth truth = made_truth(i);
            writer_add(&text, &truth, writer->row);
        }
        struct reading reading = read_good(made_text(text.bytes), FORM_ASSOCIATIONS, NULL);
        const struct dialect *dialect = reading.table.columns.dialect;

        ck_assert_msg(writer->dialect == NULL
                          ? dialect == NULL
                          : dialect != NULL && strcmp(dialect->key, writer->dialect) == 0,
                      "%s: %s", writer->header, dialect == NULL ? "none" : dialect->key);
        ck_assert_uint_eq(reading.table.rows.count, MADE);
        ck_assert_uint_eq(reading.table.strange_p, 0);
        ck_assert_uint_eq(reading.table.ratio_se, 0);
        for (size_t i = 0; i < MADE; i++) {
            struct truth truth = made_truth(i);
            check_row(&sample, &truth, row(&reading, i));
            near(writer->header, "-log10 P", row(&reading, i)->neglog10_p,
                 tail_normal_two_sided_neglog10(truth.beta / truth.se), 1e-12);
        }
        done(&reading);
        text_drop(&text);
    }
}
END_TEST

START_TEST(every_dialect_is_written_down)
{
    const struct dialect *dialect;

    for (size_t i = 0; (dialect = dialect_at(i)) != NULL; i++) {
        size_t found = 0;

        for (size_t w = 0; w < writer_count; w++) {
            found +=
                writers[w].dialect != NULL && strcmp(writers[w].dialect, dialect->key) == 0;
        }
        for (size_t s = 0; s < sizeof samples / sizeof *samples; s++) {
            found +=
                samples[s].dialect != NULL && strcmp(samples[s].dialect, dialect->key) == 0;
        }
        ck_assert_msg(found > 0 || strcmp(dialect->key, "gwas-catalog-associations") == 0,
                      "%s is not tried", dialect->key);
    }
}
END_TEST

/* Roles of a dialect's table that are misspelt would never be found. */
START_TEST(roles_of_dialects_are_roles)
{
    const struct dialect *dialect;

    for (size_t i = 0; (dialect = dialect_at(i)) != NULL; i++) {
        size_t roles = 0, entries = 0;

        for (const char *at = dialect->columns; at != NULL && *at != '\0'; at++) {
            entries += *at == '=';
        }
        for (int role = 0; role < COLUMN_ROLES; role++) {
            roles += dialect_has_role(dialect, (enum column_role)role);
        }
        ck_assert_msg(roles == entries, "%s: %zu of %zu", dialect->key, roles, entries);
        ck_assert_ptr_nonnull(dialect->source);
        ck_assert_ptr_nonnull(dialect->effect);
    }
}
END_TEST

/* Several tests a variant: one alone is the effect of a copy of the allele. */
START_TEST(other_tests_than_add_are_no_effects)
{
    static const char *const second[] = {"beta=BETA.Y2", "se=SE.Y2", "neglog10_pval=LOG10P.Y2"};
    struct gwas_options options = {.overrides = second, .override_count = 3};
    struct reading reading = read_good(
        made_text("CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA.Y1 SE.Y1 LOG10P.Y1 "
                  "BETA.Y2 SE.Y2 LOG10P.Y2\n"
                  "1 100 rs1 C T .25 99 ADD .5 .1 6 .3 .1 2.57\n"
                  "1 100 rs1 C T .25 99 ADD-INT_SNP .5 .1 6 .9 .1 18\n"),
        FORM_ASSOCIATIONS, &options);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(reading.table.other_tests, 1);
    ck_assert_str_eq(row(&reading, 0)->effect_allele, "T");
    ck_assert_double_eq(row(&reading, 0)->beta, 0.3);
    ck_assert_double_eq(row(&reading, 0)->neglog10_p, 2.57);
    done(&reading);
    expect_bad("#CHROM POS ID REF ALT A1 TEST OBS_CT BETA SE P\n1 5 rs1 C T T DOM 99 1 .1 .5\n"
               "1 6 rs2 C T T DOM 99 1 .1 .5\n",
               0, "found no row of TEST ADD among 2");
}
END_TEST

/* `count` rows of which none has a P below 0.05, in a table that is longer than a block. */
static void add_weak_rows(struct text *text, const char *test, int count)
{
    for (int i = 0; i < count; i++) {
        text_addf(text, "1\t%d\trs%d\tC\tT\tT\t%s\t99\t.1\t.1\t.3\n", 5 + i, i, test);
    }
}

/* Also where rows are passed over, as most of a long file are. */
START_TEST(files_of_other_tests_are_refused_whatever_is_wanted)
{
    struct map *ids = map_create();
    struct gwas_options options[] = {{.wanted = {.most_p = 5e-8}},
                                     {.wanted = {.variants = ids}}};
    struct text text = {0};

    map_set(ids, "rs999999", 0);
    text_add(&text, "#CHROM\tPOS\tID\tREF\tALT\tA1\tTEST\tOBS_CT\tBETA\tSE\tP\n");
    add_weak_rows(&text, "DOM", 3000);
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = arena_create();
        struct gwas_table table;
        struct error error = {0};
        char *message;

        ck_assert(!gwas_read(made_text(text.bytes), &options[i], arena, &table, &error));
        message = error_message(&error);
        ck_assert_ptr_nonnull(strstr(message, "found no row of TEST ADD among 3000"));
        memory_free(message);
        error_clear(&error);
        arena_destroy(arena);
        unlink(made_path);
    }
    add_weak_rows(&text, "ADD", 1);
    add_weak_rows(&text, "DOM", 3000);
    for (size_t i = 0; i < 2; i++) {
        struct reading reading =
            read_good(made_text(text.bytes), FORM_ASSOCIATIONS, &options[i]);

        ck_assert_uint_eq(reading.table.rows.count, 0);
        ck_assert_uint_eq(reading.table.read, 6001);
        ck_assert_uint_eq(reading.table.unwanted, 6001);
        done(&reading);
    }
    map_destroy(ids);
    text_drop(&text);
}
END_TEST

/* What stands in REF, ALT, A1 and the frequency, and what it means; NULL: not told. */
START_TEST(alleles_beside_ref_and_alt)
{
    static const struct {
        const char *header, *row, *other;
        double eaf;
    } cases[] = {
        {"REF ALT A1 AF_ALT", "C T T .2", "C", 0.2},
        {"REF ALT A1 AF_ALT", "C T C .2", "T", 0.8},
        {"REF ALT A1 AF_ALT", "C T A .2", NULL, NAN},
        {"REF ALT A1 AF_ALT", "C A,T T .2", "C", NAN},
        {"REF ALT A1 A2 AF_ALT", "C T C T .2", "T", 0.8},
        {"REF ALT A1 A1_FREQ", "C T C .2", "T", 0.2},
        {"REF ALT A1 EAF", "C T C .2", "T", 0.2},
        {"REF ALT A1 AF", "C T C .2", "T", NAN},
        {"REF ALT AF", "C T .2", "C", 0.2},
        {"REF A1 EAF", "C T .2", "C", 0.2},
        {"REF A1 EAF", "C C .2", NULL, 0.2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = {0};

        text_addf(&text, "rsid %s beta se\nrs1 %s .1 .01\n", cases[i].header, cases[i].row);
        struct reading reading = read_good(made_text(text.bytes), FORM_ASSOCIATIONS, NULL);
        const char *other = row(&reading, 0)->other_allele;

        ck_assert_msg(other == NULL || cases[i].other == NULL
                          ? other == cases[i].other
                          : strcmp(other, cases[i].other) == 0,
                      "%s: %s", text.bytes, other);
        near(text.bytes, "eaf", row(&reading, 0)->eaf, cases[i].eaf, 1e-12);
        done(&reading);
        text_drop(&text);
    }
}
END_TEST

/* One allele twice is no pair. */
START_TEST(alleles_that_are_one_are_dropped)
{
    struct reading reading =
        read_good(made_text("SNP EA NEA beta se\nrs1 A A 1 1\nrs2 A G 1 1\nrs3 t T 1 1\n"),
                  FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(dropped(&reading, DROP_ALLELES), 2);
    done(&reading);
}
END_TEST

START_TEST(z_without_eaf_is_refused)
{
    expect_bad("SNP A1 A2 N Z\nrs1 A G 100 5\n", 1,
               "column eaf: found no such column among SNP A1 A2 N Z; of Z alone no effect is "
               "known; munge_sumstats.py --keep-maf writes the frequency as FRQ");
    expect_bad("SNP A1 A2 FRQ Z\nrs1 A G 0.5 5\n", 1, "column n: found no such");
    expect_bad("SNP A1 A2 N\nrs1 A G 100\n", 1, "column beta: found no such");
}
END_TEST

START_TEST(what_a_user_chooses_goes_first)
{
    static const char *const swapped[] = {"effect_allele=A2", "other_allele=A1"};
    static const char *const afr[] = {"beta=beta_AFR", "se=se_AFR", "eaf=af_AFR",
                                      "neglog10_pval=neglog10_pval_AFR"};
    static const char *const ratio[] = {"odds_ratio=EFFECT"};
    struct gwas_options options = {.overrides = swapped, .override_count = 2};
    struct reading reading = read_good(made_text("SNP A1 A2 beta se p\nrs1 A G 0.5 0.1 1e-6\n"),
                                       FORM_ASSOCIATIONS, &options);

    ck_assert_str_eq(row(&reading, 0)->effect_allele, "G");
    ck_assert_str_eq(row(&reading, 0)->other_allele, "A");
    ck_assert(!reading.table.columns.is_assumed);
    done(&reading);
    reading = read_good(made_text("SNP A1 A2 beta se p\nrs1 A G 0.5 0.1 1e-6\n"),
                        FORM_ASSOCIATIONS, NULL);
    ck_assert(reading.table.columns.is_assumed);
    done(&reading);
    options = (struct gwas_options){.overrides = afr, .override_count = 4};
    reading = read_good(
        made_text("chr\tpos\tref\talt\taf_EUR\taf_AFR\tbeta_EUR\tbeta_AFR\tse_EUR\tse_AFR\t"
                  "neglog10_pval_EUR\tneglog10_pval_AFR\n1\t5\tC\tT\t.1\t.2\t1\t2\t.5\t.25\t1."
                  "3\t15\n"),
        FORM_ASSOCIATIONS, &options);
    ck_assert_double_eq(row(&reading, 0)->beta, 2);
    ck_assert_double_eq(row(&reading, 0)->se, 0.25);
    ck_assert_double_eq(row(&reading, 0)->neglog10_p, 15);
    done(&reading);
    options = (struct gwas_options){.overrides = ratio, .override_count = 1};
    reading = read_good(made_text("SNP EA NEA EFFECT SE P\nrs1 A G 1.5 0.05 5.09e-16\n"),
                        FORM_ASSOCIATIONS, &options);
    ck_assert_double_eq_tol(row(&reading, 0)->beta, log(1.5), 1e-15);
    done(&reading);
}
END_TEST

START_TEST(chromosomes_have_one_name)
{
    static const char *const x[] = {"X", "x", "23", "chrX", "CHR23", "chrx"};

    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        ck_assert_str_eq(place_chromosome(x[i]), "X");
    }
    ck_assert_str_eq(place_chromosome("chr07"), "7");
    ck_assert_str_eq(place_chromosome("01"), "1");
    ck_assert_str_eq(place_chromosome("0X"), "X");
    ck_assert_str_eq(place_chromosome("chrM"), "MT");
    ck_assert_str_eq(place_chromosome("26"), "MT");
    ck_assert_str_eq(place_chromosome("24"), "Y");
    ck_assert_str_eq(place_chromosome("chr"), "chr");
    ck_assert_str_eq(place_chromosome("HLA-A"), "HLA-A");
}
END_TEST

START_TEST(ids_can_be_places)
{
    static const char *const none[] = {"rs123",   "",      "1",         "1:",      "1:x:A:G",
                                       "23andMe", "5_HTT", "chrUn_5:3", "0:5:A:G", "30:5:A:G"};
    struct place place;

    ck_assert(place_of_id("chr1_55039974_G_T_b38", &place));
    ck_assert_str_eq(place.chromosome, "1");
    ck_assert_double_eq(place.position, 55039974);
    ck_assert_uint_eq(place.second_length, 1);
    ck_assert_int_eq(*place.second, 'T');
    ck_assert(place_of_id("23:5:AT:a", &place));
    ck_assert_str_eq(place.chromosome, "X");
    ck_assert_uint_eq(place.first_length, 2);
    ck_assert(place_of_id("7:123", &place));
    ck_assert_uint_eq(place.first_length, 0);
    ck_assert(place_of_id("7-123-A-<DEL>", &place));
    ck_assert_uint_eq(place.first_length, 0);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ck_assert_msg(!place_of_id(none[i], &place), "%s", none[i]);
    }
}
END_TEST

START_TEST(p_is_decided_by_one_column)
{
    static const struct {
        const char *header;
        enum column_scale scale;
        size_t column;
    } cases[] = {
        {"SNP effect_allele beta se p mlogp", SCALE_P, 4},
        {"SNP effect_allele beta se LOG10P", SCALE_NEGLOG10, 4},
        {"chr pos ref alt beta_EUR se_EUR pval_EUR", SCALE_LN_OR_P, 6},
        {"SNP effect_allele beta se", SCALE_NONE, COLUMN_NONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = {0};
        struct rows *rows;
        struct columns columns;
        struct error error = {0};
        size_t column;

        text_addf(&text, "%s\n", cases[i].header);
        ck_assert(rows_open(made_text(text.bytes), &rows, &error));
        ck_assert(columns_find(rows, FORM_ASSOCIATIONS, NULL, 0, &columns, &error));
        ck_assert_int_eq(columns_p(&columns, &column), cases[i].scale);
        ck_assert_uint_eq(column, cases[i].column);
        rows_close(rows);
        unlink(made_path);
        text_drop(&text);
    }
}
END_TEST

/* A threshold sees P on any scale, and an id among several. */
START_TEST(wanted_rows_of_any_dialect)
{
    static const char *const texts[] = {
        "SNP effect_allele beta se LOG10P\nrs1 A 1 1 7.2\nrs2 A 1 1 7.4\nrs3 A 1 1 -9\n",
        "chr pos ref alt beta_EUR se_EUR pval_EUR\n1 1 A G 1 1 -16\n1 2 A G 1 1 -17\n"
        "1 3 A G 1 1 1e-9\n",
        "SNP effect_allele beta se P mlogp\nrs1 A 1 1 6e-8 7\nrs2 A 1 1 4e-8 7\n"
        "rs3 A 1 1 0 320\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct gwas_options options = {.wanted = {.most_p = 5e-8}};
        struct reading reading = read_good(made_text(texts[i]), FORM_ASSOCIATIONS, &options);

        ck_assert_uint_eq(reading.table.rows.count, 2);
        ck_assert_uint_eq(reading.table.unwanted, 1);
        ck_assert_int_eq(row(&reading, 0)->line, 3);
        done(&reading);
    }
    struct map *ids = map_create(), *places = map_create();
    struct gwas_options options = {.wanted = {.variants = ids, .places = places}};
    map_set(ids, "rs5", 0);
    map_set(places, "X:7", 0);
    struct reading reading = read_good(
        made_text(
            "#chrom\tpos\tref\talt\trsids\tpval\tbeta\tsebeta\n1\t1\tA\tG\trs4,rs5\t.1\t1\t1\n"
            "1\t2\tA\tG\trs55\t.1\t1\t1\n23\t7\tA\tG\trs6\t.1\t1\t1\n"),
        FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs5");
    ck_assert_str_eq(row(&reading, 1)->variant, "rs6");
    done(&reading);
    map_destroy(ids);
    map_destroy(places);
}
END_TEST

/* Places are found in any of the ways in which tables write them. */
START_TEST(wanted_places_are_found)
{
    static const char *const texts[] = {
        "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\t7\t1000000\tA\tG\t1\t1\n"
        "rs2\t7\t1000001\tA\tG\t1\t1\nrs3\t8\t1000000\tA\tG\t1\t1\n",
        "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\tchr7\t1e+06\tA\tG\t1\t1\n"
        "rs2\t7\t1000002\tA\tG\t1\t1\nrs3\t7\t2e+06\tA\tG\t1\t1\n",
        "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\t7\t1000000.0\tA\tG\t1\t1\n"
        "rs2\t7\t1000001.0\tA\tG\t1\t1\nrs3\t7\t100000.0\tA\tG\t1\t1\n",
        "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\t7\t01000000\tA\tG\t1\t1\n"
        "rs2\t7\t01000001\tA\tG\t1\t1\nrs3\t7\t0\tA\tG\t1\t1\n",
        "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\t7\t1e6\tA\tG\t1\t1\n"
        "rs2\t7\t1e5\tA\tG\t1\t1\nrs3\t7\t10000000\tA\tG\t1\t1\n",
        "variant\tminor_allele\tminor_AF\tn_complete_samples\tbeta\tse\n"
        "7:01000000:G:A\tA\t.1\t9\t1\t1\n7:01000009:G:A\tA\t.1\t9\t1\t1\n"
        "17:1000000:G:A\tA\t.1\t9\t1\t1\n",
        "variant\tminor_allele\tminor_AF\tn_complete_samples\tbeta\tse\n"
        "7:1000000:G:A\tA\t.1\t9\t1\t1\n7:1000009:G:A\tA\t.1\t9\t1\t1\n"
        "17:1000000:G:A\tA\t.1\t9\t1\t1\n",
        "chr pos EA NEA beta se\n7 1000000 A G 1 1\n7 10000000 A G 1 1\n7 7 A G 1 1\n",
    };
    struct map *places = map_create(), *ids = map_create();
    struct gwas_options options = {.wanted = {.places = places}};

    map_set(places, "7:1000000", 0);
    map_set(ids, "rs99", 0);
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        options.wanted.variants = i % 2 == 0 ? NULL : ids;
        struct reading reading =
            read_good(made_text(texts[i / 2]), FORM_ASSOCIATIONS, &options);

        ck_assert_uint_eq(reading.table.rows.count, 1);
        ck_assert_uint_eq(reading.table.read, 3);
        ck_assert_int_eq(row(&reading, 0)->line, 2);
        ck_assert_str_eq(row(&reading, 0)->chromosome, "7");
        done(&reading);
    }
    map_destroy(places);
    map_destroy(ids);
}
END_TEST

/* A row that has no id goes by its place, also where only a list of ids is asked for. */
START_TEST(rows_without_ids_are_found_by_made_ones)
{
    static const char *const missing[] = {"NA",   ".", "",     "#NA",  "N/A",  "NR",
                                          "null", "-", "None", "NULL", "#N/A", "NaN"};
    struct map *ids = map_create();
    struct gwas_options options = {.wanted = {.variants = ids}};

    map_set(ids, "7:1000000:A:G", 0);
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        struct text text = {0};

        text_addf(&text,
                  "rsid\tchr\tpos\tEA\tNEA\tbeta\tse\nrs1\t7\t1\tA\tG\t1\t1\n"
                  "%s\t7\t1000000\tG\tA\t1\t1\nrs3\t7\t3\tA\tG\t1\t1\n",
                  missing[i]);
        struct reading reading = read_good(made_text(text.bytes), FORM_ASSOCIATIONS, &options);
        ck_assert_msg(reading.table.rows.count == 1, "%s", missing[i]);
        ck_assert_str_eq(row(&reading, 0)->variant, "7:1000000:A:G");
        done(&reading);
        text_drop(&text);
    }
    map_destroy(ids);
}
END_TEST

START_TEST(five_thousand_columns_are_read)
{
    struct text text = {0};
    text_add(&text, "SNP\teffect_allele\tbeta\tse");
    for (int i = 0; i < 4996; i++) {
        text_addf(&text, "\tproteomics_panel_%d", i);
    }
    for (int r = 0; r < 3; r++) {
        text_addf(&text, "\nrs%d\tA\t0.%d\t0.5", r, r + 1);
        for (int i = 0; i < 4996; i++) {
            text_add(&text, "\t0.123");
        }
    }
    struct reading reading = read_good(made_text(text.bytes), FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_double_eq(row(&reading, 2)->beta, 0.3);
    done(&reading);
    text_drop(&text);
}
END_TEST

START_TEST(line_ends_marks_and_quotes)
{
    static const char *const texts[] = {
        "\xef\xbb\xbf"
        "CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA SE LOG10P\r\n"
        "1 5 rs1 G A 0.25 10 ADD 0.5 0.25 1.3\r\n",
        "\"SNP\",\"A1\",\"A2\",\"freq\",\"b\",\"se\",\"p\",\"N\",\"a \nnote\"\r\n"
        "\"rs1\",\"A\",\"G\",0.25,0.5,0.25,0.05,10,\"two\r\nlines\"",
        "MarkerName\tAllele1\tAllele2\tFreq1\tEffect\tStdErr\tP-value\tDirection\n"
        "rs1\ta\tg\t0.25\t0.5\t0.25\t0.05\t+-",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading reading = read_good(made_text(texts[i]), FORM_ASSOCIATIONS, NULL);

        ck_assert_uint_eq(reading.table.rows.count, 1);
        ck_assert_ptr_nonnull(reading.table.columns.dialect);
        ck_assert_str_eq(row(&reading, 0)->variant, "rs1");
        ck_assert_str_eq(row(&reading, 0)->effect_allele, "A");
        ck_assert_double_eq(row(&reading, 0)->se, 0.25);
        ck_assert_double_eq(row(&reading, 0)->eaf, 0.25);
        done(&reading);
    }
}
END_TEST

START_TEST(odd_figures_give_nothing)
{
    struct derive_figures none = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    struct derive_figures figures = none;
    double beta, se;

    ck_assert_int_eq(derive_effect(&figures, &beta, &se), DERIVE_NONE);
    ck_assert(isnan(beta));
    figures.odds_ratio = -1;
    derive_effect(&figures, &beta, &se);
    ck_assert(isnan(beta));
    figures = none;
    figures.odds_ratio = 2;
    figures.lower = 3;
    figures.upper = 1;
    ck_assert_int_eq(derive_effect(&figures, &beta, &se), DERIVE_NONE);
    figures = none;
    figures.z = 5;
    figures.n = 100;
    figures.eaf = 0;
    ck_assert_int_eq(derive_effect(&figures, &beta, &se), DERIVE_NONE);
    ck_assert(isnan(derive_eaf("A", "G", "T", 0.1)));
    ck_assert_double_eq(derive_eaf("A", "G", "a", 0.25), 0.25);
    ck_assert_double_eq(derive_eaf("A", "G", "G", 0.25), 0.75);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {samples_hold_what_was_put_in,
                                  minus_log10_p_is_kept_where_p_is_0,
                                  rows_without_a_result_are_counted,
                                  remarks_are_no_failures,
                                  remarks_are_no_rows,
                                  genotype_counts_are_counts,
                                  several_rsids_are_one_variant,
                                  se_of_odds_ratios_is_told_by_p,
                                  plink_1_is_read,
                                  plink_2_is_read,
                                  errors_and_reference_alleles_of_plink_2,
                                  tables_of_the_catalogue_are_read,
                                  the_dutch_microbiome_is_read,
                                  gaps_of_a_dialect_refuse_nothing,
                                  every_dialect_comes_back,
                                  every_dialect_is_written_down,
                                  roles_of_dialects_are_roles,
                                  other_tests_than_add_are_no_effects,
                                  files_of_other_tests_are_refused_whatever_is_wanted,
                                  alleles_beside_ref_and_alt,
                                  alleles_that_are_one_are_dropped,
                                  z_without_eaf_is_refused,
                                  what_a_user_chooses_goes_first,
                                  chromosomes_have_one_name,
                                  ids_can_be_places,
                                  p_is_decided_by_one_column,
                                  wanted_rows_of_any_dialect,
                                  wanted_places_are_found,
                                  rows_without_ids_are_found_by_made_ones,
                                  five_thousand_columns_are_read,
                                  line_ends_marks_and_quotes,
                                  odd_figures_give_nothing};

    return run_tests("dialects", tests, sizeof tests / sizeof *tests);
}
