/* The canvas: cells, wide graphemes, ASCII. */
#include "base/memory.h"
#include "ui/canvas.h"
#include <check.h>
#include <stdlib.h>

static const char *glyph(const struct canvas *canvas, size_t column, size_t row)
{
    const char *grapheme = canvas_cell(canvas, column, row)->grapheme;
    return grapheme == NULL ? " " : grapheme;
}

static void expect_text(const struct canvas *canvas, bool roles, const char *expected)
{
    char *text = canvas_as_text(canvas, roles);
    ck_assert_str_eq(text, expected);
    memory_free(text);
}

START_TEST(half_of_a_wide_grapheme_goes_with_the_other)
{
    struct canvas *canvas = canvas_create(6, 3, false);
    for (size_t row = 0; row < 3; row++) {
        ck_assert_uint_eq(canvas_text(canvas, 0, row, 6, ROLE_TEXT, "放线菌"), 6);
    }
    canvas_text(canvas, 2, 0, 1, ROLE_TEXT, "x");
    canvas_text(canvas, 3, 1, 1, ROLE_TEXT, "x");
    canvas_text(canvas, 1, 2, 4, ROLE_TEXT, "作者");
    expect_text(canvas, false, "放x 菌\n放 x菌\n 作者\n");
    ck_assert_uint_eq(canvas_cell(canvas, 3, 0)->width, 1);
    ck_assert_uint_eq(canvas_cell(canvas, 2, 2)->width, 0);
    canvas_destroy(canvas);
}
END_TEST

START_TEST(text_is_clipped_and_clean)
{
    struct canvas *canvas = canvas_create(5, 2, false);
    ck_assert_uint_eq(canvas_text(canvas, 0, 0, 3, ROLE_TEXT, "abcdef"), 3);
    ck_assert_uint_eq(canvas_text(canvas, 3, 0, 9, ROLE_TEXT, "a放"), 1);
    ck_assert_uint_eq(canvas_text(canvas, 9, 0, 9, ROLE_TEXT, "a"), 0);
    ck_assert_uint_eq(canvas_text(canvas, 0, 7, 9, ROLE_TEXT, "a"), 0);
    canvas_text(canvas, 0, 1, 5, ROLE_TEXT, "a\033[2J");
    expect_text(canvas, false, "abca\na\xEF\xBF\xBD[2J\n");
    canvas_clear(canvas);
    canvas_text_right(canvas, 0, 0, 4, ROLE_TEXT, "é");
    canvas_text_right(canvas, 0, 1, 2, ROLE_TEXT, "xyz");
    expect_text(canvas, false, "   é\nxy\n");
    canvas_destroy(canvas);
}
END_TEST

START_TEST(combining_marks_share_a_cell)
{
    struct canvas *canvas = canvas_create(3, 1, false);
    ck_assert_uint_eq(canvas_text(canvas, 0, 0, 3, ROLE_TEXT, "e\xCC\x81x"), 2);
    ck_assert_str_eq(glyph(canvas, 0, 0), "e\xCC\x81");
    ck_assert_str_eq(glyph(canvas, 1, 0), "x");
    canvas_destroy(canvas);
}
END_TEST

START_TEST(ascii_has_no_narrow_glyph)
{
    struct canvas *canvas = canvas_create(24, 1, true);
    canvas_text(canvas, 0, 0, 24, ROLE_TEXT, "p → I² ≡ 菌 ☃ · …");
    expect_text(canvas, false, "p -> I2 = 菌 ? . ~\n");
    canvas_destroy(canvas);
}
END_TEST

START_TEST(roles_and_selection_are_stored)
{
    struct canvas *canvas = canvas_create(4, 2, false);
    canvas_text(canvas, 0, 0, 4, ROLE_WARNING, "a b");
    canvas_fill(canvas, 1, 1, 9, ROLE_NULL, "-");
    canvas_select(canvas, 0, 1, 2);
    expect_text(canvas, true, "a b\n ---\n--\nw w\nTNnn\n");
    canvas_destroy(canvas);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("canvas");
    TCase *cells = tcase_create("cells");
    tcase_add_test(cells, half_of_a_wide_grapheme_goes_with_the_other);
    tcase_add_test(cells, text_is_clipped_and_clean);
    tcase_add_test(cells, combining_marks_share_a_cell);
    tcase_add_test(cells, ascii_has_no_narrow_glyph);
    tcase_add_test(cells, roles_and_selection_are_stored);
    suite_add_tcase(suite, cells);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
