/*
 * Files as the world hands them on: cut off, put together, damaged, of strange shapes; and a
 * large one that is read in little memory.
 */
#include "base/map.h"
#include "reading.h"
#include <htslib/bgzf.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* A file of these bytes through BGZF ("w") or gzip ("wg"), as bytes. */
static struct text packed(const struct text *bytes, const char *mode)
{
    char path[] = "/tmp/taxamr-packed-XXXXXX";
    int number = mkstemp(path);
    struct text all = {0};
    char buffer[65536];
    FILE *file;
    size_t got;
    BGZF *out;

    ck_assert_int_ge(number, 0);
    ck_assert_int_eq(close(number), 0);
    out = bgzf_open(path, mode);
    ck_assert_int_eq(bgzf_write(out, bytes->bytes, bytes->length), (ssize_t)bytes->length);
    ck_assert_int_eq(bgzf_close(out), 0);
    file = fopen(path, "rb");
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
        text_add_bytes(&all, buffer, got);
    }
    fclose(file);
    ck_assert_int_eq(unlink(path), 0);
    return all;
}

static void add_rows(struct text *text, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        text_addf(text, "rs%zu\tA\tG\t0.3\t%.6f\t0.01\t1e-22\n", i, 0.1 + 1e-6 * (double)i);
    }
}

/* What reading a file of these bytes gives: rows, or -1 when it is refused in one line. */
static long rows_of(const struct text *bytes)
{
    struct gwas_options options = {.threads = 1};
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table table;
    long count = -1;

    if (gwas_read(made(bytes->bytes, bytes->length), &options, arena, &table, &error)) {
        count = (long)table.rows.count;
        gwas_table_destroy(&table);
    } else {
        char *message = error_message(&error);

        ck_assert_ptr_null(strchr(message, '\n'));
        memory_free(message);
    }
    error_clear(&error);
    arena_destroy(arena);
    unlink(made_path);
    return count;
}

static struct text small_table(const char *mode)
{
    struct text text = {0}, all;

    text_add(&text, HEADER);
    add_rows(&text, 1, 40);
    all = packed(&text, mode);
    text_drop(&text);
    return all;
}

/* Cut anywhere, but between BGZF's last block and its empty one. */
START_TEST(cut_files_are_refused)
{
    static const char *const modes[] = {"w", "wg"};
    struct text all = small_table(modes[_i]);
    size_t whole = all.length;

    ck_assert_int_eq(rows_of(&all), 40);
    for (all.length = 3; all.length < whole; all.length++) {
        bool is_block = _i == 0 && all.length == whole - 28;

        ck_assert_msg(rows_of(&all) == (is_block ? 40 : -1), "cut at %zu of %zu", all.length,
                      whole);
    }
    text_drop(&all);
}
END_TEST

/* Any bit of any byte: refused, or of no matter (times and names in headers). */
START_TEST(damaged_files_are_refused_or_the_same)
{
    static const char *const modes[] = {"w", "wg"};
    struct text all = small_table(modes[_i]);
    size_t refused = 0;

    for (size_t i = 2; i < all.length; i++) {
        long rows;

        all.bytes[i] ^= (char)(1 << (i % 8));
        rows = rows_of(&all);
        ck_assert_msg(rows == -1 || rows == 40, "byte %zu: %ld rows", i, rows);
        refused += rows == -1;
        all.bytes[i] ^= (char)(1 << (i % 8));
    }
    ck_assert_uint_gt(refused * 10, all.length * 8);
    text_drop(&all);
}
END_TEST

/* Gzip behind BGZF, BGZF behind gzip, with zeros at the end: one file. */
START_TEST(joined_files_are_one)
{
    struct text head = {0}, one = {0}, other = {0}, all = {0}, part;

    text_add(&head, HEADER "rs0\tA\t");
    text_add(&one, "G\t0.3\t0.1\t0.01\t1e-22\n");
    add_rows(&one, 1, 3000);
    add_rows(&other, 3001, 20);
    part = packed(&head, "w");
    text_add_bytes(&all, part.bytes, part.length);
    text_drop(&part);
    part = packed(&one, "wg");
    text_add_bytes(&all, part.bytes, part.length);
    text_drop(&part);
    part = packed(&other, "w");
    text_add_bytes(&all, part.bytes, part.length);
    text_drop(&part);
    ck_assert_int_eq(rows_of(&all), 3021);
    text_add_bytes(&all, "\0\0\0\0\0", 5);
    ck_assert_int_eq(rows_of(&all), 3021);
    text_add(&all, "x");
    ck_assert_int_eq(rows_of(&all), -1);
    text_drop(&head);
    text_drop(&one);
    text_drop(&other);
    text_drop(&all);
}
END_TEST

START_TEST(five_thousand_columns_are_read)
{
    struct text text = {0};
    struct reading reading;

    for (int i = 0; i < 4990; i++) {
        text_addf(&text, "x%d\t", i);
    }
    text_add(&text, HEADER);
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i < 4990; i++) {
            text_addf(&text, "%d\t", i);
        }
        add_rows(&text, (size_t)row, 1);
    }
    reading = read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 3);
    ck_assert_str_eq(row(&reading, 2)->variant, "rs2");
    ck_assert_double_eq(row(&reading, 2)->beta, 0.100002);
    text_drop(&text);
    done(&reading);
}
END_TEST

/* The same two rows, however their lines end and begin. */
START_TEST(line_ends_do_not_matter)
{
    static const char *const files[] = {
        "SNP,A1,A2,BETA,SE\nrs1,A,G,0.1,0.01\nrs2,C,T,0.2,0.02\n",
        "SNP,A1,A2,BETA,SE\nrs1,A,G,0.1,0.01\nrs2,C,T,0.2,0.02",
        "SNP,A1,A2,BETA,SE\r\nrs1,A,G,0.1,0.01\r\nrs2,C,T,0.2,0.02\r\n",
        "SNP,A1,A2,BETA,SE\r\nrs1,A,G,0.1,0.01\r\nrs2,C,T,0.2,0.02",
        "\xef\xbb\xbfSNP,A1,A2,BETA,SE\nrs1,A,G,0.1,0.01\n\n\nrs2,C,T,0.2,0.02\n\n",
        "\xef\xbb\xbf\"SNP\",\"A1\",A2,BETA,SE\r\n\"rs1\",A,G,0.1,0.01\r\n\r\nrs2,C,T,\"0.2\","
        "0.02",
        "SNP,note,A1,A2,BETA,SE\nrs1,\"a\nb, \"\"c\"\"\n\",A,G,0.1,0.01\nrs2,,C,T,0.2,0.02\n",
        "SNP,note,A1,A2,BETA,SE\r\nrs1,\"a\r\n\r\n\",A,G,0.1,0.01\r\nrs2,\"\",C,T,0.2,0.02\r\n",
        "SNP\tA1\tA2\tBETA\tSE\r\nrs1\tA\tG\t0.1\t0.01\r\nrs2\tC\tT\t0.2\t0.02",
        " SNP A1  A2 BETA   SE\r\n rs1  A G  0.1 0.01  \r\n rs2 C T 0.2 0.02",
    };
    struct reading reading = read_good(made_text(files[_i]), FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 2);
    ck_assert_uint_eq(reading.table.dropped.count, 0);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs1");
    ck_assert_str_eq(row(&reading, 0)->other_allele, "G");
    ck_assert_double_eq(row(&reading, 0)->se, 0.01);
    ck_assert_str_eq(row(&reading, 1)->effect_allele, "C");
    ck_assert_double_eq(row(&reading, 1)->beta, 0.2);
    ck_assert_double_eq(row(&reading, 1)->se, 0.02);
    done(&reading);
}
END_TEST

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

#define MEGABYTE ((size_t)1 << 20)
#define MEMBER_ROWS 57000
#define MEMBERS 100

/* Some 200 MB of text as a gzip of a hundred members, each with the same 57,000 rows. */
static void make_large(const char *path)
{
    FILE *file = fopen(path, "wb");
    struct text head = {0}, rows = {0}, part;

    text_add(&head, HEADER);
    add_rows(&rows, 1, MEMBER_ROWS);
    ck_assert_uint_ge(rows.length * MEMBERS, 190 * MEGABYTE);
    part = packed(&head, "wg");
    ck_assert_uint_eq(fwrite(part.bytes, 1, part.length, file), part.length);
    text_drop(&part);
    part = packed(&rows, "wg");
    for (int i = 0; i < MEMBERS; i++) {
        ck_assert_uint_eq(fwrite(part.bytes, 1, part.length, file), part.length);
    }
    text_drop(&part);
    text_drop(&head);
    text_drop(&rows);
    ck_assert_int_eq(fclose(file), 0);
}

static size_t address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%lu", &pages), 1);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* In a process of its own that may take so much more address space: 0 when all was as it
 * should be. */
static int read_large(const char *path, size_t threads, size_t megabytes)
{
    struct gwas_options options = {.threads = threads};
    struct map *ids = map_create();
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table table;
    struct rlimit limit;
    char id[32];

    for (int i = 1; i <= 1000; i++) {
        snprintf(id, sizeof id, "rs%d", i * 17);
        map_set(ids, id, 0);
    }
    options.wanted.variants = ids;
    limit.rlim_cur = limit.rlim_max = address_space() + megabytes * MEGABYTE;
    if (setrlimit(RLIMIT_AS, &limit) != 0 ||
        !gwas_read(path, &options, arena, &table, &error)) {
        fprintf(stderr, "%s\n", error.code == ERROR_NONE ? "no limit" : error_message(&error));
        return 2;
    }
    return table.rows.count == 1000 && table.read == (size_t)MEMBER_ROWS * MEMBERS &&
                   table.duplicates == 1000 * (MEMBERS - 1)
               ? 0
               : 3;
}

static void check_large(const char *path, size_t threads, size_t megabytes)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        _exit(read_large(path, threads, megabytes));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s, %zu threads: %d", path,
                  threads, status);
}

/* 200 MB in 60: what is wanted of a gzip, and of a pipe. With threads address space is set
 * aside that nothing is kept in, 64 MB a thread. */
START_TEST(memory_is_bounded_by_what_is_kept)
{
    char path[] = "/tmp/taxamr-large-XXXXXX";
    char command[128];
    int number, standard = dup(STDIN_FILENO);
    FILE *pipe;

    if (IS_SANITIZED) {
        return;
    }
    number = mkstemp(path);
    ck_assert_int_ge(number, 0);
    close(number);
    make_large(path);
    check_large(path, 1, 60);
    check_large(path, 2, 60 + 3 * 72);
    snprintf(command, sizeof command, "gzip -dc < %s", path);
    pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    ck_assert_int_eq(dup2(fileno(pipe), STDIN_FILENO), STDIN_FILENO);
    check_large("-", 1, 60);
    ck_assert_int_eq(dup2(standard, STDIN_FILENO), STDIN_FILENO);
    close(standard);
    pclose(pipe);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hostile");
    TCase *cases = tcase_create("hostile");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, cut_files_are_refused, 0, 2);
    tcase_add_loop_test(cases, damaged_files_are_refused_or_the_same, 0, 2);
    tcase_add_test(cases, joined_files_are_one);
    tcase_add_test(cases, five_thousand_columns_are_read);
    tcase_add_loop_test(cases, line_ends_do_not_matter, 0, 10);
    tcase_add_test(cases, memory_is_bounded_by_what_is_kept);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
