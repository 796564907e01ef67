#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/explain.h"
#include "gwas/vcf.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
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
                 struct columns *columns, enum column_form *form, struct error *error)
{
    const char *const *overrides = (const char *const *)options->columns.items;
    size_t count = options->columns.count;
    struct error ignored = {0};
    bool is_pair = columns_find(rows, FORM_HARMONISED, overrides, count, columns, &ignored);
    error_clear(&ignored);
    *form = is_pair ? FORM_HARMONISED : FORM_ASSOCIATIONS;
    return is_pair || columns_find(rows, FORM_ASSOCIATIONS, overrides, count, columns, error);
}

static void add_cell(struct text *text, const char *cell, char end)
{
    char *clean = text_clean(cell == NULL ? "NA" : cell);
    text_addf(text, "%s%c", clean, end);
    memory_free(clean);
}

static void print_lines(const struct array *lines, struct text *text)
{
    text_add(text, "column\trole\twhy\toverride\n");
    for (size_t i = 0; i < lines->count; i++) {
        const struct explain_line *line = array_at(lines, i);
        add_cell(text, line->column, '\t');
        add_cell(text, line->role, '\t');
        add_cell(text, line->why, '\t');
        add_cell(text, line->override, '\n');
    }
}

static bool explain_rows(const struct options *options, struct arena *arena,
                         struct array *lines, struct error *error)
{
    struct builds *builds;
    struct gwas_options reading = load_reading(options);
    char *path = load_installed_path("known-positions.tsv");
    bool is_read = builds_read(path, &builds, error);
    memory_free(path);
    if (is_read) {
        is_read = explain_content(options->operands[0], &reading, builds, arena, lines, error);
        builds_destroy(builds);
    }
    return is_read;
}

static bool explain_table(const struct options *options, struct rows *rows, struct arena *arena,
                          struct array *lines, struct error *error)
{
    struct columns columns;
    enum column_form form;
    bool is_good = find(rows, options, &columns, &form, error);
    if (!is_good && columns.missing == COLUMN_ROLES) {
        return false;
    }
    explain_columns(rows, &columns, form, arena, lines);
    return is_good && (form == FORM_HARMONISED || explain_rows(options, arena, lines, error));
}

/* A VCF says itself what its fields are. */
static bool explain_file(const struct options *options, struct arena *arena,
                         struct array *lines, struct text *text, struct error *error)
{
    struct lines *opened;
    struct rows *rows;
    if (!vcf_open_lines(options->operands[0], &opened, error)) {
        return false;
    }
    if (lines_kind(opened) == LINES_VCF) {
        bool is_read = vcf_describe(opened, arena, lines, NULL, error) &&
                       explain_rows(options, arena, lines, error);
        print_lines(lines, text);
        lines_close(opened);
        return is_read;
    }
    if (!rows_open_lines(opened, &rows, error)) {
        return false;
    }
    bool is_good = explain_table(options, rows, arena, lines, error);
    /* What is missing is shown, too; names of columns are those of rows. */
    if (lines->count > 0) {
        print_lines(lines, text);
    }
    rows_close(rows);
    return is_good;
}

static bool run(const struct options *options, struct error *error)
{
    struct array lines = ARRAY_OF(struct explain_line);
    struct arena *arena = arena_create();
    struct text text = {0};
    bool is_good = explain_file(options, arena, &lines, &text, error);
    array_destroy(&lines);
    arena_destroy(arena);
    /* The error that names what is missing stays the first. */
    is_good = (text.length == 0 || output_print(&text, error)) && is_good;
    text_drop(&text);
    return is_good;
}
