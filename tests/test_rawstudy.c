/*
 * Studies of whole GWAS files: each is read as seldom as can be, in any order and on any number
 * of threads the pairs are those of the same rows in tables, and what was kept serves as well
 * as the file itself.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "study/raw_cache.h"
#include "study/study.h"
#include "study/taxon_name.h"
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TRAITS 200
#define VARIANTS 60
#define HEAD "SNP\tchr\tpos\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n"
#define PLAIN "unit = \"sd\"\n p_threshold = 1e-5\n"

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/taxamr-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* To be freed. */
static char *path_of(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    return text_take(&path);
}

static void put(const char *name, const char *text)
{
    char *path = path_of(name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    memory_free(path);
}

static double made(int one, int other)
{
    unsigned state = (unsigned)(one * 7919 + other * 104729 + 1);
    for (int i = 0; i < 4; i++) {
        state = state * 1664525u + 1013904223u;
    }
    return (double)(state >> 8) / 16777216.0 - 0.5;
}

/* One row of a trait; every 20th variant of it is strong, and the outcome's every 12th. */
static void add_row(struct text *text, const char *trait, int number, int variant, int strong)
{
    bool is_strong = (variant + number) % strong == 0;
    double se = 0.02, beta = 0.04 * made(number, variant) + (is_strong ? 0.2 : 0);
    text_addf(text, "%s%s", trait == NULL ? "" : trait, trait == NULL ? "" : "\t");
    text_addf(text, "%s%d\t%d\t%d\t%s\t0.3\t%.6f\t%.2f\t%.3g\t1000\n",
              number < 0 && variant % 3 == 0 ? "RS" : "rs", variant, variant % 22 + 1,
              variant * 1000, variant % 2 == 0 ? "A\tG" : "C\tT", beta, se,
              erfc(fabs(beta / se) / sqrt(2)));
}

/* Files xN.tsv of one trait each, all.tsv of all of them, y.tsv of the outcome, whose rows of
 * no consequence make it as long as wanted. */
static void put_files(int traits, int filler)
{
    struct text all = {0}, y = {0};
    text_add(&all, "trait\t" HEAD);
    text_add(&y, HEAD);
    for (int i = 0; i < traits; i++) {
        struct text x = {0};
        char name[32], key[32];
        snprintf(name, sizeof name, "x%d.tsv", i);
        snprintf(key, sizeof key, "x%d", i);
        text_add(&x, HEAD);
        for (int j = 0; j < VARIANTS; j++) {
            add_row(&x, NULL, i, j, 20);
            add_row(&all, key, i, j, 20);
        }
        put(name, x.bytes);
        text_drop(&x);
    }
    for (int j = 0; j < VARIANTS + filler; j++) {
        add_row(&y, NULL, -1, j < VARIANTS ? j : j + 1000, j < VARIANTS ? 12 : 1000000);
    }
    text_addf(&y, "rs%d\t1\t5\tA\tG\t0.3\t0.9\t0\t1e-30\t1000\n", 900);
    put("all.tsv", all.bytes);
    put("y.tsv", y.bytes);
    text_drop(&all);
    text_drop(&y);
}

/* A study file under a name, of these two sections' insides. */
static void put_study(const char *name, const char *directions, const char *x, const char *y)
{
    struct text text = {0};
    text_addf(&text, "directions = {%s}\nexposure \"gut\" {\n%s\n}\noutcome \"ill\" {\n%s\n}\n",
              directions, x, y);
    put(name, text.bytes);
    text_drop(&text);
}

#define BOTH "\"forward\", \"reverse\""

static void put_many(const char *name, const char *directions, int traits)
{
    struct text x = {0};
    text_add(&x, PLAIN " file = {");
    for (int i = 0; i < traits; i++) {
        text_addf(&x, "%s\"x%d.tsv\"", i == 0 ? "" : ", ", i);
    }
    text_add(&x, "}");
    put_study(name, directions, x.bytes, PLAIN " file = \"y.tsv\"");
    text_drop(&x);
}

static struct study *load(const char *name, const struct study_loading *loading)
{
    struct error error = {0};
    struct study *study = NULL;
    char *path = path_of(name);
    bool is_loaded = study_load_with(path, loading, &study, &error);
    ck_assert_msg(is_loaded, "%s", error.text);
    memory_free(path);
    return study;
}

static struct study *load_plainly(const char *name)
{
    const struct study_loading loading = {0};
    return load(name, &loading);
}

static void refuse(const char *name, const char *part)
{
    const struct study_loading loading = {0};
    struct error error = {0};
    struct study *study = NULL;
    char *path = path_of(name);
    ck_assert(!study_load_with(path, &loading, &study, &error));
    char *message = error_message(&error);
    ck_assert_msg(strstr(message, part) != NULL, "\"%s\" is not in: %s", part, message);
    memory_free(message);
    memory_free(path);
    error_clear(&error);
}

static void same_numbers(const double *one, const double *other, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(one[i] == other[i] || (isnan(one[i]) && isnan(other[i])), "%g, not %g",
                      one[i], other[i]);
    }
}

/* The same pairs in the same order with the same numbers. */
static void same_pairs(const struct study *one, const struct study *other)
{
    ck_assert_uint_eq(one->pair_count, other->pair_count);
    for (size_t i = 0; i < one->pair_count; i++) {
        const struct pair *a = one->pairs[i], *b = other->pairs[i];
        ck_assert_str_eq(a->exposure->key, b->exposure->key);
        ck_assert_str_eq(a->outcome->key, b->outcome->key);
        ck_assert_int_eq(a->direction, b->direction);
        ck_assert_uint_eq(a->row_count, b->row_count);
        ck_assert_uint_eq(a->count, b->count);
        same_numbers(a->bx, b->bx, a->count);
        same_numbers(a->sx, b->sx, a->count);
        same_numbers(a->by, b->by, a->count);
        same_numbers(a->sy, b->sy, a->count);
        for (size_t j = 0; j < a->row_count; j++) {
            ck_assert_str_eq(a->rows[j].x.variant, b->rows[j].x.variant);
            ck_assert_int_eq(a->rows[j].reason, b->rows[j].reason);
        }
    }
}

static void same_ledgers(const struct study *one, const struct study *other)
{
    ck_assert_uint_eq(one->ledger.count, other->ledger.count);
    for (size_t i = 0; i < one->ledger.count; i++) {
        const struct ledger_entry *a = array_at(&one->ledger, i);
        const struct ledger_entry *b = array_at(&other->ledger, i);
        ck_assert_str_eq(a->trait, b->trait);
        ck_assert_str_eq(a->variant, b->variant);
        ck_assert_int_eq(a->reason, b->reason);
        ck_assert_int_eq(a->stage, b->stage);
    }
    ck_assert_uint_eq(one->warnings.count, other->warnings.count);
    for (size_t i = 0; i < one->warnings.count; i++) {
        ck_assert_str_eq(*(char **)array_at(&one->warnings, i),
                         *(char **)array_at(&other->warnings, i));
    }
}

/* How many times the files whose names end so were read, the least and the most. */
static void check_times(const struct study *study, const char *ending, size_t least,
                        size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < study->files.count; i++) {
        const struct study_file *file = array_at(&study->files, i);
        size_t length = strlen(file->path);
        if (length >= strlen(ending) &&
            strcmp(file->path + length - strlen(ending), ending) == 0) {
            ck_assert_msg(file->times >= least && file->times <= most, "%s: %zu times",
                          file->path, file->times);
            count++;
        }
    }
    ck_assert_uint_gt(count, 0);
}

/* The study of tables, which are read whole and are known to be right. */
static void put_tables(const char *directions)
{
    put_study("tables.conf", directions,
              PLAIN " instruments = \"all.tsv\"\n associations = \"all.tsv\"",
              PLAIN " instruments = \"y.tsv\"\n associations = \"y.tsv\"");
}

START_TEST(two_hundred_files_are_as_one_table)
{
    make_folder();
    put_files(TRAITS, 0);
    put_tables(BOTH);
    put_many("many.conf", BOTH, TRAITS);
    put_study("one.conf", BOTH, PLAIN " file = \"all.tsv\"", PLAIN " file = \"y.tsv\"");
    struct study *tables = load_plainly("tables.conf");
    struct study *many = load_plainly("many.conf"), *one = load_plainly("one.conf");
    ck_assert_uint_eq(tables->pair_count, 2 * TRAITS);
    ck_assert_uint_gt(tables->pairs[0]->count, 1);
    ck_assert_uint_gt(tables->pairs[TRAITS]->count, 1);
    same_pairs(tables, many);
    same_pairs(tables, one);
    /* the exposures are the larger side: each is read once, the outcome twice */
    ck_assert_uint_eq(many->exposure_count, TRAITS);
    check_times(many, "y.tsv", 2, 2);
    check_times(many, "x7.tsv", 1, 1);
    ck_assert_uint_eq(many->files.count, TRAITS + 1);
    study_destroy(tables);
    study_destroy(many);
    study_destroy(one);
    remove_folder();
}
END_TEST

START_TEST(the_outcome_is_read_once)
{
    make_folder();
    put_files(TRAITS, 0);
    put_many("forward.conf", "\"forward\"", TRAITS);
    struct study *forward = load_plainly("forward.conf");
    ck_assert_uint_eq(forward->pair_count, TRAITS);
    check_times(forward, ".tsv", 1, 1);
    study_destroy(forward);
    put_many("reverse.conf", "\"reverse\"", TRAITS);
    struct study *reverse = load_plainly("reverse.conf");
    ck_assert_uint_eq(reverse->pair_count, TRAITS);
    check_times(reverse, ".tsv", 1, 1);
    study_destroy(reverse);
    remove_folder();
    /* both directions, an outcome larger than all exposures together */
    make_folder();
    put_files(5, 2000);
    put_tables(BOTH);
    put_many("both.conf", BOTH, 5);
    struct study *tables = load_plainly("tables.conf"), *both = load_plainly("both.conf");
    same_pairs(tables, both);
    check_times(both, "y.tsv", 1, 1);
    check_times(both, "x3.tsv", 2, 2);
    study_destroy(tables);
    study_destroy(both);
    remove_folder();
}
END_TEST

START_TEST(a_bad_row_is_told_once)
{
    make_folder();
    put_files(3, 0);
    put_many("study.conf", BOTH, 3);
    struct study *study = load_plainly("study.conf");
    size_t count = 0;
    for (size_t i = 0; i < study->ledger.count; i++) {
        count +=
            ((const struct ledger_entry *)array_at(&study->ledger, i))->reason == REASON_BAD_SE;
    }
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(study->warnings.count, 1);
    ck_assert_ptr_nonnull(strstr(*(char **)array_at(&study->warnings, 0), "1 of 61 rows"));
    study_destroy(study);
    remove_folder();
}
END_TEST

/* A file whose only strong rows are of a covariate has no instruments, and it is said why, also
 * from what was kept. */
START_TEST(rows_of_other_tests_are_told)
{
    make_folder();
    put_files(1, 0);
    put("x0.tsv", "#CHROM\tPOS\tID\tREF\tALT\tA1\tTEST\tOBS_CT\tBETA\tSE\tP\n"
                  "1\t5\trs1\tC\tT\tT\tADD\t99\t.1\t.1\t.3\n"
                  "1\t5\trs1\tC\tT\tT\tSEX\t99\t1\t.1\t1e-23\n");
    put_many("study.conf", "\"forward\"", 1);
    char *cache = path_of("cache");
    ck_assert_int_eq(mkdir(cache, 0700), 0);
    const struct study_loading loading = {.cache = cache};
    for (int i = 0; i < 2; i++) {
        struct study *study = load("study.conf", &loading);
        bool is_said = false;
        for (size_t k = 0; k < study->warnings.count; k++) {
            is_said = is_said || strstr(*(char **)array_at(&study->warnings, k),
                                        "1 or more rows of another TEST than ADD") != NULL;
        }
        ck_assert(is_said);
        study_destroy(study);
    }
    memory_free(cache);
    remove_folder();
}
END_TEST

static void note_progress(void *context, const struct study_progress *progress)
{
    struct study_progress *last = context;
    ck_assert(progress->bytes >= last->bytes && progress->files >= last->files);
    ck_assert(progress->bytes <= progress->all_bytes && progress->files <= progress->all_files);
    *last = *progress;
}

START_TEST(threads_change_nothing)
{
    static const size_t threads[] = {1, 2, 7};
    make_folder();
    put_files(40, 0);
    put_many("study.conf", BOTH, 40);
    struct study *alone = load_plainly("study.conf");
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        struct study_progress last = {0};
        struct study_loading loading = {
            .pool = job_pool_create(threads[i]), .progress = note_progress, .context = &last};
        struct study *study = load("study.conf", &loading);
        same_pairs(alone, study);
        same_ledgers(alone, study);
        ck_assert_uint_eq(last.files, 42);
        ck_assert_uint_eq(last.all_files, 42);
        ck_assert(last.bytes == last.all_bytes && last.bytes > 1000);
        study_destroy(study);
        job_pool_destroy(loading.pool);
    }
    study_destroy(alone);
    remove_folder();
}
END_TEST

/* The error is that of the first bad file, whichever was read first. */
START_TEST(the_first_error_is_told)
{
    make_folder();
    put_files(30, 0);
    put("x11.tsv", HEAD "rs1\t1\t5\tA\tG\t0.3\tnonsense\t.1\t.5\t1\n");
    put("x25.tsv", "no header\n");
    put_many("study.conf", BOTH, 30);
    for (size_t threads = 1; threads < 5; threads++) {
        struct study_loading loading = {.pool = job_pool_create(threads)};
        struct error error = {0};
        struct study *study = NULL;
        char *path = path_of("study.conf");
        ck_assert(!study_load_with(path, &loading, &study, &error));
        ck_assert_ptr_nonnull(strstr(error.file, "x11.tsv"));
        ck_assert_int_eq(error.line, 2);
        error_clear(&error);
        memory_free(path);
        job_pool_destroy(loading.pool);
    }
    remove_folder();
}
END_TEST

/* How many tables are kept; the name of the last to be freed. */
static size_t kept(const char *cache, char **name)
{
    size_t count = 0;
    DIR *entries = opendir(cache);
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (entry->d_name[0] != '.') {
            count++;
            if (name != NULL) {
                memory_free(*name);
                *name = path_of(entry->d_name);
            }
        }
    }
    closedir(entries);
    return count;
}

START_TEST(what_is_kept_serves_as_well)
{
    make_folder();
    put_files(20, 0);
    put_many("study.conf", BOTH, 20);
    char *cache = path_of("cache");
    ck_assert_int_eq(mkdir(cache, 0700), 0);
    const struct study_loading loading = {.cache = cache};
    struct study *none = load_plainly("study.conf");
    struct study *cold = load("study.conf", &loading), *warm = load("study.conf", &loading);
    same_pairs(none, cold);
    same_ledgers(none, cold);
    same_pairs(none, warm);
    same_ledgers(none, warm);
    check_times(cold, "y.tsv", 2, 2);
    check_times(warm, ".tsv", 0, 0);
    ck_assert_uint_eq(kept(cache, NULL), 22);
    ck_assert_uint_eq(raw_cache_measure(cache).entries, 22);
    study_destroy(cold);
    study_destroy(warm);
    /* another threshold is another table */
    struct text sections = {0};
    text_add(&sections, "unit = \"sd\" p_threshold = 1e-20 file = \"x3.tsv\"");
    put_study("strict.conf", "\"forward\"", sections.bytes, PLAIN " file = \"y.tsv\"");
    struct study *strict = load("strict.conf", &loading);
    check_times(strict, ".tsv", 1, 1);
    study_destroy(strict);
    text_drop(&sections);
    struct raw_cache_size removed;
    struct error error = {0};
    ck_assert(raw_cache_clear(cache, &removed, &error));
    ck_assert_uint_eq(removed.entries, 24);
    ck_assert_uint_eq(kept(cache, NULL), 0);
    study_destroy(none);
    memory_free(cache);
    remove_folder();
}
END_TEST

/* A file of the same size and another content, written a moment later. */
START_TEST(a_changed_file_is_read_anew)
{
    make_folder();
    put_files(3, 0);
    put_many("study.conf", BOTH, 3);
    char *cache = path_of("cache"), *path = path_of("x1.tsv");
    ck_assert_int_eq(mkdir(cache, 0700), 0);
    const struct study_loading loading = {.cache = cache};
    struct study *before = load("study.conf", &loading);
    double effect = before->pairs[1]->bx[0];
    study_destroy(before);
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    FILE *file = fopen(path, "r+");
    ck_assert_ptr_nonnull(file);
    char text[20000];
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    char number[32];
    snprintf(number, sizeof number, "\t%.6f\t", effect);
    char *at = strstr(text, number);
    ck_assert_ptr_nonnull(at);
    at[1 + (at[1] == '-')] = '1';
    rewind(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    fclose(file);
    /* the same time as well: then the ends of the file tell */
    struct timespec times[2] = {status.st_atim, status.st_mtim};
    char *real = path_of("x1.tsv");
    ck_assert_int_eq(utimensat(AT_FDCWD, real, times, 0), 0);
    struct study *after = load("study.conf", &loading);
    check_times(after, "x1.tsv", 1, 1);
    check_times(after, "x2.tsv", 0, 0);
    ck_assert(fabs(after->pairs[1]->bx[0]) >= 1);
    study_destroy(after);
    memory_free(real);
    memory_free(path);
    memory_free(cache);
    remove_folder();
}
END_TEST

/* Changes each byte of an entry, and cuts it to each length: it is taken no more. */
static void damage(const char *name, const char *cache, const char *key, struct arena *arena)
{
    struct gwas_table again;
    FILE *file = fopen(name, "r+");
    char bytes[20000];
    long length = (long)fread(bytes, 1, sizeof bytes, file);
    for (long i = 0; i < length; i++) {
        fseek(file, i, SEEK_SET);
        fputc(bytes[i] ^ 0x41, file);
        fflush(file);
        ck_assert_msg(!raw_cache_take(cache, key, arena, &again), "byte %ld", i);
        fseek(file, i, SEEK_SET);
        fputc(bytes[i], file);
    }
    fclose(file);
    for (long i = length - 1; i >= 0; i--) {
        ck_assert_int_eq(truncate(name, i), 0);
        ck_assert_msg(!raw_cache_take(cache, key, arena, &again), "length %ld", i);
    }
}

/* An entry that was damaged is read anew, and written again whole. */
START_TEST(damaged_tables_are_ignored)
{
    make_folder();
    put_files(1, 0);
    char *x = path_of("x0.tsv"), *name = NULL;
    struct gwas_options options = {.wanted.most_p = 1e-5};
    struct gwas_table table, again;
    struct error error = {0};
    struct arena *arena = arena_create();
    ck_assert(gwas_read(x, &options, arena, &table, &error));
    char *key = raw_cache_key(x, &options, 1), *cache = path_of("");
    raw_cache_put(cache, key, &table);
    ck_assert(raw_cache_take(cache, key, arena, &again));
    ck_assert_uint_eq(again.rows.count, table.rows.count);
    gwas_table_destroy(&again);
    options.wanted.most_p = 1e-6;
    char *other = raw_cache_key(x, &options, 1);
    ck_assert(!raw_cache_take(cache, other, arena, &again));
    DIR *entries = opendir(folder);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (strstr(entry->d_name, ".table") != NULL) {
            name = path_of(entry->d_name);
        }
    }
    closedir(entries);
    ck_assert_ptr_nonnull(name);
    damage(name, cache, key, arena);
    raw_cache_put(cache, key, &table);
    ck_assert(raw_cache_take(cache, key, arena, &again));
    gwas_table_destroy(&again);
    gwas_table_destroy(&table);
    memory_free(key);
    memory_free(other);
    memory_free(name);
    memory_free(cache);
    memory_free(x);
    arena_destroy(arena);
    remove_folder();
}
END_TEST

START_TEST(study_files_are_checked)
{
    make_folder();
    put_files(2, 0);
    put_study("rule.conf", BOTH, PLAIN " file = \"x0.tsv\"", "file = \"y.tsv\"");
    refuse("rule.conf", "no rule for the instruments of \"ill\"");
    put_study("twice.conf", BOTH, PLAIN " file = \"x0.tsv\"\n file = \"x1.tsv\"",
              PLAIN " file = \"y.tsv\"");
    refuse("twice.conf", "only once");
    put_study("name.conf", BOTH, PLAIN " file = {\"x0.tsv\", \"./x0.tsv\"}",
              PLAIN " file = \"y.tsv\"");
    refuse("name.conf", "second file of the name");
    put_study("col.conf", BOTH, PLAIN " file = \"x0.tsv\"\n col = {\"beta\"}",
              PLAIN " file = \"y.tsv\"");
    refuse("col.conf", "role=NAME");
    put_study("many.conf", BOTH, PLAIN " file = \"x0.tsv\"", PLAIN " file = \"all.tsv\"");
    refuse("many.conf", "several traits");
    put("x1.tsv", "trait\t" HEAD "x0\trs0\t1\t5\tA\tG\t0.3\t.9\t.01\t1e-90\t1\n");
    put_study("same.conf", BOTH, PLAIN " file = {\"x0.tsv\", \"x1.tsv\"}",
              PLAIN " file = \"y.tsv\"");
    refuse("same.conf", "found the trait \"x0\"");
    /* forward alone asks nothing of the outcome's instruments */
    put_study("forward.conf", "\"forward\"", PLAIN " file = \"x0.tsv\"", "file = \"y.tsv\"");
    study_destroy(load_plainly("forward.conf"));
    remove_folder();
}
END_TEST

/* Columns of a section's own; a table of instruments beside a whole GWAS. */
START_TEST(sections_may_differ)
{
    make_folder();
    put_files(2, 0);
    put("odd.tsv", "SNP\teffect_allele\tother_allele\tfirst\tsecond\tse\tpval\n"
                   "rs0\tA\tG\t.5\t.25\t.01\t1e-90\nrs7\tC\tT\t.5\t.25\t.01\t.9\n");
    put_study("col.conf", "\"forward\"",
              PLAIN " file = \"odd.tsv\"\n col = {\"beta=second\", \"se=se\"}",
              "file = \"y.tsv\"");
    struct study *study = load_plainly("col.conf");
    ck_assert_uint_eq(study->pair_count, 1);
    ck_assert_uint_eq(study->pairs[0]->row_count, 1);
    ck_assert(study->pairs[0]->rows[0].x.beta == .25);
    ck_assert_str_eq(study->pairs[0]->exposure->key, "gut");
    study_destroy(study);
    put_study("mixed.conf", BOTH,
              "instruments = \"odd.tsv\" all_instruments = true\n col = {\"beta=first\"}\n"
              "associations = \"odd.tsv\"",
              PLAIN " file = \"y.tsv\"");
    study = load_plainly("mixed.conf");
    ck_assert_uint_eq(study->pairs[0]->row_count, 2);
    ck_assert(study->pairs[0]->rows[0].x.beta == .5);
    ck_assert_uint_eq(study->pair_count, 2);
    study_destroy(study);
    remove_folder();
}
END_TEST

/* Ids that are places, of either side, meet rsids by chromosome, position and alleles. */
START_TEST(other_ids_meet_by_place)
{
    static const char *const sides[][2] = {{"x.tsv", "y.tsv"}, {"y.tsv", "x.tsv"}};
    make_folder();
    put("x.tsv", HEAD "rs1\t1\t1000\tA\tG\t.3\t.2\t.01\t1e-80\t1\n"
                      "rs2\tX\t9000\tC\tT\t.3\t.3\t.01\t1e-80\t1\n"
                      "rs3\t3\t9\tA\tT\t.3\t.3\t.01\t.9\t1\n");
    put("y.tsv", "id\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n"
                 "chr23:9000:T:C\tT\tC\t.7\t-.5\t.01\t1e-90\n"
                 "1:1000:A:G\tA\tG\t.3\t.4\t.01\t1e-90\n"
                 "2:1000:A:G\tA\tG\t.3\t.7\t.01\t.9\n");
    for (size_t i = 0; i < 2; i++) {
        struct text x = {0}, y = {0};
        text_addf(&x, PLAIN " file = \"%s\"", sides[i][0]);
        text_addf(&y, PLAIN " file = \"%s\"", sides[i][1]);
        put_study("study.conf", BOTH, x.bytes, y.bytes);
        struct study *study = load_plainly("study.conf");
        ck_assert_uint_eq(study->pair_count, 2);
        ck_assert_uint_eq(study->pairs[0]->count, 2);
        ck_assert_uint_eq(study->pairs[1]->count, 2);
        const struct pair *pair = study->pairs[i];
        ck_assert(pair->bx[0] == .2 && pair->by[0] == .4 && pair->bx[1] == .3);
        ck_assert(pair->by[1] == .5);
        study_destroy(study);
        text_drop(&x);
        text_drop(&y);
    }
    remove_folder();
}
END_TEST

/* Whole GWAS that nobody clumped: said once a section, and not where they were, or are tables.
 */
START_TEST(instruments_in_ld_are_said)
{
    make_folder();
    put("x.tsv", HEAD "rs1\t1\t1000\tA\tG\t.3\t.2\t.01\t1e-80\t1\n"
                      "rs2\t1\t900000\tA\tG\t.3\t.2\t.01\t1e-70\t1\n"
                      "rs3\t2\t1000\tA\tG\t.3\t.2\t.01\t1e-80\t1\n");
    put("y.tsv", HEAD "rs1\t1\t1000\tA\tG\t.3\t.2\t.01\t.5\t1\n"
                      "rs9\t1\t5000\tA\tG\t.3\t.2\t.01\t.5\t1\n");
    put_study("near.conf", "\"forward\"", PLAIN " file = \"x.tsv\"", "file = \"y.tsv\"");
    struct study *study = load_plainly("near.conf");
    ck_assert_uint_eq(study->pairs[0]->row_count, 3);
    ck_assert_uint_gt(study->warnings.count, 0);
    size_t last = study->warnings.count - 1, said = 0;
    for (size_t i = 0; i <= last; i++) {
        said += strstr(*(char **)array_at(&study->warnings, i), "1 trait of \"gut\"") != NULL;
    }
    ck_assert_uint_eq(said, 1);
    study_destroy(study);
    put_study("far.conf", "\"forward\"", PLAIN " file = \"x.tsv\" clump_kb = 1000",
              "file = \"y.tsv\"");
    study = load_plainly("far.conf");
    ck_assert_uint_eq(study->pairs[0]->row_count, 2);
    for (size_t i = 0; i < study->warnings.count; i++) {
        ck_assert_ptr_null(strstr(*(char **)array_at(&study->warnings, i), "independent"));
    }
    study_destroy(study);
    remove_folder();
}
END_TEST

START_TEST(taxa_are_called_by_name)
{
    struct arena *arena = arena_create();
    struct trait trait = {.key = "genus..Clostridiuminnocuumgroup.id.14397"};
    taxon_name_take(&trait, arena);
    ck_assert_int_eq(trait.rank, RANK_GENUS);
    ck_assert_str_eq(trait.name, "Clostridiuminnocuumgroup");
    trait = (struct trait){.key = "k__Bacteria.p__Firmicutes.c__Clostridia"};
    taxon_name_take(&trait, arena);
    ck_assert_int_eq(trait.rank, RANK_CLASS);
    ck_assert_str_eq(trait.name, "Clostridia");
    ck_assert_str_eq(trait.lineage[RANK_PHYLUM], "Firmicutes");
    trait = (struct trait){.key = "classic.autism", .name = "as it is"};
    taxon_name_take(&trait, arena);
    ck_assert_str_eq(trait.name, "as it is");
    ck_assert(!taxon_name_is("genus") && !taxon_name_is("") && !taxon_name_is("ordered.x"));
    ck_assert(taxon_name_is("Family.Lachnospiraceae.id.1987"));
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        two_hundred_files_are_as_one_table,
        the_outcome_is_read_once,
        a_bad_row_is_told_once,
        rows_of_other_tests_are_told,
        threads_change_nothing,
        the_first_error_is_told,
        what_is_kept_serves_as_well,
        a_changed_file_is_read_anew,
        damaged_tables_are_ignored,
        study_files_are_checked,
        sections_may_differ,
        other_ids_meet_by_place,
        instruments_in_ld_are_said,
        taxa_are_called_by_name,
    };
    return golden_run("rawstudy", tests, sizeof tests / sizeof tests[0]);
}
