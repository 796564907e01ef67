/*
 * The kinds of tables, one or a few a file, for the list in tables.c, and the cells that they
 * share. In: results. Out: rows through a writer.
 */
#ifndef REPORT_KINDS_H
#define REPORT_KINDS_H

#include "report/table.h"

extern const struct table_kind table_estimates;
extern const struct table_kind table_heterogeneity;
extern const struct table_kind table_pleiotropy;
extern const struct table_kind table_singlesnp;
extern const struct table_kind table_leaveoneout;
extern const struct table_kind table_directionality;
extern const struct table_kind table_presso;
extern const struct table_kind table_strength;
extern const struct table_kind table_harmonised;
extern const struct table_kind table_ledger;
extern const struct table_kind table_summary;
extern const struct table_kind table_influence;
extern const struct table_kind table_power;
extern const struct table_kind table_rucker;
extern const struct table_kind table_steiger;
extern const struct table_kind table_meta;
extern const struct table_kind table_verdict;
extern const struct table_kind table_thresholds;
extern const struct table_kind table_sets;
extern const struct table_kind table_calibration;
extern const struct table_kind table_plain;
extern const struct table_kind table_claims;
extern const struct table_kind table_claims_in_words; /* in no list: for the report */
extern const struct table_kind table_mediation;
extern const struct table_kind table_network;
extern const struct table_kind table_mediation_estimates;
extern const struct table_kind table_mediation_ledger;
extern const struct table_kind table_card;
extern const struct table_kind table_published;

/* The cells that open most tables: exposure, outcome, direction. */
void kind_pair_cells(struct table_writer *writer, const struct pair *pair);

/* The cells b se pval lo_ci up_ci or or_lci95 or_uci95. A share has no odds ratio; the last two
 * promise 95% and are missing at another level. */
void kind_effect_cells(struct table_writer *writer, const struct estimate *estimate,
                       double level);

/* A count, or a whole number. */
void kind_count(struct table_writer *writer, size_t count);

/* The columns of the ledger, and a row of it. */
extern const char *const kind_ledger_columns[];
void kind_ledger_row(struct table_writer *writer, const struct ledger_entry *entry);

/* Calls `row` for every analysis that was run, in the order of the study's pairs. */
void kind_each_analysis(const struct results *results, struct table_writer *writer,
                        void (*row)(const struct analysis *analysis,
                                    struct table_writer *writer));
/* The same, with memory for what a row needs computed, which is taken back behind it. */
void kind_each_analysis_with_memory(const struct results *results, struct table_writer *writer,
                                    void (*row)(const struct analysis *analysis,
                                                struct table_writer *writer,
                                                struct arena *arena));

#endif
