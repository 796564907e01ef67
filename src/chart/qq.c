#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/family.h"
#include "chart/plane.h"
#include "chart/words.h"
#include "numeric/beta.h"
#include "numeric/tail.h"
#include <math.h>

/* Pieces of the band's borders; its level. */
enum { PIECES = 40 };
static const double BAND = 0.95;
/* The middle of chi-square with one degree of freedom. */
static const double MIDDLE_CHI = 0.45493642311957283;

/* -log10 of the mean of the i-th smallest of `count` P of no effects. */
static double expected(double i, size_t count)
{
    return -log10(i / ((double)count + 1));
}

static double chi_of(const struct family *family, size_t pair)
{
    double z = tail_z_of_neglog10(family_main(family->results, pair)->neglog10_p);
    return z * z;
}

/* Devlin and Roeder 1999 (Biometrics 55:997): the median chi-square of the tests over that of
 * no effects; NaN without tests. */
static double inflation(const struct family *family, const size_t *pairs, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    double one = chi_of(family, pairs[(count - 1) / 2]),
           other = chi_of(family, pairs[count / 2]);
    return 0.5 * (one + other) / MIDDLE_CHI;
}

/* Where the i-th smallest P lies in 95 of 100 draws: an order statistic of even numbers. */
static double border(double i, size_t count, double share)
{
    return -log10(beta_quantile(share, i, (double)count + 1 - i));
}

static void add_border(struct build *build, size_t count, double share)
{
    double last = 1;
    for (int piece = 1; piece <= PIECES && count > 1; piece++) {
        double i = pow((double)count, (double)piece / PIECES);
        plane_line(build, expected(last, count), border(last, count, share), expected(i, count),
                   border(i, count, share), MARK_DOTTED, NULL);
        last = i;
    }
}

static void add_points(struct build *build, const struct family *family, const size_t *pairs,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct estimate *estimate = family_main(family->results, pairs[i]);
        plane_point(build, family_identity(family->results, pairs[i]),
                    &(struct plane_point){.x = expected((double)i + 1, count),
                                          .y = estimate->neglog10_p,
                                          .across = NAN,
                                          .up = NAN,
                                          .is_hollow = estimate->contains_null});
    }
}

/* The tests of nested taxa are not independent, which the band takes them to be. */
static const char *sets_note(const struct family *family, size_t count, struct arena *arena)
{
    size_t sets = family_sets(family);
    return sets >= count
               ? NULL
               : arena_format(arena,
                              _("The band takes tests as independent; these stand on %zu "
                                "different sets of variants."),
                              sets);
}

static struct chart *qq(const struct results *results, enum direction direction,
                        const char *disease, const struct chart_options *options,
                        struct arena *arena)
{
    struct family family = family_of(results, direction, disease, options, arena);
    struct build build = plane_start("qq", arena);
    struct chart *chart = build.chart;
    size_t count;
    const size_t *pairs = family_by_p(&family, &count, arena);
    add_points(&build, &family, pairs, count);
    chart->level = BAND;
    chart->scale = _("observed -log10 p");
    chart->title = arena_format(
        arena,
        ngettext("%zu test · filled: the interval excludes no effect · dotted: %s by chance",
                 "%zu tests · filled: the interval excludes no effect · dotted: %s by chance",
                 count),
        count, words_level(BAND, arena));
    plane_axis(&build, PLANE_X, _("expected -log10 p, if nothing had an effect"), NAN, true);
    plane_axis(&build, PLANE_Y, chart->scale, NAN, true);
    double most = fmax(chart->x.upper, chart->y.upper);
    add_border(&build, count, 0.5 * (1 + BAND));
    add_border(&build, count, 0.5 * (1 - BAND));
    plane_line(&build, 0, 0, most, most, 1, _("as expected"));
    chart->sentence =
        count == 0
            ? _("There is no test to show.")
            : arena_format(arena,
                           _("Genomic inflation lambda %s: the median chi-square of the tests "
                             "over that of no effects."),
                           chart_number(inflation(&family, pairs, count), 2, arena));
    build_note(&build, chart->sentence);
    build_note(&build, sets_note(&family, count, arena));
    return plane_finish(&build);
}

const struct study_chart_kind chart_of_qq = {
    .key = "qq",
    .name = N_("QQ"),
    .shows = N_("The p of all tests of a direction against what chance alone would give."),
    .is_of_direction = true,
    .function = qq,
};
