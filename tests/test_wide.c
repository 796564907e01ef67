/*
 * Memory of `taxamr run -o` where there is ever more of a study: it grows neither with outcomes
 * nor with the rows of effects that a table of exposures has, whether the rows of a trait stand
 * together or not; and what is read is the same.
 */
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "gwas/gwas.h"
#include "program.h"
#include <stdio.h>
#include <sys/resource.h>

/* A folder `w` with so many traits and outcomes, each with so many effects, of which the three
 * instruments of the other side are a few. */
#define MAKE                                                                                   \
    "rm -rf w out && mkdir w && cd w && awk -v T=%d -v O=%d -v V=%d 'BEGIN { srand(7); study " \
    "= \"study.conf\"; head = "                                                                \
    "\"SNP\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\"; "                        \
    "print \"directions = {\\\"forward\\\", \\\"reverse\\\"}\\nexposure \\\"made\\\" {\\n "    \
    "instruments = \\\"x.tsv\\\"\\n all_instruments = true\\n associations = "                 \
    "\\\"y.tsv\\\"\\n unit = \\\"sd\\\"\\n}\" > study; print \"trait\\t\" head > \"x.tsv\"; "  \
    "print \"trait\\t\" head > \"y.tsv\"; for (t = 1; t <= T; t++) { for (k = 1; k <= 3; "     \
    "k++) "                                                                                    \
    "printf \"T%%d\\trs%%d\\tA\\tG\\t0.3\\t%%.4f\\t0.01\\t1e-9\\n\", t, k, .05 + .03 * "       \
    "rand() > \"x.tsv\"; for (v = 1; v <= V; v++) printf "                                     \
    "\"T%%d\\tos%%d\\tA\\tG\\t0.3\\t%%.4f\\t0.01\\tNA\\n\", t, v, .02 * rand() > \"y.tsv\" } " \
    "for (o = 1; o <= O; o++) { f = \"o\" o \".tsv\"; print head > f; for (v = 1; v <= V; "    \
    "v++) printf \"rs%%d\\tA\\tG\\t0.3\\t%%.4f\\t0.01\\tNA\\n\", v, .02 * rand() > f; "        \
    "close(f); f = \"i\" o \".tsv\"; print head > f; for (k = 1; k <= 3; k++) printf "         \
    "\"os%%d\\tA\\tG\\t0.3\\t%%.4f\\t0.01\\t1e-9\\n\", k, .05 + .03 * rand() > f; close(f); "  \
    "printf \"outcome \\\"d%%d\\\" {\\n instruments = \\\"i%%d.tsv\\\"\\n all_instruments = "  \
    "true\\n associations = \\\"o%%d.tsv\\\"\\n unit = \\\"sd\\\"\\n}\\n\", o, o, o > study "  \
    "} "                                                                                       \
    "}' && cd .. && "
#define RUN                                                                                    \
    "taxamr run w -o out -q --no-cache --methods ivw --presso-sims 10 --threads 2 --table "    \
    "strength"

/* Sanitizers have memory of their own. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

/* Megabytes of the largest process since the test began. */
static double peak(void)
{
    struct rusage usage;
    ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &usage), 0);
    return (double)usage.ru_maxrss / 1024;
}

static double run(int traits, int outcomes, int effects)
{
    struct text line = {0};
    text_addf(&line, MAKE RUN, traits, outcomes, effects);
    program_is_silent(line.bytes);
    text_drop(&line);
    return peak();
}

/* 150,000 rows more, which are 40 MB where they are kept, and 2 MB of pairs. */
START_TEST(traits_cost_no_more_than_their_pairs)
{
    if (IS_SANITIZED) {
        return;
    }
    double few = run(10, 4, 1000), many = run(160, 4, 1000);
    ck_assert_msg(many < few + 12, "%.1f MB after %.1f MB", many, few);
}
END_TEST

START_TEST(outcomes_cost_nothing)
{
    if (IS_SANITIZED) {
        return;
    }
    double few = run(10, 8, 1000), many = run(10, 80, 1000);
    ck_assert_msg(many < few + 3, "%.1f MB after %.1f MB", many, few);
}
END_TEST

static char *file_of(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", program_folder(), name);
    return text_take(&path);
}

/* A table with all that policies look at: rows that are bad, repeated, repeated with other
 * figures, a P of 0; of traits one after the other, by variant, and with odds ratios. */
static const char *const tables[] = {
    "trait\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n"
    "a\trs9\tA\tG\t0.3\t0.1\t0.01\tNA\na\trs1\tA\tG\t0.3\t0.1\t0.01\t0\n"
    "a\trs9\tG\tA\t0.7\t-0.1\t0.01\tNA\na\trs8\tA\tG\t0.3\t0.1\t0\tNA\n"
    "a\trs9\tA\tG\t0.3\t0.2\t0.01\tNA\nb\trs8\tA\tG\t0.3\t0.1\t0.01\tNA\n"
    "b\trs2,rs7\tAT\tG\t0.3\t0.3\t0.01\t0.9\nb\tRS1\tA\tG\t0.3\t0.4\t0.01\tNA\n"
    "NA\trs1\tA\tG\t0.3\t0.4\t0.01\tNA\nc\trs8\tA\tG\t1.3\t0.4\t0.01\tNA\n"
    "c\trs7\tA\tG\t0.3\t0.4\t0.01\tNA\nc\trs6\tA\tG\t0.3\t0.4\t0.01\tNA\n",
    "trait\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n"
    "a\trs9\tA\tG\t0.3\t0.1\t0.01\tNA\nb\trs9\tA\tG\t0.3\t0.1\t0.01\t0\n"
    "a\trs9\tA\tG\t0.3\t0.2\t0.01\tNA\na\trs1\tA\tG\t0.3\t0.1\t0.01\tNA\n"
    "b\trs1\tA\tG\t0.3\t0.1\t0.01\tNA\nb\trs5\tA\tG\t0.3\t0.1\t0.01\t0\n",
    "trait\tSNP\teffect_allele\tother_allele\teaf\tOR\tse\tpval\n"
    "a\trs9\tA\tG\t0.3\t1.5\t0.15\t0.0001\na\trs1\tA\tG\t0.3\t1.5\t0.15\t0.0001\n"
    "b\trs9\tA\tG\t0.3\t1.5\t0.15\t0.0001\nb\trs1\tA\tG\t0.3\t1.5\t0.15\t0.0001\n"
    "b\trs8\tA\tG\t0.3\t1.2\t0.1\t0.03\n",
};

static bool is_wanted(const struct gwas_table *whole, size_t row)
{
    const struct gwas_row *one = array_at(&whole->rows, row);
    for (size_t i = 0; i < row; i++) {
        const struct gwas_row *earlier = array_at(&whole->rows, i);
        if (text_equal(earlier->trait, one->trait)) {
            const char *id = one->association.variant;
            return text_equal_fold(id, "rs1") || text_equal_fold(id, "rs2");
        }
    }
    return true;
}

static void same_dropped(const struct gwas_table *whole, const struct gwas_table *some)
{
    ck_assert_uint_eq(some->dropped.count, whole->dropped.count);
    for (size_t i = 0; i < whole->dropped.count; i++) {
        const struct gwas_dropped *one = array_at(&whole->dropped, i);
        const struct gwas_dropped *other = array_at(&some->dropped, i);
        ck_assert(text_equal(one->trait, other->trait));
        ck_assert(text_equal(one->variant, other->variant));
        ck_assert_int_eq(one->line, other->line);
        ck_assert_int_eq(one->reason, other->reason);
    }
}

/* All rows that are asked for, in order, and the first of each trait. */
static void same_rows(const struct gwas_table *whole, const struct gwas_table *some)
{
    size_t at = 0;
    for (size_t i = 0; i < whole->rows.count; i++) {
        if (is_wanted(whole, i)) {
            const struct gwas_row *one = array_at(&whole->rows, i);
            ck_assert_uint_lt(at, some->rows.count);
            const struct gwas_row *other = array_at(&some->rows, at++);
            const struct association *x = &one->association, *y = &other->association;
            ck_assert_str_eq(one->trait, other->trait);
            ck_assert_str_eq(x->variant, y->variant);
            ck_assert(text_equal(x->more_ids, y->more_ids));
            ck_assert_str_eq(x->effect_allele, y->effect_allele);
            ck_assert_str_eq(x->other_allele, y->other_allele);
            ck_assert(x->beta == y->beta && x->se == y->se && x->p == y->p &&
                      x->neglog10_p == y->neglog10_p && x->line == y->line);
        }
    }
    ck_assert_uint_eq(at, some->rows.count);
}

START_TEST(what_is_kept_is_as_in_the_whole)
{
    struct error error = {0};
    struct arena *arena = arena_create();
    struct map *ids = map_create();
    struct gwas_options all = {0}, few = {.kept = {.variants = ids}};
    struct gwas_table whole, some;
    char *path = file_of("table.tsv");
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(tables[_i], file);
    fclose(file);
    map_set(ids, "rs1", 0);
    map_set(ids, "rs2", 0);
    ck_assert(gwas_read(path, &all, arena, &whole, &error));
    ck_assert(gwas_read(path, &few, arena, &some, &error));
    ck_assert_uint_lt(some.rows.count, whole.rows.count);
    ck_assert_uint_eq(some.read, whole.read);
    ck_assert_uint_eq(some.duplicates, whole.duplicates);
    ck_assert_uint_eq(some.repaired_p, whole.repaired_p);
    ck_assert_uint_eq(some.strange_p, whole.strange_p);
    ck_assert_uint_eq(some.ratio_se, whole.ratio_se);
    same_dropped(&whole, &some);
    same_rows(&whole, &some);
    gwas_table_destroy(&whole);
    gwas_table_destroy(&some);
    map_destroy(ids);
    arena_destroy(arena);
    memory_free(path);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {traits_cost_no_more_than_their_pairs, 1},
        {outcomes_cost_nothing, 1},
        {what_is_kept_is_as_in_the_whole, sizeof tables / sizeof tables[0]},
    };
    program_folder(); /* made once, for all */
    int failed = golden_run_each("wide", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
