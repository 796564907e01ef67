#include "base/text.h"
#include "base/decimal.h"
#include "base/memory.h"
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

/* Bytes of a sequence that starts with `first`, 0 when it starts none. */
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
        return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

static bool is_scalar(uint32_t code, size_t length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

size_t text_decode(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t need = sequence_length(bytes[0]);
    *code = REPLACEMENT;
    if (need == 0 || need > length) {
        return 1;
    }
    uint32_t value = need == 1 ? bytes[0] : bytes[0] & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 1;
        }
        value = value << 6 | (bytes[i] & 0x3F);
    }
    if (!is_scalar(value, need)) {
        return 1;
    }
    *code = value;
    return need;
}

size_t text_encode(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[length] | code);
    return length;
}

size_t text_grapheme(const char *text, size_t length, int *width)
{
    uint32_t code;
    size_t used = text_decode(text, length, &code);
    *width = text_code_width(code);
    while (used < length) {
        uint32_t next;
        size_t more = text_decode(text + used, length - used, &next);
        if (text_code_width(next) != 0 || next == '\0') {
            break;
        }
        used += more;
    }
    return used;
}

size_t text_width(const char *text)
{
    size_t length = strlen(text), columns = 0;
    for (size_t at = 0; at < length;) {
        int width;
        at += text_grapheme(text + at, length - at, &width);
        columns += (size_t)width;
    }
    return columns;
}

/* Control characters, and those that turn the direction of the text around them. */
static bool is_hostile(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == REPLACEMENT || code == 0xFEFF;
}

/* How far the text is printable ASCII, which most of it is. */
static size_t plain_length(const char *text)
{
    size_t at = 0;
    while (text[at] >= 0x20 && text[at] < 0x7F) {
        at++;
    }
    return at;
}

bool text_is_clean(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = plain_length(text); at < length;) {
        uint32_t code;
        size_t used = text_decode(text + at, length - at, &code);
        if (is_hostile(code) && !(code == REPLACEMENT && used == 3)) {
            return false;
        }
        at += used;
    }
    return true;
}

char *text_clean(const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    struct text clean = {0};
    size_t length = strlen(text), plain = plain_length(text);
    text_add_bytes(&clean, text, plain);
    for (size_t at = plain; at < length;) {
        uint32_t code;
        size_t used = text_decode(text + at, length - at, &code);
        if (is_hostile(code)) {
            text_add(&clean, "\xEF\xBF\xBD");
        } else {
            text_add_bytes(&clean, text + at, used);
        }
        at += used;
    }
    return text_take(&clean);
}

char *text_fit(const char *text, size_t columns, bool ascii)
{
    if (text_width(text) <= columns) {
        return memory_copy_text(text);
    }
    if (columns == 0) {
        return memory_copy_text("");
    }
    size_t length = strlen(text), at = 0, used = 0;
    while (at < length) {
        int width;
        size_t bytes = text_grapheme(text + at, length - at, &width);
        if (used + (size_t)width > columns - 1) {
            break;
        }
        used += (size_t)width;
        at += bytes;
    }
    struct text fit = {0};
    text_add_bytes(&fit, text, at);
    text_add(&fit, ascii ? "~" : "…");
    return text_take(&fit);
}

bool text_equal(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

bool text_equal_fold(const char *one, const char *other)
{
    while (*one != '\0' && tolower((unsigned char)*one) == tolower((unsigned char)*other)) {
        one++;
        other++;
    }
    return *one == '\0' && *other == '\0';
}

bool text_contains_fold(const char *whole, const char *part)
{
    for (;; whole++) {
        size_t i = 0;
        while (part[i] != '\0' &&
               tolower((unsigned char)whole[i]) == tolower((unsigned char)part[i])) {
            i++;
        }
        if (part[i] == '\0' || *whole == '\0') {
            return part[i] == '\0';
        }
    }
}

void text_add_bytes(struct text *text, const char *more, size_t length)
{
    if (length >= text->capacity - text->length || text->capacity == 0) {
        size_t need = memory_product(text->length + length, 1) + 1;
        size_t capacity = text->capacity == 0 ? 64 : text->capacity;
        while (capacity < need) {
            capacity = memory_product(capacity, 2);
        }
        text->bytes = memory_resize(text->bytes, capacity, 1);
        text->capacity = capacity;
    }
    if (length > 0) {
        memcpy(text->bytes + text->length, more, length);
    }
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length >= 0) {
        char *piece = memory_get((size_t)length + 1, 1);
        vsnprintf(piece, (size_t)length + 1, format, again);
        text_add_bytes(text, piece, (size_t)length);
        memory_free(piece);
    }
    va_end(again);
}

char *text_take(struct text *text)
{
    char *bytes = text->bytes == NULL ? memory_copy_text("") : text->bytes;
    *text = (struct text){0};
    return bytes;
}

void text_drop(struct text *text)
{
    memory_free(text->bytes);
    *text = (struct text){0};
}

void text_add_number(struct text *text, double value)
{
    if (isnan(value)) {
        text_add(text, "NA");
        return;
    }
    if (isinf(value)) {
        text_add(text, value < 0 ? "-Inf" : "Inf");
        return;
    }
    char digits[DECIMAL_ROOM];
    size_t length = decimal_print(value, digits);
    text_add_bytes(text, digits, length);
}

void text_add_probability(struct text *text, double p, double neglog10_p)
{
    if (!(p < 1e-300) || !isfinite(neglog10_p)) {
        text_add_number(text, p);
        return;
    }
    double exponent = ceil(neglog10_p);
    char mantissa[40];
    snprintf(mantissa, sizeof mantissa, "%.12g", pow(10, exponent - neglog10_p));
    if (strcmp(mantissa, "10") == 0) {
        text_addf(text, "1e-%.0f", exponent - 1);
    } else {
        text_addf(text, "%se-%.0f", mantissa, exponent);
    }
}
