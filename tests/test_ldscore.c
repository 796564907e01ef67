/*
 * LD score regression: the program ldsc's answers on the made genome of data/overlap-simulated,
 * and what is refused.
 */
#include "fixture.h"
#include "ldscore/effects.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Closed forms, but for decimals of the files and the order of sums. */
#define CLOSE 1e-9

/* The example, read. */
struct example {
    struct arena *arena;
    struct scores scores;
    struct effects sides[2];
    struct ldsc_data data;
    struct ldsc_fit fits[2], both;
};

static const char *path_of(struct arena *arena, const char *name)
{
    return arena_format(arena, "%s/data/overlap-simulated/%s",
                        getenv("srcdir") != NULL ? getenv("srcdir") : ".", name);
}

static struct example begin(void)
{
    struct example example = {.arena = arena_create()};
    const struct gwas_options options = {0};
    struct error error = {0};
    struct arena *arena = example.arena;

    ck_assert_msg(scores_read(path_of(arena, "ld-scores"), arena, &example.scores, &error) &&
                      effects_read(path_of(arena, "simulated-exposure.tsv.gz"), &options,
                                   &example.scores, arena, &example.sides[0], &error) &&
                      effects_read(path_of(arena, "simulated-outcome.tsv.gz"), &options,
                                   &example.scores, arena, &example.sides[1], &error) &&
                      effects_join(&example.scores, &example.sides[0], &example.sides[1], arena,
                                   &example.data, &error),
                  "%s", error_message(&error));
    for (int side = 0; side < 2; side++) {
        example.fits[side] = ldsc_heritability(&example.data, side, arena);
    }
    example.both = ldsc_covariance(&example.data, &example.fits[0], &example.fits[1], arena);
    return example;
}

static void end(struct example *example)
{
    scores_drop(&example->scores);
    arena_destroy(example->arena);
}

static void hold(const struct golden *golden, const char *name, const struct ldsc_fit *fit)
{
    const struct {
        const char *quantity;
        double got;
    } all[] = {{"total", fit->slope},
               {"total_se", fit->slope_se},
               {"intercept", fit->intercept},
               {"intercept_se", fit->intercept_se}};

    ck_assert_ptr_null(fit->failure);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        golden_close(all[i].quantity, all[i].got,
                     golden_find(golden, "ldsc", "RG", name, all[i].quantity)->value, CLOSE);
    }
}

START_TEST(ldsc_answers_the_same)
{
    struct example example = begin();
    struct golden golden = golden_results("ldscore", example.arena);
    struct ldsc_correlation rg =
        ldsc_correlation(&example.fits[0], &example.fits[1], &example.both);

    hold(&golden, "exposure", &example.fits[0]);
    hold(&golden, "outcome", &example.fits[1]);
    hold(&golden, "both", &example.both);
    for (int side = 0; side < 2; side++) {
        const char *name = side == 0 ? "exposure" : "outcome";

        golden_close("mean", example.fits[side].mean,
                     golden_find(&golden, NULL, NULL, name, "mean_chisq")->value, CLOSE);
        golden_close("lambda", example.fits[side].inflation,
                     golden_find(&golden, NULL, NULL, name, "lambda_gc")->value, CLOSE);
    }
    golden_close("rg", rg.r, golden_find(&golden, NULL, NULL, "both", "rg")->value, CLOSE);
    golden_close("rg_se", rg.se, golden_find(&golden, NULL, NULL, "both", "rg_se")->value,
                 CLOSE);
    ck_assert_uint_eq(example.data.count, 2554);
    end(&example);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{ldsc_answers_the_same, 1}};

    return golden_run_each("LD score regression", tests, sizeof tests / sizeof *tests);
}
