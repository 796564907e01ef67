/*
 * The room src/gwas: every kind of bad file, each refused with one sentence that names its
 * place.
 */
#include "reading.h"

START_TEST(columns_are_refused)
{
    expect_bad("SNP effect_allele beta pval\nrs1 A 0.1 0.5\n", 1, "column se: found no such");
    expect_bad("SNP effect_allele beta BETA se\nrs1 A 0.1 0.2 0.5\n", 1, "--col beta=NAME");
    expect_bad("SNP effect_allele beta.exposure beta.outcome se\nrs1 A 1 2 3\n", 1,
               "\"beta.outcome\" could be the beta, too");
    expect_bad("effect_allele beta se\nA 1 2\n", 1, "column variant");
    expect_bad("SNP A1 A2 beta se P P\nrs1 A G 1 2 .5 .6\n", 1,
               "two columns of this name, where one is the pval");
    expect_bad("SNP A1 A2 beta se eaf EAF\nrs1 A G 1 2 .5 .6\n", 1, "--col eaf=NAME");
    expect_bad("SNP A1 A2 A2 beta se\nrs1 A G T 1 2\n", 1,
               "two columns of this name, where one is the other_allele");
    expect_bad("CHROM GENPOS ID ALLELE0 ALLELE1 BETA BETA SE LOG10P\n1 1 a A G 1 2 3 4\n", 1,
               "two columns of this name, where one is the beta");
    expect_refused(made_text("SNP effect_allele beta se\nrs1 A 1 2\n"), FORM_HARMONISED, NULL,
                   1, "column beta");
}
END_TEST

/* A1 and A2 are two columns, also where a user names but one of them. */
START_TEST(one_column_is_one_allele)
{
    static const char *const one[] = {"effect_allele=A2"}, *const ref[] = {"effect_allele=REF"};
    struct gwas_options options = {.overrides = one, .override_count = 1};
    struct reading reading;

    expect_refused(made_text("SNP A1 A2 beta se\nrs1 A G 1 2\n"), FORM_ASSOCIATIONS, &options,
                   1, "--col effect_allele=NAME --col other_allele=NAME");
    options.overrides = ref;
    reading =
        read_good(made_text("SNP REF ALT beta se\nrs1 A G 1 2\n"), FORM_ASSOCIATIONS, &options);
    ck_assert_str_eq(row(&reading, 0)->effect_allele, "A");
    ck_assert_str_eq(row(&reading, 0)->other_allele, "G");
    done(&reading);
}
END_TEST

/* Ways to write nothing; "-" is an allele, though, that no other file has. */
START_TEST(missing_cells_are_missing)
{
    static const char *const nothing[] = {"",    "NA",   "na",   "NaN",  ".",   "-",
                                          "N/A", "#N/A", "NULL", "None", "#NA", "NR"};

    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        struct text table = {0};

        text_addf(&table, HEADER GOOD_ROW "rs2\tA\tG\t%s\t0.5\t0.01\t%s\n", nothing[i],
                  nothing[i]);
        text_addf(&table, "rs3\tA\tG\t.1\t%s\t0.01\t.1\n%s\tA\tG\t.1\t1\t0.01\t.1\n",
                  nothing[i], nothing[i]);
        text_add(&table, "rs5\tA\t-\t.1\t1\t0.01\t.1\n");
        struct reading reading = read_good(made_text(table.bytes), FORM_ASSOCIATIONS, NULL);

        ck_assert_uint_eq(reading.table.rows.count, 2);
        ck_assert(isnan(row(&reading, 1)->eaf) && row(&reading, 1)->p < 1e-100);
        ck_assert_uint_eq(dropped(&reading, DROP_NO_BETA), 1);
        ck_assert_uint_eq(dropped(&reading, DROP_NO_ID), 1);
        ck_assert_uint_eq(dropped(&reading, DROP_ALLELES), 1);
        done(&reading);
        text_drop(&table);
    }
}
END_TEST

START_TEST(bad_cells_are_refused)
{
    expect_bad(HEADER GOOD_ROW "rs2\tA\tG\t0.3\tabc\t0.01\t1e-5\n", 3,
               "line 3, column beta: found \"abc\"; write a number or NA");
    expect_bad(HEADER "rs2\tA\tG\t0.3\t0,5,0\t0.01\t1e-5\n", 2, "found \"0,5,0\"");
    expect_bad(HEADER "rs2\tA\tG\t0.3\t0.5\t0x1\t1e-5\n", 2, "column se");
    expect_bad(HEADER "rs2\tA\tG\t0.3\t0.5\t0.1\t1e-5;\n", 2, "column pval");
    expect_bad(HEADER GOOD_ROW "rs2\tA\tG\t0.3\n", 3, "found 4 cells where the header has 7");
    expect_bad(HEADER GOOD_ROW "rs2\tA\tG\t0.3\t1\t1\t1\t1\n", 3, "found 8 cells");
    expect_bad("SNP,effect_allele,beta,se\n\"rs1,A,1,1\nrs2,A,1,1\n", 2, "quote");
    expect_bad(HEADER "rs2\tA\tG\t0.3\t\x1b]0;evil\x07\t0.01\t1e-5\n", 2, "]0;evil");
}
END_TEST

START_TEST(bad_rows_can_be_skipped)
{
    struct gwas_options options = {.skip_bad_rows = true};
    struct reading reading =
        read_good(made_text(HEADER "rs2\tA\n" GOOD_ROW "rs3\tA\tG\t0.3\tabc\t0.01\t1\n"),
                  FORM_ASSOCIATIONS, &options);

    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_uint_eq(dropped(&reading, DROP_BAD_ROW), 2);
    done(&reading);
    expect_refused(made(HEADER GOOD_ROW "a\0b\n", sizeof(HEADER GOOD_ROW "a\0b\n") - 1),
                   FORM_ASSOCIATIONS, &options, 3, "NUL byte");
}
END_TEST

START_TEST(bad_files_are_refused)
{
    static const char utf16[] = "\xff\xfeS\0N\0P\0";
    static const char zip[] = "PK\3\4\0\0";
    static const char rubbish[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    expect_bad("", -1, "empty file");
    expect_bad("\n\n", -1, "empty file");
    expect_bad("##one\n##two\n", -1, "empty file");
    expect_bad("SNP\tA1\tbeta\tse\rrs1\tA\t1\t2\r", 1, "end in CR alone");
    expect_bad("##one\r##two\rSNP\tA1\tbeta\tse\rrs1\tA\t1\t2\r", 1, "end in CR alone");
    expect_bad("SNP A1 b se POS pos\nrs1 A 1 2 3 4\n", 1, "\"pos\" could be the position");
    expect_bad("SNP A1 b se P P\nrs1 A 1 2 3 4\n", 1, "two columns of this name");
    expect_bad(HEADER, -1, "a header and no rows");
    expect_refused("/nowhere/at/all.tsv", FORM_ASSOCIATIONS, NULL, 0, "/nowhere/at/all.tsv");
    expect_refused("/tmp", FORM_ASSOCIATIONS, NULL, 0, "found a folder");
    expect_refused(made(utf16, sizeof utf16), FORM_ASSOCIATIONS, NULL, 1, "UTF-16");
    expect_refused(made(zip, sizeof zip), FORM_ASSOCIATIONS, NULL, 1, "zip");
    expect_refused(made(rubbish, sizeof rubbish), FORM_ASSOCIATIONS, NULL, -1, "NUL byte");
    expect_bad("\x01\x02\x7f\xfe\x80rubbish\n", 1, "found no such column");
}
END_TEST

/* A good table whose second row has a cell, or no line end, of `length` bytes. */
static void expect_long(size_t length, bool is_cell, const char *text)
{
    struct text table = {0};

    text_add(&table, HEADER GOOD_ROW "rs2\t");
    for (size_t i = 0; i < length; i++) {
        text_add(&table, is_cell ? "A" : "A\t");
    }
    text_add(&table, "\tG\t0.3\t0.1\t0.01\t1e-5\n");
    expect_refused(made(table.bytes, table.length), FORM_ASSOCIATIONS, NULL, 3, text);
    text_drop(&table);
}

START_TEST(long_cells_and_lines_are_refused)
{
    expect_long((size_t)1 << 20, true, "column effect_allele: found a cell of 1048576 bytes");
    expect_long(LINES_LONGEST_CELL + 1, true, "keep cells below");
    expect_long(LINES_LONGEST / 2 + 1, false, "found a line of more than");
}
END_TEST

START_TEST(cells_at_the_limit_are_read)
{
    struct text table = {0};
    struct reading reading;

    text_add(&table, HEADER "rs2\t");
    for (size_t i = 0; i < LINES_LONGEST_CELL; i++) {
        text_add(&table, "A");
    }
    text_add(&table, "\tG\t0.3\t0.1\t0.01\t1e-5\n");
    reading = read_good(made(table.bytes, table.length), FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(strlen(row(&reading, 0)->effect_allele), LINES_LONGEST_CELL);
    text_drop(&table);
    done(&reading);
}
END_TEST

static uint32_t crc_of(const char *bytes, size_t length)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    return ~crc;
}

static void add_little(struct text *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(value >> (8 * i) & 0xff);

        text_add_bytes(out, &byte, 1);
    }
}

/* A gzip member that stores `text` (below 64 KB) as it is. */
static void add_member(struct text *out, const char *text)
{
    uint32_t length = (uint32_t)strlen(text);

    text_add_bytes(out, "\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
    add_little(out, length, 2);
    add_little(out, ~length, 2);
    text_add_bytes(out, text, length);
    add_little(out, crc_of(text, length), 4);
    add_little(out, length, 4);
}

START_TEST(gzip_members_are_joined)
{
    struct text file = {0};
    struct reading reading;

    add_member(&file, HEADER);
    add_member(&file, "");
    add_member(&file, "rs1\tA\tG\t0.3\t0.");
    add_member(&file, "5\t0.01\t1e-5\n");
    for (int i = 0; i < 300; i++) {
        text_add_bytes(&file, "\0\0\0", 3);
    }
    reading = read_good(made(file.bytes, file.length), FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 1);
    ck_assert_double_eq(row(&reading, 0)->beta, 0.5);
    text_drop(&file);
    done(&reading);
}
END_TEST

START_TEST(bad_gzip_is_refused)
{
    struct text file = {0};

    add_member(&file, HEADER GOOD_ROW);
    for (size_t cut = 3; cut < file.length; cut++) {
        expect_refused(made(file.bytes, cut), FORM_ASSOCIATIONS, NULL, -1, "truncated gzip");
    }
    file.bytes[20] ^= 1;
    expect_refused(made(file.bytes, file.length), FORM_ASSOCIATIONS, NULL, -1, "checksum");
    file.bytes[20] ^= 1;
    file.bytes[10] = 7;
    expect_refused(made(file.bytes, file.length), FORM_ASSOCIATIONS, NULL, -1, "corrupt gzip");
    file.bytes[10] = 1;
    text_add(&file, "rubbish");
    expect_refused(made(file.bytes, file.length), FORM_ASSOCIATIONS, NULL, -1,
                   "bytes behind the end");
    file.length -= 7;
    text_add_bytes(&file, "\0\0\x1f\x8b", 4);
    expect_refused(made(file.bytes, file.length), FORM_ASSOCIATIONS, NULL, -1,
                   "bytes behind the end");
    text_drop(&file);
}
END_TEST

/* `bad` of `all` rows lack their SE. */
static const char *made_with_bad(size_t all, size_t bad)
{
    struct text table = {0};
    const char *path;

    text_add(&table, HEADER);
    for (size_t i = 0; i < all; i++) {
        text_addf(&table, "rs%zu\tA\tG\t0.3\t0.1\t%s\t1e-5\n", i, i < bad ? "NA" : "0.01");
    }
    path = made(table.bytes, table.length);
    text_drop(&table);
    return path;
}

START_TEST(one_in_twenty_refuses_the_file)
{
    struct reading reading = read_good(made_with_bad(1000, 50), FORM_ASSOCIATIONS, NULL);

    ck_assert_uint_eq(reading.table.rows.count, 950);
    done(&reading);
    expect_refused(made_with_bad(1000, 51), FORM_ASSOCIATIONS, NULL, -1,
                   "found 51 of 1000 rows unusable: missing SE");
    reading = read_good(made_with_bad(999, 500), FORM_ASSOCIATIONS, NULL);
    ck_assert_uint_eq(reading.table.rows.count, 499);
    done(&reading);
    expect_refused(made_with_bad(3, 3), FORM_ASSOCIATIONS, NULL, -1,
                   "found no usable row among 3, most often: missing SE");
}
END_TEST

START_TEST(hostile_names_stay_text)
{
    struct reading reading = read_good(made_text("trait\tSNP\teffect_allele\tbeta\tse\n"
                                                 "\x1b[2Jevil\xff\trs1\tA\t0.1\t0.1\n"),
                                       FORM_ASSOCIATIONS, NULL);
    const struct gwas_row *rows = reading.table.rows.items;
    struct error error = {0};
    char *message;

    ck_assert_str_eq(rows[0].trait, "\x1b[2Jevil\xff");
    error_set(&error, ERROR_DATA, rows[0].trait, 1, rows[0].trait, "%s", rows[0].trait);
    message = error_message(&error);
    ck_assert(text_is_clean(message));
    ck_assert_ptr_null(strchr(message, '\x1b'));
    memory_free(message);
    error_clear(&error);
    done(&reading);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {columns_are_refused,
                                  one_column_is_one_allele,
                                  missing_cells_are_missing,
                                  bad_cells_are_refused,
                                  bad_rows_can_be_skipped,
                                  bad_files_are_refused,
                                  long_cells_and_lines_are_refused,
                                  cells_at_the_limit_are_read,
                                  gzip_members_are_joined,
                                  bad_gzip_is_refused,
                                  one_in_twenty_refuses_the_file,
                                  hostile_names_stay_text};

    return run_tests("refusals", tests, sizeof tests / sizeof *tests);
}
