#include "chart/words.h"

#include "base/i18n.h"
#include "chart/numbers.h"
#include "study/study.h"
#include <math.h>
#include <string.h>

bool words_exponential(const struct pair *pair, const struct chart_options *options)
{
    return options->odds_ratio && pair->outcome->unit == UNIT_LOG_ODDS;
}

static const char *of_outcome(const struct pair *pair, bool exponential, struct arena *arena)
{
    const char *name = pair->outcome->name;
    switch (pair->outcome->unit) {
    case UNIT_LOG_ODDS:
        return arena_format(arena, exponential ? _("odds ratio of %s") : _("log odds of %s"),
                            name);
    case UNIT_SD:
        return arena_format(arena, _("SD of %s"), name);
    case UNIT_LINEAR:
        return arena_format(arena, _("difference in risk of %s"), name);
    default:
        return arena_format(arena, _("effect on %s"), name);
    }
}

static const char *per_exposure(const struct pair *pair, struct arena *arena)
{
    const struct trait *exposure = pair->exposure;
    const char *what = trait_is_taxon(exposure) ? _("abundance") : exposure->name;
    switch (exposure->unit) {
    case UNIT_SD:
        return arena_format(arena, _("per SD of %s"), what);
    case UNIT_LOG_ODDS:
        return arena_format(arena, _("per log odds of %s"), what);
    default:
        return arena_format(arena, _("per unit of %s"), what);
    }
}

const char *words_scale(const struct pair *pair, bool exponential, struct arena *arena)
{
    /* TRANSLATORS: "odds ratio of Insomnia", "per SD of abundance" */
    return arena_format(arena, _("%s %s"), of_outcome(pair, exponential, arena),
                        per_exposure(pair, arena));
}

const char *words_effect(const struct pair *pair, bool exponential)
{
    if (pair->outcome->unit != UNIT_LOG_ODDS) {
        return _("effect");
    }
    return exponential ? _("odds ratio") : _("log odds");
}

void words_directions(const struct pair *pair, struct axis *axis)
{
    bool is_odds = pair->outcome->unit == UNIT_LOG_ODDS;
    bool is_taxon = trait_is_taxon(pair->outcome);
    axis->below = is_odds ? _("lower odds") : is_taxon ? _("less of it") : _("lower");
    axis->above = is_odds ? _("higher odds") : is_taxon ? _("more of it") : _("higher");
}

const char *words_direction(enum direction direction)
{
    return direction == FORWARD ? _("forward") : C_("direction", "reverse");
}

const char *words_trait(const struct trait *trait, struct arena *arena)
{
    if (!trait_is_taxon(trait)) {
        return trait->name;
    }
    return arena_format(arena, "%c %s", trait_rank_key(trait->rank)[0], trait->name);
}

const char *words_variants(size_t count, struct arena *arena)
{
    return count == 1 ? _("1 variant") : arena_format(arena, _("%zu variants"), count);
}

const char *words_used(const struct analysis *analysis, const struct analysis *full,
                       struct arena *arena)
{
    size_t used = analysis->pair->count;
    size_t all = full == NULL ? used : full->pair->count;
    if (all <= used) {
        return words_variants(used, arena);
    }
    return arena_format(arena, _("%zu of %zu variants, %zu excluded by hand"), used, all,
                        all - used);
}

const char *words_level(double level, struct arena *arena)
{
    return arena_format(arena, "%.4g%%", 100 * level);
}

const char *words_interval_heading(bool exponential, double level, struct arena *arena)
{
    return arena_format(arena, exponential ? _("OR (%s CI)") : _("effect (%s CI)"),
                        words_level(level, arena));
}

const char *words_percent(double share, struct arena *arena)
{
    if (isnan(share)) {
        return "-";
    }
    bool is_small = share < 0.00995 && share >= 0.0005;
    return arena_format(arena, "%.*f%%", is_small ? 1 : 0, 100 * share);
}

const char *words_interval(const struct estimate *estimate, bool exponential,
                           const char *between, struct arena *arena)
{
    const double ends[3] = {estimate->b, estimate->lower, estimate->upper};
    bool is_share = estimate->method != NULL && estimate->method->is_share;
    exponential = exponential && !is_share;
    if (estimate->piece_count > 1) {
        return numbers_pieces(estimate->b, estimate->pieces, estimate->piece_count, exponential,
                              arena);
    }
    if (isfinite(estimate->b) && (isnan(estimate->lower) || isnan(estimate->upper))) {
        return arena_format(arena, _("%s (no interval)"),
                            numbers_interval(ends, false, exponential, between, arena));
    }
    return numbers_interval(ends, estimate->contains_null, exponential, between, arena);
}

bool words_has_value(const struct estimate *estimate)
{
    return estimate->status == ESTIMATE_DONE && isfinite(estimate->b);
}

const char *words_method(const struct method *method)
{
    if (method == NULL) {
        return "-";
    }
    return strcmp(method->key, "ivw") == 0 ? "IVW" : method->name;
}

const char *words_status(enum estimate_status status)
{
    switch (status) {
    case ESTIMATE_TOO_FEW:
        return _("too few variants");
    case ESTIMATE_NOT_CONVERGED:
        return _("not converged");
    case ESTIMATE_UNDEFINED:
        return _("undefined");
    case ESTIMATE_MISSING_INPUT:
        return _("input missing");
    default:
        return "-";
    }
}
