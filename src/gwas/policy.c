#include "gwas/policy.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/dialects.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* A sequence of bases, or I or D. */
static bool is_allele(const char *allele)
{
    return allele[strspn(allele, "ACGT")] == '\0' || strcmp(allele, "I") == 0 ||
           strcmp(allele, "D") == 0;
}

static bool are_alleles(const struct association *association, bool is_needed)
{
    const char *effect = association->effect_allele;
    const char *other = association->other_allele;

    if (effect == NULL ? is_needed : other != NULL && strcmp(effect, other) == 0) {
        return false;
    }
    return (effect == NULL || is_allele(effect)) && (other == NULL || is_allele(other));
}

/* Missing is fine here: a position is asked for where it is needed. */
static bool is_position(double position)
{
    return isnan(position) || (position >= 0 && position < 1e10 && position == floor(position));
}

enum gwas_drop policy_check(const struct association *association, struct policy_needs needs)
{
    if (association->variant == NULL && needs.id) {
        return DROP_NO_ID;
    }
    if (!are_alleles(association, needs.alleles)) {
        return DROP_ALLELES;
    }
    if (!is_position(association->position)) {
        return DROP_POSITION;
    }
    if (!isfinite(association->beta)) {
        return DROP_NO_BETA;
    }
    if (!isfinite(association->se)) {
        return DROP_NO_SE;
    }
    if (association->se <= 0) {
        return DROP_SE_NOT_POSITIVE;
    }
    if (association->p < 0 || association->p > 1) {
        return DROP_P_RANGE;
    }
    if (association->eaf < 0 || association->eaf > 1) {
        return DROP_EAF_RANGE;
    }
    return DROP_NONE;
}

/* About -log10 of the P of z, to a third of a unit: enough to see a contradiction. */
static double rough_neglog10(double z)
{
    return 0.5 * M_LOG10E * z * z + log10(1 + fabs(z));
}

enum policy_p policy_mend(struct association *association)
{
    double z = association->beta / association->se;
    double rough;

    if (isnan(association->p) || isinf(association->neglog10_p)) {
        bool was_zero = !isnan(association->p);

        association->p = tail_normal_two_sided(z);
        association->neglog10_p = tail_normal_two_sided_neglog10(z);
        return was_zero ? P_RECOMPUTED : P_FINE;
    }
    rough = rough_neglog10(z);
    return fabs(association->neglog10_p - rough) >
                   3 + 0.5 * fmax(association->neglog10_p, rough)
               ? P_STRANGE
               : P_FINE;
}

const char *gwas_drop_text(enum gwas_drop reason)
{
    static const char *const texts[DROP_REASONS] = {
        [DROP_NONE] = "",
        [DROP_NO_ID] = N_("no usable id"),
        [DROP_NO_BETA] = N_("missing or infinite effect"),
        [DROP_NO_SE] = N_("missing SE"),
        [DROP_SE_NOT_POSITIVE] = N_("SE not positive"),
        [DROP_P_RANGE] = N_("P outside 0 to 1"),
        [DROP_EAF_RANGE] = N_("EAF outside 0 to 1"),
        [DROP_ALLELES] = N_("alleles not usable"),
        [DROP_POSITION] = N_("position not usable"),
        [DROP_DUPLICATE] = N_("duplicate with other figures"),
        [DROP_BAD_ROW] = N_("bad row"),
        [DROP_FAILED] = N_("no result, by its program's error code"),
    };

    return texts[reason];
}

static void count_reasons(const struct gwas_table *table, size_t counts[DROP_REASONS])
{
    memset(counts, 0, DROP_REASONS * sizeof *counts);
    for (size_t i = 0; i < table->dropped.count; i++) {
        const struct gwas_dropped *dropped = array_at(&table->dropped, i);

        counts[dropped->reason]++;
    }
}

/* Rows that a file of this kind has without anything being wrong with it. */
static bool is_usual(const struct gwas_table *table, enum gwas_drop reason)
{
    const struct dialect *dialect = table->columns.dialect;

    return reason == DROP_FAILED ||
           (reason == DROP_NO_BETA && dialect != NULL && dialect->has_gaps);
}

static enum gwas_drop most_frequent(const struct gwas_table *table,
                                    const size_t counts[DROP_REASONS])
{
    enum gwas_drop most = DROP_NONE;

    for (size_t i = 1; i < DROP_REASONS; i++) {
        bool is_more = counts[i] > counts[most] && !is_usual(table, (enum gwas_drop)i);

        most = is_more ? (enum gwas_drop)i : most;
    }
    return most;
}

bool policy_fail_tests(const char *path, size_t rows, struct error *error)
{
    return error_set(error, ERROR_DATA, path, 0, NULL,
                     _("found no row of TEST ADD among %zu; give the effects of one allele, "
                       "of an additive model, or rename the column if it is no test of PLINK"),
                     rows);
}

bool policy_accept(const char *path, const struct gwas_table *table, struct error *error)
{
    size_t counts[DROP_REASONS];
    enum gwas_drop most;

    count_reasons(table, counts);
    most = most_frequent(table, counts);
    if (counts[most] == 0) {
        most = counts[DROP_FAILED] > counts[DROP_NO_BETA] ? DROP_FAILED : DROP_NO_BETA;
    }
    if (table->read == 0) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found a header and no rows; give a table with rows"));
    }
    if (table->other_tests == table->read) {
        return policy_fail_tests(path, table->read, error);
    }
    if (table->rows.count == 0 && counts[DROP_BAD_ROW] > 0 &&
        counts[DROP_BAD_ROW] + table->unwanted == table->read) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found a cell that is no number, or too few or many cells, in all "
                           "%zu rows that were looked at; without --skip-bad-rows the first is "
                           "shown"),
                         counts[DROP_BAD_ROW]);
    }
    if (table->rows.count + table->unwanted == 0) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found no usable row among %zu, most often: %s; check the columns"),
                         table->read, _(gwas_drop_text(most)));
    }
    if (table->read >= 1000 && counts[most] * 20 > table->read && !is_usual(table, most)) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found %zu of %zu rows unusable: %s; check that the columns are "
                           "what they seem"),
                         counts[most], table->read, _(gwas_drop_text(most)));
    }
    return true;
}

static void add_drops(struct text *text, const struct gwas_table *table)
{
    size_t counts[DROP_REASONS];
    const char *between = ": ";

    count_reasons(table, counts);
    text_addf(text, _("%zu of %zu rows dropped"), table->dropped.count, table->read);
    for (size_t i = 1; i < DROP_REASONS; i++) {
        if (counts[i] > 0) {
            text_addf(text, "%s%zu %s", between, counts[i],
                      _(gwas_drop_text((enum gwas_drop)i)));
            between = ", ";
        }
    }
}

static void add_clause(struct text *text, size_t start, const char *words, size_t count)
{
    if (count > 0) {
        text_add(text, text->length > start ? "; " : "");
        text_addf(text, "%zu %s", count, words);
    }
}

char *gwas_warning(const char *path, const struct gwas_table *table)
{
    struct text text = {0};
    char *name = text_clean(path);
    size_t start;

    text_addf(&text, "%s: ", name);
    memory_free(name);
    start = text.length;
    if (table->dropped.count > 0) {
        add_drops(&text, table);
    }
    add_clause(&text, start, _("repeated rows counted once"), table->duplicates);
    add_clause(&text, start, _("P of 0 recomputed from effect and SE"), table->repaired_p);
    add_clause(&text, start,
               _("SE beside odds ratios agree with P as those of the ratios, and were "
                 "brought to their logarithms"),
               table->ratio_se);
    add_clause(&text, start, _("P contradict their effect and SE"), table->strange_p);
    /* Those among rows that were passed over unread are not known. */
    add_clause(&text, start,
               _("or more rows of another TEST than ADD, and no other row that is wanted"),
               table->rows.count == 0 ? table->other_tests : 0);
    if (table->columns.is_assumed) {
        text_add(&text, text.length > start ? "; " : "");
        text_add(&text, _("the effect allele is assumed, A1 or ALT: see taxamr columns"));
    }
    if (table->note != NULL) {
        text_add(&text, text.length > start ? "; " : "");
        text_add(&text, table->note);
    }
    if (text.length == start) {
        text_drop(&text);
        return NULL;
    }
    return text_take(&text);
}
