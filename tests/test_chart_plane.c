/*
 * Charts of points and lines: where points stand, which are filled, where lines go, what the
 * cursor can stand on.
 */
#include "chart/chart.h"
#include "diagnose/influence.h"
#include "estimate/conmix.h"
#include "estimate/radial.h"
#include "fixture.h"
#include "numeric/start.h"
#include "numeric/summary.h"
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

/* The contamination mixture's log likelihood, but for a constant. */
static double mixture_at(const struct pair *pair, double psi2, double effect)
{
    double sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double ratio = pair->by[j] / pair->bx[j], variance = pow(pair->sy[j] / pair->bx[j], 2);
        double valid = -pow(ratio - effect, 2) / (2 * variance) - 0.5 * log(variance);
        double invalid = -ratio * ratio / (2 * (psi2 + variance)) - 0.5 * log(psi2 + variance);
        sum += fmax(valid, invalid);
    }
    return sum;
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

/* The profile against its definition, and the set against the method's. */
START_TEST(likelihood_is_the_contamination_mixture)
{
    static const char *const folders[] = {"lipid_ldl_chd", "ieu_bmi_chd", "hetpen"};
    begin(folders[_i], 1000);
    struct conmix_profile profile;
    struct estimate conmix = fixture_run(&fixture, "conmix");
    const struct pair *pair = fixture.pair;
    double ratios[1000], psi2, top;
    ck_assert(conmix_profile(pair, &fixture.settings, fixture.arena, &profile));
    golden_close("effect", profile.effect, conmix.b, 1e-12);
    golden_close("lower", profile.pieces[0].lower, conmix.lower, 1e-12);
    golden_close("upper", profile.pieces[profile.piece_count - 1].upper, conmix.upper, 1e-12);
    for (size_t j = 0; j < pair->count; j++) {
        ratios[j] = pair->by[j] / pair->bx[j];
    }
    psi2 = pow(1.5 * summary_sd(ratios, pair->count), 2);
    top = mixture_at(pair, psi2, conmix.b);
    for (int i = -20; i <= 20; i++) {
        double effect = conmix.b + 0.02 * i;
        ck_assert_double_le(
            fabs(conmix_profile_at(&profile, effect) - (mixture_at(pair, psi2, effect) - top)),
            1e-8 * (1 + fabs(top)));
    }
    for (size_t i = 0; i < profile.piece_count; i++) {
        golden_close("end", conmix_profile_at(&profile, profile.pieces[i].lower),
                     -profile.depth, 1e-7);
        golden_close("end", conmix_profile_at(&profile, profile.pieces[i].upper),
                     -profile.depth, 1e-7);
    }
    fixture_end(&fixture);
}
END_TEST

/* The curve touches 0 and the line of the set is where the profile says. */
START_TEST(likelihood_chart_has_curve_line_and_pieces)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("likelihood");
    struct conmix_profile profile;
    double most = -INFINITY;
    size_t pieces = 0;

    ck_assert(conmix_profile(fixture.pair, &fixture.settings, fixture.arena, &profile));
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        bool is_line = mark->kind == MARK_LINE;
        most = is_line && mark->series == 1 ? fmax(most, mark->y_upper) : most;
        if (is_line && mark->series == 2) {
            golden_close("height", mark->y_lower, -profile.depth, 0);
            golden_close("lower", mark->x_lower, profile.pieces[pieces].lower, 0);
            golden_close("upper", mark->x_upper, profile.pieces[pieces].upper, 0);
            pieces++;
        }
        if (mark->kind == MARK_POINT) {
            ck_assert_int_eq(mark->contains_null, !conmix_is_valid(&profile, mark->of.index));
        }
    }
    ck_assert_uint_eq(pieces, profile.piece_count);
    ck_assert(most <= 1e-12 && most > -0.05 * profile.depth);
    ck_assert_uint_eq(chart->row_count, fixture.pair->count);
    fixture_end(&fixture);
}
END_TEST

START_TEST(influence_is_sorted_and_drawn_from_zero)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("influence");
    double before = INFINITY, most = 0;

    for (size_t j = 0; j < fixture.pair->count; j++) {
        most = fmax(most, analysis->singles[j].cook);
    }
    for (size_t i = 0; i < fixture.pair->count; i++) {
        const struct chart_row *row = &chart->rows[i];
        const struct single_variant *single = &analysis->singles[row->of.index];
        const struct mark *mark = &chart->marks[row->mark];
        double size = fabs(single->studentised);
        ck_assert_double_le(size, before);
        before = size;
        golden_close("residual", mark->x, single->studentised, 0);
        ck_assert(mark->x_lower == fmin(mark->x, 0) && mark->x_upper == fmax(mark->x, 0));
        ck_assert_int_eq(mark->contains_null, size <= 2);
        golden_close("Cook", row->shares[3], single->cook / most, 1e-15);
    }
    size_t lines = 0;
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        lines += mark->kind == MARK_LINE && (fabs(mark->x) == 2 || fabs(mark->x) == 3);
    }
    ck_assert_uint_eq(lines, 4);
    ck_assert_uint_eq(chart->row_count, fixture.pair->count);
    fixture_end(&fixture);
}
END_TEST

/* The points, and what lies outside, are those of the table of influence. */
START_TEST(radial_points_are_the_methods_and_the_tables)
{
    begin("ieu_bmi_chd", 1000);
    const struct chart *chart = make("radial");
    struct radial_plot plot;
    struct estimate blank = {0};
    struct radial_outlier *outliers = influence_radial_of(fixture.pair, fixture.arena);

    ck_assert(
        radial_plot(fixture.pair, RADIAL_IVW, &fixture.settings, fixture.arena, &blank, &plot));
    for (size_t j = 0; j < fixture.pair->count; j++) {
        const struct mark *mark = mark_of(chart, pair_variant(fixture.pair, j));
        ck_assert(mark->x == plot.root_weight[j] && mark->y == plot.value[j]);
        ck_assert(outliers[j].q == plot.q[j]);
        ck_assert_int_eq(mark->contains_null, !outliers[j].is_outlier);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(few_variants_are_drawn_or_say_why)
{
    static const char *const keys[] = {"scatter", "funnel",  "radial",
                                       "baujat",  "density", "likelihood"};
    begin("lipid_ldl_chd", (size_t)_i);
    for (size_t k = 0; k < 6; k++) {
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
        {likelihood_is_the_contamination_mixture, 3},
        {likelihood_chart_has_curve_line_and_pieces, 1},
        {influence_is_sorted_and_drawn_from_zero, 1},
        {radial_points_are_the_methods_and_the_tables, 1},
        {few_variants_are_drawn_or_say_why, 4},
    };

    numeric_start();
    return golden_run_each("chart_plane", tests, sizeof tests / sizeof tests[0]);
}
