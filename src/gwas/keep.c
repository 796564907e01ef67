#include "gwas/keep.h"
#include "gwas/duplicates.h"
#include "gwas/policy.h"

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
    duplicates_remove(table, false);
    return (is_part && table->rows.count + table->dropped.count == 0) ||
           policy_accept(path, table, error);
}
