#include "report/simulated.h"
#include "report/kinds.h"
#include <math.h>

static const char *const gwas_columns[] = {
    "trait", "SNP",  "chr", "pos", "effect_allele", "other_allele", "eaf", "beta",
    "se",    "pval", "n",   NULL};

static const char *const truth_columns[] = {
    "kind",    "exposure",   "outcome", "SNP",      "effect",
    "through", "pleiotropy", "total",   "apparent", "effect_on_exposure",
    "invalid", NULL};

static const char *const ld_columns[] = {"SNP_A", "SNP_B", "R", NULL};

void simulated_print_pairs(const struct simulated_studies *studies, enum table_format format,
                           struct text *text)
{
    struct arena *arena = arena_create();
    struct pair **pairs = arena_get(arena, studies->count, sizeof *pairs);
    struct study study = {.pairs = pairs, .pair_count = studies->count, .is_simulated = true};
    const struct results results = {.study = &study};

    for (size_t i = 0; i < studies->count; i++) {
        pairs[i] = studies->studies[i].pair;
    }
    table_print(&table_harmonised, &results, format, text);
    arena_destroy(arena);
}

static void add_association(struct table_writer *writer, const struct association *association)
{
    table_text(writer, association->variant);
    table_text(writer, association->chromosome);
    table_number(writer, association->position);
    table_text(writer, association->effect_allele);
    table_text(writer, association->other_allele);
    table_number(writer, association->eaf);
    table_number(writer, association->beta);
    table_number(writer, association->se);
    table_probability(writer, association->p, association->neglog10_p);
    table_number(writer, association->n);
    table_end_row(writer);
}

static void fill_exposures(const void *rows, struct table_writer *writer)
{
    const struct simulated_studies *studies = rows;

    for (size_t i = 0; i < studies->count; i++) {
        const struct pair *pair = studies->studies[i].pair;

        for (size_t j = 0; j < pair->count; j++) {
            if (studies->count > 1) {
                table_text(writer, pair->exposure->key);
            }
            add_association(writer, &pair->rows[pair->row[j]].x);
        }
    }
}

static void fill_outcome(const void *rows, struct table_writer *writer)
{
    const struct simulated_studies *studies = rows;

    for (size_t i = 0; i < studies->count; i++) {
        const struct pair *pair = studies->studies[i].pair;

        for (size_t j = 0; j < pair->count; j++) {
            add_association(writer, &pair->rows[pair->row[j]].y);
        }
    }
}

void simulated_print_exposures(const struct simulated_studies *studies,
                               enum table_format format, struct text *text)
{
    table_print_rows(gwas_columns + (studies->count == 1), fill_exposures, studies, format,
                     text);
}

void simulated_print_outcome(const struct simulated_studies *studies, enum table_format format,
                             struct text *text)
{
    table_print_rows(gwas_columns + 1, fill_outcome, studies, format, text);
}

/* What a fit weighted by the precision on the outcome would find without sampling error. */
static double apparent(const struct scenario_study *study)
{
    double product = 0, square = 0;

    for (size_t j = 0; j < study->pair->count; j++) {
        double weight = 1 / (study->pair->sy[j] * study->pair->sy[j]);

        product += weight * study->truth.bx[j] * study->truth.by[j];
        square += weight * study->truth.bx[j] * study->truth.bx[j];
    }
    return product / square;
}

static void add_trait(struct table_writer *writer, const struct scenario_study *study)
{
    table_text(writer, "trait");
    table_text(writer, study->pair->exposure->key);
    table_text(writer, study->pair->outcome->key);
    table_text(writer, NULL);
    table_number(writer, study->truth.effect);
    table_text(writer, NULL);
    table_number(writer, NAN);
    table_number(writer, NAN);
    table_number(writer, apparent(study));
    table_number(writer, NAN);
    table_text(writer, NULL);
    table_end_row(writer);
}

static void add_variant(struct table_writer *writer, const struct scenario_study *study,
                        size_t j)
{
    table_text(writer, "variant");
    table_text(writer, study->pair->exposure->key);
    table_text(writer, study->pair->outcome->key);
    table_text(writer, pair_variant(study->pair, j));
    table_number(writer, NAN);
    table_text(writer, study->truth.effect == 0 ? NULL : study->pair->exposure->key);
    table_number(writer, study->truth.pleiotropy[j]);
    table_number(writer, study->truth.by[j]);
    table_number(writer, NAN);
    table_number(writer, study->truth.bx[j]);
    table_flag(writer, study->truth.is_invalid[j]);
    table_end_row(writer);
}

static void fill_truth(const void *rows, struct table_writer *writer)
{
    const struct simulated_studies *studies = rows;

    for (size_t i = 0; i < studies->count; i++) {
        add_trait(writer, &studies->studies[i]);
    }
    for (size_t i = 0; i < studies->count; i++) {
        for (size_t j = 0; j < studies->studies[i].pair->count; j++) {
            add_variant(writer, &studies->studies[i], j);
        }
    }
}

void simulated_print_truth(const struct simulated_studies *studies, enum table_format format,
                           struct text *text)
{
    table_print_rows(truth_columns, fill_truth, studies, format, text);
}

/* With its alleles, the counted one first, so that they can be checked. */
static void add_name(struct table_writer *writer, const struct pair *pair, size_t j)
{
    const struct association *variant = &pair->rows[pair->row[j]].x;
    struct text name = {0};

    text_addf(&name, "%s_%s_%s", variant->variant, variant->effect_allele,
              variant->other_allele);
    table_text(writer, name.bytes);
    text_drop(&name);
}

static void fill_ld(const void *rows, struct table_writer *writer)
{
    const struct scenario_study *study = rows;
    const struct pair *pair = study->pair;

    for (size_t i = 0; i < pair->count; i++) {
        for (size_t j = i + 1; j < pair->count; j++) {
            add_name(writer, pair, i);
            add_name(writer, pair, j);
            table_number(writer, pair->ld[i * pair->count + j]);
            table_end_row(writer);
        }
    }
}

void simulated_print_ld(const struct scenario_study *study, enum table_format format,
                        struct text *text)
{
    table_print_rows(ld_columns, fill_ld, study, format, text);
}
