#include "mv_fixture.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct mv_fixture begin(void)
{
    return (struct mv_fixture){.arena = arena_create(),
                               .scratch = arena_create(),
                               .settings = estimate_default_settings()};
}

struct mv_fixture mv_fixture_golden(const char *folder, double correlation)
{
    struct mv_fixture fixture = begin();
    const char *root = getenv("srcdir");
    const char *path = arena_format(fixture.arena, "%s/tests/golden/%s/input.csv",
                                    root == NULL ? "." : root, folder);
    struct design_options options = {
        .correlation = correlation, .exposure_n = 17723, .outcome_n = 17723};
    struct error error = {0};

    ck_assert_msg(
        design_read(path, &options, fixture.arena, &fixture.design, &fixture.dropped, &error),
        "%s", error_message(&error));
    fixture.golden = golden_results(folder, fixture.arena);
    return fixture;
}

/* Standard normal enough for data: twelve uniforms less six. */
static double normal(uint64_t *state)
{
    double sum = -6;

    for (int i = 0; i < 12; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        sum += (double)(*state >> 11) / 9007199254740992.0;
    }
    return sum;
}

static const char *const names[] = {"one", "two", "three", "four", "five", "six"};

struct mv_fixture mv_fixture_made(size_t count, size_t columns, double sx, double sy,
                                  double pleiotropy, uint64_t seed)
{
    struct mv_fixture fixture = begin();
    double *numbers = arena_get(fixture.arena, count * (3 * columns + 2), sizeof *numbers);
    double *x = numbers, *errors = x + count * columns, *p = errors + count * columns;
    double *y = p + count * columns, *sy_all = y + count;
    double *n = arena_get(fixture.arena, columns, sizeof *n);
    double *correlation = arena_get(fixture.arena, columns * columns, sizeof *correlation);
    const char **variants = arena_get(fixture.arena, count, sizeof *variants);
    uint64_t state = seed * 2654435761u + 1;

    for (size_t j = 0; j < count; j++) {
        sy_all[j] = sy;
        y[j] = sy * normal(&state) + pleiotropy * normal(&state);
        variants[j] = arena_format(fixture.arena, "rs%zu", j + 1);
        for (size_t k = 0; k < columns; k++) {
            double true_x = normal(&state);

            y[j] += (k % 2 == 0 ? 1 : -1) * true_x;
            x[j * columns + k] = true_x + sx * normal(&state);
            errors[j * columns + k] = sx;
            p[j * columns + k] = NAN;
        }
    }
    for (size_t k = 0; k < columns; k++) {
        n[k] = 1e5;
        correlation[k * columns + k] = 1;
    }
    fixture.design =
        (struct design){"outcome", names,  columns, variants, count, x,           errors,
                        y,         sy_all, p,       n,        1e5,   correlation, NULL};
    return fixture;
}

void mv_fixture_end(struct mv_fixture *fixture)
{
    arena_destroy(fixture->arena);
    arena_destroy(fixture->scratch);
}

struct mv_estimate mv_fixture_run(const struct mv_fixture *fixture, const char *key)
{
    const struct mv_method *method = mv_methods_find(key);

    ck_assert_msg(method != NULL, "no method %s", key);
    return mv_run(method, &fixture->design, &fixture->settings, fixture->scratch,
                  fixture->arena);
}
