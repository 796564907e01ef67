#include "study/taxon_name.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>

/* The rank whose word ("genus", then a dot or dash or underscore) begins the name; what follows
 * in *rest. */
static enum trait_rank rank_of_word(const char *name, const char **rest)
{
    for (enum trait_rank rank = RANK_KINGDOM; rank < RANK_COUNT; rank++) {
        const char *word = trait_rank_key(rank);
        size_t length = strlen(word), same = 0;
        while (same < length && tolower((unsigned char)name[same]) == word[same]) {
            same++;
        }
        if (same == length && strchr("._-", name[length]) != NULL && name[length] != '\0' &&
            isalnum((unsigned char)name[length + 1 + strspn(name + length, "._-") - 1])) {
            *rest = name + length + strspn(name + length, "._-");
            return rank;
        }
    }
    return RANK_NONE;
}

/* The rank of a letter with two underscores behind ("g__"). */
static enum trait_rank rank_of_letter(const char *name)
{
    static const char letters[] = "kpcofgs";
    const char *at = name[0] == '\0' ? NULL : strchr(letters, tolower((unsigned char)name[0]));
    bool is_one = at != NULL && name[1] == '_' && name[2] == '_' && name[3] != '\0';
    return is_one ? (enum trait_rank)(RANK_KINGDOM + (at - letters)) : RANK_NONE;
}

bool taxon_name_is(const char *name)
{
    const char *rest;
    return rank_of_word(name, &rest) != RANK_NONE || rank_of_letter(name) != RANK_NONE;
}

static void take_word(struct trait *trait, enum trait_rank rank, const char *rest,
                      struct arena *arena)
{
    const char *end = strstr(rest, ".id.");
    size_t length = end == NULL ? strlen(rest) : (size_t)(end - rest);
    trait->rank = rank;
    trait->name = trait->lineage[rank] = arena_bytes(arena, rest, length);
}

static void take_letters(struct trait *trait, struct arena *arena)
{
    const char *at = trait->key;
    while (*at != '\0') {
        size_t length = strcspn(at, ".|;");
        enum trait_rank rank = rank_of_letter(at);
        if (rank != RANK_NONE && length > 3) {
            trait->rank = rank;
            trait->name = trait->lineage[rank] = arena_bytes(arena, at + 3, length - 3);
        }
        at += length + strspn(at + length, ".|;");
    }
}

void taxon_name_take(struct trait *trait, struct arena *arena)
{
    const char *rest;
    enum trait_rank rank = rank_of_word(trait->key, &rest);
    if (rank != RANK_NONE) {
        take_word(trait, rank, rest, arena);
    } else if (rank_of_letter(trait->key) != RANK_NONE) {
        take_letters(trait, arena);
    }
}
