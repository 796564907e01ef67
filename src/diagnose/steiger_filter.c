#include "diagnose/diagnose.h"
#include "estimate/methods.h"

struct steiger_filter steiger_filter_of(const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena)
{
    struct steiger_filter filter = {0};
    struct arena_mark mark = arena_mark(scratch);
    bool *is_excluded = arena_get(scratch, pair->count, sizeof *is_excluded);
    const struct pair *kept;

    for (size_t j = 0; j < pair->count; j++) {
        struct steiger steiger = steiger_of_variant(pair, j, settings);

        is_excluded[j] = !steiger.is_known || !steiger.is_correct;
        filter.unknown += !steiger.is_known;
        filter.wrong += steiger.is_known && !steiger.is_correct;
        filter.kept += !is_excluded[j];
    }
    kept = pair_without(scratch, pair, is_excluded);
    filter.estimate = estimate_run(filter.kept == 1 ? &method_wald : &method_ivw, kept,
                                   settings, scratch, arena);
    arena_reset(scratch, mark);
    return filter;
}
