#include "gwas/dialects.h"
#include "gwas/column_names.h"
#include <string.h>

/* A word of a list: where it starts and how long it is. */
struct word {
    const char *start;
    size_t length;
};

/* The next word of *at up to one of the bytes in `ends`; false at the end of the list. */
static bool next_word(const char **at, const char *ends, struct word *word)
{
    while (**at != '\0' && strchr(ends, **at) != NULL) {
        (*at)++;
    }
    word->start = *at;
    word->length = strcspn(*at, ends);
    *at += word->length;
    return word->length > 0;
}

/* Whether a name is the word, whose last byte may be a "*" for the suffix, or a ":" behind
 * which anything may stand in the name. */
static bool is_name(const char *name, struct word word, struct word suffix)
{
    size_t stem = word.length;

    if (word.start[stem - 1] == ':') {
        stem--;
        return strncmp(name, word.start, stem) == 0 &&
               (name[stem] == '\0' || name[stem] == ':');
    }
    if (word.start[stem - 1] != '*') {
        return strncmp(name, word.start, stem) == 0 && name[stem] == '\0';
    }
    stem--;
    return suffix.length > 0 && strncmp(name, word.start, stem) == 0 &&
           strncmp(name + stem, suffix.start, suffix.length) == 0 &&
           name[stem + suffix.length] == '\0';
}

static size_t find_word(const struct dialect_names *names, struct word word, struct word suffix)
{
    size_t count = names->count;

    if (word.start[0] == '^') {
        word.start++;
        word.length--;
        count = count > 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_name(names->names[i], word, suffix)) {
            return i;
        }
    }
    return COLUMN_NONE;
}

/* The column of the first alternative, between bars, that is there. */
static size_t find_any(const struct dialect_names *names, struct word list, struct word suffix)
{
    const char *at = list.start;
    struct word word;

    while (at < list.start + list.length && next_word(&at, "| ", &word)) {
        size_t column = find_word(names, word, suffix);

        if (column != COLUMN_NONE) {
            return column;
        }
    }
    return COLUMN_NONE;
}

static bool has_signature(const struct dialect *dialect, const struct dialect_names *names,
                          struct word suffix)
{
    const char *at = dialect->signature;
    struct word list;

    while (next_word(&at, " ", &list)) {
        if (find_any(names, list, suffix) == COLUMN_NONE) {
            return false;
        }
    }
    return true;
}

/* The first suffix with which the signature is there. A dialect without suffixes has an empty
 * one. */
static bool find_suffix(const struct dialect *dialect, const struct dialect_names *names,
                        struct word *suffix)
{
    const char *at = dialect->suffixes;

    *suffix = (struct word){"", 0};
    if (at == NULL) {
        return has_signature(dialect, names, *suffix);
    }
    while (next_word(&at, " ", suffix)) {
        if (has_signature(dialect, names, *suffix)) {
            return true;
        }
    }
    return false;
}

const struct dialect *dialect_at(size_t index)
{
    size_t programs = 0;

    while (programs < index && dialect_programs[programs].key != NULL) {
        programs++;
    }
    if (dialect_programs[programs].key != NULL) {
        return &dialect_programs[index];
    }
    return dialect_archives[index - programs].key == NULL ? NULL
                                                          : &dialect_archives[index - programs];
}

const struct dialect *dialect_find(const struct dialect_names *names)
{
    struct word suffix;

    const struct dialect *dialect = NULL;
    size_t next = 0;

    do {
        dialect = dialect_at(next++);
    } while (dialect != NULL && !find_suffix(dialect, names, &suffix));
    return dialect;
}

/* The names that a dialect has for a role; of length 0 when it has none. */
static struct word names_of(const struct dialect *dialect, enum column_role role)
{
    const char *at = dialect->columns == NULL ? "" : dialect->columns;
    const char *key = column_keys[role];
    size_t length = strlen(key);
    struct word entry;

    while (next_word(&at, " ", &entry)) {
        if (entry.length > length && entry.start[length] == '=' &&
            strncmp(entry.start, key, length) == 0) {
            return (struct word){entry.start + length + 1, entry.length - length - 1};
        }
    }
    return (struct word){"", 0};
}

bool dialect_has_role(const struct dialect *dialect, enum column_role role)
{
    return names_of(dialect, role).length > 0;
}

size_t dialect_column(const struct dialect *dialect, const struct dialect_names *names,
                      enum column_role role)
{
    struct word suffix;

    (void)find_suffix(dialect, names, &suffix);
    return find_any(names, names_of(dialect, role), suffix);
}
