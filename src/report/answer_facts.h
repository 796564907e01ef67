/*
 * The answers, one function a key of answers.c. Private to it.
 */
#ifndef REPORT_ANSWER_FACTS_H
#define REPORT_ANSWER_FACTS_H

#include "report/answers.h"

/* Of STROBE-MR: facts alone (answers_strobe.c, answers_results.c). */
struct answer answer_objectives(struct report *report);
struct answer answer_data(struct report *report);
struct answer answer_variants(struct report *report);
struct answer answer_units(struct report *report);
struct answer answer_assumptions(struct report *report);
struct answer answer_weights(struct report *report);
struct answer answer_estimator(struct report *report);
struct answer answer_missing(struct report *report);
struct answer answer_multiple(struct report *report);
struct answer answer_checks(struct report *report);
struct answer answer_sensitivity(struct report *report);
struct answer answer_software(struct report *report);
struct answer answer_flow(struct report *report);
struct answer answer_overlap(struct report *report);
struct answer answer_associations(struct report *report);
struct answer answer_estimates(struct report *report);
struct answer answer_plots(struct report *report);
struct answer answer_validity(struct report *report);
struct answer answer_heterogeneity(struct report *report);
struct answer answer_agreement(struct report *report);
struct answer answer_thresholds(struct report *report);
struct answer answer_direction(struct report *report);
struct answer answer_found(struct report *report);
struct answer answer_limits(struct report *report);
struct answer answer_sharing(struct report *report);

/* Of the review of microbiome MR: with ratings where the study tells (answers_review.c). */
struct answer answer_threshold(struct report *report);
struct answer answer_selection(struct report *report);
struct answer answer_strength(struct report *report);
struct answer answer_regions(struct report *report);
struct answer answer_robust(struct report *report);
struct answer answer_both_ways(struct report *report);
struct answer answer_harmonising(struct report *report);
struct answer answer_main(struct report *report);
struct answer answer_all_methods(struct report *report);
struct answer answer_replication(struct report *report);
struct answer answer_exposure_unit(struct report *report);
struct answer answer_variants_known(struct report *report);
struct answer answer_outcome_unit(struct report *report);
struct answer answer_reporting(struct report *report);
struct answer answer_repeat(struct report *report);

/* How many entries of the ledger, or pairs' rows, have a reason. */
size_t answer_reasons(const struct report *report, enum reason reason);

#endif
