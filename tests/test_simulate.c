/* The room src/simulate: models, effects of known truth, and the bundled files made by them. */
#include "base/map.h"
#include "base/memory.h"
#include "gwas/lines.h"
#include "simulate/simulate.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- help ----------------------------------------------------------------------------------
 */

static char *data_path(const char *file)
{
    const char *folder = getenv("srcdir");
    struct text path = {0};
    text_addf(&path, "%s/data/%s", folder == NULL ? "." : folder, file);
    return text_take(&path);
}

/* What a test works on: instruments and a model. */
struct made {
    struct arena *arena;
    struct gwas_table instruments;
    struct simulate_model model;
};

static struct made make(const char *instruments, const char *model)
{
    struct made made = {.arena = arena_create()};
    struct gwas_options options = {0};
    struct error error = {0};
    ck_assert_msg(gwas_read(instruments, &options, made.arena, &made.instruments, &error) &&
                      simulate_model_read(model, made.arena, &made.model, &error),
                  "%s", error.text);
    return made;
}

static struct made make_bundled(const char *instruments, const char *model)
{
    char *x = data_path(instruments), *m = data_path(model);
    struct made made = make(x, m);
    memory_free(x);
    memory_free(m);
    return made;
}

static void end(struct made *made)
{
    gwas_table_destroy(&made->instruments);
    simulate_model_destroy(&made->model);
    arena_destroy(made->arena);
}

static char *text_of_file(const char *file)
{
    char *path = data_path(file);
    struct lines *lines;
    struct error error = {0};
    struct text text = {0};
    char *line;
    size_t length;
    ck_assert_msg(lines_open(path, &lines, &error), "%s", error.text);
    while (lines_next(lines, &line, &length, &error) == READ_ROW) {
        text_add_bytes(&text, line, length);
        text_add(&text, "\n");
    }
    ck_assert_int_eq(error.code, ERROR_NONE);
    lines_close(lines);
    memory_free(path);
    return text_take(&text);
}

/* Says where two texts part, which a comparison of megabytes would not. */
static void same_text(const char *got, const char *wanted, const char *what)
{
    size_t line = 1, i = 0;
    for (; got[i] != '\0' && got[i] == wanted[i]; i++) {
        line += got[i] == '\n';
    }
    ck_assert_msg(got[i] == wanted[i], "%s differs in line %zu: \"%.60s\", not \"%.60s\"", what,
                  line, got + (i > 30 ? i - 30 : 0), wanted + (i > 30 ? i - 30 : 0));
}

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/taxamr-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *write_file(const char *name, const char *text)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.bytes, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    return text_take(&path);
}

static void near(double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

/* --- the bundled files
 * ------------------------------------------------------------------------- */

START_TEST(bundled_forward_files_are_what_the_model_makes)
{
    struct made made =
        make_bundled("gut-insomnia/mibiogen-instruments.tsv", "gut-insomnia/model-forward.tsv");
    struct text effects = {0}, truth = {0};
    simulate_print_effects(&made.instruments.rows, &made.model, &effects);
    simulate_print_truth(&made.instruments.rows, &made.model, &truth);
    char *stored = text_of_file("gut-insomnia/insomnia-outcome.tsv");
    same_text(effects.bytes, stored, "insomnia-outcome.tsv");
    memory_free(stored);
    stored = text_of_file("gut-insomnia/truth.tsv");
    ck_assert_msg(strncmp(stored, truth.bytes, truth.length) == 0, "truth.tsv is older");
    memory_free(stored);
    text_drop(&effects);
    text_drop(&truth);
    end(&made);
}
END_TEST

/* MiBioGen's instruments and, behind them, those of the Dutch Microbiome Project. */
START_TEST(bundled_files_of_two_cohorts_are_what_the_model_makes)
{
    struct made made =
        make_bundled("gut-insomnia/mibiogen-instruments.tsv", "gut-two-cohorts/model.tsv");
    char *path = data_path("gut-two-cohorts/dmp-instruments.tsv");
    struct gwas_options options = {0};
    struct gwas_table more;
    struct error error = {0};
    ck_assert(gwas_read(path, &options, made.arena, &more, &error));
    for (size_t i = 0; i < more.rows.count; i++) {
        struct gwas_row *row = array_add(&made.instruments.rows);
        *row = *(struct gwas_row *)array_at(&more.rows, i);
    }
    struct text effects = {0}, truth = {0};
    simulate_print_effects(&made.instruments.rows, &made.model, &effects);
    simulate_print_truth(&made.instruments.rows, &made.model, &truth);
    char *stored = text_of_file("gut-two-cohorts/insomnia-outcome.tsv");
    same_text(effects.bytes, stored, "insomnia-outcome.tsv");
    memory_free(stored);
    stored = text_of_file("gut-two-cohorts/truth.tsv");
    same_text(truth.bytes, stored, "truth.tsv");
    memory_free(stored);
    memory_free(path);
    text_drop(&effects);
    text_drop(&truth);
    gwas_table_destroy(&more);
    end(&made);
}
END_TEST

START_TEST(bundled_reverse_files_are_what_the_model_makes)
{
    struct made made =
        make_bundled("gut-insomnia/insomnia-instruments.tsv", "gut-insomnia/model-reverse.tsv");
    struct error error = {0};
    char *taxa = data_path("gut-insomnia/taxa.tsv");
    ck_assert(simulate_model_add_taxa(taxa, made.arena, &made.model, &error));
    memory_free(taxa);
    ck_assert_uint_eq(made.model.targets.count, 211);
    struct text effects = {0}, truth = {0};
    simulate_print_effects(&made.instruments.rows, &made.model, &effects);
    simulate_print_truth(&made.instruments.rows, &made.model, &truth);
    char *stored = text_of_file("gut-insomnia/taxa-at-insomnia.tsv.gz");
    same_text(effects.bytes, stored, "taxa-at-insomnia.tsv.gz");
    memory_free(stored);
    stored = text_of_file("gut-insomnia/truth.tsv");
    const char *body = strchr(truth.bytes, '\n') + 1;
    size_t length = strlen(stored);
    ck_assert_uint_gt(length, strlen(body));
    same_text(stored + length - strlen(body), body, "truth.tsv");
    memory_free(stored);
    text_drop(&effects);
    text_drop(&truth);
    end(&made);
}
END_TEST

static const struct simulate_variant *truth_of(const struct simulated *simulated,
                                               const char *variant, size_t *place)
{
    for (*place = 0; *place < simulated->count; (*place)++) {
        if (strcmp(simulated->associations[*place].variant, variant) == 0) {
            return &simulated->truth[*place];
        }
    }
    ck_abort_msg("no %s", variant);
    return NULL;
}

/* A variant has one effect whatever taxa it serves, so the family carries its genus's. */
START_TEST(nested_taxa_inherit)
{
    struct made made =
        make_bundled("gut-insomnia/mibiogen-instruments.tsv", "gut-insomnia/model-forward.tsv");
    const struct simulate_target *target = array_at(&made.model.targets, 0);
    struct simulated simulated =
        simulate_target_effects(&made.instruments.rows, &made.model, target, made.arena);
    ck_assert_uint_eq(simulated.count, 383);
    size_t of_genus = 0, pleiotropic = 0, null = 0;
    for (size_t i = 0; i < simulated.count; i++) {
        const struct simulate_variant *truth = &simulated.truth[i];
        of_genus += truth->through != NULL &&
                    strcmp(truth->through, "genus.Streptococcus.id.1853") == 0;
        pleiotropic += truth->pleiotropy != 0;
        null += truth->total == 0;
    }
    ck_assert_uint_eq(of_genus, 8);
    ck_assert_uint_eq(pleiotropic, 12);
    ck_assert_uint_gt(null, 330);
    struct text truth = {0};
    simulate_print_truth(&made.instruments.rows, &made.model, &truth);
    ck_assert_ptr_nonnull(strstr(truth.bytes, "trait\tfamily.Streptococcaceae.id.1850\tinsomnia"
                                              "\tNA\t0\tgenus.Streptococcus.id.1853\t"));
    ck_assert_ptr_nonnull(strstr(truth.bytes, "trait\tgenus.Streptococcus.id.1853\tinsomnia"
                                              "\tNA\t0.0487902\tNA\t"));
    text_drop(&truth);
    end(&made);
}
END_TEST

/* --- the model itself
 * ---------------------------------------------------------------------------- */

#define MODEL_HEAD "key\texposure\toutcome\tSNP\tvalue\n"
#define TWO_TRAITS                                                                             \
    "taxon\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n"                        \
    "a\trs1\tA\tG\t.3\t.1\t.01\t1e-20\t100\n"                                                  \
    "a\trs2\tC\tT\t.25\t.2\t.01\t1e-20\t100\n"                                                 \
    "b\trs2\tT\tC\t.75\t-.1\t.01\t1e-20\t100\n"                                                \
    "b\trs3\tT\tC\t.5\t.3\t.01\t1e-20\t100\n"

static struct made make_two_traits(const char *model)
{
    char *x = write_file("x.tsv", TWO_TRAITS), *m = write_file("model.tsv", model);
    struct made made = make(x, m);
    memory_free(x);
    memory_free(m);
    return made;
}

START_TEST(totals_follow_the_model)
{
    struct made made =
        make_two_traits(MODEL_HEAD "seed\tNA\tNA\tNA\t5\nn\tNA\ty\tNA\t1000\n"
                                   "cases\tNA\ty\tNA\t250\neffect\tb\ty\tNA\t.5\n"
                                   "pleiotropic\tNA\tNA\trs1\tNA\n"
                                   "pleiotropy_sd\tNA\tNA\tNA\t.1\n");
    struct simulated simulated = simulate_target_effects(
        &made.instruments.rows, &made.model, array_at(&made.model.targets, 0), made.arena);
    ck_assert_uint_eq(simulated.count, 3);
    size_t place;
    const struct simulate_variant *truth = truth_of(&simulated, "rs2", &place);
    ck_assert_str_eq(truth->through, "b");
    near(truth->total, .05, 1e-15); /* b's -.1 per T is .1 per C, as it is written first */
    ck_assert_str_eq(simulated.associations[place].effect_allele, "C");
    near(simulated.associations[place].se, 1 / sqrt(2 * .25 * .75 * 1000 * .25 * .75), 1e-15);
    ck_assert_double_eq(simulated.associations[place].n, 1000);
    truth = truth_of(&simulated, "rs1", &place);
    ck_assert_ptr_null(truth->through);
    ck_assert_double_ne(truth->pleiotropy, 0);
    ck_assert_double_eq(truth->total, truth->pleiotropy);
    near(truth_of(&simulated, "rs3", &place)->total, .15, 1e-15);
    struct text text = {0};
    simulate_print_truth(&made.instruments.rows, &made.model, &text);
    ck_assert_ptr_nonnull(strstr(text.bytes, "trait\tb\ty\tNA\t0.5\tNA\tNA\tNA\t0.5\n"));
    text_drop(&text);
    end(&made);
}
END_TEST

START_TEST(a_continuous_trait_and_missing_people)
{
    struct made made = make_two_traits(MODEL_HEAD "n\tNA\ty\tNA\t1000\n"
                                                  "missing\tNA\tNA\tNA\t.1\n");
    struct simulated simulated = simulate_target_effects(
        &made.instruments.rows, &made.model, array_at(&made.model.targets, 0), made.arena);
    for (size_t i = 0; i < 3; i++) {
        const struct association *association = &simulated.associations[i];
        ck_assert_double_ge(association->n, 900);
        ck_assert_double_le(association->n, 1000);
        near(association->se,
             1 / sqrt(2 * association->eaf * (1 - association->eaf) * association->n), 1e-15);
    }
    ck_assert_double_ne(simulated.associations[0].n, simulated.associations[1].n);
    end(&made);
}
END_TEST

/* 4,000 seeds: errors are standard normal in units of SE, and IVW finds the truth. */
START_TEST(the_truth_comes_back)
{
    struct made made =
        make_two_traits(MODEL_HEAD "n\tNA\ty\tNA\t100000\neffect\tb\ty\tNA\t.05\n");
    double sum = 0, square = 0, estimate = 0;
    enum { SEEDS = 4000 };
    struct arena_mark mark = arena_mark(made.arena);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        made.model.seed = seed;
        struct simulated simulated = simulate_target_effects(
            &made.instruments.rows, &made.model, array_at(&made.model.targets, 0), made.arena);
        const struct association *y = simulated.associations;
        double product = 0, total = 0;
        static const double bx[3] = {0, .1, .3};
        for (size_t i = 0; i < 3; i++) {
            double z = (y[i].beta - simulated.truth[i].total) / y[i].se;
            sum += z / 3;
            square += z * z / 3;
            product += bx[i] * y[i].beta / (y[i].se * y[i].se);
            total += bx[i] * bx[i] / (y[i].se * y[i].se);
        }
        estimate += product / total;
        arena_reset(made.arena, mark);
    }
    near(sum / SEEDS, 0, 4 / sqrt(3. * SEEDS));
    near(square / SEEDS, 1, 4 * sqrt(2 / (3. * SEEDS)));
    near(estimate / SEEDS, .05, 4 * .015 / sqrt(SEEDS));
    end(&made);
}
END_TEST

/* A variant draws from its own stream: other variants do not move it. */
START_TEST(variants_are_independent_of_each_other)
{
    const char *model = MODEL_HEAD "n\tNA\ty\tNA\t1000\n";
    struct made all = make_two_traits(model);
    struct simulated full = simulate_target_effects(&all.instruments.rows, &all.model,
                                                    array_at(&all.model.targets, 0), all.arena);
    all.instruments.rows.count = 1;
    struct simulated one = simulate_target_effects(&all.instruments.rows, &all.model,
                                                   array_at(&all.model.targets, 0), all.arena);
    ck_assert_double_eq(full.associations[0].beta, one.associations[0].beta);
    ck_assert_double_ne(full.associations[0].beta, full.associations[1].beta);
    end(&all);
}
END_TEST

static void refuse(const char *model, long line, const char *column)
{
    char *path = write_file("model.tsv", model);
    struct arena *arena = arena_create();
    struct simulate_model made;
    struct error error = {0};
    ck_assert(!simulate_model_read(path, arena, &made, &error));
    ck_assert_msg(error.line == line, "line %ld: %s", error.line, error.text);
    ck_assert_str_eq(error.column, column);
    error_clear(&error);
    arena_destroy(arena);
    memory_free(path);
}

START_TEST(models_are_checked)
{
    refuse("key\texposure\toutcome\tSNP\n", 1, "value");
    refuse(MODEL_HEAD "colour\tNA\tNA\tNA\t5\n", 2, "key");
    refuse(MODEL_HEAD "seed\tNA\tNA\tNA\t5\nn\tNA\ty\tNA\tNA\n", 3, "value");
    refuse(MODEL_HEAD "n\tNA\ty\tNA\tmany\n", 2, "value");
    refuse(MODEL_HEAD "n\tNA\ty\tNA\t0\n", 2, "value");
    refuse(MODEL_HEAD "n\tNA\tNA\tNA\t10\n", 2, "outcome");
    refuse(MODEL_HEAD "effect\tNA\ty\tNA\t.1\n", 2, "exposure");
    refuse(MODEL_HEAD "effect\ta\ty\tNA\t.1\neffect\ta\ty\tNA\t.2\n", 3, "exposure");
    refuse(MODEL_HEAD "pleiotropic\tNA\tNA\tNA\tNA\n", 2, "key");
}
END_TEST

static void refuse_names(const char *model, const char *column)
{
    struct made made = make_two_traits(model);
    struct error error = {0};
    ck_assert(!simulate_model_check(&made.model, &made.instruments.rows, "model.tsv", &error));
    ck_assert_str_eq(error.file, "model.tsv");
    ck_assert_str_eq(error.column, column);
    error_clear(&error);
    end(&made);
}

START_TEST(names_in_models_are_checked)
{
    refuse_names(MODEL_HEAD "seed\tNA\tNA\tNA\t5\n", "key");
    refuse_names(MODEL_HEAD "cases\tNA\ty\tNA\t5\n", "value");
    refuse_names(MODEL_HEAD "n\tNA\ty\tNA\t5\ncases\tNA\ty\tNA\t5\n", "value");
    refuse_names(MODEL_HEAD "n\tNA\ty\tNA\t5\neffect\tc\ty\tNA\t.1\n", "exposure");
    refuse_names(MODEL_HEAD "n\tNA\ty\tNA\t5\neffect\ta\tz\tNA\t.1\n", "outcome");
    refuse_names(MODEL_HEAD "n\tNA\ty\tNA\t5\npleiotropic\tNA\tNA\trs4\tNA\n", "SNP");
    struct made made = make_two_traits(MODEL_HEAD "n\tNA\ty\tNA\t5\neffect\ta\ty\tNA\t.1\n");
    struct error error = {0};
    ck_assert(simulate_model_check(&made.model, &made.instruments.rows, "model.tsv", &error));
    end(&made);
}
END_TEST

int main(void)
{
    TCase *bundled = tcase_create("bundled");
    tcase_set_timeout(bundled, 120);
    tcase_add_test(bundled, bundled_forward_files_are_what_the_model_makes);
    tcase_add_test(bundled, bundled_files_of_two_cohorts_are_what_the_model_makes);
    tcase_add_test(bundled, bundled_reverse_files_are_what_the_model_makes);
    tcase_add_test(bundled, nested_taxa_inherit);
    TCase *model = tcase_create("model");
    tcase_set_timeout(model, 120);
    tcase_add_checked_fixture(model, make_folder, remove_folder);
    tcase_add_test(model, totals_follow_the_model);
    tcase_add_test(model, a_continuous_trait_and_missing_people);
    tcase_add_test(model, the_truth_comes_back);
    tcase_add_test(model, variants_are_independent_of_each_other);
    tcase_add_test(model, models_are_checked);
    tcase_add_test(model, names_in_models_are_checked);
    Suite *suite = suite_create("simulate");
    suite_add_tcase(suite, bundled);
    suite_add_tcase(suite, model);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
