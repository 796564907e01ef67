/*
 * Figures: every chart in every format, what is hollow, how wide, and hostile text.
 */
#include "base/memory.h"
#include "chart_fixture.h"
#include "golden.h"
#include "program.h"
#include "report/figure.h"
#include <math.h>
#include <string.h>

static const struct figure_options one_column = {"Title", 90, 300};

static struct text drawn(const struct chart *chart, enum figure_format format)
{
    struct text bytes = {0};
    struct error error = {0};

    ck_assert_msg(figure_draw(chart, &one_column, format, &bytes, &error), "%s",
                  error_message(&error));
    return bytes;
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) {
        found++;
    }
    return found;
}

START_TEST(formats_are_known_by_their_ends)
{
    enum figure_format format;

    ck_assert(figure_format_of("a.b/figure.svg", &format) && format == FIGURE_SVG);
    ck_assert(figure_format_of("x.PDF", &format) && format == FIGURE_PDF);
    ck_assert(figure_format_of("x.png", &format) && format == FIGURE_PNG);
    ck_assert(!figure_format_of("x.jpeg", &format));
    ck_assert(!figure_format_of("svg", &format));
}
END_TEST

/* Each kind of chart, in each format, from one variant to many. */
START_TEST(every_chart_is_drawn)
{
    static const char *const starts[] = {"<?xml", "%PDF-", "\x89PNG"};
    static const size_t counts[] = {1, 3, 60};
    struct arena *arena = arena_create();
    size_t kinds;
    const struct chart_kind *kind = charts_all(&kinds)[_i];
    struct chart_options how = {.odds_ratio = true};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct chart *chart = kind->function(fixture_analysis(counts[i], arena), &how, arena);

        for (int format = FIGURE_SVG; format <= FIGURE_PNG; format++) {
            struct text bytes = drawn(chart, (enum figure_format)format);

            ck_assert_uint_gt(bytes.length, 500);
            ck_assert_int_eq(strncmp(bytes.bytes, starts[format], strlen(starts[format])), 0);
            text_drop(&bytes);
        }
    }
    arena_destroy(arena);
}
END_TEST

/* A marker that contains the null has a white inside, and no other has: rows and planes. */
START_TEST(what_contains_the_null_is_hollow)
{
    static const struct {
        const char *key;
        enum mark_kind kind;
    } charts[] = {{"forest", MARK_INTERVAL}, {"scatter", MARK_POINT}};
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    struct chart *chart =
        charts_find(charts[_i].key)->function(fixture_analysis(12, arena), &how, arena);
    const char *white = "fill:rgb(100%,100%,100%)";
    size_t hollow = 0, others;
    struct text bytes;

    for (size_t i = 0; i < chart->mark_count; i++) {
        hollow += chart->marks[i].kind == charts[_i].kind && chart->marks[i].contains_null;
    }
    ck_assert_uint_gt(hollow, 0);
    bytes = drawn(chart, FIGURE_SVG);
    others = count(bytes.bytes, white);
    text_drop(&bytes);
    for (size_t i = 0; i < chart->mark_count; i++) {
        chart->marks[i].contains_null = false;
    }
    bytes = drawn(chart, FIGURE_SVG);
    ck_assert_uint_eq(others - count(bytes.bytes, white), hollow);
    text_drop(&bytes);
    arena_destroy(arena);
}
END_TEST

/* 90 mm are 255.118 points, and 1,063 dots at 300 an inch. */
START_TEST(widths_are_millimetres)
{
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    struct chart *chart =
        charts_find("funnel")->function(fixture_analysis(12, arena), &how, arena);
    struct text svg = drawn(chart, FIGURE_SVG), png = drawn(chart, FIGURE_PNG);
    const unsigned char *header = (const unsigned char *)png.bytes + 16;

    ck_assert_ptr_nonnull(strstr(svg.bytes, "width=\"255.1"));
    ck_assert_uint_eq((unsigned)(header[2] << 8 | header[3]), 1063);
    text_drop(&svg);
    text_drop(&png);
    arena_destroy(arena);
}
END_TEST

/* Control characters and broken UTF-8 in names. */
START_TEST(names_are_cleaned)
{
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    struct chart *chart =
        charts_find("methods")->function(fixture_analysis(4, arena), &how, arena);
    struct text bytes;

    chart->title = "a\033[31m\xff\xc3<b>&\x01";
    chart->rows[0].cells[0] = "\xe4\xb8\xad\n\xf0\x9f\xa6\xa0\x80";
    bytes = drawn(chart, FIGURE_SVG);
    ck_assert_ptr_null(strchr(bytes.bytes, '\033'));
    ck_assert_ptr_null(strstr(bytes.bytes, "<b>"));
    text_drop(&bytes);
    arena_destroy(arena);
}
END_TEST

START_TEST(too_many_rows_are_refused)
{
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    struct chart *chart =
        charts_find("loo")->function(fixture_analysis(2000, arena), &how, arena);
    struct text bytes = {0};
    struct error error = {0};

    ck_assert(!figure_draw(chart, &one_column, FIGURE_PDF, &bytes, &error));
    error_clear(&error);
    text_drop(&bytes);
    arena_destroy(arena);
}
END_TEST

/* From no row to more than have room for their names, which then stand only where a dot is. */
START_TEST(circle_of_any_size)
{
    static const size_t counts[] = {0, 1, 2, 7, 800};
    struct arena *arena = arena_create();
    size_t count_of = counts[_i];
    struct chart_grid rings[] = {{"1", "one", ""}, {"2", "two", ""}};
    struct chart chart = {.key = "circular",
                          .title = "t",
                          .is_circle = true,
                          .grid = rings,
                          .grid_count = 2,
                          .column_count = 1};
    const char *name = "g Faecalibacterium";

    chart.rows = arena_get(arena, count_of, sizeof *chart.rows);
    chart.marks = arena_get(arena, 2 * count_of, sizeof *chart.marks);
    chart.row_count = count_of;
    chart.mark_count = 2 * count_of;
    for (size_t i = 0; i < count_of; i++) {
        chart.rows[i] = (struct chart_row){.cells = &name, .group = "p"};
        chart.marks[2 * i] = (struct mark){.kind = MARK_CELL,
                                           .x = i % 2 ? 1 : -1,
                                           .weight = 1,
                                           .contains_null = i != 5,
                                           .label = "+"};
        chart.marks[2 * i + 1] = (struct mark){.kind = MARK_CELL, .x = (double)NAN};
    }
    for (int format = FIGURE_SVG; format <= FIGURE_PNG; format++) {
        struct text bytes = drawn(&chart, (enum figure_format)format);

        ck_assert_uint_gt(bytes.length, 500);
        text_drop(&bytes);
    }
    arena_destroy(arena);
}
END_TEST

/* One long name neither shrinks the circle nor leaves the paper: it is cut and says so. */
START_TEST(circle_with_a_long_name)
{
    struct arena *arena = arena_create();
    struct chart_grid ring = {"1", "one", ""};
    const char *names[] = {"short",
                           "a name that is very much longer than what is left of the "
                           "paper beside the circle, even with the smallest of letters",
                           "short"};
    struct chart_row rows[3];
    struct mark marks[3];
    struct chart chart = {.key = "circular",
                          .title = "t",
                          .is_circle = true,
                          .grid = &ring,
                          .grid_count = 1,
                          .column_count = 1,
                          .rows = rows,
                          .row_count = 3,
                          .marks = marks,
                          .mark_count = 3};

    for (size_t i = 0; i < 3; i++) {
        rows[i] = (struct chart_row){.cells = &names[i], .group = "p"};
        marks[i] = (struct mark){.kind = MARK_CELL, .x = 1, .weight = 1, .label = "+"};
    }
    for (size_t i = 0; i < 2; i++) {
        struct text page = {0};
        struct error error = {0};

        names[1] = i == 0 ? names[1] : "not so long";
        ck_assert(figure_inline(&chart, &one_column, "p", &page, &error));
        ck_assert(count(page.bytes, ">short<") == 2);
        ck_assert((count(page.bytes, ">a name that") == 1) == (i == 0));
        ck_assert((count(page.bytes, "smallest of letters") == 0));
        ck_assert((count(page.bytes, "the name is longer") == 1) == (i == 0));
        text_drop(&page);
    }
    arena_destroy(arena);
}
END_TEST

static void expect(const char *line, int status, const char *said_err)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == status, "%s: %d, %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.err, said_err) != NULL, "%s: %s", line, said.err);
    said_drop(&said);
}

START_TEST(command_writes_files)
{
    static const char *const kinds[] = {"forest", "flow",      "map",      "volcano",
                                        "qq",     "manhattan", "circular", "published"};
    struct text line = {0};

    expect("taxamr plot scatter lipid-chd -o s.svg --width 90 && grep -q 'width=\"255' s.svg",
           0, "");
    expect("taxamr plot scatter lipid-chd -o s.jpeg", 2, ".svg, .pdf or .png");
    expect("taxamr plot scatter lipid-chd -o none/s.svg; test $? = 1 && test ! -e none", 0,
           "none/s.svg");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        text_addf(&line, "taxamr plot %s -o %s.svg && test -s %s.svg", kinds[i], kinds[i],
                  kinds[i]);
        expect(line.bytes, 0, "");
        text_drop(&line);
    }
    program_clean();
}
END_TEST

int main(void)
{
    size_t kinds;
    (void)charts_all(&kinds);
    const struct golden_test tests[] = {{formats_are_known_by_their_ends, 1},
                                        {every_chart_is_drawn, (int)kinds},
                                        {what_contains_the_null_is_hollow, 2},
                                        {widths_are_millimetres, 1},
                                        {names_are_cleaned, 1},
                                        {too_many_rows_are_refused, 1},
                                        {circle_of_any_size, 5},
                                        {circle_with_a_long_name, 1},
                                        {command_writes_files, 1}};

    return golden_run_each("figure", tests, sizeof tests / sizeof *tests);
}
