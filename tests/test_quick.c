/*
 * The steps of reading at speed, each beside one that does the same plainly: scans byte by
 * byte, numbers as the careful way reads them, Ps against a threshold, ids in a set.
 */
#include "decimals.h"
#include "gwas/id_set.h"
#include "gwas/quick_number.h"
#include "gwas/rows.h"
#include "gwas/scan.h"
#include "gwas/scan_ends.h"
#include "gwas/sieve_number.h"
#include "reading.h"

static bool is_white(char c)
{
    return c != '\0' && strchr(" \t\v\f\r", c) != NULL;
}

/* Cuts a line byte by byte, and gives how many cells it has; room for one a byte and one more.
 */
static size_t cut_plainly(char delimiter, const char *line, size_t length,
                          struct scan_cell *cells)
{
    size_t count = 0;

    cells[0] = (struct scan_cell){0, 0};
    for (size_t i = 0; i <= length; i++) {
        bool is_end =
            i == length || (delimiter == ' ' ? is_white(line[i]) : line[i] == delimiter);

        if (is_end && (delimiter != ' ' || i > cells[count].start || length == 0)) {
            cells[count++].stop = (uint32_t)i;
        }
        if (is_end) {
            cells[count].start = (uint32_t)i + 1;
        }
    }
    if (delimiter != ' ' && cells[count - 1].start < length && line[length - 1] == '\r') {
        cells[count - 1].stop--;
    }
    return count;
}

static void check_line(const struct scan *scan, const struct scan_wanted *wanted,
                       const char *text, size_t from, size_t index, size_t *row)
{
    struct scan_cell *cells;
    size_t start = index == 0 ? from : scan->lines[index - 1].stop + (size_t)1;
    size_t length = scan->lines[index].stop - start;
    bool is_whole;

    ck_assert_int_eq(text[start + length], '\n');
    ck_assert_ptr_null(memchr(text + start, '\n', length));
    cells = memory_get(length + 2, sizeof *cells);
    is_whole = cut_plainly(wanted->delimiter, text + start, length, cells) == wanted->columns;
    ck_assert_int_eq(scan->lines[index].is_whole, is_whole);
    for (size_t i = 0; i < wanted->count && is_whole; i++) {
        const struct scan_cell *cell = scan_cells(scan, i) + *row;

        ck_assert_uint_eq(cell->start, start + cells[wanted->wanted[i]].start);
        ck_assert_uint_eq(cell->stop, start + cells[wanted->wanted[i]].stop);
    }
    *row += is_whole;
    memory_free(cells);
}

static void check_scan(scan_function *function, const struct scan_wanted *wanted,
                       const char *text, size_t from, size_t to)
{
    struct scan *scan = scan_create(wanted);
    size_t row = 0, end;
    bool has_quote = memchr(text + from, '"', to - from) != NULL;

    function(scan, wanted, text, from, to);
    for (size_t i = 0; i < scan->line_count; i++) {
        check_line(scan, wanted, text, from, i, &row);
    }
    ck_assert_uint_eq(scan->whole_count, row);
    end = scan->line_count == 0 ? from : scan->lines[scan->line_count - 1].stop + (size_t)1;
    ck_assert_ptr_null(memchr(text + end, '\n', to - end));
    ck_assert_int_eq(scan->is_doubtful, memchr(text + from, '\0', to - from) != NULL ||
                                            (has_quote && wanted->delimiter != '\t'));
    scan_destroy(scan);
}

/* Text of few kinds of bytes, or of longer cells, that is scanned in one piece. */
static void check_made_text(const struct scan_wanted *wanted, size_t length, uint64_t *state)
{
    static const char few[] = "\t\n 0aA,;\r\v\f\"\x8a\x89\xff";
    size_t kinds = 2 + random_next(state) % (sizeof few - 1), from = random_next(state) % 70;
    size_t rest = random_next(state) % 2 == 0 ? 1 : 1 + random_next(state) % 60;
    char *text = memory_get(from + length + 1, 1);

    for (size_t i = 0; i < from + length; i++) {
        bool is_other = random_next(state) % rest == 0;

        text[i] = is_other ? few[random_next(state) % kinds] : 'x';
    }
    check_scan(scan_portable, wanted, text, from, from + length);
    check_scan(scan_fastest(), wanted, text, from, from + length);
    memory_free(text);
}

START_TEST(scans_agree)
{
    static const char delimiters[] = "\t,; ";
    uint64_t state = 3;

    for (size_t i = 0; i < 3000; i++) {
        size_t columns = 1 + random_next(&state) % 5;
        size_t some[3] = {random_next(&state) % columns, random_next(&state) % columns,
                          columns - 1};
        struct scan_wanted wanted = {delimiters[i % 4], columns, some, i % 4};

        check_made_text(&wanted, random_next(&state) % 900, &state);
    }
}
END_TEST

/* As many columns as fit, far beyond a word of bits, and as many lines. */
START_TEST(scans_of_wide_and_of_short_lines_agree)
{
    const size_t some[] = {0, 70, 71, 4999};
    const struct scan_wanted wide = {',', 5000, some, 4}, narrow = {'\t', 1, some, 1};
    char *text = memory_get(SCAN_MOST, 1);
    struct scan *scan = scan_create(&narrow);

    for (size_t i = 0; i < SCAN_MOST; i++) {
        text[i] = i % 15000 == 14999 ? '\n' : i % 3 == 2 ? ',' : '7';
    }
    check_scan(scan_portable, &wide, text, 0, SCAN_MOST);
    check_scan(scan_fastest(), &wide, text, 0, SCAN_MOST);
    memset(text, '\n', SCAN_MOST);
    scan_fastest()(scan, &narrow, text, 0, SCAN_MOST);
    ck_assert_uint_eq(scan->line_count, SCAN_LINES);
    ck_assert_uint_eq(scan->whole_count, SCAN_LINES);
    scan_destroy(scan);
    memory_free(text);
}
END_TEST

START_TEST(ids_are_found_whatever_their_case)
{
    struct id_set *set = id_set_create(0);
    char id[64];

    for (int i = 0; i < 3000; i++) {
        snprintf(id, sizeof id,
                 i % 3 == 0   ? "rs%d"
                 : i % 3 == 1 ? "%d:G:A"
                              : "1:%d:ACGTACGTA:T",
                 i);
        id_set_add(set, id);
    }
    for (int i = 0; i < 9000; i++) {
        snprintf(id, sizeof id,
                 i % 3 == 0   ? "RS%d"
                 : i % 3 == 1 ? "%d:g:a"
                              : "1:%d:acgtACGTA:t",
                 i);
        ck_assert_int_eq(id_set_has_text(set, id), i < 3000);
    }
    ck_assert(!id_set_has_text(set, ""));
    id_set_add(set, "");
    ck_assert(id_set_has_text(set, ""));
    id_set_destroy(set);
}
END_TEST

/* Cells side by side, with a tab behind each, and enough readable behind the last. */
struct column {
    struct text text;
    struct array cells; /* struct scan_cell */
};

static void add_cell(struct column *column, const char *cell)
{
    struct scan_cell *added = array_add(&column->cells);

    added->start = (uint32_t)column->text.length;
    text_add(&column->text, cell);
    added->stop = (uint32_t)column->text.length;
    text_add(&column->text, "\t");
}

static void end_column(struct column *column)
{
    for (size_t i = 0; i < QUICK_NUMBER_BEHIND; i++) {
        text_add(&column->text, "7");
    }
}

static void drop_column(struct column *column)
{
    text_drop(&column->text);
    array_destroy(&column->cells);
}

static char *cell_at(const struct column *column, size_t index)
{
    const struct scan_cell *cell = array_at(&column->cells, index);

    return memory_copy_bytes(column->text.bytes + cell->start, cell->stop - cell->start);
}

/* Reads the column in both ways, which must agree; what has a number goes to *taken. */
static double *read_column(const struct column *column, bool **marks)
{
    size_t count = column->cells.count;
    double *values = memory_get(2 * count, sizeof *values);
    bool *portable = memory_get(count, sizeof *portable);

    *marks = memory_get(count, sizeof **marks);
    quick_number_fastest()(column->text.bytes, column->cells.items, count, values, 2, *marks);
    quick_number_portable(column->text.bytes, column->cells.items, count, values + 1, 2,
                          portable);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq((*marks)[i], portable[i]);
        ck_assert((*marks)[i] || memcmp(&values[2 * i], &values[2 * i + 1], 8) == 0);
    }
    memory_free(portable);
    return values;
}

/* A cell that is taken quickly is what rows_number reads; how many are. */
static size_t check_column(struct column *column)
{
    bool *marks;
    double *values, want;
    size_t taken = 0;

    end_column(column);
    values = read_column(column, &marks);
    for (size_t i = 0; i < column->cells.count; i++) {
        char *cell = cell_at(column, i);

        if (!marks[i]) {
            ck_assert_msg(rows_number(cell, &want), "%s", cell);
            ck_assert_msg(memcmp(&values[2 * i], &want, sizeof want) == 0, "%s", cell);
            taken++;
        }
        memory_free(cell);
    }
    memory_free(values);
    memory_free(marks);
    drop_column(column);
    return taken;
}

static struct column made_column(void)
{
    return (struct column){.cells = ARRAY_OF(struct scan_cell)};
}

/* Decimals of any kind, some of them broken; short ones often, which vectors take in pairs. */
START_TEST(quick_numbers_are_the_same)
{
    struct column whole = made_column(), broken = made_column();
    uint64_t state = 77;

    for (int i = 0; i < 60001; i++) {
        char cell[80] = {0};

        print_decimal(cell, sizeof cell, &state);
        if (random_next(&state) % 2 == 0) {
            snprintf(cell, sizeof cell, "%.*f", (int)(random_next(&state) % 12),
                     (double)(int64_t)random_next(&state) / 9e18);
        }
        add_cell(&whole, cell);
        cell[random_next(&state) % (strlen(cell) + 1)] = "x-+e. 5"[i % 7];
        add_cell(&broken, cell);
    }
    ck_assert_uint_gt(check_column(&whole), 40000);
    ck_assert_uint_gt(check_column(&broken), 10000);
}
END_TEST

/* Every length and place of the point, and what is next to a number. */
START_TEST(quick_numbers_of_every_shape)
{
    static const char digits[] = "9071828182845904523536";
    static const char *const odd[] = {"",   ".",     "-",   "-.", "-0", "-0.0",
                                      "+1", "1.2.3", "--1", "1-", "0",  "9007199254740993",
                                      "/1", ":1"};
    struct column column = made_column();
    size_t plain = 0;

    for (size_t length = 1; length < 20; length++) {
        for (size_t point = 0; point <= length; point++) {
            for (size_t sign = 0; sign < 2; sign++) {
                char cell[48];

                snprintf(cell, sizeof cell, "%s%.*s.%.*s", sign == 1 ? "-" : "", (int)point,
                         digits, (int)(length - point), digits + point);
                plain += length <= 16;
                add_cell(&column, cell);
            }
        }
    }
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        add_cell(&column, odd[i]);
    }
    ck_assert_uint_ge(check_column(&column), plain);
}
END_TEST

/* Cells of at most eight bytes, which vectors take in fours: each shape at each of the places.
 */
START_TEST(quick_numbers_of_short_cells)
{
    static const char *const odd[] = {
        "",         ".",         "-",         "-.",       "-0",   "0",   "5.",
        ".5",       "-.5",       "1.2.3",     "1..2",     "1e-5", "--1", "1-",
        "1-2",      "/1",        ":1",        "12345678", "NA",   "+1",  " 1",
        "1 ",       "-12345678", "123456789", "..",       "-..1", "1.x", "\xb0\xb1",
        "0.000001", "-.1234567", "1234567.",  "99999999"};
    static const char *const plain[] = {"-0.0021", "385549", "0.003547", "7"};
    const size_t count = sizeof odd / sizeof *odd;
    struct column column = made_column();

    add_cell(&column, "0.123456"); /* eight bytes before the others */
    for (size_t i = 0; i < 3; i++) {
        add_cell(&column, plain[i]);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t place = 0; place < 16; place++) {
            add_cell(&column, place / 4 == place % 4 ? odd[i] : plain[place % 4]);
        }
    }
    ck_assert_uint_eq(check_column(&column), 4 + 12 * count + 4 * 13);
}
END_TEST

/* Whether the careful way agrees that the cell fails. */
static bool fails(const char *cell, double bound, bool is_least)
{
    double value;

    return rows_number(cell, &value) &&
           (is_least ? value < bound : value > bound && value <= 1);
}

static void check_marks(const struct column *column, double bound, bool is_least)
{
    struct sieve_number number = sieve_number_for(bound, is_least);
    size_t count = column->cells.count, passed = 0, alike = 0;
    bool *marks = memory_get(count, sizeof *marks);

    sieve_number_mark(&number, column->text.bytes, column->cells.items, count, marks);
    for (size_t i = 0; i < count; i++) {
        char *cell = cell_at(column, i);

        ck_assert_msg(marks[i] || fails(cell, bound, is_least), "%s", cell);
        passed += !marks[i];
        alike += !marks[i] == fails(cell, bound, is_least);
        memory_free(cell);
    }
    ck_assert_uint_gt(alike, count - count / 10);
    ck_assert_uint_gt(passed, 50);
    memory_free(marks);
}

START_TEST(numbers_on_the_wrong_side_are_certain)
{
    static const double bounds[] = {5e-8, 1e-5, 0.01, 0.05, 0.5};
    struct column column = made_column();
    uint64_t state = 5;

    for (int i = 0; i < 16000; i++) {
        char cell[80];
        double p = (double)(random_next(&state) >> 11) / 9007199254740992.0;

        p *= i % 3 == 0 ? 1e-6 : 1;
        snprintf(cell, sizeof cell,
                 i % 5 == 0   ? "%.4g"
                 : i % 5 == 1 ? "%.3e"
                 : i % 5 == 2 ? "%.9f"
                 : i % 5 == 3 ? "%.17g"
                              : "%.1f",
                 p);
        cell[strlen(cell) / 2] = i % 500 == 0 ? 'x' : cell[strlen(cell) / 2];
        add_cell(&column, cell);
    }
    end_column(&column);
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        check_marks(&column, bounds[i], false);
        check_marks(&column, bounds[i], true);
    }
    drop_column(&column);
}
END_TEST

/* An id of the set is marked, and so is what may be more than an id; little else is. */
START_TEST(ids_are_marked)
{
    static const char *const odd[] = {
        "",        "NA",     "n/a",      "NULL", "null",     "None",
        "#NA",     "#N/A",   "NR",       "-",    "\"rs1\"",  "rs5,rs6",
        "rs5;rs6", " rs123", "rs12345 ", ".",    "rs1;rs22", "rs1234567,rs12345678"};
    struct column column = made_column();
    struct id_set *set = id_set_create(10);
    bool marks[3000 + sizeof odd / sizeof *odd] = {false};
    size_t others = 0;

    for (int i = 0; i < 3000; i++) {
        char id[64];

        snprintf(id, sizeof id,
                 i % 5 == 0   ? "rs%d"
                 : i % 5 == 1 ? "%d:G:A"
                 : i % 5 == 2 ? "1:%d:ACGTACGTA:T"
                 : i % 5 == 3 ? "x-%d.b"
                              : "%dxx",
                 100 + i * 37);
        add_cell(&column, id);
        if (i < 1000) {
            id_set_add(set, id);
        }
    }
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        add_cell(&column, odd[i]);
    }
    end_column(&column);
    id_set_mark(set, column.text.bytes, column.cells.items, column.cells.count, marks);
    for (size_t i = 0; i < column.cells.count; i++) {
        ck_assert_msg(marks[i] || (i >= 1000 && i < 3000), "%zu", i);
        others += marks[i] && i >= 1000 && i < 3000;
    }
    ck_assert_uint_le(others, 2);
    id_set_destroy(set);
    drop_column(&column);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {scans_agree,
                                  scans_of_wide_and_of_short_lines_agree,
                                  ids_are_found_whatever_their_case,
                                  quick_numbers_are_the_same,
                                  quick_numbers_of_every_shape,
                                  quick_numbers_of_short_cells,
                                  numbers_on_the_wrong_side_are_certain,
                                  ids_are_marked};

    return run_tests("quick", tests, sizeof tests / sizeof *tests);
}
