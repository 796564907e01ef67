#include "instrument/match.h"
#include "base/text.h"
#include <ctype.h>
#include <stddef.h>
#include <string.h>

static char complement_of(char base)
{
    static const char bases[] = "ACGT";
    static const char others[] = "TGCA";
    char upper = (char)toupper((unsigned char)base);
    const char *at = strchr(bases, upper);

    return at == NULL || upper == '\0' ? upper : others[at - bases];
}

static bool are_complements(const char *one, const char *other)
{
    size_t i;

    for (i = 0; one[i] != '\0' && other[i] != '\0'; i++) {
        if (complement_of(one[i]) != toupper((unsigned char)other[i])) {
            return false;
        }
    }
    return one[i] == '\0' && other[i] == '\0';
}

static bool is_sequence(const char *allele)
{
    return allele != NULL && allele[0] != '\0' && allele[strspn(allele, "ACGTacgt")] == '\0';
}

bool match_is_palindromic(const char *first, const char *second)
{
    return is_sequence(first) && is_sequence(second) && are_complements(first, second);
}

typedef bool same(const char *one, const char *other);

/* An allele that is not known (NULL) is any. */
static enum match compare(const char *first, const char *second, const char *other_first,
                          const char *other_second, same *are_same)
{
    if (are_same(first, other_first) && (second == NULL || are_same(second, other_second))) {
        return MATCH_SAME;
    }
    if (are_same(first, other_second) && (second == NULL || are_same(second, other_first))) {
        return MATCH_SWAPPED;
    }
    return MATCH_NONE;
}

enum match match_alleles(const char *first, const char *second, const char *other_first,
                         const char *other_second)
{
    enum match match;

    if (!is_sequence(first) || (second != NULL && !is_sequence(second)) ||
        !is_sequence(other_first) || !is_sequence(other_second)) {
        bool is_letters = first != NULL && second != NULL && other_first != NULL &&
                          other_second != NULL;

        match = is_letters ? compare(first, second, other_first, other_second, text_equal_fold)
                           : MATCH_NONE;
        return match == MATCH_NONE ? MATCH_UNKNOWN : match;
    }
    match = compare(first, second, other_first, other_second, text_equal_fold);
    return match == MATCH_NONE
               ? compare(first, second, other_first, other_second, are_complements)
               : match;
}
