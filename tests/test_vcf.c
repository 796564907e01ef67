/*
 * GWAS-VCF: the samples of the specification, what its lines may hold, what is refused, and
 * look-ups by id and by place, with and without an index, which must all agree.
 */
#include "base/map.h"
#include "program.h"
#include "reading.h"
#include <htslib/bgzf.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>
#include <sys/stat.h>
#include <utime.h>

#define META                                                                                   \
    "##fileformat=VCFv4.2\n"                                                                   \
    "##FORMAT=<ID=ES,Number=A,Type=Float,Description=\"effect\">\n"                            \
    "##FORMAT=<ID=SE,Number=A,Type=Float,Description=\"error\">\n"                             \
    "##FORMAT=<ID=LP,Number=A,Type=Float,Description=\"-log10 p\">\n"                          \
    "##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"frequency\">\n"                         \
    "##FORMAT=<ID=SS,Number=A,Type=Float,Description=\"size\">\n"                              \
    "##FORMAT=<ID=NC,Number=A,Type=Float,Description=\"cases\">\n"                             \
    "##FORMAT=<ID=ID,Number=1,Type=String,Description=\"id\">\n"                               \
    "##contig=<ID=chr1,length=249250621>\n##contig=<ID=X,length=155270560>\n"
#define NAMES "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
#define ONE META NAMES "\ttrait\n"
#define FIXED "\t.\tPASS\t.\t"

static struct reading read_sample(const char *name)
{
    char *path = source_path(name);
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, NULL);

    memory_free(path);
    return reading;
}

static const char *trait(const struct reading *reading, size_t index)
{
    const struct gwas_row *rows = reading->table.rows.items;

    return rows[index].trait;
}

START_TEST(specification_1_0)
{
    struct reading reading = read_sample("data/vcf/gwas-1.0.vcf");
    const struct association *first = row(&reading, 0);
    const struct association *small = row(&reading, 6);

    ck_assert_uint_eq(reading.table.rows.count, 10);
    ck_assert_uint_eq(reading.table.read, 10);
    ck_assert_ptr_null(trait(&reading, 0));
    ck_assert_str_eq(first->variant, "rs10399793");
    ck_assert_str_eq(first->chromosome, "1");
    ck_assert_double_eq(first->position, 49298);
    ck_assert_str_eq(first->effect_allele, "C");
    ck_assert_str_eq(first->other_allele, "T");
    ck_assert_double_eq(first->beta, -0.00457955);
    ck_assert_double_eq(first->se, 0.00443769);
    ck_assert_double_eq(first->eaf, 0.623804);
    ck_assert_double_eq(first->n, 49298);
    ck_assert_double_eq(first->neglog10_p, 0.522879);
    ck_assert_double_eq_tol(first->p, 0.3, 1e-6);
    ck_assert_int_eq(first->line, 21);
    ck_assert_double_eq(small->beta, -5.98981e-05);
    ck_assert_double_eq(row(&reading, 9)->beta, -0.0042266);
    done(&reading);
}
END_TEST

/* NS for the size, RSID in INFO, two rows of one place, two traits. */
START_TEST(specification_1_1)
{
    struct reading reading = read_sample("data/vcf/gwas-1.1.vcf");
    const struct association *second = row(&reading, 3);

    ck_assert_uint_eq(reading.table.rows.count, 10);
    ck_assert_str_eq(trait(&reading, 0), "EFO0004340");
    ck_assert_str_eq(trait(&reading, 1), "EFO0001360");
    ck_assert_str_eq(row(&reading, 2)->variant, "rs10399793");
    ck_assert_str_eq(second->effect_allele, "A");
    ck_assert_double_eq(second->beta, 0.000102689);
    ck_assert_double_eq(second->n, 463005);
    ck_assert_double_eq(second->eaf, 0.012);
    ck_assert_str_eq(row(&reading, 4)->other_allele, "GTC");
    ck_assert_str_eq(row(&reading, 8)->effect_allele, "AAA");
    done(&reading);
}
END_TEST

/* Without SS the size is that of the trait's line in the header. */
START_TEST(two_traits)
{
    struct reading reading = read_sample("data/vcf/gwas-two-traits.vcf.gz");

    ck_assert_uint_eq(reading.table.rows.count, 10);
    ck_assert_str_eq(trait(&reading, 8), "UKB-b-19953");
    ck_assert_double_eq(row(&reading, 8)->beta, -0.00030371);
    ck_assert_double_eq(row(&reading, 8)->n, 461460);
    ck_assert_str_eq(trait(&reading, 9), "UKB-b-13806");
    ck_assert_double_eq(row(&reading, 9)->beta, 7.16085e-06);
    ck_assert_double_eq(row(&reading, 9)->n, 459961 + 2972);
    done(&reading);
}
END_TEST

START_TEST(alleles_of_a_line_are_split)
{
    struct reading reading = read_good(
        made_text(ONE "chr1\t5\trs5;rs6\tA\tG,TT" FIXED "ES:SE:LP:AF:SS\t0.1,-0.2:0.01,"
                      "0.02:22,400.5:0.3,.:1000,2000\n"
                      "X\t7\t.\tA\t*" FIXED "ES:SE\t0.1:0.01\n"
                      "X\t8\t.\tA\tC" FIXED "SE:ES\t0.01:0.1\n"
                      "X\t9\t.\tA\tC" FIXED "ES:SE:LP:ID\t0.1:0.01:999:mine\n"),
        FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 4);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs5");
    ck_assert_str_eq(row(&reading, 0)->chromosome, "1");
    ck_assert_str_eq(row(&reading, 1)->effect_allele, "TT");
    ck_assert_double_eq(row(&reading, 1)->beta, -0.2);
    ck_assert_double_eq(row(&reading, 1)->n, 2000);
    ck_assert_double_nan(row(&reading, 1)->eaf);
    ck_assert_double_eq(row(&reading, 1)->neglog10_p, 400.5);
    ck_assert_double_eq(row(&reading, 1)->p, 0);
    ck_assert_uint_eq(dropped(&reading, DROP_ALLELES), 1);
    ck_assert_str_eq(row(&reading, 2)->variant, "X:8:A:C");
    ck_assert_double_eq(row(&reading, 2)->beta, 0.1);
    ck_assert_double_eq_tol(row(&reading, 2)->neglog10_p, 22.817, 1e-3);
    ck_assert_str_eq(row(&reading, 3)->variant, "mine");
    ck_assert_double_eq_tol(row(&reading, 3)->neglog10_p, 22.817, 1e-3);
    ck_assert_uint_eq(reading.table.repaired_p, 1);
    done(&reading);
}
END_TEST

/* A trait without a value at a variant has no association there. */
START_TEST(empty_samples_are_not_counted)
{
    struct reading reading =
        read_good(made_text(META NAMES "\tone\ttwo\n"
                                       "1\t5\trs5\tA\tG" FIXED "ES:SE\t0.1:0.01\t.\n"
                                       "1\t6\trs6\tA\tG" FIXED "ES:SE\t.:.\t0.2:0.02\n"),
                  FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_uint_eq(reading.table.read, 2);
    ck_assert_str_eq(trait(&reading, 1), "two");
    done(&reading);
}
END_TEST

START_TEST(fields_can_be_chosen)
{
    static const char *const chosen[] = {"n=NC"};
    static const char *const bad[] = {"beta=XX"};
    struct gwas_options options = {.overrides = chosen, .override_count = 1};
    const char *text = ONE "1\t5\trs5\tA\tG" FIXED "ES:SE:SS:NC\t0.1:0.01:90:30\n";
    struct reading reading = read_good(made_text(text), FORM_ASSOCIATIONS, &options);

    ck_assert_double_eq(row(&reading, 0)->n, 30);
    done(&reading);
    options.overrides = bad;
    expect_refused(made_text(text), FORM_ASSOCIATIONS, &options, -1, "--col beta=XX");
}
END_TEST

START_TEST(bad_files_are_refused)
{
    expect_bad("##fileformat=VCFv4.2\n", -1, "no line of column names");
    expect_bad("##fileformat=VCFv4.2\nSNP\tP\n", 2, "no line of column names");
    expect_bad("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", 2,
               "without samples");
    expect_bad("##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1>\n" NAMES "\tNA12878\n", 3,
               "declares no FORMAT field ES");
    expect_bad(ONE "1\t5\trs5\tA\n", 12, "found 4 cells where the header has 10");
    expect_bad(ONE "1\t5\trs5\tA\tG" FIXED "ES:SE\t0.1:0,01\n", 12,
               "column SE: found \"0,01\"");
    expect_bad(ONE "1\t5x\trs5\tA\tG" FIXED "ES:SE\t0.1:0.1\n", 12, "column POS");
    expect_bad(ONE "1\t5\trs5\tA\tG,T" FIXED "ES:SE\t0.1:0.1,0.2\n", 12, "column ES");
    expect_bad(ONE "1\t5\trs5\tA\tG" FIXED "ES:SE\t0.1:0.1:9\n", 12, "column FORMAT");
    expect_bad(ONE, -1, "no rows");
    expect_bad(ONE "1\t5\trs5\tA\tG" FIXED "LP\t3\n", -1, "missing or infinite effect");
}
END_TEST

START_TEST(bad_lines_can_be_skipped)
{
    struct gwas_options options = {.skip_bad_rows = true};
    struct reading reading =
        read_good(made_text(ONE "1\t5\trs5\tA\tG" FIXED "ES:SE\t0.1:x\n1\t5\n"
                                "1\t6\trs6\tA\tG" FIXED "ES:SE\t0.1:0.01\n"),
                  FORM_ASSOCIATIONS, &options);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(reading.table.read, 3);
    ck_assert_uint_eq(dropped(&reading, DROP_BAD_ROW), 2);
    done(&reading);
}
END_TEST

/* A folder for files with an index beside them. */
static char folder[64];
static char path[128];

static void folder_begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/taxamr-vcf-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/made.vcf.gz", folder);
}

static void folder_end(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* 5,000 variants, each tenth of two alleles, with a tabix (14) or CSI index. */
static void make_indexed(int min_shift)
{
    BGZF *file = bgzf_open(path, "w");
    struct text text = {0};

    text_add(&text, ONE);
    for (int i = 1; i <= 5000; i++) {
        text_addf(&text, "chr1\t%d\trs%d\tA\t%s" FIXED "ES:SE:LP\t", 1000 * i, i,
                  i % 10 == 0 ? "G,GA" : "G");
        text_addf(&text, i % 10 == 0 ? "%g,0.5:0.01,0.02:5,6\n" : "%g:0.01:5\n", 1e-4 * i);
    }
    ck_assert_int_eq(bgzf_write(file, text.bytes, text.length), (ssize_t)text.length);
    ck_assert_int_eq(bgzf_close(file), 0);
    text_drop(&text);
    ck_assert_int_eq(tbx_index_build(path, min_shift, &tbx_conf_vcf), 0);
}

static struct map *wanted_of(const char *const *ids)
{
    struct map *map = map_create();

    for (; *ids != NULL; ids++) {
        map_set(map, *ids, 0);
    }
    return map;
}

static void check_same(const struct reading *one, const struct reading *other)
{
    ck_assert_uint_eq(one->table.rows.count, other->table.rows.count);
    for (size_t i = 0; i < one->table.rows.count; i++) {
        const struct association *a = row(one, i), *b = row(other, i);

        ck_assert_str_eq(a->variant, b->variant);
        ck_assert_str_eq(a->effect_allele, b->effect_allele);
        ck_assert_double_eq(a->beta, b->beta);
        ck_assert_double_eq(a->neglog10_p, b->neglog10_p);
        ck_assert_double_eq(a->position, b->position);
    }
}

static const char *const spots[] = {"1:2000", "1:4999000", "1:10000", "1:2001",
                                    "2:2000", "1:3000",    NULL};

/* Looks up by index, then without: the same five associations. */
START_TEST(places_are_looked_up_by_index)
{
    struct gwas_options options = {.wanted = {.places = wanted_of(spots)}};
    struct reading by_index, whole;

    folder_begin();
    make_indexed(_i == 0 ? 0 : 14);
    by_index = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(by_index.table.read, 5);
    ck_assert_ptr_null(by_index.table.note);
    options.wanted.most_p = 1e-300; /* with a threshold the whole file is read */
    whole = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(whole.table.read, 5500);
    ck_assert_uint_eq(whole.table.rows.count, 5);
    ck_assert_str_eq(row(&whole, 0)->variant, "rs2");
    check_same(&by_index, &whole);
    map_destroy((struct map *)(uintptr_t)options.wanted.places);
    done(&by_index);
    done(&whole);
    folder_end();
}
END_TEST

/* Ids beside places: as long as each id is found where it should be, nothing else is read. */
START_TEST(ids_and_places_are_found)
{
    static const char *const ids[] = {"rs7", "rs30", NULL};
    static const char *const places[] = {"1:7000", "1:30000", NULL};
    static const char *const others[] = {"1:7000", "1:31000", NULL};
    struct gwas_options options = {
        .wanted = {.variants = wanted_of(ids), .places = wanted_of(places)}};
    struct reading reading;

    folder_begin();
    make_indexed(0);
    reading = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_uint_eq(reading.table.read, 3);
    done(&reading);
    map_destroy((struct map *)(uintptr_t)options.wanted.places);
    options.wanted.places = wanted_of(others);
    reading = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 4);
    ck_assert_uint_eq(reading.table.read, 5500);
    done(&reading);
    map_destroy((struct map *)(uintptr_t)options.wanted.variants);
    map_destroy((struct map *)(uintptr_t)options.wanted.places);
    folder_end();
}
END_TEST

/* Ids alone: the lines with other ids are passed over, and what they hold does not matter. */
START_TEST(ids_are_found_without_an_index)
{
    static const char *const ids[] = {"RS7", "rs30", "rs999999", NULL};
    struct gwas_options options = {.wanted = {.variants = wanted_of(ids)}};
    struct reading reading;
    char index[160];

    folder_begin();
    make_indexed(0);
    snprintf(index, sizeof index, "%s.tbi", path);
    ck_assert_int_eq(unlink(index), 0);
    reading = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs7");
    ck_assert_int_eq(row(&reading, 0)->line, 11 + 7);
    ck_assert_double_eq(row(&reading, 2)->beta, 0.5);
    done(&reading);
    map_destroy((struct map *)(uintptr_t)options.wanted.variants);
    folder_end();
}
END_TEST

/* The answer with an index that is of no use, and what the warning says. */
static void check_unused(const char *words)
{
    struct gwas_options options = {.wanted = {.places = wanted_of(spots)}};
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, &options);
    char *warning = gwas_warning(path, &reading.table);

    ck_assert_uint_eq(reading.table.rows.count, 5);
    ck_assert_uint_eq(reading.table.read, 5500);
    ck_assert_ptr_nonnull(warning);
    ck_assert_ptr_nonnull(strstr(warning, words));
    memory_free(warning);
    map_destroy((struct map *)(uintptr_t)options.wanted.places);
    done(&reading);
}

START_TEST(a_bad_tabix_index_is_not_used)
{
    char index[160];
    struct utimbuf old = {1000000000, 1000000000};
    FILE *file;

    folder_begin();
    make_indexed(0);
    snprintf(index, sizeof index, "%s.tbi", path);
    ck_assert_int_eq(utime(index, &old), 0);
    check_unused("is older than the file and was not used");
    file = fopen(index, "wb");
    ck_assert_int_ge(fputs("rubbish", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    check_unused("cannot be used");
    folder_end();
}
END_TEST

/* What htslib writes as BCF: the numbers are those of the text, to the digits it had. */
START_TEST(bcf_is_read)
{
    char *source = source_path("data/vcf/gwas-two-traits.vcf.gz");
    struct reading text = read_good(source, FORM_ASSOCIATIONS, NULL);
    struct reading binary;
    htsFile *in = hts_open(source, "r"), *out;
    bcf_hdr_t *header = bcf_hdr_read(in);
    bcf1_t *record = bcf_init();

    folder_begin();
    out = hts_open(path, "wb");
    ck_assert_int_eq(bcf_hdr_write(out, header), 0);
    while (bcf_read(in, header, record) == 0) {
        ck_assert_int_eq(bcf_write(out, header, record), 0);
    }
    hts_close(in);
    ck_assert_int_eq(hts_close(out), 0);
    bcf_destroy(record);
    bcf_hdr_destroy(header);
    binary = read_good(path, FORM_ASSOCIATIONS, NULL);
    check_same(&text, &binary);
    ck_assert_double_eq(row(&binary, 9)->n, 459961 + 2972);
    ck_assert_int_eq(truncate(path, 300), 0);
    expect_refused(path, FORM_ASSOCIATIONS, NULL, -1, "");
    memory_free(source);
    done(&text);
    done(&binary);
    folder_end();
}
END_TEST

START_TEST(programs_take_a_vcf)
{
    struct said said =
        program_say("taxamr columns $ROOT/tests/data/vcf/gwas-two-traits.vcf.gz");

    ck_assert_int_eq(said.status, 0);
    ck_assert_ptr_nonnull(strstr(said.out, "\nALT\teffect_allele\t"));
    ck_assert_ptr_nonnull(
        strstr(said.out, "\nFORMAT/ES\tbeta\teffect of one copy of ALT\t--col beta=ES\n"));
    ck_assert_ptr_nonnull(strstr(said.out, "\nUKB-b-19953\ttrait\t"));
    ck_assert_ptr_nonnull(
        strstr(said.out, "\nPOS\tposition\tbase pairs on GRCh37, by the contig lines\t"));
    ck_assert_ptr_nonnull(strstr(said.out, "\nNA\tbuild\t"));
    said_drop(&said);
    said = program_say("gzip -dc < $ROOT/tests/data/vcf/gwas-1.0.vcf.gz | taxamr harmonise -x "
                       "$ROOT/tests/data/vcf/gwas-1.0.vcf -y - | grep -c rs");
    ck_assert_str_eq(said.out, "10\n");
    said_drop(&said);
    said = program_say("taxamr mr $ROOT/tests/data/vcf/gwas-1.0.vcf");
    ck_assert_int_eq(said.status, 1);
    ck_assert_ptr_nonnull(strstr(said.err, "found a VCF file"));
    said_drop(&said);
    program_clean();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vcf");
    TCase *cases = tcase_create("vcf");
    SRunner *runner;
    int failed;
    const TTest *const tests[] = {specification_1_0,
                                  specification_1_1,
                                  two_traits,
                                  alleles_of_a_line_are_split,
                                  empty_samples_are_not_counted,
                                  fields_can_be_chosen,
                                  bad_files_are_refused,
                                  bad_lines_can_be_skipped,
                                  ids_and_places_are_found,
                                  ids_are_found_without_an_index,
                                  a_bad_tabix_index_is_not_used,
                                  bcf_is_read,
                                  programs_take_a_vcf};

    tcase_set_timeout(cases, 60);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    tcase_add_loop_test(cases, places_are_looked_up_by_index, 0, 2);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
