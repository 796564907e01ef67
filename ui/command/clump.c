#include "instrument/clump.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "pair/reason.h"
#include "report/table.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <math.h>

static bool run(const struct options *options, struct error *error);

const struct command command_clump = {
    .name = "clump",
    .operands = "FILE [--bfile PREFIX] --p1 P --r2 R --kb KB [--ld-out FILE]",
    .shows = N_("index variants: the smallest P among what is near and correlated, as in\n"
                "      taxamr clump gwas.tsv --bfile EUR --p1 5e-8 --r2 0.001 --kb 10000"),
    .least = 1,
    .most = 1,
    .accepts = OPTION_SET(OPTION_BFILE) | OPTION_SET(OPTION_P1) | OPTION_SET(OPTION_R2) |
               OPTION_SET(OPTION_KB) | OPTION_SET(OPTION_LD_OUT),
    .run = run,
};

static bool check(const struct options *options, struct error *error)
{
    const char *missing = NULL;

    if (options->table != NULL && options->table != tables_find("ledger")) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --table %s; clump has its index variants and --table ledger"),
                         options->table->key);
    }
    if (!options_has(options, OPTION_P1)) {
        missing = "p1 P";
    } else if (!options_has(options, OPTION_KB)) {
        missing = "kb KB";
    } else if (options->bfile != NULL && !options_has(options, OPTION_R2)) {
        missing = "r2 R";
    } else if (options->ld_out != NULL && options->bfile == NULL) {
        missing = "bfile PREFIX";
    }
    return missing == NULL ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found no --%s; write it, see taxamr help clump"), missing);
}

static void fill(const void *rows, struct table_writer *writer)
{
    const struct clump *clump = rows;

    for (size_t i = 0; i < clump->indices.count; i++) {
        const struct clump_variant *variant =
            *(struct clump_variant **)array_at(&clump->indices, i);

        table_text(writer, plink_chromosome(variant->chromosome));
        table_text(writer, variant->id);
        table_number(writer, variant->position);
        table_probability(writer, variant->p, variant->neglog10_p);
        table_end_row(writer);
    }
}

static enum reason reason_of(const struct clump_variant *variant)
{
    switch (variant->fate) {
    case CLUMP_CLAIMED:
        return isnan(variant->r2) ? REASON_NEAR : REASON_IN_LD;
    case CLUMP_ABSENT:
        return REASON_NOT_IN_REFERENCE;
    case CLUMP_ALLELES_DIFFER:
        return REASON_REFERENCE_ALLELES;
    case CLUMP_OPEN:
    case CLUMP_INDEX:
        break;
    }
    return REASON_KEPT;
}

static void ledger_row(const struct clump_variant *variant, struct table_writer *writer)
{
    enum reason reason = reason_of(variant);

    table_text(writer, NULL);
    table_text(writer, variant->id);
    table_text(writer, stage_text(STAGE_INSTRUMENT));
    table_flag(writer, reason == REASON_KEPT);
    table_text(writer, reason_text(reason));
    table_text(writer, NULL);
    table_text(writer, NULL);
    table_text(writer, variant->index == NULL ? NULL : variant->index->id);
    table_number(writer, variant->index == NULL ? NAN : variant->r2);
    table_end_row(writer);
}

/* What has a P small enough, in the order of chromosomes and positions, then what is absent. */
static void fill_ledger(const void *rows, struct table_writer *writer)
{
    const struct clump *clump = rows;

    for (size_t i = 0; i < clump->variants.count; i++) {
        ledger_row(array_at(&clump->variants, i), writer);
    }
    for (size_t i = 0; i < clump->absent.count; i++) {
        ledger_row(array_at(&clump->absent, i), writer);
    }
}

static bool wants_ledger(const struct options *options)
{
    return options->table != NULL;
}

static bool print(const struct options *options, const struct clump *clump, struct error *error)
{
    static const char *const columns[] = {"CHR", "SNP", "BP", "P", NULL};
    struct text text = {0};

    for (size_t i = 0; i < clump->warnings.count && !options_has(options, OPTION_QUIET); i++) {
        output_complain(*(char **)array_at(&clump->warnings, i));
    }
    if (wants_ledger(options)) {
        table_print_rows(options->table->columns, fill_ledger, clump, options->format, &text);
    } else {
        table_print_rows(columns, fill, clump, options->format, &text);
    }
    return output_print(&text, error);
}

static bool write_correlations(const struct options *options, struct clump *clump,
                               const struct plink *plink, struct error *error)
{
    struct text text = {0};
    bool is_written = false;

    if (options->ld_out == NULL) {
        return true;
    }
    if (clump->indices.count == 0) {
        clump_warn(clump, _("%s: not written, as there is no index variant"), options->ld_out);
        return true;
    }
    if (clump_correlations(clump, plink, &text, error)) {
        is_written = write_whole(options->ld_out, text.bytes, text.length, error);
    }
    text_drop(&text);
    return is_written;
}

static bool find(const struct options *options, struct clump *clump, struct plink *plink,
                 struct error *error)
{
    struct gwas_options reading = load_reading(options);
    struct clump_settings settings = {options->p1, options->r2, options->kb,
                                      wants_ledger(options)};
    struct job_pool *pool;

    if (!clump_read(clump, options->operands[0], &reading, &settings, plink != NULL, error) ||
        (plink != NULL && !clump_place(clump, plink, error))) {
        return false;
    }
    if (plink == NULL) {
        clump_warn(clump, _("clumped by distance alone, without LD; give a reference with "
                            "--bfile to clump by r2"));
    }
    pool = job_pool_create(options->threads);
    clump_find(clump, plink, &settings, pool);
    job_pool_destroy(pool);
    return write_correlations(options, clump, plink, error);
}

static bool run(const struct options *options, struct error *error)
{
    struct clump *clump;
    struct plink *plink = NULL;
    bool is_done;

    if (!check(options, error) ||
        (options->bfile != NULL && !plink_open(options->bfile, &plink, error))) {
        return false;
    }
    clump = clump_create();
    is_done = find(options, clump, plink, error) && print(options, clump, error);
    clump_destroy(clump);
    plink_close(plink);
    return is_done;
}
