/*
 * Charts of a whole study: their numbers by hand and against the ledger, any size of study, and
 * that they can be painted.
 */
#include "base/memory.h"
#include "chart/counted.h"
#include "chart/flow_counts.h"
#include "chart/study_charts.h"
#include "numeric/beta.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include "report/table.h"
#include "study_fixture.h"
#include "tests/made_study.h"
#include "ui/painter.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct chart_options plain = {.odds_ratio = true};
static struct study *study;
static struct results *results;

static void load(void)
{
    const struct method *ivw = methods_find("ivw");
    study = study_fixture_load("gut-insomnia");
    results = study_fixture_run(study, &ivw, 1, 10, NULL);
}

static void unload(void)
{
    results_destroy(results);
    study_destroy(study);
}

static struct chart *make(const char *key, const struct results *of, enum direction direction,
                          const char *disease, struct arena *arena)
{
    return study_charts_find(key)->function(of, direction, disease, &plain, arena);
}

static size_t points_of(const struct chart *chart, bool filled)
{
    size_t count = 0;
    for (size_t i = 0; i < chart->mark_count; i++) {
        count += chart->marks[i].kind == MARK_POINT && chart->marks[i].contains_null != filled;
    }
    return count;
}

static const struct mark *line_of(const struct chart *chart, const char *label)
{
    for (size_t i = 0; i < chart->mark_count; i++) {
        const char *other = chart->marks[i].label;
        if (other != NULL && strncmp(other, label, strlen(label)) == 0) {
            return &chart->marks[i];
        }
    }
    return NULL;
}

static bool notes_say(const struct chart *chart, const char *text)
{
    for (size_t i = 0; i < chart->note_count; i++) {
        if (strstr(chart->notes[i], text) != NULL) {
            return true;
        }
    }
    return false;
}

/* The tail of a beta with whole shapes is one of a binomial. */
static double binomial_tail(double x, int a, int b)
{
    int n = a + b - 1;
    double sum = 0;
    for (int k = a; k <= n; k++) {
        sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(x) +
                   (n - k) * log1p(-x));
    }
    return sum;
}

START_TEST(beta_is_right)
{
    static const int shapes[][2] = {{1, 1}, {1, 186}, {186, 1}, {5, 16}, {93, 94}, {2, 2000}};
    static const double shares[] = {0.025, 0.5, 0.975};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (size_t k = 0; k < 3; k++) {
            int a = shapes[i][0], b = shapes[i][1];
            double x = beta_quantile(shares[k], a, b);
            ck_assert_double_eq_tol(binomial_tail(x, a, b), shares[k], 1e-11);
            ck_assert_double_eq_tol(beta_probability(x, a, b), shares[k], 1e-12);
        }
    }
    ck_assert_double_eq_tol(beta_quantile(0.025, 1, 20000) / -expm1(log1p(-0.025) / 20000), 1,
                            1e-11);
    ck_assert_double_eq_tol(beta_probability(beta_quantile(0.025, 1e5, 1e5 + 1), 1e5, 1e5 + 1),
                            0.025, 1e-10);
    ck_assert(isnan(beta_quantile(0, 1, 1)) && isnan(beta_probability(0.5, 0, 1)));
    ck_assert_double_eq(beta_probability(-1, 2, 3), 0);
    ck_assert_double_eq(beta_probability(2, 2, 3), 1);
}
END_TEST

static double one_two_three(size_t taxon, size_t outcome, enum direction direction)
{
    (void)outcome;
    (void)direction;
    return taxon == 3 ? NAN : (double)taxon + 1;
}

/* Of z 1, 2, 3 the median chi-square is 4, and 0.454936 where nothing has an effect. */
START_TEST(qq_has_lambda_and_expected)
{
    struct made made;
    made_begin(&made, 4, 1, 2, one_two_three);
    const struct chart *chart = make("qq", &made.results, FORWARD, NULL, made.arena);
    ck_assert_msg(notes_say(chart, "lambda 8.79"), "%s", chart->notes[0]);
    ck_assert_uint_eq(chart->row_count, 3);
    ck_assert_double_eq_tol(chart->marks[0].x, -log10(1.0 / 4), 1e-12);
    ck_assert_double_eq_tol(chart->marks[2].x, -log10(3.0 / 4), 1e-12);
    ck_assert_double_eq_tol(chart->marks[0].y, -log10(erfc(3 * M_SQRT1_2)), 1e-12);
    ck_assert_uint_eq(points_of(chart, true), 2);
    made_end(&made);
}
END_TEST

/* The band's ends hold 95 of 100 of the order statistics that they stand for. */
START_TEST(qq_band_is_of_order_statistics)
{
    struct arena *arena = arena_create();
    const struct chart *chart = make("qq", results, FORWARD, NULL, arena);
    size_t checked = 0;
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        double rank = pow(10, -mark->x_lower) * 187;
        if (mark->kind == MARK_LINE && mark->series == MARK_DOTTED) {
            double share = beta_probability(pow(10, -mark->y_lower), rank, 187 - rank);
            ck_assert_double_eq_tol(fabs(share - 0.5), 0.475, 1e-9);
            checked++;
        }
    }
    ck_assert_uint_eq(checked, 80);
    arena_destroy(arena);
}
END_TEST

/* The P of Benjamini and Hochberg's way at .05: two of these ten. */
static const double ten[] = {.001, .008, .039, .041, .042, .06, .074, .205, .212, .216};
static double of_ten(size_t taxon, size_t outcome, enum direction direction)
{
    (void)outcome;
    return direction == FORWARD ? tail_z_of_neglog10(-log10(ten[taxon])) : 1.5;
}

START_TEST(volcano_line_parts_q)
{
    struct made made;
    made_begin(&made, 10, 1, 2, of_ten);
    const struct chart *chart = make("volcano", &made.results, FORWARD, "disease0", made.arena);
    const struct mark *line = line_of(chart, "q .05");
    ck_assert_double_eq_tol(line->y_lower, 2, 1e-12);
    ck_assert_double_eq_tol(line_of(chart, "p .05")->y_lower, -log10(.05), 1e-12);
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        if (mark->kind == MARK_POINT) {
            ck_assert_int_eq(mark->of.kind, OF_PAIR);
            ck_assert((made.results.pairs[mark->of.index].q < .05) ==
                      (mark->y > line->y_lower));
        }
    }
    ck_assert_uint_eq(points_of(chart, true), 5);
    ck_assert(chart->x.is_exponential && chart->y.upper > 3);
    chart = make("volcano", &made.results, REVERSE, "disease0", made.arena);
    ck_assert_double_eq_tol(line_of(chart, "q .05")->y_lower, -log10(.005), 1e-12);
    ck_assert(chart->y.upper > -log10(.005) && !chart->x.is_exponential);
    made_end(&made);
}
END_TEST

START_TEST(volcano_of_two_outcomes_has_no_q_line)
{
    struct made made;
    made_begin(&made, 10, 2, 2, of_ten);
    const struct chart *chart = make("volcano", &made.results, FORWARD, NULL, made.arena);
    ck_assert_ptr_null(line_of(chart, "q .05"));
    ck_assert(notes_say(chart, "choose an outcome"));
    ck_assert_uint_eq(chart->row_count, 20);
    made_end(&made);
}
END_TEST

/* Each instrument once, whatever the number of outcomes; those without a place are counted. */
START_TEST(manhattan_leaves_out_what_has_no_position)
{
    struct made made;
    made_begin(&made, 10, 3, 4, of_ten);
    const struct chart *chart = make("manhattan", &made.results, FORWARD, NULL, made.arena);
    ck_assert_uint_eq(chart->row_count, 30);
    ck_assert_msg(notes_say(chart, "without a position: 10"), "%s", chart->notes[0]);
    ck_assert_uint_eq(chart->x.tick_count, 3);
    ck_assert_str_eq(chart->x.ticks[0].label, "2");
    ck_assert_uint_eq(points_of(chart, true), 10);
    for (size_t i = 1; i < chart->row_count; i++) {
        ck_assert_double_ge(chart->marks[i].x, chart->marks[i - 1].x);
        ck_assert_int_eq(chart->marks[i].of.kind, OF_ASSOCIATION);
    }
    made_end(&made);
}
END_TEST

START_TEST(map_has_every_pair_once)
{
    struct arena *arena = arena_create();
    const struct chart *chart = make("map", results, FORWARD, NULL, arena);
    size_t cells = 0, stars = 0, unsure = 0;
    ck_assert_uint_eq(chart->grid_count, 2);
    ck_assert_uint_eq(chart->mark_count, 2 * study->exposure_count);
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        if (mark->of.kind != OF_PAIR) {
            ck_assert_ptr_null(mark->label);
            continue;
        }
        const struct pair *pair = study->pairs[mark->of.index];
        const struct estimate *main = &results->pairs[mark->of.index].analysis->main;
        const char *taxon = chart->rows[i / 2].of.key;
        ck_assert_str_eq(taxon, study_taxon(pair)->key);
        ck_assert_int_eq(pair->direction, i % 2 == 0 ? FORWARD : REVERSE);
        ck_assert(*mark->label == (main->b > 0 ? '+' : '-'));
        ck_assert(main->contains_null == (mark->label[1] != *mark->label));
        cells++;
        stars += strchr(mark->label, '*') != NULL;
        unsure += main->contains_null;
    }
    struct results_count forward = results_count_of(results, NULL, FORWARD);
    struct results_count reverse = results_count_of(results, NULL, REVERSE);
    ck_assert_uint_eq(cells, forward.tested + reverse.tested);
    ck_assert_uint_eq(stars, forward.significant + reverse.significant);
    ck_assert_uint_eq(cells - unsure, forward.nominal + reverse.nominal);
    arena_destroy(arena);
}
END_TEST

/* What the study of the model paper has, counted from its files. */
/* Every pair with an instrument once in the first ring, phyla each in one piece under their
 * name; a ring a method, blank where it takes more variants. */
START_TEST(circle_has_every_pair_once)
{
    static const char *const keys[] = {"wald", "ivw", "egger", "weighted_median"};
    const struct method *methods[4];
    for (size_t i = 0; i < 4; i++) {
        methods[i] = methods_find(keys[i]);
    }
    struct results *several = study_fixture_run(study, methods, 4, 10, NULL);
    struct arena *arena = arena_create();
    const struct chart *chart = make("circular", several, FORWARD, "insomnia", arena);
    size_t pairs = 0, groups = 0, blank = 0;
    ck_assert(chart->is_circle);
    ck_assert_uint_eq(chart->grid_count, 3);
    ck_assert_uint_eq(chart->mark_count, chart->row_count * 3);
    const char *group = NULL;
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct mark *cells = &chart->marks[3 * i];
        if (chart->rows[i].kind == ROW_SUMMARY) {
            group = chart->rows[i].cells[0];
            groups++;
            ck_assert_int_eq(cells[0].of.kind, OF_NOTHING);
            ck_assert_ptr_null(cells[0].label);
            continue;
        }
        const struct pair *pair = study->pairs[cells[0].of.index];
        const struct analysis *analysis = several->pairs[cells[0].of.index].analysis;
        ck_assert_str_eq(chart->rows[i].group, group);
        ck_assert_str_eq(pair->exposure->lineage[RANK_PHYLUM], group);
        ck_assert_double_eq(cells[0].x, analysis->main.b);
        ck_assert_int_eq(cells[1].label == NULL, pair->count < methods[2]->least);
        blank += cells[1].label == NULL;
        pairs++;
    }
    ck_assert_uint_eq(pairs, 186);
    ck_assert_uint_eq(groups, 9);
    ck_assert(blank > 0 && blank < pairs);
    arena_destroy(arena);
    results_destroy(several);
}
END_TEST

/* Every published finding on a pair has a row under ours, which is marked as the main estimate;
 * what has no figures has no mark, and simulated effects are said. */
START_TEST(published_stand_beside_ours)
{
    struct arena *arena = arena_create();
    const struct chart *chart = make("published", results, FORWARD, "insomnia", arena);
    size_t ours = 0, marked = 0, bare = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        if (row->kind == ROW_SUMMARY) {
            const struct estimate *main = &results->pairs[row->of.index].analysis->main;
            ck_assert_double_eq(chart->marks[row->mark].x, main->b);
            ours++;
        } else if (row->kind == ROW_DATA) {
            marked += row->mark != CHART_NO_MARK;
            bare += row->mark == CHART_NO_MARK;
        }
    }
    ck_assert_uint_eq(ours, 13);
    ck_assert_uint_eq(marked + bare, 15);
    ck_assert_uint_eq(marked, 3);
    ck_assert(notes_say(chart, "simulated"));
    ck_assert(notes_say(chart, "3 have the sign of ours, 7 the other one"));
    arena_destroy(arena);
}
END_TEST

/* Others printed 95% intervals, whatever level ours are asked for at. */
START_TEST(published_keep_their_level)
{
    struct arena *arena = arena_create();
    struct results narrow = *results;
    narrow.options.settings.level = 0.9;
    const struct chart *chart = make("published", &narrow, FORWARD, "insomnia", arena);
    size_t said = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        bool is_of_others = row->kind == ROW_DATA && row->mark != CHART_NO_MARK;
        bool is_said = row->cells[1] != NULL && strstr(row->cells[1], " 95%") != NULL;
        ck_assert(is_said == is_of_others);
        said += is_said;
    }
    ck_assert_uint_eq(said, 3);
    ck_assert(notes_say(chart, "Published intervals are at 95%, ours at 90%."));
    ck_assert(!notes_say(make("published", results, FORWARD, "insomnia", arena), "are at 95%"));
    arena_destroy(arena);
}
END_TEST

START_TEST(flow_has_the_numbers_of_the_study)
{
    static const struct {
        int step;
        size_t count;
    } known[] = {{FLOW_EXPOSURES, 211},  {FLOW_WITHOUT, 25}, {FLOW_INSTRUMENTS, 516},
                 {FLOW_WEAK, 0},         {FLOW_NEAR, 14},    {FLOW_GENOME_WIDE, 11},
                 {FLOW_PALINDROMIC, 32}, {FLOW_ONE, 39},     {FLOW_TWO, 51},
                 {FLOW_MORE, 96},        {FLOW_TESTED, 186}, {FLOW_NONE, 0}};
    struct arena *arena = arena_create();
    struct family family = family_of(results, FORWARD, "insomnia", &plain, arena);
    struct flow_counts counts = flow_counts_of(&family, arena);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        ck_assert_msg(counts.of[known[i].step] == known[i].count, "step %d: %zu", known[i].step,
                      counts.of[known[i].step]);
    }
    ck_assert_uint_eq(counts.variants, 383);
    ck_assert_uint_eq(counts.sets, 153);
    ck_assert_uint_eq(counts.ledger[REASON_AMBIGUOUS], 2);
    ck_assert_uint_eq(counts.ledger[REASON_KEPT], 514);
    ck_assert_uint_eq(counts.looked_up, 516);
    struct results_count tested = results_count_of(results, "insomnia", FORWARD);
    ck_assert_uint_eq(counts.of[FLOW_TESTED], tested.tested);
    ck_assert_uint_eq(counts.of[FLOW_NOMINAL], tested.nominal);
    ck_assert_uint_eq(counts.of[FLOW_FOUND], tested.significant);
    arena_destroy(arena);
}
END_TEST

/* Entries that the ledger's screen would list for a row of the flow. */
static size_t listed(const struct study *of, enum direction direction, int step)
{
    size_t count = 0;
    for (size_t i = 0; i < of->ledger.count; i++) {
        count += flow_counts_entry(array_at(&of->ledger, i), direction, "insomnia", step);
    }
    return count;
}

/* The number at the start of a row, after what draws the tree. */
static size_t number_of(const struct chart_row *row)
{
    return strtoul(row->cells[0] + strcspn(row->cells[0], "0123456789"), NULL, 10);
}

START_TEST(flow_counts_what_its_lists_hold)
{
    enum direction direction = _i == 0 ? FORWARD : REVERSE;
    struct arena *arena = arena_create();
    const struct chart *chart = make("flow", results, direction, "insomnia", arena);
    size_t dropped = 0, kept = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        int step = flow_counts_step(row->of);
        if (row->kind == ROW_SPACE) {
            continue;
        }
        const struct chart *list =
            counted_chart(results, direction, "insomnia", row->of, &plain, arena);
        ck_assert_int_eq(list == NULL, step >= FLOW_LEDGER);
        size_t there = list == NULL ? listed(study, direction, step) : list->row_count;
        ck_assert_msg(number_of(row) == there, "%s: %zu", row->cells[0], there);
        kept += step == FLOW_LEDGER + REASON_KEPT ? there : 0;
        dropped += step > FLOW_LEDGER && step < FLOW_READING ? there : 0;
    }
    size_t rows = 0, used = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        bool is_here = study->pairs[i]->direction == direction;
        rows += is_here ? study->pairs[i]->row_count : 0;
        used += is_here ? study->pairs[i]->count : 0;
    }
    ck_assert_uint_eq(kept, used);
    ck_assert_uint_eq(kept + dropped, rows);
    arena_destroy(arena);
}
END_TEST

/* What was left out by hand is another reason, and leaves the kept. */
START_TEST(flow_follows_exclusions_by_hand)
{
    static const char *const variants[] = {"rs2278683"};
    struct exclusions exclusions = {variants, 1};
    struct arena *arena = arena_create();
    struct results *partial = results_with_exclusions(results, &exclusions, NULL);
    struct family family = family_of(partial, FORWARD, "insomnia", &plain, arena);
    struct flow_counts counts = flow_counts_of(&family, arena);
    size_t used = 0;
    for (size_t i = 0; i < family.count; i++) {
        used += partial->pairs[family.pairs[i]].analysis->pair->count;
    }
    ck_assert_uint_gt(counts.ledger[REASON_EXCLUDED], 0);
    ck_assert_uint_eq(counts.ledger[REASON_KEPT], used);
    ck_assert_uint_eq(counts.ledger[REASON_KEPT] + counts.ledger[REASON_EXCLUDED], 514);
    results_destroy(partial);
    arena_destroy(arena);
}
END_TEST

/* Tables written meanwhile do not look whole. */
START_TEST(tables_say_what_was_left_out_by_hand)
{
    static const char *const variants[] = {"rs2278683"};
    struct exclusions exclusions = {variants, 1};
    struct results *partial = results_with_exclusions(results, &exclusions, NULL);
    static const char *const holds[][2] = {
        {"ledger", "\trs2278683\tby hand\tFALSE\texcluded by hand\t"},
        {"harmonised", "\tFALSE\texcluded by hand\t"},
        {"summary", "\texcluded_by_hand\tsimulated_outcome\n"},
        {"summary", "\trs2278683\tTRUE\n"}};
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
        struct text whole = {0}, text = {0};
        table_print(tables_find(holds[i][0]), results, TABLE_TSV, &whole);
        table_print(tables_find(holds[i][0]), partial, TABLE_TSV, &text);
        ck_assert_ptr_null(strstr(whole.bytes, holds[i][1]));
        ck_assert_ptr_nonnull(strstr(text.bytes, holds[i][1]));
        text_drop(&whole);
        text_drop(&text);
    }
    results_destroy(partial);
}
END_TEST

/* Every chart at every size: no row too many, and the cursor on what is selected. */
static void paint_all(const struct results *of, const char *disease, struct arena *arena)
{
    static const size_t sizes[][2] = {{60, 10},  {80, 19}, {120, 35},
                                      {200, 56}, {20, 4},  {1, 1}};
    size_t count;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    for (size_t i = 0; i < count * 6 * 2; i++) {
        const size_t *size = sizes[i / 2 % 6];
        const struct chart *chart =
            kinds[i / 12]->function(of, FORWARD, disease, &plain, arena);
        struct canvas *canvas = canvas_create(size[0], size[1], i % 2 == 0);
        struct paint_state state = {.selected = {.kind = OF_NOTHING}};
        if (chart->row_count > 0) {
            state.selected = chart->rows[chart->row_count - 1].of;
        }
        (void)painter_draw(canvas, (struct rectangle){0, 0, size[0], size[1]}, chart, &state,
                           arena);
        char *text = canvas_as_text(canvas, false);
        for (const char *at = text; i % 2 == 0 && *at != '\0'; at++) {
            ck_assert((unsigned char)*at < 0x80);
        }
        ck_assert(*chart->sentence != '\0' && *chart->title != '\0');
        memory_free(text);
        canvas_destroy(canvas);
    }
}

START_TEST(any_size_is_painted)
{
    static const size_t sizes[][3] = {{0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, 1, 0},
                                      {1, 1, 1}, {2, 1, 3}, {10, 3, 2}};
    struct made made;
    made_begin(&made, sizes[_i][0], sizes[_i][1], sizes[_i][2], of_ten);
    paint_all(&made.results, NULL, made.arena);
    paint_all(&made.results, "disease0", made.arena);
    made_end(&made);
}
END_TEST

START_TEST(figures_say_what_a_mark_is)
{
    struct arena *arena = arena_create();
    const struct chart *chart = make("volcano", results, FORWARD, "insomnia", arena);
    const char *text = study_charts_figures(results, chart->rows[0].of, &plain, arena);
    ck_assert_msg(strstr(text, "OR ") != NULL && strstr(text, "variant") != NULL, "%s", text);
    chart = make("manhattan", results, FORWARD, "insomnia", arena);
    text = study_charts_figures(results, chart->rows[0].of, &plain, arena);
    ck_assert_msg(strstr(text, " · chr1:") != NULL && strstr(text, " · F ") != NULL, "%s",
                  text);
    struct identity nothing = {OF_NOTHING, NULL, 0};
    ck_assert_str_eq(study_charts_figures(results, nothing, &plain, arena), "");
    ck_assert_ptr_null(study_charts_find("pie"));
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    numeric_start();
    Suite *suite = suite_create("study charts");
    TCase *tests = tcase_create("study charts");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, load, unload);
    tcase_add_test(tests, beta_is_right);
    tcase_add_test(tests, qq_has_lambda_and_expected);
    tcase_add_test(tests, qq_band_is_of_order_statistics);
    tcase_add_test(tests, volcano_line_parts_q);
    tcase_add_test(tests, volcano_of_two_outcomes_has_no_q_line);
    tcase_add_test(tests, manhattan_leaves_out_what_has_no_position);
    tcase_add_test(tests, map_has_every_pair_once);
    tcase_add_test(tests, circle_has_every_pair_once);
    tcase_add_test(tests, published_stand_beside_ours);
    tcase_add_test(tests, published_keep_their_level);
    tcase_add_test(tests, flow_has_the_numbers_of_the_study);
    tcase_add_loop_test(tests, flow_counts_what_its_lists_hold, 0, 2);
    tcase_add_test(tests, flow_follows_exclusions_by_hand);
    tcase_add_test(tests, tables_say_what_was_left_out_by_hand);
    tcase_add_loop_test(tests, any_size_is_painted, 0, 7);
    tcase_add_test(tests, figures_say_what_a_mark_is);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
