/*
 * A PLINK 1 reference: its people, variants and genotypes; counts against counting one by one;
 * every kind of file that is refused, and a set cut at every byte.
 */
#include "instrument/genotype.h"
#include "plink_fixture.h"
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define GOLDEN "$ROOT/tests/golden/clump/"
#define CLUMP "taxamr clump small.p --bfile small --p1 1e-4 --r2 0.1 --kb 250"
#define COPY "cp " GOLDEN "small.* . && chmod u+w small.*; "

static struct plink *open_good(const char *name)
{
    char *prefix = prefix_of(name);
    struct error error = {0};
    struct plink *plink = NULL;

    if (!plink_open(prefix, &plink, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    memory_free(prefix);
    return plink;
}

/* The place of each of `count` ids. */
static void find_good(struct plink *plink, const char *const *ids, size_t count,
                      struct plink_variant *found)
{
    struct plink_wanted wanted[8];
    struct error error = {0};

    for (size_t i = 0; i < count; i++) {
        wanted[i] = (struct plink_wanted){.id = ids[i], .position = NAN};
    }
    if (!plink_place(plink, wanted, count, found, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
}

static void make_tiny(void)
{
    static const char *const rows[] = {"21-02", "01210", "-----", "00000", NULL};

    write_bed("tiny.bed", rows);
    write_text("tiny.bim", "1 rs1 0 100 A G\n\nchrX\trs2\t0\t1000000\tAT\tA\r\n"
                           "01 rs3 0 -5 C T\nMT rs4 1.5 7 C T");
    write_text("tiny.fam", "f a 0 0 1 -9\nf b 0 0 2 -9\n\nf c a b 1 -9\nf d 0 0 0 -9\n"
                           "f e 0 0 1\n");
}

START_TEST(a_set_is_read)
{
    static const char *const ids[] = {"rs2", "nobody", "rs3", "rs1", "rs4"};
    struct plink_variant found[5];
    struct plink *plink;

    make_tiny();
    plink = open_good("tiny");
    ck_assert_ptr_null(plink_example(plink));
    find_good(plink, ids, 5, found);
    ck_assert_str_eq(plink_example(plink), "rs1");
    ck_assert_uint_eq(plink_people_count(plink), 5);
    ck_assert_uint_eq(plink_founder_count(plink), 4);
    ck_assert_str_eq(found[0].id, "rs2");
    ck_assert_str_eq(found[0].chromosome, "23");
    ck_assert(found[0].position == 1e6);
    ck_assert_str_eq(found[0].first, "AT");
    ck_assert_str_eq(found[0].second, "A");
    ck_assert_uint_eq(found[0].index, 1);
    ck_assert_ptr_null(found[1].id);
    ck_assert_ptr_null(found[2].id); /* a negative position takes it out */
    ck_assert_str_eq(found[3].chromosome, "1");
    ck_assert_uint_eq(found[4].index, 3);
    ck_assert_uint_eq(plink_genotypes(plink, found[0].index)[0], 0x8b);
    ck_assert_uint_eq(plink_genotypes(plink, found[4].index)[1], 0x03);
    plink_close(plink);
}
END_TEST

START_TEST(founders_count_and_men_have_one_x)
{
    struct plink *plink;

    make_tiny();
    plink = open_good("tiny");
    ck_assert(plink_people_on(plink, "1")->counted[0] == 0x145);
    ck_assert(plink_people_on(plink, "1")->diploid[0] == 0x145);
    ck_assert_ptr_null(plink_people_on(plink, "1")->haploid);
    ck_assert(plink_people_on(plink, "23")->counted[0] == 0x145);
    ck_assert(plink_people_on(plink, "23")->diploid[0] == 0x44);
    ck_assert(plink_people_on(plink, "23")->haploid[0] == 0x101);
    ck_assert(plink_people_on(plink, "24")->counted[0] == 0x101);
    ck_assert(plink_people_on(plink, "24")->diploid[0] == 0);
    ck_assert_ptr_eq(plink_people_on(plink, "25"), plink_people_on(plink, "7"));
    plink_close(plink);
}
END_TEST

START_TEST(chromosomes_have_one_code)
{
    static const char *const codes[][2] = {
        {"chr7", "7"},  {"07", "7"},    {"0", "0"},   {"X", "23"},    {"chrx", "23"},
        {"Y", "24"},    {"XY", "25"},   {"MT", "26"}, {"chrM", "26"}, {"23", "23"},
        {"HLA", "HLA"}, {"chr", "chr"}, {"", ""}};

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        ck_assert_str_eq(plink_chromosome(codes[i][0]), codes[i][1]);
    }
}
END_TEST

static char random_genotype(void)
{
    return "210-"[rand() % 4];
}

/* Who counts here, one by one: founders are those whose number is not a multiple of 5; every
 * third is a man. */
static bool is_founder(size_t i)
{
    return i % 5 != 0;
}

static bool is_man(size_t i)
{
    return i % 3 == 0;
}

static void count_slowly(const char *one, const char *other, size_t people, char chromosome,
                         struct genotype_table *table)
{
    memset(table, 0, sizeof *table);
    for (size_t i = 0; i < people; i++) {
        bool has_one_copy = chromosome == 'Y' || (chromosome == 'X' && is_man(i));
        bool is_mixed = one[i] == '1' || other[i] == '1';

        if (!is_founder(i) || one[i] == '-' || other[i] == '-' || (has_one_copy && is_mixed) ||
            (chromosome == 'Y' && !is_man(i))) {
            continue;
        }
        table->count['2' - one[i]]['2' - other[i]]++;
        if (chromosome == 'X' && is_man(i)) {
            table->haploid['2' - one[i]]['2' - other[i]]++;
        }
    }
}

static void write_people(size_t people)
{
    struct text fam = {0};

    for (size_t i = 0; i < people; i++) {
        text_addf(&fam, "f i%zu %s 0 %d\n", i, is_founder(i) ? "0" : "dad", is_man(i) ? 1 : 2);
    }
    write_text("many.fam", fam.bytes);
    text_drop(&fam);
}

/* Genotypes with two variants of random letters, counted by both. */
static void check_counts(size_t people, const char *chromosome)
{
    char one[300] = "", other[300] = "";
    const char *const rows[] = {one, other, NULL};
    struct arena *arena = arena_create();
    struct genotype_table got, want;
    struct genotype_masks masks;
    struct plink *plink;

    for (size_t i = 0; i < people; i++) {
        one[i] = random_genotype();
        other[i] = random_genotype();
    }
    write_bed("many.bed", rows);
    write_people(people);
    plink = open_good("many");
    masks = genotype_masks_of(plink_people_on(plink, plink_chromosome(chromosome)), arena);
    genotype_fill(&masks, plink_genotypes(plink, 0));
    genotype_count(&masks, plink_genotypes(plink, 1), &got);
    count_slowly(one, other, people, *chromosome, &want);
    ck_assert_mem_eq(&got, &want, sizeof got);
    plink_close(plink);
    arena_destroy(arena);
}

START_TEST(counts_are_those_of_one_by_one)
{
    static const char *const chromosomes[] = {"1", "X", "Y"};

    srand(1);
    for (size_t people = 2; people < 140; people += people < 70 ? 1 : 13) {
        check_counts(people, chromosomes[people % 3]);
        check_counts(people, chromosomes[(people + 1) % 3]);
    }
}
END_TEST

START_TEST(alleles_can_change_places)
{
    struct genotype_table table = {.count = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}};
    struct genotype_table turned = table;

    genotype_turn(&turned, true, false);
    ck_assert_uint_eq(turned.count[0][1], 8);
    ck_assert_uint_eq(turned.count[1][1], 5);
    golden_close("r", genotype_r(&turned), -genotype_r(&table), 1e-14);
    genotype_turn(&turned, false, true);
    ck_assert_uint_eq(turned.count[0][0], 9);
    golden_close("r", genotype_r(&turned), genotype_r(&table), 1e-14);
}
END_TEST

static bool is_turned(const struct plink *plink, size_t index)
{
    return genotype_tally_of(plink_people_on(plink, "1"), plink_genotypes(plink, index))
        .is_turned;
}

/* Correlations of the first variants of chromosome 1, as PLINK 1.9 --r square printed them: of
 * the rarer alleles. */
START_TEST(correlations_are_plinks)
{
    struct arena *arena = arena_create();
    struct text path = {0};
    struct error error = {0};
    struct plink *plink;
    struct genotype_table table;
    char *all, *at;
    size_t count = 0;

    text_addf(&path, "%s/tests/golden/clump/small", getenv("ROOT"));
    if (!plink_open(path.bytes, &plink, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    struct genotype_masks masks = genotype_masks_of(plink_people_on(plink, "1"), arena);
    text_add(&path, "_ld_chr1.ld");
    all = at = program_file(path.bytes);
    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < 95; i++) {
        genotype_fill(&masks, plink_genotypes(plink, i));
        for (size_t k = 0; k < 95; k++, count++) {
            double want = strtod(at, &at);

            genotype_count(&masks, plink_genotypes(plink, k), &table);
            genotype_turn(&table, is_turned(plink, i), is_turned(plink, k));
            ck_assert_msg(fabs(genotype_r(&table) - want) < 1e-6 + 5e-6 * fabs(want),
                          "r of %zu and %zu: %g, not %g", i, k, genotype_r(&table), want);
        }
    }
    ck_assert_uint_eq(strspn(at, " \t\n"), strlen(at));
    memory_free(all);
    text_drop(&path);
    plink_close(plink);
    arena_destroy(arena);
}
END_TEST

START_TEST(what_does_not_vary_has_no_correlation)
{
    ck_assert(isnan(genotype_r(&(struct genotype_table){.count = {{5, 0, 3}, {0}}})));
    ck_assert(isnan(genotype_r(&(struct genotype_table){0})));
}
END_TEST

START_TEST(wrong_sets_are_refused)
{
    static const char *const lines[][2] = {
        {COPY "rm small.bim; " CLUMP, "small.bim: "},
        {COPY "rm small.fam; " CLUMP, "small.fam: "},
        {COPY "rm small.bed; " CLUMP, "small.bed: cannot open the file; --bfile takes"},
        {COPY "mv small.bed small.pgen; " CLUMP, "plink2 --pfile small --max-alleles 2"},
        {COPY "head -c 9000 small.bed >a; mv a small.bed; " CLUMP,
         "small.bed: found 9000 bytes"},
        {COPY "printf x >>small.bed; " CLUMP, "225004 bytes, but 3000 variants of 300"},
        {COPY ": >small.bed; " CLUMP, "no PLINK 1 genotypes"},
        {COPY "printf 'l\\033' >small.bed; " CLUMP, "no PLINK 1 genotypes"},
        {COPY "cp small.bim small.bed; " CLUMP, "no PLINK 1 genotypes"},
        {COPY "rm small.bed; mkdir small.bed; " CLUMP "; s=$?; rmdir small.bed; exit $s",
         "small.bed: "},
        {COPY "{ printf 'l\\033\\0'; tail -c +4 small.bed; } >a; mv a small.bed; " CLUMP,
         "ordered by person"},
        {COPY "head -n 296 small.fam >a; mv a small.fam; " CLUMP,
         "3000 variants of 296 people"},
        {COPY "head -n 2999 small.bim >a; mv a small.bim; " CLUMP, "2999 variants"},
        {COPY "sed 's/ 0 0 0/ dad 0 0/' small.fam >a; mv a small.fam; " CLUMP,
         "no founder among 300"},
        {COPY "cut -d ' ' -f 1-4 small.fam >a; mv a small.fam; " CLUMP, "fewer than five"},
        {COPY ": >small.fam; " CLUMP, "no founder among 0"},
        {COPY "cut -f 1-4 small.bim >a; mv a small.bim; " CLUMP, "small.bim: line 1: found a"},
        {COPY "sed 's/rs2\\t/rs1\\t/' small.bim >a; mv a small.bim; " CLUMP,
         "small.bim: line 2: found rs1 a second time"},
        {COPY "sed 's/21047/here/' small.bim >a; mv a small.bim; " CLUMP, "\"here\""},
        {COPY "sed 's/rs/ss/' small.bim >a; mv a small.bim; " CLUMP, "found none of the"},
        {COPY "sed 's/rs/ss/' small.bim >a; mv a small.bim; " CLUMP,
         "ss1 where the table has rs"},
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        refuses(lines[i][0], 1, lines[i][1]);
    }
}
END_TEST

/* Opens and searches; whether that worked. */
static bool is_read(const char *prefix)
{
    struct plink_wanted wanted = {.id = "rs1", .position = NAN};
    struct plink_variant found;
    struct error error = {0};
    struct plink *plink = NULL;
    bool is_good = plink_open(prefix, &plink, &error);

    is_good = is_good && plink_place(plink, &wanted, 1, &found, &error);
    ck_assert(is_good == (error.code == ERROR_NONE));
    error_clear(&error);
    plink_close(plink);
    return is_good;
}

/* Only what cuts the last line's end off may still be read. */
START_TEST(sets_cut_anywhere_are_refused)
{
    static const char *const ends[] = {"bed", "bim", "fam"};
    static const size_t spared[] = {0, 1, 1};
    char *prefix = prefix_of("tiny");

    make_tiny();
    write_text("tiny.bim", "1 rs1 0 100 A G\n1 rs2 0 200 AT A\n1 rs3 0 5 C T\n1 rs4 1 7 C T\n");
    write_text("tiny.fam", "f a 0 0 1\nf b 0 0 2\nf c a b 1\nf d 0 0 0\nf e 0 0 1\n");
    ck_assert(is_read(prefix));
    for (size_t i = 0; i < 3; i++) {
        char path[128];
        struct text name = {0};

        snprintf(path, sizeof path, "%s.%s", prefix, ends[i]);
        text_addf(&name, "tiny.%s", ends[i]);
        FILE *file = fopen(path, "rb");
        char bytes[256];
        size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        for (size_t cut = 0; cut + spared[i] < length; cut++) {
            write_bytes(name.bytes, bytes, cut);
            ck_assert_msg(!is_read(prefix), "%s of %zu bytes was read", path, cut);
        }
        write_bytes(name.bytes, bytes, length);
        ck_assert(is_read(prefix));
        text_drop(&name);
    }
    memory_free(prefix);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_set_is_read,
        founders_count_and_men_have_one_x,
        chromosomes_have_one_code,
        counts_are_those_of_one_by_one,
        alleles_can_change_places,
        correlations_are_plinks,
        what_does_not_vary_has_no_correlation,
        wrong_sets_are_refused,
        sets_cut_anywhere_are_refused,
    };
    int status;

    program_folder();
    status = golden_run("plink", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return status;
}
