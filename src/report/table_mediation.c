#include "report/table_mediation.h"
#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>
#include <string.h>

static void add_errors(struct table_writer *writer, const struct mediation *of)
{
    const double errors[] = {of->total.se, of->direct.se,  of->a.se,
                             of->b.se,     of->product.se, of->difference.se};

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        table_number(writer, errors[i]);
    }
    table_probability(writer, of->total.p, of->total.neglog10_p);
    table_probability(writer, of->direct.p, of->direct.neglog10_p);
    table_probability(writer, of->a.p, of->a.neglog10_p);
    table_probability(writer, of->b.p, of->b.neglog10_p);
}

static void add_interval(struct table_writer *writer, const struct mediated *of)
{
    table_number(writer, of->lower);
    table_number(writer, of->upper);
    table_number(writer, of->boot_lower);
    table_number(writer, of->boot_upper);
}

static void add_triple(struct table_writer *writer, const struct mediated_triple *one)
{
    const struct mediation *of = &one->mediation;
    const double effects[] = {of->total.b, of->direct.b,  of->a.b,
                              of->b.b,     of->product.b, of->difference.b};

    table_text(writer, one->triple->exposure->key);
    table_text(writer, one->triple->mediator->key);
    table_text(writer, one->triple->outcome->key);
    kind_count(writer, of->variants);
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        table_number(writer, effects[i]);
    }
    add_errors(writer, of);
    add_interval(writer, &of->product);
    add_interval(writer, &of->difference);
    table_number(writer, of->proportion.b);
    table_number(writer, of->proportion.se);
    add_interval(writer, &of->proportion);
    table_number(writer, of->proportion_difference.b);
    table_number(writer, of->proportion_difference.se);
    add_interval(writer, &of->proportion_difference);
    table_number(writer, of->f_exposure);
    table_number(writer, of->f_mediator);
    table_probability(writer, of->product.p, of->product.neglog10_p);
    table_number(writer, one->q);
    table_text(writer, of->note);
    table_end_row(writer);
}

static void fill_triples(const void *rows, struct table_writer *writer)
{
    const struct mediations *mediations = rows;

    for (size_t i = 0; i < mediations->triple_count; i++) {
        add_triple(writer, &mediations->triples[i]);
    }
}

/* A way from exposure to outcome. */
struct way {
    const char *through;
    const struct estimate *a, *b; /* NULL: none */
    double effect, se, p, neglog10_p;
    const char *note;
    struct estimate direct_a, direct_b; /* out of total effects; NaN: none */
};

static void add_direct(struct table_writer *writer, const struct estimate *direct)
{
    table_number(writer, direct->se);
    table_number(writer, direct->lower);
    table_number(writer, direct->upper);
}

static void add_way(struct table_writer *writer, const struct mediated_network *of,
                    const struct way *way)
{
    table_text(writer, of->network->exposure->key);
    table_text(writer, of->network->outcome->key);
    table_text(writer, way->through);
    kind_count(writer, of->network->joined.design.count);
    table_number(writer, way->a == NULL ? NAN : way->a->b);
    table_number(writer, way->a == NULL ? NAN : way->a->se);
    table_number(writer, way->b == NULL ? NAN : way->b->b);
    table_number(writer, way->b == NULL ? NAN : way->b->se);
    table_number(writer, way->effect);
    table_number(writer, way->se);
    table_probability(writer, way->p, way->neglog10_p);
    table_number(writer, way->direct_a.b);
    table_number(writer, way->direct_b.b);
    add_direct(writer, &way->direct_a);
    add_direct(writer, &way->direct_b);
    table_text(writer, way->note);
    table_end_row(writer);
}

static struct estimate no_direct(void)
{
    struct estimate none = {0};

    estimate_fail(&none, ESTIMATE_UNDEFINED, NULL);
    return none;
}

/* The direct effect of one trait of a network on another. */
static struct estimate direct_of(const struct mediations *mediations,
                                 const struct mediated_network *of, size_t from, size_t to)
{
    size_t count = mediations->study->through->mediator_count + 2;
    struct estimate direct = no_direct();

    if (of->direct != NULL) {
        direct = (struct estimate){.b = of->direct[from * count + to],
                                   .se = of->direct_se[from * count + to]};
        estimate_fill_normal(&direct, &mediations->options.settings);
    }
    return direct;
}

static void add_mediator(struct table_writer *writer, const struct mediations *mediations,
                         const struct mediated_network *of, size_t at)
{
    const struct through *through = mediations->study->through;
    struct estimate path = {.b = of->paths[at].b, .se = of->paths[at].se};

    estimate_fill_normal(&path, &mediations->options.settings);
    const struct way way = {through->mediators[at]->key,
                            &of->a[at],
                            &of->b[at],
                            path.b,
                            path.se,
                            path.p,
                            path.neglog10_p,
                            of->whole.status == ESTIMATE_DONE ? NULL : of->whole.note,
                            direct_of(mediations, of, 0, at + 1),
                            direct_of(mediations, of, at + 1, through->mediator_count + 1)};
    add_way(writer, of, &way);
}

static void add_whole(struct table_writer *writer, const struct mediated_network *of,
                      const char *through, const struct mediated *effect, const char *note,
                      struct estimate direct)
{
    add_way(writer, of,
            &(struct way){through, NULL, NULL, effect->b, effect->se, effect->p,
                          effect->neglog10_p, note, no_direct(), direct});
}

static struct mediated as_value(const struct estimate *estimate)
{
    return (struct mediated){.b = estimate->b,
                             .se = estimate->se,
                             .p = estimate->p,
                             .neglog10_p = estimate->neglog10_p};
}

static void fill_networks(const void *rows, struct table_writer *writer)
{
    const struct mediations *mediations = rows;

    for (size_t i = 0; i < mediations->network_count; i++) {
        const struct mediated_network *of = &mediations->networks[i];
        size_t mediators = mediations->study->through->mediator_count;
        struct mediated direct = as_value(&of->whole.direct);
        struct mediated total = as_value(&of->whole.total);

        for (size_t k = 0; k < mediators; k++) {
            add_mediator(writer, mediations, of, k);
        }
        add_whole(writer, of, "(any)", &of->whole.difference, of->whole.note, no_direct());
        add_whole(writer, of, "(none: direct)", &direct, NULL,
                  direct_of(mediations, of, 0, mediators + 1));
        add_whole(writer, of, "(total)", &total, NULL, no_direct());
    }
}

static const char *const triple_columns[] = {"exposure",
                                             "mediator",
                                             "outcome",
                                             "nsnp",
                                             "total",
                                             "direct",
                                             "a",
                                             "b",
                                             "indirect_product",
                                             "indirect_difference",
                                             "se_total",
                                             "se_direct",
                                             "se_a",
                                             "se_b",
                                             "se_product",
                                             "se_difference",
                                             "pval_total",
                                             "pval_direct",
                                             "pval_a",
                                             "pval_b",
                                             "lo_product",
                                             "up_product",
                                             "boot_lo_product",
                                             "boot_up_product",
                                             "lo_difference",
                                             "up_difference",
                                             "boot_lo_difference",
                                             "boot_up_difference",
                                             "proportion",
                                             "se_proportion",
                                             "lo_proportion",
                                             "up_proportion",
                                             "boot_lo_proportion",
                                             "boot_up_proportion",
                                             "proportion_difference",
                                             "se_proportion_difference",
                                             "lo_proportion_difference",
                                             "up_proportion_difference",
                                             "boot_lo_proportion_difference",
                                             "boot_up_proportion_difference",
                                             "F_exposure",
                                             "F_mediator",
                                             "pval",
                                             "qval",
                                             "note",
                                             NULL};
static const char *const network_columns[] = {
    "exposure",    "outcome",     "through",     "nsnp",        "a",           "se_a",
    "b",           "se_b",        "effect",      "se",          "pval",        "direct_a",
    "direct_b",    "se_direct_a", "lo_direct_a", "up_direct_a", "se_direct_b", "lo_direct_b",
    "up_direct_b", "note",        NULL};

static void add_estimate(struct table_writer *writer, const struct mediations *mediations,
                         const struct mediated_triple *one, const struct mv_estimate *estimate,
                         size_t term)
{
    table_text(writer, one->triple->exposure->key);
    table_text(writer, one->triple->mediator->key);
    table_text(writer, one->triple->outcome->key);
    table_text(writer, one->triple->joined.design.exposures[term]);
    table_text(writer, estimate->method->name);
    kind_count(writer, estimate->variants);
    kind_effect_cells(writer, &estimate->effects[term], mediations->options.settings.level);
    table_text(writer, estimate->method->key);
    table_text(writer, estimate->note);
    table_end_row(writer);
}

static void fill_estimates(const void *rows, struct table_writer *writer)
{
    const struct mediations *mediations = rows;

    for (size_t i = 0; i < mediations->triple_count; i++) {
        const struct mediated_triple *one = &mediations->triples[i];

        for (size_t j = 0; j < mediations->options.method_count; j++) {
            for (size_t k = 0; k < one->triple->joined.design.exposure_count; k++) {
                add_estimate(writer, mediations, one, &one->estimates[j], k);
            }
        }
    }
}

/* Every triple's, under its exposure and mediator. */
static void fill_ledger(const void *rows, struct table_writer *writer)
{
    const struct mediations *mediations = rows;

    for (size_t i = 0; i < mediations->triple_count; i++) {
        const struct through_triple *triple = mediations->triples[i].triple;

        for (size_t j = 0; j < triple->joined.ledger_count; j++) {
            table_text(writer, triple->exposure->key);
            table_text(writer, triple->mediator->key);
            kind_ledger_row(writer, &triple->joined.ledger[j]);
        }
    }
}

static const char *const estimate_columns[] = {
    "exposure", "mediator", "outcome", "term",     "method",   "nsnp", "b",    "se", "pval",
    "lo_ci",    "up_ci",    "or",      "or_lci95", "or_uci95", "key",  "note", NULL};
static const char *const ledger_columns[] = {"exposure",  "mediator", "trait",  "SNP",
                                             "stage",     "kept",     "reason", "outcome",
                                             "direction", "other",    "r2",     NULL};

static const struct {
    const char *key;
    const char *const *columns;
    void (*fill)(const void *rows, struct table_writer *writer);
} kinds[] = {{"mediation", triple_columns, fill_triples},
             {"network", network_columns, fill_networks},
             {"estimates", estimate_columns, fill_estimates},
             {"mediation_estimates", estimate_columns, fill_estimates},
             {"ledger", ledger_columns, fill_ledger},
             {"mediation_ledger", ledger_columns, fill_ledger}};

bool table_mediation_print(const char *key, const struct mediations *mediations,
                           enum table_format format, struct text *text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].key, key) == 0) {
            table_print_rows_of(mediations->study->is_simulated, kinds[i].columns,
                                kinds[i].fill, mediations, format, text);
            return true;
        }
    }
    return false;
}

/* The batch of a study's results, computed here where nothing has computed it before. */
static void fill_from(const struct results *results, struct table_writer *writer,
                      void (*fill)(const void *rows, struct table_writer *writer))
{
    if (results->mediations != NULL) {
        fill(results->mediations, writer);
        return;
    }
    struct arena *arena = arena_create();
    const struct mediations_options options =
        mediations_default(&results->options.settings, arena);
    struct mediations *mediations = mediations_of(results->study, &options, NULL);

    fill(mediations, writer);
    mediations_destroy(mediations);
    arena_destroy(arena);
}

static void fill_mediation(const struct results *results, struct table_writer *writer)
{
    fill_from(results, writer, fill_triples);
}

static void fill_network(const struct results *results, struct table_writer *writer)
{
    fill_from(results, writer, fill_networks);
}

static void fill_several(const struct results *results, struct table_writer *writer)
{
    fill_from(results, writer, fill_estimates);
}

static void fill_designs(const struct results *results, struct table_writer *writer)
{
    fill_from(results, writer, fill_ledger);
}

const struct table_kind table_mediation = {
    .key = "mediation",
    .columns = triple_columns,
    .shows = N_("what goes from each exposure through each mediator to each outcome"),
    .fill = fill_mediation,
    .is_of_study = true,
    .needs_mediators = true,
};

const struct table_kind table_network = {
    .key = "network",
    .columns = network_columns,
    .shows = N_("each exposure's ways to an outcome, through all mediators at once"),
    .fill = fill_network,
    .needs_mediators = true,
};

const struct table_kind table_mediation_estimates = {
    .key = "mediation_estimates",
    .columns = estimate_columns,
    .shows = N_("what each method of several exposures says of exposure, mediator and "
                "covariates on the outcome"),
    .fill = fill_several,
    .needs_mediators = true,
};

const struct table_kind table_mediation_ledger = {
    .key = "mediation_ledger",
    .columns = ledger_columns,
    .shows = N_("every variant of exposure, mediator and covariates together, and what became "
                "of it"),
    .fill = fill_designs,
    .needs_mediators = true,
};
