/*
 * LD score regression in made genomes: means are near the truth, standard errors near the
 * spread, and the corrected effect's interval, by draws as the command finds it, holds the
 * truth as often as it says where heritability and intercept are estimated from the same data.
 */
#include "fixture.h"
#include "ldscore_world.h"
#include <math.h>

#define DRAWS 100

START_TEST(estimates_are_near_the_truth)
{
    const struct ldscore_world *world = &ldscore_worlds[_i];
    struct ldscore_answers answers = ldscore_world_ask(world, DRAWS);
    static const char *const asked[ASKED] = {"h2", "covariance", "intercept", "effect"};
    double chance = 3 * sqrt(0.95 * 0.05 / DRAWS);

    for (int i = 0; i < (world->is_unsure ? ASKED_EFFECT : ASKED); i++) {
        const struct ldscore_answer *of = &answers.of[i];

        ck_assert_msg(fabs(of->mean - of->truth) < 4 * of->deviation / sqrt(DRAWS),
                      "%s, %s: mean %g, truth %g, spread %g", world->name, asked[i], of->mean,
                      of->truth, of->deviation);
        ck_assert_msg(of->se > 0.8 * of->deviation && of->se < 1.25 * of->deviation,
                      "%s, %s: error %g, spread %g", world->name, asked[i], of->se,
                      of->deviation);
        ck_assert_msg(fabs(of->held - 0.95) < chance + 0.015, "%s, %s: held %g", world->name,
                      asked[i], of->held);
    }
    if (world->is_unsure) { /* what is given none the less holds the truth */
        ck_assert_int_gt(answers.refused, DRAWS / 2);
        ck_assert_double_ge(answers.of[ASKED_EFFECT].held, 0.9);
        return;
    }
    ck_assert_int_le(answers.refused, DRAWS / 50);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {estimates_are_near_the_truth, (int)ldscore_world_count}};

    return golden_run_each("LD score regression, truth", tests, sizeof tests / sizeof *tests);
}
