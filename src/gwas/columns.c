#include "gwas/columns.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/column_names.h"
#include "gwas/column_needs.h"
#include "gwas/dialects.h"
#include <ctype.h>
#include <string.h>

/* What a search works on: the header, also in the form in which names are compared. */
struct search {
    const struct rows *rows;
    enum column_form form;
    char **names; /* normalised */
    size_t count;
    struct columns *columns;
};

static char *normalise(const char *name)
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

/* The column of a normalised name; *twice when another has it, too. */
static size_t find_name(const struct search *search, const char *name, bool *twice)
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

static bool has_name(const struct search *search, const char *name)
{
    bool twice;

    return find_name(search, name, &twice) != COLUMN_NONE;
}

const char *column_role_key(enum column_role role)
{
    return column_keys[role];
}

static bool is_needed(const struct search *search, enum column_role role)
{
    if (search->form == FORM_ASSOCIATIONS) {
        return columns_need(search->columns, role);
    }
    return role == COLUMN_BETA || role == COLUMN_SE || role == COLUMN_OUTCOME_BETA ||
           role == COLUMN_OUTCOME_SE;
}

/* Of two columns for such a role none may be taken by chance. */
static bool is_vital(const struct search *search, enum column_role role)
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

static bool fail_two(const struct search *search, enum column_role role, size_t one,
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
static size_t find_second(const struct search *search, size_t first)
{
    for (size_t i = first + 1; i < search->count; i++) {
        if (strcmp(search->names[i], search->names[first]) == 0) {
            return i;
        }
    }
    return first;
}

/* Where a dialect says which columns hold the alleles, no others do. */
static bool is_of_dialect(const struct search *search, enum column_role role)
{
    return (role == COLUMN_EFFECT_ALLELE || role == COLUMN_OTHER_ALLELE) &&
           dialect_has_role(search->columns->dialect, role);
}

/* Looks where the dialect says; two columns of that name are one too many. */
static bool find_in_dialect(struct search *search, enum column_role role, struct error *error)
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
static bool find_by_name(struct search *search, enum column_role role, struct error *error)
{
    size_t *of = &search->columns->of[role];
    int rank = 0;

    for (size_t i = 0; i < column_name_count; i++) {
        const struct column_name *entry = &column_names[i];
        bool twice;
        size_t column;

        if (entry->role != role || entry->form != search->form ||
            (*of != COLUMN_NONE && entry->rank != rank) ||
            (entry->beside != NULL && !has_name(search, entry->beside))) {
            continue;
        }
        column = find_name(search, entry->name, &twice);
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

static bool find_role(struct search *search, enum column_role role, struct error *error)
{
    bool is_open = find_in_dialect(search, role, error);

    if (!is_open || search->columns->of[role] != COLUMN_NONE ||
        (search->columns->dialect != NULL && is_of_dialect(search, role))) {
        return is_open;
    }
    return find_by_name(search, role, error);
}

/* A role by its key, or by a name that columns of that role have. */
static enum column_role role_of(const struct search *search, const char *key)
{
    char *normal = normalise(key);
    enum column_role role = COLUMN_ROLES;

    for (size_t i = 0; i < COLUMN_ROLES && role == COLUMN_ROLES; i++) {
        char *own = normalise(column_keys[i]);

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
static size_t column_called(const struct search *search, const char *name)
{
    size_t column = COLUMN_NONE;
    char *normal = normalise(name);
    bool twice;

    for (size_t i = 0; i < search->count && column == COLUMN_NONE; i++) {
        column = strcmp(rows_column(search->rows, i), name) == 0 ? i : COLUMN_NONE;
    }
    if (column == COLUMN_NONE) {
        column = find_name(search, normal, &twice);
    }
    memory_free(normal);
    return column;
}

static bool apply_override(struct search *search, const char *text, struct error *error)
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

/* The header as one text of names, not too long for a message. */
static char *list_header(const struct search *search)
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

static bool fail_missing(const struct search *search, enum column_role role,
                         struct error *error)
{
    char *header = list_header(search);

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

static bool find_roles(struct search *search, struct error *error)
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

/* Whether the effect's allele stands under a name that says no more than A1. */
static bool is_assumed(const struct search *search)
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

/* One column cannot hold both alleles, as when a user chose but one of the two. */
static bool check_alleles(const struct search *search, struct error *error)
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
static void settle_frequency(const struct search *search)
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
        size_t allele = find_name(search, names[i].allele, &twice);

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
static void settle_ref(const struct search *search)
{
    size_t *of = search->columns->of;

    if (of[COLUMN_OTHER_ALLELE] != COLUMN_NONE &&
        !search->columns->is_chosen[COLUMN_OTHER_ALLELE] &&
        strcmp(search->names[of[COLUMN_OTHER_ALLELE]], "ref") == 0 &&
        !has_name(search, "alt")) {
        of[COLUMN_REF] = of[COLUMN_OTHER_ALLELE];
        of[COLUMN_OTHER_ALLELE] = COLUMN_NONE;
    }
}

static bool find_all(struct search *search, const char *const *overrides, size_t count,
                     struct error *error)
{
    const struct dialect_names names = {search->names, search->count};

    search->columns->dialect = search->form == FORM_ASSOCIATIONS ? dialect_find(&names) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!apply_override(search, overrides[i], error)) {
            return false;
        }
    }
    if (!find_roles(search, error)) {
        return false;
    }
    if (search->form == FORM_ASSOCIATIONS) {
        settle_frequency(search);
        settle_ref(search);
    }
    columns_forget_spare(search->columns);
    if (!check_alleles(search, error)) {
        return false;
    }
    search->columns->is_assumed = is_assumed(search);
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
    struct search search = {
        .rows = rows, .form = form, .count = rows_columns(rows), .columns = columns};
    bool is_found;

    *columns =
        (struct columns){.missing = COLUMN_ROLES, .has_commas = rows_may_have_commas(rows)};
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        columns->of[i] = COLUMN_NONE;
    }
    search.names = memory_get(search.count, sizeof *search.names);
    for (size_t i = 0; i < search.count; i++) {
        search.names[i] = normalise(rows_column(rows, i));
    }
    is_found = find_all(&search, overrides, count, error);
    for (size_t i = 0; i < search.count; i++) {
        memory_free(search.names[i]);
    }
    memory_free(search.names);
    return is_found;
}
