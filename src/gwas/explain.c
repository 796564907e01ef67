#include "gwas/explain.h"
#include "base/i18n.h"
#include "gwas/dialects.h"
#include <string.h>

/* An explanation under way. */
struct telling {
    const struct rows *rows;
    const struct columns *columns;
    enum column_form form;
    struct arena *arena;
    struct array *lines;
};

static void tell(const struct telling *telling, const char *column, const char *role,
                 const char *why, const char *override)
{
    struct explain_line *line = array_add(telling->lines);

    *line = (struct explain_line){column, role, why, override};
}

static bool has(const struct columns *columns, enum column_role role)
{
    return columns->of[role] != COLUMN_NONE;
}

/* The role that a column plays first; COLUMN_ROLES for none. */
static enum column_role role_of(const struct columns *columns, size_t column)
{
    for (int role = 0; role < COLUMN_ROLES; role++) {
        if (columns->of[role] == column) {
            return (enum column_role)role;
        }
    }
    return COLUMN_ROLES;
}

const char *explain_column(const struct columns *columns, enum column_form form, size_t column,
                           struct arena *arena)
{
    enum column_role role = role_of(columns, column);

    if (role == COLUMN_ROLES) {
        return _("not needed");
    }
    if (columns->is_chosen[role]) {
        return _("chosen with --col");
    }
    if (form == FORM_HARMONISED) {
        return _("its name in harmonised tables");
    }
    if (role == COLUMN_EFFECT_ALLELE && columns->is_assumed) {
        return _("assumed: the name does not say whose effect it is");
    }
    if (columns->dialect != NULL && dialect_has_role(columns->dialect, role)) {
        return arena_format(arena, _("its name in %s"), columns->dialect->name);
    }
    return _("a name of such columns");
}

/* A name as a shell takes it. */
static const char *quoted(const struct telling *telling, const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789_.:%+-";
    bool is_plain = name[strspn(name, plain)] == '\0';

    return is_plain || strchr(name, '\'') != NULL ? name
                                                  : arena_format(telling->arena, "'%s'", name);
}

static void tell_column(const struct telling *telling, size_t column)
{
    enum column_role role = role_of(telling->columns, column);
    const char *name = rows_column(telling->rows, column);
    const char *why = explain_column(telling->columns, telling->form, column, telling->arena);

    if (role == COLUMN_ROLES) {
        tell(telling, name, NULL, why, NULL);
        return;
    }
    tell(telling, name, column_role_key(role), why,
         arena_format(telling->arena, "--col %s=%s", column_role_key(role),
                      quoted(telling, name)));
}

static void tell_derived(const struct telling *telling, enum column_role role, const char *how)
{
    tell(telling, NULL, column_role_key(role), how,
         arena_format(telling->arena, "--col %s=NAME", column_role_key(role)));
}

static const char *how_beta(const struct columns *columns)
{
    if (has(columns, COLUMN_BETA)) {
        return NULL;
    }
    return has(columns, COLUMN_ODDS_RATIO)
               ? _("derived: the natural logarithm of the odds ratio")
               : _("derived from Z, N and EAF: z / sqrt(2 p (1 - p) (n + z^2)), per SD of the "
                   "trait");
}

static const char *how_se(const struct columns *columns)
{
    bool is_ratio = !has(columns, COLUMN_BETA) && has(columns, COLUMN_ODDS_RATIO);

    if (has(columns, COLUMN_SE)) {
        return NULL;
    }
    if (has(columns, COLUMN_CI_TEXT) ||
        (has(columns, COLUMN_CI_LOWER) && has(columns, COLUMN_CI_UPPER))) {
        /* xgettext:no-c-format */
        return _("derived from the 95% interval");
    }
    if (!has(columns, COLUMN_BETA) && !is_ratio) {
        return _("derived from Z, N and EAF, per SD of the trait");
    }
    return has(columns, COLUMN_Z) ? _("derived: effect over the test's statistic")
                                  : _("derived: effect over the z of P");
}

static const char *how_other_allele(const struct columns *columns)
{
    if (has(columns, COLUMN_OTHER_ALLELE)) {
        return NULL;
    }
    if (has(columns, COLUMN_REF) && has(columns, COLUMN_ALT)) {
        return _("derived: of REF and ALT the one that is not the effect allele");
    }
    if (has(columns, COLUMN_REF)) {
        return _("derived: REF, in rows where it is not the effect allele");
    }
    return columns->dialect != NULL && columns->dialect->has_alleles_in_id
               ? _("derived from the id, chr:pos:other:effect")
               : _("missing, unless ids are chr:pos:a:b: strands cannot be told apart, "
                   "palindromic variants are dropped");
}

static const char *how_p(const struct columns *columns)
{
    if (has(columns, COLUMN_P)) {
        return NULL;
    }
    if (has(columns, COLUMN_NEGLOG10_P)) {
        return _("derived from -log10 P, which is kept where P would be 0");
    }
    return has(columns, COLUMN_LN_P)
               ? _("derived: negative figures are ln P, which is kept where P would be 0")
               : _("derived from effect and SE");
}

static const char *how_eaf(const struct columns *columns)
{
    if (has(columns, COLUMN_EAF)) {
        return NULL;
    }
    if (columns_have_genotypes(columns)) {
        return _("derived from the numbers of people with each genotype");
    }
    return has(columns, COLUMN_MAF) && has(columns, COLUMN_MINOR_ALLELE)
               ? _("derived from an allele and its frequency")
               : _("missing: palindromic variants cannot be oriented");
}

static const char *how_n(const struct columns *columns)
{
    if (has(columns, COLUMN_N)) {
        return NULL;
    }
    return has(columns, COLUMN_CASES) && has(columns, COLUMN_CONTROLS)
               ? _("derived: cases and controls together")
               : _("missing: R2 and Steiger need it; a study file can say n");
}

static const char *how_place(const struct columns *columns, enum column_role role)
{
    if (has(columns, role)) {
        return NULL;
    }
    if (columns->dialect != NULL && columns->dialect->has_alleles_in_id) {
        return _("derived from the id");
    }
    return _("missing, unless ids are chr:pos: variants join by id alone");
}

/* What an effect cannot do without. */
static void tell_missing(const struct telling *telling)
{
    enum column_role role = telling->columns->missing;

    if (role != COLUMN_ROLES) {
        tell_derived(telling, role,
                     role == COLUMN_EAF || role == COLUMN_N
                         ? _("missing, and needed: without it Z tells no effect")
                         : _("missing, and needed: the table cannot be read without it"));
    }
}

static void tell_rest(const struct telling *telling)
{
    const struct columns *columns = telling->columns;
    const struct {
        enum column_role role;
        const char *how;
    } rest[] = {
        {COLUMN_EFFECT_ALLELE,
         has(columns, COLUMN_EFFECT_ALLELE) ? NULL : _("derived from the id")},
        {COLUMN_OTHER_ALLELE, how_other_allele(columns)},
        {COLUMN_BETA, how_beta(columns)},
        {COLUMN_SE, how_se(columns)},
        {COLUMN_P, how_p(columns)},
        {COLUMN_EAF, how_eaf(columns)},
        {COLUMN_N, how_n(columns)},
        {COLUMN_VARIANT, has(columns, COLUMN_VARIANT) || has(columns, COLUMN_SNP_ALLELE)
                             ? NULL
                             : _("derived: chr:pos and both alleles in alphabetical order")},
        {COLUMN_CHROMOSOME, how_place(columns, COLUMN_CHROMOSOME)},
        {COLUMN_POSITION, how_place(columns, COLUMN_POSITION)},
    };

    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        if (rest[i].how != NULL && rest[i].role != columns->missing) {
            tell_derived(telling, rest[i].role, rest[i].how);
        }
    }
}

static const char *unit_of(const struct columns *columns)
{
    if (columns->dialect != NULL && columns->dialect->scale != NULL) {
        return _(columns->dialect->scale);
    }
    if (!has(columns, COLUMN_BETA) && has(columns, COLUMN_ODDS_RATIO)) {
        return _("log odds");
    }
    return !has(columns, COLUMN_BETA) && has(columns, COLUMN_Z)
               ? _("SD, from Z, N and EAF")
               : _("not in the file; a study file says it with unit");
}

static void tell_dialect(const struct telling *telling)
{
    const struct dialect *dialect = telling->columns->dialect;
    const char *swap = NULL;

    if (telling->columns->is_assumed && has(telling->columns, COLUMN_OTHER_ALLELE)) {
        const size_t *of = telling->columns->of;

        swap =
            arena_format(telling->arena, "--col effect_allele=%s --col other_allele=%s",
                         quoted(telling, rows_column(telling->rows, of[COLUMN_OTHER_ALLELE])),
                         quoted(telling, rows_column(telling->rows, of[COLUMN_EFFECT_ALLELE])));
    }
    tell(telling, NULL, "dialect",
         dialect == NULL
             ? _("none that is known: columns go by their names alone")
             : arena_format(telling->arena, "%s (%s)", dialect->name, dialect->source),
         NULL);
    if (dialect != NULL) {
        tell(telling, NULL, "effect", _(dialect->effect), swap);
    }
    tell(telling, NULL, "unit", unit_of(telling->columns), NULL);
}

void explain_columns(const struct rows *rows, const struct columns *columns,
                     enum column_form form, struct arena *arena, struct array *lines)
{
    struct telling telling = {rows, columns, form, arena, lines};

    for (size_t i = 0; i < rows_columns(rows); i++) {
        tell_column(&telling, i);
    }
    if (form == FORM_ASSOCIATIONS) {
        tell_missing(&telling);
        tell_rest(&telling);
        tell_dialect(&telling);
    }
}
