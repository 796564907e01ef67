/*
 * One truth in every dialect: instruments of LDL cholesterol and their effects on coronary
 * disease, written as each dialect has them, half of the outcome's on the other allele, give
 * the estimates of the harmonised table.
 */
#include "base/text.h"
#include "dialect_writers.h"
#include "golden.h"
#include "program.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METHODS "ivw,egger,maxlik"
#define PRECISION 1e-9

/* Both sides write and read without loss of what an estimate is made of. */
static bool is_whole(const struct writer *writer)
{
    return (strstr(writer->row, "{b}") != NULL || strstr(writer->row, "{or}") != NULL) &&
           !(writer->lacks & LACKS_OTHER);
}

static struct truth truth_of(const struct pair *pair, size_t index, bool is_outcome,
                             char id[static 16])
{
    static const char *const chromosomes[] = {"1", "7", "22", "X"};
    struct truth truth = {id,
                          chromosomes[index % 4],
                          1000 + 1e6 * (double)index,
                          "T",
                          "C",
                          pair->rows[index].x.eaf,
                          pair->bx[index],
                          pair->sx[index],
                          100000};

    snprintf(id, 16, "rs%u", (unsigned)index + 1);
    if (is_outcome) {
        truth.beta = pair->by[index];
        truth.se = pair->sy[index];
    }
    if (is_outcome && index % 2 == 1) {
        truth.effect = "C";
        truth.other = "T";
        truth.eaf = 1 - truth.eaf;
        truth.beta = -truth.beta;
    }
    return truth;
}

static void put(const char *name, const struct writer *writer, const struct pair *pair,
                bool is_outcome)
{
    struct text table = {0}, path = {0};
    FILE *file;

    text_addf(&table, "%s\n", writer->header);
    for (size_t i = 0; i < pair->count; i++) {
        char id[16];
        struct truth truth = truth_of(pair, i, is_outcome, id);

        writer_add(&table, &truth, writer->row);
    }
    text_addf(&path, "%s/%s", program_folder(), name);
    file = fopen(path.bytes, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(table.bytes, 1, table.length, file), table.length);
    ck_assert_int_eq(fclose(file), 0);
    text_drop(&table);
    text_drop(&path);
}

/* b, se and P of the three methods, as a line of text holds each. */
struct answer {
    double values[3][3];
};

static void check_line(const char *line, const double wanted[3])
{
    double got[3];

    ck_assert_msg(sscanf(line, "%*s %lf %lf %lf", &got[0], &got[1], &got[2]) == 3, "%s", line);
    for (size_t i = 0; i < 3; i++) {
        golden_close(line, got[i], wanted[i], PRECISION);
    }
}

/* Reads the answers, or checks that those of every pair are the same; gives their number. */
static size_t take(char *lines, struct answer *answer, bool is_first)
{
    size_t count = 0;

    for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        double *values = answer->values[count++ % 3];

        if (is_first) {
            ck_assert_int_eq(
                sscanf(line, "%*s %lf %lf %lf", &values[0], &values[1], &values[2]), 3);
        }
        check_line(line, values);
    }
    return count;
}

static size_t ask(const char *line, struct answer *answer, bool is_first)
{
    struct said said = program_say(line);
    size_t count;

    ck_assert_msg(said.status == 0, "%s", said.err);
    count = take(said.out, answer, is_first);
    said_drop(&said);
    return count;
}

#define CUT "tail -n +2 | tr ' ' _ | cut -f "
#define RUN                                                                                    \
    "sed -i 's/p_threshold = .*/p_threshold = 1/; s/, \"reverse\"//' st/study.conf && "        \
    "taxamr run st -o out --quiet --no-cache --methods " METHODS                               \
    " && cat out/estimates.tsv | " CUT

/* The hub, MiBioGen's columns, has ids and places, by which every other dialect meets it. */
START_TEST(estimates_do_not_depend_on_the_dialect)
{
    struct arena *arena = arena_create();
    const struct pair *pair = golden_pair("lipid_ldl_chd/input.csv", arena);
    struct answer answer;
    size_t count = 0;

    ck_assert_uint_eq(ask("taxamr mr $ROOT/tests/golden/lipid_ldl_chd/input.csv --quiet "
                          "--methods " METHODS " | " CUT "4,6-8",
                          &answer, true),
                      3);
    put("x.txt", &writers[1], pair, false);
    put("y.txt", &writers[1], pair, true);
    for (size_t i = 0; i < writer_count; i++) {
        char name[32];

        if (is_whole(&writers[i])) {
            snprintf(name, sizeof name, "x%02u.txt", (unsigned)i);
            put(name, &writers[i], pair, false);
            *name = 'y';
            put(name, &writers[i], pair, true);
            count++;
        }
    }
    ck_assert_uint_ge(count, 30);
    ck_assert_uint_eq(ask("taxamr new st --quiet --exposure x.txt --outcome y[0-9]*.txt && " RUN
                          "2,6-8",
                          &answer, false),
                      3 * count);
    ck_assert_uint_eq(ask("rm -r st out && "
                          "taxamr new st --quiet --exposure x[0-9]*.txt --outcome y.txt && " RUN
                          "1,6-8",
                          &answer, false),
                      3 * count);
    arena_destroy(arena);
}
END_TEST

/* Two variants of one place: each meets the row of its alleles, under an rsid or a place. */
START_TEST(rows_of_one_place_meet_by_alleles)
{
    static const char wanted[] = "A G 0.1 0.03\nA T 0.2 0.02\n";
    static const char *const awk[] = {"$1", "\"1:5:\" $5 \":\" $4"};

    for (size_t i = 0; i < 2; i++) {
        struct text line = {0};

        text_addf(
            &line,
            "H='SNP chr pos effect_allele other_allele eaf beta se pval'; "
            "printf \"$H\\nrs1 1 5 A G .3 .1 .01 1e-23\\nrs1 1 5 A T .3 .2 .01 1e-80\\n\" "
            "> two.txt; printf \"$H\\nrs1 1 5 T A .7 -.02 .01 .05\\n"
            "rs1 1 5 G A .7 -.03 .01 .003\\nrs1 1 5 C A .7 -.09 .01 1e-19\\n\" | "
            "awk 'NR > 1 { $1 = %s } { print }' > three.txt; "
            "taxamr harmonise -q -x two.txt -y three.txt | tail -n +2 | "
            "awk -F '\\t' '{ print $5, $6, $7, $11 }'",
            awk[i]);
        struct said said = program_say(line.bytes);
        ck_assert_str_eq(said.out, wanted);
        said_drop(&said);
        text_drop(&line);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {estimates_do_not_depend_on_the_dialect,
                                  rows_of_one_place_meet_by_alleles};

    program_folder();
    int failed = golden_run("alike", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
