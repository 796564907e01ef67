/*
 * A whole study as one page of HTML that needs nothing else: no network, no script to be read.
 * In: results. Out: the page as text, the same bytes for the same results. Its sections are
 * one table in report.c.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/text.h"
#include "study/results.h"

/* Appends the page. The results must be complete. */
void report_print(const struct results *results, struct text *page);

#endif
