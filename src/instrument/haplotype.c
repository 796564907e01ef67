#include "instrument/haplotype.h"
#include <math.h>

/* What PLINK 1.9 takes as equal: roots, bounds, and a covariance of nothing. */
#define ROOT_TOLERANCE 0x1p-30
#define BOUND_TOLERANCE 0x1p-35
#define NOTHING 0x1p-44

/*
 * Haplotypes whose phase the genotypes tell, as counts and as shares of all; `either` are
 * people heterozygous at both, each with one haplotype of two pairs: 11 and 22, or 12 and 21.
 */
struct haplotypes {
    double known[2][2], share[2][2];
    double either;
    double half; /* of `either`, the share that each haplotype of a pair can get */
};

/* Some of the people with one copy of a chromosome are counted as two haplotypes alike. */
static bool fill(struct haplotypes *found, const struct genotype_table *table)
{
    const uint32_t(*count)[3] = table->count;
    double all = 0, one;

    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            found->known[a][b] = 2.0 * count[2 * a][2 * b] + count[2 * a][1] + count[1][2 * b] -
                                 table->haploid[2 * a][2 * b];
            all += found->known[a][b];
        }
    }
    found->either = count[1][1];
    one = 1 / (all + 2 * found->either);
    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            found->share[a][b] = found->known[a][b] * one;
        }
    }
    found->half = found->either * one;
    return isfinite(one);
}

/* The real roots of x^3 + ax^2 + bx + c in rising order, near ones once. */
static int three_roots(double third, double q, double r, double roots[3])
{
    double root = sqrt(q), angle = acos(r / (q * root)) / 3;
    int count = 1;

    /* the angle is 0 to pi / 3, so these rise */
    roots[0] = -2 * root * cos(angle) - third;
    roots[1] = -2 * root * cos(angle - 2 * M_PI / 3) - third;
    roots[2] = -2 * root * cos(angle + 2 * M_PI / 3) - third;
    for (int i = 1; i < 3; i++) {
        if (roots[i] - roots[count - 1] >= ROOT_TOLERANCE) {
            roots[count++] = roots[i];
        }
    }
    return count;
}

static int one_root(double third, double q, double r, double roots[3])
{
    double side = -copysign(cbrt(fabs(r) + sqrt(r * r - q * q * q)), r);
    double other = side == 0 ? 0 : q / side;

    roots[0] = side + other - third;
    if (side == 0 || fabs(side - other) >= 8 * ROOT_TOLERANCE) {
        return 1;
    }
    /* a double root beside it */
    roots[1] = -side - third;
    if (roots[1] < roots[0]) {
        double first = roots[1];

        roots[1] = roots[0];
        roots[0] = first;
    }
    return roots[1] - roots[0] < ROOT_TOLERANCE ? 1 : 2;
}

static int cubic_roots(double a, double b, double c, double roots[3])
{
    double q = (a * a - 3 * b) / 9;
    double r = (2 * a * a * a - 9 * a * b + 27 * c) / 54;

    return r * r < q * q * q ? three_roots(a / 3, q, r, roots) : one_root(a / 3, q, r, roots);
}

/* The share of 11 beyond the known, where the EM algorithm stands still: up to three. */
static int fixed_points(const struct haplotypes *of, double points[3])
{
    double same = of->share[0][0] * of->share[1][1];
    double cross = of->share[0][1] * of->share[1][0];
    double surplus = of->share[0][0] + of->share[1][1] - of->share[0][1] - of->share[1][0];
    double half = of->half, roots[3];
    int count, kept = 0;

    count =
        cubic_roots(0.5 * (surplus - 3 * half), 0.5 * (same + cross + half * (half - surplus)),
                    -0.5 * half * same, roots);
    for (int i = 0; i < count; i++) {
        if (roots[i] >= -BOUND_TOLERANCE && roots[i] <= half + BOUND_TOLERANCE) {
            points[kept++] = fmax(0, fmin(half, roots[i]));
        }
    }
    if (kept == 0) {
        /* rounding lost a double root, which lies at a bound */
        points[kept++] = 0;
        points[kept++] = half;
    }
    return kept;
}

/* The same where no known haplotypes are two of a pair: the cubic has roots at both bounds. */
static int bound_points(const struct haplotypes *of, double points[3])
{
    double same = of->share[0][0] + of->share[1][1];
    double cross = of->share[0][1] + of->share[1][0];
    int count = 0;

    points[count++] = 0;
    if (same + BOUND_TOLERANCE < of->half + cross &&
        cross + BOUND_TOLERANCE < of->half + same) {
        points[count++] = 0.5 * (of->half + cross - same);
    }
    points[count++] = of->half;
    return count;
}

static double log_likelihood(const struct haplotypes *of, double extra)
{
    double share[2][2], sum;

    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            share[a][b] = of->share[a][b] + (a == b ? extra : of->half - extra);
        }
    }
    sum = of->either * log(share[0][0] * share[1][1] + share[0][1] * share[1][0]);
    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
            if (of->known[a][b] != 0) {
                sum += of->known[a][b] * log(share[a][b]);
            }
        }
    }
    return sum;
}

/* Between two maxima lies a minimum, so that holding each against the first is enough. */
static double likeliest(const struct haplotypes *of, const double points[3], int count)
{
    double best = points[0];

    if (count > 1) {
        double first = log_likelihood(of, points[0]);

        for (int i = 1; i < count; i++) {
            best = log_likelihood(of, points[i]) > first ? points[i] : best;
        }
    }
    return best;
}

/* The share of 11; NaN where one of the variants does not vary. */
static double share_of_11(const struct haplotypes *of)
{
    bool is_paired =
        of->share[0][0] * of->share[1][1] != 0 || of->share[0][1] * of->share[1][0] != 0;
    double points[3];
    int count;

    if (of->either == 0) {
        return is_paired ? of->share[0][0] : NAN;
    }
    count = is_paired ? fixed_points(of, points) : bound_points(of, points);
    return of->share[0][0] + likeliest(of, points, count);
}

/* Shares of A1 of either variant. */
struct margins {
    double both;     /* their product */
    double variance; /* the product of both variances */
};

static struct margins margins_of(const struct haplotypes *of)
{
    double one = of->share[0][0] + of->share[0][1] + of->half;
    double other = of->share[0][0] + of->share[1][0] + of->half;
    double both = one * other;

    return (struct margins){both, both * (1 - one) * (1 - other)};
}

static double covariance_of(const struct haplotypes *of, const struct margins *margins)
{
    double covariance = share_of_11(of) - margins->both;

    return fabs(covariance) < NOTHING ? 0 : covariance;
}

static double r2_of(const struct haplotypes *of, const struct margins *margins)
{
    double covariance = covariance_of(of, margins);

    return covariance == 0 ? 0 : covariance * covariance / margins->variance;
}

double haplotype_r2(const struct genotype_table *table)
{
    struct haplotypes of;
    struct margins margins;

    if (!fill(&of, table)) {
        return NAN;
    }
    margins = margins_of(&of);
    return r2_of(&of, &margins);
}

double haplotype_r(const struct genotype_table *table)
{
    struct haplotypes of;
    struct margins margins;
    double covariance;

    if (!fill(&of, table)) {
        return NAN;
    }
    margins = margins_of(&of);
    covariance = covariance_of(&of, &margins);
    return covariance == 0 ? 0 : covariance / sqrt(margins.variance);
}

/* What surely lies beyond rounding. */
#define MARGIN 1e-9

/* From the covariance if all `either` were 12 and 21, and the share that these could add. */
static enum haplotype_side settle(double low, double half, double variance, double limit)
{
    double high = low + half, most = fmax(fabs(low), fabs(high));
    double least = low > 0 ? low : high < 0 ? -high : 0;

    if (most * most < limit * variance * (1 - MARGIN)) {
        return HAPLOTYPE_BELOW;
    }
    if (half > 0 && variance > MARGIN && least > MARGIN &&
        least * least > limit * variance * (1 + MARGIN)) {
        return HAPLOTYPE_ABOVE;
    }
    return HAPLOTYPE_UNSETTLED;
}

bool haplotype_exceeds(const struct genotype_table *table, double limit)
{
    struct haplotypes of;
    struct margins margins;
    enum haplotype_side side;

    if (!fill(&of, table)) {
        return false;
    }
    margins = margins_of(&of);
    side = settle(of.share[0][0] - margins.both, of.half, margins.variance, limit);
    return side == HAPLOTYPE_UNSETTLED ? r2_of(&of, &margins) > limit : side == HAPLOTYPE_ABOVE;
}

struct haplotype_margin haplotype_margin_of(const struct genotype_tally *tally)
{
    double first = 2.0 * tally->count[0] + tally->count[1];
    double second = 2.0 * tally->count[2] + tally->count[1];
    double share = first / (first + second);

    if (!tally->is_whole) {
        return (struct haplotype_margin){NAN, NAN};
    }
    return (struct haplotype_margin){share, share * (1 - share)};
}

struct haplotype_odds haplotype_odds_of(const struct genotype_tally *tally, uint32_t spared)
{
    double first = 2.0 * tally->count[0] + tally->count[1];
    double second = 2.0 * tally->count[2] + tally->count[1];
    double rarer = fmin(first, second), commoner = fmax(first, second);
    double copies = 2.0 * spared;
    uint32_t called = tally->count[0] + tally->count[1] + tally->count[2];

    if (!tally->is_diploid || called + spared < tally->people || rarer > commoner - copies) {
        return (struct haplotype_odds){NAN, NAN};
    }
    return (struct haplotype_odds){fmax(0, rarer - copies) / commoner,
                                   rarer / (commoner - copies)};
}

/*
 * Known haplotypes 11 are 2 n22 + n21 + n12, which is the two sums of rows that have 2 without
 * the opposites; what is in no row or column of homozygotes is heterozygous at both.
 */
enum haplotype_side haplotype_settle(const struct genotype_tally *one,
                                     const struct haplotype_margin *margin_of_one,
                                     const struct genotype_tally *other,
                                     const struct haplotype_margin *margin_of_other,
                                     const struct genotype_pair *pair, double limit)
{
    double people = (double)one->count[0] + one->count[1] + one->count[2];
    double known = (double)one->count[0] + other->count[0] - pair->opposite;
    double either = (double)one->count[1] + other->count[1] + pair->homozygous - people;
    double variance = margin_of_one->variance * margin_of_other->variance;

    return settle(0.5 * known / people - margin_of_one->share * margin_of_other->share,
                  0.5 * either / people, variance, limit);
}
