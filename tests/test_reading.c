/*
 * Reading at speed gives what reading with care gives: the sieve beside no sieve, any number of
 * threads, plain, gzip, BGZF and zstd.
 */
#include "base/decimal.h"
#include "base/map.h"
#include "decimals.h"
#include "gwas/numbers.h"
#include "reading.h"
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

/* Ten million with TAXAMR_TRIALS in the environment, which .ci/run sets. */
START_TEST(decimals_are_the_nearest_doubles)
{
    const char *wanted = getenv("TAXAMR_TRIALS");
    long trials = wanted == NULL ? 200000 : 10 * strtol(wanted, NULL, 10);
    uint64_t state = 99;

    for (long i = 0; i < trials; i++) {
        char cell[80];
        double value, want;

        print_decimal(cell, sizeof cell, &state);
        want = strtod(cell, NULL);
        ck_assert_msg(rows_number(cell, &value), "%s", cell);
        ck_assert_msg(memcmp(&value, &want, sizeof want) == 0, "%s: %.17g, not %.17g", cell,
                      value, want);
    }
}
END_TEST

/* Halves between doubles, and their neighbours: where a rounding that is not exact goes wrong.
 */
START_TEST(halves_are_rounded_to_even)
{
    uint64_t state = 5;

    for (int i = 0; i < 20000; i++) {
        char cell[1200];
        uint64_t bits = random_next(&state) >> 12 | UINT64_C(900) << 52;
        long double half;
        double value, want;

        bits += (random_next(&state) % 200) << 52;
        memcpy(&value, &bits, sizeof value);
        half = ((long double)value + (long double)nextafter(value, INFINITY)) / 2;
        snprintf(cell, sizeof cell, "%.*Le", (int)(15 + random_next(&state) % 40), half);
        want = strtod(cell, NULL);
        ck_assert(rows_number(cell, &value));
        ck_assert_msg(value == want, "%s", cell);
    }
    for (uint64_t odd = (UINT64_C(1) << 53) + 1; odd < (UINT64_C(1) << 53) + 64; odd++) {
        char cell[32];
        double value;

        snprintf(cell, sizeof cell, "%" PRIu64, odd);
        ck_assert(rows_number(cell, &value));
        ck_assert(value == strtod(cell, NULL));
    }
}
END_TEST

/* How a made table is written. */
struct style {
    char delimiter;
    const char *line_end;
    bool is_padded; /* blanks around cells, before and behind lines */
    bool is_odd;    /* now and then a cell that the sieve must leave */
};

static void add_cell(struct text *text, const struct style *style, const char *cell)
{
    text_add(text, cell);
    text_add_bytes(text, &style->delimiter, 1);
    text_add(text, style->is_padded ? "  " : "");
}

/* P as people print it; with is_odd also missing, zero, tiny, quoted and beyond 1. */
static const char *made_p(const struct style *style, uint64_t *state, char *cell)
{
    static const char *const odd[] = {
        "NA",  "0",  "1e-400",     "1", "1.0",    "0.0",   "5e-08", "5.0E-08", "+0.5",
        ".25", "5.", "0.00000005", "2", "4.9e-8", "1e+00", "1E-2",  "Inf",     "0.00000000001"};
    uint64_t bits = random_next(state);
    double p = (double)(bits >> 11) / 9007199254740992.0;

    if (style->is_odd && bits % 50 == 0) {
        return odd[bits / 50 % (sizeof odd / sizeof *odd)];
    }
    if (bits % 100 == 1) {
        p *= 1e-7;
    }
    snprintf(cell, 32, bits % 3 == 0 ? "%.4g" : bits % 3 == 1 ? "%.3e" : "%.9f", p);
    return cell;
}

static void add_row(struct text *text, const struct style *style, size_t row, uint64_t *state)
{
    char cell[64];

    text_add(text, style->is_padded ? "   " : "");
    snprintf(cell, sizeof cell,
             style->is_odd && row % 97 == 0 && !style->is_padded ? "\"rs%zu\"" : "rs%zu", row);
    add_cell(text, style, style->is_odd && row % 191 == 0 ? "NA" : cell);
    add_cell(text, style, "7");
    snprintf(cell, sizeof cell, "%zu", 1000 + row);
    add_cell(text, style, cell);
    add_cell(text, style, "A");
    add_cell(text, style, row % 1000 == 7 ? "GATTACAGATTACAGATTACA" : "G");
    add_cell(text, style, "0.25");
    add_cell(text, style, "0.0125");
    add_cell(text, style, "0.01");
    add_cell(text, style, made_p(style, state, cell));
    text_addf(text, "%" PRIu64, random_next(state) % 100000);
    text_add(text, style->is_padded ? " \t" : "");
    text_add(text, style->line_end);
    if (style->is_odd && row % 1013 == 0) {
        text_add(text, style->line_end);
    }
}

static struct text made_table(const struct style *style, size_t rows)
{
    static const char *const names[] = {"SNP", "CHR",  "BP", "A1", "A2",
                                        "eaf", "beta", "se", "P"};
    struct text text = {0};
    uint64_t state = 11;

    text_add(&text, style->is_padded ? " " : "");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        add_cell(&text, style, names[i]);
    }
    text_add(&text, "N");
    text_add(&text, style->line_end);
    for (size_t row = 0; row < rows; row++) {
        add_row(&text, style, row, &state);
    }
    return text;
}

/* Each 40th row of the made tables, and as many that no table has. */
static struct map *made_list(size_t rows)
{
    struct map *list = map_create();
    char id[32];

    for (size_t i = 0; i < 2 * rows; i += 40) {
        snprintf(id, sizeof id, "rs%zu", i);
        (void)map_set(list, id, i);
    }
    return list;
}

/* Each 60th row's place, and other chromosomes' places at the same positions. */
static struct map *made_places(size_t rows)
{
    struct map *places = map_create();
    char place[32];

    for (size_t i = 0; i < rows; i += 20) {
        snprintf(place, sizeof place, "%d:%zu", i % 60 == 0 ? 7 : 8, 1000 + i);
        (void)map_set(places, place, i);
    }
    return places;
}

static bool same_number(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

static bool same_row(const struct association *one, const struct association *other)
{
    return strcmp(one->variant, other->variant) == 0 && one->line == other->line &&
           same_number(one->p, other->p) && same_number(one->neglog10_p, other->neglog10_p) &&
           same_number(one->n, other->n) && strcmp(one->other_allele, other->other_allele) == 0;
}

/* Whether the careful way would keep it. */
static bool is_asked(const struct gwas_wanted *wanted, const struct association *association)
{
    char key[64];
    size_t place;

    snprintf(key, sizeof key, "%s:%.0f", association->chromosome, association->position);
    if (wanted->places != NULL && map_get(wanted->places, key, &place)) {
        return true;
    }
    return (wanted->most_p > 0 && association->neglog10_p > -log10(wanted->most_p)) ||
           (wanted->variants != NULL &&
            map_get(wanted->variants, association->variant, &place));
}

/* Reading what is wanted gives the rows of reading all of `whole` that are wanted. */
static void check_wanted(const struct reading *whole, const char *path,
                         const struct gwas_options *options)
{
    struct arena *arena = arena_create();
    struct gwas_table table;
    struct error error = {0};
    size_t next = 0;

    if (!gwas_read(path, options, arena, &table, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    ck_assert_uint_eq(table.read, whole->table.read);
    for (size_t i = 0; i < whole->table.rows.count; i++) {
        const struct association *want = row(whole, i);

        if (is_asked(&options->wanted, want)) {
            ck_assert_uint_lt(next, table.rows.count);
            ck_assert(same_row(
                want, &((const struct gwas_row *)array_at(&table.rows, next++))->association));
        }
    }
    ck_assert_uint_eq(table.rows.count, next);
    ck_assert_uint_gt(next, 10);
    gwas_table_destroy(&table);
    arena_destroy(arena);
}

/* By P, by ids, by places, and by several of them, on one thread and several. */
static void check_all_wanted(const struct reading *whole, const char *path,
                             const struct map *list)
{
    static const size_t threads[] = {1, 3};
    struct map *places = made_places(12000);

    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct gwas_options options = {.threads = threads[i], .wanted.most_p = 5e-8};

        check_wanted(whole, path, &options);
        options.wanted.variants = list;
        check_wanted(whole, path, &options);
        options.wanted.most_p = 0;
        check_wanted(whole, path, &options);
        options.wanted.places = places;
        check_wanted(whole, path, &options);
        options.wanted.variants = NULL;
        check_wanted(whole, path, &options);
    }
    map_destroy(places);
}

START_TEST(sieves_leave_what_is_wanted)
{
    static const struct style styles[] = {{'\t', "\n", false, false}, {'\t', "\n", false, true},
                                          {',', "\r\n", false, true}, {' ', "\n", true, true},
                                          {' ', "\r\n", true, false}, {';', "\n", false, true},
                                          {'\t', "\r\n", false, true}};
    const struct style *style = &styles[_i];
    size_t rows = 12000;
    struct text text = made_table(style, rows);
    struct map *list = made_list(rows);
    struct gwas_options careful = {.threads = 1};
    struct reading whole =
        read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, &careful);

    check_all_wanted(&whole, made_path, list);
    done(&whole);
    text.bytes[--text.length] = '\0';
    whole = read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, &careful);
    check_all_wanted(&whole, made_path, list);
    done(&whole);
    map_destroy(list);
    text_drop(&text);
}
END_TEST

/* Numbers as they come, to be compared. */
struct list {
    double *values;
    size_t count, room;
};

static void take_numbers(void *context, const double *values, size_t rows)
{
    struct list *list = context;

    ck_assert_uint_le(list->count + 4 * rows, list->room);
    memcpy(list->values + list->count, values, 4 * rows * sizeof *values);
    list->count += 4 * rows;
}

static void check_numbers(const struct reading *whole, const struct list *list)
{
    ck_assert_uint_eq(list->count, 4 * whole->table.rows.count);
    for (size_t i = 0; i < whole->table.rows.count; i++) {
        const struct association *want = row(whole, i);
        const double *values = list->values + 4 * i;

        ck_assert(same_number(values[0], want->position));
        ck_assert(same_number(values[1], want->beta));
        ck_assert(same_number(values[2], want->p) || want->p < 1e-10 || isnan(values[2]));
        ck_assert(same_number(values[3], want->n) || values[3] == 0);
    }
}

START_TEST(columns_of_numbers_are_read)
{
    static const char *const names[] = {"BP", "beta", "P", "N"};
    static const char *const absent[] = {"BP", "nowhere"};
    struct style style = {_i == 1 ? ' ' : '\t', _i == 2 ? "\r\n" : "\n", _i == 1, _i == 2};
    struct text text = made_table(&style, 12000);
    struct list list = {.room = 4 * 12000};
    struct error error = {0};
    struct reading whole;

    list.values = memory_get(list.room, sizeof *list.values);
    whole = read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, NULL);
    for (size_t threads = 1; threads < 4; threads++) {
        list.count = 0;
        ck_assert(numbers_read(made_path, names, 4, threads, take_numbers, &list, &error));
        if (!style.is_odd) {
            check_numbers(&whole, &list);
        }
        ck_assert_uint_eq(list.count, 4 * whole.table.read);
    }
    ck_assert(!numbers_read(made_path, absent, 2, 1, take_numbers, &list, &error));
    error_clear(&error);
    done(&whole);
    memset(text.bytes + text.length - 6, 'x', 2);
    ck_assert(!numbers_read(made(text.bytes, text.length), names, 4, 0, take_numbers,
                            &(struct list){list.values, 0, list.room}, &error));
    ck_assert_ptr_nonnull(error.column);
    error_clear(&error);
    unlink(made_path);
    memory_free(list.values);
    text_drop(&text);
}
END_TEST

START_TEST(quoted_line_ends_are_joined)
{
    struct style style = {',', "\n", false, false};
    struct text text = made_table(&style, 9000), broken = {0};
    struct gwas_options options = {.wanted.most_p = 1e-20};
    char *half = text.bytes + text.length / 2;
    struct reading reading;

    half = strchr(half, '\n') + 1;
    text_add_bytes(&broken, text.bytes, (size_t)(half - text.bytes));
    text_add(&broken, "\"rs\n\n1\",7,5,A,G,0.2,0.1,0.01,1e-30,\"5\"\n");
    text_add(&broken, half);
    reading = read_good(made(broken.bytes, broken.length), FORM_ASSOCIATIONS, &options);
    ck_assert_uint_eq(reading.table.read, 9001);
    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_str_eq(row(&reading, 0)->variant, "rs\n\n1");
    done(&reading);
    text_drop(&broken);
    text_drop(&text);
}
END_TEST

static void expect_refused_on(const struct text *text, size_t threads, bool is_look_up,
                              long line, const char *words)
{
    struct map *list = made_list(40);
    struct gwas_options options = {.threads = threads};

    options.wanted.most_p = is_look_up ? 0 : 5e-8;
    options.wanted.variants = is_look_up ? list : NULL;
    expect_refused(made(text->bytes, text->length), FORM_ASSOCIATIONS, &options, line, words);
    map_destroy(list);
}

/* What is wrong far behind, among rows that nobody asked for, is refused with its line. */
START_TEST(what_is_wrong_is_found_among_what_is_passed_over)
{
    static const struct {
        const char *line;
        const char *words;
        bool is_for_ids;
    } wrong[] = {{"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0.5\n",
                  "found 9 cells where the header has 10", true},
                 {"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0.5\t1\t1\n", "found 11 cells", true},
                 {"rs1\t7\t5\tA\tG\t0.2\n\t0.1\t0.01\t0.5\t1\n", "found 6 cells", true},
                 {"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0,5,0\t1\n", "found \"0,5,0\"", false},
                 {"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0.5x\t1\n", "found \"0.5x\"", false},
                 {"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0.5;\t1\n", "found \"0.5;\"", false},
                 {"rs1\t7\t5\tA\tG\t0.2\t0.1\t0.01\t0.5\t\1\n", "NUL byte", true}};
    struct style style = {'\t', "\n", false, false};
    struct text text = made_table(&style, 12000);
    char *after = text.bytes;

    for (int i = 0; i < 9000; i++) {
        after = strchr(after, '\n') + 1;
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text broken = {0};
        char *one;

        text_add_bytes(&broken, text.bytes, (size_t)(after - text.bytes));
        text_add(&broken, wrong[i].line);
        text_add(&broken, after);
        one = strchr(broken.bytes, '\1');
        if (one != NULL) {
            *one = '\0';
        }
        for (size_t threads = 1; threads < 4; threads++) {
            expect_refused_on(&broken, threads, false, 9001, wrong[i].words);
            if (wrong[i].is_for_ids) {
                expect_refused_on(&broken, threads, true, 9001, wrong[i].words);
            }
        }
        text_drop(&broken);
    }
    text_drop(&text);
}
END_TEST

/* Lines longer than blocks, among which most are passed over. */
START_TEST(long_lines_cross_blocks)
{
    struct gwas_options options = {.wanted.most_p = 1e-5};
    struct text text = {0};
    struct reading reading;

    text_add(&text, HEADER);
    for (int i = 0; i < 60; i++) {
        text_addf(&text, "rs%d\t", i);
        for (int j = 0; j < i * 1000; j++) {
            text_add(&text, "A");
        }
        text_addf(&text, "A\tG\t0.3\t0.1\t0.01\t%s\n", i % 10 == 0 ? "1e-9" : "0.5");
    }
    for (options.threads = 1; options.threads < 4; options.threads++) {
        reading = read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, &options);
        ck_assert_uint_eq(reading.table.read, 60);
        ck_assert_uint_eq(reading.table.rows.count, 6);
        ck_assert_int_eq(row(&reading, 5)->line, 52);
        ck_assert_uint_eq(strlen(row(&reading, 5)->effect_allele), 50001);
        done(&reading);
    }
    text_drop(&text);
}
END_TEST

static void add_little(struct text *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(value >> (8 * i) & 0xff);

        text_add_bytes(out, &byte, 1);
    }
}

/* A gzip member of these bytes, below 64 KB; with is_bgzf its length stands in its header. */
static void add_member(struct text *out, const char *bytes, size_t length, bool is_bgzf)
{
    unsigned char packed[80000];
    struct isal_zstream stream;

    isal_deflate_stateless_init(&stream);
    stream.next_in = (uint8_t *)(uintptr_t)bytes;
    stream.avail_in = (uint32_t)length;
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    stream.end_of_stream = 1;
    ck_assert_int_eq(isal_deflate_stateless(&stream), COMP_OK);
    text_add_bytes(out,
                   is_bgzf ? "\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0"
                           : "\x1f\x8b\x08\0\0\0\0\0\0\xff",
                   is_bgzf ? 16 : 10);
    if (is_bgzf) {
        add_little(out, stream.total_out + 18 + 8 - 1, 2);
    }
    text_add_bytes(out, (const char *)packed, stream.total_out);
    add_little(out, crc32_gzip_refl(0, (const unsigned char *)bytes, length), 4);
    add_little(out, (uint32_t)length, 4);
}

/* Members of so many bytes; BGZF ends with an empty one. */
static struct text packed_gzip(const struct text *text, size_t member, bool is_bgzf)
{
    struct text out = {0};

    for (size_t at = 0; at < text->length; at += member) {
        size_t left = text->length - at;

        add_member(&out, text->bytes + at, left < member ? left : member, is_bgzf);
    }
    if (is_bgzf) {
        add_member(&out, "", 0, true);
    }
    return out;
}

static struct text packed_zstd(const struct text *text)
{
    struct text out = {0};
    size_t bound = ZSTD_compressBound(text->length);
    char *room = memory_get(bound, 1);
    size_t half = text->length / 2;

    text_add_bytes(&out, room, ZSTD_compress(room, bound, text->bytes, half, 1));
    text_add_bytes(&out, "\x50\x2a\x4d\x18\3\0\0\0abc", 11);
    text_add_bytes(&out, room,
                   ZSTD_compress(room, bound, text->bytes + half, text->length - half, 1));
    memory_free(room);
    return out;
}

START_TEST(packed_files_are_read)
{
    struct style style = {'\t', "\n", false, true};
    struct text text = made_table(&style, 20000);
    struct map *list = made_list(20000);
    struct gwas_options careful = {.threads = 1};
    struct text packed[5] = {packed_gzip(&text, 60000, false), packed_gzip(&text, 65280, true),
                             packed_gzip(&text, 500, true), packed_zstd(&text)};
    struct reading whole =
        read_good(made(text.bytes, text.length), FORM_ASSOCIATIONS, &careful);

    unlink(made_path);
    for (size_t i = 0; i < 4; i++) {
        check_all_wanted(&whole, made(packed[i].bytes, packed[i].length), list);
        unlink(made_path);
        text_drop(&packed[i]);
    }
    map_destroy(list);
    text_drop(&text);
    done(&whole);
}
END_TEST

/* BGZF with plain members and padding behind it, as `cat` makes them. */
START_TEST(bgzf_and_gzip_are_joined)
{
    struct style style = {'\t', "\n", false, false};
    struct text text = made_table(&style, 20000), file = {0};
    size_t half = text.length / 2;
    struct text first =
        packed_gzip(&(struct text){.bytes = text.bytes, .length = half}, 65280, true);
    struct text second = packed_gzip(
        &(struct text){.bytes = text.bytes + half, .length = text.length - half}, 60000, false);
    struct gwas_options options = {.wanted.most_p = 1e-5};

    text_add_bytes(&file, first.bytes, first.length);
    text_add_bytes(&file, second.bytes, second.length);
    text_add_bytes(&file, "\0\0\0", 3);
    for (options.threads = 1; options.threads < 4; options.threads++) {
        struct reading reading =
            read_good(made(file.bytes, file.length), FORM_ASSOCIATIONS, &options);

        ck_assert_uint_eq(reading.table.read, 20000);
        done(&reading);
    }
    text_drop(&first);
    text_drop(&second);
    text_drop(&file);
    text_drop(&text);
}
END_TEST

/* A file that is cut or changed anywhere is refused, in the same words on any threads. */
static void check_damage(const struct text *whole, const char *cut_words, const char *kind)
{
    uint64_t state = 21;

    for (int i = 0; i < 24; i++) {
        struct text file = {0};
        size_t place = 30 + random_next(&state) % (whole->length - 60);
        bool is_cut = i % 2 == 0;

        text_add_bytes(&file, whole->bytes, is_cut ? place : whole->length);
        if (!is_cut) {
            file.bytes[place] = (char)(file.bytes[place] ^ 1 << i % 8);
        }
        for (size_t threads = 1; threads < 4; threads++) {
            expect_refused_on(&file, threads, false, -1, is_cut ? cut_words : kind);
        }
        text_drop(&file);
    }
}

START_TEST(damaged_files_are_refused)
{
    struct style style = {'\t', "\n", false, false};
    struct text text = made_table(&style, 16000);
    struct text bgzf = packed_gzip(&text, 65280, true), zstd = packed_zstd(&text);
    struct text member = packed_gzip(&text, 65280, false);

    /* zstd keeps no checksum here, so a changed byte is not always seen: only cuts are tried */
    check_damage(&bgzf, "gzip data", "gzip data");
    check_damage(&member, "truncated gzip", "gzip data");
    for (size_t cut = 40; cut < zstd.length / 2 - 40; cut += zstd.length / 9) {
        struct text file = {0};

        text_add_bytes(&file, zstd.bytes, cut);
        expect_refused_on(&file, 1 + cut % 3, false, -1, "truncated zstd");
        text_drop(&file);
    }
    text_add(&zstd, "rubbish");
    expect_refused_on(&zstd, 2, false, -1, "bytes behind the end of the zstd data");
    zstd.length = 40;
    memset(zstd.bytes, 0xff, 40);
    memcpy(zstd.bytes, "\x28\xb5\x2f\xfd", 4);
    expect_refused_on(&zstd, 1, false, -1, "corrupt zstd");
    text_drop(&bgzf);
    text_drop(&member);
    text_drop(&zstd);
    text_drop(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reading");
    TCase *cases = tcase_create("reading");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, decimals_are_the_nearest_doubles);
    tcase_add_test(cases, halves_are_rounded_to_even);
    tcase_add_loop_test(cases, sieves_leave_what_is_wanted, 0, 7);
    tcase_add_loop_test(cases, columns_of_numbers_are_read, 0, 3);
    tcase_add_test(cases, quoted_line_ends_are_joined);
    tcase_add_test(cases, what_is_wrong_is_found_among_what_is_passed_over);
    tcase_add_test(cases, long_lines_cross_blocks);
    tcase_add_test(cases, packed_files_are_read);
    tcase_add_test(cases, bgzf_and_gzip_are_joined);
    tcase_add_test(cases, damaged_files_are_refused);
    suite_add_tcase(suite, cases);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
