/*
 * Random methods give the same bytes whoever asks and on however many threads: `taxamr run`,
 * `taxamr mr` and the results that the explorer computes. And what becomes of a variant without
 * a usable number on its way through the program.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "golden.h"
#include "numeric/start.h"
#include "program.h"
#include "report/table.h"
#include <stdlib.h>
#include <string.h>

#define BOOT "12"

/* The methods of the table that draw, as the command line wants them: "a,b,c". */
static char *random_keys(void)
{
    struct text keys = {0};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    for (size_t i = 0; i < count; i++) {
        if (methods[i]->is_random) {
            text_addf(&keys, "%s%s", keys.length == 0 ? "" : ",", methods[i]->key);
        }
    }
    return text_take(&keys);
}

/* Runs a line in which RANDOM stands for the options of the random methods. */
static void check_line(const char *line)
{
    char *keys = random_keys();
    struct text whole = {0};
    struct said said;

    text_addf(&whole,
              "RANDOM='--methods %s --boot " BOOT " --presso-sims " BOOT " --quiet'\n%s", keys,
              line);
    said = program_say(whole.bytes);
    ck_assert_msg(said.status == 0, "%s: %d\n%.2000s%.2000s", line, said.status, said.out,
                  said.err);
    said_drop(&said);
    text_drop(&whole);
    memory_free(keys);
}

START_TEST(threads_do_not_matter_to_run)
{
    check_line("taxamr run $RANDOM --threads 1 -o one && taxamr run $RANDOM --threads 2 -o two "
               "&& test $(wc -l < one/estimates.tsv) -gt 1000 && diff -r one two");
    check_line("taxamr run $RANDOM --threads 2 --seed 5 -o three && "
               "! cmp -s one/estimates.tsv three/estimates.tsv");
    check_line("rm -r one two three");
}
END_TEST

/* The harmonised table of a study holds all that its estimates came from. */
START_TEST(mr_of_a_study_s_pairs_is_the_study)
{
    check_line("taxamr run $RANDOM --seed 3 -o one");
    check_line("for n in 1 2; do taxamr mr $RANDOM --seed 3 --threads $n one/harmonised.tsv "
               "> mr$n; done; cmp mr1 mr2");
    check_line("cut -f 1-15 one/estimates.tsv > want; cut -f 1-15 mr1 | cmp - want");
    check_line("rm -r one mr1 mr2 want");
}
END_TEST

/* The order and number of methods asked for, and the other pairs, are nothing to a stream. */
START_TEST(a_method_alone_is_as_among_others)
{
    check_line("taxamr run $RANDOM -o all");
    check_line("taxamr run --quiet --boot " BOOT " --methods weighted_mode -o alone");
    check_line("grep -P '\\tweighted_mode\\t' all/estimates.tsv > want && "
               "sed 1d alone/estimates.tsv | cmp - want");
    check_line("rm -r all alone want");
}
END_TEST

static const struct method **random_methods(size_t *count, struct arena *arena)
{
    size_t all;
    const struct method *const *methods = methods_all(&all);
    const struct method **chosen = arena_get(arena, all, sizeof *chosen);

    *count = 0;
    for (size_t i = 0; i < all; i++) {
        if (methods[i]->is_random) {
            chosen[(*count)++] = methods[i];
        }
    }
    return chosen;
}

/* As the explorer computes: in the background on a pool, or at once without one. */
static char *computed_table(struct job_pool *pool)
{
    struct arena *arena = arena_create();
    struct text text = {0};
    struct results_options asked = {.settings = estimate_default_settings()};
    struct results *results;

    asked.methods = random_methods(&asked.method_count, arena);
    asked.settings.boot = asked.settings.presso_sims = (size_t)atoi(BOOT);
    asked.settings.seed = study->seed;
    results = results_finish(results_start(study, &asked, pool));
    table_print(tables_find("estimates"), results, TABLE_TSV, &text);
    results_destroy(results);
    arena_destroy(arena);
    return text_take(&text);
}

START_TEST(the_explorer_s_results_are_run_s)
{
    struct text path = {0};
    char *want;

    fixture_load();
    check_line("taxamr run $RANDOM --threads 2 -o one");
    text_addf(&path, "%s/one/estimates.tsv", program_folder());
    want = program_file(path.bytes);
    ck_assert_ptr_nonnull(want);
    for (size_t threads = 0; threads <= 3; threads++) {
        struct job_pool *pool = threads == 0 ? NULL : job_pool_create(threads);
        char *got = computed_table(pool);

        ck_assert_msg(strcmp(got, want) == 0, "%zu threads differ from the program", threads);
        memory_free(got);
        if (pool != NULL) {
            job_pool_destroy(pool);
        }
    }
    check_line("rm -r one");
    memory_free(want);
    text_drop(&path);
    fixture_unload();
}
END_TEST

/* Leaving a variant out by hand and taking it back ends where it began, draws included. */
START_TEST(exclusions_that_are_taken_back_leave_no_trace)
{
    struct arena *arena = arena_create();
    struct results_options asked = {.settings = estimate_default_settings()};
    struct results *first, *without, *again;
    const char *const left_out[] = {"rs2278683"};
    struct exclusions some = {left_out, 1}, none = {0};
    struct text before = {0}, between = {0}, after = {0};

    fixture_load();
    asked.methods = random_methods(&asked.method_count, arena);
    asked.settings.boot = asked.settings.presso_sims = (size_t)atoi(BOOT);
    first = results_finish(results_start(study, &asked, NULL));
    without = results_with_exclusions(first, &some, NULL);
    again = results_with_exclusions(without, &none, NULL);
    table_print(tables_find("estimates"), first, TABLE_TSV, &before);
    table_print(tables_find("estimates"), without, TABLE_TSV, &between);
    table_print(tables_find("estimates"), again, TABLE_TSV, &after);
    ck_assert_str_ne(before.bytes, between.bytes);
    ck_assert(strcmp(before.bytes, after.bytes) == 0);
    results_destroy(again);
    results_destroy(without);
    results_destroy(first);
    fixture_unload();
    text_drop(&before);
    text_drop(&between);
    text_drop(&after);
    arena_destroy(arena);
}
END_TEST

#define TABLE                                                                                  \
    "printf "                                                                                  \
    "'SNP\\tbx\\tsx\\tby\\tsy\\nr1\\t.1\\t.01\\t.02\\t.01\\nr2\\t.12\\t0\\t.02\\t.01\\n"       \
    "r3\\t.1\\t.01\\t.03\\tNA\\nr4\\t.11\\t.01\\t.03\\t.01\\nr5\\t.15\\t.01\\tNA\\t.01\\n"     \
    "r6\\t.15\\t.01\\t.04\\t-1\\n' > bad.tsv; "

START_TEST(unusable_numbers_are_dropped_with_a_reason)
{
    check_line(TABLE "taxamr mr --quiet --methods ivw bad.tsv | cut -f 5 | tail -1 | grep -qx "
                     "2");
    check_line("taxamr mr --quiet --table harmonised bad.tsv | cut -f 4 | tr '\\n' ' ' | "
               "grep -qx 'SNP r1 r4 '");
    check_line("taxamr mr --quiet --table ledger bad.tsv | cut -f 2-5 > ledger; "
               "grep -qP 'r2\\treading\\tFALSE\\tSE missing or not positive' ledger && "
               "grep -qP 'r3\\treading\\tFALSE\\tmissing effect or SE' ledger && "
               "grep -qP 'r5\\treading\\tFALSE\\tmissing effect or SE' ledger && "
               "grep -qP 'r6\\treading\\tFALSE\\tSE missing or not positive' ledger && "
               "grep -qP 'r4\\tharmonise\\tTRUE\\tkept' ledger");
    /* and the answer is that of the table without them */
    check_line("grep -vE 'r[2356]' bad.tsv > good.tsv; for t in bad good; do taxamr mr "
               "$RANDOM --seed 1 $t.tsv > $t.out; done; cmp bad.out good.out");
}
END_TEST

int main(void)
{
    int failed;

    numeric_start();
    failed = golden_run("streams",
                        (const TTest *const[]){
                            threads_do_not_matter_to_run, mr_of_a_study_s_pairs_is_the_study,
                            a_method_alone_is_as_among_others, the_explorer_s_results_are_run_s,
                            exclusions_that_are_taken_back_leave_no_trace,
                            unusable_numbers_are_dropped_with_a_reason},
                        6);
    program_clean();
    return failed;
}
