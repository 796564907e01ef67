#include "base/i18n.h"
#include "base/text.h"
#include "gwas/vcf.h"
#include "study/detect_parts.h"
#include <math.h>
#include <string.h>

/* The first rows of a VCF: they cannot be told apart from its lines, of which each has one for
 * every trait and allele. */
static bool look(struct detect_sample *sample, const char *path, const char *const *overrides,
                 size_t count, struct arena *arena, struct error *error)
{
    struct gwas_options options = {.overrides = overrides,
                                   .override_count = count,
                                   .skip_bad_rows = true,
                                   .most_rows = DETECT_ROWS,
                                   .threads = 1};
    struct gwas_table table;
    if (!gwas_read(path, &options, arena, &table, error)) {
        return false;
    }
    for (size_t i = 0; i < table.rows.count; i++) {
        const struct gwas_row *row = array_at(&table.rows, i);
        const struct association *one = &row->association;
        detect_look(sample, one->eaf, one->se, one->n, row->trait, arena);
    }
    gwas_table_destroy(&table);
    return true;
}

/* What the header says goes before what figures suggest. */
static void guess_unit(struct detected *found, const struct vcf_traits *traits,
                       struct detect_sample *sample, struct arena *arena)
{
    if (traits->units_differ) {
        found->unit = UNIT_UNKNOWN;
        found->unit_reason = _("the units of its traits differ; give each trait a file");
    } else if (traits->first.unit != UNIT_UNKNOWN) {
        found->unit = traits->first.unit;
        found->unit_reason = _("as the header of the VCF has it");
    } else {
        detect_unit(found, sample, arena);
    }
}

bool detect_vcf(struct lines *lines, const char *const *overrides, size_t count,
                struct arena *arena, struct detected *found, struct error *error)
{
    struct array explained = ARRAY_OF(struct explain_line);
    struct detect_sample *sample = arena_get(arena, 1, sizeof *sample);
    struct vcf_traits traits;
    bool is_read = vcf_describe(lines, arena, &explained, &traits, error);
    lines_close(lines);
    if (is_read) {
        sample->n = traits.first.n;
        sample->cases = traits.first.cases;
        sample->is_binary = traits.first.is_binary;
        is_read = look(sample, found->path, overrides, count, arena, error);
    }
    if (is_read) {
        detect_taxon(found, sample, arena);
        detect_keep_lines(found, &explained, arena);
        guess_unit(found, &traits, sample, arena);
    }
    array_destroy(&explained);
    return is_read;
}
