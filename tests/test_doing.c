/*
 * What a person does in the explorer, each verb on a pseudo-terminal with the real program:
 * what is typed, and what the screen must then show. Verbs held elsewhere: the configuration
 * file, a key of one's own and the last place by test_explorer_state (sessions_remember); how
 * fast a number follows by test_explorer_live (keys_do_not_wait) and `make bench BENCH=frames`.
 */
#include "base/memory.h"
#include "home_fixture.h"
#include "pseudo_terminal.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 12 };

static const struct {
    const char *verb;
    struct exchange steps[STEPS];
} verbs[] = {
    {"exclude, undo, redo, restore",
     {{"j", "c Actinobacteria → Insomnia"},
      {"\r", "▐Meth"},
      {"2", "▐Forest▌"},
      {"jj", "rs2278683  weight"},
      {"x", "1 left out by hand"},
      {"u", "!1 left out by hand"},
      {"\x12", "1 left out by hand"},
      {"X", "!1 left out by hand"}}},
    {"every number and chart follows an exclusion",
     {{"j\r", "▐Meth"},
      {":exclude rs2278683\r", "6 of 7 variants"},
      {"2", "2▐Forest▌"},
      {"\033", "all 7 variants:"},
      {"v", "dropped: excluded by hand"},
      {"u", "!dropped: excluded by hand"}}},
    {"choose methods and settings in a form and run again",
     {{"S", "Methods and settings"},
      {":select divw\r", "▌ [ ] divw"},
      {" ", "▌ [x]*divw"},
      {":select boot\r", "▌     boot"},
      {"\r", "set: boot 20 "},
      {"\x7f\x35\r", "boot 25; R computes"},
      {"R", "!Methods and settings"},
      {"\r", "Debiased"}}},
    {"all methods, none, the usual ones",
     {{"S", "Methods and settings"},
      {"A", "* not computed yet: methods all"},
      {"N", "methods none"},
      {"D", "methods default"}}},
    {"open a table from inside, its columns seen and corrected",
     {{"O", "Open a file: "},
      {"h", "lipid-chd/"},
      {"/lipid\r", "▌ lipid-chd/"},
      {"\r", "pairs.csv"},
      {"/pairs\r", "▌ pairs.csv"},
      {"\r", "side by side"},
      {":role eaf=gene\r", "eaf is taken for gene"},
      {":role eaf=eaf\r", "eaf is taken for eaf"},
      {":name CHD\r", "CHD"},
      {":unit log-odds\r", "log-odds"},
      {"g\r", "exposures → CHD"}}},
    {"search",
     {{"/cori\r", "c Coriobacteriia → Insomnia"},
      {"n", "o Coriobacteriales → Insomnia"},
      {"N", "c Coriobacteriia → Insomnia"},
      {"/olsen", "g Olsenella → Insomnia"},
      {"\033", "c Coriobacteriia → Insomnia"}}},
    {"filter by a text and by an expression",
     {{"fbifido\r", "contain “bifido”"},
      {"\033", "all shown"},
      {"fp < 0.05 & nsnp >= 3 & phylum = Firmicutes", "of 186 · p<.05 & nsnp>=3"},
      {"\r", "!only rows with:"},
      {"\033", "all shown"}}},
    {"sort by any column",
     {{"s", "sort by"},
      {"jjjjj\r", "all shown, by p"},
      {":sort p\r", "by p, turned round"},
      {">", "all shown, by q"},
      {"<", "all shown, by p"},
      {":sort effect\r", "all shown, by effect"}}},
    {"tree or flat, branches folded",
     {{"F", "by taxon"},
      {"F", "tree order"},
      {"h", "▸ p Actinobacteria"},
      {"l", "▾ p Actinobacteria"},
      {"Z", "▸ p Proteobacteria"}}},
    {"marks, and marked taxa side by side",
     {{" ", "1 marked"},
      {" ", "2 marked"},
      {"c", "2 taxa → Insomnia"},
      {"2", "▐Methods▌"},
      {"3", "Jaccard"},
      {"\033", "2 marked"},
      {"U", "no taxon is marked any more"}}},
    {"jump back and forward",
     {{"j\r", "▐Meth"},
      {"d", "!▐Meth"},
      {"[", "▐Meth"},
      {"[", "!▐Meth"},
      {"]", "▐Meth"},
      {"]", "!▐Meth"}}},
    {"copy to the clipboard", {{"y", "copied: phylum.Actinobacteria"}}},
    {"a note on a taxon", {{"a", "note:"}, {"lactase\r", "─ ✎ lactase ─"}}},
    {"command line with completion and history",
     {{":outc\t", ":outcomes"},
      {"\r", "Outcomes and directions"},
      {"\033", "!Outcomes and directions"},
      {":\033OA", ":outcomes"},
      {"\r", "Outcomes and directions"}}},
    {"views of the study",
     {{"v", "1▐Flow▌"},
      {"m", "2▐Map▌"},
      {"\033", "▌▾ p Actinobacteria"},
      {"I", "taxa.tsv"},
      {"\033", "!taxa.tsv"},
      {"M", "weighted means (IVW)"},
      {"\033", "!weighted means (IVW)"},
      {"B", "reverse, Insomnia → taxon"},
      {"\033", "!reverse, Insomnia → taxon"},
      {"r", "Insomnia → taxa"}}},
};

START_TEST(verb_is_done)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_exchange(&session, verbs[_i].steps);
    session_quit(&session);
}
END_TEST

/* A gauge with the time left, Esc, and on from where it stood. */
START_TEST(computing_is_seen_stopped_and_gone_on_with)
{
    static const struct exchange steps[] = {{"j", "c Actinobacteria"},
                                            {"\033", "stopped; R goes on"},
                                            {"R", "computing ["},
                                            {NULL, NULL}};
    struct session session = session_begin(
        100, 30, ANSWER_TRUE, "--methods weighted_median,weighted_mode --boot 30000");
    session_listen(&session);
    session_wait(&session, "computing [");
    session_wait(&session, " s left");
    session_exchange(&session, steps + 1);
    session_quit(&session);
}
END_TEST

/* The shown table as TSV, the chart under the eyes as text. */
START_TEST(table_and_chart_are_exported)
{
    struct session session;
    struct text line = {0};
    char *table = home_path("shown.tsv"), *chart = home_path("chart.txt");
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_exchange(&session, (struct exchange[]){{"fbifido\r", "contain “bifido”"},
                                                   {"e", "this table as it is shown"},
                                                   {"\r", "file: taxa.tsv"},
                                                   {NULL, NULL}});
    text_addf(&line, "\x15%s\r", table);
    session_exchange(&session, (struct exchange[]){{line.bytes, "4 lines"}, {NULL, NULL}});
    text_drop(&line);
    text_addf(&line, ":export chart %s\r", chart);
    session_exchange(&session, (struct exchange[]){{"\r", "▐Meth"},
                                                   {"2", "▐Forest▌"},
                                                   {line.bytes, "chart written to"},
                                                   {NULL, NULL}});
    session_quit(&session);
    char *rows = read_file(table), *picture = read_file(chart);
    ck_assert_int_eq(strncmp(rows, "taxon\tname\trank\t", 16), 0);
    ck_assert_ptr_nonnull(strstr(rows, "genus.Bifidobacterium.id.436\t"));
    ck_assert_ptr_nonnull(strstr(picture, "Bifidobacteriales → Insomnia"));
    text_drop(&line);
    memory_free(table);
    memory_free(chart);
    memory_free(rows);
    memory_free(picture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {verb_is_done, COUNT(verbs)},
        {computing_is_seen_stopped_and_gone_on_with, 1},
        {table_and_chart_are_exported, 1},
    };
    return explorer_run_each("doing", home_begin, home_end, tests, COUNT(tests));
}
