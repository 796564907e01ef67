#include "pair/alleles.h"
#include <ctype.h>
#include <string.h>

static bool has_lower(const char *text)
{
    for (; *text != '\0'; text++) {
        if (islower((unsigned char)*text)) {
            return true;
        }
    }
    return false;
}

const char *alleles_upper(const char *allele, struct arena *arena)
{
    char *copy;

    if (allele == NULL || !has_lower(allele)) {
        return allele;
    }
    copy = arena_text(arena, allele);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return copy;
}

char alleles_other_strand(char base)
{
    static const char bases[] = "ACGT";
    static const char others[] = "TGCA";
    const char *at = strchr(bases, base);

    return at == NULL ? base : others[at - bases];
}

const char *alleles_complement(const char *allele, struct arena *arena)
{
    char *copy = arena_text(arena, allele);

    for (char *at = copy; *at != '\0'; at++) {
        *at = alleles_other_strand(*at);
    }
    return copy;
}

bool alleles_equal(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

bool alleles_are_palindromic(const char *one, const char *other)
{
    return one != NULL && other != NULL && strlen(one) == 1 && strlen(other) == 1 &&
           strchr("ACGT", *one) != NULL && alleles_other_strand(*one) == *other;
}

static bool is_code(const char *allele)
{
    return alleles_equal(allele, "I") || alleles_equal(allele, "D");
}

bool alleles_are_indel(const char *one, const char *other)
{
    return strlen(one) > 1 || strlen(other) > 1 || is_code(one);
}

/*
 * Replaces the codes (effect, other) by the sequences a and b: I is the longer, D the shorter.
 * A missing other allele is filled in. Nothing happens where the sequences are equally long or
 * the codes are none.
 */
static void decode(const char **effect, const char **other, const char *a, const char *b)
{
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    bool is_whole = *other == NULL || (is_code(*other) && !alleles_equal(*effect, *other));
    bool wants_long = alleles_equal(*effect, "I");
    bool takes_a = wants_long == (a_length > b_length);

    if (!is_code(*effect) || !is_whole || a_length == b_length) {
        return;
    }
    *effect = takes_a ? a : b;
    *other = takes_a ? b : a;
}

/* Sequences of one length cannot be told apart by I and D. */
static bool are_codes_hopeless(const char *effect, const char *other, const char *code)
{
    return strlen(effect) > 1 && strlen(effect) == strlen(other) && is_code(code);
}

/* Neither side of one allele can be read against a side that is I and D itself. */
static bool are_both_codes(const char *effect, const char *other)
{
    return is_code(effect) && is_code(other) && strcmp(effect, other) != 0;
}

static bool recode_both(struct alleles *alleles)
{
    const struct alleles read = *alleles;

    decode(&alleles->y_effect, &alleles->y_other, read.x_effect, read.x_other);
    decode(&alleles->x_effect, &alleles->x_other, read.y_effect, read.y_other);
    return !are_codes_hopeless(read.x_effect, read.x_other, alleles->y_effect) &&
           !are_codes_hopeless(read.y_effect, read.y_other, alleles->x_effect) &&
           !alleles_equal(alleles->x_effect, alleles->x_other) &&
           !alleles_equal(alleles->y_effect, alleles->y_other);
}

/* One side (a, b) is whole, the other has one allele. */
static bool recode_one(const char *a, const char *b, const char **effect, const char **other)
{
    decode(effect, other, a, b);
    return !are_both_codes(a, b) && !are_codes_hopeless(a, b, *effect) && !alleles_equal(a, b);
}

bool alleles_recode(struct alleles *alleles)
{
    if (alleles->x_other != NULL && alleles->y_other != NULL) {
        return recode_both(alleles);
    }
    return alleles->x_other != NULL ? recode_one(alleles->x_effect, alleles->x_other,
                                                 &alleles->y_effect, &alleles->y_other)
                                    : recode_one(alleles->y_effect, alleles->y_other,
                                                 &alleles->x_effect, &alleles->x_other);
}
