/*
 * What a study chooses among its instruments: clumping as plink1.9 does it, proxies against an
 * EM of this file's own, correlations against those that clump writes, filters, regions; and
 * that everything left out is in the ledger.
 */
#include "plink_fixture.h"
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define GOLDEN "$ROOT/tests/golden/clump/"

/* Associations of every variant of the small set: of the exposure with the golden P, of the
 * outcome on the other allele; `lacks` is an awk condition on the number of the row. */
#define MAKE_X                                                                                 \
    "awk 'BEGIN {OFS = \"\\t\"; print \"SNP\", \"chr\", \"pos\", \"effect_allele\", "          \
    "\"other_allele\", \"eaf\", \"beta\", \"se\", \"pval\", \"info\"} "                        \
    "NR == FNR {p[$1] = $2; next} ($2 in p) {print $2, $1, $4, $5, $6, \"0.2\", "              \
    "(0.05 + FNR % 7 / 100) * (FNR % 2 ? 1 : -1), 0.01, p[$2], FNR % 10 / 10}' " GOLDEN        \
    "small.p " GOLDEN "small.bim > x.tsv; "
#define MAKE_Y(lacks)                                                                          \
    "awk 'BEGIN {OFS = \"\\t\"} NR == 1 {print; next} !(" lacks                                \
    ") {print $1, $2, $3, $5, $4, 1 - $6, -0.2 * $7, $8, \"NA\", \"NA\"}' x.tsv > y.tsv; "
#define STUDY(keys)                                                                            \
    "{ echo \"reference = \\\"\"" GOLDEN                                                       \
    "\"small\\\"\"; echo 'exposure \"x\" { instruments = "                                     \
    "\"x.tsv\" " keys                                                                          \
    " }'; echo 'outcome \"y\" { associations = \"y.tsv\" }'; } > study.conf; "
#define RUN "taxamr run . -q -o out"

static char *out_of(const char *line)
{
    struct said said = program_say(line);
    char *out = memory_copy_text(said.out);

    ck_assert_msg(said.status == 0, "%s: status %d: %s", line, said.status, said.err);
    said_drop(&said);
    return out;
}

static void check_out(const char *line, const char *wanted)
{
    char *out = out_of(line);

    ck_assert_msg(strcmp(out, wanted) == 0, "%s printed\n%s and not\n%s", line, out, wanted);
    memory_free(out);
}

/* Sorted ids on both sides, so that diff prints nothing. */
#define SAME_AS(golden)                                                                        \
    " && cut -f 4 out/harmonised.tsv | tail -n +2 | sort > ours && cut -f 2 " GOLDEN golden    \
    " | tail -n +2 | sort > theirs && test -s ours && diff ours theirs"

START_TEST(a_study_clumps_as_plink_does)
{
    check_out(MAKE_X MAKE_Y("0") STUDY("p_threshold = 1 clump_p = 1e-4 clump_r2 = 0.1 "
                                       "clump_kb = 250")
                  RUN SAME_AS("small_r2_0.1_kb_250_p1_1e-4_p2_1e-2.tsv"),
              "");
    check_out(STUDY("p_threshold = 1 clump_p = 1e-4 clump_r2 = 0.5 clump_kb = 250")
                  RUN SAME_AS("small_r2_0.5_kb_250_p1_1e-4_p2_1.tsv"),
              "");
    /* the distance left out is 10,000 kb; the command line comes over the study file */
    check_out(STUDY("p_threshold = 1 clump_p = 1e-5 clump_r2 = 0.001")
                  RUN SAME_AS("small_r2_0.001_kb_10000_p1_1e-5_p2_1e-2.tsv"),
              "");
    check_out(STUDY("p_threshold = 1 clump_p = 1e-5 clump_r2 = 0.001") RUN
              " --p1 1e-4 --r2 0.5 --kb 250" SAME_AS("small_r2_0.5_kb_250_p1_1e-4_p2_1.tsv"),
              "");
}
END_TEST

/* What was removed names an index variant that is kept; r2 is above the limit. */
START_TEST(what_is_clumped_away_names_its_index_variant)
{
    check_out(MAKE_X MAKE_Y("0") STUDY("p_threshold = 1e-4 clump_r2 = 0.1 clump_kb = 250") RUN
              " && awk -F '\\t' 'NR > 1 && $5 == \"kept\" {kept[$2] = 1} "
              "$5 == \"in LD with an index variant\" {claimed[$2] = $8; r2[$2] = $9} "
              "END {for (id in claimed) {n++; if (!(claimed[id] in kept) || r2[id] <= 0.1 || "
              "r2[id] > 1 || (id in kept)) print id, claimed[id], r2[id]} print (n > 20)}' "
              "out/ledger.tsv",
              "1\n");
}
END_TEST

START_TEST(what_the_reference_lacks_is_said_counted_and_in_the_ledger)
{
    struct said said = program_say(
        MAKE_X
        "sed -i 's/^rs9\\t/rsX\\t/; s/^rs18\\t\\([0-9]*\\)\\t\\([0-9]*\\)\\t.\\t./"
        "rs18\\t\\1\\t\\2\\tACG\\tG/' x.tsv; sed -n '/^rsX/p' x.tsv | cut -f 4,5;" MAKE_Y("0")
            STUDY("p_threshold = 1 clump_r2 = 0.1 clump_kb = 1") "taxamr run . -o out > said; "
                                                                 "grep -E '^x.(rsX|rs18)' "
                                                                 "out/ledger.tsv | cut -f "
                                                                 "2,4,5,8");

    ck_assert_msg(said.status == 0, "%s", said.err);
    /* by its place, although its id is another */
    ck_assert_ptr_nonnull(strstr(said.err, "1 of 3000 instruments have another id"));
    ck_assert_ptr_nonnull(strstr(said.err, "1 of 3000 instruments have other alleles"));
    ck_assert_msg(strstr(said.out, "rs18\tFALSE\talleles differ from the reference's\tNA") !=
                      NULL,
                  "%s", said.out);
    said_drop(&said);
    said = program_say(
        "sed 's/^rs\\([0-9]*7\\)\\t\\([0-9]*\\)\\t\\([0-9]*\\)/ss\\1\\t\\2\\tNA/' "
        "x.tsv > a && mv a x.tsv; " STUDY(
            "p_threshold = 1 clump_r2 = 0.1 clump_kb = 1") "taxamr run . -o out > said; grep "
                                                           "-c 'not in the reference' "
                                                           "out/ledger.tsv");
    ck_assert_msg(strcmp(said.out, "300\n") == 0, "%s", said.out);
    ck_assert_ptr_nonnull(
        strstr(said.err, "300 of 3000 instruments are not in this reference"));
    said_drop(&said);
    refuses(MAKE_X "sed 's/^rs/zz/' x.tsv | cut -f 1,4-9 > a; mv a x.tsv; " RUN, 1,
            "found none of the 3000 instruments in this reference; it has ids as rs1");
    refuses("sed -i 's/small/none/' study.conf; " RUN, 1, "none.bed: cannot open the file");
}
END_TEST

START_TEST(without_a_reference_distance_is_said)
{
    struct said said = program_say(
        "printf 'SNP chr pos effect_allele other_allele beta se pval\\n"
        "a 1 1000 A G .1 .01 1e-20\\nb 1 1900 A G .1 .01 1e-30\\nc 1 2900 A G .1 .01 1e-10\\n"
        "d NA NA A G .1 .01 1e-9\\n' > x.tsv; cp x.tsv y.tsv; echo 'exposure \"x\" { "
        "instruments "
        "= \"x.tsv\" all_instruments = true clump_kb = 1 } outcome \"y\" { associations = "
        "\"y.tsv\" }' > study.conf; taxamr run . -o out > said; cut -f 2,5,8,9 out/ledger.tsv");

    ck_assert_str_eq(said.out, "SNP\treason\tother\tr2\n"
                               "d\tno position to tell what is near\tNA\tNA\n"
                               "a\tnear an index variant, LD unknown\tb\tNA\n"
                               "b\tkept\tNA\tNA\nc\tkept\tNA\tNA\n");
    ck_assert_ptr_nonnull(strstr(
        said.err, "instruments of \"x\" are pruned by distance alone (1 kb), without LD"));
    ck_assert_ptr_nonnull(
        strstr(said.err, "1 instruments are left out: no position to tell what is near"));
    said_drop(&said);
}
END_TEST

/* Seven people. rs1 and rs2 are alike with their alleles changed round, rs3 is alike but for
 * one person, rs4 is palindromic and like rs1, rs5 is free. */
static void make_seven(void)
{
    static const char *const rows[] = {"2200110", "0022112", "2200111",
                                       "2200110", "0120210", NULL};

    write_bed("seven.bed", rows);
    write_text("seven.bim", "1 rs1 0 1000 A G\n1 rs2 0 1999 C T\n1 rs3 0 2000 A G\n"
                            "1 rs4 0 3001 A T\n1 rs5 0 3500 A C\n");
    write_text("seven.fam", "f a 0 0 1\nf b 0 0 1\nf c 0 0 1\nf d 0 0 1\nf e 0 0 1\nf f 0 0 2\n"
                            "f g 0 0 2\n");
    write_text("x.tsv", "SNP effect_allele other_allele eaf beta se pval\n"
                        "rs1 A G .43 .1 .01 1e-20\n");
    write_text("study.conf", "reference = \"seven\"\nexposure \"x\" { instruments = \"x.tsv\"\n"
                             "all_instruments = true }\n"
                             "outcome \"y\" { associations = \"y.tsv\" }\n");
}

#define HEADER "SNP effect_allele other_allele eaf beta se pval\n"
#define PROXIED RUN " --table harmonised --proxies "
#define SHOW                                                                                   \
    " && tail -n 1 out/harmonised.tsv | cut -f 4,5,6,11,17,18,22,23 | awk 'BEGIN {FS = OFS = " \
    "\"\\t\"} $8 != \"NA\" {$8 = sprintf(\"%.9g\", $8)} {print}'"

START_TEST(a_proxy_stands_under_the_alleles_that_go_together)
{
    make_seven();
    /* A of rs1 goes with T of rs2: the effect per C is minus that per A */
    write_text("y.tsv", HEADER "rs2 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t-0.3\tTRUE\tkept\trs2\t1\n");
    write_text("y.tsv", HEADER "rs2 T C .43 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t0.3\tTRUE\tkept\trs2\t1\n");
    /* on the other strand */
    write_text("y.tsv", HEADER "rs2 A G .43 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t0.3\tTRUE\tkept\trs2\t1\n");
    /* told on the exposure's other allele */
    write_text("x.tsv", HEADER "rs1 G A .57 -.1 .01 1e-20\n");
    check_out(PROXIED ".9" SHOW, "rs1\tG\tA\t-0.3\tTRUE\tkept\trs2\t1\n");
    /* alleles of no such variant: none */
    write_text("y.tsv", HEADER "rs2 A C .43 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tG\tA\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
}
END_TEST

START_TEST(the_best_proxy_is_taken_and_none_unless_asked)
{
    make_seven();
    write_text("y.tsv", HEADER "rs5 A C .4 .5 .02 .5\nrs3 A G .43 .4 .02 .5\n"
                               "rs2 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".1" SHOW, "rs1\tA\tG\t-0.3\tTRUE\tkept\trs2\t1\n");
    check_out(RUN " --table harmonised" SHOW,
              "rs1\tA\tG\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
    write_text("y.tsv", HEADER "rs5 A C .4 .5 .02 .5\nrs3 A G .43 .4 .02 .5\n");
    check_out(PROXIED ".99" SHOW, "rs1\tA\tG\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
    check_out(PROXIED ".5" SHOW " | cut -f 1-7", "rs1\tA\tG\t0.4\tTRUE\tkept\trs3\n");
    /* it is in the ledger, kept, with its proxy */
    check_out(RUN " --table ledger --proxies .5 && tail -n 1 out/ledger.tsv | cut -f 2,4,5,8",
              "rs1\tTRUE\tkept\trs3\n");
    /* an instrument that is there needs none */
    write_text("y.tsv", HEADER "rs1 A G .43 .1 .02 .5\nrs2 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".5" SHOW, "rs1\tA\tG\t0.1\tTRUE\tkept\tNA\tNA\n");
}
END_TEST

#define PLACED "SNP chr pos effect_allele other_allele eaf beta se pval\n"

START_TEST(a_proxy_is_found_by_its_place)
{
    make_seven();
    write_text("y.tsv", PLACED "1:1999:C:T 1 1999 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t-0.3\tTRUE\tkept\trs2\t1\n");
    /* out of a whole file, of which nothing else is read */
    check_out("sed -i 's/associations =/file =/' study.conf; " PROXIED ".9" SHOW,
              "rs1\tA\tG\t-0.3\tTRUE\tkept\trs2\t1\n");
    /* its own id comes first, whatever stands at its place */
    write_text("y.tsv", PLACED "x 1 1999 C T .57 .3 .02 .5\nrs2 1 5555 C T .57 .4 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t-0.4\tTRUE\tkept\trs2\t1\n");
    /* other alleles at the place are another variant */
    write_text("y.tsv", PLACED "1:1999:A:C 1 1999 A C .57 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
}
END_TEST

/* Positions of another build, as an instrument with an equal id shows, find no proxy. */
START_TEST(places_of_another_build_find_none)
{
    make_seven();
    write_text("x.tsv", HEADER "rs1 A G .43 .1 .01 1e-20\nrs5 A C .4 .1 .01 1e-20\n");
    write_text("y.tsv", PLACED "rs5 1 9500 A C .4 .5 .02 .5\nz 1 1999 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".9 && grep ^x out/harmonised.tsv | cut -f 4,18,22",
              "rs1\tnot in the outcome\tNA\nrs5\tkept\tNA\n");
    write_text("y.tsv", PLACED "rs5 1 3500 A C .4 .5 .02 .5\nz 1 1999 C T .57 .3 .02 .5\n");
    check_out(PROXIED ".9 && grep ^x out/harmonised.tsv | cut -f 4,18,22",
              "rs1\tkept\trs2\nrs5\tkept\tNA\n");
}
END_TEST

START_TEST(palindromic_proxies_need_their_frequency)
{
    static const char *const rows[] = {"2000010000", "2000010000", "0000001000", NULL};

    make_seven();
    /* too common in the reference: 8 of 14 */
    write_text("y.tsv", HEADER "rs4 A T .57 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
    /* letters are enough where everything is said to be forward */
    check_out("sed -i '1i action = 1' study.conf; " PROXIED ".9" SHOW,
              "rs1\tA\tG\t0.3\tTRUE\tkept\trs4\t1\n");
    write_bed("ten.bed", rows);
    write_text("ten.bim", "1 rs1 0 1000 A G\n1 rs4 0 2000 A T\n1 rs6 0 2000 A G\n");
    write_text("ten.fam", "1 1 0 0 1\n2 2 0 0 1\n3 3 0 0 1\n4 4 0 0 1\n5 5 0 0 1\n6 6 0 0 1\n"
                          "7 7 0 0 1\n8 8 0 0 1\n9 9 0 0 1\n10 10 0 0 1\n");
    write_text("x.tsv", HEADER "rs1 A G .15 .1 .01 1e-20\n");
    write_text("y.tsv", HEADER "rs4 A T .15 .3 .02 .5\n");
    check_out("sed -i 's/seven/ten/; s/action = 1/action = 2/' study.conf; " PROXIED ".9" SHOW,
              "rs1\tA\tG\t0.3\tTRUE\tkept\trs4\t1\n");
    /* A of a frequency of .85 is T of the reference's strand */
    write_text("y.tsv", HEADER "rs4 A T .85 .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\t-0.3\tTRUE\tkept\trs4\t1\n");
    write_text("y.tsv", HEADER "rs4 A T NA .3 .02 .5\n");
    check_out(PROXIED ".9" SHOW, "rs1\tA\tG\tNA\tFALSE\tnot in the outcome\tNA\tNA\n");
}
END_TEST

/* Rows of the small set by the number of their people with 2, 1 and 0 copies of A1. */
struct small {
    unsigned char *bed;
    size_t count;
    double position[4000];
    int chromosome[4000];
};

enum { SMALL_PEOPLE = 300 };

static void read_small(struct small *small)
{
    struct text path = {0};
    FILE *file;
    char line[256];

    text_addf(&path, "%s/tests/golden/clump/small.bed", getenv("ROOT"));
    file = fopen(path.bytes, "rb");
    ck_assert_ptr_nonnull(file);
    small->bed = memory_get(300000, 1);
    ck_assert_uint_gt(fread(small->bed, 1, 300000, file), 1000);
    fclose(file);
    memcpy(path.bytes + path.length - 2, "im", 2);
    file = fopen(path.bytes, "r");
    while (fgets(line, sizeof line, file) != NULL) {
        ck_assert_int_eq(sscanf(line, "%d %*s %*s %lf", &small->chromosome[small->count],
                                &small->position[small->count]),
                         2);
        small->count++;
    }
    fclose(file);
    text_drop(&path);
}

static int copies(const struct small *small, size_t row, size_t person)
{
    int pair = small->bed[3 + row * (SMALL_PEOPLE / 4) + person / 4] >> (person % 4 * 2) & 3;

    return pair == 0 ? 2 : pair == 2 ? 1 : pair == 3 ? 0 : -1;
}

/* r by an EM that is told nothing, from one start; haplotypes 11, 12, 21, 22. */
static double slow_r(const struct small *small, size_t one, size_t other)
{
    double known[4] = {0}, either = 0, all, share[4], same = 0.5, p, q;

    for (size_t i = 0; i < SMALL_PEOPLE; i++) {
        int a = copies(small, one, i), b = copies(small, other, i);

        if (a < 0 || b < 0) {
            continue;
        }
        if (a == 1 && b == 1) {
            either++;
            continue;
        }
        /* two haplotypes, told by what is homozygous */
        for (int side = 0; side < 2; side++) {
            int x = a == 2 || (a == 1 && side == 0), y = b == 2 || (b == 1 && side == 0);

            known[(x ? 0 : 2) + (y ? 0 : 1)]++;
        }
    }
    all = known[0] + known[1] + known[2] + known[3] + 2 * either;
    for (int step = 0; step < 5000; step++) {
        for (int i = 0; i < 4; i++) {
            share[i] = (known[i] + either * (i == 0 || i == 3 ? same : 1 - same)) / all;
        }
        same = share[0] * share[3] / (share[0] * share[3] + share[1] * share[2]);
    }
    p = share[0] + share[1];
    q = share[0] + share[2];
    return (share[0] - p * q) / sqrt(p * (1 - p) * q * (1 - q));
}

/* Whether the outcome has row `i` (ids are rs1, rs2 ...): it lacks every third. */
static bool is_in_outcome(size_t i)
{
    return (i + 1) % 3 != 0;
}

/* Checks one line of the harmonised table: id, effect, the outcome's effect, proxy, r2. */
static void check_proxy(const struct small *small, const char *id, double effect,
                        const char *proxy, double r2)
{
    size_t own = strtoul(id + 2, NULL, 10) - 1, best = 0;
    double most = 0;

    for (size_t i = 0; i < small->count; i++) {
        double r;

        if (i == own || small->chromosome[i] != small->chromosome[own] || !is_in_outcome(i) ||
            fabs(small->position[i] - small->position[own]) > 500000) {
            continue;
        }
        r = slow_r(small, own, i);
        if (r * r > most * most + 1e-9) {
            most = r;
            best = i;
        }
    }
    if (strcmp(proxy, "NA") == 0) {
        /* nothing there, or palindromic ones alone */
        return;
    }
    size_t named = strtoul(proxy + 2, NULL, 10) - 1;
    double r = slow_r(small, own, named);
    ck_assert_msg(fabs(r * r - r2) < 1e-5, "%s, %s: r2 %g, not %g", id, proxy, r2, r * r);
    ck_assert_msg(named == best || r2 < most * most - 1e-9, "%s: %s, not rs%zu", id, proxy,
                  best + 1);
    /* effects are -0.2 per the second allele of (0.05 + row % 7 / 100), its sign by the row */
    double of_first =
        0.2 * (0.05 + (double)((named + 1) % 7) / 100) * ((named + 1) % 2 != 0 ? 1 : -1);
    golden_close(id, effect, r > 0 ? of_first : -of_first, 1e-9);
}

START_TEST(proxies_are_those_of_a_slow_em)
{
    struct small *small = memory_get(1, sizeof *small);
    char *out, *at;
    size_t proxied = 0, rows = 0, most = 0;

    read_small(small);
    out = out_of(MAKE_X MAKE_Y("(NR - 1) % 3 == 0")
                     STUDY("p_threshold = 1e-4 clump_r2 = 0.1 proxies = 0.2 clump_kb = 250") RUN
                 " --table harmonised && tail -n +2 out/harmonised.tsv | cut -f 4,11,22,23");
    for (at = out; *at != '\0'; at = strchr(at, '\n') + 1) {
        char id[32], effect[32], proxy[32], r2[32];

        ck_assert_int_eq(sscanf(at, "%31s %31s %31s %31s", id, effect, proxy, r2), 4);
        rows++;
        if (!is_in_outcome(strtoul(id + 2, NULL, 10) - 1)) {
            check_proxy(small, id, strtod(effect, NULL), proxy, strtod(r2, NULL));
            proxied += strcmp(proxy, "NA") != 0;
            most++;
        } else {
            ck_assert_str_eq(proxy, "NA");
        }
    }
    ck_assert_uint_gt(rows, 100);
    ck_assert_msg(proxied > 10 && proxied <= most, "%zu of %zu", proxied, most);
    memory_free(out);
    memory_free(small->bed);
    memory_free(small);
}
END_TEST

/* Whole GWAS files: the outcome's is read at the instruments and at their proxies alone. */
START_TEST(whole_files_give_the_same)
{
    check_out(
        MAKE_X MAKE_Y("(NR - 1) % 3 == 0")
            STUDY("p_threshold = 1e-4 clump_r2 = 0.1 proxies = 0.2 clump_kb = 250") RUN
        " --table harmonised && cp out/harmonised.tsv tables && grep -c '\trs[0-9]*\t[0-9.]*$' "
        "tables | awk '{print ($1 > 10)}'; sed -i 's/instruments =/file =/; s/associations "
        "=/file =/' study.conf; " RUN " --table harmonised && cmp out/harmonised.tsv tables",
        "1\n");
}
END_TEST

/* The same estimates as from the file that clump writes, whose variants are of one chromosome.
 */
START_TEST(correlations_are_those_that_clump_writes)
{
    char *ours = out_of(
        MAKE_X "awk 'NR == 1 || ($2 == 1 && $3 < 3000000)' x.tsv > a; mv a x.tsv; " MAKE_Y(
            "0") "sed -i 's/effect_allele/was/; s/other_allele/effect_allele/; "
                 "s/was/other_allele/' "
                 "x.tsv; "
                 "awk 'BEGIN {OFS = \"\\t\"} NR > 1 {$6 = 1 - $6; $7 = -$7} {print}' x.tsv > "
                 "a; "
                 "mv a x.tsv; " STUDY(
                     "p_threshold = 1e-4 clump_r2 = 0.3 clump_kb = 250 correlations = true") RUN
        " --methods ivw,egger,gsmr && cut -f 4-8 out/estimates.tsv");
    char *theirs = out_of(
        "taxamr clump x.tsv --bfile " GOLDEN
        "small --p1 1e-4 --r2 0.3 --kb 250 -q --ld-out ld > "
        "said; taxamr mr out/harmonised.tsv --ld ld -q --methods ivw,egger,gsmr | cut -f 4-8");
    char *without = out_of("taxamr mr out/harmonised.tsv -q --methods ivw,egger | cut -f 4-8");
    char *a = ours, *b = theirs;

    ck_assert_str_ne(ours, without);
    for (size_t cells = 0; *a != '\0' && *b != '\0'; cells++) {
        size_t one = strcspn(a, "\t\n"), other = strcspn(b, "\t\n");
        char *end;
        double x = strtod(a, &end), y = strtod(b, NULL);

        if (end == a + one && one > 0) {
            golden_close("cell", x, y, 1e-9);
        } else {
            ck_assert_msg(one == other && strncmp(a, b, one) == 0, "%.*s, not %.*s", (int)one,
                          a, (int)other, b);
        }
        a += one + (a[one] != '\0');
        b += other + (b[other] != '\0');
    }
    ck_assert(*a == '\0' && *b == '\0');
    memory_free(ours);
    memory_free(theirs);
    memory_free(without);
}
END_TEST

#define FEW                                                                                    \
    "printf 'SNP chr pos effect_allele other_allele eaf beta se pval info\\n"                  \
    "a 2 136608646 A G .3 .1 .01 1e-20 .9\\nb 1 1900 A G .004 .1 .01 1e-30 .95\\n"             \
    "c 6 29000000 A C .5 .1 .01 1e-10 .3\\nd 3 5 A G NA .04 .01 1e-9 NA\\n"                    \
    "e 4 5 A G .999 .02 .01 1e-5 1\\n' > x.tsv; cp x.tsv y.tsv; "                              \
    "echo 'exposure \"x\" { instruments = \"x.tsv\" all_instruments = true } outcome \"y\" { " \
    "associations = \"y.tsv\" }' > study.conf; "
#define REASONS " --table ledger && tail -n +2 out/ledger.tsv | sort -k 2,2 | cut -f 2,5"

START_TEST(filters_are_off_unless_asked)
{
    check_out(FEW RUN REASONS, "a\tkept\nb\tkept\nc\tkept\nd\tkept\ne\tkept\n");
    check_out(RUN " --min-maf 0.01" REASONS,
              "a\tkept\nb\tMAF below the limit\nc\tkept\nd\tno EAF to tell its MAF\n"
              "e\tMAF below the limit\n");
    check_out(RUN " --min-info 0.9" REASONS,
              "a\tkept\nb\tkept\nc\tINFO below the limit\nd\tno INFO\ne\tkept\n");
    check_out(RUN " --min-f 16.1" REASONS,
              "a\tkept\nb\tkept\nc\tkept\nd\tF below the limit\ne\tF below the limit\n");
    check_out(RUN " --exclude-regions lct" REASONS,
              "a\tin a region left out\nb\tkept\nc\tkept\nd\tkept\ne\tkept\n");
    check_out(RUN " --exclude-regions all" REASONS,
              "a\tin a region left out\nb\tkept\nc\tin a region left out\nd\tkept\ne\tkept\n");
    /* the study file says the same */
    check_out("sed -i '1i min_maf = 0.01\\nexclude_regions = \"HLA\"' study.conf; " RUN REASONS,
              "a\tkept\nb\tMAF below the limit\nc\tin a region left out\n"
              "d\tno EAF to tell its MAF\ne\tMAF below the limit\n");
    check_out("sed -i 's/min_maf = 0.01/min_info = 0.9 min_f = 99.9/' study.conf; " RUN REASONS,
              "a\tkept\nb\tkept\nc\tINFO below the limit\nd\tno INFO\ne\tF below the limit\n");
}
END_TEST

START_TEST(regions_are_marked)
{
    check_out(FEW RUN " --table harmonised && cut -f 4,21 out/harmonised.tsv | tail -n +2",
              "a\tLCT\nb\tNA\nc\tHLA\nd\tNA\ne\tNA\n");
    /* of a build that is known the other's bounds do not count */
    check_out("sed -i 's/136608646/134900000/' x.tsv; " RUN
              " --table harmonised && cut -f 4,21 out/harmonised.tsv | sed -n 2p; "
              "sed -i '1i build = 37' study.conf; " RUN
              " --table harmonised && cut -f 4,21 out/harmonised.tsv | sed -n 2p",
              "a\tLCT\na\tNA\n");
    check_out(FEW "printf 'open\\ntab forest\\nopen\\nsnapshot shot\\n' > script; "
                  "taxamr . --script script --size 100x30 -q; "
                  "grep -c '! In the LCT region, which acts on many traits' shot",
              "1\n");
    check_out("taxamr plot forest . --width 100 | grep -c -E '^  a +LCT !|^  ! acts on many "
              "traits.*LCT .1'",
              "2\n");
}
END_TEST

START_TEST(what_does_not_go_together_is_refused)
{
    static const char *const lines[][2] = {
        {FEW RUN " --r2 0.1", "an r2 to clump by and no reference"},
        {RUN " --proxies 0.8", "proxies are asked for, and no reference"},
        {RUN " --p1 1e-8", "a P to clump by and nothing else"},
        {"sed -i '1i correlations = true' study.conf; " RUN,
         "correlations are asked for, and no"},
        {FEW RUN " --exclude-regions LCT,ABC", "the region 'ABC', which is not known"},
        {"sed -i '1i build = 36' study.conf; " RUN, "build"},
        {FEW "sed -i '1i clump_r2 = 1' study.conf; " RUN, "from 0 up to but not 1"},
        {FEW "sed -i '1i proxies = 1.1' study.conf; " RUN, "above 0 and at most 1"},
        {"taxamr run lipid-chd -q -o out --min-f 10", "pairs, which are harmonised already"},
    };
    static const char *const usage[][2] = {
        {RUN " --min-maf 0.6", "--min-maf 0.6; write"},
        {RUN " --min-info -1", "--min-info -1; write"},
        {RUN " --min-f x", "--min-f x; write"},
        {RUN " --proxies 0", "--proxies 0; write"},
        {"taxamr mr x.tsv --proxies 0.8", "`mr`"},
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        refuses(lines[i][0], 1, lines[i][1]);
    }
    for (size_t i = 0; i < sizeof usage / sizeof usage[0]; i++) {
        refuses(usage[i][0], 2, usage[i][1]);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_study_clumps_as_plink_does,
        what_is_clumped_away_names_its_index_variant,
        what_the_reference_lacks_is_said_counted_and_in_the_ledger,
        without_a_reference_distance_is_said,
        a_proxy_stands_under_the_alleles_that_go_together,
        the_best_proxy_is_taken_and_none_unless_asked,
        a_proxy_is_found_by_its_place,
        places_of_another_build_find_none,
        palindromic_proxies_need_their_frequency,
        proxies_are_those_of_a_slow_em,
        whole_files_give_the_same,
        correlations_are_those_that_clump_writes,
        filters_are_off_unless_asked,
        regions_are_marked,
        what_does_not_go_together_is_refused,
    };
    int status;

    program_folder();
    status = golden_run("choose", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return status;
}
