/*
 * A study of 1,000 taxa and 20 outcomes, made up: it is walked without delay. Held by the
 * processor's time a key, which other work on the machine does not lengthen; BENCH=1 prints it.
 */
#include "base/memory.h"
#include "home_fixture.h"
#include "numeric/random.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TAXA = 1000, OUTCOMES = 20, PER_TAXON = 3 };

static void write_table(const char *name, const char *text)
{
    char *path = home_path(name);
    write_file(path, text);
    memory_free(path);
}

/* Ten families in a phylum, ten genera in a family: a tree of 1,000 genera in ten phyla. */
static void write_exposures(void)
{
    struct random_stream stream = random_stream_of(1, "taxa", NULL, NULL);
    struct text instruments = {0}, lineage = {0};
    text_add(&instruments, "taxon\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n");
    text_add(&lineage, "taxon\tname\trank\tkingdom\tphylum\tclass\torder\tfamily\tgenus\tn\n");
    for (int i = 0; i < TAXA; i++) {
        text_addf(
            &lineage,
            "t%d\tgenus%d\tgenus\tBacteria\tphylum%d\tclass%d\torder%d\tfamily%d\tgenus%d\t"
            "10000\n",
            i, i, i / 100, i / 100, i / 100, i / 10, i);
        for (int j = 0; j < PER_TAXON; j++) {
            text_addf(&instruments, "t%d\trs%d\tA\tC\t0.3\t%.5f\t0.01\t1e-10\n", i,
                      PER_TAXON * i + j, 0.08 + 0.04 * random_uniform(&stream));
        }
    }
    write_table("instruments.tsv", instruments.bytes);
    write_table("lineage.tsv", lineage.bytes);
    text_drop(&instruments);
    text_drop(&lineage);
}

static void write_outcome(int outcome)
{
    struct random_stream stream = random_stream_of((uint64_t)outcome, "outcome", NULL, NULL);
    struct text table = {0}, name = {0};
    text_add(&table, "SNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n");
    for (int i = 0; i < PER_TAXON * TAXA; i++) {
        text_addf(&table, "rs%d\tA\tC\t0.3\t%.5f\t0.01\t0.5\n", i,
                  0.01 * random_normal(&stream));
    }
    text_addf(&name, "outcome%d.tsv", outcome);
    write_table(name.bytes, table.bytes);
    text_drop(&table);
    text_drop(&name);
}

static void write_study(void)
{
    struct text conf = {0};
    text_add(&conf, "title = \"Large\"\nsimulated = true\nexposure \"gut\" {\n"
                    "    instruments = \"instruments.tsv\"\n    all_instruments = true\n"
                    "    lineage = \"lineage.tsv\"\n    unit = \"sd\"\n}\n");
    for (int i = 0; i < OUTCOMES; i++) {
        text_addf(&conf,
                  "outcome \"o%d\" {\n    name = \"Outcome %d\"\n"
                  "    associations = \"outcome%d.tsv\"\n    unit = \"log-odds\"\n}\n",
                  i, i, i);
        write_outcome(i);
    }
    write_exposures();
    write_table("study.conf", conf.bytes);
    text_drop(&conf);
}

static double processor(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static const struct {
    const char *name, *before, *key;
    int times;
} walks[] = {
    {"cursor down", "", "Down", 60},
    {"a screen down", "g", "PgDn", 30},
    {"the next outcome", "g", "^O", 20},
    {"flat list, cursor down", "F g", "Down", 60},
    {"sorted by p, a screen down", ":sort p;g", "PgDn", 30},
    {"filtered, cursor down", ":filter p < 0.5 & nsnp >= 3;g", "Down", 60},
    {"map, cursor down", "m g", "Down", 20},
};

/* 20 ms a key and frame at most, where the screen has 200 columns and 60 rows. */
START_TEST(large_study_is_walked_without_delay)
{
    static const double most = 0.02;
    struct error error = {0};
    struct gwas_options gwas = {0};
    struct study *bundled = study;
    char *path = home_path("study.conf");
    write_study();
    bool is_loaded = study_load(path, &gwas, &study, &error);
    ck_assert_msg(is_loaded, "%s", error.text);
    ck_assert_uint_eq(study->pair_count, TAXA * OUTCOMES);
    struct loop loop = start(200, 60);
    for (int i = 0; i < COUNT(walks); i++) {
        play(&loop, walks[i].before);
        double begun = processor();
        for (int j = 0; j < walks[i].times; j++) {
            loop_key(&loop, walks[i].key);
            redraw(&loop);
        }
        double each = (processor() - begun) / walks[i].times;
        if (getenv("BENCH") != NULL) {
            (void)fprintf(stderr, "%-28s %6.2f ms a key\n", walks[i].name, 1e3 * each);
        }
        ck_assert_msg(getenv("ASAN_OPTIONS") != NULL || each < most, "%s: %.1f ms",
                      walks[i].name, 1e3 * each);
    }
    loop_end(&loop);
    study_destroy(study);
    study = bundled;
    memory_free(path);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{large_study_is_walked_without_delay, 1}};
    return explorer_run_each("large", home_begin, home_end, tests, COUNT(tests));
}
