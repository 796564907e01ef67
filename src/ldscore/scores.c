#include "ldscore/scores.h"
#include "base/array.h"
#include "base/i18n.h"
#include "gwas/rows.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A variant that has a score. */
struct scored {
    const char *id;
    double chromosome, position, score;
    size_t row; /* in which it was read */
};

/* A reading under way. */
struct reading {
    struct arena *arena;
    struct array all; /* struct scored */
    double markers;
    struct error *error;
};

enum { CELL_CHR, CELL_SNP, CELL_BP, CELL_L2, CELLS };
static const char *const names[CELLS] = {"CHR", "SNP", "BP", "L2"};

static bool is_there(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0;
}

static bool refuse_number(const struct rows *rows, int cell, struct error *error)
{
    return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), names[cell],
                     _("found no number; give LD scores as the program ldsc writes them"));
}

static bool take_row(struct reading *reading, const struct rows *rows, const size_t *columns,
                     const char *const *cells)
{
    struct scored one = {.row = reading->all.count};
    double *numbers[CELLS] = {&one.chromosome, NULL, &one.position, &one.score};

    for (int i = 0; i < CELLS; i++) {
        bool is_needed = i != CELL_L2; /* without a score a variant has none */

        if (numbers[i] != NULL && (!rows_number(cells[columns[i]], numbers[i]) ||
                                   isinf(*numbers[i]) || (is_needed && isnan(*numbers[i])))) {
            return refuse_number(rows, i, reading->error);
        }
    }
    if (!isnan(one.score)) {
        one.id = arena_lower(reading->arena, cells[columns[CELL_SNP]]);
        *(struct scored *)array_add(&reading->all) = one;
    }
    return true;
}

static bool read_scores(struct reading *reading, const char *path)
{
    struct rows *rows;
    size_t columns[CELLS];
    const char *const *cells;
    enum read_result result = READ_ERROR;
    bool is_taken;

    if (!rows_open(path, &rows, reading->error)) {
        return false;
    }
    is_taken = rows_find_columns(rows, names, CELLS, columns,
                                 _("found no such column; give LD scores as the program ldsc "
                                   "writes them, with CHR, SNP, BP and one L2"),
                                 reading->error);
    while (is_taken && (result = rows_next(rows, &cells, reading->error)) == READ_ROW) {
        is_taken = take_row(reading, rows, columns, cells);
    }
    rows_close(rows);
    return is_taken && result == READ_END;
}

/* The one number of an M_5_50 file. */
static bool read_markers(struct reading *reading, const char *path)
{
    struct lines *lines;
    char *line, *end = NULL;
    size_t length;
    double markers = NAN;

    if (!lines_open(path, &lines, reading->error)) {
        return false;
    }
    if (lines_next(lines, &line, &length, reading->error) == READ_ROW) {
        markers = strtod(line, &end);
        end += strspn(end, " \t\r");
    }
    if (end == NULL || *end != '\0' || !(markers > 0) || !isfinite(markers)) {
        lines_close(lines);
        error_clear(reading->error);
        return error_set(reading->error, ERROR_DATA, path, 1, NULL,
                         _("found no single number above 0; it says how many common markers "
                           "the LD scores beside it are sums over"));
    }
    reading->markers += markers;
    lines_close(lines);
    return true;
}

/* The file of scores of a chromosome, packed or not; the packed name where there is none. */
static const char *scores_path(const char *folder, int chromosome, struct arena *arena)
{
    const char *plain = arena_format(arena, "%s/%d.l2.ldscore", folder, chromosome);

    return is_there(plain) ? plain : arena_format(arena, "%s.gz", plain);
}

/* How many chromosomes there are from 1 on; fails with the name of the first that lacks. */
static bool count_chromosomes(const char *folder, struct arena *arena, int *count,
                              struct error *error)
{
    *count = SCORES_CHROMOSOMES;
    while (*count > 0 && !is_there(scores_path(folder, *count, arena))) {
        --*count;
    }
    for (int i = 1; i <= *count || i == 1; i++) {
        const char *path = scores_path(folder, i, arena);

        if (!is_there(path)) {
            return error_set(error, ERROR_DATA, path, 0, NULL,
                             _("found no such file; --ld-scores names a folder with the LD "
                               "scores of each chromosome, as the program ldsc writes them"));
        }
    }
    return true;
}

static int compare(const void *one, const void *other)
{
    const struct scored *a = one, *b = other;

    if (a->chromosome != b->chromosome) {
        return a->chromosome < b->chromosome ? -1 : 1;
    }
    if (a->position != b->position) {
        return a->position < b->position ? -1 : 1;
    }
    return a->row < b->row ? -1 : 1;
}

/* Sorts, takes each id once, and keeps what regressions need. */
static bool settle(struct reading *reading, const char *folder, struct scores *scores)
{
    double *values = arena_get(reading->arena, reading->all.count, sizeof *values);
    double least = INFINITY, most = -INFINITY;

    if (reading->all.count > 0) {
        qsort(reading->all.items, reading->all.count, reading->all.item_size, compare);
    }
    for (size_t i = 0; i < reading->all.count; i++) {
        const struct scored *one = array_at(&reading->all, i);
        size_t there;

        if (!map_get(scores->places, one->id, &there)) {
            map_set(scores->places, one->id, scores->count);
            least = fmin(least, one->score);
            most = fmax(most, one->score);
            values[scores->count++] = one->score;
        }
    }
    scores->scores = values;
    scores->markers = reading->markers;
    return most > least ||
           error_set(reading->error, ERROR_DATA, folder, 0, NULL,
                     _("found no two LD scores that differ; heritability is told by how "
                       "chi-square rises with them"));
}

static bool read_all(struct reading *reading, const char *folder, struct scores *scores)
{
    if (!count_chromosomes(folder, reading->arena, &scores->chromosomes, reading->error)) {
        return false;
    }
    for (int i = 1; i <= scores->chromosomes; i++) {
        if (!read_scores(reading, scores_path(folder, i, reading->arena)) ||
            !read_markers(reading,
                          arena_format(reading->arena, "%s/%d.l2.M_5_50", folder, i))) {
            return false;
        }
    }
    return settle(reading, folder, scores);
}

bool scores_read(const char *folder, struct arena *arena, struct scores *scores,
                 struct error *error)
{
    struct reading reading = {arena, ARRAY_OF(struct scored), 0, error};
    bool is_read;

    *scores = (struct scores){.places = map_create()};
    is_read = read_all(&reading, folder, scores);
    array_destroy(&reading.all);
    if (!is_read) {
        scores_drop(scores);
    }
    return is_read;
}

void scores_drop(struct scores *scores)
{
    map_destroy(scores->places);
    scores->places = NULL;
}
