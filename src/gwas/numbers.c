#include "gwas/numbers.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/rows.h"
#include <string.h>

static bool find(const struct rows *rows, const char *name, size_t *column, struct error *error)
{
    for (*column = 0; *column < rows_columns(rows); (*column)++) {
        if (strcmp(rows_column(rows, *column), name) == 0) {
            return true;
        }
    }
    return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), name,
                     _("found no such column; name one of the header's"));
}

/* A row that was left, with care. */
static bool take_row(const struct rows *rows, const char *const *cells,
                     const struct sieve *sieve, double *values, struct error *error)
{
    for (size_t i = 0; i < sieve->parsed_count; i++) {
        const char *cell = cells[sieve->parsed[i]];

        if (!rows_number(cell, &values[i])) {
            char *shown = text_fit(cell, 40, true);

            error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows),
                      rows_column(rows, sieve->parsed[i]),
                      _("found \"%s\"; write a number or NA"), shown);
            memory_free(shown);
            return false;
        }
    }
    sieve->take(sieve->context, values, 1);
    return true;
}

static bool take_rows(struct rows *rows, const struct sieve *sieve, double *values,
                      struct error *error)
{
    const char *const *cells;
    enum read_result result;

    rows_sieve(rows, sieve);
    while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
        if (!take_row(rows, cells, sieve, values, error)) {
            return false;
        }
    }
    return result == READ_END;
}

bool numbers_read(const char *path, const char *const *names, size_t count, size_t threads,
                  sieve_take *take, void *context, struct error *error)
{
    struct rows *rows = NULL;
    size_t *columns = memory_get(count, sizeof *columns);
    double *values = memory_get(count, sizeof *values);
    struct sieve sieve = {
        .parsed = columns, .parsed_count = count, .take = take, .context = context};
    bool is_read = rows_open(path, &rows, error);

    for (size_t i = 0; i < count && is_read; i++) {
        is_read = find(rows, names[i], &columns[i], error);
    }
    if (is_read) {
        rows_threads(rows, threads);
        is_read = take_rows(rows, &sieve, values, error);
    }
    rows_close(rows);
    memory_free(values);
    memory_free(columns);
    return is_read;
}
