/*
 * Studies of known truth as tables that the program reads, and how methods did on them.
 * In: studies of one scenario, or rows of operating characteristics. Out: text, as TSV, CSV or
 * JSON.
 */
#ifndef REPORT_SIMULATED_H
#define REPORT_SIMULATED_H

#include "report/table.h"
#include "simulate/operating.h"

/* Studies of one scenario, in their order. */
struct simulated_studies {
    const struct scenario *scenario;
    const struct scenario_study *studies;
    size_t count;
};

/* Both sides of every variant on the same alleles, as `mr` reads them. */
void simulated_print_pairs(const struct simulated_studies *studies, enum table_format format,
                           struct text *text);

/* The effects on each exposure (several have a column trait), or on the outcome, as a GWAS has
 * them. */
void simulated_print_exposures(const struct simulated_studies *studies,
                               enum table_format format, struct text *text);
void simulated_print_outcome(const struct simulated_studies *studies, enum table_format format,
                             struct text *text);

/* What is true of each exposure and variant, in the columns that truths of real instruments
 * have, and: effect_on_exposure, invalid. */
void simulated_print_truth(const struct simulated_studies *studies, enum table_format format,
                           struct text *text);

/* The correlations of a study's variants, as --ld reads them. The study has LD. */
void simulated_print_ld(const struct scenario_study *study, enum table_format format,
                        struct text *text);

/* One row a method. */
struct simulated_operating {
    const struct operating *rows;
    size_t count;
};
void simulated_print_operating(const struct simulated_operating *operating,
                               enum table_format format, struct text *text);

#endif
