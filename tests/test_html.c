/*
 * The report: one page that stands alone, holds what the tables hold, and trusts no text.
 */
#include "base/memory.h"
#include "base/write.h"
#include "chart/study_charts.h"
#include "golden.h"
#include "made_study.h"
#include "page.h"
#include "program.h"
#include "report/figure.h"
#include "report/html.h"
#include "report/report.h"
#include "report/strongest.h"
#include "report/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct study *study;
static struct results *results;
static char *page;

static char *source_path(const char *name)
{
    const char *root = getenv("srcdir");
    struct text path = {0};
    text_addf(&path, "%s/%s", root == NULL ? "." : root, name);
    return text_take(&path);
}

static struct study *load(const char *name)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *loaded = NULL;
    char *path = source_path(name);
    if (!study_load(path, &options, &loaded, &error)) { /* before any test has begun */
        (void)fprintf(stderr, "%s\n", error_message(&error));
        exit(1);
    }
    memory_free(path);
    return loaded;
}

static struct results *compute(const struct study *of, struct job_pool *pool)
{
    const struct method *methods[] = {methods_find("ivw"), methods_find("egger"),
                                      methods_find("weighted_median")};
    struct results_options options = {
        .methods = methods, .method_count = 3, .settings = estimate_default_settings()};
    options.settings.boot = 20;
    return results_finish(results_start(of, &options, pool));
}

static char *page_of(const struct results *of)
{
    struct text text = {0};
    report_print(of, &text);
    return text_take(&text);
}

/* The page of another study, to be freed. */
static char *other_page(const char *name)
{
    struct study *other = load(name);
    struct results *its = compute(other, NULL);
    char *its_page = page_of(its);
    results_destroy(its);
    study_destroy(other);
    return its_page;
}

static void begin(void)
{
    study = load("data/gut-insomnia");
    results = compute(study, NULL);
    page = page_of(results);
}

static void end(void)
{
    memory_free(page);
    results_destroy(results);
    study_destroy(study);
}

START_TEST(page_is_well_formed)
{
    page_check(page);
    ck_assert_ptr_nonnull(strstr(page, "<html lang=\"en\">"));
    ck_assert_uint_eq(page_count(page, "<table"), page_count(page, "<caption>"));
}
END_TEST

/* No file, no address, no font: what it needs is in it. */
START_TEST(page_stands_alone)
{
    static const char *const none[] = {"<link",   "<img",   "<iframe", "<object", " src=",
                                       "@import", "fetch(", "XMLHttp", "url(http"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert_msg(strstr(page, none[i]) == NULL, "%s", none[i]);
    }
    size_t names = page_count(page, "xmlns=\"http://") + page_count(page, "xlink=\"http://");
    ck_assert_uint_eq(page_count(page, "http"), names);
    ck_assert_uint_lt(strlen(page), 6000000);
}
END_TEST

static size_t lines_of(const char *key)
{
    struct text text = {0};
    table_print(tables_find(key), results, TABLE_TSV, &text);
    size_t lines = page_count(text.bytes, "\n");
    text_drop(&text);
    return lines - 1;
}

START_TEST(tables_have_the_rows_of_the_program)
{
    static const char *const keys[] = {"summary",  "estimates",  "heterogeneity",  "pleiotropy",
                                       "strength", "power",      "directionality", "thresholds",
                                       "sets",     "calibration"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct text id = {0};
        text_addf(&id, "table-%s", keys[i]);
        ck_assert_uint_eq(page_rows(page, id.bytes), lines_of(keys[i]));
        text_drop(&id);
    }
    ck_assert_uint_eq(page_rows(page, "table-verdict"), study->pair_count);
    ck_assert_uint_eq(page_rows(page, "rules"), 13);
    ck_assert_ptr_null(strstr(page, "table-meta"));
}
END_TEST

/* Every entry once, in the counts and in the list. */
START_TEST(ledger_is_whole)
{
    const char *counts = strstr(page, "id=\"ledger-counts\""),
               *after = strstr(counts, "</table>");
    size_t sum = 0, listed = 0;
    for (const char *at = counts; (at = strstr(at, "</td><td>")) != NULL && at < after; at++) {
        sum += strtoul(at + strlen("</td><td>"), NULL, 10);
    }
    ck_assert_uint_eq(sum, study->ledger.count);
    const char *list = strstr(page, "id=\"table-ledger\""), *stop = strstr(list, "</table>");
    for (const char *at = list; (at = strstr(at, "<td>rs")) != NULL && at < stop; at++) {
        const char *cell_end = strstr(at, "</td>");
        listed++;
        for (const char *comma = at; (comma = strstr(comma, ", ")) != NULL && comma < cell_end;
             comma++) {
            listed++;
        }
    }
    ck_assert_uint_eq(listed, study->ledger.count);
}
END_TEST

START_TEST(hits_stand_beside_what_chance_gives)
{
    ck_assert_ptr_nonnull(strstr(page, "Tests: 397. With p &lt; .05: 25; expected by chance "
                                       "alone: 19.9."));
    ck_assert_ptr_nonnull(strstr(page, "<td>186</td><td>153</td><td>12</td><td>9.3</td>"));
    ck_assert_uint_eq(page_rows(page, "hits-table"), 25);
    ck_assert_uint_eq(page_count(page, "<details class=\"pair\""), 25);
    ck_assert_ptr_nonnull(strstr(page, "Simulated: effects in this study are made up."));
}
END_TEST

/* Below the bar nobody says "causal" of a result. */
START_TEST(words_do_not_promise)
{
    ck_assert_ptr_null(strstr(page, "causal effect of"));
    ck_assert_ptr_null(strstr(page, "consistent with a causal effect"));
}
END_TEST

START_TEST(figures_are_told_and_searchable)
{
    size_t figures = page_count(page, "<svg ");
    ck_assert_uint_gt(figures, 100);
    ck_assert_uint_eq(page_count(page, "-title\">"), figures);
    ck_assert_uint_eq(page_count(page, "</desc>"), figures);
    ck_assert_ptr_null(strstr(page, "rgb("));
    ck_assert_ptr_null(strstr(page, "glyph"));
    ck_assert_ptr_nonnull(
        strstr(page, ">instruments of 186 exposures: 383 different variants<"));
}
END_TEST

/* A page has the same bytes again, on any number of threads. */
START_TEST(page_is_the_same_twice)
{
    struct job_pool *pool = job_pool_create(3);
    struct results *again = compute(study, pool);
    char *other = page_of(again);
    ck_assert_uint_eq(strlen(page), strlen(other));
    ck_assert_int_eq(strcmp(page, other), 0);
    memory_free(other);
    results_destroy(again);
    job_pool_destroy(pool);
}
END_TEST

START_TEST(cohorts_are_put_together)
{
    char *gastric = other_page("data/gut-gastric");
    page_check(gastric);
    ck_assert_uint_gt(page_rows(gastric, "table-meta"), 10);
    ck_assert_ptr_null(strstr(gastric, "Simulated:"));
    ck_assert_ptr_nonnull(strstr(gastric, "DerSimonian"));
    memory_free(gastric);
}
END_TEST

static const char hostile_table[] =
    "exposure\toutcome\tSNP\tbeta_exposure\tse_exposure\tbeta_outcome\tse_outcome\n"
    "<script>alert(1)</script>\ta\"b'c&d\trs<1>\t.1\t.01\t.2\t.02\n"
    "<script>alert(1)</script>\ta\"b'c&d\trs&2\t.2\t.01\t.1\t.02\n"
    "<script>alert(1)</script>\ta\"b'c&d\t\"><svg onload=x>\t.3\t.02\t.3\t.02\n"
    "\033[31mred\302\205\t</td></table>\trs4\t.1\t.01\t.2\t.02\n";

START_TEST(hostile_names_stay_text)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *hostile = NULL;
    struct text path = {0};
    text_addf(&path, "%s/hostile.tsv", program_folder());
    ck_assert(write_whole(path.bytes, hostile_table, sizeof hostile_table - 1, &error));
    bool is_loaded = study_load_harmonised(path.bytes, &options, &hostile, &error);
    ck_assert_msg(is_loaded, "%s", is_loaded ? "" : error_message(&error));
    struct results *its = compute(hostile, NULL);
    char *its_page = page_of(its);
    page_check(its_page);
    ck_assert_ptr_null(strstr(its_page, "<script>alert"));
    ck_assert_ptr_null(strstr(its_page, "<svg onload"));
    ck_assert_ptr_null(strchr(its_page, '\033'));
    ck_assert_ptr_nonnull(strstr(its_page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    ck_assert_ptr_nonnull(strstr(its_page, "a&quot;b&#39;c&amp;d"));
    memory_free(its_page);
    results_destroy(its);
    study_destroy(hostile);
    text_drop(&path);
}
END_TEST

START_TEST(html_escapes_and_rounds)
{
    struct text text = {0};
    html_text(&text, "a<b>&\"'\001\377");
    ck_assert_str_eq(text.bytes, "a&lt;b&gt;&amp;&quot;&#39;\357\277\275\357\277\275");
    text_drop(&text);
    const double values[] = {386533, 0.1234567, -2, 1e-300, 0.0499999};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        html_number(&text, values[i]);
        text_add(&text, " ");
    }
    ck_assert_str_eq(text.bytes, "386533 0.1235 -2 1e-300 0.0499999 ");
    text_drop(&text);
    const char *const columns[] = {"b", "a", NULL};
    const struct html_table how = {"t", "c", columns, 1, false};
    html_table_of(&text, &how, "a\tx\tb\n1.23456\t<\tNA\n2\t3\t4\n");
    ck_assert_ptr_nonnull(strstr(text.bytes, "class=\"sortable n1 n2\""));
    ck_assert_ptr_nonnull(strstr(text.bytes, "<td>NA</td><td>1.235</td></tr>\n</tbody>"));
    ck_assert_ptr_nonnull(strstr(text.bytes, "c: 2 rows; the first 1 of them"));
    text_drop(&text);
}
END_TEST

/* The rows of a checklist in data/, and those of them whose answer is the author's. */
static void count_items(const char *name, size_t *items, size_t *authors)
{
    char *path = source_path(name), *table = program_file(path);
    ck_assert_ptr_nonnull(table);
    *items = page_count(table, "\n") - 1;
    *authors = page_count(table, "\tauthor\n");
    memory_free(path);
    memory_free(table);
}

/* A key that nobody answers would make the author's items more than the table has. */
START_TEST(checklists_are_whole)
{
    size_t items, authors, overlap = 1;
    const char *strobe = strstr(page, "id=\"table-strobe\""),
               *review = strstr(page, "id=\"table-review\"");
    char *part = memory_copy_bytes(strobe, (size_t)(strstr(strobe, "</table>") - strobe));
    count_items("data/strobe-mr.tsv", &items, &authors);
    ck_assert_uint_eq(page_rows(page, "table-strobe"), items);
    ck_assert_uint_eq(page_count(part, "For the author to answer"), authors + overlap);
    for (int item = 1; item <= 20; item++) {
        struct text number = {0};
        text_addf(&number, "<th scope=\"row\">%d", item);
        ck_assert_ptr_nonnull(strstr(part, number.bytes));
        text_drop(&number);
    }
    memory_free(part);
    count_items("data/microbiome-mr.tsv", &items, &authors);
    ck_assert_uint_eq(items, 19);
    ck_assert_uint_eq(page_rows(page, "table-review"), items);
    part = memory_copy_bytes(review, (size_t)(strstr(review, "</table>") - review));
    ck_assert_uint_eq(page_count(part, "For the author to answer"), authors + overlap);
    ck_assert_ptr_nonnull(strstr(part, "high risk"));
    memory_free(part);
}
END_TEST

/* What could not be done is not listed as done. */
START_TEST(checks_are_those_that_were_made)
{
    const char *without = "Steiger&#39;s test could not be made";
    char *other = other_page("data/insomnia-alzheimer");
    ck_assert_ptr_nonnull(strstr(page, "radial MR, Steiger"));
    ck_assert_ptr_null(strstr(page, without));
    ck_assert_ptr_nonnull(strstr(other, without));
    ck_assert_ptr_null(strstr(other, "radial MR, Steiger"));
    memory_free(other);
}
END_TEST

/* Every method used is cited, with its place in the list. */
START_TEST(methods_are_cited)
{
    static const char *const cited[] = {
        "Burgess, Butterworth and Thompson 2013", "Bowden, Davey Smith and Burgess 2015",
        "Bowden et al. 2016, Genet Epidemiol 40:304", "Benjamini and Hochberg 1995"};
    for (size_t i = 0; i < sizeof cited / sizeof cited[0]; i++) {
        ck_assert_uint_eq(page_count(page, cited[i]), 1);
    }
    ck_assert_ptr_nonnull(strstr(page, "MR Egger <a href=\"#reference-"));
    ck_assert_ptr_null(strstr(page, "Cohorts were put together"));
    ck_assert_ptr_nonnull(strstr(page, "palindromic ambiguous (213)"));
}
END_TEST

static const struct {
    const char *line, *out, *err;
    int status;
} lines[] = {
    {"taxamr report lipid-chd -o a.html && grep -c '<section' a.html", "a.html: 0.1 MB", "", 0},
    {"taxamr report lipid-chd -o - | head -1", "<!DOCTYPE html>", "", 0},
    {"taxamr report lipid-chd", "", "found no -o FILE.html", 2},
    {"taxamr report lipid-chd -o no/such/a.html; test ! -e no", "", "no/such/a.html", 0},
    {"taxamr report no-study -o a.html", "", "no-study", 1},
    {"taxamr report lipid-chd -o a.html -q && taxamr report lipid-chd -o b.html -q && "
     "cmp a.html b.html && ls",
     "a.html", "", 0},
};

START_TEST(program_writes_it)
{
    struct said said = program_say(lines[_i].line);
    ck_assert_int_eq(said.status, lines[_i].status);
    ck_assert_msg(strstr(said.out, lines[_i].out) != NULL, "%s", said.out);
    ck_assert_msg(strstr(said.err, lines[_i].err) != NULL, "%s", said.err);
    said_drop(&said);
}
END_TEST

static double late(size_t taxon, size_t outcome, enum direction direction)
{
    return direction == REVERSE ? NAN
           : outcome == 69      ? 5 + .1 * (double)taxon
                                : .01 * (double)taxon;
}

/* Where a table is cut, it shows the pairs with the smallest P, and says so. */
START_TEST(strongest_pairs_are_shown)
{
    struct made made;
    made_begin(&made, 72, 70, 1, late);
    size_t *order = strongest_pairs(&made.results, made.arena);
    ck_assert_str_eq(made.study.pairs[order[0]]->exposure->key, "taxon71");
    ck_assert_ptr_eq(made.study.pairs[order[0]]->outcome, made.study.outcomes[69]);
    ck_assert_str_eq(made.study.pairs[order[1]]->exposure->key, "taxon70");
    ck_assert_int_eq(made.study.pairs[order[made.study.pair_count - 1]]->direction, REVERSE);
    struct text tsv = {0}, cut = {0};
    text_add(&tsv, "exposure\trank\toutcome\tdirection\tn\n");
    for (size_t i = 0; i < made.study.pair_count; i++) {
        const struct pair *pair = made.study.pairs[i];
        for (int row = 0; row < 2; row++) {
            text_addf(&tsv, "%s\tgenus\t%s\t%s\t%d\n", pair->exposure->key, pair->outcome->key,
                      direction_key(pair->direction), row);
        }
    }
    size_t length = tsv.length;
    ck_assert(strongest_first(&made.study, order, &tsv));
    ck_assert_uint_eq(tsv.length, length);
    const struct html_table how = {"t", "Pairs", NULL, 3, true};
    html_table_of(&cut, &how, tsv.bytes);
    ck_assert_ptr_nonnull(strstr(cut.bytes, "; 3 of them, of the pairs with the smallest P"));
    const char *first = strstr(cut.bytes, "<td>taxon71"),
               *then = strstr(cut.bytes, "<td>taxon70");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(strstr(first + 1, "<td>taxon71"));
    ck_assert_ptr_nonnull(then);
    ck_assert_ptr_null(strstr(cut.bytes, "<td>taxon69"));
    text_drop(&tsv);
    text_add(&tsv, "trait\tSNP\nb\trs1\na\trs2\n");
    ck_assert(!strongest_first(&made.study, order, &tsv));
    text_drop(&tsv);
    text_drop(&cut);
    made_end(&made);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {page_is_well_formed, 1},
        {page_stands_alone, 1},
        {tables_have_the_rows_of_the_program, 1},
        {ledger_is_whole, 1},
        {hits_stand_beside_what_chance_gives, 1},
        {words_do_not_promise, 1},
        {figures_are_told_and_searchable, 1},
        {page_is_the_same_twice, 1},
        {cohorts_are_put_together, 1},
        {hostile_names_stay_text, 1},
        {html_escapes_and_rounds, 1},
        {strongest_pairs_are_shown, 1},
        {checklists_are_whole, 1},
        {checks_are_those_that_were_made, 1},
        {methods_are_cited, 1},
        {program_writes_it, sizeof lines / sizeof lines[0]},
    };
    begin();
    int failed = golden_run_each("html", tests, sizeof tests / sizeof tests[0]);
    end();
    program_clean();
    return failed;
}
