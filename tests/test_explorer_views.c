/*
 * The screens of methods, of the study and of both directions, what a variant's screen says of
 * its neighbours, and the export of what is seen.
 */
#include "base/memory.h"
#include "estimate/formulas.h"
#include "explorer_fixture.h"
#include "gwas/checksum.h"
#include "home_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VARIANT CLASS "Enter 2 Down Down Enter"

static const struct stored_screen screens[] = {
    {"view-methods-120x40", 120, 40, false, CLASS "Enter;:methods raps"},
    {"view-methods-60x16", 60, 16, false, "M Enter"},
    {"view-methods-60x16-more", 60, 16, false, "M Enter PgDn"},
    {"view-both-80x24", 80, 24, false, "B;:sort reverse"},
    {"view-both-60x16", 60, 16, false, "B;:sort taxon"},
    {"view-both-ascii", 100, 30, true, "B;:filter bifido"},
    {"view-both-pair-150x40", 150, 40, false, CLASS "B Enter"},
    {"view-variant-60x16", 60, 16, false, VARIANT},
    {"view-export-80x24", 80, 24, false, CLASS "Enter e Down"},
    {"view-export-name", 80, 24, false, CLASS "Enter e Enter"},
    {"view-card-80x24", 80, 24, false, ":select genus.Olsenella.id.822;i"},
    {"view-card-60x16", 60, 16, false, ":select genus.Olsenella.id.822;i G"},
    {"view-card-ascii", 100, 30, true, ":select genus.LachnospiraceaeUCG001.id.11321;i"},
};

START_TEST(screen_is_as_stored)
{
    check_stored(&screens[_i]);
}
END_TEST

static const struct habit habits[] = {
    {"a key lists the methods", "M", "● weighted_median"},
    {"methods stand under the heading of their group", "M", "weighted means (IVW)"},
    {"a method's page has its formula", "M", "w = bx^2/sy^2, r = by/bx"},
    {"a method's page has its source", "M", "Burgess, Butterworth"},
    {"a method by its name", ":methods lasso", "Rees, Wood"},
    {"the settings that concern a method", ":methods mix", "mix_step=from the data"},
    {"an unknown method", ":methods sorcery", "there is no method “sorcery”"},
    {"the cursor passes over headings", "M g", "Wald ratio  (wald)"},
    {"Enter gives the page the whole width", "M Enter",
     " Source: Burgess, Butterworth and Thompson 2013, Genet Epidemiol 37:658"},
    {"this pair's answer stands on the page", CLASS "Enter M",
     "c Actinobacteria → Insomnia: OR 0"},
    {"the answer of a method that was not run", CLASS "Enter;:methods raps", "--methods raps"},
    {"Enter on a method of a pair", CLASS "Enter Down Enter", "MR Egger  (egger)"},
    {"Esc leads back from a method to the pair", CLASS "Enter Enter Esc", "▐Methods▌"},
    {"methods are searched", "M / g s m r Enter", "Zhu et al. 2018"},
    {"PgDn is for the page where it stands alone", "M Enter PgDn",
     "Inverse variance weighted  (ivw)"},
    {"files stand with size and checksum", "I", "taxa.tsv"},
    {"a checksum is that of gzip", "I", "CRC-32 dcc4f500"},
    {"the seed stands in the study", "I", "20250812"},
    {"the version stands in the study", "I", "taxamr "},
    {"outcomes stand with unit, N and cases", "I / c a s e s Enter", "109,402 cases"},
    {"counts lead to the ledger", "I;:search ambiguous;Enter", "palindromic ambiguous 213"},
    {"a trait leads to its pair", "I;:search Olsenella;Enter", "g Olsenella → Insomnia"},
    {"methods of the study lead to their help", "I;:search weighted_median;Enter",
     "● weighted_median"},
    {"a row that leads nowhere says so", "I Enter", "nothing more is known of this row"},
    {"both directions side by side", "B", "reverse, Insomnia → taxon"},
    {"the taxon stays in both directions", CLASS "B", "c Actinobacteria: forward p"},
    {"both directions sorted by a menu", "B s Down Down Enter", "by p forward"},
    {"both directions filtered", "B f b i f i d o Enter", "contain “bifido”"},
    {"Esc takes that filter back", "B;:filter bifido;Esc", "by order of the file"},
    {"both directions searched", "B / o l s e n", "g Olsenella: forward"},
    {"two forests of one taxon", CLASS "B Enter", "reverse: Insomnia → c Actinobacteria"},
    {"two forests from a pair", CLASS "Enter B", "reverse: Insomnia → c Actinobacteria"},
    {"Enter opens the direction chosen", CLASS "B Enter Down Enter",
     "Insomnia → c Actinobacteria  SIMULATED"},
    {"near variants are told", VARIANT, "rs6743537 (41 kb, of this trait too)"},
    {"unknown LD is told", VARIANT, "LD unknown"},
    {"traits on the same variants are marked", VARIANT, "g Bifidobacterium ≡2"},
    {"strength stands on narrow screens, too", VARIANT, "42.7"},
    {"export is a menu", "e", "this table as it is shown"},
    {"export offers the chart where there is one", CLASS "Enter e", "this chart as text"},
    {"export asks for a name with a default", "e Enter", "file: taxa.tsv"},
    {"a taxon's card is a key", "i", "WHO CARRIES IT"},
    {"a card has its name", ":card", "WHAT IT DOES"},
    {"a card in the screen of a pair", CLASS "Enter i", "Taxon card"},
    {"a card in the screen of a variant", VARIANT ";i", "Taxon card"},
    {"a card says whom its sentence is of", ":select genus.LachnospiraceaeUCG001.id.11321;i",
     "Said of the family Lachnospiraceae"},
    {"a card with the findings of others", ":select genus.Olsenella.id.822;i",
     "Yang et al. 2023"},
    {"a card says that effects are simulated", ":select genus.Olsenella.id.822;i",
     "effects of this study are simulated"},
    {"a card moves by paragraphs", ":select genus.Olsenella.id.822;i G PgUp Up Down",
     "Olsenella"},
    {"a card goes back", "i Esc", "TAXON"},
    {"export offers a figure of the chart", CLASS "Enter e", "as a figure, 190 mm wide"},
    {"export offers a figure of all taxa", "e", "for one column, 90 mm wide"},
    {"export asks for a figure's name", "v;:export figure", "charts.svg"},
    {"export refuses a figure of another kind", ":export figure none/x.gif",
     "ends in .svg, .pdf or .png"},
    {"export of a figure where there is no chart", ":ledger;:export figure x.svg",
     "no “figure” to write"},
    {"export of a chart that is not there", ":export chart x.txt", "no “chart” to write"},
};

START_TEST(habit)
{
    check_habit(&habits[_i]);
}
END_TEST

START_TEST(every_method_has_a_formula)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        const struct formula *formula = formulas_of(methods[i]);
        ck_assert_msg(formula != NULL, "%s", methods[i]->key);
        ck_assert_uint_le(formula->parameter_count, FORMULA_PARAMETERS);
        for (const char *at = formula->text; *at != '\0'; at++) {
            ck_assert_msg((unsigned char)*at < 127 && (*at >= ' ' || *at == '\n'), "%s",
                          methods[i]->key);
        }
    }
}
END_TEST

/* The check value of CRC-32 in every description of it. */
START_TEST(checksum_is_crc32)
{
    struct error error = {0};
    struct checksum checksum;
    char path[] = "/tmp/taxamr-checksum-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(close(file), 0);
    write_file(path, "123456789");
    ck_assert(checksum_of(path, &checksum, &error));
    ck_assert_uint_eq(checksum.crc32, 0xcbf43926);
    ck_assert_uint_eq(checksum.bytes, 9);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert(!checksum_of(path, &checksum, &error));
    error_clear(&error);
}
END_TEST

/* Plays a script with the folder's path in place of each %s (two at most). */
static void play_in_folder(struct loop *loop, const char *before, const char *name)
{
    char *path = home_path(name);
    struct text text = {0};
    text_addf(&text, "%s%s", before, path);
    play(loop, text.bytes);
    text_drop(&text);
    memory_free(path);
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static char *written(const char *name)
{
    char *path = home_path(name), *text = read_file(path);
    memory_free(path);
    return text;
}

START_TEST(shown_table_is_filtered_and_sorted)
{
    struct loop loop = start(100, 30);
    play(&loop, ":sort p;:filter bifido");
    play_in_folder(&loop, ":export table ", "shown.tsv");
    ck_assert(shows(&loop, "the table written to"));
    char *text = written("shown.tsv");
    ck_assert_msg(strncmp(text, "taxon\tname\trank\tdirection\tnsnp\t", 30) == 0, "%s", text);
    ck_assert_uint_eq(lines_of(text), 4);
    ck_assert_ptr_nonnull(strstr(text, "genus.Bifidobacterium.id.436\t"));
    ck_assert_ptr_nonnull(strstr(text, "\tTRUE\n"));
    memory_free(text);
    loop_end(&loop);
}
END_TEST

START_TEST(existing_file_is_not_written_over_unasked)
{
    char *path = home_path("there.tsv");
    write_file(path, "mine\n");
    struct loop loop = start(100, 30);
    play_in_folder(&loop, ":export table ", "there.tsv");
    ck_assert(shows(&loop, "is there already"));
    play(&loop, "Esc");
    char *text = written("there.tsv");
    ck_assert_str_eq(text, "mine\n");
    memory_free(text);
    play_in_folder(&loop, ":export table ", "there.tsv");
    play(&loop, "Down Enter");
    ck_assert(shows(&loop, "187 lines"));
    loop_end(&loop);
    struct error error = {0};
    char *script = home_path("script");
    struct text line = {0};
    text_addf(&line, "export table %s\n", path);
    write_file(script, line.bytes);
    options.script = script;
    ck_assert(!explorer_run(study, &options, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "export over table"));
    error_clear(&error);
    options.script = NULL;
    text_drop(&line);
    memory_free(script);
    memory_free(path);
}
END_TEST

/* What is said of a pair rests on all pairs: each row stands in the whole study's table. */
static void is_part_of_whole(const char *kind)
{
    struct text path = {0};
    text_addf(&path, "all/%s.tsv", kind);
    char *whole = written(path.bytes);
    path.length = 0;
    text_addf(&path, "pair/%s.tsv", kind);
    char *part = written(path.bytes), *rest = part, *line;
    while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
        const char *at = strstr(whole, line);
        ck_assert_msg(at != NULL && (at == whole || at[-1] == '\n'), "%s: %s", kind, line);
        ck_assert_int_eq(at[strlen(line)], '\n');
    }
    memory_free(part);
    memory_free(whole);
    text_drop(&path);
}

START_TEST(tables_of_a_pair_hold_that_pair)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter");
    play_in_folder(&loop, ":export pair ", "pair");
    ck_assert(shows(&loop, "tables written into"));
    char *estimates = written("pair/estimates.tsv"), *ledger = written("pair/ledger.tsv");
    ck_assert_uint_eq(lines_of(estimates), 1 + options.results.method_count);
    ck_assert_uint_eq(lines_of(ledger), 1 + 7);
    ck_assert_ptr_null(strstr(estimates, "Olsenella"));
    memory_free(estimates);
    memory_free(ledger);
    play_in_folder(&loop, ":export all ", "all");
    char *summary = written("all/summary.tsv");
    ck_assert_ptr_nonnull(strstr(summary, "Olsenella"));
    memory_free(summary);
    summary = written("pair/summary.tsv");
    ck_assert_uint_eq(lines_of(summary), 1 + 1);
    memory_free(summary);
    static const char *const kinds[] = {"summary", "sets",  "verdict",    "plain",
                                        "meta",    "power", "harmonised", "ledger"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        is_part_of_whole(kinds[i]);
    }
    loop_end(&loop);
}
END_TEST

/* What the screen shows, at the width asked for, in the format of the name. */
static const struct {
    const char *keys, *order, *name, *start, *says, *holds;
} figures[] = {
    {CLASS "Enter 2", ":export figure ", "pair.svg", "<?xml", "190 mm wide", "width=\"538.5"},
    {CLASS "Enter 2", ":export narrow-figure ", "narrow.svg", "<?xml", "90 mm wide",
     "width=\"255.1"},
    {"", ":export figure 120mm ", "taxa.svg", "<?xml", "120 mm wide", "width=\"340.1"},
    {":chart circular", ":export chart ", "circle.pdf", "%PDF-", "the figure written to", ""},
    {":chart map", ":export ", "map.png", "\x89PNG", "the figure written to", ""},
};

START_TEST(figure_is_written)
{
    struct loop loop = start(100, 30);
    play(&loop, figures[_i].keys);
    play_in_folder(&loop, figures[_i].order, figures[_i].name);
    ck_assert(shows(&loop, figures[_i].says));
    char *bytes = written(figures[_i].name);
    ck_assert_int_eq(strncmp(bytes, figures[_i].start, strlen(figures[_i].start)), 0);
    ck_assert_ptr_nonnull(strstr(bytes, figures[_i].holds));
    memory_free(bytes);
    loop_end(&loop);
}
END_TEST

START_TEST(report_is_written)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter;:exclude rs134300;wait");
    play_in_folder(&loop, ":export report ", "report.html");
    ck_assert(shows(&loop, "the report written to"));
    char *report = written("report.html");
    ck_assert_ptr_nonnull(strstr(report, "variants left out by hand</th><td>rs134300</td>"));
    ck_assert_str_eq(report + strlen(report) - strlen("</html>\n"), "</html>\n");
    memory_free(report);
    loop_end(&loop);
}
END_TEST

START_TEST(chart_is_written_as_text)
{
    struct loop loop = start(80, 24);
    play(&loop, CLASS "Enter 2");
    play_in_folder(&loop, ":export chart ", "chart.txt");
    char *text = written("chart.txt");
    ck_assert_ptr_nonnull(strstr(text, "c Actinobacteria → Insomnia (simulated outcome)"));
    ck_assert_ptr_nonnull(strstr(text, "rs134300"));
    memory_free(text);
    play_in_folder(&loop, ":export table ", "rows.tsv");
    text = written("rows.tsv");
    ck_assert_ptr_nonnull(strstr(text, "rs134300\t"));
    memory_free(text);
    play_in_folder(&loop, "B;:export chart ", "both.txt");
    text = written("both.txt");
    ck_assert_ptr_nonnull(strstr(text, "reverse: Insomnia"));
    memory_free(text);
    loop_end(&loop);
}
END_TEST

/* Every screen that has a table writes one whose rows are as wide as its head. */
START_TEST(tables_are_rectangular)
{
    static const char *const plays[] = {"",        CLASS "Enter", VARIANT, ":outcomes",
                                        ":ledger", "M",           "I",     "B"};
    for (size_t i = 0; i < sizeof plays / sizeof plays[0]; i++) {
        struct loop loop = start(100, 30);
        play(&loop, plays[i]);
        play_in_folder(&loop, ":export over table ", "table.tsv");
        loop_end(&loop);
        char *text = written("table.tsv"), *rest = text, *line;
        size_t tabs = 0, row = 0;
        while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
            size_t found = 0;
            for (const char *at = line; *at != '\0'; at++) {
                found += *at == '\t';
            }
            tabs = row++ == 0 ? found : tabs;
            ck_assert_msg(found == tabs, "%s: %s", plays[i], line);
        }
        ck_assert_msg(row > 1, "%s", plays[i]);
        memory_free(text);
    }
}
END_TEST

/* The numbers beside each other are those of each direction's own screen. */
START_TEST(both_directions_hold_the_same_numbers)
{
    struct loop loop = start(120, 40);
    play_in_folder(&loop, "B;:export table ", "both.tsv");
    char *text = written("both.tsv");
    char *line = strstr(text, "class.Actinobacteria.id.419\t");
    ck_assert_ptr_nonnull(line);
    double numbers[12];
    char *at = strchr(line, '\t');
    for (int i = 0; i < 12; i++) {
        numbers[i] = strtod(at, &at);
    }
    const struct trait *taxon = state_taxon(&loop.state, "class.Actinobacteria.id.419");
    for (int i = 0; i < 2; i++) {
        size_t index;
        loop.state.direction = i == 0 ? FORWARD : REVERSE;
        ck_assert_ptr_nonnull(state_pair(&loop.state, taxon, &index));
        const struct estimate *main = &state_analysis(&loop.state, index)->main;
        ck_assert_uint_eq((size_t)numbers[6 * i], main->variants);
        ck_assert_double_eq_tol(numbers[6 * i + 1], main->b, 1e-15);
        ck_assert_double_eq_tol(numbers[6 * i + 5], main->p, 1e-15);
    }
    memory_free(text);
    loop_end(&loop);
}
END_TEST

static const char *const random_keys[] = {
    "Up", "Down", "Left", "PgUp", "PgDn", "g",  "G",     "Enter", "Enter", "Enter", "Esc",
    "/",  "n",    "N",    "f",    "s",    "z",  "1",     "2",     "Tab",   "x",     "u",
    "r",  "o",    "d",    "t",    "w",    "y",  "M",     "I",     "B",     "B",     "M",
    "i",  "p",    "?",    "^L",   "a",    "菌", "Space", "^U",    "^R",    "^T",    "R"};

START_TEST(many_keys_at_random)
{
    walk_at_random("views", _i, 500, random_keys, COUNT(random_keys));
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {screen_is_as_stored, COUNT(screens)},
        {habit, COUNT(habits)},
        {every_method_has_a_formula, 1},
        {checksum_is_crc32, 1},
        {shown_table_is_filtered_and_sorted, 1},
        {existing_file_is_not_written_over_unasked, 1},
        {tables_of_a_pair_hold_that_pair, 1},
        {figure_is_written, COUNT(figures)},
        {report_is_written, 1},
        {chart_is_written_as_text, 1},
        {tables_are_rectangular, 1},
        {both_directions_hold_the_same_numbers, 1},
        {many_keys_at_random, 4},
    };
    return explorer_run_each("explorer views", home_begin, home_end, tests, COUNT(tests));
}
