#include "pair/harmonise.h"
#include "pair/alleles.h"
#include "pair/pair.h"
#include <math.h>

/* Frequencies nearer to one half than this do not tell the strand. */
static const double tolerance = 0.08;

/* A missing frequency tells nothing: it counts as one half. */
static double known(double eaf)
{
    return isnan(eaf) ? 0.5 : eaf;
}

static bool is_low(double eaf)
{
    return known(eaf) < 0.5 - tolerance;
}

static bool is_high(double eaf)
{
    return known(eaf) > 0.5 + tolerance;
}

static bool is_middling(double eaf)
{
    return known(eaf) > 0.5 - tolerance && known(eaf) < 0.5 + tolerance;
}

static bool are_alike(double one, double other)
{
    return (is_low(one) && is_low(other)) || (is_high(one) && is_high(other));
}

static bool are_mirrored(double one, double other)
{
    return (is_low(one) && is_high(other)) || (is_high(one) && is_low(other));
}

/* Per the other allele instead. */
static void negate(struct association *association)
{
    association->beta = -association->beta;
    association->eaf = 1 - association->eaf;
}

static void negate_outcome(struct harmonised *row)
{
    negate(&row->y);
    row->is_flipped = !row->is_flipped;
}

static void swap_outcome(struct harmonised *row)
{
    const char *effect = row->y.effect_allele;

    row->y.effect_allele = row->y.other_allele;
    row->y.other_allele = effect;
    negate_outcome(row);
}

static bool do_match(const struct harmonised *row)
{
    return alleles_equal(row->x.effect_allele, row->y.effect_allele) &&
           alleles_equal(row->x.other_allele, row->y.other_allele);
}

static bool are_swapped(const struct harmonised *row)
{
    return alleles_equal(row->x.effect_allele, row->y.other_allele) &&
           alleles_equal(row->x.other_allele, row->y.effect_allele);
}

static void recode(struct harmonised *row)
{
    struct alleles alleles = {row->x.effect_allele, row->x.other_allele, row->y.effect_allele,
                              row->y.other_allele};

    row->is_removed = !alleles_recode(&alleles) || row->is_removed;
    row->x.effect_allele = alleles.x_effect;
    row->x.other_allele = alleles.x_other;
    row->y.effect_allele = alleles.y_effect;
    row->y.other_allele = alleles.y_other;
}

static void complement_outcome(struct harmonised *row, struct arena *arena)
{
    row->y.effect_allele = alleles_complement(row->y.effect_allele, arena);
    if (row->y.other_allele != NULL) {
        row->y.other_allele = alleles_complement(row->y.other_allele, arena);
    }
    row->is_complemented = true;
}

/* Palindromic alleles agree on either strand: only the frequencies tell which it is. */
static void infer_strand(struct harmonised *row)
{
    double x = known(row->x.eaf);
    double y = known(row->y.eaf);

    if (!row->is_removed && ((x < 0.5 && y > 0.5) || (x > 0.5 && y < 0.5))) {
        negate_outcome(row);
        row->is_complemented = true;
    }
}

/* Both sides have two alleles. */
static void align_two_two(struct harmonised *row, enum harmonise_action action,
                          struct arena *arena)
{
    if (alleles_are_indel(row->x.effect_allele, row->x.other_allele)) {
        recode(row);
    }
    if (!do_match(row) && are_swapped(row)) {
        swap_outcome(row);
    }
    row->is_palindromic = alleles_are_palindromic(row->x.effect_allele, row->x.other_allele);
    if (!row->is_palindromic && !do_match(row)) {
        complement_outcome(row, arena);
        if (!do_match(row) && are_swapped(row)) {
            swap_outcome(row);
        }
    }
    row->is_removed = row->is_removed || !do_match(row);
    row->is_ambiguous =
        row->is_palindromic && (is_middling(row->x.eaf) || is_middling(row->y.eaf));
    if (row->is_palindromic && action == ACTION_INFER) {
        infer_strand(row);
    }
}

/* The outcome's one allele is the exposure's other one. */
static void take_other_of_exposure(struct harmonised *row)
{
    row->y.other_allele = row->y.effect_allele;
    row->y.effect_allele = row->x.effect_allele;
    negate_outcome(row);
}

/* The outcome has one allele: frequencies must bear out which one it is. */
static void align_two_one(struct harmonised *row, struct arena *arena)
{
    bool is_effect, is_other;

    row->is_palindromic = alleles_are_palindromic(row->x.effect_allele, row->x.other_allele);
    row->is_removed = row->is_palindromic;
    if (alleles_are_indel(row->x.effect_allele, row->x.other_allele)) {
        recode(row);
    }
    is_effect = alleles_equal(row->x.effect_allele, row->y.effect_allele);
    is_other = !is_effect && alleles_equal(row->x.other_allele, row->y.effect_allele);
    row->is_ambiguous = row->is_palindromic || (!is_effect && !is_other) ||
                        (is_effect && !are_alike(row->x.eaf, row->y.eaf)) ||
                        (is_other && !are_mirrored(row->x.eaf, row->y.eaf));
    if (!is_effect && !is_other) {
        complement_outcome(row, arena);
        is_effect = alleles_equal(row->x.effect_allele, row->y.effect_allele);
        is_other = !is_effect && alleles_equal(row->x.other_allele, row->y.effect_allele);
    }
    if (is_effect) {
        row->y.other_allele = row->x.other_allele;
    } else if (is_other) {
        take_other_of_exposure(row);
    }
}

/* The exposure's one allele is not the outcome's effect allele, but its other one. */
static void turn_exposure(struct harmonised *row)
{
    row->x.other_allele = row->x.effect_allele;
    row->x.effect_allele = row->y.effect_allele;
    negate(&row->x);
}

/* The exposure has one allele. On the other strand it is never quite sure which one. */
static void align_one_two(struct harmonised *row, struct arena *arena)
{
    bool is_effect, is_other;

    row->is_palindromic = alleles_are_palindromic(row->y.effect_allele, row->y.other_allele);
    row->is_removed = row->is_palindromic;
    if (alleles_are_indel(row->y.effect_allele, row->y.other_allele)) {
        recode(row);
    }
    is_effect = alleles_equal(row->x.effect_allele, row->y.effect_allele);
    is_other = !is_effect && alleles_equal(row->x.effect_allele, row->y.other_allele);
    row->is_ambiguous = row->is_palindromic || (!is_effect && !is_other) ||
                        (is_effect && !are_alike(row->x.eaf, row->y.eaf)) ||
                        (is_other && !are_mirrored(row->x.eaf, row->y.eaf));
    if (is_effect) {
        row->x.other_allele = row->y.other_allele;
    } else if (is_other) {
        turn_exposure(row);
    } else {
        row->x.effect_allele = alleles_complement(row->x.effect_allele, arena);
        row->is_complemented = true;
        if (alleles_equal(row->x.effect_allele, row->y.effect_allele)) {
            row->x.other_allele = row->y.other_allele;
        } else if (alleles_equal(row->x.effect_allele, row->y.other_allele)) {
            swap_outcome(row);
        }
    }
}

static void align_one_one(struct harmonised *row)
{
    row->is_removed = !alleles_equal(row->x.effect_allele, row->y.effect_allele);
    row->is_ambiguous = !row->is_removed && !are_alike(row->x.eaf, row->y.eaf);
}

static void align(struct harmonised *row, enum harmonise_action action, struct arena *arena)
{
    if (row->x.effect_allele == NULL || row->y.effect_allele == NULL) {
        row->is_removed = true;
    } else if (row->x.other_allele != NULL && row->y.other_allele != NULL) {
        align_two_two(row, action, arena);
    } else if (row->x.other_allele != NULL) {
        align_two_one(row, arena);
    } else if (row->y.other_allele != NULL) {
        align_one_two(row, arena);
    } else {
        align_one_one(row);
    }
}

static enum reason judge(const struct harmonised *row, enum harmonise_action action)
{
    bool is_whole = row->x.other_allele != NULL && row->y_read->other_allele != NULL &&
                    row->x_read->other_allele != NULL;

    if (row->x.effect_allele == NULL || row->y.effect_allele == NULL) {
        return REASON_BAD_ALLELES;
    }
    if (row->is_removed) {
        return row->is_palindromic && !is_whole ? REASON_PALINDROMIC : REASON_ALLELES_DIFFER;
    }
    if (row->is_palindromic && action == ACTION_DROP) {
        return REASON_PALINDROMIC;
    }
    if (row->is_ambiguous && action != ACTION_FORWARD) {
        return REASON_AMBIGUOUS;
    }
    return pair_has_numbers(&row->x) && pair_has_numbers(&row->y) ? REASON_KEPT
                                                                  : REASON_MISSING_NUMBER;
}

static void make_upper(struct association *association, struct arena *arena)
{
    association->effect_allele = alleles_upper(association->effect_allele, arena);
    association->other_allele = alleles_upper(association->other_allele, arena);
}

struct harmonised harmonise_one(const struct association *x, const struct association *y,
                                enum harmonise_action action, struct arena *arena)
{
    struct harmonised row = {.x = *x, .y = *y, .x_read = x, .y_read = y};

    make_upper(&row.x, arena);
    make_upper(&row.y, arena);
    align(&row, action, arena);
    row.reason = judge(&row, action);
    row.keep = row.reason == REASON_KEPT;
    return row;
}
