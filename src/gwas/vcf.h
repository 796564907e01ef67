/*
 * GWAS-VCF: summary statistics as a VCF whose samples are traits (MRC-IEU specification 1.0 and
 * 1.1; Lyon et al., Genome Biology 2021, 22:32). ALT is the effect allele; FORMAT has ES, SE,
 * LP (-log10 P), AF, SS or NS, EZ, SI, NC, ID. In: lines, or a BCF by its path. Out: a table of
 * associations, one row a line, ALT and sample. Decimals are read as they are written.
 */
#ifndef GWAS_VCF_H
#define GWAS_VCF_H

#include "base/text.h"
#include "gwas/gwas.h"
#include "gwas/lines.h"

/* A trait, and what its line in the header says. */
struct vcf_sample {
    const char *name;
    double n;       /* all samples, or cases and controls; or NaN */
    double cases;   /* of them, likewise */
    bool is_binary; /* cases and controls, whatever the model */
    enum trait_unit unit;
};

/* What a VCF holds. */
struct vcf_traits {
    struct vcf_sample first;
    bool units_differ;
};

/*
 * Reads and ends the lines of a VCF, into a table that was begun; with `is_part` they are only
 * those of the file that were looked for, and may be none. Several samples give traits by their
 * names, one sample gives none. Associations without a value in any field are not counted.
 */
MUST_USE bool vcf_read_table(struct lines *lines, const struct gwas_options *options,
                             bool is_part, struct arena *arena, struct gwas_table *table,
                             struct error *error);

/* The lines of a BCF as those of a VCF: text that the caller ends with text_drop. */
MUST_USE bool vcf_of_bcf(const char *path, struct text *text, struct error *error);

/* As lines_open; a BCF gives the lines that it has as a VCF. */
MUST_USE bool vcf_open_lines(const char *path, struct lines **lines, struct error *error);

/* What each column and field of a VCF is taken for: struct explain_line of gwas/explain.h,
 * added to `explained`; and its traits, unless that is NULL. Texts go to `arena`. */
MUST_USE bool vcf_describe(struct lines *lines, struct arena *arena, struct array *explained,
                           struct vcf_traits *traits, struct error *error);

/* An association by its place: chromosome, position, both alleles in alphabetical order.
 * Written over `text`, which it keeps. */
void vcf_made_id(struct text *text, const char *chromosome, const char *position,
                 const char *one, const char *other);

#endif
