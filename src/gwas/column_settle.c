#include "base/i18n.h"
#include "gwas/column_search.h"
#include "gwas/dialects.h"
#include <string.h>

bool column_search_is_assumed(const struct column_search *search)
{
    static const char *const names[] = {"a1", "allele1", "alt"};
    const struct columns *columns = search->columns;
    size_t column = columns->of[COLUMN_EFFECT_ALLELE];
    bool is_ambiguous = false;

    for (size_t i = 0; i < sizeof names / sizeof *names && column != COLUMN_NONE; i++) {
        is_ambiguous = is_ambiguous || strcmp(search->names[column], names[i]) == 0;
    }
    return is_ambiguous && columns->dialect != NULL && columns->dialect->is_ambiguous &&
           !columns->is_chosen[COLUMN_EFFECT_ALLELE];
}

bool column_search_check_alleles(const struct column_search *search, struct error *error)
{
    const size_t *of = search->columns->of;

    return of[COLUMN_EFFECT_ALLELE] == COLUMN_NONE ||
           of[COLUMN_EFFECT_ALLELE] != of[COLUMN_OTHER_ALLELE] ||
           error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
                     rows_column(search->rows, of[COLUMN_EFFECT_ALLELE]),
                     _("found it to be the effect allele and the other one; choose both with "
                       "--col effect_allele=NAME --col other_allele=NAME"));
}

/* A frequency whose name says of which allele it is, where that is not the effect's, is read as
 * that allele's; of AF beside A1 and ALT nobody knows. */
static void settle_frequency(const struct column_search *search)
{
    static const struct {
        const char *frequency, *allele;
        const char *effect; /* only beside this effect allele; NULL: any */
        bool is_known;
    } names[] = {{"afalt", "alt", NULL, true},
                 {"afallele2", "allele2", NULL, true},
                 {"a1freq", "a1", NULL, true},
                 {"af", "alt", "ref", true},
                 {"af", "alt", "a1", false}};
    size_t *of = search->columns->of, effect = of[COLUMN_EFFECT_ALLELE];
    const char *name = of[COLUMN_EAF] == COLUMN_NONE || search->columns->is_chosen[COLUMN_EAF]
                           ? ""
                           : search->names[of[COLUMN_EAF]];

    for (size_t i = 0; i < sizeof names / sizeof *names && effect != COLUMN_NONE; i++) {
        bool twice;
        size_t allele = column_search_name(search, names[i].allele, &twice);

        if (strcmp(name, names[i].frequency) != 0 || allele == COLUMN_NONE ||
            allele == effect ||
            (names[i].effect != NULL && strcmp(search->names[effect], names[i].effect) != 0)) {
            continue;
        }
        if (names[i].is_known) {
            of[COLUMN_MINOR_ALLELE] = allele;
            of[COLUMN_MAF] = of[COLUMN_EAF];
        }
        of[COLUMN_EAF] = COLUMN_NONE;
    }
}

/* REF alone, without ALT, may be the effect's own allele in some rows. */
static void settle_ref(const struct column_search *search)
{
    size_t *of = search->columns->of;

    if (of[COLUMN_OTHER_ALLELE] != COLUMN_NONE &&
        !search->columns->is_chosen[COLUMN_OTHER_ALLELE] &&
        strcmp(search->names[of[COLUMN_OTHER_ALLELE]], "ref") == 0 &&
        !column_search_has(search, "alt")) {
        of[COLUMN_REF] = of[COLUMN_OTHER_ALLELE];
        of[COLUMN_OTHER_ALLELE] = COLUMN_NONE;
    }
}

void column_search_settle(const struct column_search *search)
{
    settle_frequency(search);
    settle_ref(search);
}
