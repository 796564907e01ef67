#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/column_names.h"
#include "gwas/column_search.h"
#include <string.h>

static bool is_known(const char *words, size_t length)
{
    char *name = memory_copy_bytes(words, length), *normal = column_search_normalise(name);
    bool is_found = false;

    for (size_t i = 0; i < column_name_count && !is_found; i++) {
        is_found = strcmp(column_names[i].name, normal) == 0;
    }
    memory_free(normal);
    memory_free(name);
    return is_found;
}

bool column_search_is_header(const char *words)
{
    size_t known = 0, count = 0;

    for (size_t length; *(words += strspn(words, " ")) != '\0'; words += length) {
        length = strcspn(words, " ");
        known += is_known(words, length);
        count++;
    }
    return known >= 3 && 2 * known >= count;
}

/* A role by its key, or by a name that columns of that role have. */
static enum column_role role_of(const struct column_search *search, const char *key)
{
    char *normal = column_search_normalise(key);
    enum column_role role = COLUMN_ROLES;

    for (size_t i = 0; i < COLUMN_ROLES && role == COLUMN_ROLES; i++) {
        char *own = column_search_normalise(column_keys[i]);

        role = strcmp(own, normal) == 0 ? (enum column_role)i : role;
        memory_free(own);
    }
    for (size_t i = 0; i < column_name_count && role == COLUMN_ROLES; i++) {
        if (column_names[i].form == search->form && strcmp(column_names[i].name, normal) == 0) {
            role = column_names[i].role;
        }
    }
    memory_free(normal);
    return role;
}

/* The column that a user calls `name`: as written, else normalised. */
static size_t column_called(const struct column_search *search, const char *name)
{
    size_t column = COLUMN_NONE;
    char *normal = column_search_normalise(name);
    bool twice;

    for (size_t i = 0; i < search->count && column == COLUMN_NONE; i++) {
        column = strcmp(rows_column(search->rows, i), name) == 0 ? i : COLUMN_NONE;
    }
    if (column == COLUMN_NONE) {
        column = column_search_name(search, normal, &twice);
    }
    memory_free(normal);
    return column;
}

bool column_search_override(struct column_search *search, const char *text, struct error *error)
{
    const char *equals = strchr(text, '=');
    char *key = memory_copy_bytes(text, equals == NULL ? 0 : (size_t)(equals - text));
    enum column_role role = role_of(search, key);
    bool is_good = true;

    memory_free(key);
    if (equals == NULL || role == COLUMN_ROLES) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --col %s; write ROLE=NAME, with a role such as beta, se, "
                           "effect_allele or outcome_beta"),
                         text);
    }
    search->columns->of[role] = column_called(search, equals + 1);
    search->columns->is_chosen[role] = true;
    if (search->columns->of[role] == COLUMN_NONE) {
        is_good = error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
                            equals + 1, _("found no such column; correct --col %s"), text);
    }
    return is_good;
}
