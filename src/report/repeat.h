/*
 * A script for R that repeats the table of estimates with the package TwoSampleMR, and by base
 * R alone where the package is not there.
 * In: methods and settings. Out: text of the script; it reads harmonised.tsv and estimates.tsv
 * beside it.
 */
#ifndef REPORT_REPEAT_H
#define REPORT_REPEAT_H

#include "base/text.h"
#include "study/results.h"

/* The name of its file. */
#define REPEAT_NAME "repeat.R"

void repeat_print(const struct results_options *options, struct text *text);

#endif
