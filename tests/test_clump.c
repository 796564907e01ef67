/*
 * Clumping: what PLINK 1.9 answers in every parameter set, r2 against a slow EM, ties, edges of
 * the window, what is dropped and refused, and distance alone.
 */
#include "base/arena.h"
#include "instrument/clump.h"
#include "instrument/haplotype.h"
#include "plink_fixture.h"
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define GOLDEN "$ROOT/tests/golden/clump/"
#define SMALL "taxamr clump " GOLDEN "small.p --bfile " GOLDEN "small "

/* What a line prints when all is well and nothing is complained of; to be freed. */
static char *prints(const char *line)
{
    struct said said = program_say(line);
    char *out = memory_copy_text(said.out);

    ck_assert_msg(said.status == 0, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(said.err[0] == '\0', "%s: %s", line, said.err);
    said_drop(&said);
    return out;
}

static void check_prints(const char *line, const char *wanted)
{
    char *out = prints(line);

    ck_assert_msg(strcmp(out, wanted) == 0, "%s printed\n%s and not\n%s", line, out, wanted);
    memory_free(out);
}

/* The value behind "NAME_" in a file's name. */
static void add_parameter(struct text *line, const char *name, const char *mark,
                          const char *option)
{
    const char *at = strstr(name, mark);
    size_t length;

    ck_assert_msg(at != NULL, "%s in %s", mark, name);
    at += strlen(mark);
    length = strcspn(at, "_");
    if (at[length] == '\0') {
        length -= strlen(".tsv");
    }
    text_addf(line, " --%s %.*s", option, (int)length, at);
}

static char *line_of(const char *name)
{
    struct text line = {0};
    bool is_whole = strncmp(name, "g1000", 5) == 0;

    text_addf(&line, "taxamr clump -q " GOLDEN "%s --bfile " GOLDEN "%.*s",
              is_whole                         ? "bolt.sumstats.txt.gz"
              : strncmp(name, "small", 5) == 0 ? "small.p"
                                               : "mixed.p",
              (int)strcspn(name, "_"), name);
    add_parameter(&line, name, is_whole ? "_p" : "_p1_", "p1");
    add_parameter(&line, name, "_r2_", "r2");
    add_parameter(&line, name, "_kb_", "kb");
    return text_take(&line);
}

/* Chromosome, id and position as they are; P to the three digits that PLINK prints. */
static void check_rows(const char *name, const char *got, const char *want)
{
    size_t row = 0;

    for (; *want != '\0' && *got != '\0'; row++) {
        size_t ours = strcspn(got, "\n"), theirs = strcspn(want, "\n");
        const char *end = want + theirs;
        size_t upto;

        while (row > 0 && end[-1] != '\t') {
            end--;
        }
        upto = (size_t)(end - want);
        ck_assert_msg(upto <= ours && strncmp(got, want, upto) == 0,
                      "%s, row %zu: %.*s, not %.*s", name, row, (int)ours, got, (int)theirs,
                      want);
        if (row > 0) {
            golden_close(name, strtod(got + upto, NULL), strtod(end, NULL), 5.1e-3);
        }
        got += ours + 1;
        want += theirs + 1;
    }
    ck_assert_msg(*want == '\0' && *got == '\0', "%s: %s%s", name, got, want);
    ck_assert_uint_gt(row, 10);
}

static void check_golden(const char *folder, const char *name)
{
    struct text path = {0};
    char *line = line_of(name), *got = prints(line), *want;

    text_addf(&path, "%s/%s", folder, name);
    want = program_file(path.bytes);
    ck_assert_ptr_nonnull(want);
    check_rows(name, got, want);
    memory_free(want);
    memory_free(got);
    memory_free(line);
    text_drop(&path);
}

START_TEST(every_parameter_set_equals_plink)
{
    struct text folder = {0};
    struct dirent *entry;
    size_t count = 0;
    DIR *listing;

    text_addf(&folder, "%s/tests/golden/clump", getenv("ROOT"));
    listing = opendir(folder.bytes);
    ck_assert_ptr_nonnull(listing);
    while ((entry = readdir(listing)) != NULL) {
        const char *end = strrchr(entry->d_name, '.');

        if (strcmp(end, ".tsv") == 0) {
            check_golden(folder.bytes, entry->d_name);
            count++;
        }
    }
    closedir(listing);
    ck_assert_uint_eq(count, 14);
    text_drop(&folder);
}
END_TEST

START_TEST(threads_change_nothing)
{
    char *one = prints(SMALL "--p1 1 --r2 0.01 --kb 1000 --threads 1");

    check_prints(SMALL "--p1 1 --r2 0.01 --kb 1000 --threads 7", one);
    memory_free(one);
}
END_TEST

/* Haplotype shares as EM finds them from a start; their log likelihood. */
static double climb(const struct genotype_table *table, double start, double share[2][2])
{
    double known[2][2], all = 0, sum = 0;
    double either = table->count[1][1], same = start * either;

    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            known[a][b] = 2.0 * table->count[2 * a][2 * b] + table->count[2 * a][1] +
                          table->count[1][2 * b];
            all += known[a][b];
        }
    }
    all += 2 * either;
    for (int step = 0; step < 100000; step++) {
        double last = same, together, apart;

        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                share[a][b] = (known[a][b] + (a == b ? same : either - same)) / all;
            }
        }
        together = share[0][0] * share[1][1];
        apart = share[0][1] * share[1][0];
        same = together + apart > 0 ? either * together / (together + apart) : same;
        if (fabs(same - last) < 1e-15 * all) {
            break;
        }
    }
    sum = either > 0 ? either * log(share[0][0] * share[1][1] + share[0][1] * share[1][0]) : 0;
    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            sum += known[a][b] > 0 ? known[a][b] * log(share[a][b]) : 0;
        }
    }
    return sum;
}

/* r2 at the best of many starts; *rival is how much worse the best with another r2 is. */
static double slow_r2(const struct genotype_table *table, double *rival)
{
    double best = -INFINITY, r2 = NAN;

    *rival = INFINITY;
    for (int start = 0; start <= 20; start++) {
        double share[2][2], one, other, r, like = climb(table, start / 20.0, share);

        one = share[0][0] + share[0][1];
        other = share[0][0] + share[1][0];
        r = share[0][0] - one * other;
        r = r * r / (one * (1 - one) * other * (1 - other));
        if (like > best) {
            *rival = fabs(r - r2) > 1e-6 ? like - best : *rival;
            best = like;
            r2 = r;
        } else if (fabs(r - r2) > 1e-6) {
            *rival = fmin(*rival, best - like);
        }
    }
    return r2;
}

/* Few people, so that zeros and several maxima come up, and many. */
static struct genotype_table random_table(int most)
{
    struct genotype_table table = {0};

    for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
            table.count[a][b] = rand() % 3 == 0 ? 0 : (uint32_t)(rand() % most);
        }
    }
    return table;
}

START_TEST(r2_is_that_of_a_slow_em)
{
    size_t compared = 0;

    srand(3);
    for (int i = 0; i < 3000; i++) {
        struct genotype_table table = random_table(i % 2 == 0 ? 6 : 200);
        double rival, got = haplotype_r2(&table), want = slow_r2(&table, &rival);

        ck_assert(isnan(got) || (got >= 0 && got <= 1 + 1e-9));
        if (!isnan(got) && rival > 1e-6) {
            ck_assert_msg(fabs(got - want) < 1e-5, "table %d: %.10g, not %.10g", i, got, want);
            compared++;
        }
    }
    ck_assert_uint_gt(compared, 2500);
}
END_TEST

/* One variant of a table by itself. */
static struct genotype_tally tally_of(const struct genotype_table *table, bool is_first)
{
    struct genotype_tally tally = {.is_diploid = true, .is_whole = true};

    for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
            tally.count[is_first ? a : b] += table->count[a][b];
            tally.people += table->count[a][b];
        }
    }
    return tally;
}

/* What is told without the table is what the table tells. */
static enum haplotype_side settle(const struct genotype_table *table, double limit)
{
    struct genotype_tally one = tally_of(table, true), other = tally_of(table, false);
    struct haplotype_margin of_one = haplotype_margin_of(&one),
                            of_other = haplotype_margin_of(&other);
    struct genotype_pair pair = {.opposite = table->count[0][2] + table->count[2][0],
                                 .homozygous = table->count[0][0] + table->count[0][2] +
                                               table->count[2][0] + table->count[2][2]};

    return haplotype_settle(&one, &of_one, &other, &of_other, &pair, limit);
}

/* Bounds of the odds with up to `missing` people more of either variant, who are not in the
 * table, as those of whole variants and of such whose people are missing. */
static bool may_exceed(const struct genotype_table *table, uint32_t missing, double limit)
{
    struct genotype_tally one = tally_of(table, true), other = tally_of(table, false);

    one.people = other.people += 2 * missing;
    one.count[rand() % 3] += missing;
    other.count[rand() % 3] += missing;
    one.is_whole = other.is_whole = missing == 0;
    return haplotype_may_exceed(haplotype_odds_of(&one, missing),
                                haplotype_odds_of(&other, missing), limit);
}

/* As many as a large cohort has, few of them with one of the rarer alleles. */
static struct genotype_table rare_table(void)
{
    struct genotype_table table = random_table(4);

    for (int a = 0; a < 3; a++) {
        if (rand() % 3 == 0) {
            table.count[a][(a + 1) % 3] = table.count[a][(a + 2) % 3] = 0;
        }
    }
    table.count[2][2] = 500000;
    return table;
}

START_TEST(bounds_never_decide_otherwise)
{
    static const double limits[] = {0, 0.001, 0.1, 0.5, 0.9, 1};
    size_t settled = 0, ruled_out = 0, pairs = 0;

    srand(7);
    for (int i = 0; i < 40000; i++) {
        struct genotype_table table =
            i % 3 == 0 ? rare_table() : random_table(i % 3 == 1 ? 6 : 200);
        double limit = limits[i / 3 % 6];
        bool is_above = haplotype_exceeds(&table, limit);
        enum haplotype_side side = settle(&table, limit);
        bool may = may_exceed(&table, (uint32_t)(rand() % 3), limit);

        ck_assert_int_eq(is_above, haplotype_r2(&table) > limit);
        ck_assert(side == HAPLOTYPE_UNSETTLED || (side == HAPLOTYPE_ABOVE) == is_above);
        ck_assert_msg(may || !is_above, "table %d, r2 %g", i, haplotype_r2(&table));
        settled += side != HAPLOTYPE_UNSETTLED;
        ruled_out += !may;
        pairs++;
    }
    ck_assert_uint_gt(settled, pairs / 3);
    ck_assert_uint_gt(ruled_out, pairs / 20);
}
END_TEST

START_TEST(r2_of_hand_made_tables)
{
    /* no phase to find: haplotypes 11 six times, 12 twice, 22 four times */
    struct genotype_table plain = {.count = {{3, 0, 1}, {0, 0, 0}, {0, 0, 2}}};
    double d = 6.0 / 12 - 8.0 / 12 * 6 / 12;

    golden_close("plain", haplotype_r2(&plain), d * d / (8.0 / 12 * 4 / 12 * 6 / 12 * 6 / 12),
                 1e-14);
    /* everyone heterozygous at both: complete LD either way */
    golden_close("hets", haplotype_r2(&(struct genotype_table){.count = {{0}, {0, 7, 0}}}), 1,
                 1e-14);
    golden_close(
        "equal",
        haplotype_r2(&(struct genotype_table){.count = {{3, 0, 0}, {0, 4, 0}, {0, 0, 2}}}), 1,
        1e-12);
    golden_close(
        "free",
        haplotype_r2(&(struct genotype_table){.count = {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}}), 0,
        1e-12);
    ck_assert(isnan(haplotype_r2(&(struct genotype_table){0})));
    ck_assert(isnan(haplotype_r2(&(struct genotype_table){.count = {{5, 4, 3}, {0}, {0}}})));
    ck_assert(
        isnan(haplotype_r2(&(struct genotype_table){.count = {{5, 0, 0}, {6, 0, 0}, {7}}})));
    /* men's X: the same people as one haplotype each */
    struct genotype_table men = {.count = {{6, 0, 2}, {0, 0, 0}, {0, 0, 4}},
                                 .haploid = {{6, 0, 2}, {0, 0, 0}, {0, 0, 4}}};
    golden_close("men", haplotype_r2(&men), haplotype_r2(&plain), 1e-14);
}
END_TEST

/* Seven people, r2 by hand: rs1 and rs2 alike, rs3 alike but for one who is missing in rs3, rs4
 * free of rs1 but for a covariance. */
static void make_seven(void)
{
    static const char *const rows[] = {"2200110", "2200110", "-200110", "2020110", NULL};

    write_bed("seven.bed", rows);
    write_text("seven.bim", "1 rs1 0 1000 A G\n1 rs2 0 1999 A G\n1 rs3 0 2000 A G\n"
                            "1 rs4 0 1001 T C\n");
    write_text("seven.fam", "f a 0 0 1\nf b 0 0 1\nf c 0 0 1\nf d 0 0 1\nf e 0 0 1\nf f 0 0 2\n"
                            "f g 0 0 2\n");
    write_text("seven.p", "SNP P\nrs3 0.3\nrs1 0.01\nrs2 0.2\nrs4 0.4\nrs9 0.001\n");
}

#define SEVEN "taxamr clump -q seven.p --bfile seven "

START_TEST(the_window_reaches_1000_kb_less_one)
{
    make_seven();
    /* rs2 is 999 off and goes; rs3 is 1000 off and stays */
    check_prints(SEVEN "--p1 1 --r2 0.9 --kb 1", "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.01\n"
                                                 "1\trs3\t2000\t0.3\n1\trs4\t1001\t0.4\n");
    check_prints(SEVEN "--p1 1 --r2 0.9 --kb 1.001",
                 "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.01\n1\trs4\t1001\t0.4\n");
    check_prints(SEVEN "--p1 1 --r2 0.9 --kb 0.999",
                 "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.01\n1\trs2\t1999\t0.2\n1\trs4\t1001\t0.4\n");
    check_prints(SEVEN "--p1 0.2 --r2 0.9 --kb 0.999",
                 "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.01\n1\trs2\t1999\t0.2\n");
    check_prints(SEVEN "--p1 0.19 --r2 0.9 --kb 0.999",
                 "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.01\n");
}
END_TEST

START_TEST(the_limit_decides)
{
    static const char *const rows[] = {"20200", "20020", NULL};

    /* haplotypes: 11 twice, 12 twice, 21 twice, 22 four times: D = .04, r2 = .04^2 / .24^2 */
    write_bed("half.bed", rows);
    write_text("half.bim", "1 a 0 10 A G\n1 b 0 20 A G\n");
    write_text("half.fam", "1 1 0 0 1\n2 2 0 0 1\n3 3 0 0 1\n4 4 0 0 1\n5 5 0 0 1\n");
    write_text("half.p", "SNP P\na .1\nb .2\n");
    check_prints("taxamr clump half.p --bfile half --p1 1 --kb 1 --r2 0.0277",
                 "CHR\tSNP\tBP\tP\n1\ta\t10\t0.1\n");
    check_prints("taxamr clump half.p --bfile half --p1 1 --kb 1 --r2 0.0278",
                 "CHR\tSNP\tBP\tP\n1\ta\t10\t0.1\n1\tb\t20\t0.2\n");
}
END_TEST

START_TEST(ties_go_in_the_order_of_the_reference)
{
    make_seven();
    write_text("ties.p", "SNP P\nrs4 .1\nrs3 1e-1\nrs2 0.1\nrs1 0.10\n");
    check_prints("taxamr clump ties.p --bfile seven --p1 1 --r2 0.9 --kb 9",
                 "CHR\tSNP\tBP\tP\n1\trs1\t1000\t0.1\n1\trs4\t1001\t0.1\n");
    write_text("places.p", "SNP CHR BP P\nb 1 2000 .1\na 1 2500 .1\nc 2 2500 .1\n");
    check_prints("taxamr clump -q places.p --p1 1 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\tb\t2000\t0.1\n2\tc\t2500\t0.1\n");
}
END_TEST

START_TEST(p_below_the_smallest_double_keeps_its_order)
{
    write_text("deep.p",
               "SNP CHR BP P\na 1 1 1e-310\nb 2 1 3e-400\nc 3 1 2e-400\nd 4 1 1e-300\n"
               "e 5 1 1e-5000\nf 6 1 1e-308\n");
    check_prints("taxamr clump -q deep.p --p1 5e-8 --kb 1",
                 "CHR\tSNP\tBP\tP\n5\te\t1\t1e-5000\n3\tc\t1\t2e-400\n2\tb\t1\t3e-400\n"
                 "1\ta\t1\t1e-310\n6\tf\t1\t1e-308\n4\td\t1\t1e-300\n");
    /* a P of 0 is made anew where effect and SE are there */
    write_text("zero.p",
               "SNP CHR BP P beta se\na 1 1 0 10 .1\nb 2 1 0 11 .1\nc 3 1 1e-200 1 .1\n");
    struct said said = program_say("taxamr clump zero.p --p1 1 --kb 1 | cut -f 2");
    ck_assert_str_eq(said.out, "SNP\nb\na\nc\n");
    ck_assert_ptr_nonnull(strstr(said.err, "zero.p: 2 P of 0 recomputed"));
    said_drop(&said);
}
END_TEST

START_TEST(the_smaller_p_of_an_id_counts)
{
    write_text("twice.p", "SNP CHR BP P\na 1 1 .2\nb 1 9000 .1\na 1 1 .05\na 1 1 .3\n");
    check_prints("taxamr clump -q twice.p --p1 1 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\ta\t1\t0.05\n1\tb\t9000\t0.1\n");
}
END_TEST

START_TEST(bolt_files_have_their_own_p)
{
    write_text("bolt.p", "SNP\tCHR\tBP\tP_BOLT_LMM_INF\tP_BOLT_LMM\na\t1\t1\t1e-9\t.5\n"
                         "b\t1\t5\t.5\t1e-09\n");
    check_prints("taxamr clump -q bolt.p --p1 5e-8 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\tb\t5\t1e-09\n");
    check_prints("taxamr clump -q bolt.p --p1 5e-8 --kb 1 --col pval=P_BOLT_LMM_INF",
                 "CHR\tSNP\tBP\tP\n1\ta\t1\t1e-09\n");
}
END_TEST

START_TEST(formats_are_those_of_every_table)
{
    make_seven();
    check_prints(SEVEN "--p1 .1 --r2 0.9 --kb 1 --format csv",
                 "CHR,SNP,BP,P\n1,rs1,1000,0.01\n");
    check_prints(SEVEN "--p1 .1 --r2 0.9 --kb 1 --format json",
                 "[\n  {\"CHR\": \"1\", \"SNP\": \"rs1\", \"BP\": 1000, \"P\": 0.01}\n]\n");
}
END_TEST

/* Each says in one line what was left out, and why. */
START_TEST(what_is_left_out_is_said)
{
    static const char *const lines[][2] = {
        {"taxamr clump seven.p --bfile seven --p1 1 --r2 .9 --kb 1",
         "taxamr: 1 of 5 variants with small enough P are not in the reference and were "
         "dropped: rs9\n"},
        {"taxamr clump seven.p --bfile seven --p1 1e-9 --r2 .9 --kb 1",
         "taxamr: seven.p: no variant has P up to 1e-09; the smallest is 0.001, of rs9\n"},
        {"printf 'SNP P\\nrs1 .1\\n. .1\\nrs2 NA\\nrs2 2\\n' | taxamr clump - --bfile seven "
         "--p1 1 --r2 .9 --kb 1",
         "3 of 4 rows dropped: 1 no usable id, 1 no P, 1 P outside 0 to 1\n"},
        {"printf 'SNP P\\nrs1 .1\\nrs2 x\\n' | taxamr clump - --bfile seven --p1 1 --r2 .9 "
         "--kb 1 --skip-bad-rows",
         "1 of 2 rows dropped: 1 bad row\n"},
        {"printf 'SNP CHR BP P\\nrs1 1 5 .1\\n' | taxamr clump - --p1 1 --kb 1",
         "taxamr: clumped by distance alone, without LD; give a reference with --bfile to "
         "clump by r2\n"},
        {"printf 'SNP CHR BP P\\nrs1 1 5 .1\\nrs2 NA 5 .1\\nrs3 1 NA .1\\n' | taxamr clump - "
         "--p1 1 --kb 1",
         "2 of 3 rows dropped: 2 no chromosome or position\n"},
    };

    make_seven();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct said said = program_say(lines[i][0]);

        ck_assert_msg(said.status == 0, "%s: %s", lines[i][0], said.err);
        ck_assert_msg(strstr(said.err, lines[i][1]) != NULL, "%s: %s", lines[i][0], said.err);
        ck_assert_msg(strncmp(said.out, "CHR\tSNP\tBP\tP\n", 13) == 0, "%s", said.out);
        said_drop(&said);
    }
}
END_TEST

START_TEST(distance_alone_takes_the_smallest_p)
{
    /* "chr1" and "1" are one; places without an id are known by place and alleles */
    write_text("far.p", "SNP CHR BP A1 A2 P\na 1 1000 A G .3\nb chr1 1999 A G .2\n"
                        "c 1 2999 A G .1\n. 1 4000 G C .4\nd X 1500 A G .5\n");
    check_prints("taxamr clump -q far.p --p1 1 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\tc\t2999\t0.1\n1\tb\t1999\t0.2\n1\t1:4000:C:G\t4000\t0.4\n"
                 "23\td\t1500\t0.5\n");
}
END_TEST

START_TEST(wrong_questions_are_refused)
{
    static const char *const usage[][2] = {
        {"taxamr clump", "clump FILE"},
        {"taxamr clump seven.p --kb 1", "no --p1 P"},
        {"taxamr clump seven.p --p1 1", "no --kb KB"},
        {"taxamr clump seven.p --bfile seven --p1 1 --kb 1", "no --r2 R"},
        {"taxamr clump seven.p --p1 1 --kb 1 --ld-out x", "no --bfile PREFIX"},
        {"taxamr clump seven.p --p1 0", "--p1 0; write a number above 0"},
        {"taxamr clump seven.p --p1 1.5", "--p1 1.5"},
        {"taxamr clump seven.p --p1 nan", "--p1 nan"},
        {"taxamr clump seven.p --p1 5e-8x", "--p1 5e-8x"},
        {"taxamr clump seven.p --p1 ''", "--p1 "},
        {"taxamr clump seven.p --r2 1", "--r2 1; write"},
        {"taxamr clump seven.p --r2 -.1", "--r2 -.1; write"},
        {"taxamr clump seven.p --kb 0", "--kb 0; write"},
        {"taxamr clump seven.p --kb inf", "--kb inf; write"},
        {"taxamr mr seven.p --kb 1", "`mr`"},
    };
    static const char *const data[][2] = {
        {"taxamr clump nowhere.p --p1 1 --kb 1", "nowhere.p: "},
        {"taxamr clump seven.p --p1 1 --kb 1", "column chromosome: found no such column"},
        {"printf 'SNP CHR P\\na 1 1\\n' | taxamr clump - --p1 1 --kb 1", "column position"},
        {"printf 'SNP CHR BP\\na 1 1\\n' | taxamr clump - --p1 1 --kb 1", "column pval"},
        {"printf 'P CHR\\n1 1\\n' | taxamr clump - --p1 1 --kb 1", "column variant"},
        {"printf 'SNP P\\n' | taxamr clump - --bfile seven --r2 .1 --p1 1 --kb 1", "no rows"},
        {"printf 'SNP P\\nrs1 NA\\n' | taxamr clump - --bfile seven --r2 .1 --p1 1 --kb 1",
         "no row with id and P among 1"},
        {"printf 'SNP P\\nrs1 x\\n' | taxamr clump - --bfile seven --r2 .1 --p1 1 --kb 1",
         "line 2, column P: found \"x\""},
        {"printf 'SNP P trait\\nrs1 .1 a\\nrs2 .1 b\\n' | taxamr clump - --bfile seven --r2 .1 "
         "--p1 1 --kb 1",
         "line 3, column trait: found a second trait, b, behind a"},
        {"taxamr clump seven.p --bfile seven --p1 1 --r2 .1 --kb 1 --col pval=Q", "column Q"},
        {"taxamr clump seven.p --bfile seven --p1 1 --r2 .1 --kb 1 --ld-out no/such/file",
         "no/such/file"},
    };

    make_seven();
    for (size_t i = 0; i < sizeof usage / sizeof usage[0]; i++) {
        refuses(usage[i][0], 2, usage[i][1]);
    }
    for (size_t i = 0; i < sizeof data / sizeof data[0]; i++) {
        refuses(data[i][0], 1, data[i][1]);
    }
}
END_TEST

/* rs1 and rs4: numbers of A1 2200110 and 2020110, so r = (7 * 6 - 36) / (7 * 10 - 36) */
START_TEST(correlations_are_written)
{
    char *written;
    struct text path = {0};

    make_seven();
    check_prints(SEVEN "--p1 1 --r2 0.9 --kb 2 --ld-out seven.ld | cut -f 2",
                 "SNP\nrs1\nrs4\n");
    text_addf(&path, "%s/seven.ld", program_folder());
    written = program_file(path.bytes);
    ck_assert_ptr_nonnull(written);
    ck_assert_str_eq(written, "SNP\trs1_A_G\trs4_T_C\nrs1_A_G\t1\t0.17647058823529413\n"
                              "rs4_T_C\t0.17647058823529413\t1\n");
    memory_free(written);
    text_drop(&path);
}
END_TEST

START_TEST(mr_reads_the_correlations)
{
    struct said said;

    /* rs1 is told on its other allele, so r changes its sign: .01982 / .05706 */
    make_seven();
    write_text("seven.pairs", "SNP effect_allele.exposure other_allele.exposure bx sx by sy\n"
                              "rs1 G A .1 .01 .05 .02\nrs4 T C .2 .01 .06 .02\n");
    said = program_say(SEVEN "--p1 1 --r2 .9 --kb 2 --ld-out s.ld");
    said_drop(&said);
    check_prints(
        "taxamr mr seven.pairs --ld s.ld --methods ivw | cut -f 6 | tail -n 1 | cut -c 1-6",
        "0.3474\n");
}
END_TEST

START_TEST(what_does_not_vary_is_left_out_of_correlations)
{
    static const char *const rows[] = {"2222", "2101", "0112", NULL};
    struct said said;

    write_bed("flat.bed", rows);
    write_text("flat.bim", "1 a 0 10 A G\n1 b 0 20 A G\n2 c 0 20 C T\n");
    write_text("flat.fam", "1 1 0 0 1\n2 2 0 0 1\n3 3 0 0 1\n4 4 0 0 1\n");
    write_text("flat.p", "SNP P\na .1\nb .2\nc .3\n");
    said = program_say("taxamr clump flat.p --bfile flat --p1 1 --r2 0.1 --kb 1 --ld-out f.ld "
                       "| cut -f 2; cat f.ld");
    ck_assert_str_eq(said.err,
                     "taxamr: left out of the correlations, as they do not vary: a\n");
    ck_assert_str_eq(said.out,
                     "SNP\na\nb\nc\nSNP\tb_A_G\tc_C_T\nb_A_G\t1\t-0.5\nc_C_T\t-0.5\t1\n");
    said_drop(&said);
}
END_TEST

START_TEST(the_ledger_says_what_became_of_each)
{
    make_seven();
    write_text("fates.p", "SNP A1 A2 P\nrs3 A G 0.3\nrs1 A G 0.01\nrs2 G A 0.2\nrs4 A C 0.4\n"
                          "rs9 A G 0.001\n");
    check_prints("taxamr clump -q fates.p --bfile seven --p1 1 --r2 0.9 --kb 1 --table ledger",
                 "trait\tSNP\tstage\tkept\treason\toutcome\tdirection\tother\tr2\n"
                 "NA\trs1\tinstrument\tTRUE\tkept\tNA\tNA\tNA\tNA\n"
                 "NA\trs2\tinstrument\tFALSE\tin LD with an index variant\tNA\tNA\trs1\t1\n"
                 "NA\trs3\tinstrument\tTRUE\tkept\tNA\tNA\tNA\tNA\n"
                 "NA\trs4\tinstrument\tFALSE\talleles differ from the reference's\tNA\tNA\tNA\t"
                 "NA\n"
                 "NA\trs9\tinstrument\tFALSE\tnot in the reference\tNA\tNA\tNA\tNA\n");
    check_prints(
        "printf 'SNP CHR BP P\\na 1 1 .1\\nb 1 2 .2\\n' | taxamr clump - -q --p1 1 --kb 1 "
        "--table ledger | cut -f 2,5,8,9",
        "SNP\treason\tother\tr2\na\tkept\tNA\tNA\n"
        "b\tnear an index variant, LD unknown\ta\tNA\n");
    refuses("taxamr clump fates.p --bfile seven --p1 1 --r2 .9 --kb 1 --table estimates", 2,
            "--table estimates; clump has");
}
END_TEST

#define JOIN "taxamr clump join.p --bfile join --p1 1 --r2 0.9 --kb 1 | cut -f 2,4"

/* One place, two rows of one id: what has the alleles is taken. */
START_TEST(alleles_tell_rows_of_one_id_apart)
{
    static const char *const rows[] = {"2200110", "0110022", "2020110", NULL};
    struct said said;

    make_seven();
    write_bed("join.bed", rows);
    write_text("join.bim", "1 rs1 0 1000 A G\n1 rs1 0 1000 A T\nchr1 rs4 0 1001 T C\n");
    write_text("join.fam", "f a 0 0 1\nf b 0 0 1\nf c 0 0 1\nf d 0 0 1\nf e 0 0 1\nf f 0 0 2\n"
                           "f g 0 0 2\n");
    write_text("join.p", "SNP A1 A2 P\nrs1 T A .1\nrs1 G A .2\nrs4 A G .3\n");
    check_prints(JOIN, "SNP\tP\nrs1\t0.1\nrs1\t0.2\nrs4\t0.3\n");
    /* without alleles nobody can tell */
    write_text("join.p", "SNP P\nrs1 .1\n");
    refuses("taxamr clump join.p --bfile join --p1 1 --r2 .9 --kb 1", 1,
            "join.bim: line 2: found rs1 a second time");
    /* another id, the same place and alleles, also on the other strand */
    write_text("join.p", "SNP CHR BP A1 A2 P\nrs7 chr1 1000 C T .1\n1:1001:C:T 01 1001 C T .3\n"
                         "rs8 1 1001 C A .2\n");
    said = program_say(JOIN);
    ck_assert_str_eq(said.out, "SNP\tP\nrs7\t0.1\n1:1001:C:T\t0.3\n");
    ck_assert_ptr_nonnull(strstr(said.err, "2 variants have other ids in the reference"));
    ck_assert_ptr_nonnull(strstr(said.err, "1 of 3 variants with small enough P are not in"));
    said_drop(&said);
    /* two names of one row: the smaller P */
    write_text("join.p", "SNP CHR BP A1 A2 P\nrs7 1 1001 C T .1\nrs4 1 1001 C T .3\n");
    said = program_say(JOIN);
    ck_assert_str_eq(said.out, "SNP\tP\nrs7\t0.1\n");
    said_drop(&said);
    /* ids tell that positions are of another build: places then say nothing */
    write_text("join.p", "SNP CHR BP A1 A2 P\nrs7 1 1000 A G .1\nrs4 1 9001 C T .3\n");
    said = program_say(JOIN);
    ck_assert_str_eq(said.out, "SNP\tP\nrs4\t0.3\n");
    said_drop(&said);
}
END_TEST

START_TEST(minus_log10_p_is_a_p)
{
    write_text("log.p", "SNP CHR BP LOG10P\na 1 1 9\nb 2 1 400\nc 3 1 3\nd 4 1 NA\n");
    check_prints("taxamr clump -q log.p --p1 5e-8 --kb 1 | cut -f 2,4",
                 "SNP\tP\nb\t1e-400\na\t1e-09\n");
}
END_TEST

/* The P of a covariate is not the variant's; a dash and None are no P. */
START_TEST(only_the_additive_test_counts)
{
    write_text("tests.p", "CHR SNP BP A1 TEST NMISS OR STAT P\n1 a 1 A ADD 9 1 1 .2\n"
                          "1 a 1 A SEX 9 1 1 1e-9\n1 b 9000 A ADD 9 1 1 .1\n"
                          "2 c 1 A ADD 9 1 1 -\n2 d 1 A ADD 9 1 1 None\n");
    check_prints("taxamr clump -q tests.p --p1 1 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\tb\t9000\t0.1\n1\ta\t1\t0.2\n");
    /* ids that stand for none, of which every row is a variant of its own */
    write_text("none.p", "SNP CHR BP A1 A2 P\n#NA 1 1 A G .1\n#NA 1 2001 A G .2\n"
                         "None 1 4001 A G .3\nNULL 1 6001 A G .4\nNR 1 8001 A G .5\n"
                         "N/A 1 10001 A N/A .6\n");
    check_prints("taxamr clump -q none.p --p1 1 --kb 1 | cut -f 2",
                 "SNP\n1:1:A:G\n1:2001:A:G\n1:4001:A:G\n1:6001:A:G\n1:8001:A:G\n");
    write_text("cut.p", "SNP CHR BP P mlogp\na 1 1 4.9e-324 400\nb 1 5 4.9e-324 500\n"
                        "c 2 1 - 9\nd 3 1 1e-9 -\n");
    check_prints("taxamr clump -q cut.p --p1 1 --kb 1",
                 "CHR\tSNP\tBP\tP\n1\tb\t5\t1e-500\n2\tc\t1\t1e-09\n3\td\t1\t1e-09\n");
    write_text("ln.p", "chr pos ref alt beta_EUR se_EUR pval_EUR\n1 5 A G 1 1 -23.02585093\n");
    check_prints("taxamr clump -q ln.p --p1 1e-9 --kb 1 | cut -f 2 | tail -1", "1:5:A:G\n");
}
END_TEST

START_TEST(failed_fits_and_other_tests_are_said)
{
    static const char *const head = "#CHROM\tPOS\tID\tREF\tALT\tA1\tTEST\tOBS_CT\tBETA\tSE\t"
                                    "T_STAT\tP\tERRCODE\n";
    struct text table = {0};
    struct said said;

    text_addf(&table, "%s1\t5\ta\tA\tG\tG\tADD\t9\t1\t.1\t10\t1e-9\tUNFINISHED\n", head);
    text_addf(&table, "1\t9\tb\tA\tG\tG\tADD\t9\t1\t.1\t10\t1e-8\t.\n");
    write_text("failed.p", table.bytes);
    said = program_say("taxamr clump failed.p --p1 1 --kb 1");
    ck_assert_str_eq(said.out, "CHR\tSNP\tBP\tP\n1\tb\t9\t1e-08\n");
    ck_assert_msg(strstr(said.err, "1 of 2 rows dropped: 1 no result, by its program's error "
                                   "code\n") != NULL,
                  "%s", said.err);
    said_drop(&said);
    text_drop(&table);
    write_text("regenie.p",
               "CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA SE CHISQ LOG10P EXTRA\n"
               "1 5 a G A .3 9 ADD .1 .01 4 23 TEST_FAIL\n1 9 b G A .3 9 ADD .1 .05 4 8 NA\n");
    said = program_say("taxamr clump regenie.p --p1 1 --kb 1");
    ck_assert_str_eq(said.out, "CHR\tSNP\tBP\tP\n1\tb\t9\t1e-08\n");
    ck_assert_ptr_nonnull(strstr(said.err, "1 no result"));
    said_drop(&said);
    /* of LDSC, where Z alone tells P */
    write_text("z.p", "SNP\tCHR\tBP\tA1\tA2\tN\tZ\na\t1\t5\tA\tG\t9\t-7\n"
                      "b\t1\t9\tA\tG\t9\t1\nc\t1\t11\t\t\t\t\n");
    said = program_say("taxamr clump z.p --p1 1e-5 --kb 1");
    ck_assert_str_eq(said.out, "CHR\tSNP\tBP\tP\n1\ta\t5\t2.55962508777167e-12\n");
    ck_assert_ptr_nonnull(strstr(said.err, "1 of 3 rows dropped: 1 no P"));
    said_drop(&said);
    write_text("sex.p", "CHR SNP BP A1 TEST NMISS OR STAT P\n1 a 1 A SEX 9 1 1 1e-9\n"
                        "1 b 1 A SEX 9 1 1 .5\n");
    said = program_say("taxamr clump sex.p --p1 1e-5 --kb 1");
    ck_assert_msg(said.status != 0 && strstr(said.err, "found no row of TEST ADD among 2; give "
                                                       "the effects of one allele") != NULL,
                  "%s", said.err);
    said_drop(&said);
}
END_TEST

START_TEST(the_example_of_help_works)
{
    struct said said = program_say(
        "for e in bed bim fam; do cp " GOLDEN "g1000.$e EUR.$e; done; cp " GOLDEN
        "bolt.sumstats.txt.gz gwas.tsv; taxamr help clump | grep '^ *taxamr clump gwas' "
        "| sh");

    ck_assert_msg(strncmp(said.out, "CHR\tSNP\tBP\tP\n18\trs4239436\t", 26) == 0, "%s",
                  said.err);
    said_drop(&said);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_parameter_set_equals_plink,
        threads_change_nothing,
        r2_is_that_of_a_slow_em,
        bounds_never_decide_otherwise,
        r2_of_hand_made_tables,
        the_window_reaches_1000_kb_less_one,
        the_limit_decides,
        ties_go_in_the_order_of_the_reference,
        p_below_the_smallest_double_keeps_its_order,
        the_smaller_p_of_an_id_counts,
        bolt_files_have_their_own_p,
        formats_are_those_of_every_table,
        what_is_left_out_is_said,
        distance_alone_takes_the_smallest_p,
        wrong_questions_are_refused,
        correlations_are_written,
        mr_reads_the_correlations,
        what_does_not_vary_is_left_out_of_correlations,
        the_ledger_says_what_became_of_each,
        alleles_tell_rows_of_one_id_apart,
        only_the_additive_test_counts,
        failed_fits_and_other_tests_are_said,
        minus_log10_p_is_a_p,
        the_example_of_help_works,
    };
    int status;

    program_folder();
    status = golden_run("clump", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return status;
}
