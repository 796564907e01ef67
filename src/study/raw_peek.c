#include "study/raw_peek.h"
#include "base/memory.h"
#include <sys/stat.h>

static char *trait_of(struct rows *rows, const struct gwas_options *options)
{
    struct columns columns;
    const char *const *cells;
    struct error ignored = {0};
    char *trait = NULL;
    if (columns_find(rows, FORM_ASSOCIATIONS, options->overrides, options->override_count,
                     &columns, &ignored) &&
        columns.of[COLUMN_TRAIT] != COLUMN_NONE &&
        rows_next(rows, &cells, &ignored) == READ_ROW &&
        !rows_is_missing(cells[columns.of[COLUMN_TRAIT]], true)) {
        trait = memory_copy_text(cells[columns.of[COLUMN_TRAIT]]);
    }
    error_clear(&ignored);
    return trait;
}

char *raw_peek_trait(const char *path, const struct gwas_options *options)
{
    struct stat status;
    struct rows *rows;
    struct error ignored = {0};
    char *trait = NULL;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        rows_open(path, &rows, &ignored)) {
        trait = trait_of(rows, options);
        rows_close(rows);
    }
    error_clear(&ignored);
    return trait;
}
