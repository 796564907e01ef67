/*
 * Several exposures in the explorer: a wide table opened over a study, its three tabs, what
 * each says in words, and what is refused.
 */
#include "explorer_fixture.h"

#define THROUGH ":open-file data/gut-inflammation-insomnia/study.conf;wait;P"
#define WIDE ":several data/lipid-chd/wide.csv;"

static const struct habit habits[] = {
    {"several exposures side by side", WIDE, "■  1.925 (1.064, 2.786)"},
    {"exposures beyond the edge come into sight", WIDE "Right", "2-3 of 3"},
    {"a row says what a method assumes", WIDE "G",
     "Multivariable IVW (robust) (mv_robust): as IVW"},
    {"a method without sample sizes says so", WIDE ":select mv_cml",
     "the largest group that agrees. needs"},
    {"sizes from the settings are used", ":set sample_size 17723;" WIDE ":select mv_cml",
     "variants taken for invalid"},
    {"each exposure alone and with the others", WIDE "2", "LDL alone"},
    {"the two effects are put into words", WIDE "Tab Down",
     "HDL: -2.375 alone, -0.590 with the others held."},
    {"from an exposure to its strength", WIDE "2 Down Enter", "▐Strength▌"},
    {"its strength is that of the exposure", WIDE "2 Down Enter",
     "the variants move HDL apart"},
    {"disagreement is explained", WIDE "3 G Up", "mv_median, mv_lasso, mv_robust"},
    {"a row that says all says so", WIDE "Enter", "the lines below say all"},
    {"words sum it up", WIDE "w", "3 of 3 alone, 2 with the others held"},
    {"the row is copied", WIDE "y", "copied: mv_ivw"},
    {"Esc leads back from several exposures", WIDE "Esc", "TAXON"},
    {"a wide table opens as what it is", ":open-file data/lipid-chd/wide.csv",
     "▐Side by side▌"},
    {"data beside a simulated study are not called simulated", WIDE,
     "LDL, HDL, TG → outcome   "},
    {"a study without a wide table", "E", "this study has no wide.csv beside it"},
    {"a table that is not wide", ":several data/gut-insomnia/taxa.tsv", "found no exposure"},
    {"exposures and what goes through the mediator", THROUGH, "Oxalobacter"},
    {"a share where there is one", THROUGH, "106%"},
    {"a share that has no meaning is refused in words", THROUGH,
     "no proportion: the indirect and the total"},
    {"from an exposure to its path", THROUGH " Down Down Down Enter", "▐Path▌"},
    {"the path has its arrows", THROUGH " Enter", "c' direct"},
    {"the next path from the path", THROUGH " Enter Down", "Lactococcus → C-reactive protein"},
    {"an exposure by its key", THROUGH ";:select genus.Peptococcus.id.2037",
     "Peptococcus → C-reactive"},
    {"Esc leads back from the paths", THROUGH " Esc", "TAXON"},
    {"a study without mediators says so", "P", "this study has no mediator"},
    {"a method that is not there", WIDE ":select mv_magic", "there is no method “mv_magic”"},
    {"a tab that is not there", WIDE ":tab nine", "there is no such tab"},
};

START_TEST(habit)
{
    check_habit(&habits[_i]);
}
END_TEST

static const char *const random_keys[] = {
    "Up", "Down", "Left", "Right", "PgDn", "g", "G", "Enter", "Esc",     "Tab", "1", "2",
    "3",  "w",    "y",    "?",     "i",    "[", "]", "^L",    "BackTab", WIDE,  WIDE};

START_TEST(many_keys_at_random)
{
    walk_at_random("several", _i, 300, random_keys, COUNT(random_keys));
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{habit, COUNT(habits)}, {many_keys_at_random, 3}};

    return enter_tree() ? explorer_run_each("explorer several", NULL, NULL, tests, COUNT(tests))
                        : 1;
}
