#include "gwas/columns.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/vcf.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_columns = {
    .name = "columns",
    .operands = "FILE",
    .shows = N_("how the columns of a file are understood"),
    .least = 1,
    .most = 1,
    .accepts = 0,
    .run = run,
};

/* A table with both sides is a harmonised one; what is wrong with a file that is neither is
 * told as of an association table. */
static bool find(const struct rows *rows, const struct options *options,
                 struct columns *columns, struct error *error)
{
    const char *const *overrides = (const char *const *)options->columns.items;
    size_t count = options->columns.count;
    struct error ignored = {0};
    bool is_pair = columns_find(rows, FORM_HARMONISED, overrides, count, columns, &ignored);
    error_clear(&ignored);
    return is_pair || columns_find(rows, FORM_ASSOCIATIONS, overrides, count, columns, error);
}

static const char *role_of(const struct columns *columns, size_t column)
{
    for (int role = 0; role < COLUMN_ROLES; role++) {
        if (columns->of[role] == column) {
            return column_role_key((enum column_role)role);
        }
    }
    return "NA";
}

static void describe(const struct rows *rows, const struct columns *columns, struct text *text)
{
    text_add(text, "column\trole\n");
    for (size_t i = 0; i < rows_columns(rows); i++) {
        char *name = text_clean(rows_column(rows, i));
        text_addf(text, "%s\t%s\n", name, role_of(columns, i));
        memory_free(name);
    }
}

/* A VCF says itself what its fields are; `lines` are ended. */
static bool show_vcf(struct lines *lines, struct error *error)
{
    struct text text = {0};
    bool is_read = vcf_describe(lines, &text, error);
    lines_close(lines);
    return is_read && output_print(&text, error);
}

static bool run(const struct options *options, struct error *error)
{
    struct lines *lines;
    struct rows *rows;
    struct columns columns;
    if (!lines_open(options->operands[0], &lines, error)) {
        return false;
    }
    if (lines_kind(lines) == LINES_VCF) {
        return show_vcf(lines, error);
    }
    if (!rows_open_lines(lines, &rows, error)) {
        return false;
    }
    struct text text = {0};
    bool is_found = find(rows, options, &columns, error);
    if (is_found) {
        describe(rows, &columns, &text);
    }
    rows_close(rows);
    return is_found && output_print(&text, error);
}
