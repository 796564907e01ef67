/*
 * What the parts of the VCF reader share: the header as read, and a line cut into its fields.
 * In: lines. Out: samples with what the header says of them, declared FORMAT fields, and for a
 * record where each known field stands.
 */
#ifndef GWAS_VCF_PARTS_H
#define GWAS_VCF_PARTS_H

#include "base/array.h"
#include "gwas/vcf.h"

/* The fixed columns of a line. */
enum vcf_column {
    VCF_CHROM,
    VCF_POS,
    VCF_ID,
    VCF_REF,
    VCF_ALT,
    VCF_QUAL,
    VCF_FILTER,
    VCF_INFO,
    VCF_FORMAT,
    VCF_SAMPLES
};

/* FORMAT fields that are known. */
enum vcf_field {
    FIELD_ES,
    FIELD_SE,
    FIELD_LP,
    FIELD_AF,
    FIELD_SS,
    FIELD_NS, /* SS of specification 1.1 */
    FIELD_ID,
    FIELD_EZ,
    FIELD_SI,
    FIELD_NC,
    VCF_FIELDS
};

/* What is known of a field: its key, what its cell becomes, and why. */
struct vcf_known {
    const char *key;
    const char *role; /* of columns.h; NULL: not used */
    const char *why;
};
extern const struct vcf_known vcf_fields[VCF_FIELDS];

/* The place of a field among vcf_fields, or VCF_FIELDS. */
enum vcf_field vcf_field_of(const char *key, size_t length);

/* A ##FORMAT line. */
struct vcf_format {
    const char *key;
    const char *words;
};

struct vcf_header {
    struct array samples; /* struct vcf_sample */
    struct array formats; /* struct vcf_format */
    const char *assembly; /* of the first contig that names one, or NULL */
};

/* Reads up to and with the line of column names; texts go to `arena`. On true the caller ends
 * it with vcf_header_destroy. Refuses what has no sample or declares no ES and SE. */
MUST_USE bool vcf_header_read(struct lines *lines, struct arena *arena,
                              struct vcf_header *header, struct error *error);
void vcf_header_destroy(struct vcf_header *header);

#endif
