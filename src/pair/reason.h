/*
 * The ledger's words: why a variant is used or is not. Every variant that was looked at has
 * exactly one reason; none is dropped silently.
 */
#ifndef PAIR_REASON_H
#define PAIR_REASON_H

enum reason {
    REASON_KEPT,
    REASON_TOO_WEAK, /* P not below the threshold */
    /* of an association that might have stood for its exposure */
    REASON_RARE, /* its minor allele */
    REASON_NO_FREQUENCY,
    REASON_LOW_INFO,
    REASON_NO_INFO,
    REASON_LOW_F,
    REASON_IN_REGION,
    REASON_NO_POSITION,
    REASON_NOT_IN_REFERENCE,
    REASON_REFERENCE_ALLELES, /* differ */
    REASON_IN_LD,             /* with an index variant of smaller P */
    REASON_NEAR,              /* one, without LD known */
    /* of an instrument in a pair */
    REASON_NOT_IN_OUTCOME,
    REASON_ALLELES_DIFFER,
    REASON_PALINDROMIC,    /* dropped by action 3, or without both alleles */
    REASON_AMBIGUOUS,      /* palindromic or one allele, frequencies do not tell */
    REASON_MISSING_NUMBER, /* beta or SE of either side */
    REASON_NOT_KEPT,       /* mr_keep FALSE in the file */
    REASON_EXCLUDED,       /* by hand */
    REASON_NOT_IN_LD,
    REASON_LD_ALLELES_DIFFER,
    REASON_NO_LD, /* in the reference */
    REASON_NO_ID,
    REASON_BAD_SE,
    REASON_BAD_P,
    REASON_BAD_EAF,
    REASON_BAD_ALLELES,
    REASON_BAD_POSITION,
    REASON_DUPLICATE,
    REASON_BAD_ROW,
    REASONS,
    REASON_LAST_CHOICE = REASON_NEAR /* up to here, from REASON_TOO_WEAK on */
};

/* Where on its way a variant was when that was decided. */
enum stage { STAGE_READING, STAGE_INSTRUMENT, STAGE_HARMONISE, STAGE_HAND };

/* For tables: "palindromic ambiguous"; untranslated, for people use gettext on it. */
const char *reason_text(enum reason reason);
const char *stage_text(enum stage stage);

#endif
