/*
 * The side index by place: look-ups of places, and of ids and places at once, are those of the
 * whole file, row by row, whatever the order of the file; rows far away are not read.
 */
#include "base/map.h"
#include "base/memory.h"
#include "gwas/index.h"
#include "program.h"
#include "reading.h"
#include <fcntl.h>
#include <htslib/bgzf.h>
#include <sys/stat.h>

#define ROWS 20000

static char folder[64];
static char path[128];

enum packing { PLAIN, BLOCKS, PACKINGS };
enum order { SORTED, SHUFFLED, ORDERS };

static void folder_begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/taxamr-places-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/gwas.tsv", folder);
}

static void folder_end(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void write_bytes(const struct text *text, enum packing packing)
{
    BGZF *file = bgzf_open(path, packing == PLAIN ? "wu" : "w");

    ck_assert_int_eq(bgzf_write(file, text->bytes, text->length), (ssize_t)text->length);
    ck_assert_int_eq(bgzf_close(file), 0);
}

/* Two chromosomes; each hundredth row has no place, a blank line stands in the middle. */
static void make_table(enum packing packing, enum order order)
{
    struct text text = {0};

    text_add(&text, "SNP\tCHR\tBP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n");
    for (int i = 0; i < ROWS; i++) {
        int at = order == SORTED ? i : (int)(i * 7919L % ROWS);
        const char *chromosome = at < ROWS / 2 ? "chr7" : "X";

        if (i % 100 == 99) {
            text_addf(&text, "rs%d\tNA\tNA\tA\tG\t0.3\t0.1\t0.01\t1e-5\n", at);
        } else {
            text_addf(&text, "rs%d\t%s\t%d\tA\tG\t0.3\t0.1\t0.01\t1e-5\n", at, chromosome,
                      1000 + at / 2 * 10);
        }
        text_add(&text, i == ROWS / 3 ? "\n" : "");
    }
    write_bytes(&text, packing);
    text_drop(&text);
}

static void make_vcf(enum packing packing)
{
    struct text text = {0};

    text_add(&text, "##fileformat=VCFv4.2\n##FORMAT=<ID=ES,Number=A>\n##FORMAT=<ID=SE,"
                    "Number=A>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tx\n");
    for (int i = 0; i < ROWS; i++) {
        text_addf(&text, "%s\t%d\trs%d\tA\tG\t.\t.\t.\tES:SE\t1:3\n",
                  i < ROWS / 2 ? "7" : "chrX", 1000 + i / 2 * 10, i);
    }
    write_bytes(&text, packing);
    text_drop(&text);
}

static void make_index(void)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct index_made made;

    if (!index_make(path, &options, &made, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    memory_free(made.path);
}

/* Every 613th position of chromosome 7, one between rows, one beyond all, and of X only one. */
static struct map *some_places(void)
{
    struct map *places = map_create();
    char key[32];

    for (int i = 0; i < ROWS / 4; i += 613) {
        snprintf(key, sizeof key, "7:%d", 1000 + i * 10);
        map_set(places, key, 0);
    }
    map_set(places, "7:1001", 0);
    map_set(places, "7:99999999", 0);
    map_set(places, "X:75000", 0);
    map_set(places, "MT:1000", 0);
    return places;
}

static void check_same(const struct gwas_table *one, const struct gwas_table *other)
{
    ck_assert_ptr_null(other->note);
    ck_assert_uint_eq(one->read, other->read);
    ck_assert_uint_eq(one->unwanted, other->unwanted);
    ck_assert_uint_eq(one->rows.count, other->rows.count);
    for (size_t i = 0; i < one->rows.count; i++) {
        const struct gwas_row *a = array_at(&one->rows, i), *b = array_at(&other->rows, i);

        ck_assert_str_eq(a->association.variant, b->association.variant);
        ck_assert_int_eq(a->association.line, b->association.line);
    }
}

/* With and without the index. */
static void compare(struct map *variants, struct map *places, size_t least)
{
    struct gwas_options options = {.wanted = {.variants = variants, .places = places}};
    struct reading whole = read_good(path, FORM_ASSOCIATIONS, &options), found;

    ck_assert_uint_ge(whole.table.rows.count, least);
    make_index();
    found = read_good(path, FORM_ASSOCIATIONS, &options);
    check_same(&whole.table, &found.table);
    done(&found);
    done(&whole);
}

START_TEST(places_are_looked_up)
{
    struct map *places = some_places(), *ids = map_create();

    map_set(ids, "rs12", 0);    /* within a stretch that is read for a place */
    map_set(ids, "rs16001", 0); /* and far from all */
    map_set(ids, "RS19999", 0);
    folder_begin();
    make_table((enum packing)(_i / ORDERS), (enum order)(_i % ORDERS));
    compare(NULL, places, 15);
    compare(ids, places, 18);
    folder_end();
    map_destroy(ids);
    map_destroy(places);
}
END_TEST

START_TEST(places_of_a_vcf_are_looked_up)
{
    struct map *places = some_places();

    folder_begin();
    make_vcf((enum packing)_i);
    compare(NULL, places, 15);
    folder_end();
    map_destroy(places);
}
END_TEST

/* Rows behind the index's back are not seen: NUL bytes would refuse the file. */
START_TEST(rows_far_away_are_not_read)
{
    struct map *places = map_create();
    struct gwas_options options = {.wanted = {.places = places}};
    struct timespec times[2];
    struct reading found;
    struct stat status;
    int file;

    folder_begin();
    make_table(PLAIN, SORTED);
    map_set(places, "7:1000", 0);
    make_index();
    ck_assert_int_eq(stat(path, &status), 0);
    file = open(path, O_WRONLY);
    ck_assert_int_eq(pwrite(file, "\0\0\0", 3, 500000), 3);
    times[0] = status.st_atim;
    times[1] = status.st_mtim;
    ck_assert_int_eq(futimens(file, times), 0);
    close(file);
    found = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(found.table.rows.count, 2);
    ck_assert_uint_eq(found.table.read, ROWS);
    done(&found);
    map_destroy(places);
    folder_end();
}
END_TEST

/* A wrong byte among the marks, which stand last: not used, and the same answer. */
START_TEST(damaged_marks_are_not_used)
{
    struct map *places = some_places();
    struct gwas_options options = {.wanted = {.places = places}};
    struct reading whole, found;
    char index_path[160];
    struct stat status;
    int file;

    folder_begin();
    make_table(PLAIN, SORTED);
    whole = read_good(path, FORM_ASSOCIATIONS, &options);
    make_index();
    snprintf(index_path, sizeof index_path, "%s.taxamr-index", path);
    file = open(index_path, O_RDWR);
    ck_assert_int_eq(fstat(file, &status), 0);
    ck_assert_int_eq(pwrite(file, "\x7f", 1, status.st_size - 20), 1);
    close(file);
    found = read_good(path, FORM_ASSOCIATIONS, &options);
    ck_assert_ptr_nonnull(found.table.note);
    ck_assert_uint_eq(found.table.rows.count, whole.table.rows.count);
    done(&found);
    done(&whole);
    map_destroy(places);
    folder_end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index_places");
    TCase *cases = tcase_create("index_places");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, places_are_looked_up, 0, PACKINGS * ORDERS);
    tcase_add_loop_test(cases, places_of_a_vcf_are_looked_up, 0, PACKINGS);
    tcase_add_test(cases, rows_far_away_are_not_read);
    tcase_add_test(cases, damaged_marks_are_not_used);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
