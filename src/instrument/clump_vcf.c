#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/vcf.h"
#include "instrument/clump_parts.h"
#include <math.h>
#include <string.h>

static struct clump_variant variant_of(const struct association *association)
{
    return (struct clump_variant){.id = association->variant,
                                  .chromosome = association->chromosome,
                                  .position = association->position,
                                  .effect = association->effect_allele,
                                  .other = association->other_allele,
                                  .p = association->p,
                                  .neglog10_p = association->neglog10_p};
}

static bool check_trait(const char *path, const struct gwas_row *first,
                        const struct gwas_row *row, struct error *error)
{
    return first->trait == row->trait || strcmp(first->trait, row->trait) == 0 ||
           error_set(error, ERROR_DATA, path, row->association.line, NULL,
                     _("found a second trait, %s, behind %s; give one trait a file"),
                     row->trait, first->trait);
}

/* Keeps what has P up to the threshold. */
static bool keep_all(struct clump *clump, const char *path, const struct gwas_table *table,
                     struct error *error)
{
    struct map *places = map_create_borrowing();
    bool is_kept = true;

    for (size_t i = 0; i < table->rows.count && is_kept; i++) {
        const struct gwas_row *row = array_at(&table->rows, i);
        struct clump_variant variant = variant_of(&row->association);

        is_kept = check_trait(path, array_at(&table->rows, 0), row, error);
        if (is_kept) {
            clump_keep(clump, places, &variant, (size_t)row->association.line);
        }
    }
    map_destroy(places);
    return is_kept;
}

static void warn(struct clump *clump, const char *path, const struct gwas_table *table,
                 double p)
{
    char *warning = gwas_warning(path, table);

    if (warning != NULL) {
        clump_warn(clump, "%s", warning);
    }
    if (clump->variants.count == 0) {
        clump_warn(clump, _("%s: no variant has P up to %g"), path, p);
    }
    memory_free(warning);
}

bool clump_read_vcf(struct clump *clump, const char *path, struct lines *lines,
                    const struct gwas_options *options, const struct clump_settings *settings,
                    struct error *error)
{
    struct gwas_options wanting = *options;
    struct gwas_table table = {.rows = ARRAY_OF(struct gwas_row),
                               .dropped = ARRAY_OF(struct gwas_dropped)};
    bool is_read;

    /* what is wanted has P below a bound; an index variant at most the threshold */
    wanting.wanted = (struct gwas_wanted){.most_p = nextafter(settings->p, INFINITY)};
    is_read = vcf_read_table(lines, &wanting, false, clump->arena, &table, error) &&
              keep_all(clump, path, &table, error);
    if (is_read) {
        warn(clump, path, &table, settings->p);
    }
    gwas_table_destroy(&table);
    return is_read;
}
