/*
 * Designs of several GWAS, and mediation of a whole study: what is joined and what is missing
 * where, study files with mediators and covariates, the bundled example against its truth.
 */
#include "base/memory.h"
#include "chart/path.h"
#include "golden.h"
#include "multivariable/join.h"
#include "program.h"
#include "report/figure.h"
#include "study/mediations.h"
#include "study_fixture.h"
#include "ui/painter.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- joining ----------------------------------------------------------------------------- */

static struct association row(const char *variant, const char *effect, const char *other,
                              double beta, double position)
{
    return (struct association){.variant = variant,
                                .chromosome = "1",
                                .effect_allele = effect,
                                .other_allele = other,
                                .position = position,
                                .eaf = 0.3,
                                .beta = beta,
                                .se = 0.01,
                                .p = NAN,
                                .neglog10_p = NAN,
                                .n = 1000};
}

/* A trait of these rows, of which the first `own` stand for it. */
static struct join_trait member(const char *key, const struct association *rows, size_t count,
                                size_t own, struct arena *arena)
{
    struct trait *trait = arena_get(arena, 1, sizeof *trait);
    const struct association **chosen = arena_get(arena, own, sizeof *chosen);

    trait->key = trait->name = key;
    trait->n = NAN;
    for (size_t i = 0; i < own; i++) {
        chosen[i] = &rows[i];
    }
    return (struct join_trait){trait, chosen, own, rows, count};
}

static const struct ledger_entry *find_entry(const struct joined *joined, const char *variant,
                                             const char *into)
{
    for (size_t i = 0; i < joined->ledger_count; i++) {
        const struct ledger_entry *entry = &joined->ledger[i];

        if (strcmp(entry->variant, variant) == 0 &&
            (into == NULL ? entry->outcome == NULL
                          : entry->outcome != NULL && strcmp(entry->outcome, into) == 0)) {
            return entry;
        }
    }
    return NULL;
}

/* rs1 stands for both; rs2 has swapped alleles in B and is near rs1; rs3 is missing in the
 * outcome; rs4 in A; rs5 has other alleles in B. */
START_TEST(designs_are_joined_and_told)
{
    struct association a[] = {row("rs1", "A", "G", .10, 1e6), row("rs2", "A", "G", .09, 1.2e6),
                              row("rs3", "C", "T", .08, 9e6), row("rs5", "A", "G", .07, 5e6)};
    struct association b[] = {row("rs1", "G", "A", -.20, 1e6), row("rs4", "A", "C", .30, 7e6),
                              row("rs2", "G", "A", .02, 1.2e6), row("rs3", "C", "T", .01, 9e6),
                              row("rs5", "A", "C", .01, 5e6)};
    struct association y[] = {row("RS1", "A", "G", .05, 1e6), row("rs2", "G", "A", .04, 1.2e6),
                              row("rs4", "A", "C", .03, 7e6), row("rs5", "A", "G", .01, 5e6)};
    struct arena *arena = arena_create();
    const struct join_trait exposures[] = {member("A", a, 4, 4, arena),
                                           member("B", b, 5, 2, arena)};
    const struct join_trait outcome = member("Y", y, 4, 0, arena);
    struct join_settings settings = {.action = ACTION_INFER, .kb = NAN};
    struct joined joined;

    join_traits(exposures, 2, &outcome, &settings, arena, &joined);
    ck_assert_uint_eq(joined.design.count, 2);
    ck_assert_uint_eq(joined.own[0], 2);
    ck_assert_uint_eq(joined.own[1], 1); /* rs4 is not in A */
    ck_assert_str_eq(joined.design.variants[0], "rs1");
    ck_assert_str_eq(joined.leads[0]->effect_allele, "G"); /* B's P is smaller: its alleles */
    ck_assert_double_eq(joined.design.x[0], -.10);
    ck_assert_double_eq(joined.design.x[1], -.20);
    ck_assert_double_eq(joined.design.y[0], -.05);
    ck_assert_str_eq(joined.design.variants[1], "rs2");
    ck_assert_double_eq(joined.design.x[2], .09);
    ck_assert_double_eq(joined.design.x[3], -.02);
    ck_assert_double_eq(joined.design.y[1], -.04);
    ck_assert_double_eq(joined.design.n[0], 1000);
    ck_assert_int_eq(find_entry(&joined, "rs3", "Y")->reason, REASON_NOT_IN_OUTCOME);
    ck_assert_int_eq(find_entry(&joined, "rs4", "A")->reason, REASON_NOT_IN_OUTCOME);
    ck_assert_int_eq(find_entry(&joined, "rs5", "B")->reason, REASON_ALLELES_DIFFER);
    ck_assert_int_eq(find_entry(&joined, "rs1", "Y")->reason, REASON_KEPT);

    settings.kb = 1000;
    join_traits(exposures, 2, &outcome, &settings, arena, &joined);
    ck_assert_uint_eq(joined.design.count, 1);
    ck_assert_int_eq(find_entry(&joined, "rs2", NULL)->reason, REASON_NEAR);
    ck_assert_str_eq(find_entry(&joined, "rs2", NULL)->other, "rs1");
    arena_destroy(arena);
}
END_TEST

/* One id on three pairs of alleles: those of A and B that agree, on either strand, are one
 * variant, the others are others. */
START_TEST(alleles_tell_variants_of_one_id_apart)
{
    struct association a[] = {row("rs1", "A", "G", .10, 1e6), row("rs1", "A", "C", .20, 1e6)};
    struct association b[] = {row("RS1", "C", "A", -.30, 1e6), row("rs1", "T", "C", .05, 1e6),
                              row("rs1", "AT", "A", .40, 1e6)};
    struct association y[] = {row("rs1", "A", "C", .02, 1e6), row("rs1", "A", "G", .01, 1e6),
                              row("rs1", "G", "T", .03, 1e6)};
    struct arena *arena = arena_create();
    const struct join_trait exposures[] = {member("A", a, 2, 2, arena),
                                           member("B", b, 3, 3, arena)};
    const struct join_trait outcome = member("Y", y, 3, 0, arena);
    struct join_settings settings = {.action = ACTION_INFER, .kb = NAN};
    struct joined joined;

    join_traits(exposures, 2, &outcome, &settings, arena, &joined);
    ck_assert_uint_eq(joined.design.count, 2); /* AT/A is in B alone */
    ck_assert_uint_eq(joined.own[0], 2);
    ck_assert_uint_eq(joined.own[1], 2);
    ck_assert_double_eq(joined.design.x[0], .10);
    ck_assert_double_eq(joined.design.x[1], .05);
    ck_assert_double_eq(joined.design.y[0], .01);
    ck_assert_str_eq(joined.leads[1]->effect_allele, "C"); /* B's P is smaller */
    ck_assert_double_eq(joined.design.x[2], -.20);
    ck_assert_double_eq(joined.design.x[3], -.30);
    ck_assert_double_eq(joined.design.y[1], -.02);
    ck_assert_int_eq(find_entry(&joined, "rs1", "A")->reason, REASON_ALLELES_DIFFER);
    settings.kb = 1000;
    join_traits(exposures, 2, &outcome, &settings, arena, &joined);
    ck_assert_str_eq(find_entry(&joined, "rs1", NULL)->other, "rs1 (AT/A)");
    arena_destroy(arena);
}
END_TEST

START_TEST(nothing_in_common_is_an_empty_design)
{
    struct association a[] = {row("rs1", "A", "G", .1, 1e6)};
    struct association b[] = {row("rs2", "A", "G", .1, 2e6)};
    struct arena *arena = arena_create();
    const struct join_trait exposures[] = {member("A", a, 1, 1, arena),
                                           member("B", b, 1, 1, arena)};
    const struct join_trait outcome = member("Y", a, 1, 0, arena);
    const struct join_settings settings = {.action = ACTION_INFER, .kb = NAN};
    const struct estimate_settings usual = estimate_default_settings();
    struct joined joined;

    join_traits(exposures, 2, &outcome, &settings, arena, &joined);
    ck_assert_uint_eq(joined.design.count, 0);
    ck_assert_uint_eq(joined.ledger_count, 3); /* rs1 not in B; rs2 not in A, not in Y */
    struct mv_estimate none =
        mv_run(mv_methods_find("mv_ivw"), &joined.design, &usual, arena, arena);
    ck_assert_int_eq(none.status, ESTIMATE_TOO_FEW);
    arena_destroy(arena);
}
END_TEST

/* --- the program ------------------------------------------------------------------------- */

/* Expects a line to print, or to complain, as said. */
static void expect(const char *line, int status, const char *part)
{
    struct said said = program_say(line);
    const char *where = status == 0 ? said.out : said.err;

    ck_assert_msg(said.status == status, "%s: %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(where, part) != NULL, "%s\n\"%s\" is not in:\n%s", line, part, where);
    said_drop(&said);
}

#define SPLIT                                                                                  \
    "awk -F, -v OFS='\\t' 'NR==1{for(k=1;k<=4;k++){f[k]=k<4?\"x\" k \".tsv\":\"y.tsv\";"       \
    "print \"SNP\",\"chr\",\"pos\",\"effect_allele\",\"other_allele\",\"beta\",\"se\">f[k]}}"  \
    "NR>1{for(k=1;k<=4;k++)print $1,1+(NR%20),NR*20000000,\"A\",\"C\",$(2*k),$(2*k+1)>f[k]}'"  \
    " $ROOT/tests/golden/mv_lipids_chd/input.csv && "

/* The lipids of one wide table, given as files of their own: the same answers. */
START_TEST(files_answer_as_the_wide_table)
{
    struct said wide = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv "
                                   "--methods mv_ivw,mv_median | cut -f 4-13");
    struct said files =
        program_say(SPLIT "taxamr mv -x x1.tsv -x x2.tsv -x x3.tsv -y y.tsv --p1 1 --quiet "
                          "--methods mv_ivw,mv_median | cut -f 4-13");

    ck_assert_int_eq(files.status, 0);
    char *a = strtok(files.out, "\n"), *rest = NULL;
    size_t rows = 0;
    for (char *b = strtok_r(wide.out, "\n", &rest); b != NULL;
         b = strtok_r(NULL, "\n", &rest)) {
        if (strstr(b, "IVW") != NULL) { /* the median draws by the exposures' names */
            ck_assert_str_eq(a, b);
            rows++;
        }
        a = strtok(NULL, "\n");
    }
    ck_assert_uint_eq(rows, 3);
    said_drop(&wide);
    said_drop(&files);
}
END_TEST

START_TEST(files_are_refused_by_name)
{
    expect(SPLIT "taxamr mv -x x1.tsv -x x1.tsv -y y.tsv --p1 1", 1, "two files called x1");
    expect(SPLIT "cp x1.tsv copy.tsv && taxamr mv -x x1.tsv -x copy.tsv -y y.tsv --p1 1 -q", 1,
           "found exposure copy to be a combination of the exposures before it (x1, copy)");
    expect(SPLIT "head -n 3 y.tsv > short.tsv && taxamr mv -x x1.tsv -x x2.tsv -x x3.tsv -y "
                 "short.tsv --p1 1 -q",
           1, "found 2 usable variants for 3 exposures (x1, x2, x3)");
    expect(SPLIT "head -n 3 y.tsv > short.tsv && taxamr mv -x x1.tsv -x x2.tsv -y short.tsv "
                 "--p1 1 -q --table ledger",
           0, "not in the outcome");
    expect("taxamr mv", 2, "found no -x FILE");
    expect("taxamr mv -x a.tsv", 2, "found no -y FILE");
    expect("taxamr mv a.tsv -y b.tsv", 2, "found a wide table and files");
    expect("taxamr mediate gut-insomnia", 1, "found no mediator");
    expect("taxamr mediate --table presso", 2, "which mediate does not have");
    expect("taxamr plot path --mediator serotonin gut-inflammation-insomnia", 2,
           "found no path");
    expect("taxamr plot flow --mediator crp", 2, "write plot path");
}
END_TEST

/* --- the bundled example ----------------------------------------------------------------- */

static struct mediations *mediate(const struct study *study, struct job_pool *pool)
{
    size_t count;
    struct mediations_options options = {.settings = estimate_default_settings(),
                                         .methods = mv_methods_all(&count)};

    options.method_count = 4;
    options.settings.seed = study->seed;
    return mediations_of(study, &options, pool);
}

static const struct mediated_triple *find(const struct mediations *mediations,
                                          const char *exposure)
{
    for (size_t i = 0; i < mediations->triple_count; i++) {
        if (strstr(mediations->triples[i].triple->exposure->key, exposure) != NULL) {
            return &mediations->triples[i];
        }
    }
    ck_abort_msg("no %s", exposure);
    return NULL;
}

static void check_holds(const char *what, double lower, double upper, double truth)
{
    ck_assert_msg(lower <= truth && truth <= upper, "%s: %g to %g, not %g", what, lower, upper,
                  truth);
}

/* What each microbe of the model does, as data/README.md has it: a, c'; b is 0.2. */
START_TEST(the_example_finds_its_truth)
{
    static const struct {
        const char *exposure;
        double a, direct;
        const char *note; /* of the proportion; NULL: there is one */
    } truths[] = {{"RuminococcaceaeUCG011", 0.3, 0.06, NULL},
                  {"Oxalobacter", 0.4, 0, NULL},
                  {"Rikenellaceae", -0.25, 0.15, "opposite signs"},
                  {"Victivallaceae", 0.35, -0.07, "holds 0"}};
    struct study *study = study_fixture_load("gut-inflammation-insomnia");
    struct mediations *mediations = mediate(study, NULL);

    ck_assert_uint_eq(mediations->triple_count, 12);
    ck_assert(study->is_simulated);
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        const struct mediation *of = &find(mediations, truths[i].exposure)->mediation;
        double indirect = truths[i].a * 0.2, total = indirect + truths[i].direct;

        check_holds("a", of->a.lower, of->a.upper, truths[i].a);
        check_holds("b", of->b.lower, of->b.upper, 0.2);
        check_holds("direct", of->direct.lower, of->direct.upper, truths[i].direct);
        check_holds("product", of->product.lower, of->product.upper, indirect);
        check_holds("drawn", of->difference.boot_lower, of->difference.boot_upper, indirect);
        ck_assert_double_lt(find(mediations, truths[i].exposure)->q, 1e-10);
        if (truths[i].note == NULL) {
            check_holds("share", of->proportion.lower, of->proportion.upper, indirect / total);
        } else {
            ck_assert(isnan(of->proportion.b));
            ck_assert_ptr_nonnull(strstr(of->note, truths[i].note));
        }
    }
    ck_assert_double_gt(find(mediations, "Peptococcus")->q, 0.05);
    mediations_destroy(mediations);
    study_destroy(study);
}
END_TEST

static void same_value(const struct mediated *one, const struct mediated *other)
{
    ck_assert(memcmp(&one->b, &other->b, sizeof one->b) == 0);
    ck_assert(memcmp(&one->boot_upper, &other->boot_upper, sizeof one->boot_upper) == 0);
}

START_TEST(threads_do_not_show)
{
    struct study *study = study_fixture_load("gut-inflammation-insomnia");
    struct job_pool *pool = job_pool_create(5);
    struct mediations *one = mediate(study, NULL), *other = mediate(study, pool);

    for (size_t i = 0; i < one->triple_count; i++) {
        same_value(&one->triples[i].mediation.product, &other->triples[i].mediation.product);
        same_value(&one->triples[i].mediation.proportion,
                   &other->triples[i].mediation.proportion);
        for (size_t j = 0; j < one->options.method_count; j++) {
            const struct mv_estimate *a = &one->triples[i].estimates[j];
            const struct mv_estimate *b = &other->triples[i].estimates[j];

            ck_assert(memcmp(&a->effects[1].b, &b->effects[1].b, sizeof(double)) == 0);
        }
    }
    mediations_destroy(one);
    mediations_destroy(other);
    job_pool_destroy(pool);
    study_destroy(study);
}
END_TEST

/* With one mediator the network is the triple. */
START_TEST(networks_of_one_mediator_are_triples)
{
    struct study *study = study_fixture_load("gut-inflammation-insomnia");
    struct mediations *mediations = mediate(study, NULL);

    ck_assert_uint_eq(mediations->network_count, mediations->triple_count);
    for (size_t i = 0; i < mediations->network_count; i++) {
        const struct mediation *of = &mediations->triples[i].mediation;
        const struct mediated_network *network = &mediations->networks[i];

        golden_close("path", network->paths[0].b, of->product.b, 1e-12);
        golden_close("its se", network->paths[0].se, of->product.se, 1e-12);
        golden_close("any", network->whole.difference.b, of->difference.b, 1e-12);
    }
    mediations_destroy(mediations);
    study_destroy(study);
}
END_TEST

/* The commands of data/README.md make the files that are there. */
START_TEST(the_example_is_what_its_models_make)
{
    expect(
        "D=$ROOT/data/gut-inflammation-insomnia && (cat $D/taxa-instruments.tsv; tail -n +2 "
        "$D/crp-variants.tsv) > both.tsv && for t in crp insomnia; do taxamr simulate "
        "$D/model-$t.tsv -x both.tsv -o $t && cmp $t/effects.tsv $D/$t.tsv || exit 1; done && "
        "taxamr simulate $D/model-taxa.tsv $D/taxa.tsv -x $D/crp-variants.tsv -o taxa && cmp "
        "taxa/effects.tsv $D/taxa-at-crp.tsv && (head -n 1 $D/crp.tsv; grep ^made-crp "
        "$D/crp.tsv) | cmp - $D/crp-instruments.tsv && (cat crp/truth.tsv; tail -n +2 "
        "insomnia/truth.tsv) | cmp - $D/truth.tsv && grep -c . $D/taxa.tsv",
        0, "13");
}
END_TEST

/* --- pictures ---------------------------------------------------------------------------- */

static char *painted(const struct chart *chart, size_t columns, bool ascii, struct arena *arena)
{
    struct canvas *canvas = canvas_create(columns, 30, ascii);
    struct paint_state state = {.selected = {.kind = OF_NOTHING}};
    char *text;

    painter_draw(canvas, (struct rectangle){0, 0, columns, 30}, chart, &state, arena);
    text = canvas_as_text(canvas, false);
    canvas_destroy(canvas);
    return text;
}

static void expect_in(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in:\n%.3000s", part, text);
}

START_TEST(paths_are_drawn)
{
    static const size_t widths[] = {40, 60, 72, 80, 100, 160};
    struct study *study = study_fixture_load("gut-inflammation-insomnia");
    struct mediations *mediations = mediate(study, NULL);
    struct arena *arena = arena_create();
    struct chart *chart = path_chart(find(mediations, "Victivallaceae"), 0.95, arena);
    struct text bytes = {0};
    struct error error = {0};

    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        for (int ascii = 0; ascii <= 1; ascii++) {
            char *text = painted(chart, widths[i], ascii == 1, arena);

            expect_in(text, widths[i] < 72 ? "0.338 ( 0.318,  0.358)" : "0.338 (0.318, 0.358)");
            expect_in(text, "-0.098 (-0.145, -0.051)");
            expect_in(text, widths[i] < 72 ? "(-0.077,  0.014)" : "-0.031 (-0.077, 0.014)");
            if (widths[i] >= 80 && ascii == 0) {
                expect_in(text, "c' direct  -0.098");
                expect_in(text, "╌╌╌►"); /* the total effect's interval holds 0 */
                expect_in(text, "───►");
            }
            memory_free(text);
        }
    }
    ck_assert(figure_draw(chart, &(struct figure_options){"Path", 180, 300}, FIGURE_SVG, &bytes,
                          &error));
    ck_assert_ptr_nonnull(strstr(bytes.bytes, "stroke-dasharray"));
    text_drop(&bytes);
    arena_destroy(arena);
    mediations_destroy(mediations);
    study_destroy(study);
}
END_TEST

/* --- study files ------------------------------------------------------------------------- */

/* 30 variants: the first 10 stand for the microbe, the next for the mediator, the last for the
 * covariate; all traits are there at all of them. */
#define MADE                                                                                   \
    "mkdir -p s && awk -v OFS='\\t' 'function put(f,b,s){z=b/s;z=z<0?-z:z;"                    \
    "print \"rs\" j,1+j%20,j*3000000,\"A\",\"C\",.3,b,s,exp(-z*z/2),5000>f}"                   \
    "BEGIN{split(\"x m c y\",n,\" \");for(i in n){f=\"s/\" n[i] \".tsv\";"                     \
    "print \"SNP\",\"chr\",\"pos\",\"effect_allele\",\"other_allele\",\"eaf\",\"beta\","       \
    "\"se\",\"pval\",\"n\">f}for(j=1;j<=30;j++){e=sin(j*7.3)*.004;x=j<=10?.1+e*5:e;"           \
    "c=j>20?.12+e*4:e/2;m=.4*x+.2*c+(j>10&&j<=20?.15+e*3:cos(j*3)*.003);"                      \
    "put(\"s/x.tsv\",x,.01);put(\"s/m.tsv\",m,.01);put(\"s/c.tsv\",c,.01);"                    \
    "put(\"s/y.tsv\",.1*x+.5*m+.3*c+sin(j*5)*.004,.01)}}' && "                                 \
    "for t in x m c; do (head -n 1 s/$t.tsv; awk '$9 < 5e-8' s/$t.tsv) > s/$t-own.tsv; done "  \
    "&& "
#define TABLES(kind, key, t)                                                                   \
    kind " \"" key "\" {\n instruments = \"" t "-own.tsv\"\n associations = \"" t ".tsv\"\n"   \
         " all_instruments = true\n unit = \"sd\"\n}\n"
#define WHOLE(kind, key, t)                                                                    \
    kind " \"" key "\" {\n file = \"" t ".tsv\"\n p_threshold = 5e-8\n unit = \"sd\"\n}\n"
#define STUDY(text) "cat > s/study.conf <<'END'\n" text "END\n"
#define OUTCOME "outcome \"ill\" {\n associations = \"y.tsv\"\n unit = \"sd\"\n}\n"
#define SHOW "taxamr mediate s --quiet | cut -f "

/* Whole GWAS and tables of what is needed give the same answer; a covariate another one. */
START_TEST(whole_files_answer_as_tables)
{
    struct said tables = program_say(MADE STUDY(
        TABLES("exposure", "bug", "x") TABLES("mediator", "crp", "m") OUTCOME) SHOW "1-10");
    struct said whole = program_say(MADE STUDY(WHOLE("exposure", "bug", "x") WHOLE(
        "mediator", "crp", "m") WHOLE("outcome", "ill", "y")) SHOW "1-10");
    struct said adjusted = program_say(MADE STUDY(
        WHOLE("exposure", "bug", "x") WHOLE("mediator", "crp", "m")
            WHOLE("covariate", "bmi", "c") WHOLE("outcome", "ill", "y")) SHOW "1-10");

    ck_assert_msg(whole.status == 0 && adjusted.status == 0, "%s%s", whole.err, adjusted.err);
    ck_assert_str_eq(tables.out, whole.out);
    ck_assert_str_ne(adjusted.out, whole.out);
    expect_in(whole.out, "bug\tcrp\till\t");
    said_drop(&tables);
    said_drop(&whole);
    said_drop(&adjusted);
}
END_TEST

/* Both directions, the outcome larger or smaller: the exposures are read for all of it. */
START_TEST(directions_do_not_matter)
{
    struct said one = program_say(MADE STUDY(WHOLE("exposure", "bug", "x") WHOLE(
        "mediator", "crp", "m") WHOLE("outcome", "ill", "y")) SHOW "1-10");
    struct said both = program_say(
        MADE STUDY("directions = {\"forward\", \"reverse\"}\n" WHOLE("exposure", "bug", "x")
                       WHOLE("mediator", "crp", "m") WHOLE("outcome", "ill", "y")) SHOW "1-10");

    ck_assert_msg(both.status == 0, "%s", both.err);
    ck_assert_str_eq(one.out, both.out);
    said_drop(&one);
    said_drop(&both);
}
END_TEST

/* Two mediators: the network has both and what goes through any. */
START_TEST(networks_have_every_mediator)
{
    struct said said = program_say(
        MADE STUDY(TABLES("exposure", "bug", "x") TABLES("mediator", "crp", "m")
                       TABLES("mediator", "bmi", "c")
                           OUTCOME) "taxamr mediate s --quiet --table network | cut -f 1-4,9");

    ck_assert_msg(said.status == 0, "%s", said.err);
    expect_in(said.out, "bug\till\tcrp\t30\t");
    expect_in(said.out, "bug\till\tbmi\t30\t");
    expect_in(said.out, "bug\till\t(any)\t30\t");
    expect_in(said.out, "bug\till\t(total)\t30\t");
    said_drop(&said);
    /* true direct effects: 0.5 of crp, 0.3 of bmi, 0.1 of the microbe past both */
    expect("taxamr mediate s --quiet --table network | awk -F'\t' '$3==\"crp\"{c=$13}"
           "$3==\"bmi\"{m=$13}$3~/direct/{d=$13}END{n=(c>.45&&c<.55)+(m>.25&&m<.35)+"
           "(d>.05&&d<.15);print \"edges:\" n,c,m,d}'",
           0, "edges:3");
    /* and the explorer says which of them a row is of, on a small screen too */
    expect("printf 'through\\nsnapshot t.txt\\n' > k; taxamr s --script k --size 60x16; "
           "grep -c 'bug  *bmi ' t.txt",
           0, "1");
}
END_TEST

/* A reference of one section is that of all; without any clumping a warning says so. */
START_TEST(instruments_are_clumped_together)
{
#define CLUMPED(kind, key, t, more)                                                            \
    kind " \"" key "\" {\n file = \"" t ".tsv\"\n p_threshold = 5e-8\n unit = \"sd\"\n" more   \
         "}\n"
    expect(MADE STUDY(WHOLE("exposure", "bug", "x") WHOLE("mediator", "crp", "m")
                          WHOLE("outcome", "ill", "y")) "taxamr mediate s 2>&1",
           0, "are not clumped together");
    expect(MADE STUDY(WHOLE("exposure", "bug", "x")
                          CLUMPED("mediator", "crp", "m", "clump_kb = 4000\n")
                              WHOLE("outcome", "ill", "y")) "taxamr mediate s 2>&1 | grep -c "
                                                            "'not clumped together' || true",
           0, "0");
    expect(MADE STUDY(CLUMPED("exposure", "bug", "x", "reference = \"a\"\n clump_r2 = 0.1\n")
                          CLUMPED("mediator", "crp", "m", "reference = \"b\"\n")
                              WHOLE("outcome", "ill", "y")) "taxamr mediate s",
           1, "found another reference in \"crp\"");
}
END_TEST

/* What --set asks of designs holds here as with mv. */
START_TEST(designs_are_completed_as_asked)
{
#define BOTH MADE STUDY(TABLES("exposure", "bug", "x") TABLES("mediator", "crp", "m") OUTCOME)
    struct said plain = program_say(BOTH SHOW "41-42");
    struct said correlated =
        program_say(BOTH "taxamr mediate s --quiet --set mv_correlation=0.9 | cut -f 41-42");

    ck_assert_msg(correlated.status == 0, "%s", correlated.err);
    ck_assert_str_ne(plain.out, correlated.out); /* the conditional F */
    said_drop(&plain);
    said_drop(&correlated);
    expect(BOTH "taxamr mediate s --set mv_orientation=3", 2, "found mv_orientation=3");
    expect(BOTH "taxamr mediate s --set mv_correlation=1", 2, "mv_correlation");
}
END_TEST

START_TEST(study_files_are_refused_in_words)
{
#define REFUSE(text, part) expect(MADE STUDY(text) "taxamr mediate s --quiet", 1, part)
    REFUSE(TABLES("exposure", "bug", "x") TABLES("covariate", "bmi", "c") OUTCOME,
           "found a covariate and no mediator");
    REFUSE("directions = {\"reverse\"}\n" TABLES("exposure", "bug", "x")
               TABLES("mediator", "crp", "m") TABLES("outcome", "ill", "y"),
           "without the direction forward");
    REFUSE(TABLES("exposure", "bug", "x") "mediator \"crp\" {\n instruments = \"m-own.tsv\"\n"
                                          " all_instruments = true\n}\n" OUTCOME,
           "found no associations of \"crp\"");
    REFUSE(TABLES("exposure", "bug", "x") TABLES("mediator", "bug", "m") OUTCOME,
           "found the trait \"bug\" in two sections");
    REFUSE(TABLES("exposure", "bug", "x") "mediator \"crp\" {\n flavour = \"m\"\n}\n" OUTCOME,
           "unknown key");
    REFUSE(TABLES("exposure", "bug", "x") "mediator \"crp\" {\n unit = \"sd\"\n unit = "
                                          "\"sd\"\n}\n" OUTCOME,
           "give this key only once");
    REFUSE(TABLES("exposure", "bug", "x") "mediator \"crp\" {\n instruments = \"m-own.tsv\"\n"
                                          " associations = \"m.tsv\"\n}\n" OUTCOME,
           "found no rule for the instruments of \"crp\"");
#undef REFUSE
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {designs_are_joined_and_told,
                                  alleles_tell_variants_of_one_id_apart,
                                  nothing_in_common_is_an_empty_design,
                                  files_answer_as_the_wide_table,
                                  files_are_refused_by_name,
                                  the_example_finds_its_truth,
                                  the_example_is_what_its_models_make,
                                  threads_do_not_show,
                                  networks_of_one_mediator_are_triples,
                                  paths_are_drawn,
                                  whole_files_answer_as_tables,
                                  directions_do_not_matter,
                                  networks_have_every_mediator,
                                  instruments_are_clumped_together,
                                  designs_are_completed_as_asked,
                                  study_files_are_refused_in_words};
    int failed = golden_run("mediation of studies", tests, sizeof tests / sizeof *tests);

    program_clean();
    return failed;
}
