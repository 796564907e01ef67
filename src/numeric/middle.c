#include "numeric/middle.h"
#include "numeric/wide.h"
#include <math.h>
#include <string.h>

/* Below so many values selection is quicker than counting. */
#define FEW 16

/* Guesses after which counting gives up: there are ties, or values far out. */
#define MOST_GUESSES 12

static double middle_of_three(double a, double b, double c)
{
    return wide_greater(wide_lesser(a, b), wide_lesser(wide_greater(a, b), c));
}

/* Brings what is below the pivot to the front without a branch; returns how many that are. */
static size_t part(double *values, size_t count, double pivot)
{
    size_t below = 0;

    for (size_t i = 0; i < count; i++) {
        double value = values[i];

        values[i] = values[below];
        values[below] = value;
        below += value < pivot;
    }
    return below;
}

/* Brings what equals the pivot, where nothing is below, to the front likewise. */
static size_t part_equal(double *values, size_t count, double pivot)
{
    size_t equal = 0;

    for (size_t i = 0; i < count; i++) {
        double value = values[i];

        values[i] = values[equal];
        values[equal] = value;
        equal += value == pivot;
    }
    return equal;
}

/* The middle of three values, or of three such middles where that is worth it. */
static double pivot_of(const double *values, size_t count)
{
    size_t step = count / 9;
    double middles[3];

    if (count < 30) {
        return middle_of_three(values[0], values[count / 2], values[count - 1]);
    }
    for (size_t i = 0; i < 3; i++) {
        const double *from = values + 3 * i * step;

        middles[i] = middle_of_three(from[0], from[step], from[2 * step]);
    }
    return middle_of_three(middles[0], middles[1], middles[2]);
}

/* Brings the nth smallest to its place, nothing larger before it, nothing smaller behind.
 * Equal values are put aside only when there is nothing below them, which ends ties. */
static void select_nth(double *values, size_t count, size_t nth)
{
    while (count > 1) {
        double pivot = pivot_of(values, count);
        size_t below = part(values, count, pivot);

        if (below == 0) {
            below = part_equal(values, count, pivot);
            if (nth < below || below == 0) { /* or no number */
                return;
            }
        }
        if (nth < below) {
            count = below;
        } else {
            values += below;
            count -= below;
            nth -= below;
        }
    }
}

/* In two maxima, so that comparisons need not wait for each other. */
static double greatest_of(const double *values, size_t count)
{
    double even = values[0], odd = values[0];
    size_t j = 0;

    for (; j + 1 < count; j += 2) {
        even = wide_greater(values[j], even);
        odd = wide_greater(values[j + 1], odd);
    }
    return wide_greater(wide_greater(even, odd), values[count - 1]);
}

static double by_selection(double *values, size_t count)
{
    size_t middle = count / 2;

    select_nth(values, count, middle);
    return count % 2 == 1 ? values[middle]
                          : 0.5 * (greatest_of(values, middle) + values[middle]);
}

/*
 * Values are counted below a guess, and better guesses follow from the count, until the guess
 * parts the lower half from the upper: a vector's pass over the values costs less than moving
 * any of them. The two next to the guess are then the middle.
 */
struct guessing {
    double low, high;             /* guesses with too few below, with too many */
    double low_count, high_count; /* values below them */
    double guess, step;           /* the latter from one value to the next, about */
};

/* As many values as there are lanes, from whole vectors of them; sums in as many parts. */
WIDE_BODY void take(wide_doubles *some, const double *values)
{
    memcpy(some, values, sizeof *some);
}

WIDE_BODY double sum_of(const wide_doubles *lanes)
{
    return ((*lanes)[0] + (*lanes)[1]) + ((*lanes)[2] + (*lanes)[3]);
}

/* The mean, and from the mean distance from it a step as between the middle ones of a normal
 * sample. */
WIDE_BODY void begin(struct guessing *guessing, const double *values, size_t count)
{
    size_t whole = count - count % LANES;
    wide_doubles some, sum = {0}, away = {0};
    wide_words sign = {0};

    sign |= UINT64_C(1) << 63;
    for (size_t j = 0; j < whole; j += LANES) {
        take(&some, values + j);
        sum += some;
    }
    guessing->guess = sum_of(&sum) / (double)whole;
    for (size_t j = 0; j < whole; j += LANES) {
        take(&some, values + j);
        away += (wide_doubles)((wide_words)(some - guessing->guess) & ~sign);
    }
    guessing->step = 3 * sum_of(&away) / ((double)whole * (double)whole);
    guessing->low = -INFINITY;
    guessing->high = INFINITY;
    guessing->low_count = 0;
    guessing->high_count = (double)count;
}

WIDE_BODY size_t count_below(const double *values, size_t count, double guess)
{
    size_t whole = count - count % LANES, sum;
    wide_doubles some;
    wide_words below = {0};

    for (size_t j = 0; j < whole; j += LANES) {
        take(&some, values + j);
        below -= (wide_words)(some < guess);
    }
    sum = below[0] + below[1] + below[2] + below[3];
    for (size_t j = whole; j < count; j++) {
        sum += values[j] < guess;
    }
    return sum;
}

/* The next guess, aimed between the two values that it is to part. */
WIDE_BODY void improve(struct guessing *guessing, size_t below, size_t middle)
{
    double aim = (double)middle, found = (double)below;

    if (below < middle) {
        guessing->low = guessing->guess;
        guessing->low_count = found;
    } else {
        guessing->high = guessing->guess;
        guessing->high_count = found;
    }
    if (isinf(guessing->low) || isinf(guessing->high)) {
        guessing->guess += guessing->step * (aim - found) * 1.25;
    } else {
        double share =
            (aim - guessing->low_count) / (guessing->high_count - guessing->low_count);

        guessing->guess = guessing->low + share * (guessing->high - guessing->low);
    }
}

/* The greatest value below the guess and the least of the others. */
WIDE_BODY void ends_at(const double *values, size_t count, double guess, double *below,
                       double *above)
{
    size_t whole = count - count % LANES;
    wide_doubles some, most = (wide_doubles){0} - INFINITY,
                       least = (wide_doubles){0} + INFINITY;
    const wide_words none_below = (wide_words)most, none_above = (wide_words)least;

    for (size_t j = 0; j < whole; j += LANES) {
        wide_words is_below, better;
        wide_doubles candidate;

        take(&some, values + j);
        is_below = (wide_words)(some < guess);
        candidate = (wide_doubles)(((wide_words)some & is_below) | (none_below & ~is_below));
        better = (wide_words)(candidate > most);
        most = (wide_doubles)(((wide_words)candidate & better) | ((wide_words)most & ~better));
        candidate = (wide_doubles)(((wide_words)some & ~is_below) | (none_above & is_below));
        better = (wide_words)(candidate < least);
        least =
            (wide_doubles)(((wide_words)candidate & better) | ((wide_words)least & ~better));
    }
    *below = wide_greater(wide_greater(most[0], most[1]), wide_greater(most[2], most[3]));
    *above = wide_lesser(wide_lesser(least[0], least[1]), wide_lesser(least[2], least[3]));
    for (size_t j = whole; j < count; j++) {
        *below = values[j] < guess ? wide_greater(values[j], *below) : *below;
        *above = values[j] < guess ? *above : wide_lesser(values[j], *above);
    }
}

/* NaN where it gives up. */
WIDE_BODY double by_counting(const double *values, size_t count)
{
    size_t middle = count / 2;
    struct guessing guessing;

    begin(&guessing, values, count);
    for (int i = 0; i < MOST_GUESSES; i++) {
        size_t below = count_below(values, count, guessing.guess);

        if (below == middle) {
            double lower, upper;

            ends_at(values, count, guessing.guess, &lower, &upper);
            return count % 2 == 1 ? upper : 0.5 * (lower + upper);
        }
        improve(&guessing, below, middle);
        if (!(guessing.guess > guessing.low && guessing.guess < guessing.high)) {
            break;
        }
    }
    return NAN;
}

WIDE_TARGET static double by_counting_wide(const double *values, size_t count)
{
    return by_counting(values, count);
}

static double by_counting_plain(const double *values, size_t count)
{
    return by_counting(values, count);
}

double middle_select(double *values, size_t count, size_t rank)
{
    select_nth(values, count, rank);
    return values[rank];
}

double middle_of(double *values, size_t count)
{
    double middle = NAN;

    if (count >= FEW) {
        middle = (WIDE_IS_THERE() ? by_counting_wide : by_counting_plain)(values, count);
    }
    return isnan(middle) ? by_selection(values, count) : middle;
}
