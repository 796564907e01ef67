/*
 * A line of a GWAS-VCF cut into its fields, and the numbers of one sample and ALT.
 * In: a line, the header, what --col says. Out: cells, and an association's figures.
 */
#ifndef GWAS_VCF_LINE_H
#define GWAS_VCF_LINE_H

#include "gwas/vcf_parts.h"

/* What is read from a sample, and by which FORMAT field. */
enum vcf_value { VALUE_BETA, VALUE_SE, VALUE_LP, VALUE_EAF, VALUE_N, VALUE_ID, VCF_VALUES };

/* A line; all cells are borrowed from it, and cut in place. */
struct vcf_line {
    struct lines *lines; /* for messages */
    const struct vcf_header *header;
    char *cells[VCF_SAMPLES];
    char **samples;         /* the samples' cells */
    struct array alts;      /* const char * */
    struct array parts;     /* const char *, the fields of the sample last cut */
    const char *chromosome; /* as by place_chromosome */
    double position;
    const char *keys[VCF_VALUES];
    char *format;          /* the FORMAT of the line before */
    size_t at[VCF_VALUES]; /* where its fields stand */
    size_t fields;         /* how many it has */
};

/* Begins with the fields that overrides ("n=NC") name; ended with vcf_line_end, also on false.
 */
MUST_USE bool vcf_line_begin(struct vcf_line *line, struct lines *lines,
                             const struct vcf_header *header,
                             const struct gwas_options *options, struct error *error);
void vcf_line_end(struct vcf_line *line);

/* Cuts the text of a line. */
MUST_USE bool vcf_line_cut(struct vcf_line *line, char *text, struct error *error);

/* Cuts a sample; *is_empty: it has no value for effect, SE and P. */
MUST_USE bool vcf_line_sample(struct vcf_line *line, size_t sample, bool *is_empty,
                              struct error *error);

/* The text of a field in the sample last cut, NULL where it has none. */
const char *vcf_line_text(const struct vcf_line *line, enum vcf_value value);

/* Effect, SE, EAF, N and P of a sample that was cut and the ALT of an index. */
MUST_USE bool vcf_line_numbers(const struct vcf_line *line, size_t sample, size_t allele,
                               struct association *association, struct error *error);

#endif
