/*
 * The side index: look-ups by it are those of the whole file, row by row; it is not used when
 * the file changed or it is damaged; what cannot have one is refused.
 */
#include "base/map.h"
#include "gwas/index.h"
#include "gwas/index_source.h"
#include "program.h"
#include "reading.h"
#include <fcntl.h>
#include <htslib/bgzf.h>
#include <sys/stat.h>
#include <time.h>

#define ROWS 20000

static char folder[64];
static char path[128];
static char index_path[160];

static void folder_begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/taxamr-index-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/gwas.tsv", folder);
    snprintf(index_path, sizeof index_path, "%s.taxamr-index", path);
}

static void folder_end(void)
{
    char command[256];

    snprintf(command, sizeof command, "chmod u+w %s && rm -r %s", folder, folder);
    ck_assert_int_eq(system(command), 0);
}

enum packing { PLAIN, BLOCKS, GZIP };

static void write_bytes(const struct text *text, enum packing packing)
{
    static const char *const modes[] = {"wu", "w", "wg"};
    BGZF *file = bgzf_open(path, modes[packing]);

    ck_assert_int_eq(bgzf_write(file, text->bytes, text->length), (ssize_t)text->length);
    ck_assert_int_eq(bgzf_close(file), 0);
}

/* A table of traits two a variant, rows without an id, a blank line, a row that is dropped. */
static void make_table(enum packing packing)
{
    struct text text = {0};

    text_add(&text, "trait\tSNP\tCHR\tBP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n");
    for (int i = 1; i <= ROWS; i++) {
        text_addf(&text,
                  i % 100 == 0 ? "%s\tNA\t1\t%d\tc\tA\t0.3\t%g\t0.01\t1e-5\n"
                               : "%s\trs%d\t1\t5\tA\tG\t0.3\t%g\t0.01\t1e-5\n",
                  i % 2 == 0 ? "one" : "two", (i + 1) / 2 * 2 - (i % 2 != 0), 1e-5 * i);
        if (i == 17) {
            text_add(&text, "\n");
        }
    }
    text_add(&text, "two\trs70001\t1\t5\tA\tG\t0.3\t0.1\tNA\t1e-5");
    write_bytes(&text, packing);
    text_drop(&text);
}

static void make_index(size_t rows, size_t ids)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct index_made made;

    if (!index_make(path, &options, &made, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    ck_assert_uint_eq(made.rows, rows);
    ck_assert_uint_eq(made.ids, ids);
    ck_assert_str_eq(made.path, index_path);
    memory_free(made.path);
}

static struct map *wanted_ids(void)
{
    struct map *wanted = map_create();
    char id[32];

    for (int i = 1; i <= ROWS + 50; i += 37) {
        snprintf(id, sizeof id, "rs%d", i);
        map_set(wanted, id, 0);
    }
    map_set(wanted, "rs70001", 0);
    map_set(wanted, "1:200:A:C", 0);
    map_set(wanted, "1:19900:A:C", 0);
    return wanted;
}

static void check_same(const struct gwas_table *one, const struct gwas_table *other)
{
    ck_assert_uint_eq(one->read, other->read);
    ck_assert_uint_eq(one->unwanted, other->unwanted);
    ck_assert_uint_eq(one->dropped.count, other->dropped.count);
    ck_assert_uint_eq(one->rows.count, other->rows.count);
    for (size_t i = 0; i < one->dropped.count; i++) {
        const struct gwas_dropped *a = array_at(&one->dropped, i);
        const struct gwas_dropped *b = array_at(&other->dropped, i);

        ck_assert_int_eq(a->line, b->line);
        ck_assert_str_eq(a->variant, b->variant);
        ck_assert_int_eq(a->reason, b->reason);
    }
    for (size_t i = 0; i < one->rows.count; i++) {
        const struct gwas_row *a = array_at(&one->rows, i), *b = array_at(&other->rows, i);

        ck_assert_pstr_eq(a->trait, b->trait);
        ck_assert_str_eq(a->association.variant, b->association.variant);
        ck_assert_int_eq(a->association.line, b->association.line);
        ck_assert_double_eq(a->association.beta, b->association.beta);
        ck_assert_str_eq(a->association.effect_allele, b->association.effect_allele);
    }
}

/* Reads the wanted ids of the file as it is; with `words` a warning must hold them. */
static struct reading look_up(struct map *wanted, const char *words)
{
    struct gwas_options options = {.wanted = {.variants = wanted}};
    struct reading reading = read_good(path, FORM_ASSOCIATIONS, &options);
    const char *note = reading.table.note;

    if (words == NULL) {
        ck_assert_msg(note == NULL, "%s", note);
    } else {
        char *warning = gwas_warning(path, &reading.table);

        ck_assert_ptr_nonnull(note);
        ck_assert_msg(strstr(warning, words) != NULL, "%s", warning);
        memory_free(warning);
    }
    return reading;
}

START_TEST(a_table_is_looked_up)
{
    struct map *wanted = wanted_ids();
    struct reading whole, found;

    folder_begin();
    make_table((enum packing)_i);
    whole = look_up(wanted, NULL);
    ck_assert_uint_gt(whole.table.rows.count, 500);
    ck_assert_uint_eq(dropped(&whole, DROP_NO_SE), 1);
    make_index(ROWS + 1, ROWS + 1);
    found = look_up(wanted, NULL);
    check_same(&whole.table, &found.table);
    done(&found);
    done(&whole);
    map_destroy(wanted);
    folder_end();
}
END_TEST

/* That it is the index that answers: rows behind its back are not seen. */
START_TEST(only_the_lines_of_the_ids_are_read)
{
    struct map *wanted = map_create();
    struct timespec times[2];
    struct reading found;
    struct stat status;
    int file;

    folder_begin();
    make_table(PLAIN);
    map_set(wanted, "rs1", 0);
    ck_assert_int_eq(stat(path, &status), 0);
    make_index(ROWS + 1, ROWS + 1);
    file = open(path, O_WRONLY);
    ck_assert_int_eq(pwrite(file, "\0\0\0", 3, 500000), 3);
    times[0] = status.st_atim;
    times[1] = status.st_mtim;
    ck_assert_int_eq(futimens(file, times), 0);
    close(file);
    found = look_up(wanted, NULL);
    ck_assert_uint_eq(found.table.rows.count, 1);
    ck_assert_uint_eq(found.table.read, ROWS + 1);
    done(&found);
    map_destroy(wanted);
    folder_end();
}
END_TEST

/* An id that is nowhere is no reason to refuse the file, as without an index. */
START_TEST(nothing_found_is_an_answer)
{
    struct map *wanted = map_create();
    struct reading found;

    folder_begin();
    make_table(BLOCKS);
    make_index(ROWS + 1, ROWS + 1);
    map_set(wanted, "rs999999999", 0);
    found = look_up(wanted, NULL);
    ck_assert_uint_eq(found.table.rows.count, 0);
    ck_assert_uint_eq(found.table.unwanted, ROWS + 1);
    done(&found);
    map_destroy(wanted);
    folder_end();
}
END_TEST

/* The last P gets one more digit. */
static void lengthen(void)
{
    FILE *file = fopen(path, "ab");

    ck_assert_int_eq(fputc('0', file), '0');
    ck_assert_int_eq(fclose(file), 0);
}

static void flip(const char *name, off_t place)
{
    int file = open(name, O_RDWR);
    char byte;

    ck_assert_int_eq(pread(file, &byte, 1, place), 1);
    byte = (char)(byte ^ 1);
    ck_assert_int_eq(pwrite(file, &byte, 1, place), 1);
    close(file);
}

/* Whatever byte of the index is wrong: the same answer, and a warning. */
START_TEST(a_damaged_index_is_not_used)
{
    struct map *wanted = wanted_ids();
    struct reading whole, found;
    struct stat status;

    folder_begin();
    make_table(PLAIN);
    whole = look_up(wanted, NULL);
    for (int i = 0; i < 40; i++) {
        make_index(ROWS + 1, ROWS + 1);
        ck_assert_int_eq(stat(index_path, &status), 0);
        flip(index_path, i < 20 ? i * 5 : status.st_size * (i - 20) / 20);
        found = look_up(wanted, "damaged and not used");
        check_same(&whole.table, &found.table);
        done(&found);
    }
    for (int i = 0; i < 5; i++) {
        make_index(ROWS + 1, ROWS + 1);
        ck_assert_int_eq(truncate(index_path, status.st_size * i / 5), 0);
        found = look_up(wanted, "damaged and not used");
        check_same(&whole.table, &found.table);
        done(&found);
    }
    done(&whole);
    map_destroy(wanted);
    folder_end();
}
END_TEST

/* By its size, its time, and its first and last bytes under the old time. */
START_TEST(a_changed_file_is_noticed)
{
    struct map *wanted = wanted_ids();
    struct timespec times[2];
    struct reading found;
    struct stat status;

    folder_begin();
    make_table(PLAIN);
    for (int i = 0; i < 4; i++) {
        make_index(ROWS + 1, ROWS + 1);
        ck_assert_int_eq(stat(path, &status), 0);
        times[0] = status.st_atim;
        times[1] = status.st_mtim;
        if (i == 0) {
            lengthen();
        } else if (i == 1) {
            times[1].tv_nsec = (times[1].tv_nsec + 1) % 1000000000;
        } else {
            flip(path, i == 2 ? 1 : status.st_size - 1);
        }
        ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
        found = look_up(wanted, "of another state of the file and not used");
        done(&found);
        make_table(PLAIN);
    }
    map_destroy(wanted);
    folder_end();
}
END_TEST

static void expect_no_index(const char *words)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct index_made made;
    char *message;

    ck_assert(!index_make(path, &options, &made, &error));
    ck_assert_ptr_null(made.path);
    message = error_message(&error);
    ck_assert_msg(strstr(message, words) != NULL, "%s", message);
    memory_free(message);
    error_clear(&error);
    ck_assert_int_ne(access(index_path, F_OK), 0);
}

static void write_text(const char *bytes)
{
    FILE *file = fopen(path, "wb");

    ck_assert_int_ge(fputs(bytes, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* The last line ends with the file, whether it has an end of its own or not. */
START_TEST(the_last_line_is_the_last)
{
    static const char *const texts[] = {"a\nbc\nlast", "a\nbc\nlast\n", "a\nbc\nlast\r\n"};

    folder_begin();
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        struct text text = {0};
        struct index_source *source;
        struct error error = {0};
        const char *line = "";
        size_t length;
        uint64_t place = 0, last = 0;

        text_add(&text, texts[i / 2]);
        write_bytes(&text, i % 2 == 0 ? PLAIN : BLOCKS);
        ck_assert(index_source_open(path, &source, &error));
        for (int turn = 0; turn < 2; turn++) {
            while (line != NULL) {
                last = place;
                ck_assert(index_source_next(source, &line, &length, &place, &error));
            }
            ck_assert_uint_eq(length, 0);
            ck_assert(index_source_next(source, &line, &length, &place, &error));
            ck_assert_ptr_null(line);
            ck_assert(index_source_line(source, last, &line, &length));
            ck_assert_uint_eq(length, 4);
            ck_assert_int_eq(memcmp(line, "last", 4), 0);
            ck_assert(index_source_go(source, last));
        }
        index_source_close(source);
        text_drop(&text);
    }
    folder_end();
}
END_TEST

START_TEST(what_cannot_have_an_index)
{
    folder_begin();
    make_table(GZIP);
    expect_no_index("compress it with bgzip");
    write_text("\x28\xb5\x2f\xfd rest");
    expect_no_index("compress it with bgzip");
    write_text(HEADER);
    expect_no_index("no rows");
    write_text(HEADER "rs1\tA\tG\n");
    expect_no_index("line 2");
    write_text("SNP,effect_allele,beta,se\nrs1,A,0.1,0.1\n\"rs\n2\",A,0.1,0.1\nrs3,A,1,1\n");
    expect_no_index("over several lines");
    write_text("#CHROM\tPOS\tID\tREF\tALT\tA1\tTEST\tOBS_CT\tBETA\tSE\tP\n"
               "1\t5\trs1\tC\tT\tT\tDOM\t99\t1\t.1\t.5\n");
    expect_no_index("no row of TEST ADD among 1");
    ck_assert_int_eq(unlink(path), 0);
    expect_no_index("check the name");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    expect_no_index("no plain file");
    folder_end();
}
END_TEST

/* Names in ID, in FORMAT, in INFO, and none; two alleles of a line. */
START_TEST(a_vcf_is_looked_up)
{
    struct map *wanted = map_create();
    struct text text = {0};
    struct reading whole, found;

    folder_begin();
    text_add(&text, "##fileformat=VCFv4.2\n##FORMAT=<ID=ES,Number=A>\n##FORMAT=<ID=SE,"
                    "Number=A>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tx\n");
    for (int i = 1; i <= 3000; i++) {
        text_addf(&text,
                  i % 3 == 0   ? "1\t%d\trs%d;old%d\tA\tG,T\t.\t.\t.\tES:SE\t1,2:3,4\n"
                  : i % 3 == 1 ? "1\t%d\t.\tA\tG\t.\t.\tAF=1;RSID=rs%d\tES:SE\t0.%d:1\n"
                               : "1\t%d\t.\tA\tG\t.\t.\t.\tES:ID:SE\t1:rs%d:0.%d\n",
                  i, i, i);
    }
    write_bytes(&text, (enum packing)_i);
    text_drop(&text);
    map_set(wanted, "rs3", 0);
    map_set(wanted, "old30", 0);
    map_set(wanted, "rs1501", 0);
    map_set(wanted, "rs1502", 0);
    map_set(wanted, "RS1500", 0);
    whole = look_up(wanted, NULL);
    ck_assert_uint_eq(whole.table.rows.count, 8);
    make_index(3000, 4000);
    found = look_up(wanted, NULL);
    ck_assert_uint_eq(found.table.rows.count, 8);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_str_eq(row(&whole, i)->variant, row(&found, i)->variant);
        ck_assert_int_eq(row(&whole, i)->line, row(&found, i)->line);
    }
    done(&found);
    done(&whole);
    map_destroy(wanted);
    folder_end();
}
END_TEST

START_TEST(the_command_says_where)
{
    struct said said;

    said =
        program_say("printf 'SNP\\tA1\\tBETA\\tSE\\nrs1\\tA\\t1\\t1\\nrs2\\tA\\t1\\t1\\n' > t "
                    "&& taxamr index t && test -s t.taxamr-index && ls t*");
    ck_assert_msg(said.status == 0, "%s", said.err);
    ck_assert_str_eq(said.out, "t.taxamr-index: 2 rows, 2 ids\nt\nt.taxamr-index\n");
    said_drop(&said);
    said = program_say("gzip t && taxamr index t.gz");
    ck_assert_int_eq(said.status, 1);
    ck_assert_ptr_nonnull(strstr(said.err, "bgzip"));
    said_drop(&said);
    program_clean();
}
END_TEST

/* Where the file's folder cannot be written to: a name that is taken by a folder stands for it,
 * as root may write everywhere. */
START_TEST(the_cache_is_the_other_place)
{
    struct gwas_options options = {0};
    struct map *wanted = map_create();
    struct error error = {0};
    struct index_made made;
    struct reading found;
    char cache[80];

    folder_begin();
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    make_table(PLAIN);
    ck_assert_int_eq(mkdir(index_path, 0700), 0);
    ck_assert(index_make(path, &options, &made, &error));
    ck_assert_ptr_eq(strstr(made.path, cache), made.path);
    memory_free(made.path);
    ck_assert_int_eq(rmdir(index_path), 0);
    map_set(wanted, "rs1", 0);
    lengthen();
    found = look_up(wanted, "cache/taxamr/");
    done(&found);
    map_destroy(wanted);
    folder_end();
}
END_TEST

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A thousand ids of a file of 18 MB: far less than reading it. */
START_TEST(a_thousand_ids_take_milliseconds)
{
    struct text text = {0};
    struct map *wanted = map_create();
    struct reading found;
    double start;
    char id[32];

    folder_begin();
    text_add(&text, HEADER);
    for (int i = 0; i < 300000; i++) {
        text_addf(&text, "rs%d\tA\tG\t0.3\t0.0%d\t0.01\t0.0312345678901234567\n", i, i);
    }
    write_bytes(&text, PLAIN);
    text_drop(&text);
    make_index(300000, 300000);
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "rs%d", i * 299);
        map_set(wanted, id, 0);
    }
    start = now();
    found = look_up(wanted, NULL);
    ck_assert_uint_eq(found.table.rows.count, 1000);
    ck_assert_double_lt(now() - start, 0.5);
    done(&found);
    map_destroy(wanted);
    folder_end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index");
    TCase *cases = tcase_create("index");
    SRunner *runner;
    int failed;
    const TTest *const tests[] = {only_the_lines_of_the_ids_are_read,
                                  nothing_found_is_an_answer,
                                  a_damaged_index_is_not_used,
                                  a_changed_file_is_noticed,
                                  the_last_line_is_the_last,
                                  what_cannot_have_an_index,
                                  the_command_says_where,
                                  the_cache_is_the_other_place,
                                  a_thousand_ids_take_milliseconds};

    tcase_set_timeout(cases, 60);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    tcase_add_loop_test(cases, a_table_is_looked_up, PLAIN, GZIP);
    tcase_add_loop_test(cases, a_vcf_is_looked_up, PLAIN, GZIP);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
