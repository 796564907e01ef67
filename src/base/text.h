/*
 * UTF-8 text: cleaning what files contain, measuring it in terminal cells, building strings.
 * In: bytes, trusted or not. Out: valid UTF-8 without control characters, widths in columns.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decodes one code point at text (length bytes remain, > 0). Returns the bytes consumed (>= 1)
 * and sets *code; an invalid byte gives U+FFFD and consumes one.
 */
size_t text_decode(const char *text, size_t length, uint32_t *code);

/* Writes code as UTF-8 into out (at least 4 bytes); returns the bytes written. */
size_t text_encode(uint32_t code, char *out);

/*
 * The columns a code point takes: 0 for combining marks, 2 for wide (East Asian wide and
 * fullwidth, emoji), 1 otherwise. Ambiguous ones count 1. The table does not depend on the
 * locale.
 */
int text_code_width(uint32_t code);

/*
 * The grapheme at text (a base character and what combines with it): its bytes, and *width.
 * length > 0.
 */
size_t text_grapheme(const char *text, size_t length, int *width);

/* Columns of a whole string. */
size_t text_width(const char *text);

/*
 * A copy safe to show: valid UTF-8, each control character (C0, C1, DEL), bidirectional control
 * and invalid byte replaced by U+FFFD. The caller frees it with memory_free. NULL gives NULL.
 */
char *text_clean(const char *text);

/* Whether text would come out of text_clean unchanged. */
bool text_is_clean(const char *text);

/* Cuts to at most `columns` columns, ending in `…` (or `~` when ascii) if cut. Caller frees. */
char *text_fit(const char *text, size_t columns, bool ascii);

/*
 * Bytes of the first line of text in at most `columns` columns (at least one grapheme), and in
 * *next those up to the line after it. A line ends at a space, or beside a wide letter where
 * the marks around it allow; only where there is no such place, anywhere. A '\n' ends it, too.
 */
size_t text_line(const char *text, size_t columns, size_t *next);

/* Whether two texts are the same to the letter, or both NULL. */
bool text_equal(const char *one, const char *other);

/* Equal without regard to ASCII case; whether `part` occurs in `whole` likewise. */
bool text_equal_fold(const char *one, const char *other);
bool text_contains_fold(const char *whole, const char *part);

/* A string that grows. Start with {0}; text_take hands it over, text_drop frees it. */
struct text {
    char *bytes; /* NUL-terminated once anything was added */
    size_t length;
    size_t capacity;
};

/* Adds to the end: a text, `length` bytes of one, a formatted one. What is added is copied. */
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t length);
void text_addf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The string (never NULL); the caller frees it with memory_free; text is empty afterwards. */
char *text_take(struct text *text);
void text_drop(struct text *text);

/* The shortest decimal that reads back as the same double; NaN as "NA", infinities "Inf",
 * "-Inf". */
void text_add_number(struct text *text, double value);

/*
 * A probability that may be below the smallest double: `p` where it is at least 1e-300,
 * otherwise built from its -log10 as mantissa and exponent ("3.2e-412"). NaN as "NA".
 */
void text_add_probability(struct text *text, double p, double neglog10_p);

#endif
