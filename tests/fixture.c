#include "fixture.h"
#include <math.h>
#include <string.h>

const char *const fixture_sets[FIXTURE_SETS] = {"lipid_ldl_chd", "ieu_bmi_chd"};
const char *const fixture_corners[FIXTURE_CORNERS] = {"small2", "small3",  "small4",
                                                      "under",  "hdl_chd", "presso_E1"};

struct fixture fixture_begin(void)
{
    return (struct fixture){.arena = arena_create(),
                            .scratch = arena_create(),
                            .settings = estimate_default_settings()};
}

struct fixture fixture_begin_results(const char *folder)
{
    struct fixture fixture = fixture_begin();

    fixture.pair =
        golden_pair(arena_format(fixture.arena, "%s/input.csv", folder), fixture.arena);
    fixture.golden = golden_results(folder, fixture.arena);
    return fixture;
}

struct fixture fixture_begin_corner(const char *dataset)
{
    struct fixture fixture = fixture_begin();

    fixture.pair =
        golden_pair(arena_format(fixture.arena, "corners/%s.csv", dataset), fixture.arena);
    fixture.golden = golden_corner(dataset, fixture.arena);
    return fixture;
}

struct fixture fixture_begin_made(const double *bx, const double *sx, const double *by,
                                  const double *sy, size_t count)
{
    struct fixture fixture = fixture_begin();

    fixture.pair = golden_pair_of(bx, sx, by, sy, count, fixture.arena);
    return fixture;
}

struct pair *fixture_turned(const struct fixture *fixture, double scale)
{
    const struct pair *pair = fixture->pair;
    double *all = arena_get(fixture->arena, 4 * pair->count, sizeof *all);
    double *bx = all, *sx = bx + pair->count, *by = sx + pair->count, *sy = by + pair->count;

    for (size_t j = 0; j < pair->count; j++) {
        size_t from = pair->count - 1 - j;
        double sign = j % 2 ? 1 : -1;

        bx[j] = sign * pair->bx[from];
        sx[j] = pair->sx[from];
        by[j] = sign * scale * pair->by[from];
        sy[j] = scale * pair->sy[from];
    }
    return golden_pair_of(bx, sx, by, sy, pair->count, fixture->arena);
}

struct fixture fixture_begin_table(const char *table)
{
    struct fixture fixture = fixture_begin();

    fixture.pair = golden_pair(table, fixture.arena);
    return fixture;
}

void fixture_end(struct fixture *fixture)
{
    arena_destroy(fixture->scratch);
    arena_destroy(fixture->arena);
}

struct estimate fixture_run(const struct fixture *fixture, const char *key)
{
    const struct method *method = methods_find(key);

    ck_assert_msg(method != NULL, "no method %s", key);
    return estimate_run(method, fixture->pair, &fixture->settings, fixture->scratch,
                        fixture->arena);
}

double fixture_want(const struct fixture *fixture, const char *function, const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, NULL, quantity)->value;
}

void fixture_check_effect(const struct fixture *fixture, const struct estimate *got,
                          const char *function, double precision)
{
    ck_assert_msg(got->status == ESTIMATE_DONE, "%s: %s", function,
                  got->note == NULL ? "failed" : got->note);
    golden_close("b", got->b, fixture_want(fixture, function, "estimate"), precision);
    golden_close("se", got->se, fixture_want(fixture, function, "se"), precision);
    golden_close("p", got->p, fixture_want(fixture, function, "pval"), 100 * precision);
}

size_t fixture_check_rows(const struct fixture *fixture, const char *function,
                          const char *method, const char *quantity, fixture_getter *got,
                          const void *all, double precision)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->golden.count; i++) {
        const struct golden_row *row = &fixture->golden.rows[i];
        size_t j = 0;

        if (strcmp(row->function, function) != 0 || strcmp(row->quantity, quantity) != 0 ||
            strcmp(row->method, method) != 0) {
            continue;
        }
        while (j < fixture->pair->count &&
               strcmp(pair_variant(fixture->pair, j), row->snp) != 0) {
            j++;
        }
        ck_assert(j < fixture->pair->count || strcmp(row->snp, "All") == 0);
        golden_close(row->snp, got(all, fixture->pair, j), row->value, precision);
        count++;
    }
    return count;
}
