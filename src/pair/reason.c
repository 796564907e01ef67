#include "pair/reason.h"
#include "base/i18n.h"

const char *reason_text(enum reason reason)
{
    static const char *const texts[REASONS] = {
        [REASON_KEPT] = N_("kept"),
        [REASON_TOO_WEAK] = N_("too weak"),
        [REASON_RARE] = N_("MAF below the limit"),
        [REASON_NO_FREQUENCY] = N_("no EAF to tell its MAF"),
        [REASON_LOW_INFO] = N_("INFO below the limit"),
        [REASON_NO_INFO] = N_("no INFO"),
        [REASON_LOW_F] = N_("F below the limit"),
        [REASON_IN_REGION] = N_("in a region left out"),
        [REASON_NO_POSITION] = N_("no position to tell what is near"),
        [REASON_NOT_IN_REFERENCE] = N_("not in the reference"),
        [REASON_REFERENCE_ALLELES] = N_("alleles differ from the reference's"),
        [REASON_IN_LD] = N_("in LD with an index variant"),
        [REASON_NEAR] = N_("near an index variant, LD unknown"),
        [REASON_NOT_IN_OUTCOME] = N_("not in the outcome"),
        [REASON_ALLELES_DIFFER] = N_("alleles differ"),
        [REASON_PALINDROMIC] = N_("palindromic"),
        [REASON_AMBIGUOUS] = N_("palindromic ambiguous"),
        [REASON_MISSING_NUMBER] = N_("missing effect or SE"),
        [REASON_NOT_KEPT] = N_("mr_keep is FALSE"),
        [REASON_EXCLUDED] = N_("excluded by hand"),
        [REASON_NOT_IN_LD] = N_("not in the LD file"),
        [REASON_LD_ALLELES_DIFFER] = N_("alleles differ from the LD file's"),
        [REASON_NO_LD] = N_("no LD known in the reference"),
        [REASON_NO_ID] = N_("no usable id"),
        [REASON_BAD_SE] = N_("SE missing or not positive"),
        [REASON_BAD_P] = N_("P outside 0 to 1"),
        [REASON_BAD_EAF] = N_("EAF outside 0 to 1"),
        [REASON_BAD_ALLELES] = N_("alleles not usable"),
        [REASON_BAD_POSITION] = N_("position not usable"),
        [REASON_DUPLICATE] = N_("duplicate"),
        [REASON_BAD_ROW] = N_("bad row"),
    };

    return texts[reason];
}

const char *stage_text(enum stage stage)
{
    static const char *const texts[] = {
        [STAGE_READING] = N_("reading"),
        [STAGE_INSTRUMENT] = N_("instrument"),
        [STAGE_HARMONISE] = N_("harmonise"),
        [STAGE_HAND] = N_("by hand"),
    };

    return texts[stage];
}
