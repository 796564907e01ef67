#include "gwas/columns.h"
#include "instrument/clump_parts.h"

struct asked {
    const struct rows *rows;
    const struct gwas_options *options;
    struct columns *columns;
};

/* Roles that are needed elsewhere and here are only used where they are. */
static const enum column_role spared[] = {COLUMN_EFFECT_ALLELE, COLUMN_BETA, COLUMN_SE,
                                          COLUMN_EAF};

/* The spared roles from `first` up to `end` go to any column, and are then forgotten. */
static bool find_without(const struct asked *asked, size_t first, size_t end,
                         struct error *error)
{
    struct array overrides = ARRAY_OF(const char *);
    struct arena *arena = arena_create();
    bool is_found;

    for (size_t i = first; i < end; i++) {
        *(const char **)array_add(&overrides) = arena_format(
            arena, "%s=%s", column_role_key(spared[i]), rows_column(asked->rows, 0));
    }
    for (size_t i = 0; i < asked->options->override_count; i++) {
        *(const char **)array_add(&overrides) = asked->options->overrides[i];
    }
    is_found = columns_find(asked->rows, FORM_ASSOCIATIONS, overrides.items, overrides.count,
                            asked->columns, error);
    for (size_t i = first; i < end; i++) {
        asked->columns->of[spared[i]] = COLUMN_NONE;
    }
    array_destroy(&overrides);
    arena_destroy(arena);
    return is_found;
}

/* With all that an association has, without the frequency that Z needs, without its effect,
 * without its alleles, or without effect and alleles. */
bool clump_columns(const struct rows *rows, const struct gwas_options *options,
                   struct columns *columns, struct error *error)
{
    static const size_t without[][2] = {{0, 0}, {3, 4}, {1, 3}, {0, 1}};
    const struct asked asked = {rows, options, columns};
    struct error ignored = {0};

    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        bool is_found = find_without(&asked, without[i][0], without[i][1], &ignored);

        error_clear(&ignored);
        if (is_found) {
            return true;
        }
    }
    return find_without(&asked, 0, 3, error);
}
