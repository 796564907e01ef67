#include "base/decimal.h"
#include "base/text.h"
#include "gwas/rows.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A decimal as written: digits * 10^exponent, cut to 19 digits. */
struct decimal {
    bool is_negative;
    bool is_cut; /* digits beyond the 19th are not in it */
    uint64_t digits;
    long exponent;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from *at on, before or behind the point; returns how many there were. */
static size_t take_digits(const char **at, struct decimal *decimal, bool is_fraction)
{
    const char *start = *at;

    for (; is_digit(**at); (*at)++) {
        if (decimal->digits < UINT64_C(1000000000000000000)) {
            decimal->digits = decimal->digits * 10 + (uint64_t)(**at - '0');
            decimal->exponent -= is_fraction;
        } else {
            decimal->is_cut = true;
            decimal->exponent += !is_fraction;
        }
    }
    return (size_t)(*at - start);
}

static bool take_exponent(const char **at, struct decimal *decimal)
{
    long exponent = 0;
    bool is_negative;

    if (**at != 'e' && **at != 'E') {
        return true;
    }
    (*at)++;
    is_negative = **at == '-';
    if (**at == '-' || **at == '+') {
        (*at)++;
    }
    if (!is_digit(**at)) {
        return false;
    }
    for (; is_digit(**at); (*at)++) {
        if (exponent < 1000000) {
            exponent = exponent * 10 + (**at - '0');
        }
    }
    decimal->exponent += is_negative ? -exponent : exponent;
    return true;
}

static bool take_decimal(const char *at, struct decimal *decimal)
{
    size_t count;

    *decimal = (struct decimal){.is_negative = *at == '-'};
    if (*at == '-' || *at == '+') {
        at++;
    }
    count = take_digits(&at, decimal, false);
    if (*at == '.') {
        at++;
        count += take_digits(&at, decimal, true);
    }
    if (count == 0 || !take_exponent(&at, decimal)) {
        return false;
    }
    while (is_blank(*at)) {
        at++;
    }
    return *at == '\0';
}

/* The nearest double; digits beyond the 19th matter only where they may turn the rounding. */
static double decimal_value(const struct decimal *decimal, const char *cell)
{
    double value, above;

    if (!decimal_nearest(decimal->digits, decimal->exponent, &value) ||
        (decimal->is_cut && (!decimal_nearest(decimal->digits + 1, decimal->exponent, &above) ||
                             above != value))) {
        return strtod(cell, NULL);
    }
    return decimal->is_negative ? -value : value;
}

static bool take_infinity(const char *cell, double *value)
{
    const char *word = cell + (*cell == '-' || *cell == '+');

    *value = *cell == '-' ? -INFINITY : INFINITY;
    return text_equal_fold(word, "inf") || text_equal_fold(word, "infinity");
}

bool rows_is_missing(const char *cell, bool is_text)
{
    switch (*cell) {
    case '\0':
        return true;
    case '.':
        return cell[1] == '\0';
    case '-':
        return is_text && cell[1] == '\0';
    case 'N':
    case 'n':
        return text_equal_fold(cell, "NA") || text_equal_fold(cell, "NaN");
    default:
        return false;
    }
}

bool rows_number(const char *cell, double *value)
{
    struct decimal decimal;

    while (is_blank(*cell)) {
        cell++;
    }
    if (rows_is_missing(cell, false)) {
        *value = NAN;
        return true;
    }
    if (!take_decimal(cell, &decimal)) {
        return take_infinity(cell, value);
    }
    *value = decimal_value(&decimal, cell);
    return true;
}

bool rows_probability(const char *cell, double *p, double *neglog10_p)
{
    struct decimal decimal;

    while (is_blank(*cell)) {
        cell++;
    }
    if (!rows_number(cell, p)) {
        return false;
    }
    *neglog10_p = *p >= 0 ? 0.0 - log10(*p) : NAN;
    if (*p < DBL_MIN && take_decimal(cell, &decimal) && decimal.digits > 0 &&
        !decimal.is_negative) {
        *neglog10_p = -(log10((double)decimal.digits) + (double)decimal.exponent);
    }
    return true;
}

/* Longer than any number that is written for people. */
#define MOST_COMMA 64

/* The cell with its one comma as a point. */
static bool replace_comma(const char *cell, char copy[MOST_COMMA])
{
    const char *comma = strchr(cell, ',');
    size_t length = strlen(cell);

    if (comma == NULL || length >= MOST_COMMA || strchr(comma + 1, ',') != NULL ||
        strchr(cell, '.') != NULL) {
        return false;
    }
    memcpy(copy, cell, length + 1);
    copy[comma - cell] = '.';
    return true;
}

/* Three digits and no more behind the comma. */
static bool may_be_thousands(const char *cell)
{
    return strspn(strchr(cell, ',') + 1, "0123456789") == 3;
}

bool rows_comma_number(const char *cell, bool is_count, double *value)
{
    char copy[MOST_COMMA];

    return replace_comma(cell, copy) && !(is_count && may_be_thousands(cell)) &&
           rows_number(copy, value);
}

bool rows_comma_probability(const char *cell, double *p, double *neglog10_p)
{
    char copy[MOST_COMMA];

    return replace_comma(cell, copy) && rows_probability(copy, p, neglog10_p);
}
