/*
 * Choosing instruments out of a GWAS-VCF: clumping gives what the same table gives, and a new
 * study finds out what its header and its standard errors tell.
 */
#include "base/text.h"
#include "program.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define VCF "$ROOT/tests/data/vcf/"
#define GOLDEN "$ROOT/tests/golden/clump/"

/* The header of a VCF of one trait, with `sample` for what its line says. */
#define HEADER(sample)                                                                         \
    "printf '##fileformat=VCFv4.2\\n##FORMAT=<ID=ES,Number=A,Type=Float,Description=\"\">\\n"  \
    "##FORMAT=<ID=SE,Number=A,Type=Float,Description=\"\">\\n" sample                          \
    "#CHROM\\tPOS\\tID\\tREF\\tALT\\tQUAL\\tFILTER\\tINFO\\tFORMAT\\tt\\n'; "

/* 200 rows whose SE are those of a trait of the variance `v`, N 10,000. */
#define ROWS(v)                                                                                \
    "awk 'BEGIN { for (i = 1; i <= 200; i++) { f = .1 + i / 500; printf "                      \
    "\"1\\t%d\\trs%d\\tA\\tG\\t.\\tPASS\\t.\\tES:SE:LP:AF:SS\\t.01:%.6f:1:%.3f:10000\\n\", "   \
    "i, "                                                                                      \
    "i, sqrt(" v " / (2 * f * (1 - f) * 10000)), f } }'"

static void expect(const char *line, int status, const char *out, const char *err)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == status, "%s: %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.out, out) != NULL, "%s: \"%s\" is not in:\n%s", line, out,
                  said.out);
    ck_assert_msg(*err == '\0' ? *said.err == '\0' : strstr(said.err, err) != NULL,
                  "%s: \"%s\" is not in:\n%s", line, err, said.err);
    said_drop(&said);
}

/* The small golden set as a VCF; alleles are those of its reference. */
#define MAKE_SMALL                                                                             \
    "rm -rf work && mkdir work && cd work && { " HEADER(                                       \
        "") "awk 'NR == FNR { if (FNR > 1) p[$1] = $2; next } { OFS = \"\\t\"; "               \
            "printf \"%s\\t%s\\t%s\\t%s\\t%s\\t.\\t.\\t.\\tES:SE:LP\\t1:1:%.17g\\n\", $1, "    \
            "$4, "                                                                             \
            "$2, $6, $5, -log(p[$2]) / log(10) }' " GOLDEN "small.p " GOLDEN "small.bim; } "   \
            "> small.vcf"

START_TEST(clumps_are_those_of_the_table)
{
    const char *const settings[] = {"--p1 1 --r2 0.01 --kb 1000", "--p1 0.01 --r2 0.2 --kb 250",
                                    "--p1 0.05 --r2 0.5 --kb 50"};

    expect(MAKE_SMALL, 0, "", "");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        struct text line = {0};

        text_addf(
            &line,
            "cd work && taxamr clump -q small.vcf --bfile " GOLDEN "small %s | cut -f 1-3 > "
            "a; taxamr clump -q " GOLDEN "small.p --bfile " GOLDEN "small %s | cut -f 1-3 > "
            "b; taxamr clump -q - --bfile " GOLDEN "small %s < small.vcf | cut -f 1-3 > c; "
            "wc -l < a | awk '$1 > 10 { print \"many\" }'; cmp a b && cmp a c && echo same",
            settings[i], settings[i], settings[i]);
        expect(line.bytes, 0, "many\nsame\n", "");
        text_drop(&line);
    }
}
END_TEST

START_TEST(what_a_vcf_lacks_is_said)
{
    expect("taxamr clump " VCF "gwas-1.0.vcf --p1 1e-9 --kb 10", 0, "CHR\tSNP\tBP\tP\n",
           "gwas-1.0.vcf: no variant has P up to 1e-09");
    expect("taxamr clump -q " VCF "gwas-1.1.vcf --p1 0.5 --kb 10", 1, "",
           "found a second trait, EFO0001360, behind EFO0004340; give one trait a file");
}
END_TEST

#define NEW(sample, v)                                                                         \
    "rm -rf work && mkdir work && cd work && { " HEADER(sample)                                \
        ROWS(v) "; } > x.vcf && taxamr new st -q --exposure x.vcf --outcome x.vcf && "         \
                "grep -E '^    (unit|n|cases|p_thr)' st/study.conf | head -4"

START_TEST(a_new_study_asks_the_header)
{
    /* log odds and linear models of cases differ by their SE alone */
    const char *cases = NEW("##SAMPLE=<ID=t,TotalCases=4000,TotalControls=6000,StudyType="
                            "CaseControl>\\n",
                            "1 / .24");

    expect(cases, 0, "    unit = \"log-odds\"  # the file tells of cases\n    n = 10000", "");
    expect(cases, 0, "    cases = 4000", "");
    expect(NEW("##SAMPLE=<ID=t,TotalCases=4000,TotalControls=6000,StudyType=CaseControl>\\n",
               ".24"),
           0, "    unit = \"linear\"  # SE fit a linear model of cases", "");
    expect(NEW("##trait=<ID=t,Type=\"binary\",Test=\"logistic\">\\n", ".24"), 0,
           "    unit = \"log-odds\"  # as the header of the VCF has it", "");
    expect(NEW("##trait=<ID=t,Type=\"continuous\",Unit=\"SD\">\\n", "9"), 0,
           "    unit = \"sd\"  # as the header of the VCF has it", "");
    expect(NEW("", "1"), 0, "    unit = \"sd\"  # SE fit a trait of SD 1", "");
}
END_TEST

START_TEST(traits_of_different_units_are_not_guessed)
{
    expect("rm -rf work && taxamr new work -q --exposure " VCF "gwas-1.1.vcf --outcome " VCF
           "gwas-1.0.vcf && cat work/study.conf",
           0,
           "    unit = \"unknown\"  # the units of its traits differ; give each trait a file\n",
           "");
    expect("grep -c 'FORMAT/ES *beta' work/study.conf", 0, "2", "");
}
END_TEST

START_TEST(overrides_name_fields)
{
    expect("rm -rf work && taxamr new work -q --col n=NC --exposure " VCF
           "gwas-1.1.vcf --outcome " VCF "gwas-1.0.vcf && grep -c 'col = {\"n=NC\"}' "
           "work/study.conf",
           0, "2", "");
    expect("rm -rf work; taxamr new work -q --col n=ZZ --exposure " VCF
           "gwas-1.1.vcf --outcome " VCF "gwas-1.0.vcf",
           2, "", "found --col n=ZZ, and no file has that column");
}
END_TEST

/* Instruments by P, and the outcome's rows at their ids, both out of VCF. */
START_TEST(a_study_of_two_vcf_runs)
{
    expect("rm -rf work && mkdir work && cd work && { " HEADER(
               "") "awk 'BEGIN { for (i = 1; i <= 300; i++) { s = i % 60 == 0; printf "
                   "\"%d\\t%d\\trs%d\\tA\\tG\\t.\\t.\\t.\\tES:SE:LP\\t%s:.01:%s\\n\", i % 22 + "
                   "1, i * "
                   "3000000, i, s ? .09 : .001, s ? 18.6 : .04 } }'; } > x.vcf; sed "
                   "'s/:.01:.*/:.01:"
                   "3/; s/SE:LP/SE:LP/' x.vcf > y.vcf; taxamr new st -q --exposure x.vcf "
                   "--outcome "
                   "y.vcf && taxamr run st -q -o out && cut -f 1,3,4,5,6 out/summary.tsv",
           0, "exposure\toutcome\tdirection\tnsnp\tb\nx\ty\tforward\t5\t1\n", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vcf_choose");
    TCase *cases = tcase_create("vcf_choose");
    SRunner *runner;
    int failed;
    const TTest *const tests[] = {
        clumps_are_those_of_the_table, what_a_vcf_lacks_is_said,
        a_new_study_asks_the_header,   traits_of_different_units_are_not_guessed,
        overrides_name_fields,         a_study_of_two_vcf_runs};

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
