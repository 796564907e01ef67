#include "gwas/build.h"
#include "base/array.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/place.h"
#include "gwas/rows.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A variant's positions. */
struct known {
    char chromosome[4];
    double on_37, on_38;
};

/* Bits of what a place is on. */
enum { ON_37 = 1, ON_38 = 2 };

struct builds {
    struct array known;
    struct map *ids;    /* rsid -> known */
    struct map *places; /* "7:12345" -> ON_37, ON_38 or both */
};

static void add_place(struct builds *builds, const char *chromosome, double position,
                      size_t bit)
{
    char key[32];
    size_t bits = 0;

    snprintf(key, sizeof key, "%s:%.0f", chromosome, position);
    (void)map_get(builds->places, key, &bits);
    map_set(builds->places, key, bits | bit);
}

static bool take_row(struct builds *builds, const struct rows *rows, const char *const *cells,
                     struct error *error)
{
    struct known *known = array_add(&builds->known);
    const char *chromosome = place_chromosome(cells[1]);

    if (strlen(chromosome) >= sizeof known->chromosome ||
        !rows_number(cells[2], &known->on_37) || !rows_number(cells[3], &known->on_38)) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), NULL,
                         _("found no chromosome and two positions; install the program anew"));
    }
    memcpy(known->chromosome, chromosome, strlen(chromosome) + 1);
    map_set(builds->ids, cells[0], builds->known.count - 1);
    add_place(builds, chromosome, known->on_37, ON_37);
    add_place(builds, chromosome, known->on_38, ON_38);
    return true;
}

static bool take_rows(struct builds *builds, struct rows *rows, struct error *error)
{
    const char *const *cells;
    enum read_result result = READ_ROW;

    if (rows_columns(rows) < 4) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), NULL,
                         _("found no known positions; install the program anew"));
    }
    while (result == READ_ROW) {
        result = rows_next(rows, &cells, error);
        if (result == READ_ROW && !take_row(builds, rows, cells, error)) {
            result = READ_ERROR;
        }
    }
    return result == READ_END;
}

bool builds_read(const char *path, struct builds **builds, struct error *error)
{
    struct rows *rows = NULL;
    struct builds *made = memory_get(1, sizeof *made);
    bool is_read;

    made->known = ARRAY_OF(struct known);
    made->ids = map_create();
    made->places = map_create();
    is_read = rows_open(path, &rows, error) && take_rows(made, rows, error);
    rows_close(rows);
    if (!is_read) {
        builds_destroy(made);
        return false;
    }
    *builds = made;
    return true;
}

void builds_destroy(struct builds *builds)
{
    if (builds != NULL) {
        array_destroy(&builds->known);
        map_destroy(builds->ids);
        map_destroy(builds->places);
        memory_free(builds);
    }
}

const struct map *builds_ids(const struct builds *builds)
{
    return builds->ids;
}

const struct map *builds_places(const struct builds *builds)
{
    return builds->places;
}

void builds_count(const struct builds *builds, const struct association *association,
                  struct build_fit *fit)
{
    char key[64];
    size_t index;

    if (association->chromosome == NULL || isnan(association->position)) {
        return;
    }
    if (map_get(builds->ids, association->variant, &index)) {
        const struct known *known = array_at(&builds->known, index);
        bool is_there = strcmp(known->chromosome, association->chromosome) == 0;

        fit->met++;
        fit->on_37 += is_there && known->on_37 == association->position;
        fit->on_38 += is_there && known->on_38 == association->position;
    } else if (strncasecmp(association->variant, "rs", 2) != 0) {
        snprintf(key, sizeof key, "%s:%.0f", association->chromosome, association->position);
        if (map_get(builds->places, key, &index)) {
            fit->met++;
            fit->on_37 += (index & ON_37) != 0;
            fit->on_38 += (index & ON_38) != 0;
        }
    }
}

int build_of(const struct build_fit *fit)
{
    if (fit->met > 0 && 10 * fit->on_37 >= 9 * fit->met && fit->on_37 > fit->on_38) {
        return 37;
    }
    return fit->met > 0 && 10 * fit->on_38 >= 9 * fit->met && fit->on_38 > fit->on_37 ? 38 : 0;
}
