/*
 * Charts of points and lines: where points stand, which are filled, where lines go, what the
 * cursor can stand on.
 */
#include "chart/chart.h"
#include "estimate/estimate.h"
#include "fixture.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <check.h>
#include <math.h>
#include <string.h>

static struct fixture fixture;
static const struct analysis *analysis;

static void begin(const char *folder, size_t variants)
{
    static const char *const keys[] = {"ivw", "egger", "weighted_median", "weighted_mode"};
    const struct method *methods[4];

    fixture = fixture_begin_results(folder);
    for (size_t i = 0; i < 4; i++) {
        methods[i] = methods_find(keys[i]);
    }
    if (variants < fixture.pair->count) {
        fixture.pair = golden_first(fixture.pair, variants, fixture.arena);
    }
    fixture.settings.boot = 50;
    analysis = analysis_create(fixture.pair, methods, 4, &fixture.settings, fixture.scratch,
                               fixture.arena);
}

static const struct chart *make(const char *key)
{
    struct chart_options options = {0};

    return charts_find(key)->function(analysis, &options, fixture.arena);
}

/* The mark of a variant or a method. */
static const struct mark *mark_of(const struct chart *chart, const char *key)
{
    for (size_t i = 0; i < chart->mark_count; i++) {
        const char *of = chart->marks[i].of.key;
        if (of != NULL && strcmp(of, key) == 0) {
            return &chart->marks[i];
        }
    }
    ck_abort_msg("%s is not on the chart", key);
    return NULL;
}

START_TEST(scatter_turns_alleles_and_has_both_bars)
{
    begin("lipid_ldl_chd", 1000);
    const struct chart *chart = make("scatter");
    const struct pair *pair = fixture.pair;

    for (size_t j = 0; j < pair->count; j++) {
        const struct mark *mark = mark_of(chart, pair_variant(pair, j));
        golden_close("x", mark->x, fabs(pair->bx[j]), 1e-15);
        golden_close("y", mark->y, pair->bx[j] < 0 ? -pair->by[j] : pair->by[j], 1e-15);
        golden_close("bar", mark->x_upper - mark->x, 1.959963984540054 * pair->sx[j], 1e-12);
        golden_close("bar", mark->y - mark->y_lower, 1.959963984540054 * pair->sy[j], 1e-12);
        ck_assert_int_eq(mark->contains_null, analysis->singles[j].contains_null);
    }
    ck_assert(chart->bars_of_selected);
    fixture_end(&fixture);
}
END_TEST

START_TEST(scatter_lines_are_the_estimates)
{
    begin("lipid_ldl_chd", 1000);
    const struct chart *chart = make("scatter");
    const struct mark *ivw = mark_of(chart, "ivw"), *egger = mark_of(chart, "egger");

    golden_close("ivw", ivw->y_upper / ivw->x_upper, analysis->main.b, 1e-12);
    ck_assert(ivw->x_lower == 0 && ivw->y_lower == 0 && ivw->series == 1);
    golden_close("intercept", egger->y_lower, analysis->egger.intercept, 1e-12);
    golden_close("egger", (egger->y_upper - egger->y_lower) / egger->x_upper, analysis->egger.b,
                 1e-12);
    ck_assert_uint_eq(chart->row_count, fixture.pair->count + 4);
    ck_assert_int_eq(chart->rows[chart->row_count - 1].of.kind, OF_METHOD);
    fixture_end(&fixture);
}
END_TEST

START_TEST(funnel_has_precision_upwards)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("funnel");

    for (size_t j = 0; j < fixture.pair->count; j++) {
        const struct mark *mark = mark_of(chart, pair_variant(fixture.pair, j));
        golden_close("x", mark->x, fixture.pair->by[j] / fixture.pair->bx[j], 1e-12);
        golden_close("y", mark->y, fabs(fixture.pair->bx[j]) / fixture.pair->sy[j], 1e-12);
    }
    golden_close("ivw", mark_of(chart, "ivw")->x_lower, analysis->main.b, 0);
    fixture_end(&fixture);
}
END_TEST

/* RadialMR at alpha .05 and modified weights. */
START_TEST(radial_fills_the_outliers_that_radial_mr_finds)
{
    static const char *const folders[] = {"lipid_ldl_chd", "ieu_bmi_chd"};
    begin(folders[_i], 1000);
    const struct chart *chart = make("radial");
    double want = golden_find(&fixture.golden, "RadialMR",
                              "ivw_radial(alpha=0.05,weights=3,tol=1e-4)", "Q", "n_outliers")
                      ->value;
    double filled = 0;

    for (size_t i = 0; i < chart->mark_count; i++) {
        filled += chart->marks[i].kind == MARK_POINT && !chart->marks[i].contains_null;
    }
    golden_close("outliers", filled, want, 0);
    fixture_end(&fixture);
}
END_TEST

START_TEST(baujat_adds_up_to_q)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("baujat");
    double sum = 0;

    for (size_t j = 0; j < fixture.pair->count; j++) {
        const struct mark *mark = mark_of(chart, pair_variant(fixture.pair, j));
        const struct estimate *without = &analysis->leave_one_out[j];
        double shift = (analysis->main.b - without->b) / without->se;
        sum += mark->x;
        golden_close("influence", mark->y, shift * shift, 1e-10);
    }
    golden_close("Q", sum, analysis->heterogeneity.q, 1e-10);
    fixture_end(&fixture);
}
END_TEST

/* The curve's highest piece lies at the mode, as near as the pieces are long. */
START_TEST(density_peaks_at_the_weighted_mode)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("density");
    double best = -1, at = NAN;

    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        if (mark->kind == MARK_LINE && mark->series == 1 && mark->y_upper > best) {
            best = mark->y_upper;
            at = mark->x_upper;
        }
    }
    double step = (chart->x.upper - chart->x.lower) / 120;
    ck_assert_double_le(fabs(at - fixture_run(&fixture, "weighted_mode").b), 1.5 * step);
    fixture_end(&fixture);
}
END_TEST

START_TEST(few_variants_are_drawn_or_say_why)
{
    static const char *const keys[] = {"scatter", "funnel", "radial", "baujat", "density"};
    begin("lipid_ldl_chd", (size_t)_i);
    for (size_t k = 0; k < 5; k++) {
        const struct chart *chart = make(keys[k]);
        ck_assert(chart->x.lower < chart->x.upper && chart->y.lower < chart->y.upper);
        ck_assert(_i > 0 || strstr(chart->notes[0], "No variants") != NULL);
        for (size_t i = 0; i < chart->mark_count; i++) {
            ck_assert(chart->marks[i].kind == MARK_LINE || isfinite(chart->marks[i].x));
        }
    }
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {scatter_turns_alleles_and_has_both_bars, 1},
        {scatter_lines_are_the_estimates, 1},
        {funnel_has_precision_upwards, 1},
        {radial_fills_the_outliers_that_radial_mr_finds, 2},
        {baujat_adds_up_to_q, 1},
        {density_peaks_at_the_weighted_mode, 1},
        {few_variants_are_drawn_or_say_why, 4},
    };

    numeric_start();
    return golden_run_each("chart_plane", tests, sizeof tests / sizeof tests[0]);
}
