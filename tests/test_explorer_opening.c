/*
 * Files opened from inside the explorer: the browser, the columns and what is said of them,
 * the study that they become, and the way back to the study before.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA ":open-file data"
#define PAIRS DATA "/lipid-chd/pairs.csv;"
#define EXPOSURE DATA "/gut-insomnia/mibiogen-instruments.tsv;:unit sd;:open;"
#define OUTCOME DATA "/gut-insomnia/insomnia-outcome.tsv;:unit log-odds;:name Sleep;:open;"

static const struct stored_screen screens[] = {
    {"view-files-100x30", 100, 30, false, EXPOSURE},
    {"view-columns-100x30", 100, 30, false, DATA "/gut-insomnia/insomnia-outcome.tsv;Down"},
    {"view-columns-60x16", 60, 16, false, PAIRS},
    {"view-columns-problem", 80, 24, false, DATA "/gut-insomnia/taxa.tsv"},
    {"view-columns-menu", 80, 24, false, PAIRS "G Enter"},
    {"view-opened-80x24", 80, 24, false, PAIRS ":unit log-odds;:name CHD;:open"},
};

START_TEST(screen_is_as_stored)
{
    check_stored(&screens[_i]);
}
END_TEST

static const struct habit habits[] = {
    {"a key opens a browser at the study's folder", "O", "Open a file: "},
    {"folders are entered", DATA ";:select gut-insomnia;Enter", "mibiogen-instruments.tsv"},
    {"and left, where the cursor remembers", DATA "/gut-insomnia;Left", "Open a file: data"},
    {"files have sizes", DATA "/gut-insomnia", "53.3 KB"},
    {"compressed files are marked", DATA "/gut-insomnia", "gzip"},
    {"files are searched", DATA "/gut-insomnia;/ o u t c Enter;Enter", "insomnia-outcome.tsv"},
    {"a file that is not there", ":open-file data/none.tsv", "there is no such file"},
    {"columns as they are understood", PAIRS, "outcome_beta"},
    {"the first rows beside them", PAIRS, "snp1  snp2  snp3"},
    {"a table of both sides is told", PAIRS, "exposure and outcome side by side"},
    {"what is wrong is one sentence", DATA "/gut-insomnia/taxa.tsv",
     "found no such column among taxon name"},
    {"reading it anyway is refused", DATA "/gut-insomnia/taxa.tsv;Enter",
     "found no such column"},
    {"a role is corrected", PAIRS ":role eaf=gene", "eaf is taken for gene"},
    {"by a menu, too", PAIRS "G Enter Up Enter", "is taken for outcome_beta"},
    {"a role that is none", PAIRS ":role eaf=luck", "write COLUMN=ROLE"},
    {"a column that is not there", PAIRS ":role luck=eaf", "no column “luck”"},
    {"a side that it cannot be", PAIRS ":side outcome", "has both sides"},
    {"a threshold that is none", PAIRS ":threshold 7", "write all, or a p such as"},
    {"a unit that is none", PAIRS ":unit stone", "write sd, log-odds"},
    {"units by a menu", PAIRS "Down Down Down Enter Down Down Enter", "log-odds"},
    {"an exposure asks for the outcome", EXPOSURE, "now choose the outcome's file"},
    {"the second file is taken for the other side",
     EXPOSURE DATA "/gut-insomnia/insomnia-outcome.tsv", "the outcome"},
    {"two files become a study", EXPOSURE OUTCOME, "exposures → Sleep"},
    {"its name and unit are kept", EXPOSURE OUTCOME, "odds ratio per SD"},
    {"what is simulated stays so", EXPOSURE OUTCOME, "SIMULATED outcome"},
    {"a threshold leaves weaker ones out",
     DATA "/gut-insomnia/mibiogen-instruments.tsv;:threshold 5e-8;:open;" OUTCOME ":ledger",
     "too weak 505"},
    {"one table becomes a study", PAIRS ":open", "exposures → outcome"},
    {"the name of its outcome is kept", PAIRS ":name CHD;:open", "exposures → CHD"},
    {"a study file is opened", DATA "/lipid-chd/study.conf", "Coronary heart disease"},
    {"Esc goes back to the study before", DATA "/lipid-chd/study.conf; wait;Esc", "Insomnia"},
    {"and to where the person was",
     ":select class.Actinobacteria.id.419;" DATA "/lipid-chd/study.conf; wait;Esc",
     "c Actinobacteria → Insomnia"},
    {"what was left out stays left out",
     ":select class.Actinobacteria.id.419;Enter 2 x Esc;" DATA
     "/lipid-chd/study.conf; wait;Esc",
     "1 left out by hand"},
    {"a second study over the second",
     DATA "/lipid-chd/study.conf;" DATA "/bmi-chd/study.conf; wait;Esc",
     "Coronary heart disease"},
};

START_TEST(habit)
{
    check_habit(&habits[_i]);
}
END_TEST

/* The pair that was opened has the numbers of the same files in the bundled study. */
START_TEST(opened_study_has_the_same_numbers)
{
    struct loop loop = start(100, 30);
    size_t index;
    const struct trait *taxon = state_taxon(&loop.state, "class.Actinobacteria.id.419");
    ck_assert_ptr_nonnull(state_pair(&loop.state, taxon, &index));
    double b = state_analysis(&loop.state, index)->main.b;
    play(&loop, EXPOSURE OUTCOME);
    taxon = state_taxon(&loop.state, "class.Actinobacteria.id.419");
    ck_assert_ptr_nonnull(state_pair(&loop.state, taxon, &index));
    ck_assert_double_eq_tol(state_analysis(&loop.state, index)->main.b, b, 1e-14);
    loop_end(&loop);
}
END_TEST

/* An explorer that ends while several studies are open frees them all. */
START_TEST(ends_over_several_studies)
{
    struct loop loop = start(80, 24);
    play(&loop, DATA "/lipid-chd/study.conf;" PAIRS ":open;" EXPOSURE);
    loop_end(&loop);
}
END_TEST

/* What loading dropped is warned of, and the warning leads to the rows of the ledger. */
START_TEST(warnings_lead_to_the_ledger)
{
    char folder[] = "/tmp/taxamr-opening-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    struct text x = {0}, y = {0}, text = {0};
    text_addf(&x, "%s/x.tsv", folder);
    text_addf(&y, "%s/y.tsv", folder);
    write_file(x.bytes, "SNP\teffect_allele\tother_allele\tbeta\tse\nrs1\tA\tC\t0.1\t0.02\n"
                        "rs2\tA\tC\t0.1\t-1\n");
    write_file(y.bytes, "SNP\teffect_allele\tother_allele\tbeta\tse\nrs1\tA\tC\t0.1\t0.02\n");
    text_addf(&text, ":open-file %s;:open;:open-file %s;:open", x.bytes, y.bytes);
    struct loop loop = start(100, 30);
    play(&loop, text.bytes);
    play(&loop, "I;:search dropped:;");
    ck_assert(shows(&loop, "1 of 2 rows dropped: 1 SE not positive"));
    play(&loop, "Enter");
    ck_assert(shows(&loop, "Ledger: every variant"));
    ck_assert(shows(&loop, "SE missing or not positive 1"));
    loop_end(&loop);
    ck_assert_int_eq(unlink(x.bytes), 0);
    ck_assert_int_eq(unlink(y.bytes), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    text_drop(&x);
    text_drop(&y);
    text_drop(&text);
}
END_TEST

/* A folder without special files, so that random keys find nothing strange. */
static const char *const random_keys[] = {"Up",
                                          "Down",
                                          "Down",
                                          "Enter",
                                          "Enter",
                                          "Esc",
                                          "O",
                                          "g",
                                          "G",
                                          "PgDn",
                                          "/",
                                          "n",
                                          "a",
                                          "b",
                                          "Space",
                                          "I",
                                          "?",
                                          "1",
                                          "x",
                                          "u",
                                          "^L",
                                          PAIRS,
                                          DATA "/gut-insomnia",
                                          EXPOSURE,
                                          OUTCOME};

START_TEST(many_keys_at_random)
{
    walk_at_random("opening", _i, 300, random_keys, COUNT(random_keys));
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {screen_is_as_stored, COUNT(screens)},  {habit, COUNT(habits)},
        {opened_study_has_the_same_numbers, 1}, {ends_over_several_studies, 1},
        {warnings_lead_to_the_ledger, 1},       {many_keys_at_random, 3},
    };
    /* Paths in the screens are then the same wherever the tree lies. */
    return enter_tree() ? explorer_run_each("explorer opening", NULL, NULL, tests, COUNT(tests))
                        : 1;
}
