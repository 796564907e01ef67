#include "base/i18n.h"
#include "base/text.h"
#include "gwas/rows.h"
#include "instrument/ld_parts.h"
#include <math.h>

/* A square in the making. */
struct square {
    struct ld *ld;
    struct ld_rows *rows;
    const char *const *names; /* of its columns; NULL for a bare one */
    bool has_ids;             /* a first column of ids */
    size_t filled;            /* rows */
};

static const char *column_name(const struct square *square, size_t column)
{
    return square->names == NULL ? NULL : square->names[column];
}

/* The id before a row must be that of its column. */
static bool check_id(const struct square *square)
{
    const char *id = square->rows->cell[0], *want = square->names[square->filled];

    return text_equal_fold(id, want) ||
           error_set(square->rows->error, ERROR_DATA, square->rows->path, square->rows->line,
                     NULL,
                     _("found the row of \"%s\" where the header has \"%s\"; put rows and "
                       "columns in one order"),
                     id, want);
}

static bool check_width(const struct square *square)
{
    size_t want = square->ld->count + square->has_ids;
    const struct ld_rows *rows = square->rows;

    if (square->filled == square->ld->count) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, NULL,
                         _("found more rows than the %zu columns; give a square"),
                         square->ld->count);
    }
    return rows->count == want ||
           error_set(rows->error, ERROR_DATA, rows->path, rows->line, NULL,
                     _("found %zu cells where %zu should be; give a square of correlations, or "
                       "a list with columns SNP_A, SNP_B and R"),
                     rows->count, want);
}

/* Takes the row last read. */
static bool take_row(struct square *square)
{
    const struct ld_rows *rows = square->rows;
    struct ld *ld = square->ld;
    double *row = ld->r + square->filled * ld->count;

    if (!check_width(square) || (square->has_ids && !check_id(square))) {
        return false;
    }
    for (size_t i = 0; i < ld->count; i++) {
        if (!ld_number(rows, rows->cell[i + square->has_ids], column_name(square, i),
                       &row[i])) {
            return false;
        }
    }
    if (fabs(row[square->filled] - 1) > LD_TOLERANCE) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line,
                         column_name(square, square->filled),
                         _("found %g on the diagonal, where a variant's correlation with "
                           "itself is 1; give correlations, not covariances"),
                         row[square->filled]);
    }
    square->filled++;
    return true;
}

static bool take_rest(struct square *square)
{
    enum read_result result;

    while ((result = ld_rows_next(square->rows)) == READ_ROW) {
        if (!take_row(square)) {
            return false;
        }
    }
    if (result == READ_END && square->filled < square->ld->count) {
        return error_set(square->rows->error, ERROR_DATA, square->rows->path, 0, NULL,
                         _("found %zu rows for %zu columns; give a square"), square->filled,
                         square->ld->count);
    }
    return result == READ_END;
}

/* Both halves must say the same; then both are their mean. */
static bool mirror(const struct square *square)
{
    size_t count = square->ld->count;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            double *low = &square->ld->r[i * count + k], *high = &square->ld->r[k * count + i];

            if (fabs(*low - *high) > LD_TOLERANCE) {
                return error_set(square->rows->error, ERROR_DATA, square->rows->path, 0,
                                 column_name(square, k),
                                 _("found %g in row %zu of the square, but %g the other way "
                                   "round; give a symmetric one"),
                                 *low, i + 1, *high);
            }
            *low = *high = 0.5 * (*low + *high);
        }
        square->ld->r[i * count + i] = 1;
    }
    return true;
}

static bool name_places(const struct square *square)
{
    struct ld *ld = square->ld;

    ld->names = arena_get(ld->arena, ld->count, sizeof *ld->names);
    for (size_t i = 0; i < ld->count; i++) {
        if (!ld_add_name(ld, i, square->names[i])) {
            return error_set(square->rows->error, ERROR_DATA, square->rows->path, 1,
                             square->names[i],
                             _("found the variant twice; give each one column"));
        }
    }
    return true;
}

/* Whether the first of a row's cells is an id: it is more than the header has, or no number. */
static bool has_ids(const struct ld_rows *rows, const struct ld_header *header)
{
    double number;

    return rows->count == header->count + 1 ||
           (header->count > 1 && (header->names[0][0] == '\0' || rows->count == 0 ||
                                  !rows_number(rows->cell[0], &number)));
}

static void begin(struct square *square, size_t count)
{
    square->ld->count = count;
    square->ld->r = arena_get(square->ld->arena, count * count, sizeof *square->ld->r);
}

/* The header's first name belongs to the column of ids where each row has no cell more. */
static bool begin_named(struct square *square, const struct ld_header *header)
{
    enum read_result result = ld_rows_next(square->rows);
    bool is_titled;

    if (result != READ_ROW) {
        return result == READ_END
                   ? error_set(square->rows->error, ERROR_DATA, square->rows->path, 0, NULL,
                               _("found a header and no rows; give correlations"))
                   : false;
    }
    square->has_ids = has_ids(square->rows, header);
    is_titled = square->has_ids && square->rows->count != header->count + 1;
    square->names = header->names + is_titled;
    begin(square, header->count - is_titled);
    return take_row(square);
}

bool ld_read_square(struct ld *ld, struct ld_rows *rows, const struct ld_header *header)
{
    struct square square = {.ld = ld, .rows = rows};
    bool is_begun;

    if (header->is_bare) {
        begin(&square, header->count);
        is_begun = take_row(&square);
    } else {
        is_begun = begin_named(&square, header);
    }
    return is_begun && take_rest(&square) && mirror(&square) &&
           (header->is_bare || name_places(&square));
}
