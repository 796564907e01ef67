#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/policy.h"
#include "gwas/vcf.h"
#include "instrument/clump_row.h"
#include <math.h>
#include <string.h>

static enum read_result next(struct clump_reader *reader, struct error *error)
{
    enum read_result result = rows_next(reader->rows, &reader->record.cells, error);

    if (result == READ_END) {
        return result;
    }
    reader->read++;
    if (result == READ_ROW && !clump_row_trait(reader, error)) {
        return READ_ERROR;
    }
    if (result == READ_ROW && clump_row_take(reader, error)) {
        return READ_ROW;
    }
    if (!reader->options->skip_bad_rows || !rows_can_go_on(reader->rows)) {
        return READ_ERROR;
    }
    error_clear(error);
    reader->dropped[DROP_BAD]++;
    return READ_ROW;
}

static bool fail_missing(const struct clump_reader *reader, enum column_role role,
                         const char *remedy, struct error *error)
{
    return error_set(error, ERROR_DATA, rows_name(reader->rows), rows_line(reader->rows),
                     column_role_key(role),
                     _("found no such column; name it with --col %s=NAME%s"),
                     column_role_key(role), remedy);
}

static bool find_columns(struct clump_reader *reader, struct error *error)
{
    const size_t *of = reader->columns.of;

    if (!clump_columns(reader->rows, reader->options, &reader->columns, error)) {
        return false;
    }
    if (of[COLUMN_P] == COLUMN_NONE && of[COLUMN_NEGLOG10_P] == COLUMN_NONE &&
        of[COLUMN_LN_P] == COLUMN_NONE && of[COLUMN_Z] == COLUMN_NONE &&
        (of[COLUMN_BETA] == COLUMN_NONE || of[COLUMN_SE] == COLUMN_NONE)) {
        return fail_missing(reader, COLUMN_P, "", error);
    }
    for (int i = 0; i < 2 && !reader->has_reference; i++) {
        enum column_role role = i == 0 ? COLUMN_CHROMOSOME : COLUMN_POSITION;

        if (of[role] == COLUMN_NONE) {
            return fail_missing(reader, role, _(", or give a reference with --bfile"), error);
        }
    }
    return true;
}

static void warn_dropped(const struct clump_reader *reader)
{
    static const char *const texts[DROPS] = {
        [DROP_ID] = N_("no usable id"),
        [DROP_P] = N_("no P"),
        [DROP_RANGE] = N_("P outside 0 to 1"),
        [DROP_PLACE] = N_("no chromosome or position"),
        [DROP_FIT] = N_("no result, by its program's error code"),
        [DROP_BAD] = N_("bad row"),
    };
    struct text text = {0};
    size_t all = 0;

    for (int i = 0; i < DROPS; i++) {
        all += reader->dropped[i];
        if (reader->dropped[i] > 0) {
            text_addf(&text, "%s%zu %s", text.length == 0 ? "" : ", ", reader->dropped[i],
                      _(texts[i]));
        }
    }
    if (all > 0) {
        clump_warn(reader->clump, _("%s: %zu of %zu rows dropped: %s"), rows_name(reader->rows),
                   all, reader->read, text.bytes);
    }
    if (reader->recomputed > 0) {
        clump_warn(reader->clump, "%s: %zu %s", rows_name(reader->rows), reader->recomputed,
                   _("P of 0 recomputed from effect and SE"));
    }
    text_drop(&text);
}

static bool finish(const struct clump_reader *reader, struct error *error)
{
    if (reader->read == 0) {
        return error_set(error, ERROR_DATA, rows_name(reader->rows), 0, NULL,
                         _("found a header and no rows; give a table with rows"));
    }
    if (reader->other_tests == reader->read) {
        return policy_fail_tests(rows_name(reader->rows), reader->read, error);
    }
    if (reader->whose == NULL) {
        return error_set(error, ERROR_DATA, rows_name(reader->rows), 0, NULL,
                         _("found no row with id and P among %zu; check the columns"),
                         reader->read);
    }
    warn_dropped(reader);
    if (reader->clump->variants.count == 0) {
        clump_warn(reader->clump, _("%s: no variant has P up to %g; the smallest is %g, of %s"),
                   rows_name(reader->rows), reader->settings->p, reader->smallest,
                   reader->whose);
    }
    return true;
}

/* Rows whose P is plainly too large are passed over, where no row may be another trait's. */
static void sieve(struct clump_reader *reader)
{
    struct sieve sieve = {.names = SIEVE_NONE, .places = SIEVE_NONE};
    double most = reader->settings->p;

    if (!(most > 0 && most < 1) || reader->columns.of[COLUMN_TRAIT] != COLUMN_NONE) {
        return;
    }
    sieve.is_neglog10 = columns_p(&reader->columns, &sieve.numbers) == SCALE_NEGLOG10;
    sieve.bound = sieve.is_neglog10 ? -log10(most) : most;
    if (sieve.numbers != SIEVE_NONE) {
        rows_sieve(reader->rows, &sieve);
    }
}

/* Reads what is open. With *is_sieved it turns out whether nothing was left, which must be
 * explained: then all is read again. */
static bool read_rows(struct clump_reader *reader, bool *is_sieved, struct error *error)
{
    enum read_result result = READ_ROW;

    if (!find_columns(reader, error)) {
        return false;
    }
    reader->record = (struct record){.columns = &reader->columns, .rows = reader->rows};
    if (*is_sieved) {
        sieve(reader);
    }
    while (result == READ_ROW) {
        result = next(reader, error);
    }
    reader->read += rows_skipped(reader->rows);
    *is_sieved = rows_skipped(reader->rows) > 0 && reader->clump->variants.count == 0;
    return result == READ_END && (*is_sieved || finish(reader, error));
}

static bool read_table(struct clump_reader reader, struct lines *lines, bool *is_sieved,
                       struct error *error)
{
    bool is_read = rows_open_lines(lines, &reader.rows, error);

    reader.places = map_create_borrowing();
    if (is_read) {
        rows_threads(reader.rows, reader.options->threads);
        is_read = read_rows(&reader, is_sieved, error);
    }
    rows_close(reader.rows);
    map_destroy(reader.places);
    memory_free(reader.trait);
    memory_free(reader.whose);
    return is_read;
}

static bool read_file(const struct clump_reader *reader, const char *path, bool *is_sieved,
                      struct error *error)
{
    struct lines *lines;

    if (!vcf_open_lines(path, &lines, error)) {
        return false;
    }
    if (lines_kind(lines) != LINES_VCF) {
        return read_table(*reader, lines, is_sieved, error);
    }
    *is_sieved = false;
    return clump_read_vcf(reader->clump, path, lines, reader->options, reader->settings, error);
}

bool clump_read(struct clump *clump, const char *path, const struct gwas_options *options,
                const struct clump_settings *settings, bool has_reference, struct error *error)
{
    static const struct gwas_options no_options;
    struct clump_reader reader = {.clump = clump,
                                  .options = options == NULL ? &no_options : options,
                                  .settings = settings,
                                  .has_reference = has_reference,
                                  .smallest = INFINITY};
    bool is_again = strcmp(path, "-") != 0; /* a stream is read once */

    if (!read_file(&reader, path, &is_again, error)) {
        return false;
    }
    if (is_again) {
        is_again = false;
        return read_file(&reader, path, &is_again, error);
    }
    return true;
}
