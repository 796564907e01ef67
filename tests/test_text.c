/* Text: decoding, measuring, cleaning what is hostile, cutting, and numbers in decimal. */
#include "base/memory.h"
#include "base/text.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAD "\uFFFD"

static bool is_scalar(uint32_t code)
{
    return code < 0xD800 || code > 0xDFFF;
}

START_TEST(every_code_point_survives_the_round_trip)
{
    uint32_t changed = 0;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t back;
        if (!is_scalar(code))
            continue;
        size_t length = text_encode(code, bytes);
        changed += text_decode(bytes, length, &back) != length || back != code;
    }
    ck_assert_uint_eq(changed, 0);
}
END_TEST

START_TEST(encoding_is_utf_8)
{
    char bytes[5] = {0};
    ck_assert_uint_eq(text_encode(0x3B2, bytes), 2);
    ck_assert_str_eq(bytes, "\xCE\xB2");
    ck_assert_uint_eq(text_encode(0x4E2D, bytes), 3);
    ck_assert_str_eq(bytes, "\xE4\xB8\xAD");
    ck_assert_uint_eq(text_encode(0x1F9A0, bytes), 4);
    ck_assert_str_eq(bytes, "\xF0\x9F\xA6\xA0");
}
END_TEST

START_TEST(an_invalid_byte_is_one_replacement)
{
    static const char *const invalid[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x80\x80",
        "\xED\xA0\x80",
        "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xE4\xB8",
        "\xF0\x9F\xA6",
        "\xC3(",
        "\xE4\xB8(",
    };
    uint32_t code = 0;
    ck_assert_uint_eq(text_decode(invalid[_i], strlen(invalid[_i]), &code), 1);
    ck_assert_uint_eq(code, 0xFFFD);
}
END_TEST

START_TEST(a_sequence_cut_by_the_length_is_invalid)
{
    uint32_t code;
    ck_assert_uint_eq(text_decode("\xE4\xB8\xAD", 2, &code), 1);
    ck_assert_uint_eq(code, 0xFFFD);
    ck_assert_uint_eq(text_decode("\xE4\xB8\xAD", 3, &code), 3);
    ck_assert_uint_eq(code, 0x4E2D);
}
END_TEST

struct width_example {
    uint32_t code;
    int width;
};

START_TEST(a_code_point_has_its_width)
{
    static const struct width_example examples[] = {
        {'a', 1},     {0xE9, 1},    {0x3B2, 1},   {0x2026, 1},  {0x2500, 1},  {0x2588, 1},
        {0x25CF, 1},  {0x28FF, 1},  {0xFFFD, 1},  {0x300, 0},   {0x36F, 0},   {0x483, 0},
        {0x5B0, 0},   {0x64B, 0},   {0x94D, 0},   {0xE31, 0},   {0x1A60, 0},  {0x11A8, 0},
        {0xD7CB, 0},  {0x200B, 0},  {0x200D, 0},  {0x20DD, 0},  {0xFE0F, 0},  {0xFEFF, 0},
        {0x1D165, 1}, {0x11046, 0}, {0xE0100, 0}, {0x1100, 2},  {0x3000, 2},  {0x3042, 2},
        {0x4E2D, 2},  {0x9FFF, 2},  {0xAC00, 2},  {0xD7A3, 2},  {0xF900, 2},  {0xFF21, 2},
        {0xFF71, 1},  {0xFFE5, 2},  {0x231A, 2},  {0x2B50, 2},  {0x1F600, 2}, {0x1F9A0, 2},
        {0x1F3FB, 2}, {0x1F1E6, 1}, {0x20000, 2}, {0x3FFFD, 2}, {0x303F, 1},  {0xA4D0, 1},
    };
    ck_assert_msg(text_code_width(examples[_i].code) == examples[_i].width, "U+%04X: width %d",
                  examples[_i].code, text_code_width(examples[_i].code));
}
END_TEST

START_TEST(a_grapheme_takes_its_marks_along)
{
    int width;
    ck_assert_uint_eq(text_grapheme("ab", 2, &width), 1);
    ck_assert_int_eq(width, 1);
    ck_assert_uint_eq(text_grapheme("e\u0301\u0323x", 6, &width), 5);
    ck_assert_int_eq(width, 1);
    ck_assert_uint_eq(text_grapheme("\u4E2D\u0301", 5, &width), 5);
    ck_assert_int_eq(width, 2);
    ck_assert_uint_eq(text_grapheme("\xFF\xFF", 2, &width), 1);
    ck_assert_int_eq(width, 1);
}
END_TEST

START_TEST(a_string_has_its_width)
{
    ck_assert_uint_eq(text_width(""), 0);
    ck_assert_uint_eq(text_width("Roseburia"), 9);
    ck_assert_uint_eq(text_width("\u4E2D\u6587 a\u0301"), 6);
    ck_assert_uint_eq(text_width("\xFFz"), 2);
}
END_TEST

struct pair_of_texts {
    const char *before;
    const char *after;
};

START_TEST(hostile_text_is_cleaned)
{
    static const struct pair_of_texts examples[] = {
        {"a\033[31mb", "a" BAD "[31mb"},
        {"\033]0;title\007", BAD "]0;title" BAD},
        {"a\tb\r\nc", "a" BAD "b" BAD BAD "c"},
        {"\001\037\177", BAD BAD BAD},
        {"a\xC2\x85"
         "b",
         "a" BAD "b"},
        {"\xC2\x9B"
         "2J",
         BAD "2J"},
        {"\u061C\u200E\u200F", BAD BAD BAD},
        {"a\u202Etxt.exe\u202C", "a" BAD "txt.exe" BAD},
        {"\u202A\u202B\u202D", BAD BAD BAD},
        {"\u2066\u2067\u2068\u2069", BAD BAD BAD BAD},
        {"\xFF"
         "a\xC0\x80",
         BAD "a" BAD BAD},
        {"\xED\xA0\x80", BAD BAD BAD},
        {"a\xE4\xB8", "a" BAD BAD},
        {"\xE4\xB8"
         "a",
         BAD BAD "a"},
        {"\x9B"
         "31m",
         BAD "31m"},
    };
    const struct pair_of_texts *example = &examples[_i];
    char *clean = text_clean(example->before);
    ck_assert_str_eq(clean, example->after);
    ck_assert(!text_is_clean(example->before));
    ck_assert(text_is_clean(clean));
    memory_free(clean);
}
END_TEST

START_TEST(good_text_stays_as_it_is)
{
    static const char *const examples[] = {
        "",
        "genus.Ruminococcus1.id.11373",
        "\u03B2-diversity",
        "\u4E2D\u6587",
        "e\u0301",
        "already " BAD,
        "\U0001F468\u200D\U0001F52C",
        " ~",
    };
    char *clean = text_clean(examples[_i]);
    ck_assert_str_eq(clean, examples[_i]);
    ck_assert(text_is_clean(examples[_i]));
    memory_free(clean);
    ck_assert_ptr_null(text_clean(NULL));
}
END_TEST

struct fit_example {
    const char *text;
    size_t columns;
    bool ascii;
    const char *fitted;
};

START_TEST(text_is_cut_to_its_columns)
{
    static const struct fit_example examples[] = {
        {"Roseburia", 9, false, "Roseburia"},
        {"Roseburia", 8, false, "Rosebur\u2026"},
        {"Roseburia", 8, true, "Rosebur~"},
        {"Roseburia", 1, false, "\u2026"},
        {"Roseburia", 1, true, "~"},
        {"Roseburia", 0, false, ""},
        {"", 0, false, ""},
        {"a", 1, false, "a"},
        {"\u4E2D\u6587\u5B57", 6, false, "\u4E2D\u6587\u5B57"},
        {"\u4E2D\u6587\u5B57", 5, false, "\u4E2D\u6587\u2026"},
        {"\u4E2D\u6587\u5B57", 4, false, "\u4E2D\u2026"},
        {"\u4E2D\u6587\u5B57", 3, true, "\u4E2D~"},
        {"\u4E2D\u6587\u5B57", 2, false, "\u2026"},
        {"\u4E2D", 1, false, "\u2026"},
        {"e\u0301e\u0301e\u0301", 3, false, "e\u0301e\u0301e\u0301"},
        {"e\u0301e\u0301e\u0301", 2, false, "e\u0301\u2026"},
    };
    const struct fit_example *example = &examples[_i];
    char *fitted = text_fit(example->text, example->columns, example->ascii);
    ck_assert_str_eq(fitted, example->fitted);
    ck_assert_uint_le(text_width(fitted), example->columns);
    memory_free(fitted);
}
END_TEST

/* The lines of a text, with | between them. */
static const struct {
    const char *text;
    size_t columns;
    const char *lines;
} broken[] = {
    {"", 10, ""},
    {"one two three", 7, "one two|three"},
    {"one two three", 8, "one two|three"},
    {"one  two", 3, "one|two"},
    {"abcdefgh", 3, "abc|def|gh"},
    {"留一法需要三个变异", 8, "留一法需|要三个变|异"},
    {"留一法需要三个变异", 9, "留一法需|要三个变|异"},
    {"少于三个，不能判断", 8, "少于三|个，不能|判断"},
    {"括号（在后）", 6, "括号|（在|后）"},
    {"p .05 时显著，可疑", 8, "p .05 时|显著，可|疑"},
    {"用 IVW 估计 0.96 (0.90, 1.03)", 12, "用 IVW 估计|0.96 (0.90,|1.03)"},
    {"变异rs2278683离群", 9, "变异|rs2278683|离群"},
    {"宽", 1, "宽"},
};

START_TEST(a_text_is_broken_into_lines)
{
    struct text lines = {0};
    for (const char *rest = broken[_i].text; *rest != '\0';) {
        size_t next, length = text_line(rest, broken[_i].columns, &next);
        ck_assert_uint_gt(next, 0);
        text_add(&lines, rest == broken[_i].text ? "" : "|");
        text_add_bytes(&lines, rest, length);
        rest += next;
    }
    char *got = text_take(&lines);
    ck_assert_str_eq(got, broken[_i].lines);
    memory_free(got);
}
END_TEST

START_TEST(ascii_case_does_not_matter)
{
    ck_assert(text_equal_fold("Beta", "bETA"));
    ck_assert(text_equal_fold("", ""));
    ck_assert(!text_equal_fold("beta", "betas"));
    ck_assert(!text_equal_fold("betas", "beta"));
    ck_assert(!text_equal_fold("[", "{"));
    ck_assert(!text_equal_fold("\u00C9", "\u00E9"));
    ck_assert(text_contains_fold("genus.Roseburia", "ROSE"));
    ck_assert(text_contains_fold("genus.Roseburia", "ia"));
    ck_assert(text_contains_fold("aab", "AB"));
    ck_assert(text_contains_fold("a", ""));
    ck_assert(text_contains_fold("", ""));
    ck_assert(!text_contains_fold("rose", "roseb"));
    ck_assert(!text_contains_fold("", "a"));
}
END_TEST

START_TEST(a_string_grows)
{
    struct text text = {0};
    char *empty = text_take(&text);
    ck_assert_str_eq(empty, "");
    memory_free(empty);
    text_add_bytes(&text, NULL, 0);
    for (int i = 0; i < 5000; i++)
        text_addf(&text, "%d,", i % 10);
    text_add(&text, "end");
    text_add_bytes(&text, "!?", 1);
    ck_assert_uint_eq(text.length, 10004);
    ck_assert_uint_eq(strlen(text.bytes), 10004);
    ck_assert_str_eq(text.bytes + 9996, "8,9,end!");
    text_addf(&text, "%100000s", "x");
    ck_assert_uint_eq(text.length, 110004);
    text_drop(&text);
    ck_assert_ptr_null(text.bytes);
}
END_TEST

struct number_example {
    double value;
    const char *decimal;
};

START_TEST(a_number_is_as_short_as_it_can_be)
{
    const struct number_example examples[] = {
        {0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {100000, "100000"},
        {386533, "386533"},
        {1e22, "1e+22"},
        {5e-8, "5e-08"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {3e-310, "3e-310"},
        {NAN, "NA"},
        {INFINITY, "Inf"},
        {-INFINITY, "-Inf"},
    };
    struct text text = {0};
    text_add_number(&text, examples[_i].value);
    ck_assert_str_eq(text.bytes, examples[_i].decimal);
    text_drop(&text);
}
END_TEST

START_TEST(every_number_reads_back)
{
    uint64_t bits = UINT64_C(88172645463325252);
    for (int i = 0; i < 100000; i++) {
        double value;
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        struct text text = {0};
        text_add_number(&text, value);
        if (strtod(text.bytes, NULL) != value)
            ck_abort_msg("%.17g became %s", value, text.bytes);
        text_drop(&text);
    }
}
END_TEST

static uint64_t next_bits(uint64_t *bits)
{
    *bits ^= *bits << 13;
    *bits ^= *bits >> 7;
    *bits ^= *bits << 17;
    return *bits;
}

/* Numbers of every size, of few digits, whole, powers of two and their neighbours. */
static double number_of_a_kind(int kind, uint64_t *bits)
{
    double share = (double)(next_bits(bits) >> 11) * 0x1p-53;
    int size = (int)(next_bits(bits) % 36) - 18;
    char few[40];
    switch (kind) {
    case 0:
        return share;
    case 1:
        return -share * pow(10, size);
    case 2:
        snprintf(few, sizeof few, "%.*g", 1 + (int)(next_bits(bits) % 17),
                 share * pow(10, size));
        return strtod(few, NULL);
    case 3:
        return (double)(next_bits(bits) >> (next_bits(bits) % 64));
    case 4:
        return ldexp(1 + (double)(next_bits(bits) % 8) / 8, 3 * size);
    default:
        return nextafter(ldexp(1, 3 * size), next_bits(bits) % 2 == 0 ? 0 : INFINITY);
    }
}

/* The first precision of printf's %g, from 15 on, that reads back. */
START_TEST(a_number_is_what_the_library_prints)
{
    uint64_t bits = UINT64_C(88172645463325252);
    struct text text = {0};
    for (int i = 0; i < 1000000; i++) {
        double value = number_of_a_kind(i % 6, &bits);
        char expected[40];
        int precision = 15;
        do {
            snprintf(expected, sizeof expected, "%.*g", precision, value);
        } while (precision++ < 17 && strtod(expected, NULL) != value);
        text.length = 0;
        text_add_number(&text, value);
        if (strcmp(text.bytes, expected) != 0) {
            ck_abort_msg("%a became %s, not %s", value, text.bytes, expected);
        }
    }
    text_drop(&text);
}
END_TEST

struct probability_example {
    double p;
    double neglog10_p;
    const char *decimal;
};

START_TEST(a_probability_may_be_below_the_smallest_double)
{
    const struct probability_example examples[] = {
        {1, 0, "1"},
        {0.05, 1.3010299956639813, "0.05"},
        {1e-10, 10, "1e-10"},
        {1e-300, 300, "1e-300"},
        {0, 411.494850021680094, "3.2e-412"},
        {1e-305, 305, "1e-305"},
        {0, 400, "1e-400"},
        {0, 400.00000000000006, "1e-400"},
        {0, 399.99999999999994, "1e-400"},
        {0, 12345.5, "3.16227766017e-12346"},
        {0, NAN, "0"},
        {NAN, NAN, "NA"},
    };
    struct text text = {0};
    text_add_probability(&text, examples[_i].p, examples[_i].neglog10_p);
    ck_assert_str_eq(text.bytes, examples[_i].decimal);
    text_drop(&text);
}
END_TEST

static TCase *code_cases(void)
{
    TCase *cases = tcase_create("code points");
    tcase_add_test(cases, every_code_point_survives_the_round_trip);
    tcase_add_test(cases, encoding_is_utf_8);
    tcase_add_loop_test(cases, an_invalid_byte_is_one_replacement, 0, 14);
    tcase_add_test(cases, a_sequence_cut_by_the_length_is_invalid);
    tcase_add_loop_test(cases, a_code_point_has_its_width, 0, 48);
    tcase_add_test(cases, a_grapheme_takes_its_marks_along);
    tcase_add_test(cases, a_string_has_its_width);
    return cases;
}

static TCase *string_cases(void)
{
    TCase *cases = tcase_create("strings");
    tcase_add_loop_test(cases, hostile_text_is_cleaned, 0, 15);
    tcase_add_loop_test(cases, good_text_stays_as_it_is, 0, 8);
    tcase_add_loop_test(cases, text_is_cut_to_its_columns, 0, 16);
    tcase_add_loop_test(cases, a_text_is_broken_into_lines, 0,
                        sizeof broken / sizeof broken[0]);
    tcase_add_test(cases, ascii_case_does_not_matter);
    tcase_add_test(cases, a_string_grows);
    return cases;
}

static TCase *number_cases(void)
{
    TCase *cases = tcase_create("numbers");
    tcase_add_loop_test(cases, a_number_is_as_short_as_it_can_be, 0, 17);
    tcase_add_test(cases, every_number_reads_back);
    tcase_add_test(cases, a_number_is_what_the_library_prints);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_probability_may_be_below_the_smallest_double, 0, 12);
    return cases;
}

int main(void)
{
    Suite *suite = suite_create("text");
    suite_add_tcase(suite, code_cases());
    suite_add_tcase(suite, string_cases());
    suite_add_tcase(suite, number_cases());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
