#include "gwas/keep.h"
#include "base/i18n.h"
#include "gwas/duplicates.h"
#include "gwas/policy.h"

/* So many rows are read before it is asked again whether to stop. */
enum { ROWS_UNWATCHED = 256 };

enum read_result keep_going(const struct gwas_options *options, size_t read, const char *name,
                            struct error *error)
{
    const struct gwas_watch *watch = options->watch;

    if (options->most_rows > 0 && read >= options->most_rows) {
        return READ_END;
    }
    if (watch != NULL && read % ROWS_UNWATCHED == 0 && atomic_load(&watch->is_stopped)) {
        error_set(error, ERROR_DATA, name, 0, NULL, _("reading was stopped"));
        return READ_ERROR;
    }
    return READ_ROW;
}

_Atomic uint64_t *keep_consumed(const struct gwas_options *options)
{
    return options->consumed == NULL && options->watch != NULL ? &options->watch->taken
                                                               : options->consumed;
}

void keep_row(struct gwas_table *table, const char *trait,
              const struct association *association)
{
    struct association kept = *association;
    enum gwas_drop reason =
        policy_check(&kept, (struct policy_needs){.id = true, .alleles = true});

    if (reason != DROP_NONE) {
        struct gwas_dropped *dropped = array_add(&table->dropped);

        *dropped = (struct gwas_dropped){trait, kept.variant, kept.line, reason};
        return;
    }
    switch (policy_mend(&kept)) {
    case P_RECOMPUTED:
        table->repaired_p++;
        break;
    case P_STRANGE:
        table->strange_p++;
        break;
    case P_FINE:
        break;
    }
    *(struct gwas_row *)array_add(&table->rows) = (struct gwas_row){trait, kept};
}

bool keep_finish(const char *path, struct gwas_table *table, bool is_part, struct error *error)
{
    duplicates_remove(table, 0, false, &table->dropped);
    return (is_part && table->rows.count + table->dropped.count == 0) ||
           policy_accept(path, table, error);
}
