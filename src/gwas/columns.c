#include "gwas/columns.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/column_names.h"
#include "gwas/column_needs.h"
#include "gwas/column_search.h"
#include "gwas/dialects.h"
#include <ctype.h>
#include <string.h>

char *column_search_normalise(const char *name)
{
    char *normal = memory_copy_text(name);
    char *out = normal;

    for (const char *at = name; *at != '\0'; at++) {
        if (strchr("._ -#", *at) == NULL) {
            *out++ = (char)tolower((unsigned char)*at);
        }
    }
    *out = '\0';
    return normal;
}

size_t column_search_name(const struct column_search *search, const char *name, bool *twice)
{
    size_t found = COLUMN_NONE;

    *twice = false;
    for (size_t i = 0; i < search->count; i++) {
        if (strcmp(search->names[i], name) == 0) {
            *twice = found != COLUMN_NONE;
            found = found == COLUMN_NONE ? i : found;
        }
    }
    return found;
}

bool column_search_has(const struct column_search *search, const char *name)
{
    bool twice;

    return column_search_name(search, name, &twice) != COLUMN_NONE;
}

const char *column_role_key(enum column_role role)
{
    return column_keys[role];
}

static bool is_needed(const struct column_search *search, enum column_role role)
{
    if (search->form == FORM_ASSOCIATIONS) {
        return columns_need(search->columns, role);
    }
    return role == COLUMN_BETA || role == COLUMN_SE || role == COLUMN_OUTCOME_BETA ||
           role == COLUMN_OUTCOME_SE;
}

/* Of two columns for such a role none may be taken by chance. */
static bool is_vital(const struct column_search *search, enum column_role role)
{
    static const enum column_role vital[] = {COLUMN_EFFECT_ALLELE,
                                             COLUMN_OTHER_ALLELE,
                                             COLUMN_BETA,
                                             COLUMN_SE,
                                             COLUMN_ODDS_RATIO,
                                             COLUMN_EAF,
                                             COLUMN_P,
                                             COLUMN_N,
                                             COLUMN_CHROMOSOME,
                                             COLUMN_POSITION,
                                             COLUMN_NEGLOG10_P,
                                             COLUMN_LN_P,
                                             COLUMN_Z,
                                             COLUMN_CI_LOWER,
                                             COLUMN_CI_UPPER,
                                             COLUMN_CASES,
                                             COLUMN_CONTROLS};
    bool is_one = is_needed(search, role);

    for (size_t i = 0; i < sizeof vital / sizeof *vital; i++) {
        is_one = is_one || (search->form == FORM_ASSOCIATIONS && role == vital[i]);
    }
    return is_one;
}

static bool fail_two(const struct column_search *search, enum column_role role, size_t one,
                     size_t other, struct error *error)
{
    if (strcmp(rows_column(search->rows, one), rows_column(search->rows, other)) == 0) {
        return error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
                         rows_column(search->rows, one),
                         _("found two columns of this name, where one is the %s; rename the "
                           "other one"),
                         column_role_key(role));
    }
    return error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
                     rows_column(search->rows, one),
                     _("found that \"%s\" could be the %s, too; choose with --col %s=NAME"),
                     rows_column(search->rows, other), column_role_key(role),
                     column_role_key(role));
}

/* The second column of the same normalised name, behind the first. */
static size_t find_second(const struct column_search *search, size_t first)
{
    for (size_t i = first + 1; i < search->count; i++) {
        if (strcmp(search->names[i], search->names[first]) == 0) {
            return i;
        }
    }
    return first;
}

/* Where a dialect says which columns hold the alleles, no others do. */
static bool is_of_dialect(const struct column_search *search, enum column_role role)
{
    return (role == COLUMN_EFFECT_ALLELE || role == COLUMN_OTHER_ALLELE) &&
           dialect_has_role(search->columns->dialect, role);
}

/* Looks where the dialect says; two columns of that name are one too many. */
static bool find_in_dialect(struct column_search *search, enum column_role role,
                            struct error *error)
{
    const struct dialect_names names = {search->names, search->count};
    size_t column = search->columns->dialect == NULL
                        ? COLUMN_NONE
                        : dialect_column(search->columns->dialect, &names, role);
    size_t second = column == COLUMN_NONE ? column : find_second(search, column);

    search->columns->of[role] = column;
    return column == second || !is_vital(search, role) ||
           fail_two(search, role, column, second, error);
}

/* Takes the best-ranked name that the header has; two of one rank are one too many. */
static bool find_by_name(struct column_search *search, enum column_role role,
                         struct error *error)
{
    size_t *of = &search->columns->of[role];
    int rank = 0;

    for (size_t i = 0; i < column_name_count; i++) {
        const struct column_name *entry = &column_names[i];
        bool twice;
        size_t column;

        if (entry->role != role || entry->form != search->form ||
            (*of != COLUMN_NONE && entry->rank != rank) ||
            (entry->beside != NULL && !column_search_has(search, entry->beside))) {
            continue;
        }
        column = column_search_name(search, entry->name, &twice);
        if (column == COLUMN_NONE || column == *of) {
            continue;
        }
        if ((twice || *of != COLUMN_NONE) && is_vital(search, role)) {
            return fail_two(search, role, *of != COLUMN_NONE ? *of : column,
                            *of != COLUMN_NONE ? column : find_second(search, column), error);
        }
        *of = *of == COLUMN_NONE ? column : *of;
        rank = entry->rank;
    }
    return true;
}

static bool find_role(struct column_search *search, enum column_role role, struct error *error)
{
    bool is_open = find_in_dialect(search, role, error);

    if (!is_open || search->columns->of[role] != COLUMN_NONE ||
        (search->columns->dialect != NULL && is_of_dialect(search, role))) {
        return is_open;
    }
    return find_by_name(search, role, error);
}

/* The header as one text of names, not too long for a message. */
static char *list_header(const struct column_search *search)
{
    struct text text = {0};
    char *all, *fitted;

    for (size_t i = 0; i < search->count && text.length < 400; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : " ", rows_column(search->rows, i));
    }
    all = text_take(&text);
    fitted = text_fit(all, 200, true);
    memory_free(all);
    return fitted;
}

static bool fail_missing(const struct column_search *search, enum column_role role,
                         struct error *error)
{
    const struct dialect *dialect = search->columns->dialect;
    char *header = list_header(search);

    if (dialect != NULL && dialect->advice != NULL) {
        error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
                  column_role_key(role), _("found no such column among %s; %s"), header,
                  _(dialect->advice));
        memory_free(header);
        return false;
    }
    error_set(error, ERROR_DATA, rows_name(search->rows), rows_line(search->rows),
              column_role_key(role),
              _("found no such column among %s; name it with --col %s=NAME"), header,
              column_role_key(role));
    memory_free(header);
    return false;
}

/* What a user chose stands for itself: nothing else that would go before it is looked for. */
static bool is_spared(const struct columns *columns, enum column_role role)
{
    switch (role) {
    case COLUMN_BETA:
        return columns->is_chosen[COLUMN_ODDS_RATIO];
    case COLUMN_P:
        return columns->is_chosen[COLUMN_NEGLOG10_P] || columns->is_chosen[COLUMN_LN_P];
    case COLUMN_ODDS_RATIO:
        return columns->is_chosen[COLUMN_BETA];
    case COLUMN_NEGLOG10_P:
    case COLUMN_LN_P:
        return columns->is_chosen[COLUMN_P];
    case COLUMN_REF:
    case COLUMN_ALT:
        return columns->is_chosen[COLUMN_OTHER_ALLELE];
    default:
        return false;
    }
}

static bool find_roles(struct column_search *search, struct error *error)
{
    /* The variant's need depends on chromosome and position, so it comes last. */
    for (size_t turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < COLUMN_ROLES; i++) {
            bool is_turn = (i == COLUMN_VARIANT) == (turn == 1);

            if (is_turn && search->columns->of[i] == COLUMN_NONE &&
                !is_spared(search->columns, (enum column_role)i) &&
                !find_role(search, (enum column_role)i, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool find_all(struct column_search *search, const char *const *overrides, size_t count,
                     struct error *error)
{
    const struct dialect_names names = {search->names, search->count};

    search->columns->dialect = search->form == FORM_ASSOCIATIONS ? dialect_find(&names) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!column_search_override(search, overrides[i], error)) {
            return false;
        }
    }
    if (!find_roles(search, error)) {
        return false;
    }
    if (search->form == FORM_ASSOCIATIONS) {
        column_search_settle(search);
    }
    columns_forget_spare(search->columns);
    if (!column_search_check_alleles(search, error)) {
        return false;
    }
    search->columns->is_assumed = column_search_is_assumed(search);
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        if (search->columns->of[i] == COLUMN_NONE && is_needed(search, (enum column_role)i)) {
            search->columns->missing = (enum column_role)i;
            return fail_missing(search, (enum column_role)i, error);
        }
    }
    return true;
}

bool columns_find(const struct rows *rows, enum column_form form, const char *const *overrides,
                  size_t count, struct columns *columns, struct error *error)
{
    struct column_search search = {
        .rows = rows, .form = form, .count = rows_columns(rows), .columns = columns};
    bool is_found;

    *columns =
        (struct columns){.missing = COLUMN_ROLES, .has_commas = rows_may_have_commas(rows)};
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        columns->of[i] = COLUMN_NONE;
    }
    search.names = memory_get(search.count, sizeof *search.names);
    for (size_t i = 0; i < search.count; i++) {
        search.names[i] = column_search_normalise(rows_column(rows, i));
    }
    is_found = find_all(&search, overrides, count, error);
    for (size_t i = 0; i < search.count; i++) {
        memory_free(search.names[i]);
    }
    memory_free(search.names);
    return is_found;
}
