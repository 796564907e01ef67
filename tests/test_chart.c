/* Charts as data: numbers for people, ticks, rows, marks, sentences. */
#include "chart/chart.h"
#include "chart/taxa.h"
#include "tests/chart_fixture.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static void set_up(void)
{
    arena = arena_create();
}

static void tear_down(void)
{
    arena_destroy(arena);
}

START_TEST(p_is_short_and_true)
{
    static const struct {
        double p, neglog10_p;
        const char *text;
    } cases[] = {
        {0.031, NAN, ".031"},
        {0.19, NAN, ".19"},
        {0.0007, NAN, ".0007"},
        {0.003, NAN, ".003"},
        {0.052, NAN, ".052"},
        {6e-11, NAN, "6e-11"},
        {1, 0, "1"},
        {0.999, NAN, ">.99"},
        {NAN, NAN, "-"},
        {0.04996, NAN, ".04996"},
        {0.0501, NAN, ".050"},
        {0, 400.5, "3e-401"},
        {0, 400, "1e-400"},
        {0, NAN, "<1e-300"},
        {0.00009, NAN, "9e-5"},
        {0.96, NAN, ".96"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_str_eq(chart_p(cases[i].p, cases[i].neglog10_p, arena), cases[i].text);
    }
}
END_TEST

START_TEST(numbers_are_short)
{
    ck_assert_str_eq(chart_number(0.0754, 3, arena), "0.075");
    ck_assert_str_eq(chart_number(-0.0001, 3, arena), "0.000");
    ck_assert_str_eq(chart_number(NAN, 3, arena), "-");
    ck_assert_str_eq(chart_number(-INFINITY, 3, arena), "-Inf");
    ck_assert_str_eq(chart_number(2.5e9, 1, arena), "2.50e9");
}
END_TEST

START_TEST(interval_says_what_the_numbers_say)
{
    ck_assert_str_eq(chart_interval(0.075, 0.007, 0.143, false, false, arena),
                     "0.075 (0.007, 0.143)");
    ck_assert_str_eq(chart_interval(0.075, 0.007, 0.143, false, true, arena),
                     "1.08 (1.01, 1.15)");
    ck_assert_str_eq(chart_interval(0.075, 0.0004, 0.143, false, false, arena),
                     "0.0750 (0.0004, 0.1430)");
    ck_assert_str_eq(chart_interval(0.075, -0.0004, 0.143, true, false, arena),
                     "0.075 (0.000, 0.143)");
    ck_assert_str_eq(chart_interval(0.075, 1e-20, 0.143, false, false, arena),
                     "0.075 (1e-20, 0.143)");
    ck_assert_str_eq(chart_interval(0.075, 1e-20, 0.143, false, true, arena),
                     "1.08 (>1.00, 1.15)");
    ck_assert_str_eq(chart_interval(-0.075, -0.143, -0.003, false, true, arena),
                     "0.928 (0.867, 0.997)");
    ck_assert_str_eq(chart_interval(NAN, NAN, NAN, false, false, arena), "-");
}
END_TEST

/* A uniform number, the same on every machine. */
static double uniform(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* The printed ends of "b (lower, upper)"; ">1.00" reads as just above. */
static void printed_ends(const char *text, double *lower, double *upper)
{
    const char *open = strchr(text, '(') + 1, *comma = strstr(open, ", ") + 2;
    *lower = *open == '>' ? nextafter(strtod(open + 1, NULL), INFINITY) : strtod(open, NULL);
    *upper =
        *comma == '<' ? nextafter(strtod(comma + 1, NULL), -INFINITY) : strtod(comma, NULL);
}

START_TEST(rounding_of_text_keeps_the_verdict)
{
    unsigned long long state = 7;
    for (int i = 0; i < 20000; i++) {
        double side = uniform(&state) < 0.5 ? -1 : 1;
        double near = side * pow(10, -18 * uniform(&state));
        double far = uniform(&state) < 0.5 ? near + side : -side * uniform(&state);
        double lower = fmin(near, far), upper = fmax(near, far);
        bool contains = lower <= 0 && 0 <= upper, exponential = i % 2 == 0;
        const char *text =
            chart_interval((lower + upper) / 2, lower, upper, contains, exponential, arena);
        double null = exponential, low, high;
        printed_ends(text, &low, &high);
        ck_assert_msg((low <= null && null <= high) == contains, "%s for %g %g", text, lower,
                      upper);
    }
}
END_TEST

static struct axis axis_with_ticks(double lower, double upper, bool exponential)
{
    struct axis axis = {
        .lower = lower, .upper = upper, .null = 0, .is_exponential = exponential};
    chart_ticks(&axis, 6, arena);
    return axis;
}

START_TEST(ticks_are_distinct_and_inside)
{
    unsigned long long state = 3;
    for (int i = 0; i < 2000; i++) {
        double width = pow(10, 8 * uniform(&state) - 6);
        double lower = width * (uniform(&state) - 1);
        struct axis axis = axis_with_ticks(lower, lower + width, i % 2 == 0);
        if (width < 300) {
            ck_assert_uint_ge(axis.tick_count, 2);
        }
        ck_assert_uint_le(axis.tick_count, 16);
        for (size_t k = 0; k < axis.tick_count; k++) {
            ck_assert(axis.ticks[k].at >= lower && axis.ticks[k].at <= lower + width);
            for (size_t l = 0; l < k; l++) {
                ck_assert_str_ne(axis.ticks[k].label, axis.ticks[l].label);
            }
        }
    }
}
END_TEST

START_TEST(odds_ratios_climb_the_ladder)
{
    struct axis axis = axis_with_ticks(log(0.75), log(1.3), true);
    static const char *const labels[] = {"0.80", "0.90", "1.00", "1.10", "1.25"};
    ck_assert_uint_eq(axis.tick_count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_str_eq(axis.ticks[i].label, labels[i]);
        ck_assert_double_eq_tol(exp(axis.ticks[i].at), strtod(labels[i], NULL), 1e-12);
    }
    axis = axis_with_ticks(-0.21, 0.41, false);
    ck_assert_str_eq(axis.ticks[0].label, "-0.2");
    axis = axis_with_ticks(1, 1, false);
    ck_assert_uint_eq(axis.tick_count, 0);
    axis = axis_with_ticks(NAN, 1, true);
    ck_assert_uint_eq(axis.tick_count, 0);
}
END_TEST

START_TEST(identities_compare_by_key)
{
    struct identity one = {OF_VARIANT, "rs1", 0}, moved = {OF_VARIANT, "rs1", 4};
    struct identity method = {OF_METHOD, "rs1", 0};
    struct identity pair = {OF_PAIR, NULL, 3}, other = {OF_PAIR, NULL, 4};
    ck_assert(identity_equal(one, moved));
    ck_assert(!identity_equal(one, method));
    ck_assert(identity_equal(pair, pair));
    ck_assert(!identity_equal(pair, other));
}
END_TEST

static const struct chart *make(const char *kind, const struct analysis *analysis,
                                const struct chart_options *options)
{
    return charts_find(kind)->function(analysis, options, arena);
}

static size_t rows_of_kind(const struct chart *chart, enum row_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        count += chart->rows[i].kind == kind;
    }
    return count;
}

static const struct chart_row *row_named(const struct chart *chart, const char *label)
{
    for (size_t i = 0; i < chart->row_count; i++) {
        const char *cell = chart->rows[i].cells[0];
        if (cell != NULL && strcmp(cell, label) == 0) {
            return &chart->rows[i];
        }
    }
    return NULL;
}

START_TEST(forest_shows_variants_and_methods)
{
    const struct analysis *analysis = fixture_analysis(7, arena);
    const struct chart *chart =
        make("forest", analysis, &(struct chart_options){.by_effect = true});
    ck_assert_uint_eq(rows_of_kind(chart, ROW_DATA), 7);
    for (size_t i = 0; i < 7; i++) {
        const struct mark *mark = &chart->marks[chart->rows[i].mark];
        ck_assert(identity_equal(chart->rows[i].of, mark->of));
        ck_assert_double_eq(mark->x, analysis->singles[mark->of.index].b);
        ck_assert(i == 0 || mark->x <= chart->marks[chart->rows[i - 1].mark].x);
        ck_assert_int_eq(mark->contains_null, i > 0);
    }
    ck_assert_str_eq(row_named(chart, "IVW")->cells[2], " 0.075 ( 0.007, 0.143)");
    ck_assert_str_eq(row_named(chart, "IVW")->cells[3], "p .031");
    ck_assert_str_eq(row_named(chart, "rs1000 out")->cells[4], "null within");
    ck_assert_int_eq(chart->marks[row_named(chart, "  next variant")->mark].kind,
                     MARK_PREDICTION);
    ck_assert_ptr_null(row_named(chart, "  all 7 variants"));
    ck_assert_str_eq(chart->scale, "log odds of insomnia per SD of abundance");
    ck_assert_double_eq(chart->level, 0.95);
    ck_assert_str_eq(chart->sentence,
                     "7 variants; IVW log odds 0.075 (0.007 to 0.143) excludes no effect; "
                     "largest share of Q: rs1000, 45%");
}
END_TEST

START_TEST(exclusions_stand_beside_the_whole)
{
    const struct analysis *full = fixture_analysis(7, arena);
    struct chart_options options = {.full = full, .by_effect = true};
    const struct chart *chart = make("forest", fixture_without(full, 0, arena), &options);
    const struct chart_row *row = row_named(chart, "rs1000");
    ck_assert(chart->marks[row->mark].is_dimmed);
    ck_assert_str_eq(row->cells[3], "excluded");
    ck_assert(isnan(row->shares[3]));
    ck_assert_double_eq(chart->marks[row_named(chart, "  all 7 variants")->mark].x,
                        full->main.b);
    ck_assert_double_ne(chart->marks[row_named(chart, "IVW")->mark].x, full->main.b);
    ck_assert_ptr_nonnull(strstr(chart->title, "6 of 7 variants, 1 excluded by hand"));
    chart = make("methods", fixture_without(full, 0, arena), &options);
    ck_assert_uint_eq(chart->row_count, 6);
}
END_TEST

START_TEST(many_variants_fold)
{
    const struct analysis *analysis = fixture_analysis(94, arena);
    const struct chart *chart = make("forest", analysis, &(struct chart_options){.fold = true});
    ck_assert_uint_eq(rows_of_kind(chart, ROW_DATA), 20);
    ck_assert_ptr_nonnull(row_named(chart, "… 74 more, z shows all"));
    double least = 1;
    for (size_t i = 0; i < 20; i++) {
        double share = analysis->singles[chart->rows[i].of.index].q_share;
        least = fmin(least, share);
        ck_assert(i == 0 || chart->rows[i].of.index > chart->rows[i - 1].of.index);
    }
    size_t above = 0;
    for (size_t j = 0; j < 94; j++) {
        above += analysis->singles[j].q_share >= least;
    }
    ck_assert_uint_eq(above, 20);
    chart = make("forest", analysis, &(struct chart_options){.fold = false});
    ck_assert_uint_eq(rows_of_kind(chart, ROW_DATA), 94);
    chart = make("loo", analysis, &(struct chart_options){.fold = true});
    ck_assert_uint_eq(rows_of_kind(chart, ROW_DATA), 20);
}
END_TEST

START_TEST(leave_one_out_shifts)
{
    const struct analysis *analysis = fixture_analysis(7, arena);
    const struct chart *chart = make("loo", analysis, &(struct chart_options){.fold = true});
    double shift = (analysis->leave_one_out[0].b - analysis->main.b) / analysis->main.se;
    const struct chart_row *row = row_named(chart, "rs1000");
    ck_assert_double_eq_tol(strtod(row->cells[2], NULL), shift, 0.005);
    ck_assert_str_eq(row->cells[4], "null within");
    ck_assert_double_eq(chart->marks[row_named(chart, "All")->mark].x, analysis->main.b);
    size_t lines = 0;
    for (size_t i = 0; i < chart->mark_count; i++) {
        lines += chart->marks[i].kind == MARK_LINE && chart->marks[i].x == analysis->main.b;
    }
    ck_assert_uint_eq(lines, 1);
}
END_TEST

START_TEST(heterogeneity_is_sorted_by_share)
{
    const struct analysis *analysis = fixture_analysis(7, arena);
    const struct chart *chart = make("heterogeneity", analysis, &(struct chart_options){0});
    for (size_t i = 1; i < 7; i++) {
        ck_assert_double_le(chart->rows[i].shares[2], chart->rows[i - 1].shares[2]);
    }
    ck_assert_str_eq(chart->rows[0].cells[2], "45%");
    ck_assert_ptr_nonnull(strstr(chart->notes[0], "Q 3.64 on 6 df, p .73 · I² 0% (0 to 71)"));
    ck_assert_ptr_nonnull(strstr(chart->notes[2], "-0.009 (se 0.011), p .44"));
}
END_TEST

START_TEST(every_number_of_variants_charts)
{
    static const size_t counts[] = {0, 1, 2, 3, 8, 94, 506};
    size_t kinds;
    const struct chart_kind *const *all = charts_all(&kinds);
    ck_assert_uint_eq(kinds, 11);
    for (size_t k = 0; k < kinds; k++) {
        ck_assert_ptr_eq(charts_find(all[k]->key), all[k]);
        for (size_t i = 0; i < 7; i++) {
            struct chart_options options = {.fold = true, .odds_ratio = i % 2 == 0};
            const struct chart *chart =
                make(all[k]->key, fixture_analysis(counts[i], arena), &options);
            ck_assert_str_eq(chart->key, all[k]->key);
            bool is_plane = chart->y.lower < chart->y.upper;
            ck_assert(isnan(chart->x.null) ||
                      (chart->x.lower < chart->x.null && chart->x.null < chart->x.upper));
            ck_assert_uint_ge(chart->x.tick_count, 2);
            ck_assert_uint_gt(strlen(chart->sentence), 20);
            ck_assert(is_plane || chart->row_count <= 40);
            ck_assert(is_plane || chart->note_count > 0);
        }
        const struct chart *none =
            make(all[k]->key, fixture_analysis(0, arena), &(struct chart_options){0});
        ck_assert_ptr_nonnull(strstr(none->notes[0], "No variants"));
    }
    ck_assert_ptr_null(charts_find("pie"));
}
END_TEST

START_TEST(a_few_wide_intervals_are_clipped)
{
    const struct analysis *analysis = fixture_analysis(30, arena);
    const struct chart *chart = make("forest", analysis, &(struct chart_options){0});
    size_t clipped = 0;
    for (size_t j = 0; j < 30; j++) {
        clipped += analysis->singles[j].lower < chart->x.lower ||
                   analysis->singles[j].upper > chart->x.upper;
    }
    ck_assert_uint_eq(clipped, 1);
    ck_assert_double_gt(analysis->singles[9].upper, chart->x.upper);
}
END_TEST

START_TEST(taxa_share_one_axis)
{
    static const size_t counts[] = {1, 2, 3, 7, 8, 0};
    struct pair *pairs[6];
    struct pair_result of_pairs[6] = {0};
    for (size_t i = 0; i < 6; i++) {
        of_pairs[i].analysis = i == 4 ? NULL : fixture_analysis(counts[i], arena);
        pairs[i] = arena_get(arena, 1, sizeof **pairs);
        *pairs[i] = *fixture_analysis(counts[i], arena)->pair;
    }
    struct study study = {.pairs = pairs, .pair_count = 6};
    struct results results = {.study = &study, .pairs = of_pairs};
    struct axis axis = chart_taxa_axis(&results, FORWARD, "insomnia", arena);
    ck_assert(axis.is_exponential);
    ck_assert_str_eq(axis.title, "odds ratio per SD");
    ck_assert_double_lt(axis.lower, 0);
    ck_assert_double_gt(axis.upper, of_pairs[0].analysis->main.upper);
    ck_assert_uint_ge(axis.tick_count, 3);
    ck_assert_double_eq(chart_taxa_mark(&results, 3).x, of_pairs[3].analysis->main.b);
    ck_assert_uint_eq(chart_taxa_mark(&results, 3).of.index, 3);
    ck_assert(isnan(chart_taxa_mark(&results, 4).x) && isnan(chart_taxa_mark(&results, 5).x));
    axis = chart_taxa_axis(&results, REVERSE, "insomnia", arena);
    ck_assert(axis.lower < 0 && axis.upper > 0 && !axis.is_exponential);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *chart = tcase_create("chart");
    tcase_add_checked_fixture(chart, set_up, tear_down);
    tcase_set_timeout(chart, 60);
    tcase_add_test(chart, p_is_short_and_true);
    tcase_add_test(chart, numbers_are_short);
    tcase_add_test(chart, interval_says_what_the_numbers_say);
    tcase_add_test(chart, rounding_of_text_keeps_the_verdict);
    tcase_add_test(chart, ticks_are_distinct_and_inside);
    tcase_add_test(chart, odds_ratios_climb_the_ladder);
    tcase_add_test(chart, identities_compare_by_key);
    tcase_add_test(chart, forest_shows_variants_and_methods);
    tcase_add_test(chart, exclusions_stand_beside_the_whole);
    tcase_add_test(chart, many_variants_fold);
    tcase_add_test(chart, leave_one_out_shifts);
    tcase_add_test(chart, heterogeneity_is_sorted_by_share);
    tcase_add_test(chart, every_number_of_variants_charts);
    tcase_add_test(chart, a_few_wide_intervals_are_clipped);
    tcase_add_test(chart, taxa_share_one_axis);
    suite_add_tcase(suite, chart);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
