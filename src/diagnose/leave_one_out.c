#include "base/i18n.h"
#include "diagnose/checks.h"
#include "estimate/methods.h"
#include <math.h>

/* With this many variants or fewer there is only "All", as in TwoSampleMR. */
#define TOO_FEW 2

static struct estimate run_without(size_t j, bool *is_excluded, const struct pair *pair,
                                   const struct method *method,
                                   const struct estimate_settings *settings,
                                   struct arena *scratch, struct arena *arena)
{
    struct arena_mark mark = arena_mark(scratch);
    struct estimate estimate;

    is_excluded[j] = true;
    estimate = estimate_run(method, pair_without(scratch, pair, is_excluded), settings, scratch,
                            arena);
    is_excluded[j] = false;
    arena_reset(scratch, mark);
    return estimate;
}

static void run_each(const struct pair *pair, const struct method *method,
                     const struct estimate_settings *settings, struct arena *scratch,
                     struct arena *arena, struct estimate *estimates)
{
    bool *is_excluded = arena_get(scratch, pair->count, sizeof *is_excluded);

    for (size_t j = 0; j < pair->count; j++) {
        estimates[j] = run_without(j, is_excluded, pair, method, settings, scratch, arena);
    }
}

struct estimate *leave_one_out_of(const struct pair *pair, const struct method *method,
                                  const struct estimate_settings *settings,
                                  struct arena *scratch, struct arena *arena, size_t *count)
{
    size_t drops = pair->count > TOO_FEW ? pair->count : 0;
    struct estimate *estimates = arena_get(arena, drops + 1, sizeof *estimates);
    struct arena_mark mark = arena_mark(scratch);
    struct estimate *all = &estimates[drops];

    *all = estimate_run(method, pair, settings, scratch, arena);
    bool is_closed = method == &method_ivw && pair->ld == NULL;
    if (drops > 0 && is_closed && all->status == ESTIMATE_DONE) {
        leave_one_out_ivw(pair, settings, all->b, scratch, arena, estimates);
    } else if (drops > 0) {
        run_each(pair, method, settings, scratch, arena, estimates);
    }
    arena_reset(scratch, mark);
    *count = drops + 1;
    return estimates;
}

/*
 * Whether leaving a variant out leaves the conclusion. The sign of an effect that may be none
 * is no conclusion: near zero it turns with any variant.
 */
static bool is_like(const struct estimate *drop, const struct estimate *main)
{
    return drop->contains_null == main->contains_null &&
           (main->contains_null || (drop->b < 0) == (main->b < 0));
}

static enum judgement judge(const struct analysis *analysis)
{
    bool is_stable = true;

    if (analysis->leave_one_out_count <= 1 || analysis->main.status != ESTIMATE_DONE) {
        return JUDGE_CANNOT;
    }
    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        const struct estimate *drop = &analysis->leave_one_out[j];

        if (drop->status != ESTIMATE_DONE) {
            return JUDGE_CANNOT;
        }
        is_stable &= is_like(drop, &analysis->main);
    }
    return is_stable ? JUDGE_PASSED : JUDGE_FAILED;
}

/* The variant whose absence moves the estimate most. */
static size_t most_moving(const struct analysis *analysis)
{
    size_t most = 0;
    double greatest = -1;

    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        double shift = fabs(analysis->leave_one_out[j].b - analysis->main.b);

        if (shift > greatest) {
            greatest = shift;
            most = j;
        }
    }
    return most;
}

/* What keeps the check from being made. */
static const char *why_not(const struct analysis *analysis, struct arena *arena)
{
    if (analysis->main.status != ESTIMATE_DONE && analysis->main.note != NULL) {
        return analysis->main.note;
    }
    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        const struct estimate *drop = &analysis->leave_one_out[j];

        if (drop->status != ESTIMATE_DONE && drop->note != NULL) {
            return arena_format(arena, _("without %s: %s"), pair_variant(analysis->pair, j),
                                drop->note);
        }
    }
    return _("needs three variants");
}

static const char *says(const struct analysis *analysis, struct arena *arena)
{
    size_t j = most_moving(analysis);

    if (judge(analysis) == JUDGE_CANNOT) {
        return why_not(analysis, arena);
    }
    return arena_format(arena, _("most moved without %s: from %.2g to %.2g, p %s"),
                        pair_variant(analysis->pair, j), analysis->main.b,
                        analysis->leave_one_out[j].b,
                        checks_p_text(analysis->leave_one_out[j].p, arena));
}

const struct diagnostic diagnostic_leave_one_out = {
    .key = "leave_one_out",
    .letter = 'L',
    .name = N_("Leave one out"),
    .explains = N_(
        "Passed where no single variant, left out, changes whether the interval contains the "
        "null, or the sign of an effect whose interval does not."),
    .judge = judge,
    .says = says,
};
