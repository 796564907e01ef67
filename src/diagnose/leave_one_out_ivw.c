#include "diagnose/checks.h"
#include "estimate/ivw.h"
#include "estimate/methods.h"
#include <math.h>

/* Below this share of what the sums hold, the rest of a sum is rounding: it is added up again.
 */
#define CLOSE_TO_NOTHING 1e-3

/* Sums over some of the variants; the residuals are around the line of all. */
struct sums {
    double xx, xy, ee;
};

static struct sums term(const struct pair *pair, size_t j, double slope)
{
    double x = pair->bx[j] / pair->sy[j];
    double e = (pair->by[j] - slope * pair->bx[j]) / pair->sy[j];

    return (struct sums){x * x, x * pair->by[j] / pair->sy[j], e * e};
}

static struct sums add(struct sums a, struct sums b)
{
    return (struct sums){a.xx + b.xx, a.xy + b.xy, a.ee + b.ee};
}

/* The residual sum around the line without variant j, one by one. */
static double rss_without(const struct pair *pair, size_t j, double slope)
{
    double rss = 0;

    for (size_t i = 0; i < pair->count; i++) {
        rss += i == j ? 0 : term(pair, i, slope).ee;
    }
    return rss;
}

/* Sums of what stands before and after a variant lose nothing to a variant that outweighs all
 * others, as taking it from the whole sum would. */
static struct line_fit line_without(const struct pair *pair, size_t j, double slope,
                                    struct sums rest)
{
    struct line_fit line = {.slope = rest.xy / rest.xx, .slope_se = sqrt(1 / rest.xx)};
    double shift = line.slope - slope;

    line.rss = rest.ee - shift * shift * rest.xx;
    if (line.rss < CLOSE_TO_NOTHING * rest.ee) {
        line.rss = rss_without(pair, j, line.slope);
    }
    return line;
}

void leave_one_out_ivw(const struct pair *pair, const struct estimate_settings *settings,
                       double slope, struct arena *scratch, struct arena *arena,
                       struct estimate *estimates)
{
    struct sums *after = arena_get(scratch, pair->count + 1, sizeof *after);
    struct sums before = {0};

    for (size_t j = pair->count; j-- > 0;) {
        after[j] = add(term(pair, j, slope), after[j + 1]);
    }
    for (size_t j = 0; j < pair->count; j++) {
        struct line_fit line = line_without(pair, j, slope, add(before, after[j + 1]));

        estimates[j] = (struct estimate){.method = &method_ivw,
                                         .variants = pair->count - 1,
                                         .intercept = NAN,
                                         .intercept_se = NAN,
                                         .intercept_p = NAN};
        ivw_fill(&line, pair->count - 1, settings, &estimates[j]);
        estimates[j].note = arena_text(arena, estimates[j].note);
        before = add(before, term(pair, j, slope));
    }
}
