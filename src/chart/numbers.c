#include "chart/numbers.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/chart.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DECIMALS = 17 };

/* "6e-11" of "6e-11" or "6e-04": exponents without sign or zeros that say nothing. */
static const char *short_exponent(const char *text, struct arena *arena)
{
    const char *e = strchr(text, 'e');
    return e == NULL ? text
                     : arena_format(arena, "%.*se%ld", (int)(e - text), text,
                                    strtol(e + 1, NULL, 10));
}

/* ".031" of "0.031". */
static const char *without_zero(const char *text)
{
    return text[0] == '0' && text[1] == '.' ? text + 1 : text;
}

static const char *tiny_p(double p, double neglog10_p, struct arena *arena)
{
    if (p >= 1e-300) {
        return short_exponent(arena_format(arena, "%.0e", p), arena);
    }
    if (!isfinite(neglog10_p) || neglog10_p < 300) {
        return "<1e-300";
    }
    double exponent = floor(-neglog10_p);
    double mantissa = round(pow(10, -neglog10_p - exponent));
    if (mantissa >= 10) {
        mantissa = 1;
        exponent += 1;
    }
    return arena_format(arena, "%.0fe%.0f", mantissa, exponent);
}

const char *chart_p(double p, double neglog10_p, struct arena *arena)
{
    if (isnan(p)) {
        return "-";
    }
    if (p < 1e-4) {
        return tiny_p(p, neglog10_p, arena);
    }
    if (p >= 0.995) {
        return p < 1 ? ">.99" : "1";
    }
    int decimals = p >= 0.0995 ? 2 : p >= 0.00095 ? 3 : 4;
    const char *text;
    do {
        text = arena_format(arena, "%.*f", decimals++, p);
    } while ((strtod(text, NULL) < 0.05) != (p < 0.05) && decimals <= MOST_DECIMALS);
    return without_zero(text);
}

const char *chart_number(double value, int decimals, struct arena *arena)
{
    if (isnan(value)) {
        return "-";
    }
    if (isinf(value)) {
        return value > 0 ? "Inf" : "-Inf";
    }
    if (fabs(value) >= 1e6) {
        return short_exponent(arena_format(arena, "%.2e", value), arena);
    }
    const char *text = arena_format(arena, "%.*f", decimals, value);
    return strtod(text, NULL) == 0 && *text == '-' ? text + 1 : text;
}

/* An end with many decimals: as a power of ten where that is shorter. */
static const char *long_number(double value, int decimals, struct arena *arena)
{
    if (decimals > 6 && fabs(value) < 1e-3) {
        return short_exponent(arena_format(arena, "%.0e", value), arena);
    }
    return chart_number(value, decimals, arena);
}

static bool says_null(const char *lower, const char *upper, double null)
{
    return strtod(lower, NULL) <= null && null <= strtod(upper, NULL);
}

/* The fewest decimals, from `least`, that tell the truth; more than MOST_DECIMALS if none do.
 */
static int decimals_needed(double lower, double upper, bool contains_null, double null,
                           int least, struct arena *arena)
{
    int decimals = least;
    while (decimals <= MOST_DECIMALS &&
           says_null(chart_number(lower, decimals, arena), chart_number(upper, decimals, arena),
                     null) != contains_null) {
        decimals++;
    }
    return decimals;
}

/* The end next to the null, of an interval that excludes it. */
static const char *near_end(double value, bool is_lower, double null, int decimals, int least,
                            struct arena *arena)
{
    if (decimals <= MOST_DECIMALS) {
        const char *text = long_number(value, decimals, arena);
        if (is_lower ? strtod(text, NULL) > null : strtod(text, NULL) < null) {
            return text;
        }
    }
    if (value != null && null == 0) {
        return short_exponent(arena_format(arena, "%.0e", value), arena);
    }
    return arena_format(arena, "%c%.*f", is_lower ? '>' : '<', least, null);
}

/* An effect; an odds ratio that would print as 0 keeps its power of ten. */
static const char *effect_text(double value, int decimals, bool exponential,
                               struct arena *arena)
{
    const char *text = chart_number(value, decimals, arena);
    return exponential && value > 0 && strtod(text, NULL) == 0
               ? short_exponent(arena_format(arena, "%.0e", value), arena)
               : text;
}

/* The ends with `between` them, and in *shown the decimals that they needed. */
static const char *ends_text(const double ends[3], bool contains_null, bool exponential,
                             const char *between, int *shown, struct arena *arena)
{
    double lower = exponential ? exp(ends[1]) : ends[1];
    double upper = exponential ? exp(ends[2]) : ends[2];
    double null = exponential ? 1 : 0;
    int least = exponential ? 2 : 3;
    int needed = decimals_needed(lower, upper, contains_null, null, least, arena);
    *shown = needed <= least + 2 ? needed : least;
    const char *low = effect_text(lower, *shown, exponential, arena);
    const char *high = effect_text(upper, *shown, exponential, arena);
    if (needed > *shown && !contains_null) {
        bool is_above = ends[0] > 0;
        low = is_above ? near_end(lower, true, null, needed, least, arena) : low;
        high = is_above ? high : near_end(upper, false, null, needed, least, arena);
    }
    return arena_format(arena, "%s%s%s", low, between, high);
}

const char *numbers_interval(const double ends[3], bool contains_null, bool exponential,
                             const char *between, struct arena *arena)
{
    double b = exponential ? exp(ends[0]) : ends[0];
    if (isnan(ends[1]) || isnan(ends[2])) {
        return effect_text(b, exponential ? 2 : 3, exponential, arena);
    }
    int shown;
    const char *text = ends_text(ends, contains_null, exponential, between, &shown, arena);
    return arena_format(arena, "%s (%s)", effect_text(b, shown, exponential, arena), text);
}

static const char *piece_text(struct interval_piece piece, bool exponential,
                              struct arena *arena)
{
    const double ends[3] = {piece.lower > 0 ? 1 : -1, piece.lower, piece.upper};
    int shown;
    return ends_text(ends, piece.lower <= 0 && 0 <= piece.upper, exponential, _(" to "), &shown,
                     arena);
}

const char *numbers_pieces(double b, const struct interval_piece *pieces, size_t count,
                           bool exponential, struct arena *arena)
{
    const char *effect =
        effect_text(exponential ? exp(b) : b, exponential ? 2 : 3, exponential, arena);
    const char *text = "";
    if (count > NUMBERS_MOST_PIECES) {
        double lower = pieces[0].lower, upper = pieces[count - 1].upper;
        return arena_format(
            arena, _("%s (%s to %s in %zu pieces)"), effect,
            chart_number(exponential ? exp(lower) : lower, exponential ? 2 : 3, arena),
            chart_number(exponential ? exp(upper) : upper, exponential ? 2 : 3, arena), count);
    }
    for (size_t i = 0; i < count; i++) {
        text = arena_format(arena, "%s%s%s", text, i > 0 ? "; " : "",
                            piece_text(pieces[i], exponential, arena));
    }
    return arena_format(arena, "%s (%s)", effect, text);
}

const char *chart_interval(double b, double lower, double upper, bool contains_null,
                           bool exponential, struct arena *arena)
{
    const double ends[3] = {b, lower, upper};
    return numbers_interval(ends, contains_null, exponential, ", ", arena);
}

/* The three numbers inside "b (lower, upper)": where each starts, and its length. */
struct parts {
    const char *start[3];
    size_t length[3];
};

static bool find_parts(const char *text, struct parts *parts)
{
    const char *open = text == NULL ? NULL : strstr(text, " (");
    const char *comma = open == NULL ? NULL : strstr(open, ", ");
    const char *close = comma == NULL ? NULL : strchr(comma, ')');
    if (close == NULL || close[1] != '\0') {
        return false;
    }
    *parts = (struct parts){
        {text, open + 2, comma + 2},
        {(size_t)(open - text), (size_t)(comma - open - 2), (size_t)(close - comma - 2)}};
    return true;
}

void numbers_align(const char **texts, size_t count, struct arena *arena)
{
    struct parts parts;
    int width[3] = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; find_parts(texts[i], &parts) && k < 3; k++) {
            width[k] = (int)parts.length[k] > width[k] ? (int)parts.length[k] : width[k];
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (find_parts(texts[i], &parts)) {
            texts[i] =
                arena_format(arena, "%*.*s (%*.*s, %*.*s)", width[0], (int)parts.length[0],
                             parts.start[0], width[1], (int)parts.length[1], parts.start[1],
                             width[2], (int)parts.length[2], parts.start[2]);
        }
    }
}
