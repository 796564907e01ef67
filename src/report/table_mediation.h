/*
 * The tables of mediation.
 * In: what a batch of triples gave. Out: rows through a writer. As kinds of a study's results
 * (report/kinds.h) they compute the batch themselves where it was not.
 */
#ifndef REPORT_TABLE_MEDIATION_H
#define REPORT_TABLE_MEDIATION_H

#include "report/table.h"
#include "study/mediations.h"

/* Appends the table of a key: mediation, network, estimates (of each method, all traits of the
 * triple's design) or ledger, the last two also by the names they have beside those of pairs,
 * mediation_estimates and mediation_ledger. False when mediation has no such table. */
MUST_USE bool table_mediation_print(const char *key, const struct mediations *mediations,
                                    enum table_format format, struct text *text);

#endif
